/**
 * Signals that were handled long ago, with their history. Not one at a time: all there ever was about one voorziening of one person, or nothing. So
 * what is open keeps what came before it, and the number of a signal among them, which makes its id, never goes back by one.
 *
 * A signal is also what says that something was told. So it stays as long as a comparison could tell the same again: while its overlap is there and
 * would still be told.
 */
import { CIJFERSLOT, houdVast } from '../ketendata/toepassen.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { sluitDeelAf } from '../wlz-samenloop/signalen/deel.ts';
import { deelVan } from '../wlz-samenloop/signalen/delen.ts';
import { BEGIN } from './inhoud.ts';
import { type Bewaartermijnen, dagenGeleden, nietMeerGemeld } from './regels/termijnen.ts';
import { GEEN } from './voorwaarden.ts';

/** So many signals are looked at in one commit. */
const SNEE = 500;
const BRON = 'wlz-signaal';

/** $n: handled before this moment; $n+1: of before this day nothing is told any more. */
export const BLIJFT = (s: string, n = 1): string => `
(${s}.workflow = 'afgehandeld' and ${s}.gewijzigd_op < $${n}::timestamptz and coalesce(${s}.verteld_tot, ${s}.gewijzigd_op::date) < $${n + 1}::date
  and (not ${s}.actueel or ${s}.overlap_tot < $${n + 1}::date)) is not true`;
/** All signals about the voorziening of k may go. */
const HEEL = (k: string): string =>
  GEEN(
    `from wlz_signaal e where e.bsn_hmac = ${k}.bsn_hmac and e.voorziening_id = ${k}.voorziening_id and ${BLIJFT('e')}`,
  );

const OUDSTE = {
  name: 'bewaren-wlz-oudste',
  text: `
with snee as materialized (
  select s.id, s.gewijzigd_op, s.bsn_hmac, s.voorziening_id from wlz_signaal s
  where s.workflow = 'afgehandeld' and s.gewijzigd_op < $1 and (s.gewijzigd_op, s.id) > ($3::timestamptz, $4::uuid)
  order by s.gewijzigd_op, s.id limit ${SNEE}
), laatste as (select gewijzigd_op, id from snee order by gewijzigd_op desc, id desc limit 1)
select (select count(*)::int from snee) as gezien, (select gewijzigd_op::text from laatste) as moment, (select id::text from laatste) as id,
  array(select encode(k.bsn_hmac, 'hex') || ' ' || k.voorziening_id from (select distinct bsn_hmac, voorziening_id from snee) k
    where ${HEEL('k')}) as rijp`,
};
/** Once more, now that nobody compares. */
const NOG_STEEDS = {
  name: 'bewaren-wlz-nog-steeds',
  text: `
select s.id::text as id from unnest($3::bytea[], $4::text[]) as k(bsn_hmac, voorziening_id)
join wlz_signaal s on s.bsn_hmac = k.bsn_hmac and s.voorziening_id = k.voorziening_id where ${HEEL('k')}`,
};
const WEG = [
  'delete from wlz_signaalstap where signaal_id = any ($1::uuid[])',
  'delete from wlz_signaal where id = any ($1::uuid[])',
];

/** Where a slice begins. */
export interface Plek {
  readonly moment: string;
  readonly id: string;
}
const EERSTE: Plek = { moment: '-infinity', id: BEGIN };

export const signaalgrenzen = ({ wlz }: Bewaartermijnen, nu: Date, terugwerkendDagen: number): readonly Date[] => [
  dagenGeleden(nu, wlz.signaalDagen),
  nietMeerGemeld(nu, terugwerkendDagen),
];

async function verwijder(client: Verbinding, grenzen: readonly Date[], rijp: readonly string[]): Promise<number> {
  const sleutels = rijp.map((tekst) => {
    const [hmac = '', ...voorziening] = tekst.split(' ');
    return { hmac: Buffer.from(hmac, 'hex'), voorziening: voorziening.join(' ') };
  });
  // In order: whoever takes more of them than one, takes them like this.
  const delen = [...new Set(sleutels.map(({ hmac }) => deelVan(hmac)))].sort((a, b) => a - b);
  for (const deel of delen) await sluitDeelAf(client, deel);
  await client.query(CIJFERSLOT);
  const { rows } = await client.query<{ id: string }>({
    ...NOG_STEEDS,
    values: [...grenzen, sleutels.map(({ hmac }) => hmac), sleutels.map(({ voorziening }) => voorziening)],
  });
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await houdVast(client, ids, BRON);
  for (const opdracht of WEG) await client.query(opdracht, [ids]);
  return ids.length;
}

/** Looks at the next slice of what was handled. @returns how many signals went, and where the next slice begins */
export async function ruimSignalenOp(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  terugwerkendDagen: number,
  na: Plek = EERSTE,
): Promise<{ readonly weg: number; readonly verder: Plek | undefined }> {
  const grenzen = signaalgrenzen(termijnen, nu, terugwerkendDagen);
  const { rows } = await database.pool.query<{ gezien: number; moment: string; id: string; rijp: string[] }>({
    ...OUDSTE,
    values: [...grenzen, na.moment, na.id],
  });
  const [snee] = rows;
  if (!snee) return { weg: 0, verder: undefined };
  const { gezien, moment, id, rijp } = snee;
  const weg = rijp.length === 0 ? 0 : await database.transactie((client) => verwijder(client, grenzen, rijp));
  return { weg, verder: gezien === SNEE ? { moment, id } : undefined };
}

/** @returns how many signals would go */
export async function telSignalen(
  { pool }: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  terugwerkendDagen: number,
): Promise<number> {
  const { rows } = await pool.query<{ aantal: number }>(
    `select count(*)::int as aantal from wlz_signaal s where s.workflow = 'afgehandeld' and s.gewijzigd_op < $1 and ${HEEL('s')}`,
    [...signaalgrenzen(termijnen, nu, terugwerkendDagen)],
  );
  return rows[0]?.aantal ?? 0;
}
