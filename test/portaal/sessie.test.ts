/** Sessions of the portal: what could be done with a cookie, and with what is stored. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, expect, test } from 'vitest';
import { maakDeur } from '#src/portaal/aanmelden/deur.ts';
import { metSessie } from '#src/portaal/aanmelden/sessie.ts';
import { Routering } from '#src/routering/routering.ts';
import { DEMOGEBRUIKERS } from '#src/toegang/gebruikers/demo.ts';
import { Mislukkingen } from '#src/toegang/mislukkingen.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling({ rollen: [] });
const nu = Date.now();
const omgeving = {
  config: knooppunt.config,
  database: knooppunt.database,
  sleutels: knooppunt.sleutels,
  routering: new Routering(knooppunt.database),
  mislukkingen: new Mislukkingen(knooppunt.database.pool, 0, () => undefined),
  logFout: () => undefined,
};
const app = express();
app.use(
  '/portaal',
  metSessie(omgeving, () => nu),
  maakDeur(omgeving).routes,
);
app.get('/portaal', (_req, res) => {
  const { gebruiker } = res.locals.sessie ?? {};
  res.json({ naam: gebruiker?.naam, namens: [...(gebruiker?.client.namens ?? [])] });
});
const server = createServer(app).listen(0, '127.0.0.1');
await new Promise((klaar) => server.once('listening', klaar));
const adres = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
  server.close();
  await knooppunt.stop();
});

test.each(DEMOGEBRUIKERS)('in the demo a button makes one $wie', async ({ wie, naam, organisatie, machtigingen }) => {
  const binnen = await fetch(`${adres}/portaal/aanmelden/demo`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ wie }),
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  expect([binnen.status, binnen.headers.get('location')]).toEqual([303, '/portaal']);
  const cookie = binnen.headers.get('set-cookie')?.split(';')[0] ?? '';
  const start = await fetch(`${adres}/portaal`, { headers: { cookie } });
  const namens = organisatie === null ? [] : [organisatie, ...machtigingen];
  expect(await start.json()).toEqual({ naam, namens });
});
