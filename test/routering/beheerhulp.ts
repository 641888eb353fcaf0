/** The tables of routering as the operator finds them, and what a change leaves in them. */
import { expect } from 'vitest';
import type { Database } from '#src/opslag/database.ts';
import { registreer } from '#src/routering/organisaties.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';

export const OPDRACHT = { actor: 'beheer', reden: 'verzoek 2026-114' };
export const NU = new Date('2026-03-20T10:00:30Z');
export const op = (tekst: string): Date => new Date(tekst);

export interface Logregel {
  readonly gebeurtenis: string;
  readonly actor: string;
  readonly namens: string | null;
  readonly resultaat: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The audit log, oldest first. */
export const logboekVan = async ({ pool }: Database): Promise<readonly Logregel[]> =>
  (await pool.query<Logregel>('select gebeurtenis, actor, namens, resultaat, details from logboek order by nr')).rows;

/** Three organisations that take part in everything, and nothing else. */
export async function begin(database: Database): Promise<void> {
  await laatLogboekLos(database);
  await database.pool.query('truncate organisatie, deelname, stuf_endpoint, machtiging, bevriezing, logboek cascade');
  await registreer(database, [
    { code: '0001', soort: 'gemeente', naam: 'Een' },
    { code: '0002', soort: 'gemeente', naam: 'Twee' },
    { code: '98000001', soort: 'aanbieder', naam: 'Zorg' },
  ]);
}

const TABELLEN = ['organisatie', 'deelname', 'stuf_endpoint', 'machtiging', 'venster', 'bevriezing', 'logboek'];
const alles = ({ pool }: Database) =>
  Promise.all(TABELLEN.map(async (tabel) => (await pool.query(`select * from ${tabel} order by 1, 2, 3`)).rows));

/** Does something that must be refused, and finds nothing changed. */
export async function eisGeweigerd(
  database: Database,
  doe: () => Promise<unknown>,
  soort = 'invoerOngeldig',
  details?: RegExp,
): Promise<void> {
  const eerst = await alles(database);
  await expect((async () => doe())()).rejects.toMatchObject({
    soort,
    ...(details && { details: expect.stringMatching(details) }),
  });
  expect(await alles(database)).toEqual(eerst);
}
