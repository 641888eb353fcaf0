/**
 * Reads ketencijfer along its primary key: an organisation, a domein, weeks, metingen. What a page needs is summed in the database; no message is
 * looked at.
 */
import type { Verbinding } from '../../opslag/database.ts';
import type { Rij } from './regels/stel-samen.ts';
import type { Filter, Splitsing } from './regels/vraag.ts';
import { alleWeken, type Weken } from './regels/weken.ts';

/** Whose rows, in which weeks. '' is all together; of the side that the figures are split by, `null`: every one. */
export interface Bron {
  readonly gemeente: string | null;
  readonly aanbieder: string | null;
  /** Only these weeks of it. */
  readonly weken: Weken;
}

/** What the database groups by; what is not here is not its business. */
const KOLOM: Partial<Readonly<Record<Splitsing, string>>> = {
  week: "to_char(k.week, 'YYYY-MM-DD')",
  maand: "to_char(k.week, 'YYYY-MM-DD')",
  domein: 'k.domein',
  berichtsoort: 'k.berichtsoort',
  richting: 'k.berichtsoort',
  release: 'k.release',
};

const SMAL = `
  and ($5::text[] is null or k.berichtsoort = any($5)) and ($6::text[] is null or k.release = any($6))`;
const SOM = 'sum(k.aantal)::float8 as aantal, sum(k.som)::float8 as som';

/** $1, $2 whose; $3 weeks of each as arrays of one row; $4 metingen. One descent of the key per week and meting. */
const VAN_BRONNEN = (deel: string): string => `
select ${deel} as deel, k.meting, k.sleutel, ${SOM}
from unnest($1::text[], $2::text[], $3::date[]) as b(gemeente, aanbieder, week)
join ketencijfer k on k.gemeente = b.gemeente and k.aanbieder = b.aanbieder and k.domein = any($7::text[]) and k.week = b.week
  and k.meting = any($4)${SMAL}
group by 1, 2, 3`;

/** Every aanbieder of a gemeente: from one to the next along the key, then the weeks of each. */
const PER_AANBIEDER = (metingen: string): string => `
with recursive partij(code) as (
  (select k.aanbieder from ketencijfer k where k.gemeente = $1 and k.aanbieder > '' order by k.aanbieder limit 1)
  union all
  select (select k.aanbieder from ketencijfer k where k.gemeente = $1 and k.aanbieder > p.code order by k.aanbieder limit 1)
  from partij p where p.code is not null)
select p.code as deel, k.meting, k.sleutel, ${SOM}
from partij p
join ketencijfer k on k.gemeente = $1 and k.aanbieder = p.code and k.domein = any($7::text[]) and k.week between $2 and $3
  and ${metingen}${SMAL}
where p.code is not null
group by 1, 2, 3`;

/** Every gemeente of an aanbieder: there are some hundreds of gemeenten, so each is tried. */
const PER_GEMEENTE = (metingen: string): string => `
with recursive partij(code) as (
  (select k.gemeente from ketencijfer k where k.gemeente > '' order by k.gemeente limit 1)
  union all
  select (select k.gemeente from ketencijfer k where k.gemeente > p.code order by k.gemeente limit 1)
  from partij p where p.code is not null)
select p.code as deel, k.meting, k.sleutel, ${SOM}
from partij p
join ketencijfer k on k.gemeente = p.code and k.aanbieder = $1 and k.domein = any($7::text[]) and k.week between $2 and $3
  and ${metingen}${SMAL}
where p.code is not null
group by 1, 2, 3`;

/**
 * Of a few metingen the key is descended once per week and meting. Of many it is quicker to walk through all that the weeks hold; PostgreSQL
 * chooses the first whenever it can, so here it cannot.
 */
const WEINIG = 4;
const PER_METING = 'k.meting = any($4)';
const ALLES_LANGS = '(k.meting = any($4)) is true';

type Smal = Pick<Filter, 'domeinen' | 'berichtsoorten' | 'releases'>;

async function perTegenpartij(
  verbinding: Verbinding,
  bron: Bron,
  metingen: readonly string[],
  filter: Smal,
): Promise<readonly Rij[]> {
  const kies = metingen.length > WEINIG ? ALLES_LANGS : PER_METING;
  const text = (bron.aanbieder === null ? PER_AANBIEDER : PER_GEMEENTE)(kies);
  const { weken, gemeente, aanbieder } = bron;
  const { rows } = await verbinding.query<Rij>(text, [
    aanbieder === null ? gemeente : aanbieder,
    weken.eerste,
    weken.laatste,
    metingen,
    filter.berichtsoorten ?? null,
    filter.releases ?? null,
    filter.domeinen,
  ]);
  return rows;
}

/**
 * @param bronnen whose rows; to split by tegenpartij: one whose other side is null
 * @returns rows summed over everything that is not their deel, meting or sleutel
 */
export async function leesRijen(
  verbinding: Verbinding,
  bronnen: readonly Bron[],
  metingen: readonly string[],
  filter: Smal,
  splitsing: Splitsing | undefined,
): Promise<readonly Rij[]> {
  const open = bronnen.filter(({ gemeente, aanbieder }) => gemeente === null || aanbieder === null);
  const rijen: Rij[] = [];
  for (const bron of open) rijen.push(...(await perTegenpartij(verbinding, bron, metingen, filter)));
  const vast = bronnen
    .filter((bron) => !open.includes(bron))
    .flatMap(({ gemeente, aanbieder, weken }) => alleWeken(weken).map((week) => [gemeente, aanbieder, week] as const));
  if (vast.length === 0) return rijen;
  const { rows } = await verbinding.query<Rij>(VAN_BRONNEN((splitsing && KOLOM[splitsing]) ?? 'null::text'), [
    vast.map(([gemeente]) => gemeente),
    vast.map(([, aanbieder]) => aanbieder),
    vast.map(([, , week]) => week),
    metingen,
    filter.berichtsoorten ?? null,
    filter.releases ?? null,
    filter.domeinen,
  ]);
  return [...rijen, ...rows];
}
