/** Reads what retention needs of a lane: who may be over, all facts of some persons, and who shares a key with them. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Antwoord, Herkomst, Levering, Persoon, Prestatie, Toewijzing, Verzoek } from '../feiten.ts';
import { KOLOMMEN } from '../opslag/kolommen.ts';
import { alleSleutels, type Stukken } from '../verhaal.ts';

/** Tables that know a person. */
export const PERSOONSTABELLEN = ['toewijzing', 'levering', 'verzoek', 'prestatie'] as const;

/**
 * Persons of whom nothing that their facts say is of this day or later, after this one. Days compare as text, but for a year of five digits; the rule
 * itself looks at those.
 */
const KANDIDATEN = {
  name: 'opruimen-kandidaten',
  text: `
with dagen as (
  select persoon, max(greatest(toewijzingsdatum, einddatum)) as dag from dossier_toewijzing where baan_id = $1 group by 1
  union all
  select persoon, max(greatest(begindatum, einddatum)) from dossier_levering where baan_id = $1 group by 1
  union all
  select persoon, max(einddatum) from dossier_prestatie where baan_id = $1 group by 1
  union all
  select persoon, '' from dossier_verzoek where baan_id = $1 group by 1
)
select encode(persoon, 'hex') as persoon from dagen where persoon > decode($3, 'hex') group by dagen.persoon having max(dag) < $2
order by dagen.persoon limit $4`,
};

/** @returns the next persons of a lane who may be over, in a fixed order */
export async function leesKandidaten(
  verbinding: Verbinding,
  baanId: number,
  voor: string,
  na: Persoon,
  aantal: number,
): Promise<readonly Persoon[]> {
  const { rows } = await verbinding.query<{ persoon: Persoon }>({ ...KANDIDATEN, values: [baanId, voor, na, aantal] });
  return rows.map(({ persoon }) => persoon);
}

const HERKOMST = `f.volgorde::float8 as volgorde, b.bericht_id as "berichtId", b.dagtekening`;
/** The lane in the form that the indexes to search by have it; see 0007-dossier.sql. */
const IN_BAAN = 'f.baan_id::bigint = $1::bigint';
const door = (tabel: keyof typeof KOLOMMEN, kolom: string, kolommen: string = KOLOMMEN[tabel]) => ({
  name: `opruimen-${tabel}`,
  text: `select ${HERKOMST}, ${kolommen} from unnest($2::text[]) as s(waarde)
join dossier_${tabel} f on f.${kolom} = decode(s.waarde, 'hex') and ${IN_BAAN}
join dossier_bericht b on b.baan_id = f.baan_id and b.volgorde = f.volgorde order by f.volgorde, f.nr`,
});
/** How much was allocated does not say whether it is over. */
const TOEWIJZINGEN = door('toewijzing', 'persoon', `${KOLOMMEN.toewijzing}, null as omvang`);
const LEVERINGEN = door('levering', 'persoon');
const VERZOEKEN = door('verzoek', 'persoon');
const PRESTATIES = door('prestatie', 'persoon');
const ANTWOORDEN = door('antwoord', 'kenmerk');

type Platgeslagen<F> = Omit<F, 'herkomst'> & Herkomst;
const feit = <F>({ volgorde, berichtId, dagtekening, ...rest }: Platgeslagen<F>): F =>
  ({ ...rest, herkomst: { volgorde, berichtId, dagtekening } }) as F;

/** All that a lane has of these persons, and what answers their requests. */
async function leesStukken(verbinding: Verbinding, baanId: number, personen: readonly Persoon[]): Promise<Stukken> {
  const lees = async <F>(vraag: { readonly name: string; readonly text: string }, waarden: readonly string[]) =>
    (await verbinding.query<Platgeslagen<F>>({ ...vraag, values: [baanId, waarden] })).rows.map(feit<F>);
  const toewijzingen = await lees<Toewijzing>(TOEWIJZINGEN, personen);
  const verzoeken = await lees<Verzoek>(VERZOEKEN, personen);
  const kenmerken = [...toewijzingen, ...verzoeken].flatMap(({ kenmerk }) => kenmerk ?? []);
  return {
    toewijzingen,
    verzoeken,
    leveringen: await lees<Levering>(LEVERINGEN, personen),
    prestaties: await lees<Prestatie>(PRESTATIES, personen),
    antwoorden: await lees<Antwoord>(ANTWOORDEN, [...new Set(kenmerken)]),
  };
}

const opNummer = (tabel: string, kolom: string): string => `
  select f.persoon, 'n ' || f.${kolom} as sleutel from unnest($2::int[]) as s(waarde)
  join dossier_${tabel} f on f.${kolom} = s.waarde and ${IN_BAAN}`;
const opKenmerk = (soort: 'v' | 'p', nr: number, tabel: string, kolom = 'kenmerk'): string => `
  select f.persoon, '${soort} ' || s.waarde from unnest($${nr}::text[]) as s(waarde)
  join dossier_${tabel} f on f.${kolom} = decode(s.waarde, 'hex') and ${IN_BAAN}`;
const BUREN = {
  name: 'opruimen-buren',
  text: `
select distinct encode(x.persoon, 'hex') as persoon, x.sleutel from (${[
    opNummer('toewijzing', 'nummer'),
    opNummer('prestatie', 'toewijzing'),
    opKenmerk('v', 3, 'toewijzing'),
    opKenmerk('v', 3, 'verzoek'),
    opKenmerk('p', 4, 'prestatie'),
    opKenmerk('p', 4, 'prestatie', 'vorig'),
  ].join('\n  union all')}
) x`,
};

/** Who has one of these keys, besides these persons. */
async function leesBuren(
  verbinding: Verbinding,
  baanId: number,
  sleutels: ReadonlySet<string>,
  personen: ReadonlySet<Persoon>,
): Promise<readonly { readonly persoon: Persoon; readonly sleutel: string }[]> {
  const van = (soort: string): readonly string[] =>
    [...sleutels].flatMap((sleutel) => (sleutel.startsWith(`${soort} `) ? [sleutel.slice(2)] : []));
  const { rows } = await verbinding.query<{ persoon: Persoon; sleutel: string }>({
    ...BUREN,
    values: [baanId, van('n').map(Number), van('v'), van('p')],
  });
  return rows.filter(({ persoon }) => !personen.has(persoon));
}

/** So many times the neighbours of neighbours are looked up; whoever then still has some that are not known, stays. */
const RONDEN = 3;
/** Where everybody shares a key with everybody, nobody's facts are all loaded. */
const MAX_PERSONEN = 2000;

export interface Gelezen {
  readonly stukken: Stukken;
  /** Keys of persons who were not loaded. */
  readonly bezet: ReadonlySet<string>;
}

/** All facts of these persons and of who shares a key with them, as far as that goes. */
export async function leesVerhalen(
  verbinding: Verbinding,
  baanId: number,
  kandidaten: readonly Persoon[],
): Promise<Gelezen> {
  const personen = new Set(kandidaten);
  for (let ronde = 1; ; ronde += 1) {
    const stukken = await leesStukken(verbinding, baanId, [...personen]);
    const buren = await leesBuren(verbinding, baanId, alleSleutels(stukken), personen);
    const erbij = new Set(buren.map(({ persoon }) => persoon));
    if (erbij.size === 0 || ronde === RONDEN || personen.size + erbij.size > MAX_PERSONEN)
      return { stukken, bezet: new Set(buren.map(({ sleutel }) => sleutel)) };
    for (const persoon of erbij) personen.add(persoon);
  }
}

/** Asks one row at a time: an `exists` may be planned as one read of the whole table. */
export const IS_ER = (vraag: string): string => `(select true ${vraag} limit 1) is not null`;

const VAST = {
  name: 'opruimen-vast',
  text: `
select p.volgorde::float8 as volgorde from unnest($2::bigint[], $3::uuid[]) as p(volgorde, bericht_id)
where ${IS_ER('from bericht b where b.id = p.bericht_id')} or ${IS_ER('from nza_feit n where n.baan_id = $1 and n.volgorde = p.volgorde')}`,
};

/**
 * Which messages may not be forgotten yet: those that are known (they may be answered, are rebuilt from, and count in the figures), and what is
 * registered for the NZa.
 * @returns their places
 */
export async function leesVaste(
  verbinding: Verbinding,
  baanId: number,
  herkomsten: readonly Herkomst[],
): Promise<ReadonlySet<number>> {
  const perPlek = [...new Map(herkomsten.map((van) => [van.volgorde, van.berichtId]))];
  const { rows } = await verbinding.query<{ volgorde: number }>({
    ...VAST,
    values: [baanId, perPlek.map(([plek]) => plek), perPlek.map(([, id]) => id)],
  });
  return new Set(rows.map(({ volgorde }) => volgorde));
}
