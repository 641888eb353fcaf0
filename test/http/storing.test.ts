/** When the switch itself fails: the answer says so, says nothing of the message, and says whether trying again helps. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maakLog } from '#src/log.ts';
import { openDatabase } from '#src/opslag/database.ts';
import { vrijePoort, wachtTot } from '#src/proces.ts';
import { startApi } from '#src/rollen/api.ts';
import type { Draaiend } from '#src/rollen/rol.ts';
import { maakBericht, voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { verstuur } from '../hulp/reis.ts';
import { telling, verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const koppen = { Authorization: 'Bearer demo-0363' };

test('a content that cannot be decrypted → interneFout, without text of the error', async () => {
  const { berichtId } = await verstuur(knooppunt.client('0363'), maakBericht('WMO301'));
  await knooppunt.database.pool.query(`update inhoud set sleutel_id = 'kwijt' where bericht_id = $1`, [berichtId]);
  const antwoord = await stuur(knooppunt.adres, { methode: 'GET', pad: `/v1/berichten/${berichtId}/inhoud`, koppen });
  verwachtWeigering(antwoord, 'interneFout');
  expect(JSON.parse(antwoord.lijf).detail).toBeUndefined();
  expect(antwoord.lijf).not.toMatch(/kwijt|key/);
  expect(knooppunt.log()).toContain('verzoek mislukt');
  expect(knooppunt.log()).not.toContain('kwijt');
});

test('a bericht that the database does not want is not accepted, and the rest of the batch is', async () => {
  const eerst = await telling(knooppunt.database);
  await knooppunt.database.pool.query(
    `alter table bericht add constraint proef check (identificatie is distinct from 'WEIGER')`,
  );
  const lever = (identificatie: string) =>
    stuur(knooppunt.adres, { pad: '/v1/berichten', koppen, lijf: maakBericht('WMO301', { identificatie }) });
  const antwoorden = await Promise.all(['A', 'WEIGER', 'B', 'C', 'WEIGER', 'D'].map(lever));
  await knooppunt.database.pool.query('alter table bericht drop constraint proef');
  expect(antwoorden.map(({ status }) => status)).toEqual([202, 500, 202, 202, 500, 202]);
  for (const { status, lijf } of antwoorden) if (status === 500) expect(lijf).not.toMatch(/WEIGER|proef|constraint/);
  expect((await telling(knooppunt.database)).berichten).toBe(eerst.berichten + 4);
});

test('Redis away: berichten are accepted, and the health check says that something is wrong', async () => {
  const wachtrij = { ...knooppunt.wachtrij, url: `redis://127.0.0.1:${await vrijePoort()}` };
  const api = await startApi({ ...knooppunt, log: maakLog('silent', 'api'), wachtrij });
  const adres = `http://127.0.0.1:${api.poort}`;
  try {
    expect((await stuur(adres, { pad: '/v1/berichten', koppen, lijf: voorbeeld('WMO301') })).status).toBe(202);
    const gezond = await stuur(adres, { methode: 'GET', pad: '/health/ready' });
    expect([gezond.status, JSON.parse(gezond.lijf).status]).toEqual([200, 'gedegradeerd']);
  } finally {
    await api.stop();
  }
});

test('Redis hangs, with its connections open: the health check says so in time, and berichten are accepted', async () => {
  const { hostname, port } = new URL(knooppunt.wachtrij.url);
  let hangt = false;
  let gebruikt = false;
  const tussen = createServer((hier) => {
    const daar = connect(Number(port), hostname);
    hier.on('data', (deel) => {
      gebruikt ||= /evalsha|eval/i.test(deel.toString('latin1'));
      if (!hangt) daar.write(deel);
    });
    daar.on('data', (deel) => !hangt && hier.write(deel));
    for (const een of [hier, daar])
      een.on('error', () => undefined).on('close', () => [hier, daar].map((x) => x.destroy()));
  }).listen(0, '127.0.0.1');
  await once(tussen, 'listening');
  const url = new URL(knooppunt.wachtrij.url);
  url.port = String((tussen.address() as AddressInfo).port);
  const api = await startApi({
    ...knooppunt,
    log: maakLog('silent', 'api'),
    wachtrij: { ...knooppunt.wachtrij, url: url.href },
  });
  const adres = `http://127.0.0.1:${api.poort}`;
  const lever = () => stuur(adres, { pad: '/v1/berichten', koppen, lijf: maakBericht('WMO301') });
  try {
    // Until it is connected nothing is put on the list.
    await wachtTot(async () => (await lever()).status === 202 && gebruikt, { ms: 20_000, wat: 'a lane on the list' });
    hangt = true;
    const begin = performance.now();
    const gezond = await stuur(adres, { methode: 'GET', pad: '/health/ready' });
    expect([gezond.status, JSON.parse(gezond.lijf).status]).toEqual([200, 'gedegradeerd']);
    expect(performance.now() - begin).toBeLessThan(4000);
    expect((await lever()).status).toBe(202);
  } finally {
    hangt = false;
    await api.stop();
    tussen.close();
  }
});

let zonderDatabase: (Draaiend & { readonly poort: number }) | undefined;
const dood = openDatabase(`postgres://niemand@127.0.0.1:${await vrijePoort()}/niets`, { max: 2 });
beforeAll(async () => {
  zonderDatabase = await startApi({ ...knooppunt, database: dood, log: maakLog('silent', 'api') });
});
afterAll(async () => {
  await zonderDatabase?.stop();
  await dood.sluit();
});

test.each([
  ['POST', '/v1/berichten', voorbeeld('WMO301')],
  ['GET', '/v1/berichten', undefined],
  ['GET', '/v1/postbussen/0363/berichten', undefined],
])('PostgreSQL away: %s %s → tijdelijkNietBeschikbaar, try again later', async (methode, pad, lijf) => {
  const antwoord = await stuur(`http://127.0.0.1:${zonderDatabase?.poort}`, {
    methode,
    pad,
    koppen,
    ...(lijf && { lijf }),
  });
  verwachtWeigering(antwoord, 'tijdelijkNietBeschikbaar');
  expect(Number(antwoord.koppen['retry-after'])).toBeGreaterThan(0);
  expect(antwoord.lijf).not.toMatch(/127\.0\.0\.1|ECONN|niemand/);
});

test('PostgreSQL away: not ready, but alive, and the metrics do not fall over', async () => {
  const haal = (pad: string) => stuur(`http://127.0.0.1:${zonderDatabase?.poort}`, { methode: 'GET', pad });
  expect((await haal('/health/live')).status).toBe(200);
  expect((await haal('/health/ready')).status).toBe(503);
  expect((await haal('/metrics')).lijf).not.toMatch(/ECONN|niemand/);
});
