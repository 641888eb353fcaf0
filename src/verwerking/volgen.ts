/** Track & trace: what happened to a message, step by step, for the parties to it. Reads only. */
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel } from '../opslag/versleuteling.ts';
import type { Bevinding, Controleniveau } from '../standards/bevinding.ts';
import type { Bezorging, Toestand } from '../toestanden.ts';

export interface BerichtStand {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly domein: string;
  readonly release: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly indiener: string;
  readonly referentienummer: string;
  readonly crossReferentienummer: string | null;
  readonly identificatie: string | null;
  readonly heenberichtId: string | null;
  readonly sha256: string;
  readonly omvang: number;
  readonly baanNummer: number | null;
  readonly status: Toestand;
  readonly bezorging: Bezorging | null;
  readonly ontvangenOp: Date;
  readonly verwerktOp: Date | null;
  readonly geplaatstOp: Date | null;
  readonly opgehaaldOp: Date | null;
  readonly bevestigdOp: Date | null;
}

export interface Antwoordbericht {
  readonly berichtId: string;
  readonly berichtsoort: string;
}

export interface Stap {
  readonly stap: string;
  readonly tijdstip: Date;
  readonly actor: string;
}

const STAND = `
select b.id as "berichtId", b.berichtsoort, b.domein, b.release, b.afzender, b.ontvanger, b.indiener, b.referentienummer,
  b.kruisreferentie as "crossReferentienummer", b.identificatie, b.heenbericht_id as "heenberichtId", encode(b.sha256, 'hex') as sha256, b.omvang,
  b.baan_nummer::float8 as "baanNummer", b.toestand as status, p.bezorging, b.ontvangen_op as "ontvangenOp", b.verwerkt_op as "verwerktOp",
  p.geplaatst_op as "geplaatstOp", p.opgehaald_op as "opgehaaldOp", p.bevestigd_op as "bevestigdOp"
from bericht b left join postbus_item p on p.bericht_id = b.id`;

/** @returns the message, or undefined */
export async function zoekBericht(database: Database, id: string): Promise<BerichtStand | undefined> {
  const { rows } = await database.pool.query<BerichtStand>({
    name: 'bericht-stand',
    text: `${STAND} where b.id = $1`,
    values: [id],
  });
  return rows[0];
}

/** The messages with which the switch or the receiver answered this one. */
export async function zoekAntwoorden(database: Database, id: string): Promise<readonly Antwoordbericht[]> {
  const { rows } = await database.pool.query<Antwoordbericht>({
    name: 'bericht-antwoorden',
    text: 'select id as "berichtId", berichtsoort from bericht where heenbericht_id = $1 order by ontvangen_op',
    values: [id],
  });
  return rows;
}

/** indiener of what the switch made itself. */
const KNOOPPUNT = 'knooppunt';

/** Every step with its time and who took it, in order. */
export function stappenVan(stand: BerichtStand): readonly Stap[] {
  const eigen = stand.indiener === KNOOPPUNT;
  const stappen: readonly (readonly [string, Date | null, string])[] = [
    [eigen ? 'opgesteld' : 'ontvangen', stand.ontvangenOp, stand.indiener],
    [stand.status, eigen ? null : stand.verwerktOp, 'knooppunt'],
    ['in postbus', stand.geplaatstOp, 'knooppunt'],
    ['opgehaald', stand.opgehaaldOp, stand.ontvanger],
    ['bevestigd', stand.bevestigdOp, stand.ontvanger],
  ];
  return stappen.flatMap(([stap, tijdstip, actor]) => (tijdstip ? [{ stap, tijdstip, actor }] : []));
}

/** A message that belongs with another one. */
export interface Verwant extends Antwoordbericht {
  readonly domein: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly status: Toestand;
  readonly ontvangenOp: Date;
}

export interface Paar {
  /** What this message answers. */
  readonly heenbericht: Verwant | null;
  /** What answers this message: a retour, a 325 or a Fo01. */
  readonly antwoorden: readonly Verwant[];
  /** By ReferentieAanbieder: of a request the decisions on it, of a decision the requests. */
  readonly verzoekparen: readonly Verwant[];
}

/** Which messages of the pair stand where; a message can be a heenbericht and in a verzoekpaar, so each is looked at by each. */
const PAAR = {
  name: 'bericht-paar',
  text: `
select b.id as "berichtId", b.berichtsoort, b.domein, b.afzender, b.ontvanger, b.referentienummer, b.toestand as status,
  b.ontvangen_op as "ontvangenOp", w.plek
from (
  select $2::uuid as id, 'heenbericht' as plek
  union all select id, 'antwoorden' from bericht where heenbericht_id = $1
  union all select unnest($3::uuid[]), 'verzoekparen'
) w join bericht b on b.id = w.id order by b.ontvangen_op, b.id`,
};

/**
 * What belongs with a message, both ways.
 * @param verzoekparen ids of what a ReferentieAanbieder ties to it
 * @param mag may the client see this one? What it may not see does not exist for it
 */
export async function zoekPaar(
  database: Database,
  { berichtId, heenberichtId }: Pick<BerichtStand, 'berichtId' | 'heenberichtId'>,
  verzoekparen: readonly string[],
  mag: (verwant: Verwant) => boolean,
): Promise<Paar> {
  const { rows } = await database.pool.query<Verwant & { readonly plek: keyof Paar }>({
    ...PAAR,
    values: [berichtId, heenberichtId, verzoekparen],
  });
  const op = (welke: keyof Paar): readonly Verwant[] =>
    rows.filter((rij) => rij.plek === welke && mag(rij)).map(({ plek: _, ...verwant }) => verwant);
  return {
    heenbericht: op('heenbericht')[0] ?? null,
    antwoorden: op('antwoorden'),
    verzoekparen: op('verzoekparen'),
  };
}

/** @returns which of these messages have had their outcome */
export async function metUitkomst(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await database.pool.query<{ id: string }>({
    name: 'bericht-uitkomst',
    text: `select id from bericht where id = any ($1::uuid[]) and toestand <> 'ontvangen'`,
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}

/** @returns the findings and how far was checked; level 0 and no findings while the message waits */
export async function leesBevindingen(
  database: Database,
  id: string,
): Promise<{ readonly niveau: Controleniveau; readonly bevindingen: readonly Bevinding[] }> {
  const { rows } = await database.pool.query<{ niveau: Controleniveau; bevindingen: readonly Bevinding[] }>(
    'select niveau, bevindingen from bevinding where bericht_id = $1',
    [id],
  );
  return rows[0] ?? { niveau: 0, bevindingen: [] };
}

/** @returns the payload as it was received, byte for byte */
export async function leesInhoud(database: Database, sleutels: Sleutels, id: string): Promise<Buffer | undefined> {
  const { rows } = await database.pool.query<{ sleutelId: string; cijfertekst: Buffer }>({
    name: 'inhoud-lees',
    text: 'select sleutel_id as "sleutelId", cijfertekst from inhoud where bericht_id = $1',
    values: [id],
  });
  return rows[0] && ontsleutel(sleutels, id, rows[0]);
}

export interface Zoekvraag {
  /** Organisations whose messages may be seen. */
  readonly organisaties: readonly string[];
  readonly referentienummer?: string | undefined;
  readonly berichtsoort?: string | undefined;
  readonly vanaf?: Date | undefined;
  readonly tot?: Date | undefined;
  readonly status?: Toestand | undefined;
  readonly aantal: number;
  /** Where the previous page ended. */
  readonly na?: { readonly ontvangenOp: Date; readonly id: string } | undefined;
}

/** Which column a filter looks at, and how. Only the filters that are asked for get into the query, so that it can use their index. */
const FILTERS: readonly (readonly [van: (vraag: Zoekvraag) => unknown, voorwaarde: string])[] = [
  [({ referentienummer }) => referentienummer, 'b.referentienummer = ?::uuid'],
  [({ berichtsoort }) => berichtsoort, 'b.berichtsoort = ?'],
  [({ vanaf }) => vanaf, 'b.ontvangen_op >= ?'],
  [({ tot }) => tot, 'b.ontvangen_op < ?'],
  [({ status }) => status, 'b.toestand = ?'],
  [
    ({ na }) => na && [na.ontvangenOp.toISOString(), na.id],
    '(b.ontvangen_op, b.id) < ((?::text[])[1]::timestamptz, (?::text[])[2]::uuid)',
  ],
];

/** Own messages, newest first; a page stays the same when new messages come in. */
export async function zoekBerichten(database: Database, vraag: Zoekvraag): Promise<readonly BerichtStand[]> {
  const waarden: unknown[] = [vraag.organisaties, vraag.aantal];
  const voorwaarden = FILTERS.flatMap(([van, voorwaarde]) => {
    const waarde = van(vraag);
    if (waarde === undefined) return [];
    waarden.push(waarde);
    return [`and ${voorwaarde.replaceAll('?', `$${waarden.length}`)}`];
  }).join(' ');
  const volgorde = 'order by b.ontvangen_op desc, b.id desc limit $2';
  // Two walks, each along its own index; union removes a message that a client sees as both parties.
  const { rows } = await database.pool.query<BerichtStand>(
    `with mijn as (
       (select b.id from bericht b where b.afzender = any ($1::text[]) ${voorwaarden} ${volgorde})
       union
       (select b.id from bericht b where b.ontvanger = any ($1::text[]) ${voorwaarden} ${volgorde})
     ) ${STAND} join mijn on mijn.id = b.id ${volgorde}`,
    waarden,
  );
  return rows;
}
