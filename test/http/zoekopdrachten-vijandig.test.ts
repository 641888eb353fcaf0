/** Searches that are none: refused before anything is looked for, and without a word of what was in them. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const GEMEENTE = '0363';
const [BSN, BUURMAN] = ['999950000', '999950012'];

describe('what is no search', () => {
  const alsTekst = (lijf: string, pad = '/v1/zoekopdrachten', methode = 'POST'): Promise<RauwAntwoord> =>
    stuur(knooppunt.adres, {
      methode,
      pad,
      koppen: { Authorization: `Bearer demo-${GEMEENTE}`, 'Content-Type': 'application/json' },
      ...(methode === 'POST' && { lijf }),
    });
  const cursor = (tekst: string): string => Buffer.from(tekst).toString('base64url');

  test.each<readonly [string, unknown]>([
    ['a BSN of eight digits', { bsn: '99995000' }],
    ['a BSN as a number', { bsn: 999950000 }],
    ['a BSN with a line after it', { bsn: `${BSN}\n` }],
    ['a list of BSNs', { bsn: [BSN, BUURMAN] }],
    ['an empty BSN', { bsn: '' }],
    ['a condition as a BSN', { bsn: { $ne: '' } }],
    ['other digits', { bsn: '٩٩٩٩٥٠٠٠٠' }],
    ['an unknown field', { bsn: BSN, organisaties: ['0344'] }],
    ['a hash', { betrokkene: 'ab' }],
    ['whose', { bsn: BSN, perDomein: [['0344', 'iwmo']] }],
    ['a list', [{ bsn: BSN }]],
    ['nothing', null],
    ['an identificatie with a NUL', { identificatie: 'A\u0000' }],
    ['an identificatie with half a character', { identificatie: '\ud800' }],
    ['an identificatie of 41 characters', { identificatie: 'A'.repeat(41) }],
    ['a counterpart that is no code', { wederpartij: `0363' or true` }],
    ['a soort that is none', { berichtsoort: 'WMO999' }],
    ['a status that is none', { status: 'weg' }],
    ['a delivery that is none', { bezorging: 'null' }],
    ['a day that does not exist', { vanaf: '2026-02-30' }],
    ['a moment that does not exist', { tot: '2026-02-30T00:00:00Z' }],
    ['a moment with an offset that does not exist', { tot: '2026-01-01T00:00:00+99:99' }],
    ['101 at once', { aantal: 101 }],
    ['none at once', { aantal: 0 }],
    ['half a message', { aantal: 1.5 }],
    ['a number as text', { aantal: '5' }],
    ['a cursor that is none', { na: 'x' }],
    ['a cursor of SQL', { na: cursor(`2026-01-01T00:00:00.000000Z '; drop table bericht; --`) }],
    ['a cursor in the year 0', { na: cursor(`0000-01-01T00:00:00.000000Z ${randomUUID()}`) }],
    ['a cursor on a day that does not exist', { na: cursor(`2026-02-30T00:00:00.000000Z ${randomUUID()}`) }],
    ['a cursor in eternity', { na: cursor(`infinity ${randomUUID()}`) }],
    ['a cursor with something after it', { na: cursor(`2026-01-01T00:00:00.000000Z ${randomUUID()}x`) }],
    ['a cursor with a line before it', { na: cursor(`\n2026-01-01T00:00:00.000000Z ${randomUUID()}`) }],
  ])('%s is refused, without what was in it', async (_naam, opdracht) => {
    const antwoord = await alsTekst(JSON.stringify(opdracht));
    verwachtWeigering(antwoord, 'invoerOngeldig');
    expect(antwoord.lijf).not.toMatch(/99995|0344|drop table|A{40}/);
  });

  test.each([
    ['the first day there is', { vanaf: '0000-01-01' }],
    ['the first moment there is', { vanaf: '0000-01-01T00:00:00Z' }],
    ['the last moment there is', { tot: '9999-12-31T23:59:59.999-23:59' }],
    ['the other way round', { vanaf: '2030-01-01', tot: '2020-01-01' }],
    ['a cursor of long ago', { na: cursor(`1970-01-01T00:00:01.000000Z ${randomUUID()}`) }],
    ['a cursor of the future', { na: cursor(`9999-12-31T23:59:59.999999Z ${randomUUID()}`) }],
    ['all of it, of many', { vanaf: '0000-01-01', tot: '9999-12-31', status: 'verwerkt', bezorging: 'bevestigd' }],
  ])('%s is a search', async (_naam, opdracht) => {
    const antwoord = await alsTekst(JSON.stringify(opdracht));
    expect(antwoord.status, antwoord.lijf).toBe(200);
  });

  test('a BSN in the address is refused, and not passed over', async () => {
    const antwoord = await alsTekst('', `/v1/berichten?bsn=${BSN}`, 'GET');
    verwachtWeigering(antwoord, 'invoerOngeldig');
    expect(antwoord.lijf).not.toContain(BSN);
  });

  test('and without a token nobody searches', async () => {
    const antwoord = await stuur(knooppunt.adres, {
      pad: '/v1/zoekopdrachten',
      koppen: { 'Content-Type': 'application/json' },
      lijf: JSON.stringify({ bsn: BSN }),
    });
    verwachtWeigering(antwoord, 'nietAangemeld');
  });
});
