/**
 * The crash tests, short form: Knooppunt with its own PostgreSQL and Redis, as it runs out of the box.
 * The long form is `npm run storing`.
 */
import { expect, test } from 'vitest';
import { metDatabase } from './controle.ts';
import { INVARIANTEN, toetsInvarianten } from './invarianten.ts';
import { speelKort } from './kort.ts';
import { maakEigen } from './opstelling.ts';

speelKort('with its own PostgreSQL and Redis', 'eigen', maakEigen, (opstelling) => {
  const breuken = INVARIANTEN.map(({ naam, breuk }) => [naam, breuk] as const);
  test.for(breuken)('the check would notice: %s', async ([naam, breuk], proef) => {
    const gevonden = await metDatabase(opstelling(proef).knooppunt, async (database) => {
      await database.query('begin');
      // Without foreign keys, because a broken database has none of its guards.
      await database.query('set local session_replication_role = replica');
      await database.query(breuk);
      return toetsInvarianten(database);
    });
    expect(gevonden).toContainEqual(expect.stringContaining(naam));
  });
});
