/** What is shown to receivers over TLS, and whom is trusted: from files that change while we run, and that can be wrong. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { stuur } from '#src/bezorging/stuur.ts';
import { Tlsmiddelen } from '#src/bezorging/tls-middelen.ts';
import { metVerloop } from '#src/bezorging/tls-oorzaak.ts';
import { leesConfig } from '#src/config.ts';
import { ConfiguratieFout } from '#src/fouten.ts';
import { TLS_UIT } from '#src/http/tls-beleid.ts';
import { type Certificaat, maakCertificaat } from '../hulp/certificaat.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';
import { type Ontvanger, startOntvanger, status } from './ontvanger.ts';

const map = await maakTijdelijkeMap();
afterAll(() => map.weg());
const ontvangers: Ontvanger[] = [];
afterEach(() => Promise.all(ontvangers.splice(0).map((ontvanger) => ontvanger.weg())));

const GISTEREN = new Date(Date.now() - 60_000);
const ca = maakCertificaat({ voor: 'Keten-CA', isUitgever: true });
const eigenCa = maakCertificaat({ voor: 'CA van een gemeente', isUitgever: true });
const ons = (tot?: Date): Certificaat => maakCertificaat({ voor: 'knooppunt', uitgever: ca, ...(tot && { tot }) });
const pad = (naam: string): string => join(map.pad, naam);
function schrijf(naam: string, tekst: string): string {
  writeFileSync(pad(naam), tekst);
  return pad(naam);
}
const opFout = vi.fn();
function middelen({ cert, key } = ons()): Tlsmiddelen {
  opFout.mockClear();
  const bestanden = { certificaat: schrijf('ons.pem', cert), sleutel: schrijf('ons.key', key) };
  return new Tlsmiddelen({ ...bestanden, ca: schrijf('ca.pem', ca.cert), caMap: map.pad }, { beleid: TLS_UIT, opFout });
}

/** An endpoint as those of Digikoppeling: no call without a certificate of the chain. */
async function eindpunt(uitgever = ca): Promise<Ontvanger> {
  const eis = { requestCert: true, rejectUnauthorized: true, ca: ca.cert };
  const ontvanger = await startOntvanger(status(200), { ...maakCertificaat({ voor: '127.0.0.1', uitgever }), ...eis });
  ontvangers.push(ontvanger);
  return ontvanger;
}
const TIJDEN = { verbinden: 5000, verzenden: 5000, wachten: 5000, lezen: 5000 };
async function uitslag({ url }: Ontvanger, tls: Tlsmiddelen, organisatie = '0363'): Promise<number | string> {
  const opties = { tijden: TIJDEN, tls: tls.voor(organisatie), signaal: new AbortController().signal };
  const verkeer = await stuur(new URL(url), { soapAction: 'urn:actie', lijf: Buffer.from('<a/>') }, opties);
  return verkeer.status ?? verkeer.oorzaak;
}

test('an endpoint that asks for a certificate of the chain gets ours, and without one nothing is sent', async () => {
  const ontvanger = await eindpunt();
  const zonder = new Tlsmiddelen({ ca: schrijf('ca.pem', ca.cert) }, { beleid: TLS_UIT, opFout });
  expect(await uitslag(ontvanger, zonder)).toBe('certificaatGevraagd');
  expect(ontvanger.gekregen).toEqual([]);
  expect(await uitslag(ontvanger, middelen())).toBe(200);
});

test('a renewed certificate is used by the next attempt; files that are wrong change nothing, and are told once', async () => {
  const ontvanger = await eindpunt();
  const tls = middelen(ons(GISTEREN));
  expect(tls.voor('0363')?.certificaatTot?.getTime()).toBeLessThan(Date.now());
  expect(typeof (await uitslag(ontvanger, tls))).toBe('string');
  expect(ontvanger.gekregen).toEqual([]);

  const nieuw = ons();
  schrijf('ons.pem', `${nieuw.cert}\n`);
  expect(tls.voor('0363')?.certificaatTot?.getTime()).toBeLessThan(Date.now());
  tls.voor('0363');
  expect(opFout).toHaveBeenCalledOnce();
  schrijf('ons.key', `${nieuw.key}\n`);
  expect(await uitslag(ontvanger, tls)).toBe(200);

  rmSync(pad('ons.key'));
  expect(await uitslag(ontvanger, tls)).toBe(200);
});

test('a receiver with an authority of its own is trusted by that alone, and nobody else is', async () => {
  const [gewoon, bijzonder] = await Promise.all([eindpunt(), eindpunt(eigenCa)]);
  schrijf('0363.pem', eigenCa.cert);
  const tls = middelen();
  expect(await uitslag(bijzonder, tls, '0363')).toBe(200);
  expect(await uitslag(gewoon, tls, '0363')).toBe('eindpuntNietVertrouwd');
  expect(await uitslag(bijzonder, tls, '0344')).toBe('eindpuntNietVertrouwd');
  expect(await uitslag(gewoon, tls, '0344')).toBe(200);
  schrijf('0361.pem', 'geen certificaat');
  expect([tls.voor('0361'), opFout.mock.calls.length]).toEqual([undefined, 1]);
  expect(tls.voor('../0363')).toBe(tls.voor('0344'));
});

test.each([
  ['is not there', () => rmSync(pad('ons.key'))],
  ['is of another certificate', () => schrijf('ons.key', ons().key)],
  ['is no key', () => schrijf('ons.key', 'geen sleutel')],
])('a key that %s refuses to start, in a sentence without a path', (_naam, bederf) => {
  middelen();
  bederf();
  const bestanden = { certificaat: pad('ons.pem'), sleutel: pad('ons.key') };
  expect(() => new Tlsmiddelen(bestanden, { beleid: TLS_UIT, opFout })).toThrow(
    new ConfiguratieFout('Een bestand van KNOOPPUNT_STUF_* is niet te lezen of niet goed.'),
  );
});

test('a certificate without its key is no configuration', () => {
  expect(() => leesConfig({ KNOOPPUNT_STUF_CERTIFICAAT: '/a.pem' })).toThrow(ConfiguratieFout);
  expect(
    leesConfig({ KNOOPPUNT_STUF_CERTIFICAAT: '/a.pem', KNOOPPUNT_STUF_SLEUTEL: '/a.key' }).verharding.stufTls,
  ).toEqual({
    certificaat: '/a.pem',
    sleutel: '/a.key',
  });
});

test('who refuses a certificate of ours that has expired, with a word or without, refuses it because of that', () => {
  const nu = new Date();
  expect(metVerloop('certificaatGeweigerd', GISTEREN, nu)).toBe('certificaatVerlopen');
  expect(metVerloop('certificaatGeweigerd', new Date(nu.getTime() + 1000), nu)).toBe('certificaatGeweigerd');
  expect(metVerloop('verbroken', GISTEREN, nu)).toBe('certificaatVerlopen');
  expect(metVerloop('verbroken', undefined, nu)).toBe('verbroken');
  expect(metVerloop('geenAntwoord', GISTEREN, nu)).toBe('geenAntwoord');
});
