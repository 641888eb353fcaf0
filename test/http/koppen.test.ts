/** Headers that keep a browser from doing harm with an answer stand on every answer; and security.txt says whom to tell, no longer than it holds. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { securityTxt } from '#src/http/routes/beveiliging.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, type RauwVerzoek, stuur } from '../hulp/rauw.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const STRAKS = '2099-01-01T00:00:00+01:00';
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_BEVEILIGING_CONTACT: 'mailto:lek@knooppunt.example, https://knooppunt.example/lek',
    KNOOPPUNT_BEVEILIGING_VERLOOPT: STRAKS,
    KNOOPPUNT_BEVEILIGING_BELEID: 'https://knooppunt.example/beleid',
  },
});
afterAll(() => knooppunt.stop());
const zonder = await startOpstelling({ rollen: ['api'] });
afterAll(() => zonder.stop());

const AUTH = { Authorization: 'Bearer demo-0363' };
const vraag = (verzoek: Partial<RauwVerzoek>): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, { methode: 'GET', pad: '/', ...verzoek });

describe('every answer has the headers:', () => {
  test.each<readonly [number, Partial<RauwVerzoek>]>([
    [200, { pad: '/health/live' }],
    [200, { pad: '/metrics' }],
    [200, { pad: '/v1/openapi.json' }],
    [200, { pad: '/.well-known/security.txt' }],
    [200, { pad: '/stuf/ggk0210/OntvangAsynchroon?wsdl' }],
    [200, { pad: '/v1/berichten', koppen: AUTH }],
    [200, { pad: '/v1/berichten', koppen: AUTH, methode: 'HEAD' }],
    [400, { pad: '/v1/berichten/x', koppen: AUTH }],
    [401, { pad: '/v1/berichten' }],
    [
      401,
      {
        pad: '/stuf/ggk0210/OntvangAsynchroon',
        methode: 'POST',
        koppen: { 'Content-Type': 'text/xml', SOAPAction: '""' },
      },
    ],
    [403, { pad: '/v1/beheer/organisaties', koppen: AUTH }],
    [404, { pad: '/nergens' }],
    [404, { pad: `/v1/berichten/${randomUUID()}`, koppen: AUTH }],
    [405, { pad: '/v1/berichten', methode: 'DELETE', koppen: AUTH }],
    [415, { pad: '/v1/berichten', methode: 'POST', koppen: { ...AUTH, 'Content-Type': 'text/plain' }, lijf: 'x' }],
    [431, { pad: `/${'a'.repeat(17_000)}` }],
    [500, { pad: '/stuf/ggk0210/OntvangAsynchroon', methode: 'POST', koppen: AUTH, lijf: 'x' }],
  ])('%i', async (status, verzoek) => {
    const antwoord = await vraag(verzoek);
    expect(antwoord.status, antwoord.lijf).toBe(status);
    expect(antwoord.koppen).toMatchObject({
      'api-version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    for (const kop of ['x-powered-by', 'server', 'set-cookie', 'etag']) expect(antwoord.koppen[kop]).toBeUndefined();
  });
});

test('HSTS stands on what came over TLS, also before a proxy, and on nothing else', async () => {
  const hsts = async (proto?: string): Promise<unknown> =>
    (await vraag({ pad: '/health/live', ...(proto && { koppen: { 'X-Forwarded-Proto': proto } }) })).koppen[
      'strict-transport-security'
    ];
  expect(await hsts('https')).toBe('max-age=31536000');
  expect(await hsts('http')).toBeUndefined();
  expect(await hsts()).toBeUndefined();
});

describe('security.txt', () => {
  test('names whom to tell, and until when', async () => {
    const { koppen, lijf } = await vraag({ pad: '/.well-known/security.txt' });
    expect(koppen['content-type']).toBe('text/plain; charset=utf-8');
    expect(lijf.split('\n')).toEqual([
      'Contact: mailto:lek@knooppunt.example',
      'Contact: https://knooppunt.example/lek',
      `Expires: ${new Date(STRAKS).toISOString()}`,
      'Policy: https://knooppunt.example/beleid',
      'Preferred-Languages: nl, en',
      '',
    ]);
  });

  test('is not there when nobody was named', async () => {
    const antwoord = await stuur(zonder.adres, { methode: 'GET', pad: '/.well-known/security.txt' });
    verwachtWeigering(antwoord, 'nietGevonden');
  });

  test('is not there once it has expired', () => {
    const contact = {
      contacten: ['mailto:x@y.example'],
      verloopt: new Date('2026-01-01T00:00:00Z'),
      beleid: undefined,
    };
    expect(securityTxt(contact, new Date('2025-12-31T23:59:59Z'))).toContain('Contact: mailto:x@y.example\n');
    expect(securityTxt(contact, new Date('2026-01-01T00:00:00Z'))).toBeUndefined();
  });
});
