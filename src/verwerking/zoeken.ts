/**
 * Searching messages, newest first, page by page. A page begins where the previous one ended, at a message and not at a number, so
 * nothing is skipped or repeated when new messages come in; and what may be seen is a condition of every search, not a step after it.
 */
import type { Database } from '../opslag/database.ts';
import { type BerichtStand, KOLOMMEN } from './stand.ts';
import type { Plek, Vraagveld, Zoekvraag } from './zoekvraag.ts';
import { BANEN_MET, kiesWeg, type Weg } from './zoekwegen.ts';

export interface Pagina {
  readonly berichten: readonly BerichtStand[];
  /** null: this was the last page. */
  readonly volgende: Plek | null;
}

/** What each field asks of b; ? stands for its value. Only what is asked gets into the statement, so that it can use its index. */
const VOORWAARDEN: Readonly<Record<Vraagveld, string>> = {
  betrokkene:
    'exists (select from betrokkene k where k.hmac = ? and k.ontvangen_op = b.ontvangen_op and k.bericht_id = b.id)',
  referentienummer: 'b.referentienummer = ?::uuid',
  identificatie: 'b.identificatie = ?',
  berichtsoort: 'b.berichtsoort = ?',
  wederpartij: `b.baan_id in (${BANEN_MET})`,
  vanaf: '{tijd} >= ?',
  tot: '{tijd} < ?',
  status: 'b.toestand = ?',
  bezorging: 'exists (select from postbus_item i where i.bericht_id = b.id and i.bezorging = ?)',
  na: '({tijd}, {id}) < ((?::text[])[1]::timestamptz, (?::text[])[2]::uuid)',
};
const VELDEN = Object.keys(VOORWAARDEN) as readonly Vraagveld[];

/** The organisations of the client, $1 and $2; domein null: all of them. */
const EIGEN = `eigen as (
  select code, null as domein from unnest($1::text[]) as code
  union select split_part(paar, ' ', 1), split_part(paar, ' ', 2) from unnest($2::text[]) as paar
)`;
const ZICHT = `(b.afzender = any ($1::text[]) or b.ontvanger = any ($1::text[])
  or b.afzender || ' ' || b.domein = any ($2::text[]) or b.ontvanger || ' ' || b.domein = any ($2::text[]))`;

interface Opdracht {
  readonly text: string;
  readonly values: unknown[];
}

/** @param ondergrens look no further back than this */
function opdracht(vraag: Zoekvraag, weg: Weg, ondergrens: Date | undefined): Opdracht {
  // One more than asked tells whether there is a next page.
  const values: unknown[] = [
    vraag.organisaties,
    (vraag.perDomein ?? []).map((paar) => paar.join(' ')),
    vraag.aantal + 1,
  ];
  const zet = (sql: string, waarde: unknown): string => {
    if (!sql.includes('?')) return sql;
    values.push(waarde);
    return sql.replaceAll('?', `$${values.length}`).replaceAll('{tijd}', weg.tijd).replaceAll('{id}', weg.id);
  };
  const waardeVan = (veld: Vraagveld): unknown =>
    veld === 'na' ? vraag.na && [vraag.na.moment, vraag.na.id] : vraag[veld];
  const eigenWaarde = weg.veld && waardeVan(weg.veld);
  const uit = zet(weg.uit, eigenWaarde);
  const waar = weg.waar.map((sql) => zet(sql, eigenWaarde));
  const gevraagd = [
    ...(weg.isZicht ? [] : [ZICHT]),
    ...(ondergrens ? [zet(VOORWAARDEN.vanaf, ondergrens)] : []),
    ...VELDEN.filter((veld) => veld !== weg.veld && vraag[veld] !== undefined).map((veld) =>
      zet(VOORWAARDEN[veld], waardeVan(veld)),
    ),
  ];
  const loop = (bron: string, eerst: string): string =>
    `select b.id, b.ontvangen_op from ${bron} where ${[eerst, ...gevraagd].join(' and ')}
     order by ${weg.tijd} desc, ${weg.id} desc limit $3`;
  const wandelingen = weg.verdeeld
    ? waar.map(
        (stuk) => `select m.* from ${uit} cross join lateral (${loop('bericht b', stuk)}) m
        order by m.ontvangen_op desc, m.id desc limit $3`,
      )
    : waar.map((stuk) => loop(uit, stuk));
  // union removes a message that a client finds as both parties.
  const text = `with ${EIGEN}, mijn as (${wandelingen.map((sql) => `(${sql})`).join(' union ')})
    select ${KOLOMMEN}, to_char(b.ontvangen_op at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment
    from mijn join bericht b on b.id = mijn.id left join postbus_item p on p.bericht_id = b.id
    order by b.ontvangen_op desc, b.id desc limit $3`;
  return { text, values };
}

const UUR_MS = 3_600_000;
/** How far back one looks first, in hours. */
const VENSTERS = [1, 8, 64, 512, 4096];
/** Whatever else is asked, every message on the way has it. */
const ZONDER_ZEEF: readonly Vraagveld[] = ['vanaf', 'tot', 'na', 'wederpartij'];

/**
 * How far back to look, step by step. Each walk of a way in pieces goes on until it has a page of its own, though all together need only
 * one: of a soort that an organisation only gets, the walk along what it sent would never end. Looking back a while first, they all stop.
 */
function* ondergrenzen(vraag: Zoekvraag, weg: Weg): Generator<Date | undefined> {
  const { organisaties, perDomein = [], vanaf, tot, na } = vraag;
  const zeef = VELDEN.some((veld) => vraag[veld] !== undefined && !ZONDER_ZEEF.includes(veld));
  if (weg.verdeeld && (zeef || organisaties.length + perDomein.length > 1)) {
    const eind = na ? Date.parse(na.moment) : (tot?.getTime() ?? Date.now());
    const grenzen = VENSTERS.map((uren) => eind - uren * UUR_MS);
    for (const grens of grenzen) if (vanaf === undefined || grens > vanaf.getTime()) yield new Date(grens);
  }
  yield undefined;
}

/** @returns a page of the messages that were asked for, among those that may be seen */
export async function zoekBerichten(database: Database, vraag: Zoekvraag): Promise<Pagina> {
  if (vraag.organisaties.length + (vraag.perDomein?.length ?? 0) === 0) return { berichten: [], volgende: null };
  const weg = await kiesWeg(database, vraag);
  let rijen: readonly (BerichtStand & { readonly moment: string })[] = [];
  for (const ondergrens of ondergrenzen(vraag, weg)) {
    rijen = (await database.pool.query<(typeof rijen)[number]>(opdracht(vraag, weg, ondergrens))).rows;
    if (rijen.length > vraag.aantal) break;
  }
  const berichten = rijen.slice(0, vraag.aantal).map(({ moment: _, ...stand }) => stand);
  const laatste = rijen[vraag.aantal - 1];
  const volgende = rijen.length > vraag.aantal && laatste ? { moment: laatste.moment, id: laatste.berichtId } : null;
  return { berichten, volgende };
}
