/** A small world of figures, written as a projector would: every contribution at four levels, of organisations that the demo knows. */
import { plusWeken } from '#src/ketendata/inzicht/regels/weken.ts';
import type { Database } from '#src/opslag/database.ts';

export const GEMEENTEN = ['0363', '0344', '0518', '0599'] as const;
export const AANBIEDERS = ['98000001', '98000002', '98000003', '98000004'] as const;

export interface Bijdrage {
  readonly week: string;
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly meting: string;
  readonly sleutel?: string;
  readonly berichtsoort?: string;
  readonly domein?: 'iwmo' | 'ijw';
  readonly aantal: number;
  readonly som?: number;
}

const TEL_OP = `
insert into ketencijfer (week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel, aantal, som)
select b.week, coalesce(b.domein, 'iwmo'), g.gemeente, a.aanbieder, coalesce(b.berichtsoort, 'WMO301'), '3.2', b.meting, coalesce(b.sleutel, ''),
  sum(b.aantal), sum(coalesce(b.som, 0))
from jsonb_to_recordset($1) as b(week date, domein text, gemeente text, aanbieder text, berichtsoort text, meting text, sleutel text, aantal bigint, som bigint)
cross join lateral (select distinct gemeente from (values (b.gemeente), ('')) as v(gemeente)) g
cross join lateral (select distinct aanbieder from (values (b.aanbieder), ('')) as v(aanbieder)) a
group by 1, 2, 3, 4, 5, 6, 7, 8
on conflict (gemeente, aanbieder, domein, week, meting, berichtsoort, release, sleutel)
do update set aantal = ketencijfer.aantal + excluded.aantal, som = ketencijfer.som + excluded.som`;

export async function tel({ pool }: Database, bijdragen: readonly Bijdrage[]): Promise<void> {
  await pool.query(TEL_OP, [JSON.stringify(bijdragen)]);
}

const VORMEN: readonly Pick<Bijdrage, 'meting' | 'sleutel' | 'berichtsoort' | 'som'>[] = [
  ...['WMO301', 'WMO302', 'WMO305', 'WMO323', 'WMO325'].map((berichtsoort) => ({
    meting: 'volume',
    berichtsoort,
    som: 4000,
  })),
  ...['WMO301', 'WMO305', 'WMO323'].map((berichtsoort) => ({ meting: 'uitkomst', sleutel: 'verwerkt', berichtsoort })),
  { meting: 'uitkomst', sleutel: 'afgekeurd', berichtsoort: 'WMO323' },
  { meting: 'fo01', sleutel: '2025-11:IB105', berichtsoort: 'WMO323' },
  { meting: 'fo01', sleutel: '2025-11:IB002', berichtsoort: 'WMO305' },
  { meting: 'retour', sleutel: 'schoon' },
  { meting: 'retour', sleutel: 'schoon', berichtsoort: 'WMO305' },
  { meting: 'retour', sleutel: 'deels', berichtsoort: 'WMO323' },
  ...['9063', '9019', '0001', '9321'].map((sleutel) => ({ meting: 'retourcode', sleutel })),
  ...['1', '2', '5'].map((sleutel) => ({ meting: 'norm-R1', sleutel, som: Number(sleutel) })),
  { meting: 'norm-R1-open', sleutel: '2020-01-06' },
  { meting: 'norm-R2', sleutel: '4', berichtsoort: 'WMO315' },
  { meting: 'norm-R7', sleutel: '12', berichtsoort: 'WMO323' },
  { meting: 'doorlooptijd', sleutel: '500' },
  { meting: 'ophaaltijd', sleutel: '5000000' },
  { meting: 'geld', sleutel: 'ingediend', berichtsoort: 'WMO323', som: 125_000 },
  { meting: 'geld', sleutel: 'toegekend', berichtsoort: 'WMO323', som: 110_000 },
  { meting: 'geld', sleutel: 'afgekeurd', berichtsoort: 'WMO323', som: 15_000 },
  { meting: 'stroom-301-305', sleutel: '12' },
  { meting: 'stroom-315-antwoord', sleutel: '301', berichtsoort: 'WMO315' },
  { meting: 'stroom-315-antwoord', sleutel: 'onderzoek', berichtsoort: 'WMO315' },
];

/** Half a year of life between all of them. @param laatste the Monday of the last week */
export function leven(laatste: string, weken: number): readonly Bijdrage[] {
  return Array.from({ length: weken }, (_, nr) => nr).flatMap((nr) =>
    GEMEENTEN.flatMap((gemeente, g) =>
      AANBIEDERS.flatMap((aanbieder, a) =>
        VORMEN.map((vorm, v) => ({
          ...vorm,
          week: plusWeken(laatste, -nr),
          gemeente,
          aanbieder,
          som: (vorm.som ?? 0) * (1 + ((nr + g) % 3)),
          aantal: 2 + ((nr * 7 + g * 3 + a * 5 + v) % 4),
        })),
      ),
    ),
  );
}
