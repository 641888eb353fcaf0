/** Persons on the edge of a rule: what the elfproef finds, and birthdays to the day. */
import { describe, expect, test } from 'vitest';
import type { Bericht } from '../../hulp/bouwer.ts';
import { oordeel, relatieVan } from './persoon.ts';

const metBsn =
  (bsn: string) =>
  ({ Client }: Bericht<'305'>): void => {
    Client.Bsn = bsn;
  };
const AFGEKEURD = ['CS002 fout /Bericht/Client/Bsn'];

describe('CS002', () => {
  test.each(['999900006', '999912367', '999990019', '999999990'])('%s passes', (bsn) => {
    expect(oordeel('305', metBsn(bsn))).toEqual([]);
  });

  const bsn = '999912367';
  const plaatsen = [...bsn].map((_cijfer, plaats) => plaats);

  test.each(plaatsen)('any other digit at place %i is noticed', (plaats) => {
    for (let erbij = 1; erbij < 10; erbij += 1) {
      const cijfer = (Number(bsn[plaats]) + erbij) % 10;
      expect(oordeel('305', metBsn(bsn.slice(0, plaats) + cijfer + bsn.slice(plaats + 1)))).toEqual(AFGEKEURD);
    }
  });

  const verschillend = plaatsen.slice(1).filter((plaats) => bsn[plaats] !== bsn[plaats - 1]);

  test.each(verschillend)('two digits that changed places before place %i are noticed', (plaats) => {
    const omgekeerd = bsn.charAt(plaats) + bsn.charAt(plaats - 1);
    expect(oordeel('305', metBsn(bsn.slice(0, plaats - 1) + omgekeerd + bsn.slice(plaats + 1)))).toEqual(AFGEKEURD);
  });
});

describe('CS050', () => {
  test.each([
    ['with a partner', { Achternaam: 'Ouédraogo' }, ['1', '2', '3', '4']],
    ['without a partner', undefined, ['1', '6']],
  ])('of a relation %s', (_naam, partner, goed) => {
    const passend = ['1', '2', '3', '4', '5', '6'].filter((gebruik) => {
      const bevindingen = oordeel('301', (bericht) => {
        Object.assign(relatieVan(bericht).Naam, { Partnernaam: partner, NaamGebruik: gebruik });
      });
      return bevindingen.length === 0;
    });
    expect(passend).toEqual(goed);
  });
});

describe('TR002', () => {
  const geborenOp =
    (Datum: string, Dagtekening: string) =>
    ({ Header, Client }: Bericht<'315'>): void => {
      Header.BerichtIdentificatie.Dagtekening = Dagtekening;
      Client.Geboortedatum = { Datum };
    };
  const TE_OUD = ['TR002 fout /Bericht/Client/Geboortedatum'];

  test.each([
    ['1906-03-10', '2026-03-10', []],
    ['1906-03-09', '2026-03-10', TE_OUD],
    ['1906-12-31', '2026-01-01', []],
    ['1905-12-31', '2026-01-01', TE_OUD],
    // Born on a day that the year of the dagtekening does not have, and the other way round.
    ['1904-02-29', '2024-02-29', []],
    ['1904-02-28', '2024-02-29', TE_OUD],
    ['1980-02-29', '2100-02-28', []],
    ['1980-02-29', '2100-03-01', TE_OUD],
    // Such years are dates to the XSD; their text does not sort.
    ['-0044-03-15', '2026-03-10', TE_OUD],
    ['9950-01-01', '10070-01-01', []],
    ['9950-01-01', '10070-01-02', TE_OUD],
  ])('born on %s, on %s', (geboren, dagtekening, bevindingen) => {
    expect(oordeel('315', geborenOp(geboren, dagtekening))).toEqual(bevindingen);
  });
});

test('a relation without a date of birth is no one’s business', () => {
  const zonder = (bericht: Bericht<'301'>): void => {
    relatieVan(bericht).Geboortedatum = undefined;
  };
  expect(oordeel('301', zonder)).toEqual([]);
});

test('of a client who is said to be no person and has a partner, both rules about names speak', () => {
  const partnerloos = ({ Client }: Bericht<'301'>): void => {
    Client.Naam.NaamGebruik = '6';
  };
  expect(oordeel('301', partnerloos)).toEqual([
    'CS050 fout /Bericht/Client/Naam/NaamGebruik',
    'CS318 fout /Bericht/Client/Naam',
  ]);
});
