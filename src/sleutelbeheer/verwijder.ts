/**
 * Removing a data key: what it encrypted is gone from then on, also from every copy of the rows. So it is refused for whatever somebody still
 * needs: an unfinished or unconfirmed message, and what outlives a message.
 */
import { KnooppuntFout } from '../fouten.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import {
  actieveSleutel,
  type Gegevenssleutel,
  leesGegevenssleutels,
  SLEUTEL_SLOT,
  wisGegevenssleutel,
} from '../opslag/gegevenssleutels.ts';
import { bezorgingVoor } from '../toestanden.ts';
import { wordtGebruikt } from './tabellen.ts';

/** A message is encrypted as it comes in, and stored when it is in: an upload may take so long, with the key that was active when it began. */
export const NALOOP_MS = 15 * 60 * 1000;

export interface Verwijdervraag {
  readonly id: string;
  readonly actor: string;
  readonly reden: string;
  readonly nu?: Date;
}

/** Since when another key encrypts in its place; undefined: it is active, or will be. */
function afgelostOp(rijen: readonly Gegevenssleutel[], sleutel: Gegevenssleutel, nu: Date): Date | undefined {
  const actief = actieveSleutel(rijen, sleutel.doel, nu);
  if (!actief || actief.id === sleutel.id || sleutel.actiefVanaf > nu) return undefined;
  return rijen.find(
    (rij) => rij.doel === sleutel.doel && rij.gewikkeld !== null && rij.actiefVanaf > sleutel.actiefVanaf,
  )?.actiefVanaf;
}

/** How many messages under a key are still needed, and how many are not. */
export async function telOnder(
  verbinding: Verbinding,
  id: string,
): Promise<{ readonly nodig: number; readonly rest: number }> {
  const open = bezorgingVoor('bevestigd')
    .map((stand) => `'${stand}'`)
    .join(', ');
  const { rows } = await verbinding.query<{ nodig: number; rest: number }>(
    `select count(*) filter (where nodig)::int as nodig, count(*) filter (where not nodig)::int as rest from (
       select b.toestand is not distinct from 'ontvangen' or coalesce(p.bezorging in (${open}), false) as nodig
       from inhoud i left join bericht b on b.id = i.bericht_id left join postbus_item p on p.bericht_id = i.bericht_id
       where i.sleutel_id = $1) n`,
    [id],
  );
  return rows[0] ?? { nodig: 0, rest: 0 };
}

/**
 * Removes a data key, with an audit line in the same commit.
 * @returns how many payloads nobody can read from now on
 * @throws KnooppuntFout sleutelNietTeVerwijderen, with why in its details
 */
export async function verwijderSleutel(
  database: Database,
  { id, actor, reden, nu = new Date() }: Verwijdervraag,
): Promise<number> {
  const weiger = (waarom: string): never => {
    throw new KnooppuntFout('sleutelNietTeVerwijderen', waarom);
  };
  return database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [SLEUTEL_SLOT]);
    const rijen = await leesGegevenssleutels(client);
    const sleutel = rijen.find((rij) => rij.id === id);
    if (!sleutel) return weiger('Er is geen gegevenssleutel met deze naam.');
    if (sleutel.gewikkeld === null) return weiger('Deze sleutel is al verwijderd.');
    const afgelost = afgelostOp(rijen, sleutel, nu);
    if (!afgelost)
      return weiger('Deze sleutel is in gebruik. Draai eerst de gegevenssleutels: knooppunt sleutel draai.');
    if (nu.getTime() - afgelost.getTime() < NALOOP_MS)
      return weiger(
        'Deze sleutel is korter dan een kwartier geleden afgelost: er kunnen nog berichten mee binnenkomen.',
      );
    const { nodig, rest } = await telOnder(client, id);
    if (nodig > 0)
      return weiger(
        `Onder deze sleutel liggen ${nodig} berichten die nog niet verwerkt of bevestigd zijn. Draai eerst de gegevenssleutels.`,
      );
    if (sleutel.doel === 'vast' && (await wordtGebruikt(client, id)))
      return weiger('Onder deze sleutel liggen gegevens die blijven. Draai eerst de gegevenssleutels.');
    await wisGegevenssleutel(client, id);
    const details = { sleutel: id, onleesbaar: rest, reden };
    await schrijfLogboek(client, [
      { gebeurtenis: 'sleutel verwijderd', actor, namens: null, resultaat: 'verwijderd', berichtId: null, details },
    ]);
    return rest;
  });
}
