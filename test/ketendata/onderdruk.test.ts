/**
 * The national figures tell nothing of what is withheld. Shown by chance: in random worlds every withheld cell is given other values that are
 * withheld too, and everything anybody can ask for stays the same, byte for byte. And by an attacker who subtracts what was published.
 */
import { describe, expect, test } from 'vitest';
import { alsCsv } from '#src/ketendata/inzicht/csv.ts';
import { GROEPEN, type Groep } from '#src/ketendata/inzicht/regels/groepen.ts';
import { INDICATOREN } from '#src/ketendata/inzicht/regels/indicatoren.ts';
import {
  type Gepubliceerd,
  LANDELIJKE_SPLITSINGEN,
  landelijkeCijfers,
} from '#src/ketendata/inzicht/regels/landelijk.ts';
import {
  type Geheel,
  type Inbreng,
  MIN_AANTAL,
  magBekend,
  publiceer,
} from '#src/ketendata/inzicht/regels/onderdruk.ts';
import { zondagVan } from '#src/ketendata/inzicht/regels/weken.ts';
import { maakToeval, type Toeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';

const RONDES = 20;
const SOORTEN = ['WMO301', 'WMO302', 'WMO323', 'WMO315'] as const;
const BLOKKEN = ['2026-06-08', '2026-07-06'] as const;
const LANDELIJK = INDICATOREN.filter(({ landelijk }) => landelijk);
const WLZ = 'wlz-toets';

/** What really happened: messages, each of one gemeente and one aanbieder, in the part of every groep that it counts in. */
interface Gebeurd {
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly berichtsoort: string;
  readonly groep: string;
  readonly deel: string;
  readonly aantal: number;
  readonly som: number;
}

const plek = ({ berichtsoort, groep, deel }: { berichtsoort: string; groep: string; deel: string }): string =>
  `${berichtsoort} ${groep} ${deel}`;

function cel(toeval: Toeval, berichtsoort: string, { naam, kanten }: Groep, deel: string): readonly Gebeurd[] {
  const breed = toeval.kies([1, 2, 3, 4, 8]);
  return Array.from({ length: toeval.kies([0, 1, 3, 6, 12]) }, () => ({
    gemeente: `000${toeval.geheel(1, breed)}`,
    aanbieder: kanten.includes('aanbieder') ? `9800000${toeval.geheel(1, breed)}` : '',
    berichtsoort,
    groep: naam,
    deel,
    aantal: toeval.kies([1, 1, 2, 5]),
    som: toeval.geheel(0, 9000),
  }));
}

const wereld = (toeval: Toeval): readonly Gebeurd[] =>
  SOORTEN.flatMap((berichtsoort) =>
    GROEPEN.filter(({ naam }) => naam !== WLZ).flatMap((groep) =>
      toeval.kans(0.8) ? groep.delen.flatMap((deel) => cel(toeval, berichtsoort, groep, deel)) : [],
    ),
  );

const inbrengVan = (gebeurd: readonly Gebeurd[]): readonly Inbreng[] =>
  gebeurd.flatMap(({ gemeente, aanbieder, ...rij }) => [
    { ...rij, release: '3.2', kant: 'gemeente' as const, organisatie: gemeente },
    ...(aanbieder === '' ? [] : [{ ...rij, release: '3.2', kant: 'aanbieder' as const, organisatie: aanbieder }]),
  ]);

const uitgave = (blokken: readonly (readonly Geheel[])[]): readonly Gepubliceerd[] =>
  blokken.flatMap((gehelen, nr) => gehelen.map((geheel) => ({ ...geheel, domein: 'iwmo', blok: BLOKKEN[nr] ?? '' })));

/** Everything that anybody can ask for: every split, every soort alone, every block alone and against the other, as numbers and as CSV. */
function allesWatTeVragenIs(gepubliceerd: readonly Gepubliceerd[]): string {
  const keuzes = [
    gepubliceerd,
    ...SOORTEN.map((soort) => gepubliceerd.filter(({ berichtsoort }) => berichtsoort === soort)),
    ...SOORTEN.map((soort) => gepubliceerd.filter(({ berichtsoort }) => berichtsoort !== soort)),
  ];
  const antwoorden = keuzes.flatMap((keuze) => {
    const [eerste, tweede] = BLOKKEN.map((blok) => keuze.filter((geheel) => geheel.blok === blok));
    return [undefined, ...LANDELIJKE_SPLITSINGEN].flatMap((splitsing) => [
      landelijkeCijfers(LANDELIJK, keuze, undefined, splitsing),
      landelijkeCijfers(LANDELIJK, tweede ?? [], eerste, splitsing),
    ]);
  });
  const weken = { eerste: BLOKKEN[0], laatste: BLOKKEN[1] };
  return antwoorden.map((cijfers) => alsCsv({ weken, vergelijking: weken, cijfers }, zondagVan)).join('\n');
}

/** Other values for a withheld whole that leave it withheld, and withheld for the same reason: it is too small, or its likes are. */
function verander(toeval: Toeval, gebeurd: readonly Gebeurd[], { berichtsoort, groep }: Geheel): readonly Gebeurd[] {
  const deel = toeval.kies(GROEPEN.find(({ naam }) => naam === groep)?.delen ?? []);
  const deze = plek({ berichtsoort, groep, deel });
  const rest = gebeurd.filter((rij) => plek(rij) !== deze);
  const nieuw = Array.from({ length: toeval.geheel(1, MIN_AANTAL - 1) }, () => ({
    ...{ berichtsoort, groep, deel, aantal: 1, som: toeval.geheel(0, 9000) },
    gemeente: `000${toeval.geheel(1, 5)}`,
    aanbieder: `9800000${toeval.geheel(1, 5)}`,
  }));
  return [...rest, ...nieuw];
}

test(`another value of a withheld cell changes no byte of anything published (seed ${ZAAD})`, () => {
  const toeval = maakToeval(ZAAD);
  let veranderd = 0;
  let bekend = 0;
  for (let ronde = 0; ronde < RONDES; ronde += 1) {
    const blokken = BLOKKEN.map(() => wereld(toeval));
    const gehelen = blokken.map((blok) => publiceer(inbrengVan(blok)));
    bekend += gehelen.flat().filter(({ cellen }) => cellen).length;
    const achter = (gehelen[0] ?? []).filter(({ cellen }) => cellen === null);
    if (achter.length === 0) continue;
    const voor = allesWatTeVragenIs(uitgave(gehelen));
    // All of them at once: every one has a value that nobody can know.
    const anders = achter.reduce((wereld, geheel) => verander(toeval, wereld, geheel), blokken[0] ?? []);
    veranderd += achter.length;
    const na = allesWatTeVragenIs(uitgave([publiceer(inbrengVan(anders)), ...gehelen.slice(1)]));
    expect(na, `seed ${ZAAD}, round ${ronde}`).toBe(voor);
  }
  expect(veranderd).toBeGreaterThan(RONDES);
  expect(bekend).toBeGreaterThan(RONDES);
});

/** Many organisations, so that only the size of a cell decides. */
const van = (berichtsoort: string, groep: string, deel: string, aantal: number): readonly Gebeurd[] =>
  Array.from({ length: aantal }, (_, nr) => ({
    ...{ berichtsoort, groep, deel, aantal: 1, som: 100 },
    gemeente: `000${nr % 5}`,
    aanbieder: `9800000${nr % 5}`,
  }));
const publicatieVan = (...gebeurd: readonly (readonly Gebeurd[])[]): readonly Geheel[] =>
  publiceer(inbrengVan(gebeurd.flat()));
const geheelVan = (gehelen: readonly Geheel[], soort: string, groep: string): Geheel['cellen'] | undefined =>
  gehelen.find((geheel) => geheel.berichtsoort === soort && geheel.groep === groep)?.cellen;
const cijfer = (gehelen: readonly Gepubliceerd[], id: string) =>
  landelijkeCijfers(
    LANDELIJK.filter((indicator) => indicator.id === id),
    gehelen,
    undefined,
    undefined,
  )[0];

describe('an attacker subtracts', () => {
  const groot = van('WMO301', 'volume', 'alle', 100);
  const klein = van('WMO315', 'volume', 'alle', 4);

  test('all soorten less all but one: nothing of the small one is in the total', () => {
    const gehelen = uitgave([publicatieVan(groot, klein)]);
    const zonder = gehelen.filter(({ berichtsoort }) => berichtsoort !== 'WMO315');
    expect(cijfer(gehelen, 'berichten')).toMatchObject({ waarde: 100, onderdrukt: 1 });
    expect(cijfer(zonder, 'berichten')).toMatchObject({ waarde: 100, onderdrukt: 0 });
    expect(
      cijfer(
        gehelen.filter(({ berichtsoort }) => berichtsoort === 'WMO315'),
        'berichten',
      )?.waarde,
    ).toBeNull();
  });

  test('a long period less a short one', () => {
    const gehelen = uitgave([publicatieVan(groot), publicatieVan(van('WMO301', 'volume', 'alle', 3))]);
    expect(cijfer(gehelen, 'berichten')?.waarde).toBe(cijfer(gehelen.slice(0, 1), 'berichten')?.waarde);
  });

  test('a whole less its large part: the parts are withheld together', () => {
    const gehelen = publicatieVan(
      groot,
      van('WMO301', 'uitkomst', 'verwerkt', 97),
      van('WMO301', 'uitkomst', 'afgekeurd', 3),
    );
    expect(geheelVan(gehelen, 'WMO301', 'volume')).toHaveLength(1);
    expect(geheelVan(gehelen, 'WMO301', 'uitkomst')).toBeNull();
  });

  test('a share of a total that is known: there is no share when a part is withheld', () => {
    const gehelen = uitgave([
      publicatieVan(groot, van('WMO301', 'uitkomst', 'verwerkt', 97), van('WMO301', 'uitkomst', 'afgekeurd', 3)),
    ]);
    expect(cijfer(gehelen, 'afgekeurd')).toMatchObject({ waarde: null, teller: null, noemer: null, onderdrukt: 1 });
  });

  test('answers in time and late are as many as were processed: withheld with it', () => {
    const gehelen = publicatieVan(
      groot,
      van('WMO301', 'uitkomst', 'verwerkt', 97),
      van('WMO301', 'uitkomst', 'afgekeurd', 3),
      van('WMO301', 'norm-R1', 'tijdig', 90),
      van('WMO301', 'norm-R1', 'niet-tijdig', 7),
    );
    expect(geheelVan(gehelen, 'WMO301', 'norm-R1')).toBeUndefined();
  });

  test('retouren are as many as were answered: withheld when the late ones are', () => {
    const gehelen = publicatieVan(
      groot,
      van('WMO301', 'uitkomst', 'verwerkt', 100),
      van('WMO301', 'norm-R1', 'tijdig', 98),
      van('WMO301', 'norm-R1', 'niet-tijdig', 2),
      van('WMO301', 'retour', 'schoon', 60),
      van('WMO301', 'retour', 'fouten', 39),
    );
    expect(geheelVan(gehelen, 'WMO301', 'uitkomst')).toHaveLength(2);
    expect(geheelVan(gehelen, 'WMO301', 'retour')).toBeUndefined();
  });

  test('a part of nothing is no secret: it does not hide the rest', () => {
    const gehelen = publicatieVan(groot, van('WMO301', 'uitkomst', 'verwerkt', 100));
    expect(geheelVan(gehelen, 'WMO301', 'uitkomst')).toEqual([
      { deel: 'verwerkt', aantal: 100, som: 10_000 },
      { deel: 'afgekeurd', aantal: 0, som: 0 },
    ]);
  });
});

describe('a cell is known only when it is of many', () => {
  const rijen = (aantallen: readonly number[], som = aantallen): readonly Inbreng[] =>
    inbrengVan(
      aantallen.map((aantal, nr) => ({
        ...{ berichtsoort: 'WMO301', groep: 'volume', deel: 'alle', aantal, som: som[nr] ?? 0 },
        gemeente: `000${nr}`,
        aanbieder: `9800000${nr}`,
      })),
    );
  test.each([
    ['nothing at all', [], undefined, true],
    ['four messages', [2, 1, 1], undefined, false],
    ['five of three', [2, 2, 1], undefined, true],
    ['of two organisations', [50, 50], undefined, false],
    ['of one that is more than three quarters', [76, 12, 12], undefined, false],
    ['of one that is three quarters', [75, 13, 12], undefined, true],
    ['of whom one has nearly all the money', [30, 30, 30], [99_000, 10, 10], false],
    ['of whom one gives back what the others have', [30, 30, 30], [100, 100, -200], false],
    ['without money', [30, 30, 30], [0, 0, 0], true],
  ] as const)('%s', (_, aantallen, som, mag) => {
    expect(magBekend(rijen(aantallen, som ?? aantallen), ['gemeente', 'aanbieder'])).toBe(mag);
  });

  test('of many gemeenten but of one aanbieder only', () => {
    const een = van('WMO301', 'volume', 'alle', 50).map((rij) => ({ ...rij, aanbieder: '98000001' }));
    expect(geheelVan(publicatieVan(een), 'WMO301', 'volume')).toBeNull();
  });

  test('a figure that has no aanbieder is judged by its gemeenten', () => {
    const toetsen = [...van('', WLZ, 'ja', 20), ...van('', WLZ, 'nee', 20)].map((rij) => ({ ...rij, aanbieder: '' }));
    expect(geheelVan(publicatieVan(toetsen), '', WLZ)).toHaveLength(2);
  });
});

test('every national indicator is made of parts that there are', () => {
  for (const { landelijk, id } of LANDELIJK) {
    const groep = GROEPEN.find(({ naam }) => naam === landelijk?.groep);
    expect(groep, id).toBeDefined();
    for (const deel of landelijk?.teller ?? []) expect(groep?.delen, id).toContain(deel);
  }
  const volgorde = GROEPEN.map(({ naam }) => naam);
  for (const { naam, na } of GROEPEN)
    for (const eerder of na) expect(volgorde.indexOf(eerder), naam).toBeLessThan(volgorde.indexOf(naam));
});

/**
 * One soort, small enough to write out every way in which it can have gone: so many messages, of which some processed, some answered in time, some
 * late, some never, and so on. Whoever knows how all of this hangs together has still every possibility for each withheld part.
 */
test('of everything that can have happened, no publication rules out a small value of a withheld part', () => {
  const mogelijk = new Map<string, Map<string, Set<number>>>();
  const tot = (einde: number): readonly number[] => Array.from({ length: einde + 1 }, (_, nr) => nr);
  for (const volume of [7, 9, 11])
    for (const verwerkt of tot(volume))
      for (const tijdig of tot(verwerkt))
        for (const open of tot(verwerkt - tijdig).filter((aantal) => aantal < 3))
          for (const [schoon, metRetour] of tot(verwerkt - open).flatMap((aantal) =>
            // What the switch refused got a retour, or a Fo01.
            [0, volume - verwerkt].map((retouren) => [aantal, retouren] as const),
          )) {
            const afgekeurd = volume - verwerkt;
            const delen: readonly (readonly [string, string, number])[] = [
              ['volume', 'alle', volume],
              ['uitkomst', 'verwerkt', verwerkt],
              ['uitkomst', 'afgekeurd', afgekeurd],
              ['norm-R1', 'tijdig', tijdig],
              ['norm-R1', 'niet-tijdig', verwerkt - tijdig],
              ['retour', 'schoon', schoon],
              ['retour', 'fouten', verwerkt - open - schoon + metRetour],
            ];
            const gehelen = publicatieVan(...delen.map(([groep, deel, aantal]) => van('WMO301', groep, deel, aantal)));
            const bekend = new Set(gehelen.filter(({ cellen }) => cellen !== null).map(({ groep }) => groep));
            const tekst = JSON.stringify(gehelen);
            const waarden = mogelijk.get(tekst) ?? new Map<string, Set<number>>();
            mogelijk.set(tekst, waarden);
            for (const [groep, deel, aantal] of delen)
              if (!bekend.has(groep)) {
                const naam = `${groep} ${deel}`;
                waarden.set(naam, (waarden.get(naam) ?? new Set()).add(aantal));
              }
          }
  const verraden = [...mogelijk].flatMap(([tekst, waarden]) =>
    // Whatever small number it may be, it may be every other as well. Where there was nothing, nobody is told of.
    [...waarden]
      .filter(([, set]) => Math.max(...set) > 0 && ![1, 2, 3, 4].every((klein) => set.has(klein)))
      .map(([naam]) => `${naam}: ${tekst}`),
  );
  expect(mogelijk.size).toBeGreaterThan(20);
  expect(verraden).toEqual([]);
});
