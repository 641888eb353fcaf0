/** Making the figures of subjects anew, whoever says that they changed: the lines of the audit log, or a rebuild. */
import type { Verbinding } from '../opslag/database.ts';
import { pasToe } from './toepassen.ts';
import { BERICHT, type Bijdrage, type Bron, type Meting } from './types.ts';

const bronVan = ({ bron = BERICHT }: Meting): Bron => bron;

/** What is counted, messages first. */
export const bronnenVan = (metingen: readonly Meting[]): readonly Bron[] => [
  ...new Set([BERICHT, ...metingen.map(bronVan)]),
];

/**
 * Makes the figures of some subjects anew.
 * @param client a transaction that holds CIJFERSLOT
 * @returns how many changed
 */
export async function maakAnders(
  client: Verbinding,
  metingen: readonly Meting[],
  bron: Bron,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const nieuw = new Map<string, readonly Bijdrage[]>();
  for (const meting of metingen.filter((meting) => bronVan(meting) === bron))
    for (const [id, bijdragen] of await meting.bijdragen(client, ids))
      nieuw.set(id, [...(nieuw.get(id) ?? []), ...bijdragen]);
  return pasToe(client, bron, ids, nieuw);
}

/** What changes with messages: what they answer, and what rests on either. Of all of those the bron and the id, each once. */
const MEE = {
  name: 'keten-mee',
  text: `
with mee as materialized (
  select n.id from unnest($1::uuid[]) as n(id)
  union
  select b.heenbericht_id from unnest($1::uuid[]) as n(id)
  cross join lateral (select b.heenbericht_id from bericht b where b.id = n.id offset 0) b where b.heenbericht_id is not null
)
select '${BERICHT}' as bron, id::text from mee
union
select v.bron, v.id::text from mee join ketenverband v on v.oorzaak = mee.id`,
};

/** @returns per bron the subjects whose figures may have changed when these messages did */
export async function geraaktDoor(
  client: Verbinding,
  metingen: readonly Meting[],
  berichtIds: readonly string[],
): Promise<ReadonlyMap<Bron, ReadonlySet<string>>> {
  const geraakt = new Map<Bron, Set<string>>(bronnenVan(metingen).map((bron) => [bron, new Set()]));
  if (berichtIds.length === 0) return geraakt;
  const { rows } = await client.query<{ bron: Bron; id: string }>({ ...MEE, values: [berichtIds] });
  for (const { bron, id } of rows) geraakt.get(bron)?.add(id);
  const berichten = [...(geraakt.get(BERICHT) ?? [])];
  for (const meting of metingen)
    for (const id of (await meting.raakt?.(client, berichten)) ?? []) geraakt.get(bronVan(meting))?.add(id);
  return geraakt;
}
