/**
 * Which answers are still due, and when: for who must give them, and for who waits for them.
 *
 * The table openstaand holds what is open, in order of delivery per lane. Lateness is a matter of the calendar, which is not in the database:
 * per term it gives one moment, and what was delivered before that moment is late.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import { BERICHTSOORTEN, type Berichtsoort, type Domein } from '../standards/catalogus.ts';
import { datum } from '../tijd.ts';
import type { Kalender } from './kalender.ts';
import {
  TERMIJNSOORTEN,
  type Termijnsoort,
  teLaatVoor,
  uiterlijk,
  verwachteSoorten,
  werkdagenOver,
} from './termijnen.ts';

/** te-geven: the organisation must answer; te-krijgen: it waits for the answer of another. */
export const RICHTINGEN = ['te-geven', 'te-krijgen'] as const;
export type Richting = (typeof RICHTINGEN)[number];

/** Where the previous page ended: the place of its last row in the whole list. */
export interface Plek {
  readonly bezorgdOp: Date;
  readonly baanId: number;
  readonly baanNummer: number;
  readonly termijn: Termijnsoort;
}

export interface Openstaandvraag {
  /** For whom, in which domeinen. */
  readonly voor: readonly { readonly organisatie: string; readonly domein: Domein }[];
  readonly richting: Richting;
  /** true: only what is late; false: only what is not; undefined: both. */
  readonly overschreden?: boolean | undefined;
  readonly tegenpartij?: string | undefined;
  /** Soort of the heenbericht. */
  readonly berichtsoort?: string | undefined;
  readonly aantal: number;
  readonly na?: Plek | undefined;
}

interface Rij {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly domein: Domein;
  readonly release: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly identificatie: string | null;
  readonly ontvangenOp: Date;
  readonly bezorgdOp: Date;
}

/** An answer that is due. */
export interface Openstaand {
  readonly heenbericht: Rij;
  readonly termijn: Termijnsoort;
  /** Soorten of which one is due, and of whom. */
  readonly antwoorden: readonly string[];
  readonly door: string;
  /** Last day on which the answer is in time, YYYY-MM-DD. */
  readonly uiterlijk: string;
  /** Working days left; negative: so many days late. */
  readonly werkdagenOver: number;
}

export interface Openstaandpagina {
  readonly openstaand: readonly Openstaand[];
  /** null: this was the last page. */
  readonly volgende: Plek | null;
}

/** Where the rows of a message stand in openstaand, but for their term: columns, for a statement that has its lane as `baan`. */
export const plaatsVan = (b: string): string =>
  `${b}.baan_id, ${b}.afzender = baan.gemeente as van_gemeente, date_trunc('milliseconds', ${b}.verwerkt_op) as sinds, ${b}.baan_nummer`;

/**
 * The rows with these terms at these places. Lateral, so that no plan can walk through the table instead: what was planned while little was
 * open is still in use when much is.
 */
export const opPlaats = (
  p: string,
  termijnen: string,
): string => `unnest(${termijnen}) as welke(termijn) cross join lateral (
    select o.ctid as rij, o.termijn, o.sinds from openstaand o where o.baan_id = ${p}.baan_id and o.van_gemeente = ${p}.van_gemeente
      and o.termijn = welke.termijn and o.sinds = ${p}.sinds and o.baan_nummer = ${p}.baan_nummer offset 0
  ) o`;
export const ALLE_TERMIJNEN = `array['${TERMIJNSOORTEN.join("', '")}']`;

/**
 * $1, $2: organisation and domein. $3: is it what they must give (else: get)? $4: counterpart. $5: soort of the heenbericht.
 * $6, $7, $8: terms, and the moments between which each is looked for. $9, $10, $11, $12: the place to go on from. $13: how many.
 * Each lane gives, per term, its first rows along the index; of those the first of all.
 */
const PAGINA = {
  name: 'openstaand-pagina',
  text: `
with mijn as (select * from unnest($1::text[], $2::text[]) as m(organisatie, domein)
), kant as (
  select baan.id, not $3::boolean as van_gemeente, baan.aanbieder as tegenpartij
  from mijn join baan on baan.gemeente = mijn.organisatie and baan.domein = mijn.domein
  union all
  select baan.id, $3::boolean, baan.gemeente from mijn join baan on baan.aanbieder = mijn.organisatie and baan.domein = mijn.domein
), rij as (
  select o.* from kant cross join unnest($6::text[], $7::timestamptz[], $8::timestamptz[]) as grens(termijn, vanaf, tot)
  cross join lateral (
    select * from openstaand o where o.baan_id = kant.id and o.van_gemeente = kant.van_gemeente and o.termijn = grens.termijn
      and o.sinds >= greatest(grens.vanaf, $9::timestamptz) and o.sinds < grens.tot
      and (o.sinds, o.baan_id, o.baan_nummer, o.termijn) > ($9::timestamptz, $10::int, $11::bigint, $12::text)
      and ($5::text is null or o.berichtsoort = $5)
    order by o.sinds, o.baan_nummer limit $13
  ) o where $4::text is null or kant.tegenpartij = $4
  order by o.sinds, o.baan_id, o.baan_nummer, o.termijn limit $13
)
select b.id as "berichtId", b.berichtsoort, b.domein, b.release, b.afzender, b.ontvanger, b.referentienummer, b.identificatie,
  b.ontvangen_op as "ontvangenOp", rij.sinds as "bezorgdOp", rij.termijn, rij.baan_id as "baanId", rij.baan_nummer::float8 as "baanNummer"
from rij join bericht b on b.id = rij.bericht_id order by rij.sinds, rij.baan_id, rij.baan_nummer, rij.termijn`,
};
/**
 * A lane holds a few rows as a rule, and then collecting and sorting them is as good; but of one whose receiver never answers, a page would
 * read them all. Without bitmaps the plan can only follow the index, and stops when it has enough.
 */
const LANGS_DE_INDEX = 'set local enable_bitmapscan = off';

/** Of one message. */
const VAN_BERICHT = {
  name: 'openstaand-van-bericht',
  text: `
with plaats as (select ${plaatsVan('b')} from bericht b join baan on baan.id = b.baan_id where b.id = $1)
select o.termijn, o.sinds as "bezorgdOp" from plaats cross join ${opPlaats('plaats', ALLE_TERMIJNEN)}`,
};

/** Before and after any message. */
const EERST = new Date(0);
const LAATST = new Date('9999-12-31');

interface Grens {
  readonly vanaf: Date;
  readonly tot: Date;
}

/** Between which moments of delivery this term is looked for. */
function grens(termijn: Termijnsoort, vandaag: string, overschreden: boolean | undefined, kalender: Kalender): Grens {
  if (overschreden === undefined) return { vanaf: EERST, tot: LAATST };
  const moment = teLaatVoor(termijn, vandaag, kalender);
  return overschreden ? { vanaf: EERST, tot: moment } : { vanaf: moment, tot: LAATST };
}

const soortVan = (code: string, release: string): Berichtsoort => {
  const soort = BERICHTSOORTEN.find((rij) => rij.code === code && rij.release === release);
  if (!soort) throw new Error(`unknown berichtsoort ${code} in the store`);
  return soort;
};

/**
 * What is due, in order of delivery. A page stays the same when messages come in, and skips nothing when answers do.
 * @param moment the time of asking: what is late, is late on that day in the Netherlands
 */
export async function zoekOpenstaand(
  database: Database,
  vraag: Openstaandvraag,
  kalender: Kalender,
  moment: Date,
): Promise<Openstaandpagina> {
  const vandaag = datum(moment);
  const grenzen = TERMIJNSOORTEN.map((termijn) => grens(termijn, vandaag, vraag.overschreden, kalender));
  const na = vraag.na ?? { bezorgdOp: EERST, baanId: 0, baanNummer: 0, termijn: '' };
  const waarden = [
    vraag.voor.map(({ organisatie }) => organisatie),
    vraag.voor.map(({ domein }) => domein),
    vraag.richting === 'te-geven',
    vraag.tegenpartij ?? null,
    vraag.berichtsoort ?? null,
    TERMIJNSOORTEN,
    grenzen.map(({ vanaf }) => vanaf),
    grenzen.map(({ tot }) => tot),
    na.bezorgdOp,
    na.baanId,
    na.baanNummer,
    na.termijn,
    vraag.aantal,
  ];
  const { rows } = await database.transactie(
    (client) => client.query<Rij & Plek>({ ...PAGINA, values: waarden }),
    LANGS_DE_INDEX,
  );
  const openstaand = rows.map(({ termijn, baanId: _, baanNummer: __, ...heenbericht }) => {
    const laatste = uiterlijk(termijn, heenbericht.bezorgdOp, kalender);
    return {
      heenbericht,
      termijn,
      antwoorden: verwachteSoorten(termijn, soortVan(heenbericht.berichtsoort, heenbericht.release)),
      door: heenbericht.ontvanger,
      uiterlijk: laatste,
      werkdagenOver: werkdagenOver(laatste, vandaag, kalender),
    };
  });
  const laatste = rows.at(-1);
  if (!laatste || rows.length < vraag.aantal) return { openstaand, volgende: null };
  const { bezorgdOp, baanId, baanNummer, termijn } = laatste;
  return { openstaand, volgende: { bezorgdOp, baanId, baanNummer, termijn } };
}

/** A term of a message that runs. */
export interface OpenTermijn {
  readonly termijn: Termijnsoort;
  readonly bezorgdOp: Date;
}

/** @returns the answers to this message that are due; none when it needs none, or has them */
export async function openTermijnenVan(verbinding: Verbinding, berichtId: string): Promise<readonly OpenTermijn[]> {
  const { rows } = await verbinding.query<OpenTermijn>({ ...VAN_BERICHT, values: [berichtId] });
  return rows;
}
