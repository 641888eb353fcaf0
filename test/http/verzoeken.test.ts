/** Requests with rubbish in the path, the query, the headers or the JSON: a clear refusal, never a fault of the switch. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, type RauwVerzoek, stuur } from '../hulp/rauw.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const doe = ({ koppen, ...verzoek }: RauwVerzoek): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, { ...verzoek, koppen: { Authorization: 'Bearer demo-0363', ...koppen } });
const haal = (pad: string): Promise<RauwAntwoord> => doe({ methode: 'GET', pad });
const json = (methode: string, pad: string, lijf: string, type = 'application/json'): Promise<RauwAntwoord> =>
  doe({ methode, pad, lijf, koppen: { 'Content-Type': type } });

const ID = randomUUID();

describe('a path', () => {
  test.each<readonly [string, WeigeringSoort]>([
    ['/', 'nietGevonden'],
    ['/v1', 'nietGevonden'],
    ['/v1/berichten/', 'nietGevonden'],
    ['/V1/berichten', 'nietGevonden'],
    ['/v1/Berichten', 'nietGevonden'],
    ['//v1/berichten', 'nietGevonden'],
    ['/v1//berichten', 'nietGevonden'],
    ['/v1/./berichten', 'nietGevonden'],
    ['/v1/x/../berichten', 'nietGevonden'],
    ['/v1/%2e%2e/v1/berichten', 'nietGevonden'],
    ['/v1/berichten%00', 'nietGevonden'],
    ['/v1/berichten;a=b', 'nietGevonden'],
    ['/v1/berichten/x', 'invoerOngeldig'],
    ['/v1/berichten/..', 'invoerOngeldig'],
    ['/v1/berichten/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 'invoerOngeldig'],
    [`/v1/berichten/${ID.toUpperCase()}`, 'invoerOngeldig'],
    [`/v1/berichten/${ID}%00`, 'invoerOngeldig'],
    [`/v1/berichten/${ID}'--`, 'invoerOngeldig'],
    [`/v1/berichten/${ID}`, 'nietGevonden'],
    [`/v1/berichten/${ID}/`, 'nietGevonden'],
    [`/v1/berichten/${ID}/inhoud`, 'nietGevonden'],
    [`/v1/berichten/${ID}/inhoud/x`, 'nietGevonden'],
    ['/v1/berichten/%zz', 'invoerOngeldig'],
    ['/v1/berichten/%', 'invoerOngeldig'],
    ['/v1/berichten/%c3%28', 'invoerOngeldig'],
    [`/v1/berichten/${'9'.repeat(8000)}`, 'invoerOngeldig'],
    ['/v1/postbussen/0363%20/berichten', 'invoerOngeldig'],
    ['/v1/postbussen/03630/berichten', 'invoerOngeldig'],
    ['/v1/postbussen/*/berichten', 'invoerOngeldig'],
    ['/v1/organisaties/0363/instellingen/iwlz', 'invoerOngeldig'],
    ['/v1/organisaties/0363/instellingen/constructor', 'invoerOngeldig'],
    ['/health', 'nietGevonden'],
    ['/metrics/', 'nietGevonden'],
  ])('%s → %s', async (pad, soort) => {
    verwachtWeigering(await haal(pad), soort);
  });
});

describe('a search', () => {
  const GOED = [
    '',
    '?',
    '?aantal=1',
    `?referentienummer=${ID}`,
    '?vanaf=2026-01-01&tot=2026-01-31T23:59:59%2B01:00',
    '?onbekend=1',
  ];
  test.each(GOED)('/v1/berichten%s is allowed', async (vraag) => {
    expect((await haal(`/v1/berichten${vraag}`)).status).toBe(200);
  });

  const NIET_EEN_MOMENT = ['gisteren', '2026-13-01', '2026-02-30', '2026-01-01T00:00', '1e9', '', '%00'];
  test.each([
    ...['0', '101', '-1', '1.5', 'veel', '', '1e400', '1&aantal=2', '%00'].map((waarde) => `aantal=${waarde}`),
    ...['x', ID.toUpperCase(), `${ID}&referentienummer=${ID}`, ''].map((waarde) => `referentienummer=${waarde}`),
    ...['WMO999', 'wmo301', '', 'constructor'].map((waarde) => `berichtsoort=${waarde}`),
    ...['klaar', 'ONTVANGEN'].map((waarde) => `status=${waarde}`),
    ...NIET_EEN_MOMENT.flatMap((waarde) => [`vanaf=${waarde}`, `tot=${waarde}`]),
    ...['', 'x', '!', 'AAAA', 'a'.repeat(201), Buffer.from(`2026-01-01T00:00:00Z x`).toString('base64url')].map(
      (waarde) => `na=${waarde}`,
    ),
    `na=${Buffer.from(`+275760-09-14T00:00:00.000Z ${ID}`).toString('base64url')}`,
  ])('/v1/berichten?%s → invoerOngeldig', async (vraag) => {
    verwachtWeigering(await haal(`/v1/berichten?${vraag}`), 'invoerOngeldig');
  });

  test.each(['aantal=0', 'aantal=101', 'na=-1', 'na=x', 'na=1.5', 'na=99999999999999999999'])(
    'browsing with %s → invoerOngeldig',
    async (vraag) => {
      verwachtWeigering(await haal(`/v1/postbussen/0363/berichten?${vraag}`), 'invoerOngeldig');
    },
  );
});

describe('a list for the operator', () => {
  test.each(['organisaties?na=%00', 'machtigingen?client=a%00', `machtigingen?na=${2 ** 31}`])(
    '/v1/beheer/%s → invoerOngeldig',
    async (pad) => {
      const koppen = { Authorization: 'Bearer demo-beheer' };
      verwachtWeigering(await doe({ methode: 'GET', pad: `/v1/beheer/${pad}`, koppen }), 'invoerOngeldig');
    },
  );
});

describe('a JSON body', () => {
  const OPHALINGEN = '/v1/postbussen/0363/ophalingen';
  const BEVESTIGINGEN = '/v1/postbussen/0363/bevestigingen';
  const INSTELLING = '/v1/organisaties/0363/instellingen/iwmo';
  const geheim = '999900006';

  test.each<readonly [string, string]>([
    [OPHALINGEN, '{'],
    [OPHALINGEN, '[]'],
    [OPHALINGEN, '"tekst"'],
    [OPHALINGEN, 'null'],
    [OPHALINGEN, '{"aantal":0}'],
    [OPHALINGEN, '{"aantal":101}'],
    [OPHALINGEN, '{"aantal":"10"}'],
    [OPHALINGEN, '{"aantal":1e999}'],
    [OPHALINGEN, '{"leaseSeconden":0}'],
    [OPHALINGEN, '{"leaseSeconden":3601}'],
    [OPHALINGEN, '{"wachtSeconden":61}'],
    [OPHALINGEN, '{"wachtSeconden":-1}'],
    [BEVESTIGINGEN, '{}'],
    [BEVESTIGINGEN, '{"berichtIds":[]}'],
    [BEVESTIGINGEN, `{"berichtIds":"${ID}"}`],
    [BEVESTIGINGEN, '{"berichtIds":["x"]}'],
    [BEVESTIGINGEN, JSON.stringify({ berichtIds: Array(1001).fill(ID) })],
    [BEVESTIGINGEN, JSON.stringify({ berichtIds: Array(5000).fill(ID) })],
    [BEVESTIGINGEN, `{"berichtIds":["${geheim}"]}`],
    [BEVESTIGINGEN, '['.repeat(60_000)],
  ])('POST %s %.60s → invoerOngeldig', async (pad, lijf) => {
    const antwoord = await json('POST', pad, lijf);
    verwachtWeigering(antwoord, 'invoerOngeldig');
    expect(antwoord.lijf).not.toContain(geheim);
  });

  test.each([
    '{"controleniveau":5}',
    '{"controleniveau":"2"}',
    '{"retour":"niemand"}',
    '{"dossierVolledigVanaf":"2026-02-30"}',
    '{"dossierVolledigVanaf":"0000-01-01"}',
    '{"foutlijst":"2024"}',
    '{"route":"fax"}',
    '{"onbekend":1}',
    `{"${geheim}":"${geheim}"}`,
  ])('PUT setting %s → invoerOngeldig', async (lijf) => {
    const antwoord = await json('PUT', INSTELLING, lijf);
    verwachtWeigering(antwoord, 'invoerOngeldig');
    expect(JSON.parse(antwoord.lijf).fouten.length).toBeGreaterThan(0);
    expect(antwoord.lijf).not.toContain(geheim);
  });

  test.each(['\\u0000', '\\ud800'])(
    'with %s in it → invoerOngeldig: no text of the database can hold it',
    async (teken) => {
      verwachtWeigering(await json('PUT', INSTELLING, `{"reden":"Proef ${teken}"}`), 'invoerOngeldig');
    },
  );

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    'of type %s is refused: silently taking the defaults would hand out mail that was not asked for',
    async (type) => {
      verwachtWeigering(await json('POST', OPHALINGEN, '{"aantal":1}', type), 'inhoudstypeOnjuist');
      verwachtWeigering(await json('PUT', INSTELLING, '{"retour":"knooppunt"}', type), 'inhoudstypeOnjuist');
    },
  );

  test.each([
    { 'Content-Type': 'application/json; charset=iso-8859-1' },
    { 'Content-Type': 'application/json', 'Content-Encoding': 'vreemd' },
    { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
  ])('with %o is a fault of the caller, not of the knooppunt', async (koppen) => {
    const { status } = await doe({ methode: 'POST', pad: OPHALINGEN, lijf: '{}', koppen });
    expect([400, 415]).toContain(status);
  });

  test('without authentication nothing is told about the body', async () => {
    const zonder = { methode: 'POST', pad: OPHALINGEN, lijf: '{', koppen: { 'Content-Type': 'application/json' } };
    verwachtWeigering(await stuur(knooppunt.adres, zonder), 'nietAangemeld');
  });
});

describe('a method', () => {
  test.each<readonly [string, string, string]>([
    ['DELETE', '/v1/berichten', 'POST, GET'],
    ['PATCH', `/v1/berichten/${ID}`, 'GET'],
    ['POST', `/v1/berichten/${ID}`, 'GET'],
    ['GET', '/v1/postbussen/0363/ophalingen', 'POST'],
    ['DELETE', '/v1/organisaties/0363/instellingen/iwmo', 'GET, PUT'],
    ['PROPFIND', '/v1/berichten', 'POST, GET'],
  ])('%s %s → 405, with what is allowed', async (methode, pad, mag) => {
    const antwoord = await doe({ methode, pad });
    verwachtWeigering(antwoord, 'methodeNietToegestaan');
    expect(antwoord.koppen.allow).toBe(mag);
  });
});

test('headers that are unknown or odd change nothing', async () => {
  const koppen = {
    Prefer: 'wait=, wait="x", return=minimal',
    'X-Forwarded-For': '::1',
    'X-HTTP-Method-Override': 'DELETE',
    Accept: 'text/html',
  };
  const antwoord = await doe({ methode: 'POST', pad: '/v1/berichten', lijf: voorbeeld('WMO301'), koppen });
  expect([antwoord.status, antwoord.koppen['preference-applied']]).toEqual([202, undefined]);
});

test('none of these requests was a fault of the knooppunt', () => {
  expect(knooppunt.log()).not.toContain('verzoek mislukt');
});
