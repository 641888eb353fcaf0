/**
 * What a whole installation leaves on the machine it runs on: the arguments and environment of its processes, what they print, the image of
 * their memory when they fall, and every file of the data folder, which is also what a copy of that folder for a backup holds.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#src/opslag/database.ts';
import { wachtTot } from '#src/proces.ts';
import { maakBericht, vervang, voorbeeld } from '../hulp/berichten.ts';
import { type Knooppunt, startKnooppunt } from '../hulp/knooppunt.ts';
import { processenIn, processenVanGroep } from '../hulp/processen.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import * as sporen from '../hulp/sporen.ts';

const BSN = '999954301';
const ECHT_BSN = '123456782';
const NAAM = 'Geheimnaam';
const STRAAT = 'Verborgenlaan';
const KENMERK = 'MERKTEKEN';
const MERKEN = [BSN, ECHT_BSN, NAAM, STRAAT, KENMERK];

const hoofdmap = mkdtempSync(path.join(tmpdir(), 'knooppunt-privacy-'));
const map = path.join(hoofdmap, 'data');
let knooppunt: Knooppunt;
afterAll(async () => {
  await knooppunt?.stop();
  rmSync(hoofdmap, { recursive: true, force: true, maxRetries: 10 });
});

const gemerkt = { bsn: BSN, waarden: { Achternaam: NAAM, Straatnaam: STRAAT } };
const AUTH = { Authorization: 'Bearer demo-0363' };
const antwoorden: RauwAntwoord[] = [];

/** Everything that can go wrong with a request, with a mark as the very thing that is wrong. */
async function verstuurVerkeerd(): Promise<void> {
  const xml = voorbeeld('WMO301');
  const json = { 'Content-Type': 'application/json' };
  const verzoeken = [
    { pad: '/v1/berichten', lijf: maakBericht('WMO301', { bsn: ECHT_BSN, waarden: { Achternaam: NAAM } }) },
    { pad: '/v1/berichten', lijf: `${NAAM} woont in de ${STRAAT}` },
    { pad: '/v1/berichten', lijf: vervang(xml, 'Bsn', `${BSN}</${KENMERK}>`) },
    { pad: '/v1/berichten', lijf: xml, koppen: { Referentienummer: BSN, 'Content-Type': `text/${KENMERK}` } },
    { pad: `/v1/${NAAM}/${BSN}?${STRAAT}=${KENMERK}`, methode: 'GET' },
    { pad: `/v1/berichten/${BSN}`, methode: 'GET' },
    { pad: `/v1/berichten?bsn=${BSN}`, methode: 'GET' },
    { pad: '/v1/zoekopdrachten', lijf: `{"${NAAM}":"${BSN}"}`, koppen: json },
    { pad: '/v1/zoekopdrachten', lijf: `{"bsn":"${BSN}","bsn":"${BSN}"}`, koppen: json },
    { pad: '/v1/zoekopdrachten', lijf: `{"bsn":"${BSN}"`, koppen: json },
    { pad: '/v1/wlz-registertoetsen', lijf: `{"bsn":"${BSN}x"}`, koppen: json },
    { pad: '/stuf/ggk0210/OntvangAsynchroon', lijf: `<${NAAM}>${BSN}`, koppen: { SOAPAction: `"${KENMERK}"` } },
    { pad: '/v1/berichten', lijf: xml, koppen: { Authorization: `Bearer ${KENMERK}` } },
    {
      pad: '/health/live',
      methode: 'GET',
      koppen: {
        traceparent: `00-${KENMERK}-${BSN}-01`,
        tracestate: `${NAAM}=${BSN}`,
        baggage: `bsn=${BSN}`,
        'X-B3-TraceId': BSN,
        'X-Request-Id': KENMERK,
        'X-Forwarded-For': STRAAT,
        Referer: `https://x/${NAAM}`,
        Origin: `https://${KENMERK}`,
        Cookie: `a=${BSN}`,
        'User-Agent': NAAM,
      },
    },
  ];
  for (const { koppen = {}, ...verzoek } of verzoeken)
    antwoorden.push(await stuur(knooppunt.adres, { ...verzoek, koppen: { ...AUTH, ...koppen } }));
}

beforeAll(async () => {
  await chmod(hoofdmap, 0o755);
  mkdirSync(map);
  knooppunt = await startKnooppunt({ map, omgeving: { KNOOPPUNT_LOGNIVEAU: 'debug' } });
  await verstuurVerkeerd();
  const client = knooppunt.client('0363');
  const goed = [
    maakBericht('WMO301', gemerkt),
    maakBericht('WMO301', { ...gemerkt, waarden: { Achternaam: NAAM, Geslacht: KENMERK } }),
  ];
  for (const lijf of goed) {
    const { status, lichaam } = await client.leverAan(lijf, crypto.randomUUID(), 20);
    expect([status, lichaam.status === 'ontvangen']).toEqual([202, false]);
  }
});

const pids = (): readonly number[] => [
  ...new Set([...processenVanGroep(knooppunt.processen().supervisor), ...processenIn(map)]),
];
const uitProc = (naam: string): readonly sporen.Plek[] =>
  pids().flatMap((pid) => {
    try {
      return [{ waar: `${naam} of ${pid}`, inhoud: readFileSync(`/proc/${pid}/${naam}`) }];
    } catch {
      // Gone meanwhile: PostgreSQL starts and ends processes as it likes.
      return [];
    }
  });

test('the trial reached every process: supervisor, three roles, PostgreSQL and Redis', () => {
  expect(pids().length).toBeGreaterThan(5);
});

test('no trace in what is answered, headers and error pages included, and no stack', () => {
  const alles = antwoorden.map(({ status, koppen, lijf }) => ({
    waar: `an answer ${status}`,
    inhoud: Buffer.from(JSON.stringify(koppen) + lijf),
  }));
  expect(antwoorden.filter(({ status }) => status >= 400).length).toBe(antwoorden.length - 1);
  expect(sporen.sporenVan(MERKEN, alles)).toEqual([]);
  for (const { lijf } of antwoorden) expect(lijf).not.toMatch(/\bat .*:\d+|node_modules|\.ts\b|Error:/);
});

describe('the processes', () => {
  test('have no trace of a person in their arguments and environment', () => {
    expect(sporen.sporenVan(MERKEN, [...uitProc('cmdline'), ...uitProc('environ')])).toEqual([]);
  });

  test('have no key in their arguments and environment, and no secret in their arguments', () => {
    const sleutels = readFileSync(path.join(map, 'sleutels.json'), 'utf8').match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? [];
    const { databaseUrl, redisUrl } = knooppunt.processen();
    const wachtwoorden = [databaseUrl, redisUrl].map((url) => new URL(url).password).filter((woord) => woord !== '');
    expect([sleutels.length, wachtwoorden.length]).toEqual([2, 2]);
    expect(sporen.sporenVan(sleutels, [...uitProc('cmdline'), ...uitProc('environ')])).toEqual([]);
    expect(sporen.sporenVan(wachtwoorden, uitProc('cmdline'))).toEqual([]);
  });

  test('leave no image of their memory when they fall', () => {
    const standen = uitProc('limits').map(({ inhoud }) => /^Max core file size +(\S+) +(\S+)/m.exec(inhoud.toString()));
    expect(standen.length).toBeGreaterThan(5);
    expect(standen.map((stand) => stand?.slice(1))).toEqual(standen.map(() => ['0', '0']));
    for (const { inhoud } of uitProc('coredump_filter')) expect(Number.parseInt(inhoud.toString(), 16)).toBe(0);
  });

  test('print no trace, down to debug', () => {
    expect(sporen.sporenVan(MERKEN, [{ waar: 'output', inhoud: Buffer.from(knooppunt.uitvoer()) }])).toEqual([]);
  });
});

/** All files below, those of a server that just stopped. */
function bestanden(onder: string): readonly string[] {
  return readdirSync(onder, { recursive: true, encoding: 'utf8' })
    .map((naam) => path.join(onder, naam))
    .filter((naam) => statSync(naam).isFile());
}

test('no trace in any file of the data folder, so in no copy of it: tables, indexes, WAL, Redis, logs', async () => {
  // What is still in memory only, would not be in a file.
  const database = openDatabase(knooppunt.processen().databaseUrl, { max: 1 });
  await database.pool.query('checkpoint');
  const { rows } = await database.pool.query<{ nr: string }>('select count(*) as nr from inhoud');
  await database.sluit();
  expect(Number(rows[0]?.nr)).toBeGreaterThan(1);
  await wachtTot(() => bestanden(map).some((naam) => naam.includes('appendonly')), {
    ms: 10_000,
    wat: 'the AOF of Redis',
  });
  const plekken = bestanden(map).map((waar) => ({ waar, inhoud: readFileSync(waar) }));
  expect(plekken.length).toBeGreaterThan(1000);
  expect(sporen.sporenVan(MERKEN, plekken)).toEqual([]);
  // And the search would have found one: what may be there, is.
  expect(sporen.sporenVan(['98000001'], plekken).length).toBeGreaterThan(0);
});

test('what only we may read, only we may read', () => {
  const open = ['sleutels.json', 'processen.json'].filter(
    (naam) => (statSync(path.join(map, naam)).mode & 0o077) !== 0,
  );
  expect(open).toEqual([]);
});
