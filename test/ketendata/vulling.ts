/** Fills ketencijfer by SQL as if so many organisations had sent messages for so many weeks: every level, every meting. */
import type { Database } from '#src/opslag/database.ts';

export interface Omvang {
  readonly gemeenten: number;
  readonly aanbieders: number;
  readonly weken: number;
  /** A Monday; the weeks go back from here. */
  readonly laatste: string;
  /** One of so many pairs has traffic in a week. */
  readonly dichtheid?: number;
}

/** What one pair counts in one week, by meting: heen and retour of both domeinen, with the long tails that figures have. */
const CIJFERS = `
  values ('volume', 'WMO301', '', 3, 9000), ('volume', 'WMO302', '', 3, 4000), ('volume', 'WMO323', '', 2, 90000),
    ('volume', 'WMO305', '', 2, 5000), ('uitkomst', 'WMO301', 'verwerkt', 3, 0), ('uitkomst', 'WMO323', 'verwerkt', 1, 0),
    ('uitkomst', 'WMO323', 'afgekeurd', 1, 0), ('fo01', 'WMO323', '2025-11:IB105', 1, 0), ('retour', 'WMO301', 'schoon', 2, 0),
    ('retour', 'WMO301', 'deels', 1, 0), ('retourcode', 'WMO301', '9063', 1, 0), ('doorlooptijd', 'WMO301', '500', 2, 900),
    ('doorlooptijd', 'WMO301', '20000', 1, 15000), ('ophaaltijd', 'WMO301', '5000000', 3, 9000000),
    ('norm-R1', 'WMO301', '1', 2, 2), ('norm-R1', 'WMO301', '6', 1, 6), ('norm-R1-open', 'WMO305', '2020-01-01', 1, 0),
    ('norm-R7', 'WMO323', '8', 1, 8), ('norm-R2', 'WMO315', '4', 1, 4), ('geld', 'WMO323', 'ingediend', 4, 40000),
    ('geld', 'WMO323', 'toegekend', 3, 30000), ('geld', 'WMO323', 'afgekeurd', 1, 10000), ('stroom-301-305', 'WMO301', '12', 1, 12)`;

export const gemeentecode = (nr: number): string => String(nr).padStart(4, '0');
export const aanbiedercode = (nr: number): string => `98${String(nr).padStart(6, '0')}`;

const VUL = `
insert into ketencijfer (week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel, aantal, som)
select w.week, d.domein, g.gemeente, a.aanbieder, replace(c.soort, 'WMO', case d.domein when 'iwmo' then 'WMO' else 'JW' end),
  '3.2', c.meting, c.sleutel, sum(c.aantal), sum(c.som)
from (select $4::date - 7 * nr as week, nr from generate_series(0, $3 - 1) as nr) w
cross join (values ('iwmo', 0), ('ijw', 1)) as d(domein, dnr)
cross join generate_series(1, $1) as gnr cross join generate_series(1, $2) as anr
cross join lateral (values (lpad(gnr::text, 4, '0')), ('')) as g(gemeente)
cross join lateral (values ('98' || lpad(anr::text, 6, '0')), ('')) as a(aanbieder)
cross join (${CIJFERS}) as c(meting, soort, sleutel, aantal, som)
where (gnr * 7 + anr * 13 + w.nr * 3 + d.dnr * 5 + length(c.meting) + length(c.sleutel)) % $5 = 0
group by 1, 2, 3, 4, 5, 6, 7, 8`;

export async function vulKetencijfer(
  { pool }: Database,
  { gemeenten, aanbieders, weken, laatste, dichtheid = 4 }: Omvang,
): Promise<void> {
  await pool.query(VUL, [gemeenten, aanbieders, weken, laatste, dichtheid]);
  await pool.query('vacuum analyze ketencijfer');
}
