/** Dates on the edge of a rule, and rules that speak together. */
import { describe, expect, test } from 'vitest';
import type { Bericht } from '../../hulp/bouwer.ts';
import { eerste, oordeel, relatieVan } from './persoon.ts';

describe('CS003', () => {
  type Periode = NonNullable<ReturnType<typeof relatieVan>['Contact']['Periode']>;
  const metPeriode =
    (periode: Periode) =>
    (bericht: Bericht<'301'>): void => {
      Object.assign(relatieVan(bericht).Contact, { Soort: '04', Periode: periode });
    };
  const AFGEKEURD = ['CS003 fout /Bericht/Client/Relaties/Relatie/Contact/Periode/Einddatum'];

  test.each([
    [{}],
    [{ Begindatum: '2026-03-01' }],
    [{ Einddatum: '1990-03-01' }],
    [{ Begindatum: '2026-03-01', Einddatum: '2026-03-01' }],
    [{ Begindatum: '9999-12-31', Einddatum: '10000-01-01' }],
    [{ Begindatum: '-0002-01-01', Einddatum: '-0001-01-01' }],
  ])('%j passes', (periode) => {
    expect(oordeel('301', metPeriode(periode))).toEqual([]);
  });

  test.each([
    [{ Begindatum: '2026-03-01', Einddatum: '2026-02-28' }],
    [{ Begindatum: '10000-01-01', Einddatum: '9999-12-31' }],
    [{ Begindatum: '-0001-01-01', Einddatum: '-0002-01-01' }],
  ])('%j ends before it begins', (periode) => {
    expect(oordeel('301', metPeriode(periode))).toEqual(AFGEKEURD);
  });

  test('a product without an end goes on', () => {
    const zonderEinde = ({ Client }: Bericht<'301'>): void => {
      const product = eerste(Client.ToegewezenProducten.ToegewezenProduct);
      product.Einddatum = undefined;
      if (product.Omvang) product.Omvang.Frequentie = '4';
    };
    expect(oordeel('301', zonderEinde)).toEqual([]);
  });
});

describe('a declaratie', () => {
  const DECLARATIE = '/Bericht/Declaratie/DeclaratiePeriode';

  test('of a month that begins on the dagtekening ends too late, but does not begin too late', () => {
    const dezeMaand = ({ Header, Declaratie }: Bericht<'323'>): void => {
      Header.BerichtIdentificatie.Dagtekening = '2026-06-01';
      Declaratie.DeclaratiePeriode = { Begindatum: '2026-06-01', Einddatum: '2026-06-30' };
    };
    expect(oordeel('323', dezeMaand)).toEqual([`TR137 fout ${DECLARATIE}/Einddatum`]);
  });

  test('of a year with five digits begins and ends too late', () => {
    const ooit = ({ Declaratie }: Bericht<'323'>): void => {
      Declaratie.DeclaratiePeriode = { Begindatum: '10000-01-01', Einddatum: '10000-01-31' };
    };
    expect(oordeel('323', ooit)).toEqual([`TR134 fout ${DECLARATIE}/Begindatum`, `TR137 fout ${DECLARATIE}/Einddatum`]);
  });
});

test('a product that is to begin in the future is no one’s business', () => {
  const ooit = ({ Client }: Bericht<'301'>): void => {
    const product = eerste(Client.ToegewezenProducten.ToegewezenProduct);
    product.Ingangsdatum = '2027-01-01';
    product.Einddatum = '2027-12-31';
  };
  expect(oordeel('301', ooit)).toEqual([]);
});

test('a stop that begins too late and ends before that is reported for both', () => {
  const ooit = ({ Client }: Bericht<'307'>): void => {
    const stop = eerste(Client.StopProducten.StopProduct);
    stop.Begindatum = '2027-01-01';
    stop.Einddatum = '2026-12-31';
  };
  const pad = '/Bericht/Client/StopProducten/StopProduct';
  expect(oordeel('307', ooit)).toEqual([`TR018 fout ${pad}/Einddatum`, `TR134 waarschuwing ${pad}/Begindatum`]);
});
