/** Data keys by the month: the next is there before its month begins, and one under which nothing lies any more is removed for good. */
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import {
  actieveSleutel,
  leesGegevenssleutels,
  maakGegevenssleutel,
  SLEUTEL_SLOT,
  wisGegevenssleutel,
} from '../opslag/gegevenssleutels.ts';
import type { Kluis } from '../opslag/kluis.ts';
import { type Bewaartermijnen, dagenGeleden, maandIsOm, maandVan } from './regels/termijnen.ts';

/** Makes the key for the payloads of next month. @returns its id, when there was none */
export async function maakKomendeSleutel(database: Database, kluis: Kluis, nu: Date): Promise<string | undefined> {
  const vanaf = new Date(`${maandVan(nu, 1)}T00:00:00Z`);
  return database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [SLEUTEL_SLOT]);
    const rijen = await leesGegevenssleutels(client);
    if (rijen.some((rij) => rij.doel === 'inhoud' && rij.actiefVanaf >= vanaf)) return undefined;
    return maakGegevenssleutel(client, kluis, 'inhoud', vanaf);
  });
}

/**
 * Removes keys of payloads that were relieved, whose month is over, and under which nothing lies: with them goes what older copies of the
 * rows still hold.
 * @returns their ids
 */
export async function ruimSleutelsOp(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
): Promise<readonly string[]> {
  const rijen = await leesGegevenssleutels(database.pool);
  const actief = actieveSleutel(rijen, 'inhoud', nu);
  if (!actief) return [];
  const oud = rijen.filter(
    (rij) =>
      rij.doel === 'inhoud' &&
      rij.gewikkeld !== null &&
      rij.actiefVanaf < actief.actiefVanaf &&
      actief.actiefVanaf < dagenGeleden(nu, 1) &&
      maandIsOm(termijnen, maandVan(rij.actiefVanaf), nu),
  );
  const weg: string[] = [];
  for (const { id } of oud) {
    const gewist = await database.transactie(async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [SLEUTEL_SLOT]);
      const { rows } = await client.query('select from inhoud where sleutel_id = $1 limit 1', [id]);
      if (rows.length > 0) return false;
      await wisGegevenssleutel(client, id);
      const details = { sleutel: id, onleesbaar: 0 };
      await schrijfLogboek(client, [
        {
          gebeurtenis: 'sleutel verwijderd',
          actor: 'knooppunt',
          namens: null,
          resultaat: 'ongebruikt',
          berichtId: null,
          details,
        },
      ]);
      return true;
    });
    if (gewist) weg.push(id);
  }
  return weg;
}
