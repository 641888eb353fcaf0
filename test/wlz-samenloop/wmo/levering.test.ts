/** A delivery of a gemeente counts whole, at one moment, or not at all. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Routering } from '#src/routering/routering.ts';
import { datum } from '#src/tijd.ts';
import { leesBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import {
  type Leveringsvraag,
  leesLeveringen,
  leverVoorzieningen,
  ruimLeveringenOp,
} from '#src/wlz-samenloop/wmo/levering.ts';
import { inStukken } from '../../hulp/wlz.ts';
import { maakLeeg, maakProef } from '../signalen/proef.ts';
import { bsnVan } from '../signalen/wereld.ts';

const proef = await maakProef();
const { database, sleutels } = proef;
afterAll(() => proef.weg());
beforeEach(() => maakLeeg(proef));

const plek = { database, sleutels, routering: new Routering(database), alleenTestBsn: true };
const lever = (tekst: string, anders: Partial<Leveringsvraag> = {}) =>
  leverVoorzieningen(plek, { gemeente: '0363', actor: 'proef', vorm: 'csv', inhoud: inStukken(tekst), ...anders });
const csv = (...regels: readonly string[]): string => ['bsn;voorzieningId;ingangsdatum', ...regels].join('\n');

/** What counts now: gemeente, id and begin. */
async function geldt(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ wat: string }>(
    `select l.gemeente || ' ' || v.voorziening_id || ' ' || v.vanaf as wat
     from wmo_voorziening v join wmo_levering l on l.nr = v.levering_nr and l.toestand = 'actueel' order by 1`,
  );
  return rows.map(({ wat }) => wat);
}

test('the next delivery takes the place of the one before, and only of that of the same gemeente', async () => {
  await lever(csv(`${bsnVan(0)};a;2026-01-01`, `${bsnVan(1)};b;2026-01-01`));
  await lever(csv(`${bsnVan(0)};z;2026-01-01`), { gemeente: '0344' });
  expect(await lever(csv(`${bsnVan(1)};c;2026-02-01`))).toMatchObject({ aangenomen: 1, afgewezen: 0 });
  expect(await geldt()).toEqual(['0344 z 2026-01-01', '0363 c 2026-02-01']);
  // Of the one before nothing is kept.
  expect((await database.pool.query('select count(*)::int as n from wmo_voorziening')).rows).toEqual([{ n: 2 }]);
});

test('rows that are not right are reported by line, without a value, and the others count', async () => {
  const rapport = await lever(
    [
      'bsn;voorzieningId;productcategorie',
      `${bsnVan(0)};a;01`,
      `999900007;b;01`,
      `${bsnVan(1)};c;43`,
      `${bsnVan(0)};a;02`,
      `${bsnVan(0)};b;02`,
    ].join('\n'),
  );
  expect(rapport).toMatchObject({
    aangenomen: 2,
    afgewezen: 3,
    redenen: { bsnOngeldig: 1, geenWmo: 1, dubbel: 1 },
    afwijzingen: [
      { regel: 3, reden: 'bsnOngeldig' },
      { regel: 4, reden: 'geenWmo' },
      { regel: 5, reden: 'dubbel' },
    ],
  });
  expect(JSON.stringify(rapport)).not.toContain('999900007');
  const [levering] = await leesLeveringen(database, '0363', 5);
  expect(levering).toMatchObject({ toestand: 'actueel', aangenomen: 2, afgewezen: 3 });
});

test('a resident who is named twice in different batches is refused the second time', async () => {
  const veel = Array.from({ length: 1500 }, (_, nr) => `${bsnVan(nr)};a;2026-01-01`);
  expect(await lever(csv(...veel, `${bsnVan(3)};a;2026-01-01`))).toMatchObject({
    aangenomen: 1500,
    afwijzingen: [{ regel: 1502, reden: 'dubbel' }],
  });
});

describe('the one before counts on', () => {
  beforeEach(() => lever(csv(`${bsnVan(0)};a;2026-01-01`)));
  const was = ['0363 a 2026-01-01'];

  test('when no row is right', async () => {
    await expect(lever(csv('1;a;2026-01-01'))).rejects.toMatchObject({ soort: 'wmoLeveringGeweigerd' });
    expect(await geldt()).toEqual(was);
    expect((await leesLeveringen(database, '0363', 1))[0]).toMatchObject({ toestand: 'geweigerd', afgewezen: 1 });
  });
  test('when it breaks off', async () => {
    async function* half(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(csv(...Array.from({ length: 1200 }, (_, nr) => `${bsnVan(nr)};b;2026-01-01`)));
      throw new Error('the line went dead');
    }
    await expect(lever('', { inhoud: half() })).rejects.toThrow('dead');
    expect(await geldt()).toEqual(was);
    expect((await database.pool.query('select count(*)::int as n from wmo_voorziening')).rows).toEqual([{ n: 1 }]);
  });
  test('when it is empty without saying that this is meant', async () => {
    await expect(lever(csv())).rejects.toMatchObject({ soort: 'wmoLeveringGeweigerd' });
    expect(await geldt()).toEqual(was);
    expect(await lever(csv(), { leeg: true })).toMatchObject({ aangenomen: 0 });
    expect(await geldt()).toEqual([]);
  });
  test('while another is loading', async () => {
    let verder = (): void => undefined;
    const poort = new Promise<void>((klaar) => {
      verder = klaar;
    });
    async function* traag(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(csv(...Array.from({ length: 1001 }, (_, nr) => `${bsnVan(nr)};n;2026-01-01`)));
      await poort;
    }
    const bezig = lever('', { inhoud: traag() });
    expect(await geldt()).toEqual(was);
    verder();
    await bezig;
    expect(await geldt()).toHaveLength(1001);
  });
});

test('deliveries at the same time: one of them counts, whole', async () => {
  const lijst = (id: string) => csv(...Array.from({ length: 50 }, (_, nr) => `${bsnVan(nr)};${id};2026-01-01`));
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => lever(lijst(id))));
  const over = new Set((await geldt()).map((wat) => wat.split(' ')[1]));
  expect([over.size, (await geldt()).length]).toEqual([1, 50]);
});

test('without a begin the first day on which it was named is kept', async () => {
  const zonder = `bsn;voorzieningId;status\n${bsnVan(0)};a;AANGEVRAAGD`;
  await lever(zonder);
  await database.pool.query(`update wmo_voorziening set vanaf = '2026-03-03'`);
  await lever(zonder);
  expect(await geldt()).toEqual(['0363 a 2026-03-03']);
  // With a begin of its own, that one.
  await lever(csv(`${bsnVan(0)};a;2026-05-05`));
  await lever(zonder);
  expect(await geldt()).toEqual([`0363 a ${datum(new Date())}`]);
});

test('after a herindeling a delivery takes the place of those of the gemeenten that ended', async () => {
  await lever(csv(`${bsnVan(0)};a;2026-01-01`));
  await lever(csv(`${bsnVan(1)};b;2026-01-01`), { gemeente: '0344' });
  await database.pool.query(
    `update organisatie set geldig_tot = current_date - 1, opvolger = '0344' where code = '0363'`,
  );
  const nieuw = { ...plek, routering: new Routering(database) };
  const vraag = { actor: 'proef', vorm: 'csv', inhoud: inStukken(csv(`${bsnVan(0)};c;2026-01-01`)) } as const;
  // Also under the code that it had.
  await leverVoorzieningen(nieuw, { ...vraag, gemeente: '0363' });
  expect(await geldt()).toEqual(['0344 c 2026-01-01']);
  await database.pool.query(`update organisatie set geldig_tot = null, opvolger = null where code = '0363'`);
});

test('a BSN is kept as an HMAC and a ciphertext that is of this person only', async () => {
  await lever(csv(`${bsnVan(0)};a;2026-01-01`, `${bsnVan(1)};b;2026-01-01`));
  const { rows } = await database.pool.query<{ hmac: Buffer; sleutelId: string; cijfertekst: Buffer }>(
    'select bsn_hmac as hmac, sleutel_id as "sleutelId", cijfertekst from wmo_voorziening order by voorziening_id',
  );
  expect(rows.map((rij) => leesBsn(sleutels, rij))).toEqual([bsnVan(0), bsnVan(1)]);
  const [een, ander] = rows as [(typeof rows)[number], (typeof rows)[number]];
  expect(() => leesBsn(sleutels, { ...een, cijfertekst: ander.cijfertekst })).toThrow();
});

test('what a process left behind is cleared after a day', async () => {
  await database.pool.query(
    `with l as (insert into wmo_levering (id, gemeente, indiener, vorm, toestand, begonnen_op)
       values (gen_random_uuid(), '0363', 'proef', 'csv', 'laden', now() - interval '2 days') returning nr)
     insert into wmo_voorziening (levering_nr, bsn_hmac, voorziening_id, status, vanaf, vanaf_bekend, sleutel_id, cijfertekst)
     select nr, '\\x01', 'x', 'LOPEND', current_date, true, 's1', '\\x00' from l`,
  );
  expect(await ruimLeveringenOp(database)).toBe(1);
  expect((await database.pool.query('select count(*)::int as n from wmo_voorziening')).rows).toEqual([{ n: 0 }]);
});
