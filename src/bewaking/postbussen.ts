/** How the postbussen stand, all together. A postbus is looked into until its oldest message; the cost is the number of postbussen with post. */
import type { Verbinding } from '../opslag/database.ts';
import { bezorgingVoor } from '../toestanden.ts';
import { TEL_TOT } from './banen.ts';

/** So many postbussen are named, those that wait longest: labels must stay few. */
export const OUDSTE_POSTBUSSEN = 10;

export interface Postbuscijfers {
  readonly metPost: number;
  /** Messages that were not confirmed, counted up to TEL_TOT. */
  readonly open: number;
  readonly onbestelbaar: number;
  /** Since when the oldest lies there, of the postbussen where that is longest. */
  readonly oudste: readonly { readonly postbus: string; readonly sinds: number }[];
}

const OPEN = `bezorging in (${bezorgingVoor('bevestigd')
  .map((stand) => `'${stand}'`)
  .join(', ')})`;
const EERSTE = (na: string): string =>
  `select postbus, geplaatst_op from postbus_item where ${na}${OPEN} order by postbus, nr limit 1`;
const TEL = (wat: string): string =>
  `(select count(*)::int from (select from postbus_item where ${wat} limit ${TEL_TOT}) t)`;

const CIJFERS = {
  name: 'bewaking-postbussen',
  text: `
with recursive bus as (
  (${EERSTE('')})
  union all
  select volgende.* from bus cross join lateral (${EERSTE('postbus > bus.postbus and ')}) volgende
)
select count(*)::int as "metPost", ${TEL(OPEN)} as open, ${TEL(`bezorging = 'onbestelbaar'`)} as onbestelbaar,
  (select coalesce(json_agg(json_build_object('postbus', postbus, 'sinds', extract(epoch from geplaatst_op)) order by geplaatst_op), '[]')
   from (select * from bus order by geplaatst_op limit ${OUDSTE_POSTBUSSEN}) o) as oudste
from bus`,
};

export async function leesPostbuscijfers(verbinding: Verbinding): Promise<Postbuscijfers> {
  const [rij] = (await verbinding.query<Postbuscijfers>(CIJFERS)).rows;
  return rij ?? { metPost: 0, open: 0, onbestelbaar: 0, oudste: [] };
}
