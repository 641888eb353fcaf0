/** The fault codes: each exists in its own list, and the texts are ours. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FOUT_SOORTEN, FOUTLIJSTEN, foutcode, STANDAARD_FOUTLIJST } from '#src/standards/foutcodes/lijsten.ts';
import { NORM } from '../xsd/schemas.ts';

test('the list of November 2025 applies when nobody chose otherwise', () => {
  expect(STANDAARD_FOUTLIJST).toBe('2025-11');
  expect(foutcode('payloadNietConformXsd')).toMatchObject({ code: 'IB014', lijst: '2025-11' });
  expect(foutcode('payloadNietConformXsd', '2.1')).toMatchObject({ code: 'StUF055', lijst: '2.1' });
});

test.each(FOUT_SOORTEN)(
  '%s fits in a Fo01: code at most 7 characters, omschrijving one sentence of at most 200',
  (soort) => {
    for (const lijst of FOUTLIJSTEN) {
      const { code, omschrijving } = foutcode(soort, lijst);
      expect(code).toMatch(/^[A-Za-z]+\d+$/);
      expect(code.length).toBeLessThanOrEqual(7);
      expect(omschrijving.length).toBeLessThanOrEqual(200);
      expect(omschrijving).toMatch(/^[A-Z].*\.$/);
    }
  },
);

test('the same code means something else in the two lists: a code alone says nothing', () => {
  const soortenVan = (code: string, lijst: (typeof FOUTLIJSTEN)[number]) =>
    FOUT_SOORTEN.filter((soort) => foutcode(soort, lijst).code === code);
  expect(soortenVan('IB007', '2025-11')).toEqual(['combinatieNietToegestaan']);
  expect(soortenVan('IB007', '2.1')).toEqual(['berichtTeGroot']);
});

const FO01 = path.join(NORM, 'fo01.json');
if (!existsSync(FO01)) console.warn(`Skipped: no lists of fault codes in ${NORM}. Set KNOOPPUNT_NORM.`);
interface Normlijst {
  readonly id: string;
  readonly codes: readonly {
    readonly code: string;
    readonly description: string;
    readonly explanation: string | null;
  }[];
}

describe.skipIf(!existsSync(FO01))('against the lists of the norm', () => {
  const { lists } = existsSync(FO01)
    ? (JSON.parse(readFileSync(FO01, 'utf8')) as { readonly lists: readonly Normlijst[] })
    : { lists: [] };
  const lijstVan = (naam: string): Normlijst | undefined => lists.find(({ id }) => id.startsWith(naam));

  test.each(FOUTLIJSTEN)('every code of %s is in that list', (lijst) => {
    const bekend = new Set(lijstVan(lijst)?.codes.map(({ code }) => code));
    const codes = FOUT_SOORTEN.map((soort) => foutcode(soort, lijst)).filter((gevonden) => gevonden.lijst === lijst);
    expect(codes.filter(({ code }) => !bekend.has(code))).toEqual([]);
  });

  test('no omschrijving is that of the norm: the texts are of this project', () => {
    const teksten = new Set(
      lists.flatMap(({ codes }) => codes.flatMap(({ description, explanation }) => [description, explanation ?? ''])),
    );
    const kaal = (zin: string): string =>
      zin
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim();
    const officieel = new Set([...teksten].map(kaal));
    for (const soort of FOUT_SOORTEN) expect(officieel.has(kaal(foutcode(soort).omschrijving)), soort).toBe(false);
  });
});
