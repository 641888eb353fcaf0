/** How much may be declared: the examples in docs/volumes.md, and the arithmetic beside a count of days on the calendar. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELEN, inDelen, maximumInPeriode, maximumOverLooptijd, type Toegewezen } from '#src/dossier/volume.ts';
import { dagenInMaand, delen } from '#src/standards/datum.ts';
import { ruimteInPeriode, ruimteInTotaal } from './model/volume.ts';

const PAGINA = readFileSync(path.join(import.meta.dirname, '../../docs/volumes.md'), 'utf8');
const DATUM = /^\d{4}-\d{2}-\d{2}$/;

const paar = (cel: string): readonly [string, string] => {
  const [een = '', ander = ''] = cel.split(' / ');
  return [een, ander];
};
const leesToegewezen = (looptijd: string, omvang: string, categorie: string): Toegewezen => {
  const [ingangsdatum, einddatum] = paar(looptijd);
  const [, eenheid = '', volume = '', frequentie = ''] = /^(\d\d) × (\d+) \/ (\d)$/.exec(omvang) ?? [];
  return {
    ingangsdatum,
    einddatum: einddatum === '..' ? null : einddatum,
    categorie,
    omvang: { volume: Number(volume), eenheid, frequentie },
  };
};
/** What fits: in a period, or in the whole toewijzing. */
const maximum = (toegewezen: Toegewezen, periode: string): number | null => {
  if (periode === 'geheel') return maximumOverLooptijd(toegewezen);
  const [begin, einde] = paar(periode);
  return maximumInPeriode(toegewezen, { begin, einde }, 'iwmo');
};

/** Rows of the tables whose first cell is a toewijzing. */
const rijen = (tekst: string): readonly (readonly string[])[] =>
  tekst
    .split('\n')
    .filter((regel) => regel.startsWith('|'))
    .map((regel) =>
      regel
        .slice(1, -1)
        .split('|')
        .map((cel) => cel.trim()),
    )
    .filter(([looptijd = '']) => DATUM.test(paar(looptijd)[0]));
/** The last table compares categories: its last cells are numbers of times. */
const [GEWOON = [], HUISHOUDELIJK = []] = PAGINA.split('Huishoudelijke hulp, iWmo').map(rijen);

describe('the page', () => {
  test('has the examples of the norm and more', () => {
    expect([GEWOON.length, HUISHOUDELIJK.length]).toEqual([42, 4]);
  });

  test.each(GEWOON)('%s, %s, %s: %s times, %s', (looptijd = '', omvang = '', periode = '', keren = '', som = '') => {
    const toegewezen = leesToegewezen(looptijd, omvang, '02');
    const uitkomst = maximum(toegewezen, periode);
    expect(uitkomst === null ? 'geen' : String(uitkomst)).toBe(som);
    if (uitkomst !== null) expect(Number(keren) * toegewezen.omvang.volume).toBe(uitkomst);
  });

  test.each(HUISHOUDELIJK)('%s, %s, %s: %s times for huishoudelijke hulp, else %s', (...rij) => {
    const [looptijd = '', omvang = '', periode = '', huishoudelijk, anders] = rij;
    const keren = ['01', '02'].map((categorie) => {
      const toegewezen = leesToegewezen(looptijd, omvang, categorie);
      return String((maximum(toegewezen, periode) ?? 0) / toegewezen.omvang.volume);
    });
    expect(keren).toEqual([huishoudelijk, anders]);
  });

  test('iJw has no exception', () => {
    const toegewezen = leesToegewezen('2026-01-01 / 2026-12-31', '04 × 3 / 2', '01');
    expect(maximumInPeriode(toegewezen, { begin: '2026-02-01', einde: '2026-02-28' }, 'ijw')).toBe(15);
  });
});

describe('beside a count of days', () => {
  const dag = fc
    .date({ min: new Date('2019-06-01T00:00:00Z'), max: new Date('2031-12-31T00:00:00Z'), noInvalidDate: true })
    .map((moment) => moment.toISOString().slice(0, 10));
  const later = (datum: string, aantal: number): string =>
    new Date(Date.parse(`${datum}T00:00:00Z`) + aantal * 86_400_000).toISOString().slice(0, 10);
  const toegewezen = fc.record({
    ingangsdatum: dag,
    dagen: fc.option(fc.oneof(fc.nat(12), fc.nat(800)), { nil: null }),
    categorie: fc.constantFrom('01', '02'),
    volume: fc.nat(99_999_999),
    eenheid: fc.constantFrom('01', '04', '14', '16', '82', '83', '84'),
    frequentie: fc.constantFrom('1', '2', '4', '6'),
  });
  /** A period inside one month, often at the edges of the toewijzing. */
  const periodeBij = (datum: string, schuif: number, lengte: number): { begin: string; einde: string } => {
    const begin = later(datum, schuif);
    const [jaar, maand] = delen(begin);
    const laatste = `${begin.slice(0, 8)}${dagenInMaand(jaar, maand)}`;
    const einde = later(begin, lengte);
    return { begin, einde: einde > laatste ? laatste : einde };
  };

  test('both maxima are the same', () => {
    fc.assert(
      fc.property(
        toegewezen,
        fc.integer({ min: -40, max: 500 }),
        fc.nat(40),
        fc.constantFrom('iwmo' as const, 'ijw' as const),
        ({ ingangsdatum, dagen, categorie, ...omvang }, schuif, lengte, domein) => {
          const einddatum = dagen === null ? null : later(ingangsdatum, dagen);
          const deze = { ingangsdatum, einddatum, categorie, omvang };
          const naief = { ingangsdatum, einddatum: einddatum ?? undefined, categorie, ...omvang };
          const periode = periodeBij(ingangsdatum, schuif, lengte);
          expect(maximumInPeriode(deze, periode, domein)).toBe(ruimteInPeriode(naief, periode, domein));
          expect(maximumOverLooptijd(deze) ?? undefined).toBe(ruimteInTotaal(naief));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('months of outcome never add up to more than the toewijzing, and months of care to no less', () => {
    fc.assert(
      fc.property(toegewezen, ({ ingangsdatum, dagen, categorie, volume, frequentie }) => {
        const einddatum = later(ingangsdatum, dagen ?? 100);
        const som = (eenheid: string): readonly [maanden: number, geheel: number] => {
          const deze = { ingangsdatum, einddatum, categorie, omvang: { volume, eenheid, frequentie } };
          let maanden = 0;
          for (let begin = ingangsdatum; begin <= einddatum; ) {
            const periode = periodeBij(begin, 0, 40);
            maanden += maximumInPeriode(deze, periode, 'ijw');
            begin = later(periode.einde, 1);
          }
          return [maanden, maximumOverLooptijd(deze) ?? 0];
        };
        fc.pre(frequentie !== '6');
        const [zorg, geheel] = som('04');
        expect(zorg).toBeGreaterThanOrEqual(geheel);
        const [uitkomst, ook] = som('83');
        expect(ook).toBe(geheel);
        // Only a toewijzing without a Sunday may have its one week in two months.
        if ((dagen ?? 100) >= 6) expect(uitkomst).toBe(geheel);
      }),
      { numRuns: 300 },
    );
  });

  test('a year with five digits, or long ago, counts on', () => {
    const omvang = { volume: 1, eenheid: '84', frequentie: '1' };
    const deze = { ingangsdatum: '9999-12-31', einddatum: '10000-02-29', categorie: null, omvang };
    expect(maximumOverLooptijd(deze)).toBe(61);
    expect(maximumInPeriode(deze, { begin: '10000-02-01', einde: '10000-02-29' }, 'iwmo')).toBe(29);
    expect(maximumOverLooptijd({ ...deze, ingangsdatum: '0001-01-01', einddatum: '0004-12-31' })).toBe(1461);
  });
});

describe('units', () => {
  test('hours take minutes, and nothing else goes together', () => {
    const eenheden = ['01', '04', '14', '16', '82', '83', '84'];
    for (const gedeclareerd of eenheden) {
      for (const toegewezen of eenheden) {
        const verwacht =
          gedeclareerd === toegewezen ? 7 * DELEN : gedeclareerd === '01' && toegewezen === '04' ? 7 : null;
        expect(inDelen(7, gedeclareerd, toegewezen)).toBe(verwacht);
      }
    }
  });
});
