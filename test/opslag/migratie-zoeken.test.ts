/** Messages that were there before one could search by BSN are found by it after: the migration reads it from the logboek. */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const MAP = path.resolve(import.meta.dirname, '../../src/opslag/migraties');
const DEZE = '0006-zoeken.sql';
const { database, weg } = await maakGegevensbank({ gemigreerd: false, max: 1 });
afterAll(weg);
const voer = (naam: string): Promise<unknown> => database.pool.query(readFileSync(path.join(MAP, naam), 'utf8'));

test('every bericht concerns the persons of its line, an answer those of its heenbericht, and each once', async () => {
  for (const naam of readdirSync(MAP).sort()) if (naam < DEZE) await voer(naam);
  const [heen, retour, leeg, eerder] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const hmacs = ['a', 'b', 'c'].map((persoon) => createHash('sha256').update(persoon).digest());
  await database.pool.query(`insert into baan (gemeente, aanbieder, domein) values ('0363', '98000001', 'iwmo')`);
  await database.pool.query(
    `insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, heenbericht_id,
       sha256, omvang, toestand, ontvangen_op)
     select id, oorsprong, (select id from baan), 'iwmo', 'WMO301', '3.2', '0363', '98000001', 'proef', gen_random_uuid(), heen, '\\x00', 1,
       'verwerkt', timestamptz '2026-01-01 12:00:00.123Z' + nr * interval '1 hour'
     from unnest($1::uuid[], $2::text[], $3::uuid[]) with ordinality as n(id, oorsprong, heen, nr)`,
    [
      [heen, retour, leeg, eerder],
      ['aanlevering', 'knooppunt', 'aanlevering', 'aanlevering'],
      [null, heen, null, null],
    ],
  );
  await database.pool.query(
    `insert into logboek (gebeurtenis, actor, resultaat, bericht_id, betrokkenen)
     values ('bericht ontvangen', 'proef', 'aangenomen', $1, $2), ('bericht ontvangen', 'proef', 'aangenomen', $3, '{}'),
       ('bericht ontvangen', 'proef', 'aangenomen', $4, $5), ('bericht verwerkt', 'knooppunt', 'verwerkt', $1, $2)`,
    [heen, [hmacs[0], hmacs[1], hmacs[0]], leeg, eerder, [hmacs[2]]],
  );
  await voer(DEZE);
  const { rows } = await database.pool.query<{ id: string; hmac: Buffer; gelijk: boolean }>(
    `select bericht_id as id, hmac, k.ontvangen_op = b.ontvangen_op as gelijk from betrokkene k join bericht b on b.id = k.bericht_id`,
  );
  const gevonden = rows.map(({ id, hmac, gelijk }) => `${id} ${hmac.toString('hex')} ${gelijk}`);
  const paren: readonly (readonly [string, Buffer | undefined])[] = [
    [heen, hmacs[0]],
    [heen, hmacs[1]],
    [retour, hmacs[0]],
    [retour, hmacs[1]],
    [eerder, hmacs[2]],
  ];
  expect(gevonden.sort()).toEqual(paren.map(([id, hmac]) => `${id} ${hmac?.toString('hex')} true`).sort());
});
