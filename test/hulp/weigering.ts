/** What every refusal has in common: a problem+json that says the same as the registry, and nothing stored. */
import { expect } from 'vitest';
import { WEIGERINGEN, type WeigeringSoort } from '#src/fouten.ts';
import type { Database } from '#src/opslag/database.ts';
import { foutcode } from '#src/standards/foutcodes/lijsten.ts';
import type { RauwAntwoord } from './rauw.ts';

/** Checks that an answer is this refusal, whole and according to RFC 9457. */
export function verwachtWeigering({ status, koppen, lijf }: RauwAntwoord, soort: WeigeringSoort): void {
  const { http, fout, titel } = WEIGERINGEN[soort];
  const code = fout === null ? undefined : foutcode(fout);
  expect([status, koppen['content-type']], lijf).toEqual([http, 'application/problem+json; charset=utf-8']);
  const { type, title, status: ook, foutcode: nummer, foutlijst } = JSON.parse(lijf);
  expect({ type, title, ook }).toEqual({ type: `urn:x-knooppunt:fout:${soort}`, title: titel, ook: http });
  expect([nummer, foutlijst]).toEqual([code?.code, code?.lijst]);
  expect(koppen['api-version']).toBeDefined();
}

export interface Telling {
  readonly berichten: number;
  readonly inhouden: number;
  readonly items: number;
  readonly bevindingen: number;
  readonly regels: number;
}

/** How much is stored. */
export async function telling(database: Database): Promise<Telling> {
  const { rows } = await database.pool.query<Telling>(
    `select (select count(*)::int from bericht) as berichten, (select count(*)::int from inhoud) as inhouden,
       (select count(*)::int from postbus_item) as items, (select count(*)::int from bevinding) as bevindingen,
       (select count(*)::int from logboek) as regels`,
  );
  if (!rows[0]) throw new Error('no count');
  return rows[0];
}

/** Runs something that must be refused by intake: it leaves nothing but one audit line that says why. */
export async function laatNietsAchter(
  database: Database,
  soort: WeigeringSoort,
  doe: () => Promise<RauwAntwoord>,
): Promise<RauwAntwoord> {
  const eerst = await telling(database);
  const antwoord = await doe();
  verwachtWeigering(antwoord, soort);
  expect(await telling(database)).toEqual({ ...eerst, regels: eerst.regels + 1 });
  const { rows } = await database.pool.query(
    'select gebeurtenis, resultaat, bericht_id from logboek order by nr desc limit 1',
  );
  expect(rows).toEqual([{ gebeurtenis: 'bericht geweigerd', resultaat: soort, bericht_id: null }]);
  return antwoord;
}
