/**
 * The partitions of payloads, one per month: the next is there before its month begins, and one whose month is over is dropped as a whole.
 * What somebody still needs of it moves to the month that runs, first.
 */
import type { Database } from '../opslag/database.ts';
import { type Bewaartermijnen, maandIsOm, maandVan } from './regels/termijnen.ts';

/** Whoever wants a partition changed waits so long for those at work, and they for us; then it is tried again the next round. */
const WACHT_OP_SLOT = `set local lock_timeout = '200ms'`;
/** So many rows move in one commit. */
const PORTIE = 100;
const SLOT_BEZET = '55P03';

export interface Maand {
  readonly deel: string;
  /** YYYY-MM-DD, its first day. */
  readonly maand: string;
}

/** The partitions there are; that for months without one of their own is not among them. */
export async function maandenVan(database: Database): Promise<readonly Maand[]> {
  const { rows } = await database.pool.query<Maand>(
    `select c.relname as deel, replace(substring(c.relname from 8), '_', '-') || '-01' as maand
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'inhoud'::regclass and c.relname ~ '^inhoud_[0-9]{4}_[0-9]{2}$' order by 2`,
  );
  return rows;
}

/** @returns what the work gave; undefined when others were at work in the table */
async function alsHetRustigIs<T>(werk: () => Promise<T>): Promise<T | undefined> {
  try {
    return await werk();
  } catch (fout) {
    if ((fout as { code?: string }).code === SLOT_BEZET) return undefined;
    throw fout;
  }
}

/** Makes the partitions of this month and the next two. @returns how many are new */
export async function maakMaanden(database: Database, nu: Date): Promise<number> {
  let nieuw = 0;
  const bestaand = new Set((await maandenVan(database)).map(({ maand }) => maand));
  for (const maand of [0, 1, 2].map((verder) => maandVan(nu, verder))) {
    if (bestaand.has(maand) || (await inRest(database, maand))) continue;
    const maak = () =>
      database.transactie(async (client) => {
        const { rows } = await client.query<{ nieuw: boolean }>('select inhoud_maak_maand($1::date) as nieuw', [maand]);
        return rows[0]?.nieuw === true;
      }, WACHT_OP_SLOT);
    if (await alsHetRustigIs(maak)) nieuw += 1;
  }
  return nieuw;
}

/** Were payloads stored in that month before it had a partition? Then it never gets one: they stay where they are. */
async function inRest(database: Database, maand: string): Promise<boolean> {
  const { rows } = await database.pool.query('select from inhoud_rest where maand = $1::date limit 1', [maand]);
  return rows.length > 0;
}

/** Moves the next portion of what is left in a month. @returns how many rows */
async function verhuis(database: Database, { deel, maand }: Maand, nu: Date): Promise<number> {
  const { rowCount } = await database.pool.query(
    `update inhoud i set maand = $2::date from (select bericht_id from ${deel} order by bericht_id limit ${PORTIE} for update skip locked) rest
     where i.bericht_id = rest.bericht_id and i.maand = $1::date`,
    [maand, maandVan(nu)],
  );
  return rowCount ?? 0;
}

/**
 * Drops the partitions of months that are over. Nothing in them is gone by that: what was due was removed before, and the rest moves.
 * @returns what was dropped
 */
export async function laatMaandenVallen(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
): Promise<readonly string[]> {
  const gevallen: string[] = [];
  for (const maand of (await maandenVan(database)).filter((rij) => maandIsOm(termijnen, rij.maand, nu))) {
    while ((await verhuis(database, maand, nu)) > 0);
    const laatVallen = () =>
      database.transactie(async (client) => {
        const { rows } = await client.query<{ weg: boolean }>('select inhoud_verwijder_maand($1::date) as weg', [
          maand.maand,
        ]);
        return rows[0]?.weg === true;
      }, WACHT_OP_SLOT);
    if (await alsHetRustigIs(laatVallen)) gevallen.push(maand.deel);
  }
  return gevallen;
}
