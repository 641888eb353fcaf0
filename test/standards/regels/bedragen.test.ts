/**
 * TR346 and TR358 for any amounts. What TR346 must say of minutes is known here in another way than the rule works it out: by trying
 * every hourly tariff that rounds to the tariff of the prestatie.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';
import { BEDRAGREGELS } from '#src/standards/gedeeld/bedragen.ts';
import { inhoudVan, soortVan } from '../../hulp/bouwer.ts';
import { type Declaratiebericht, declareer, type Gegevens, maakPrestatie } from './declaratie.ts';

const soort = soortVan('iwmo', '323');
const omgeving = { soort, dagtekening: '2026-05-04', bronnen: { peildatum: '2026-11-22', gemeenten: GEMEENTEN_2026 } };

/** What a rule with one application says of a class. */
function zegt(code: string, inhoud: object): unknown {
  const toepassingen = BEDRAGREGELS.find((regel) => regel.code === code)?.toepassingen ?? [];
  expect(toepassingen).toHaveLength(1);
  return toepassingen[0]?.controleer(inhoud as Parameters<(typeof toepassingen)[0]['controleer']>[0], omgeving);
}

const HOOGSTE = 99_999_999;

describe('TR346', () => {
  const aanvaardt = (eenheid: string, volume: number, tarief: number, bedrag: number): boolean => {
    const getallen = { volume: String(volume), tarief: String(tarief), bedrag: String(bedrag) };
    const uitslag = zegt('TR346', maakPrestatie('484', 1, { eenheid, ...getallen }));
    expect(uitslag).toBeTypeOf('boolean');
    return uitslag === true;
  };
  /** A sixtieth, rounded half up. */
  const zestigste = (getal: bigint): bigint => (2n * getal + 60n) / 120n;
  const perUur = (uurtarief: number, minuten: number): number => Number(zestigste(BigInt(uurtarief) * BigInt(minuten)));
  /** Every amount that this many minutes can cost at this tariff per minute. */
  const mogelijk = (minuten: number, tarief: number): ReadonlySet<number> => {
    const uurtarieven = Array.from({ length: 122 }, (_, nr) => 60 * tarief - 61 + nr).filter(
      (uurtarief) => uurtarief >= 0,
    );
    const passend = uurtarieven.filter((uurtarief) => zestigste(BigInt(uurtarief)) === BigInt(tarief));
    return new Set([minuten * tarief, ...passend.map((uurtarief) => perUur(uurtarief, minuten))]);
  };

  const minuten = fc.oneof(fc.nat(200), fc.nat(50_000), fc.nat(HOOGSTE));
  const tarief = fc.oneof(fc.nat(20), fc.nat(1000), fc.nat(HOOGSTE));

  test('every hourly tariff gives an accepted amount for every number of minutes', () => {
    const uurtarief = fc.oneof(fc.nat(200), fc.nat(20_000), fc.nat(60 * HOOGSTE));
    fc.assert(
      fc.property(uurtarief, minuten, (tariefPerUur, volume) => {
        const bedrag = perUur(tariefPerUur, volume);
        fc.pre(bedrag <= HOOGSTE);
        expect(aanvaardt('01', volume, perUur(tariefPerUur, 1), bedrag)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('an amount in minutes is accepted exactly when some hourly tariff gives it', () => {
    const geval = fc
      .tuple(fc.oneof(fc.nat(200), fc.nat(5000)), fc.oneof(fc.nat(20), fc.nat(1000)))
      .chain(([volume, perMinuut]) =>
        // Around the amount; the hourly tariff makes half a cent per minute of difference at most.
        fc.tuple(fc.constant(volume), fc.constant(perMinuut), fc.integer({ min: -volume - 2, max: volume + 2 })),
      );
    fc.assert(
      fc.property(geval, ([volume, perMinuut, verschil]) => {
        const bedrag = Math.max(0, volume * perMinuut + verschil);
        expect(aanvaardt('01', volume, perMinuut, bedrag)).toBe(mogelijk(volume, perMinuut).has(bedrag));
      }),
      { numRuns: 5000 },
    );
  });

  test('the lowest and the highest amount that a tariff can give are accepted, one cent more or less is not', () => {
    fc.assert(
      fc.property(fc.nat(50_000), fc.nat(1000), (volume, perMinuut) => {
        const bedragen = [...mogelijk(volume, perMinuut)];
        const laagste = Math.min(...bedragen);
        const hoogste = Math.max(...bedragen);
        expect(aanvaardt('01', volume, perMinuut, laagste)).toBe(true);
        expect(aanvaardt('01', volume, perMinuut, hoogste)).toBe(true);
        expect(aanvaardt('01', volume, perMinuut, hoogste + 1)).toBe(false);
        if (laagste > 0) expect(aanvaardt('01', volume, perMinuut, laagste - 1)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('in any other unit only volume times tariff is accepted', () => {
    const eenheid = fc.constantFrom('04', '14', '16', '82', '84');
    fc.assert(
      fc.property(eenheid, minuten, tarief, fc.nat(HOOGSTE), (welke, volume, per, bedrag) => {
        const juist = BigInt(volume) * BigInt(per);
        expect(aanvaardt(welke, volume, per, bedrag)).toBe(BigInt(bedrag) === juist);
        if (juist <= BigInt(HOOGSTE)) expect(aanvaardt(welke, volume, per, Number(juist))).toBe(true);
      }),
    );
  });

  test('half a cent is rounded up, as the standard says', () => {
    // 30 minutes at 14,55 an hour is 7,275; a minute of it is 0,2425.
    expect(aanvaardt('01', 30, 24, 728)).toBe(true);
    // 0,30 an hour is half a cent per minute: a tariff of 1 cent, not of 0.
    expect(aanvaardt('01', 2, 1, 1)).toBe(true);
    expect(aanvaardt('01', 2, 0, 1)).toBe(true);
    expect(aanvaardt('01', 1, 0, 1)).toBe(false);
  });

  test('nothing to say about euros, nor without a tariff', () => {
    const verkeerd: Gegevens = { volume: '1', bedrag: '2' };
    expect(zegt('TR346', maakPrestatie('484', 1, { ...verkeerd, eenheid: '83' }))).toBe(true);
    expect(zegt('TR346', maakPrestatie('484', 1, { ...verkeerd, tarief: '' }))).toBe(true);
  });
});

describe('TR358', () => {
  const bedragen = fc.array(
    fc.array(fc.record({ bedrag: fc.nat(HOOGSTE), dc: fc.constantFrom<'D' | 'C'>('D', 'C') }), {
      minLength: 1,
      maxLength: 8,
    }),
    { minLength: 1, maxLength: 5 },
  );
  type Bedragen = readonly (readonly { readonly bedrag: number; readonly dc: 'D' | 'C' }[])[];

  function totaalKlopt(clienten: Bedragen, totaal: bigint, dc?: 'D' | 'C'): unknown {
    const bericht = inhoudVan(soort) as unknown as Declaratiebericht;
    declareer(
      bericht,
      ...clienten.map((prestaties) => prestaties.map((een) => ({ ...een, bedrag: String(een.bedrag) }))),
    );
    bericht.Declaratie.TotaalIngediendBedrag = {
      TotaalBedrag: String(totaal < 0n ? -totaal : totaal),
      DebetCredit: dc ?? (totaal < 0n ? 'C' : 'D'),
    };
    return zegt('TR358', bericht.Declaratie);
  }
  const som = (clienten: Bedragen): bigint =>
    clienten.flat().reduce((tot, { bedrag, dc }) => tot + BigInt(dc === 'D' ? bedrag : -bedrag), 0n);

  test('debets minus credits is the only total that is accepted', () => {
    fc.assert(
      fc.property(bedragen, fc.integer({ min: -1_000_000, max: 1_000_000 }), (clienten, verschil) => {
        const juist = som(clienten);
        expect(totaalKlopt(clienten, juist)).toBe(true);
        expect(totaalKlopt(clienten, juist + BigInt(verschil))).toBe(verschil === 0);
      }),
    );
  });

  test('the wrong sign is refused, except of nothing', () => {
    fc.assert(
      fc.property(bedragen, (clienten) => {
        const juist = som(clienten);
        expect(totaalKlopt(clienten, juist, juist < 0n ? 'D' : 'C')).toBe(juist === 0n);
      }),
    );
  });

  test('as many amounts as a message can hold, of the highest, are added up to the cent', () => {
    const alle = Array.from({ length: 60_000 }, () => ({ bedrag: HOOGSTE, dc: 'D' as const }));
    const juist = BigInt(HOOGSTE) * 60_000n;
    expect(totaalKlopt([alle], juist)).toBe(true);
    expect(totaalKlopt([alle], juist - 1n)).toBe(false);
  });
});
