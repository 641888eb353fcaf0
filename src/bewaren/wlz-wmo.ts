/**
 * The Wmo side: what messages said about toewijzingen that ended long ago, and lists that their gemeente never renewed. What a signal is about stays
 * as long as the signal.
 */
import type { Database } from '../opslag/database.ts';
import { ruimLeveringenOp } from '../wlz-samenloop/wmo/levering.ts';
import { BEGIN } from './inhoud.ts';
import { type Bewaartermijnen, dagenGeleden, dagVan, nietMeerGemeld } from './regels/termijnen.ts';
import { GEEN } from './voorwaarden.ts';
import { BLIJFT, signaalgrenzen } from './wlz-signalen.ts';

/** So many facts are looked at in one commit. */
const SNEE = 500;

const SLEUTEL = ['bsn_hmac', 'gemeente', 'aanbieder', 'toewijzingnummer'];
const zelfde = (a: string, b: string): string => SLEUTEL.map((kolom) => `${a}.${kolom} = ${b}.${kolom}`).join(' and ');

/**
 * $1: the toewijzing of k is over since before this day, nothing was said about it since, and no signal is about it.
 * @param signaal which signals count; without it all
 */
const MAG_WEG = (k: string, signaal = 'true'): string => `
${GEEN(`from wmo_dossier d where ${zelfde('d', k)} and d.tot >= $1::date`)}
and ${GEEN(`from wmo_dossierfeit f where ${zelfde('f', k)} and (f.tot >= $1::date or f.vanaf >= $1::date or left(f.moment, 10) >= $1::text)`)}
and ${GEEN(`from wlz_signaal s where s.bsn_hmac = ${k}.bsn_hmac and s.voorziening_id = ${k}.aanbieder || '/' || ${k}.toewijzingnummer and ${signaal}`)}`;

const RUIM_OP = {
  name: 'bewaren-wmo-feiten',
  text: `
with snee as materialized (
  select f.tot, f.bericht_id, f.nr, f.bsn_hmac, f.gemeente, f.aanbieder, f.toewijzingnummer from wmo_dossierfeit f
  where f.tot < $1::date and (f.tot, f.bericht_id, f.nr) > ($2::date, $3::uuid, $4::smallint) order by f.tot, f.bericht_id, f.nr limit ${SNEE}
), rijp as materialized (
  select k.* from (select distinct ${SLEUTEL.join(', ')} from snee) k where ${MAG_WEG('k')}
), weg as (
  delete from wmo_dossierfeit f using rijp where ${zelfde('f', 'rijp')} returning 1
), laatste as (select tot, bericht_id, nr from snee order by tot desc, bericht_id desc, nr desc limit 1)
select (select count(*)::int from weg) as weg, (select count(*)::int from snee) as gezien,
  (select array[tot::text, bericht_id::text, nr::text] from laatste) as verder`,
};
/** Where a slice begins: day, message, number. */
export type Plek = readonly string[];
const EERSTE: Plek = ['-infinity', BEGIN, '0'];

/** Also when nobody wants it kept so long: what would still be told stays. */
function grens({ wlz }: Bewaartermijnen, nu: Date, terugwerkendDagen: number): string {
  const [termijn, gemeld] = [dagenGeleden(nu, wlz.voorzieningDagen), nietMeerGemeld(nu, terugwerkendDagen)];
  return dagVan(new Date(Math.min(termijn.getTime(), gemeld.getTime())));
}

/** Looks at the next slice of what ended. @returns how many facts went, and where the next slice begins */
export async function ruimFeitenOp(
  { pool }: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  terugwerkendDagen: number,
  na: Plek = EERSTE,
): Promise<{ readonly weg: number; readonly verder: Plek | undefined }> {
  const { rows } = await pool.query<{ weg: number; gezien: number; verder: string[] }>({
    ...RUIM_OP,
    values: [grens(termijnen, nu, terugwerkendDagen), ...na],
  });
  const [snee] = rows;
  return { weg: snee?.weg ?? 0, verder: snee?.gezien === SNEE ? snee.verder : undefined };
}

const OUDE_LIJST = `toestand = 'actueel' and coalesce(geeindigd_op, begonnen_op) < $1`;

/** Lists that were not renewed count no more; their rows go as those of any list that was replaced. @returns how many lists */
export async function ruimLijstenOp(database: Database, { wlz }: Bewaartermijnen, nu: Date): Promise<number> {
  const { rowCount } = await database.pool.query(`update wmo_levering set toestand = 'vervangen' where ${OUDE_LIJST}`, [
    dagenGeleden(nu, wlz.voorzieningDagen),
  ]);
  await ruimLeveringenOp(database);
  return rowCount ?? 0;
}

/** @returns how many facts, and how many lists, would go */
export async function telWmo(
  { pool }: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  terugwerkendDagen: number,
): Promise<{ readonly feiten: number; readonly lijsten: number }> {
  const feiten = await pool.query<{ aantal: number }>(
    // The signals that go, go first.
    `select count(*)::int as aantal from wmo_dossierfeit k where ${MAG_WEG('k', BLIJFT('s', 2))}`,
    [grens(termijnen, nu, terugwerkendDagen), ...signaalgrenzen(termijnen, nu, terugwerkendDagen)],
  );
  const lijsten = await pool.query<{ aantal: number }>(
    `select count(*)::int as aantal from wmo_levering where ${OUDE_LIJST}`,
    [dagenGeleden(nu, termijnen.wlz.voorzieningDagen)],
  );
  return { feiten: feiten.rows[0]?.aantal ?? 0, lijsten: lijsten.rows[0]?.aantal ?? 0 };
}
