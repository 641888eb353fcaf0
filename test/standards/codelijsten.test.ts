/** The code lists of the norm against what the XSDs, the windows and the gemeenten of this project say. Skipped without the norm. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { geldigOp } from '#src/standards/codelijsten/geldigheid.ts';
import gemeenten from '#src/standards/codelijsten/gemeenten.json' with { type: 'json' };
import { GEMEENTEN_2026, isGemeente } from '#src/standards/codelijsten/gemeenten.ts';
import { VENSTERLIJSTEN } from '#src/standards/codelijsten/vensters.ts';
import { leesSchema } from '../../gereedschap/schema.ts';
import { NORM } from '../xsd/schemas.ts';

interface Codelijst {
  readonly id: string;
  readonly element: string;
  readonly domain: readonly Domein[];
  readonly xsdEnumeration?: boolean;
  readonly codes: readonly { readonly code: string; readonly meaning: string; readonly validFrom?: string }[];
}

const BESTAND = path.join(NORM, 'codelists.json');
const heeftLijsten = existsSync(BESTAND);
if (!heeftLijsten) console.warn(`Skipped: no code lists in ${BESTAND}. Set KNOOPPUNT_NORM.`);
const LIJSTEN: readonly Codelijst[] = heeftLijsten ? JSON.parse(readFileSync(BESTAND, 'utf8')) : [];

const BASIS = path.resolve(import.meta.dirname, '../../xsd');
/** Type → values of its enumeration, in the XSDs of this project. */
const enumeraties = (domein: Domein): ReadonlyMap<string, readonly string[]> => {
  const { enkelvoudig } = leesSchema(readFileSync(path.join(BASIS, domein, '3.2/basisschema.xsd'), 'utf8'));
  return new Map(enkelvoudig.filter(({ codes }) => codes.length > 0).map(({ naam, codes }) => [naam, codes]));
};

describe.skipIf(!heeftLijsten)('the code lists of the norm', () => {
  describe.each(DOMEINEN)('%s', (domein) => {
    const lijsten = LIJSTEN.filter(({ domain, xsdEnumeration }) => xsdEnumeration && domain.includes(domein));
    const eigen = enumeraties(domein);

    test('are in the XSD, with exactly their codes', () => {
      const verwacht = lijsten.map(({ id, element, codes }) => [id, element, codes.map(({ code }) => code).sort()]);
      expect(verwacht.length).toBeGreaterThan(20);
      expect(lijsten.map(({ id, element }) => [id, element, eigen.get(element)?.toSorted()])).toEqual(verwacht);
    });

    test('are all that the XSD enumerates', () => {
      const bekend = new Set(lijsten.map(({ element }) => element));
      expect([...eigen.keys()].filter((type) => !bekend.has(type))).toEqual([]);
    });
  });

  test('that name a first day have it in the table, and no others', () => {
    const metVenster = LIJSTEN.filter(({ codes }) => codes.some(({ validFrom }) => validFrom !== undefined));
    expect(VENSTERLIJSTEN.map(({ lijst, domein, codes }) => ({ lijst, domein: domein && [domein], codes }))).toEqual(
      metVenster.map(({ id, domain, codes }) => ({
        lijst: id,
        domein: domain,
        codes: Object.fromEntries(codes.map(({ code, validFrom }) => [code, { vanaf: validFrom }])),
      })),
    );
  });

  test('have the gemeenten that ship', () => {
    const cbs = LIJSTEN.find(({ id }) => id === 'CBS')?.codes.map(({ code, meaning }) => [code, meaning]);
    expect(Object.entries(gemeenten).sort()).toEqual(cbs?.sort());
  });
});

test.each([
  ['2021-12-31', false],
  ['2022-01-01', true],
  ['2022-12-31', true],
  ['2023-01-01', false],
  ['10000-01-01', false],
  ['-0044-03-15', false],
])('a validity with both days counts both: %s', (dag, geldig) => {
  expect(geldigOp({ vanaf: '2022-01-01', tot: '2022-12-31' }, dag)).toBe(geldig);
});

test.each([
  ['0344', '2026-07-01', true],
  ['0344', '1999-01-01', true],
  ['9999', '2026-01-01', false],
  ['9999', '2026-12-31', false],
  ['9999', '2025-12-31', undefined],
  ['9999', '2027-01-01', undefined],
  ['9999', '10000-01-01', undefined],
  ['toString', '2026-01-01', false],
])('the list that ships only tells of its own year what is no gemeente: %s on %s', (code, dag, verwacht) => {
  expect(isGemeente(GEMEENTEN_2026, code, dag)).toBe(verwacht);
});
