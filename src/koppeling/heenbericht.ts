/**
 * Which message does this answer answer? Asked at intake: an answer to nothing is refused, and so is a second one (IV028, IV087).
 *
 * Two ways lead to the heenbericht: the kruisreferentie outside the message (its referentienummer) and the identification in the header
 * (IV028: a retour copies that of its heenbericht; TR337: a 325 names its declaratie). Where both are there, they must agree.
 *
 * Only a message that was delivered can be answered. One that is still in its lane, or that the switch refused, its receiver cannot know.
 */
import { KnooppuntFout } from '../fouten.ts';
import { isUuidV4 } from '../identiteit.ts';
import type { Database } from '../opslag/database.ts';
import type { Adres } from '../routering/adres.ts';
import type { Aard, Berichtsoort } from '../standards/catalogus.ts';
import type { Voorblad } from '../xml/voorblad.ts';

/** The pair of an answer. */
export interface Heenbericht {
  readonly heenberichtId: string;
  /** referentienummer of the heenbericht, also when the sender left it out. */
  readonly kruisreferentie: string;
}

/** The element of the header that identifies the heenbericht. */
const VERWIJZING: Readonly<Record<Aard, string | null>> = {
  heen: null,
  retour: 'BerichtIdentificatie',
  antwoord: 'DeclaratieIdentificatie',
};
/** Where a message says of which day it is itself. */
const DAGTEKENING: Readonly<Record<Aard, string>> = {
  heen: 'BerichtIdentificatie/Dagtekening',
  retour: 'Header/DagtekeningRetour',
  antwoord: 'BerichtIdentificatie/Dagtekening',
};
/** What is stored of an identification, see MAX_IDENTIFICATIE of intake; the XSD allows 12. */
const MAX_IDENTIFICATIE = 40;
/** A date has 10; what is longer is refused by the XSD, but must be stored until then. */
const MAX_DAGTEKENING = 20;

/** Which rule of the norm refuses, and why. */
const ONBEKEND: Readonly<Record<Exclude<Aard, 'heen'>, string>> = {
  retour:
    'Regel IV028: een retour noemt een bericht dat aan u bezorgd is; nummer en header moeten hetzelfde bericht noemen.',
  antwoord:
    'Regel TR337: een declaratie-antwoord noemt een declaratie die aan u bezorgd is; nummer en header moeten dezelfde noemen.',
};
const TWEEDE: Readonly<Record<Exclude<Aard, 'heen'>, string>> = {
  retour: 'Regel IV028: op een bericht volgt één retour.',
  antwoord: 'Regel IV087: op een declaratie volgt één declaratie-antwoord.',
};

const alsDag = (tekst: string | undefined): string | null => tekst?.trim().slice(0, MAX_DAGTEKENING) ?? null;

/** The dagtekening of a message itself, for bericht.dagtekening. White space around a date has no meaning. */
export const dagtekeningVan = ({ soort }: Pick<Adres, 'soort'>, voorblad: Pick<Voorblad, 'header'>): string | null =>
  alsDag(voorblad.header[DAGTEKENING[soort.aard]]);

const KOLOMMEN = 'h.id, h.referentienummer, a.id is not null as beantwoord';
const BRON = 'bericht h left join bericht a on a.heenbericht_id = h.id and a.berichtsoort = $5';
/** Between the same parties the other way round. What is not known of one of the two does not disagree. */
const PAST = `h.afzender = $1 and h.ontvanger = $2 and h.berichtsoort = $3 and h.release = $4 and h.oorsprong = 'aanlevering'
  and h.toestand = 'verwerkt' and coalesce(h.dagtekening = $7, true)`;

const OP_NUMMER = {
  name: 'heenbericht-op-nummer',
  text: `select ${KOLOMMEN} from ${BRON} where h.referentienummer = $8 and ${PAST} and coalesce(h.identificatie = $6, true)`,
};
/**
 * An identification should be unique for its sender (TR056), but nobody has judged that yet. Of more: the first that waits for an answer,
 * because its receiver saw them in this order.
 */
const OP_HEADER = {
  name: 'heenbericht-op-header',
  text: `select ${KOLOMMEN} from ${BRON} where h.identificatie = $6 and ${PAST} order by a.id is not null, h.ontvangen_op, h.id limit 1`,
};

interface Rij {
  readonly id: string;
  readonly referentienummer: string;
  readonly beantwoord: boolean;
}

/** The refusal of an answer to what has its answer. */
export const tweedeAntwoord = ({ aard }: Berichtsoort): KnooppuntFout =>
  new KnooppuntFout('tweedeAntwoord', aard === 'heen' ? undefined : TWEEDE[aard]);

/**
 * @param adres who really sends the answer to whom
 * @param kruisreferentie the crossRefnummer of a Du01, or the header CrossReferentienummer; null or undefined when the sender gave none
 * @returns the heenbericht, or null for a soort that answers nothing
 * @throws KnooppuntFout heenberichtOnbekend when there is none that can be answered, or the two ways to it disagree; tweedeAntwoord when it
 * has its answer; referentienummerOngeldig when the kruisreferentie is none
 */
export async function zoekHeenbericht(
  database: Database,
  adres: Adres,
  voorblad: Pick<Voorblad, 'header'>,
  kruisreferentie: string | null | undefined,
): Promise<Heenbericht | null> {
  const { soort, afzender, ontvanger } = adres;
  const verwijzing = VERWIJZING[soort.aard];
  if (verwijzing === null || soort.aard === 'heen') return null;
  const onbekend = ONBEKEND[soort.aard];
  const nummer = kruisreferentie ?? null;
  if (nummer !== null && !isUuidV4(nummer))
    throw new KnooppuntFout('referentienummerOngeldig', 'Het gaat om het nummer van het heenbericht.');
  const identificatie = voorblad.header[`${verwijzing}/Identificatie`]?.slice(0, MAX_IDENTIFICATIE) ?? null;
  if (nummer === null && identificatie === null) throw new KnooppuntFout('heenberichtOnbekend', onbekend);
  const dagtekening = alsDag(voorblad.header[`${verwijzing}/Dagtekening`]);
  const waarden = [ontvanger, afzender, soort.antwoordOp, soort.release, soort.code, identificatie, dagtekening];
  const { rows } = await database.pool.query<Rij>(
    nummer === null ? { ...OP_HEADER, values: waarden } : { ...OP_NUMMER, values: [...waarden, nummer] },
  );
  const heen = rows[0];
  if (!heen) throw new KnooppuntFout('heenberichtOnbekend', onbekend);
  if (heen.beantwoord) throw tweedeAntwoord(soort);
  return { heenberichtId: heen.id, kruisreferentie: heen.referentienummer };
}
