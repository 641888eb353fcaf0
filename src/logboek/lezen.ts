/** Reading the log as its model has it, in order of nr, a page at a time: memory stays the same however much there is. */
import type { Verbinding } from '../opslag/database.ts';
import type { Regel } from './record.ts';

/** SQL: a line, with the persons of its message where it names none. The first line of a message that names persons has them all. */
export const REGEL = `
l.nr::float8 as nr, l.tijdstip, l.gebeurtenis, l.actor, l.namens, l.resultaat, l.bericht_id as "berichtId", l.details, l.spoor,
case when l.bericht_id is null or l.betrokkenen <> '{}' then l.betrokkenen else coalesce((
  select o.betrokkenen from logboek o where o.bericht_id = l.bericht_id and o.betrokkenen <> '{}' order by o.nr limit 1), '{}') end as betrokkenen`;

const PAGINA = {
  name: 'logboek-pagina',
  text: `select ${REGEL} from logboek l where l.nr > $1 and l.nr <= $2 and l.tijdstip >= $3 and l.tijdstip < $4 order by l.nr limit $5`,
};

/** Numbers of lines: na < nr <= tot. */
export interface Bereik {
  readonly na: number;
  readonly tot: number;
}

/**
 * Where the lines of a period are: the links know the times of theirs, so the table need not be searched. Only lines that are in the chain:
 * those are final, and none becomes visible before them any more.
 */
const BEREIK = `
select coalesce(min(van_regel) - 1, 0)::float8 as na, coalesce(max(tot_regel), 0)::float8 as tot
from logboek_schakel where laatste >= $1 and eerste < $2 and opgeruimd_op is null`;

/** @returns the lines between which all of the period are */
export async function bereikVan(verbinding: Verbinding, vanaf: Date, tot: Date): Promise<Bereik> {
  const { rows } = await verbinding.query<Bereik>(BEREIK, [vanaf, tot]);
  return rows[0] ?? { na: 0, tot: 0 };
}

/** @returns the next lines of the period; fewer than asked: these were the last */
export async function leesPagina(
  verbinding: Verbinding,
  { na, tot }: Bereik,
  periode: { readonly vanaf: Date; readonly tot: Date },
  aantal: number,
): Promise<readonly Regel[]> {
  const { rows } = await verbinding.query<Regel>({ ...PAGINA, values: [na, tot, periode.vanaf, periode.tot, aantal] });
  return rows;
}
