/** Compares one part, or one person, and writes what came of it: one transaction, one lock. */
import type pg from 'pg';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import type { Feiten } from '../../routering/feiten.ts';
import { volgOp } from '../../routering/opvolging.ts';
import type { Routering } from '../../routering/routering.ts';
import type { Vervaldatumlezing } from '../geldigheid.ts';
import { adviezenOp } from './advies.ts';
import { type Bereik, deelVan, SIGNAAL_SLOT } from './delen.ts';
import type { Kader } from './gevolgen.ts';
import { schrijfUitslagen } from './schrijven.ts';
import { type Uitslag, vergelijk } from './vergelijking.ts';

export interface Vergelijkplek {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly routering: Pick<Routering, 'feiten'>;
  readonly vervaldatum: Vervaldatumlezing;
  readonly terugwerkendDagen: number;
}

/** What holds for a whole comparison. */
export interface Vergelijkkader extends Kader {
  readonly opvolging: ReadonlyMap<string, string>;
}

/** Codes of gemeenten that ended, with who answers to them now. */
function opvolgingVan(feiten: Feiten, moment: number): ReadonlyMap<string, string> {
  const paren = [...feiten.organisaties.values()]
    .filter(({ soort, opvolger }) => soort === 'gemeente' && opvolger !== null)
    .map(({ code }) => [code, volgOp(feiten, code, moment)] as const);
  return new Map(paren.filter(([code, nu]) => code !== nu));
}

/** @returns undefined: there is no register (yet), so there is nothing to compare with */
export async function kaderVoor(
  { database, routering }: Pick<Vergelijkplek, 'database' | 'routering'>,
  peildatum: string,
): Promise<Vergelijkkader | undefined> {
  const { rows } = await database.pool.query<{ peilmoment: Date }>('select peilmoment from wlz_register where enige');
  const [register] = rows;
  if (!register) return undefined;
  return {
    peildatum,
    registerPeilmoment: register.peilmoment,
    adviezen: await adviezenOp(database.pool, peildatum),
    opvolging: opvolgingVan(await routering.feiten(), Date.now()),
  };
}

/**
 * Nobody else changes signals of this part until the end of the transaction. A statement of its own: what is asked next sees what was
 * committed before the lock was ours.
 */
export const sluitDeelAf = (verbinding: Verbinding, deel: number) =>
  verbinding.query('select pg_advisory_xact_lock($1, $2)', [SIGNAAL_SLOT, deel]);

/** The connections rule out joins for many rows; a part has many. Reading a whole table stays ruled out: a part is never all of it. */
export const RUIM = 'set local enable_hashjoin = on; set local work_mem = 32768';

/**
 * Compares the persons in a range, all of them in one part, and writes what changed.
 * @param client a transaction, begun with RUIM unless it is about one person
 */
export async function vergelijkBereik(
  { sleutels, vervaldatum, terugwerkendDagen }: Vergelijkplek,
  client: pg.PoolClient,
  bereik: Bereik,
  kader: Vergelijkkader,
  een = false,
): Promise<readonly Uitslag[]> {
  await sluitDeelAf(client, deelVan(bereik.van));
  const uitslagen = await vergelijk(client, {
    ...bereik,
    peildatum: kader.peildatum,
    terugwerkendDagen,
    vervaldatumEerder: vervaldatum === 'eerste-dag-zonder' ? 1 : 0,
    opvolging: kader.opvolging,
    een,
  });
  if (uitslagen.length > 0) await schrijfUitslagen(client, sleutels, kader, uitslagen);
  return uitslagen;
}
