/** Which views a client can choose from, and how fresh the figures are. What it may see is asked again with every question (opvragen.ts). */
import type { Database } from '../../opslag/database.ts';
import { datum } from '../../tijd.ts';
import type { Client } from '../../toegang/clients.ts';
import type { Weergave } from './regels/vraag.ts';

export interface Blik {
  readonly weergave: Weergave;
  readonly code: string;
  readonly naam: string;
}

interface Rij {
  readonly weergave: Weergave;
  readonly code: string;
  readonly naam: string;
}

/** Its organisations that have not been succeeded by another of them, the samenwerkingsverbanden of those, and the whole country. */
export async function blikkenVoor({ pool }: Database, client: Client, nu: Date): Promise<readonly Blik[]> {
  const codes = [...client.namens, ...(client.machtigingen?.keys() ?? [])];
  const { rows } = await pool.query<Rij>(
    `select o.soort as weergave, o.code, o.naam from organisatie o
     where o.code = any($1) and o.soort in ('gemeente', 'aanbieder') and (o.opvolger is null or o.opvolger <> all($1))
     union all
     select 'samenwerking', v.code, v.naam from samenwerkingsverband v
     where exists (select from ketendatamandaat m where m.verband = v.code and m.gemeente = any($1)
       and m.ingetrokken_op is null and m.vanaf <= $2 and (m.tot is null or m.tot > $2))
     order by 1, 2`,
    [codes, datum(nu)],
  );
  // Its own first: an aanbieder or a gemeente is what people come for.
  const eigen = rows.toSorted((a, b) => Number(client.namens.has(b.code)) - Number(client.namens.has(a.code)));
  return client.landelijk ? [...eigen, { weergave: 'landelijk', code: '', naam: 'Heel Nederland' }] : eigen;
}

export interface Stand {
  /** The first week of which there are figures; null: there are none. */
  readonly sinds: string | null;
  /** Until when what happened is counted in them. */
  readonly bijgewerktOp: Date | null;
}

/** Until when there are figures of a view, and since when; of a samenwerkingsverband that is not said. */
export async function standVan(
  { pool }: Database,
  { weergave, code }: Pick<Blik, 'weergave' | 'code'>,
): Promise<Stand> {
  const [gemeente, aanbieder] = weergave === 'gemeente' ? [code, ''] : ['', code];
  const eerste = (domein: string): string =>
    `(select k.week from ketencijfer k where k.gemeente = $1 and k.aanbieder = $2 and k.domein = '${domein}' order by k.week limit 1)`;
  const { rows } = await pool.query<Stand>(
    `select to_char(case when $3 then (select min(blok) from landelijkblok) else least(${eerste('iwmo')}, ${eerste('ijw')}) end, 'YYYY-MM-DD') as sinds,
       bijgewerkt_op as "bijgewerktOp" from ketenstand`,
    [gemeente, aanbieder, weergave === 'landelijk'],
  );
  const { sinds = null, bijgewerktOp = null } = rows[0] ?? {};
  return { sinds: weergave === 'samenwerking' ? null : sinds, bijgewerktOp };
}
