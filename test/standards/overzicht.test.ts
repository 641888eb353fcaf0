/**
 * The table of rules is complete and says what the norm says: every code is either checked or has a reason why not, with the level, the
 * retourcode and the places of the norm, in words of our own. And docs/regels.md is that table.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOSSIERREGELS } from '#src/dossier/dossierregels.ts';
import { alleRegels } from '#src/regeltabel.ts';
import { BERICHTSOORTEN, DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { ELDERS } from '#src/standards/elders.ts';
import type { Plaats } from '#src/standards/elders-rij.ts';
import { REGELS } from '#src/standards/regelset.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import type { Klasse } from '#src/xml/structuur.ts';
import { PAGINA, regelspagina } from '../../gereedschap/regels-pagina.ts';
import { NORM } from '../xsd/schemas.ts';

const rijen = alleRegels();
const codes = <T extends { readonly code: string }>(lijst: readonly T[]): readonly string[] =>
  [...new Set(lijst.map(({ code }) => code))].sort();
const domeinen = ({ domein }: Plaats): readonly Domein[] => (domein ? [domein] : DOMEINEN);
const soortVan = (domein: Domein, nummer: string) =>
  BERICHTSOORTEN.find((soort) => soort.domein === domein && soort.nummer === nummer);

/** WMO301 ToegewezenProduct Einddatum, for every message of these places. */
const uitgeschreven = (plaatsen: readonly Plaats[]): readonly string[] =>
  plaatsen
    .flatMap((plek) =>
      domeinen(plek).flatMap((domein) =>
        plek.berichten.map((nr) => `${soortVan(domein, nr)?.code} ${plek.klasse} ${plek.element}`.trimEnd()),
      ),
    )
    .sort();
const berichtenVan = (plaatsen: readonly Plaats[], domein: Domein): readonly string[] => {
  const namen = plaatsen
    .filter((plek) => domeinen(plek).includes(domein))
    .flatMap(({ berichten }) => berichten.map((nr) => `${soortVan(domein, nr)?.code}`));
  return [...new Set(namen)].sort();
};

/** Either list, with the places under one name. */
const ALLE = [
  ...REGELS.map(({ toepassingen, ...regel }) => ({ ...regel, plaatsen: toepassingen, elders: false })),
  ...DOSSIERREGELS.map((regel) => ({ ...regel, elders: false })),
  ...ELDERS.map((regel) => ({ ...regel, plaatsen: regel.plaatsen, elders: true })),
];

describe('the table', () => {
  test('has one row per code, sorted by kind and code', () => {
    expect(codes(rijen)).toHaveLength(rijen.length);
    const orde = ['TR', 'CD', 'CS', 'RS', 'COD'];
    const sleutels = rijen.map(({ soort, code }) => `${orde.indexOf(soort)} ${code}`);
    expect(sleutels).toEqual(sleutels.toSorted());
  });

  test('has all rules of the norm', () => {
    const aantal = (soort: string): number => rijen.filter((rij) => rij.soort === soort).length;
    expect(['TR', 'CD', 'CS', 'RS'].map(aantal)).toEqual([80, 22, 19, 36]);
  });

  test('gives a reason for what is not checked, and for that alone', () => {
    for (const { code, status, reden, tekst, berichten, klassen, elementen } of rijen) {
      expect([code, reden === null]).toEqual([code, status === 'gecontroleerd']);
      for (const lijst of [tekst, berichten, klassen, elementen]) expect(lijst, code).not.toHaveLength(0);
    }
  });

  test('keeps a rule in one list', () => {
    expect(codes(ELDERS)).toHaveLength(ELDERS.length);
    expect(codes(ELDERS).filter((code) => [...REGELS, ...DOSSIERREGELS].some((regel) => regel.code === code))).toEqual(
      [],
    );
  });

  test('tells of a waarschuwing where a rule can give one', () => {
    const rij = (code: string) => rijen.find((deze) => deze.code === code);
    for (const { code, twijfel } of [...REGELS, ...DOSSIERREGELS]) {
      if (twijfel === undefined) continue;
      expect(twijfel).toMatch(/waarschuwing/i);
      expect(rij(code)?.twijfel).toContain(twijfel);
    }
  });

  test('rules with one code agree on their level and retourcode', () => {
    for (const groep of Map.groupBy([...REGELS, ...DOSSIERREGELS], ({ code }) => code).values())
      expect(new Set(groep.map(({ soort, niveau, retourcode }) => `${soort} ${niveau} ${retourcode}`)).size).toBe(1);
  });

  test('names only classes and elements that the messages have', () => {
    const bestaat = (klasse: Klasse, element: string): boolean => {
      let hier: Klasse | undefined = klasse;
      return (element === '' ? [] : element.split('.')).every((naam) => {
        const veld = hier?.opNaam.get(naam);
        hier = veld?.klasse;
        return veld !== undefined;
      });
    };
    const zoek = (klasse: Klasse, naam: string): Klasse | undefined => {
      if (klasse.naam === naam) return klasse;
      for (const { klasse: onder } of klasse.velden) {
        const gevonden = onder && zoek(onder, naam);
        if (gevonden) return gevonden;
      }
      return undefined;
    };
    const vreemd = ALLE.flatMap(({ code, plaatsen }) =>
      plaatsen.flatMap((plek) =>
        domeinen(plek).flatMap((domein) =>
          plek.berichten.flatMap((nummer) => {
            const soort = soortVan(domein, nummer);
            const klasse = soort && zoek(structuurVan(soort).wortel, plek.klasse);
            return klasse && bestaat(klasse, plek.element)
              ? []
              : [`${code} ${domein} ${nummer} ${plek.klasse} ${plek.element}`];
          }),
        ),
      ),
    );
    expect(vreemd).toEqual([]);
  });
});

test('docs/regels.md is up to date: npm run genereer', () => {
  expect(readFileSync(PAGINA, 'utf8')).toBe(regelspagina());
});

/** A technische regel, as the norm folder has it. */
interface Normregel {
  readonly code: string;
  readonly domain: readonly Domein[];
  readonly level: 'xslt' | 'berichtoverstijgend' | 'externe-bron';
  readonly retourcode: string | null;
  readonly berichten: readonly string[];
  readonly definitie: string;
  readonly toelichting: string | null;
  readonly elements: readonly string[];
}
interface Normcode {
  readonly code: string;
  readonly tekst: string;
  readonly retourcode: string | null;
  readonly enforcement: 'xsd' | 'code';
}
interface Normplaats {
  readonly code: string;
  readonly klasse: string;
  readonly element: string;
  readonly berichten: readonly string[];
  readonly enforcement: 'xsd' | 'code' | 'n.a.';
}

const bestanden = ['rules.json', 'conditions.json', 'codelists.json'].map((naam) => path.join(NORM, naam));
const heeftNorm = bestanden.every((bestand) => existsSync(bestand));
if (!heeftNorm)
  console.warn(`No norm in ${NORM}: the table of rules is not compared with it. KNOOPPUNT_NORM names another folder.`);
/** @returns what one of the files holds, or nothing of the kind without the norm */
const lees = <T>(nr: number, zonder: T): T =>
  heeftNorm ? (JSON.parse(readFileSync(`${bestanden[nr]}`, 'utf8')) as T) : zonder;

describe.skipIf(!heeftNorm)('against the norm', () => {
  const technisch = lees<readonly Normregel[]>(0, []);
  const { codes: condities, applications } = lees<{
    readonly codes: readonly Normcode[];
    readonly applications: readonly Normplaats[];
  }>(1, { codes: [], applications: [] });
  const codelijsten = lees<readonly { readonly id: string }[]>(2, []).map(({ id }) => id);

  const NIVEAUS = { xslt: 2, berichtoverstijgend: 3, 'externe-bron': 4 } as const;
  const RETOUREN = BERICHTSOORTEN.filter(({ aard }) => aard === 'retour').map(({ code }) => code);
  /** The norm writes WMO Retour for all retour messages. */
  const voluit = (bericht: string): readonly string[] =>
    bericht.endsWith(' Retour')
      ? RETOUREN.filter((code) => code.startsWith(bericht.slice(0, -' Retour'.length)))
      : [bericht];
  const plaatsenVan = (code: string) => ALLE.filter((regel) => regel.code === code).flatMap(({ plaatsen }) => plaatsen);

  test('every code is there, and no other', () => {
    const norm = codes([...technisch, ...condities]);
    expect(codes(rijen.filter(({ soort }) => soort !== 'COD'))).toEqual(norm);
  });

  test('every code list is one of the norm', () => {
    expect(rijen.filter(({ soort, code }) => soort === 'COD' && !codelijsten.includes(code))).toEqual([]);
  });

  test.each(technisch)('$code has the level, the retourcode and the messages of $domain', (norm) => {
    const regels = ALLE.filter(({ code }) => code === norm.code);
    expect(regels).not.toHaveLength(0);
    for (const { niveau, retourcode, soort } of regels)
      expect([soort, niveau, retourcode]).toEqual(['TR', NIVEAUS[norm.level], norm.retourcode]);
    for (const domein of norm.domain) {
      const eigen = norm.berichten.filter((code) => BERICHTSOORTEN.some((s) => s.code === code && s.domein === domein));
      expect(berichtenVan(plaatsenVan(norm.code), domein)).toEqual(eigen.toSorted());
    }
  });

  test('no technische regel is checked in a standard that does not have it', () => {
    const buiten = codes(technisch).flatMap((code) =>
      DOMEINEN.filter((domein) => !technisch.some((norm) => norm.code === code && norm.domain.includes(domein)))
        .filter((domein) => berichtenVan(plaatsenVan(code), domein).length > 0)
        .map((domein) => `${code} ${domein}`),
    );
    expect(buiten).toEqual([]);
  });

  test.each(technisch.filter(({ code }) => ELDERS.some((regel) => regel.code === code)))(
    '$code is at the places of $domain',
    ({ code, domain, elements, berichten }) => {
      // 323:Prestatie.ProductPeriode.Begindatum; an asterisk stands for all its messages.
      const norm = elements.flatMap((plek) => {
        const [, nummer = '', klasse = '', , element = ''] = /^(\*|\d+):(\w+)(\.(.*))?$/.exec(plek) ?? [];
        return berichten
          .filter((bericht) => nummer === '*' || bericht.endsWith(nummer))
          .map((bericht) => `${bericht} ${klasse} ${element}`.trimEnd());
      });
      const plaatsen = uitgeschreven(plaatsenVan(code));
      const eigen = BERICHTSOORTEN.filter(({ domein }) => domain.includes(domein)).map((soort) => soort.code);
      expect(plaatsen.filter((plek) => eigen.includes(plek.split(' ')[0] ?? ''))).toEqual(norm.sort());
    },
  );

  // A rule that compares several of a class is checked in the class that holds them, and TR101 and TR378 are about more than one element:
  // sleutels.test.ts and bronnen.test.ts say which.
  const MEER_PLAATSEN = ['TR101', 'TR378'];
  test.each(
    technisch.filter(({ code }) => REGELS.some((regel) => regel.code === code) && !MEER_PLAATSEN.includes(code)),
  )('$code is checked on every element of $domain', ({ code, domain, elements, berichten }) => {
    const norm = elements.flatMap((plek) => {
      const [nummer = '', element = ''] = plek.split(':');
      return berichten
        .filter((bericht) => nummer === '*' || bericht.endsWith(nummer))
        .map((bericht) => `${bericht} ${element}`);
    });
    const plaatsen = uitgeschreven(
      REGELS.filter((regel) => regel.code === code).flatMap(({ toepassingen }) => toepassingen),
    ).filter((plek) => BERICHTSOORTEN.some((soort) => domain.includes(soort.domein) && plek.startsWith(soort.code)));
    const is = (plaats: string, geval: string): boolean => {
      const [bericht, ...pad] = plaats.split(' ');
      const [ander, element] = geval.split(' ');
      return bericht === ander && `.${pad.join('.')}`.endsWith(`.${element}`);
    };
    expect(norm.filter((geval) => !plaatsen.some((plaats) => is(plaats, geval)))).toEqual([]);
    expect(plaatsen.filter((plaats) => !norm.some((geval) => is(plaats, geval)))).toEqual([]);
  });

  test.each(condities)('$code has the retourcode and the places of the norm', ({ code, enforcement, retourcode }) => {
    const regels = ALLE.filter((regel) => regel.code === code);
    expect(regels).not.toHaveLength(0);
    for (const regel of regels)
      expect([regel.niveau, regel.retourcode, regel.elders, regel.soort]).toEqual([
        enforcement === 'xsd' ? 1 : 2,
        retourcode,
        enforcement === 'xsd',
        code.slice(0, 2),
      ]);
    const norm = applications
      .filter((plek) => plek.code === code && plek.enforcement === enforcement)
      .flatMap(({ berichten, klasse, element }) =>
        berichten.flatMap(voluit).map((bericht) => `${bericht} ${klasse} ${element}`.trimEnd()),
      );
    expect(uitgeschreven(plaatsenVan(code))).toEqual(norm.sort());
  });

  test('the texts are our own words', () => {
    const LOOP = 8;
    const woorden = (tekst: string): readonly string[] => tekst.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const lopen = (tekst: string): readonly string[] => {
      const alle = woorden(tekst);
      return alle.slice(LOOP - 1).map((_, nr) => alle.slice(nr, nr + LOOP).join(' '));
    };
    const zinnen = [
      ...technisch.flatMap(({ definitie, toelichting }) => [definitie, toelichting ?? '']),
      ...condities.map(({ tekst }) => tekst),
    ];
    const heel = new Set(zinnen.map((zin) => woorden(zin).join(' ')));
    const stukken = new Set(zinnen.flatMap(lopen));
    const eigen = [
      ...REGELS.flatMap(({ code, tekst, melding, twijfel = '' }) =>
        [tekst, melding, twijfel].map((zin) => ({ code, zin })),
      ),
      ...ELDERS.flatMap(({ code, tekst, reden }) => [tekst, reden].map((zin) => ({ code, zin }))),
    ].filter(({ zin }) => zin !== '');
    const geleend = eigen.filter(
      ({ zin }) => heel.has(woorden(zin).join(' ')) || lopen(zin).some((stuk) => stukken.has(stuk)),
    );
    expect(geleend).toEqual([]);
  });
});
