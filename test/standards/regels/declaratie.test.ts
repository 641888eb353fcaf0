/** Declaraties on the edge of a rule that must pass, and findings in more than one place. */
import { describe, expect, test } from 'vitest';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';
import { controleer } from '#src/standards/controle.ts';
import { bouw, soortVan } from '../../hulp/bouwer.ts';
import { anders, type Declaratiebericht, een, type Gegevens } from './declaratie.ts';

const bronnen = { peildatum: '2026-11-22', gemeenten: GEMEENTEN_2026 };

/** What one rule has against a declaratie: place and ernst. */
function oordeel(code: string, wijzig: (bericht: Declaratiebericht) => void): readonly (readonly [string, string])[] {
  const { niveau, bevindingen } = controleer(bouw('iwmo', '323', wijzig), soortVan('iwmo', '323'), {
    niveau: 2,
    bronnen,
  });
  expect(niveau).toBe(2);
  return bevindingen.filter(({ regel }) => regel === code).map(({ pad, ernst }) => [pad, ernst]);
}

test.each([
  ['2026-02-28', '2026-02-28'],
  ['2026-02-01', '2026-02-01'],
  // Not the business of CS337: TR137.
  ['2026-02-28', '2026-02-01'],
])('a product period from %s to %s is within one month', (begin, einde) => {
  expect(oordeel('CS337', een({ begin, einde }))).toEqual([]);
});

test.each([
  ['2024-02-01', '2024-02-29'],
  ['2025-02-01', '2025-02-28'],
  ['2025-12-01', '2025-12-31'],
  ['2025-04-01', '2025-04-30'],
])('%s to %s is a whole month', (Begindatum, Einddatum) => {
  const vul = ({ Declaratie }: Declaratiebericht): void => {
    Declaratie.DeclaratiePeriode = { Begindatum, Einddatum };
  };
  expect(oordeel('CS340', vul)).toEqual([]);
});

describe('a prestatie of five years ago', () => {
  test.each([
    ['2021-05-04', '2026-05-04', []],
    ['2021-05-03', '2026-05-04', ['fout']],
    ['2024-02-29', '2029-02-28', []],
    ['2024-02-29', '2029-03-01', ['fout']],
    ['2023-03-01', '2028-02-29', []],
    ['2023-02-28', '2028-02-29', ['waarschuwing']],
    ['2023-02-27', '2028-02-29', ['fout']],
    ['2023-02-28', '2028-02-28', []],
    ['9999-05-04', '10004-05-04', []],
    ['9999-05-03', '10004-05-04', ['fout']],
  ])('Einddatum %s, DeclaratieDagtekening %s: %j', (einde, dagtekening, ernst) => {
    const gevonden = oordeel('TR335', (bericht) => {
      bericht.Declaratie.DeclaratieDagtekening = dagtekening;
      een({ begin: einde, einde })(bericht);
    });
    expect(gevonden.map(([, hoe]) => hoe)).toEqual(ernst);
  });

  test('the Dagtekening of the header does not count', () => {
    const gevonden = oordeel('TR335', (bericht) => {
      bericht.Header.BerichtIdentificatie.Dagtekening = '2036-05-04';
      een({})(bericht);
    });
    expect(gevonden).toEqual([]);
  });
});

describe('a second debet', () => {
  const zorg: Gegevens = { toewijzing: '7' };
  const credit: Gegevens = { ...zorg, dc: 'C', vorig: 'OUD-1' };
  const plaats = (client: string, nr: number) => `/Bericht/Declaratie/Clienten/${client}/Prestaties/Prestatie[${nr}]`;

  test('passes when it is for something else, or when the other is a credit', () => {
    const ander: readonly Gegevens[] = [
      zorg,
      { ...zorg, begin: '2026-02-02' },
      { ...zorg, einde: '2026-02-27' },
      { toewijzing: '70' },
      credit,
      { ...credit, vorig: 'OUD-2' },
    ];
    expect(oordeel('TR416', anders(ander))).toEqual([]);
    const anderProduct = (bericht: Declaratiebericht): void => {
      anders([zorg, zorg])(bericht);
      const [, tweede] = bericht.Declaratie.Clienten.Client[0]?.Prestaties.Prestatie ?? [];
      if (tweede) tweede.ProductCode = '02A06';
    };
    expect(oordeel('TR416', anderProduct)).toEqual([]);
  });

  test('is found each time, at each that has one before it', () => {
    expect(oordeel('TR416', anders([zorg, zorg, credit, zorg]))).toEqual([
      [plaats('Client', 2), 'fout'],
      [plaats('Client', 4), 'fout'],
    ]);
  });

  test('of another client is in doubt, of the same client after it is not', () => {
    expect(oordeel('TR416', anders([zorg, {}], [zorg, zorg]))).toEqual([
      [plaats('Client[2]', 1), 'waarschuwing'],
      [plaats('Client[2]', 2), 'fout'],
    ]);
  });
});

test('white space makes another reference: the standard leaves it as it is', () => {
  const verwijzingen: readonly Gegevens[] = [
    { dc: 'C', vorig: 'OUD 1' },
    { dc: 'C', vorig: 'OUD  1' },
  ];
  expect(oordeel('TR315', anders(verwijzingen))).toEqual([]);
});
