/** Whose messages a caller may see, said once for the API and the portal. */
import { KnooppuntFout } from '../fouten.ts';
import type { Openstaandvraag } from '../koppeling/openstaand.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import { wordtVastgehouden } from '../postbus/postbus.ts';
import type { Domein } from '../standards/catalogus.ts';
import { domeinenVoor, handeltNamens, magZien } from '../toegang/bevoegdheid.ts';
import type { Client } from '../toegang/clients.ts';
import type { BerichtStand } from '../verwerking/stand.ts';
import { leesInhoud, zoekBericht } from '../verwerking/volgen.ts';
import type { Zicht } from '../verwerking/zoekvraag.ts';
import type { Omgeving } from './omgeving.ts';

/** Whose messages this client may see. */
export const zichtVan = ({ namens, machtigingen = new Map() }: Client): Zicht => ({
  organisaties: [...namens],
  perDomein: [...machtigingen].flatMap(([code, domeinen]) => [...domeinen].map((domein) => [code, domein] as const)),
});

/** The message, when this client may see it; for anybody else it does not exist. Of the operator, who is no party to it, it is written down. */
export async function eigen(
  { database }: Pick<Omgeving, 'database'>,
  client: Client,
  id: string,
): Promise<BerichtStand> {
  const stand = await zoekBericht(database, id);
  if (stand && magZien(client, stand)) return stand;
  if (!stand || !client.beheerder) throw new KnooppuntFout('nietGevonden');
  await schrijfLogboek(database.pool, [
    { gebeurtenis: 'bericht gevolgd', actor: client.id, namens: null, resultaat: 'getoond', berichtId: id },
  ]);
  return stand;
}

/**
 * For whom this client may read the content. A receiver sees a message from the moment that it is delivered to it: what was refused is between
 * the sender and the switch.
 * @returns the organisation; undefined: it may not
 */
export function leestNamens(client: Client, stand: BerichtStand): string | undefined {
  if (handeltNamens(client, stand.afzender, stand.domein)) return stand.afzender;
  const isOntvanger = handeltNamens(client, stand.ontvanger, stand.domein) && stand.bezorging !== null;
  return isOntvanger ? stand.ontvanger : undefined;
}

/**
 * The bytes of a message as they were received; that they were read is written down.
 * @throws KnooppuntFout nietGevonden, inhoudNietMeerBewaard, or bezorgingGestopt: what the operator holds back is given out by no door
 */
export async function inhoudVoor(
  { database, sleutels }: Pick<Omgeving, 'database' | 'sleutels'>,
  client: Client,
  stand: BerichtStand,
): Promise<Buffer> {
  const namens = leestNamens(client, stand);
  if (namens === undefined) throw new KnooppuntFout('nietGevonden');
  if (namens !== stand.afzender && (await wordtVastgehouden(database, stand.berichtId)))
    throw new KnooppuntFout('bezorgingGestopt');
  const bytes = await leesInhoud(database, sleutels, stand.berichtId);
  if (!bytes) throw new KnooppuntFout('inhoudNietMeerBewaard');
  await schrijfLogboek(database.pool, [
    { gebeurtenis: 'bericht ingezien', actor: client.id, namens, resultaat: 'getoond', berichtId: stand.berichtId },
  ]);
  return bytes;
}

/**
 * For whom the client acts, and in which domeinen, as far as it asks for.
 * @throws KnooppuntFout nietBevoegdVoorOrganisatie when it asks for one that it does not act for
 */
export function belangen(client: Client, organisatie?: string, gevraagd?: Domein): Openstaandvraag['voor'] {
  const codes = organisatie ? [organisatie] : [...client.namens, ...(client.machtigingen?.keys() ?? [])];
  const alle = codes.flatMap((code) => domeinenVoor(client, code).map((domein) => ({ organisatie: code, domein })));
  if (organisatie && alle.length === 0) throw new KnooppuntFout('nietBevoegdVoorOrganisatie');
  return alle.filter(({ domein }) => gevraagd === undefined || domein === gevraagd);
}
