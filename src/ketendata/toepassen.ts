/**
 * Applying contributions: what a subject counted for comes off, what it counts for now goes on, and both in the transaction that remembers
 * it. So applying the same twice changes nothing, and whatever dies half-way leaves nothing half.
 */
import type { Verbinding } from '../opslag/database.ts';
import { type Celwijziging, Celwijzigingen, leesBijdragen, schrijfBijdragen } from './bijdragen.ts';
import { BERICHT, type Bijdragen, type Bron } from './types.ts';

/**
 * Takes the lock on the figures until the end of the transaction. Sent together with BEGIN. Nothing is lost when the last of these commits
 * is: what it did is done again. So nobody waits for the disk, and least of all the messages that travel.
 */
export const CIJFERSLOT = 'set local synchronous_commit = off; select from ketenstand where enige for update';

/** The key of a cell. */
const KOLOMMEN = ['gemeente', 'aanbieder', 'domein', 'week', 'meting', 'berichtsoort', 'release', 'sleutel'] as const;
const SLEUTEL = KOLOMMEN.join(', ');
const UIT_LIJST = `unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[])
  as n(${SLEUTEL}, aantal, som)`;
const ZELFDE = KOLOMMEN.map((kolom) => `c.${kolom} = n.${kolom}`).join(' and ');

const TEL = {
  name: 'ketencijfer-tel',
  text: `
insert into ketencijfer as c (${SLEUTEL}, aantal, som) select * from ${UIT_LIJST}
on conflict (${SLEUTEL}) do update set aantal = c.aantal + excluded.aantal, som = c.som + excluded.som`,
};
/** Cells that count nothing any more. */
const RUIM = {
  name: 'ketencijfer-ruim',
  text: `delete from ketencijfer c using ${UIT_LIJST} where ${ZELFDE} and c.aantal = 0 and c.som = 0`,
};
const ZET_VAST = {
  name: 'ketencijfer-vast',
  text: `update ketencijfer c set vast_aantal = c.vast_aantal + n.aantal, vast_som = c.vast_som + n.som from ${UIT_LIJST} where ${ZELFDE}`,
};

const waarden = (cellen: readonly Celwijziging[]): unknown[] => [
  ...KOLOMMEN.map((kolom) => cellen.map((cel) => cel[kolom])),
  cellen.map(({ aantal }) => aantal),
  cellen.map(({ som }) => som),
];

const LEES = {
  name: 'ketenbijdrage-lees',
  text: 'select id::text, bijdragen, vast from ketenbijdrage where bron = $1 and id = any ($2::uuid[])',
};
const SCHRIJF = {
  name: 'ketenbijdrage-schrijf',
  text: `
insert into ketenbijdrage (bron, id, bijdragen) select $1, id, tekst from unnest($2::uuid[], $3::text[]) as n(id, tekst)
on conflict (bron, id) do update set bijdragen = excluded.bijdragen`,
};
const WIS = {
  name: 'ketenbijdrage-wis',
  text: 'delete from ketenbijdrage where bron = $1 and id = any ($2::uuid[])',
};
const WIS_VERBAND = {
  name: 'ketenverband-wis',
  text: 'delete from ketenverband where bron = $1 and id = any ($2::uuid[])',
};
const LEG_VERBAND = {
  name: 'ketenverband-leg',
  text: `insert into ketenverband (bron, id, oorzaak) select $1, id, oorzaak from unnest($2::uuid[], $3::uuid[]) as n(id, oorzaak) on conflict do nothing`,
};

interface Oud {
  readonly id: string;
  readonly bijdragen: string;
  readonly vast: boolean;
}

async function leesOud(client: Verbinding, bron: Bron, ids: readonly string[]): Promise<ReadonlyMap<string, Oud>> {
  const { rows } = await client.query<Oud>({ ...LEES, values: [bron, ids] });
  return new Map(rows.map((rij) => [rij.id, rij]));
}

/** @param client a transaction that holds CIJFERSLOT */
export async function telCellen(client: Verbinding, wijzigingen: readonly Celwijziging[]): Promise<void> {
  if (wijzigingen.length > 0) await client.query({ ...TEL, values: waarden(wijzigingen) });
  const minder = wijzigingen.filter(({ aantal, som }) => aantal < 0 || som < 0);
  if (minder.length > 0) await client.query({ ...RUIM, values: waarden(minder) });
}

/**
 * Brings the figures of these subjects up to date.
 * @param client a transaction that holds CIJFERSLOT
 * @param ids all that were looked at, each once; one that nieuw leaves out counts for nothing any more
 * @returns how many of them changed
 */
export async function pasToe(
  client: Verbinding,
  bron: Bron,
  ids: readonly string[],
  nieuw: Bijdragen,
): Promise<number> {
  const oud = await leesOud(client, bron, ids);
  const cellen = new Celwijzigingen();
  const anders: { readonly id: string; readonly tekst: string }[] = [];
  const verbonden: string[] = [];
  const verbanden: { readonly id: string; readonly oorzaak: string }[] = [];
  for (const id of ids) {
    const eerder = oud.get(id);
    const tekst = schrijfBijdragen(nieuw.get(id) ?? []);
    if (eerder?.vast || tekst === (eerder?.bijdragen ?? '')) continue;
    const [was, wordt] = [leesBijdragen(eerder?.bijdragen ?? ''), leesBijdragen(tekst)];
    cellen.tel(was.bijdragen, -1);
    cellen.tel(wordt.bijdragen, 1);
    anders.push({ id, tekst });
    if (was.steuntOp.join() === wordt.steuntOp.join()) continue;
    verbonden.push(id);
    verbanden.push(...wordt.steuntOp.map((oorzaak) => ({ id, oorzaak })));
  }
  if (anders.length === 0) return 0;
  await telCellen(client, cellen.wijzigingen());
  const blijft = anders.filter(({ tekst }) => tekst !== '');
  const weg = anders.filter(({ tekst }) => tekst === '').map(({ id }) => id);
  if (blijft.length > 0)
    await client.query({
      ...SCHRIJF,
      values: [bron, blijft.map(({ id }) => id), blijft.map(({ tekst }) => tekst)],
    });
  if (weg.length > 0) await client.query({ ...WIS, values: [bron, weg] });
  if (verbonden.length > 0) await client.query({ ...WIS_VERBAND, values: [bron, verbonden] });
  if (verbanden.length > 0)
    await client.query({
      ...LEG_VERBAND,
      values: [bron, verbanden.map(({ id }) => id), verbanden.map(({ oorzaak }) => oorzaak)],
    });
  return anders.length;
}

/**
 * Lets go of messages (or other subjects) that retention removes, in its transaction: what they counted for stays, and what rests on them is never
 * made anew.
 * @param client a transaction that holds CIJFERSLOT
 */
export async function houdVast(client: Verbinding, ids: readonly string[], bron: Bron = BERICHT): Promise<void> {
  const cellen = new Celwijzigingen();
  for (const { bijdragen } of (await leesOud(client, bron, ids)).values())
    cellen.tel(leesBijdragen(bijdragen).bijdragen, 1);
  const wijzigingen = cellen.wijzigingen();
  if (wijzigingen.length > 0) await client.query({ ...ZET_VAST, values: waarden(wijzigingen) });
  await client.query({ ...WIS, values: [bron, ids] });
  await client.query({ ...WIS_VERBAND, values: [bron, ids] });
  // Only on messages does anything else rest.
  if (bron !== BERICHT) return;
  await client.query({
    name: 'ketenbijdrage-vast',
    text: `
with los as (delete from ketenverband where oorzaak = any ($1::uuid[]) returning bron, id)
update ketenbijdrage b set vast = true from los where b.bron = los.bron and b.id = los.id`,
    values: [ids],
  });
}
