/** The keys of a process that runs: the same for every process, followed without a restart, and refused when they are another one's. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Database } from '#src/opslag/database.ts';
import { actieveSleutel, leesGegevenssleutels, maakGegevenssleutel } from '#src/opslag/gegevenssleutels.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { ontsleutel, pseudoniem, versleutel } from '#src/opslag/versleuteling.ts';
import { wachtTot } from '#src/proces.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakSleutelbank } from '../sleutelbeheer/hulp.ts';

const bank = await maakSleutelbank();
afterAll(() => bank.weg());
const { database, plek, sleutels } = bank;
const ID = randomUUID();
const bytes = Buffer.from('<Bsn>999900006</Bsn>');

test('eight that start at the same time on an empty database have the same keys, and make them once', async () => {
  const leeg = await maakGegevensbank();
  try {
    const ringen = await Promise.all(Array.from({ length: 8 }, () => Sleutelring.open(plek, leeg.database)));
    expect(new Set(ringen.map(({ actief, vast }) => `${actief} ${vast}`)).size).toBe(1);
    expect(await leesGegevenssleutels(leeg.database.pool)).toHaveLength(2);
    const [een, ander] = ringen;
    if (een && ander) expect(ontsleutel(ander, ID, versleutel(een, ID, bytes)).equals(bytes)).toBe(true);
    await Promise.all(ringen.map((ring) => ring.sluit()));
  } finally {
    await leeg.weg();
  }
});

test('a payload of before there were data keys stays readable, and persons keep their pseudonym', () => {
  const oud = leesSleutels(plek);
  const versleuteld = versleutel(oud, ID, bytes);
  expect(versleuteld.sleutelId).toBe('s1');
  expect(ontsleutel(sleutels, ID, versleuteld).equals(bytes)).toBe(true);
  expect(pseudoniem(sleutels, '999900006').equals(pseudoniem(oud, '999900006'))).toBe(true);
});

test('the database shows no key: not as it is, not in base64', async () => {
  const { rows } = await database.pool.query<{ alles: string }>(
    `select string_agg(gegevenssleutel::text, ' ') as alles from gegevenssleutel`,
  );
  const geheim = [...sleutels.inhoud.values(), sleutels.hmac].map((sleutel) => sleutel.export());
  expect(geheim.length).toBeGreaterThan(3);
  for (const sleutel of geheim) {
    expect(rows[0]?.alles.includes(sleutel.toString('hex'))).toBe(false);
    expect(rows[0]?.alles.includes(sleutel.toString('base64'))).toBe(false);
  }
});

test('a key is known to the others before it encrypts, and encrypts from its moment on', async () => {
  const ander = await bank.open();
  const vorige = sleutels.actief;
  const vanaf = new Date(Date.now() + 700);
  const id = await maakGegevenssleutel(database.pool, sleutels.kluis, 'inhoud', vanaf);
  await Promise.all([sleutels.ververs(), ander.ververs()]);
  expect(ander.inhoud.has(id)).toBe(true);
  expect([sleutels.actief, ander.actief]).toEqual([vorige, vorige]);
  const rijen = await leesGegevenssleutels(database.pool);
  expect(actieveSleutel(rijen, 'inhoud', new Date(vanaf.getTime() - 1))?.id).toBe(vorige);
  expect(actieveSleutel(rijen, 'inhoud', vanaf)?.id).toBe(id);
  while (Date.now() < vanaf.getTime()) await new Promise(setImmediate);
  expect([sleutels.actief, ander.actief]).toEqual([id, id]);
  expect(ontsleutel(ander, ID, versleutel(sleutels, ID, bytes)).equals(bytes)).toBe(true);
});

test('what outlives a message is under a key of its own', () => {
  expect(sleutels.vast).not.toBe(sleutels.actief);
  expect(versleutel(sleutels, ID, bytes, sleutels.vast).sleutelId).toBe(sleutels.vast);
});

test('a key file of another installation is refused in a sentence, and changes nothing', async () => {
  const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-ander-'));
  try {
    await expect(Sleutelring.open({ sleutelbestand: undefined, data: map }, database)).rejects.toThrow(/HMAC-sleutel/);
    // The right HMAC key, and other master keys.
    const goed = JSON.parse(readFileSync(path.join(bank.map, 'sleutels.json'), 'utf8'));
    const pad = path.join(map, 'half.json');
    writeFileSync(pad, JSON.stringify({ ...goed, inhoud: { s1: goed.hmac } }));
    await expect(Sleutelring.open({ sleutelbestand: pad, data: map }, database)).rejects.toThrow(/hoofdsleutels/);
    await expect(bank.open()).resolves.toBeDefined();
  } finally {
    rmSync(map, { recursive: true });
  }
});

test('while the database is away there is no key, which is said as such; when it is back there is, without a restart', async () => {
  let weg = true;
  const geen = (): Promise<never> => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
  const haperend: Database = {
    ...database,
    get pool() {
      return weg ? ({ query: geen } as unknown as Database['pool']) : database.pool;
    },
    transactie: (werk, begin) => (weg ? geen() : database.transactie(werk, begin)),
  };
  const ring = await Sleutelring.open(plek, haperend);
  try {
    expect(() => versleutel(ring, ID, bytes)).toThrow(/tijdelijk niet beschikbaar/);
    weg = false;
    await wachtTot(() => ring.inhoud.has(sleutels.actief), { ms: 20_000, wat: 'the keys' });
    expect(ring.actief).toBe(sleutels.actief);
  } finally {
    await ring.sluit();
  }
});

test('encrypting costs what it did with keys from a file alone', () => {
  const oud = leesSleutels(plek);
  const groot = Buffer.alloc(4000, 7);
  const duur = (met: typeof oud): number => {
    const begin = performance.now();
    for (let nr = 0; nr < 100; nr += 1) versleutel(met, ID, groot);
    return performance.now() - begin;
  };
  // Short and in turns, and the best of each: others use this machine too.
  const paren = Array.from({ length: 200 }, () => [duur(oud), duur(sleutels)] as const);
  const beste = (wie: 0 | 1): number => Math.min(...paren.map((paar) => paar[wie]));
  expect(beste(1) / beste(0)).toBeLessThan(1.5);
});

test('there is one HMAC key and one lookup per person: rotating it is not done yet, and nothing pays for it', async () => {
  const { rows } = await database.pool.query<{ tabel: string; kolom: string }>(
    `select table_name as tabel, column_name as kolom from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea' and column_name ~ 'hmac' order by 1, 2`,
  );
  // Were there a second generation, it would have a column, or a number, of its own.
  expect(rows.some(({ kolom }) => /hmac_?(2|oud|nieuw|vorig|generatie)/.test(kolom))).toBe(false);
  const document = JSON.parse(readFileSync(path.join(bank.map, 'sleutels.json'), 'utf8'));
  expect(typeof document.hmac).toBe('string');
});
