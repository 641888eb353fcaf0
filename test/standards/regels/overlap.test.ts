/** Which products overlap: the cases that must pass, the order of the message, and a hostile number of products. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Domein } from '#src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';
import { controleer } from '#src/standards/controle.ts';
import { overlapt } from '#src/standards/datum.ts';
import { overlappingen, type Zorgproduct } from '#src/standards/gedeeld/overlap.ts';
import { leesSchema } from '../../../gereedschap/schema.ts';
import { type Bericht, bouw, soortVan } from '../../hulp/bouwer.ts';
import { rekentijd } from '../../hulp/duur.ts';
import { maakToeval } from '../../hulp/toeval.ts';
import { VUL, type Zorg } from './overlap.ts';

const VRIJ = new Set(['11', '12', '13', '14']);
const GEEN: ReadonlySet<string> = new Set();
const bronnen = { peildatum: '2026-11-22', gemeenten: GEMEENTEN_2026, productcodes: { iwmo: {}, ijw: {} } };

const JUNI = { begin: '2026-06-01', einde: '2026-06-30' };
const MET_CODE = { categorie: '02', code: '02A05', ...JUNI };
const ANDERE_CODE = { categorie: '02', code: '02A06', ...JUNI };
const ZONDER_CODE = { categorie: '02', ...JUNI };
const ANDERE_CATEGORIE = { categorie: '08', ...JUNI };
const VRIJE = { categorie: '12', code: '12A01', ...JUNI };
const VRIJE_ZONDER_CODE = { categorie: '12', ...JUNI };

/** Every category of the code list of a standard. */
const categorieenVan = (domein: Domein): readonly string[] => {
  const bestand = path.resolve(import.meta.dirname, '../../../xsd', domein, '3.2/basisschema.xsd');
  const type = leesSchema(readFileSync(bestand, 'utf8')).enkelvoudig.find(
    ({ naam }) => naam === 'LDT_ProductCategorie',
  );
  if (!type || type.codes.length < 5) throw new Error(`there are no categories in ${bestand}`);
  return type.codes;
};

const bevindingen = (domein: Domein, nummer: '301' | '315' | '317', zorg: readonly Zorg[]) => {
  const bytes = bouw(domein, nummer, VUL[nummer](zorg) as (bericht: object) => void);
  return controleer(bytes, soortVan(domein, nummer), { niveau: 2, bronnen }).bevindingen;
};

describe.each(['301', '315', '317'] as const)('%s', (nummer) => {
  test.each<[string, readonly Zorg[]]>([
    ['different codes of one category', [MET_CODE, ANDERE_CODE]],
    ['different categories', [ZONDER_CODE, ANDERE_CATEGORIE]],
    ['a category that may overlap', [VRIJE, { ...VRIJE, begin: '2026-06-02' }]],
    ['a category that may overlap, without codes', [VRIJE_ZONDER_CODE, { ...VRIJE_ZONDER_CODE, begin: '2026-06-02' }]],
    ['a category that may overlap, with and without a code', [VRIJE, VRIJE_ZONDER_CODE]],
    ['no category beside one that may overlap', [JUNI, VRIJE, VRIJE_ZONDER_CODE]],
    ['one day after another', [MET_CODE, { ...MET_CODE, begin: '2026-07-01', einde: '2026-07-31' }]],
  ])('iWmo accepts %s', (_, zorg) => {
    expect(bevindingen('iwmo', nummer, zorg)).toEqual([]);
  });

  test('iWmo accepts no other category twice, and iJw none at all', () => {
    const twee = (categorie: string): readonly Zorg[] => [
      { ...JUNI, categorie },
      { ...JUNI, categorie, begin: '2026-06-02' },
    ];
    for (const domein of ['iwmo', 'ijw'] as const)
      for (const categorie of categorieenVan(domein)) {
        const verwacht = domein === 'iwmo' && VRIJ.has(categorie) ? [] : ['fout'];
        expect([categorie, bevindingen(domein, nummer, twee(categorie)).map(({ ernst }) => ernst)]).toEqual([
          categorie,
          verwacht,
        ]);
      }
  });
});

describe('removed allocations do not count', () => {
  const verwijder =
    (RedenWijziging: '01' | '13' | '02') =>
    (bericht: Bericht<'301'>): void => {
      const dag = '2026-06-10';
      VUL['301']([MET_CODE, { ...MET_CODE, begin: dag, einde: dag }])(bericht);
      const [, tweede] = bericht.Client.ToegewezenProducten.ToegewezenProduct;
      if (tweede) tweede.RedenWijziging = RedenWijziging;
    };
  test.each([
    ['13', []],
    ['01', ['CS336']],
    ['02', ['TR302']],
  ] as const)('with RedenWijziging %s', (reden, regels) => {
    for (const domein of ['iwmo', 'ijw'] as const) {
      const bytes = bouw(domein, '301', (bericht) => {
        verwijder(reden)(bericht);
        for (const { Product } of bericht.Client.ToegewezenProducten.ToegewezenProduct)
          if (Product && domein === 'ijw') Product.Categorie = '45';
      });
      const gevonden = controleer(bytes, soortVan(domein, '301'), { niveau: 2, bronnen }).bevindingen;
      expect(gevonden.map(({ regel }) => regel)).toEqual(regels);
    }
  });
});

describe('overlappingen', () => {
  test('names each product once, as serious as its worst overlap', () => {
    const producten = [MET_CODE, ZONDER_CODE, ZONDER_CODE, MET_CODE, ANDERE_CATEGORIE];
    expect([...overlappingen(producten, GEEN)]).toEqual([
      [1, 'waarschuwing'],
      [2, 'fout'],
      [3, 'fout'],
    ]);
  });

  test('a long one is not forgotten behind a short one', () => {
    const lang = { ...MET_CODE, einde: undefined };
    const kort = { ...MET_CODE, begin: '2026-06-02', einde: '2026-06-03' };
    const laat = { ...MET_CODE, begin: '2030-01-01', einde: '2030-01-01' };
    expect([...overlappingen([lang, kort, laat], GEEN).keys()]).toEqual([1, 2]);
  });

  test('one that stands aside is compared with the others, and the others not with it', () => {
    const later = { ...MET_CODE, begin: '2026-06-10' };
    const laatst = { ...MET_CODE, begin: '2026-06-20' };
    const terzijde = (...nrs: readonly number[]) => [
      ...overlappingen([MET_CODE, later, laatst], GEEN, new Set(nrs)).keys(),
    ];
    expect(terzijde()).toEqual([1, 2]);
    expect(terzijde(0)).toEqual([2]);
    expect(terzijde(0, 1)).toEqual([]);
    expect(terzijde(1, 2)).toEqual([1, 2]);
    expect(terzijde(0, 1, 2)).toEqual([]);
  });

  test('one that ends before it begins has no days', () => {
    const leeg = { ...MET_CODE, begin: '2026-06-20', einde: '2026-06-10' };
    expect(overlappingen([leeg, MET_CODE, leeg], GEEN).size).toBe(0);
  });

  test('a year may have more digits', () => {
    const ver = { ...MET_CODE, begin: '10000-01-01', einde: '10000-01-02' };
    expect(overlappingen([{ ...MET_CODE, einde: '9999-12-31' }, ver], GEEN).size).toBe(0);
    expect(overlappingen([{ ...MET_CODE, einde: '10000-01-01' }, ver], GEEN).size).toBe(1);
  });

  test('agrees with comparing every two products', () => {
    const toeval = maakToeval(20260601);
    const dag = (nr: number): string => `2026-01-${String(nr).padStart(2, '0')}`;
    const maak = (): Zorgproduct => {
      const begin = toeval.geheel(2, 28);
      const categorie = toeval.kies([undefined, '02', '02', '08', '12']);
      return {
        categorie,
        code: categorie && toeval.kies([undefined, 'A', 'B']),
        begin: dag(begin),
        einde: toeval.kans(0.1) ? undefined : dag(begin + toeval.geheel(-1, 3)),
      };
    };
    for (let ronde = 0; ronde < 2000; ronde += 1) {
      const producten = Array.from({ length: toeval.geheel(2, 8) }, maak);
      expect(overlappingen(producten, VRIJ)).toEqual(paarsgewijs(producten, VRIJ));
    }
  });

  test('30,000 products take well under a second, whatever they are', () => {
    const aantal = 30_000;
    const dag = (nr: number): string => `${2000 + (nr % 8000)}-01-01`;
    const soorten: readonly ((nr: number) => Zorgproduct)[] = [
      (nr) => ({ begin: dag(nr) }),
      (nr) => ({ categorie: '02', begin: dag(nr), einde: dag(nr) }),
      (nr) => ({ categorie: '02', code: String(nr), begin: dag(aantal - nr), einde: '9999-01-01' }),
    ];
    for (const maak of soorten) {
      const producten = Array.from({ length: aantal }, (_, nr) => maak(nr));
      expect(rekentijd(() => overlappingen(producten, GEEN))).toBeLessThan(1000);
    }
  });
});

/** The same question put to every pair, in so many words. */
function paarsgewijs(producten: readonly Zorgproduct[], vrij: ReadonlySet<string>) {
  const gevonden = new Map<number, 'fout' | 'waarschuwing'>();
  for (const [nr, later] of producten.entries()) {
    for (const [eerderNr, eerder] of producten.entries()) {
      const begonEerder = eerder.begin < later.begin || (eerder.begin === later.begin && eerderNr < nr);
      if (!begonEerder || !overlapt(eerder, later)) continue;
      const ernst = verhouding(eerder, later, vrij);
      if (ernst && gevonden.get(nr) !== 'fout') gevonden.set(nr, ernst);
    }
  }
  return gevonden;
}
function verhouding(a: Zorgproduct, b: Zorgproduct, vrij: ReadonlySet<string>): 'fout' | 'waarschuwing' | undefined {
  if (vrij.has(a.categorie ?? '') || vrij.has(b.categorie ?? '')) return undefined;
  if (a.categorie === undefined || b.categorie === undefined) return 'fout';
  if (a.categorie !== b.categorie) return undefined;
  if (a.code === b.code) return 'fout';
  return a.code === undefined || b.code === undefined ? 'waarschuwing' : undefined;
}
