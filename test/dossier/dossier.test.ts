/** The dossier in memory: which version counts, what a message that counts as not sent takes with it, and what a turn has to write down. */
import { describe, expect, test } from 'vitest';
import { Dossier, prestatiesleutel } from '#src/dossier/dossier.ts';
import type { Declaratie, Feiten, Herkomst, Levering, Prestatie, Toewijzing } from '#src/dossier/feiten.ts';

const bron = (volgorde: number): Herkomst => ({
  volgorde,
  berichtId: `bericht ${volgorde}`,
  dagtekening: '2026-03-01',
});

const TOEWIJZING: Toewijzing = {
  herkomst: bron(1),
  persoon: 'jan',
  nummer: 1001,
  toewijzingsdatum: '2026-03-01',
  toewijzingstijd: '09:00:00',
  ingangsdatum: '2026-03-01',
  einddatum: null,
  categorie: '02',
  code: '02A05',
  omvang: null,
  budget: null,
  redenWijziging: null,
  kenmerk: null,
};
const LEVERING: Levering = {
  herkomst: bron(1),
  persoon: 'jan',
  toewijzing: 1001,
  categorie: '02',
  code: '02A05',
  begindatum: '2026-03-02',
  soort: 'start',
  verwijdert: false,
  redenBeeindiging: null,
  einddatum: null,
};
const PRESTATIE: Prestatie = {
  herkomst: bron(1),
  persoon: 'jan',
  kenmerk: 'P1',
  vorig: null,
  toewijzing: 1001,
  categorie: '02',
  code: '02A05',
  begindatum: '2026-04-01',
  einddatum: '2026-04-30',
  volume: 12,
  eenheid: '04',
  tarief: 5000,
  bedrag: 60_000,
  credit: false,
  stand: 'ingediend',
};
const DECLARATIE: Declaratie = {
  herkomst: bron(1),
  identificatie: 'B1',
  nummer: 'D1',
  periode: '2026-04-01',
  dagtekening: '2026-05-01',
  basisVersie: '1.0.0',
  berichtVersie: '1.0.0',
};

const LEEG: Omit<Feiten, 'bericht'> = {
  toewijzingen: [],
  leveringen: [],
  verzoeken: [],
  antwoorden: [],
  declaraties: [],
  prestaties: [],
};
/** What the message at this place in the lane brought. */
function van(volgorde: number, nummer: string, feiten: Partial<Omit<Feiten, 'bericht'>>): Feiten {
  const herkomst = bron(volgorde);
  const eigen = Object.fromEntries(
    Object.entries(feiten).map(([soort, lijst]) => [soort, lijst.map((feit) => ({ ...feit, herkomst }))]),
  );
  return { ...LEEG, ...eigen, bericht: { herkomst, nummer, identificatie: `B${volgorde}` } };
}
const toewijzing = (volgorde: number, anders: Partial<Toewijzing> = {}): Feiten =>
  van(volgorde, '301', { toewijzingen: [{ ...TOEWIJZING, ...anders }] });

function met(...feiten: readonly Feiten[]): Dossier {
  const dossier = new Dossier();
  for (const deze of feiten) dossier.neem(deze);
  return dossier;
}
const plaatsen = (feiten: readonly { readonly herkomst: Herkomst }[]): readonly number[] =>
  feiten.map(({ herkomst }) => herkomst.volgorde);

describe('the version of a toewijzing that counts', () => {
  const geldt = (...versies: readonly Partial<Toewijzing>[]): number | undefined =>
    met(...versies.map((anders, nr) => toewijzing(nr + 1, anders))).toewijzing(1001, 'jan')?.herkomst.volgorde;

  test.each<[string, number, readonly Partial<Toewijzing>[]]>([
    ['the later day', 2, [{}, { toewijzingsdatum: '2026-03-02' }]],
    ['the later day, though it came first', 1, [{ toewijzingsdatum: '2026-03-02' }, {}]],
    ['the later time of one day', 1, [{ toewijzingstijd: '09:00:01' }, {}]],
    ['the later fraction of a second', 1, [{ toewijzingstijd: '09:00:00.5' }, {}]],
    ['the day before the time', 2, [{ toewijzingstijd: '23:59:59' }, { toewijzingsdatum: '2026-03-02' }]],
    ['of the same moment, the one that came last', 3, [{}, {}, {}]],
    ['a year of five digits', 1, [{ toewijzingsdatum: '10000-01-01' }, { toewijzingsdatum: '9999-01-01' }]],
  ])('is %s', (_, verwacht, versies) => {
    expect(geldt(...versies)).toBe(verwacht);
  });

  test('is of one person and one number', () => {
    const dossier = met(
      toewijzing(1),
      toewijzing(2, { persoon: 'piet', toewijzingsdatum: '2026-04-01' }),
      toewijzing(3, { nummer: 1002, toewijzingsdatum: '2026-04-01' }),
      toewijzing(4, { einddatum: '2026-12-31' }),
    );
    expect(dossier.toewijzing(1001, 'jan')?.herkomst.volgorde).toBe(4);
    expect(dossier.toewijzing(1001, 'piet')?.herkomst.volgorde).toBe(2);
    expect(dossier.toewijzing(1002, 'piet')).toBeUndefined();
    expect(plaatsen(dossier.versies(1001))).toEqual([1, 2, 4]);
    expect(plaatsen(dossier.toewijzingenVan('jan'))).toEqual([4, 3]);
    expect(dossier.toewijzingenVan('niemand')).toEqual([]);
  });

  test('is the one before it again once its message counts as not sent', () => {
    const dossier = met(toewijzing(1), toewijzing(2, { toewijzingsdatum: '2026-04-01' }));
    dossier.vergeet(2);
    expect(dossier.toewijzing(1001, 'jan')?.herkomst.volgorde).toBe(1);
    dossier.vergeet(1);
    expect(dossier.toewijzing(1001, 'jan')).toBeUndefined();
    expect(dossier.versies(1001)).toEqual([]);
  });
});

describe('a message that counts as not sent', () => {
  const alles = (volgorde: number): Feiten =>
    van(volgorde, '301', {
      toewijzingen: [{ ...TOEWIJZING, kenmerk: 'VOT-1' }],
      leveringen: [LEVERING],
      verzoeken: [{ herkomst: bron(0), persoon: 'jan', kenmerk: 'VOT-1' }],
      antwoorden: [{ herkomst: bron(0), kenmerk: 'VOT-1', inOnderzoek: false, redenAfwijzing: null }],
      declaraties: [DECLARATIE],
      prestaties: [{ ...PRESTATIE, vorig: 'P0' }],
    });
  const vragen: Readonly<Record<string, (dossier: Dossier) => readonly { readonly herkomst: Herkomst }[]>> = {
    versies: (dossier) => dossier.versies(1001),
    toewijzingenOp: (dossier) => dossier.toewijzingenOp('VOT-1'),
    leveringenVan: (dossier) => dossier.leveringenVan('jan'),
    verzoekenMet: (dossier) => dossier.verzoekenMet('VOT-1'),
    verzoekenVan: (dossier) => dossier.verzoekenVan('jan'),
    antwoordenOp: (dossier) => dossier.antwoordenOp('VOT-1'),
    declaratiesMet: (dossier) => dossier.declaratiesMet('D1'),
    declaratiesVan: (dossier) => dossier.declaratiesVan('B1'),
    prestatiesMet: (dossier) => dossier.prestatiesMet('P1'),
    creditsOp: (dossier) => dossier.creditsOp('P0'),
    prestatiesOp: (dossier) => dossier.prestatiesOp(1001),
  };

  test.each(Object.entries(vragen))('leaves nothing to %s', (_, vraag) => {
    const dossier = met(alles(1), alles(2), alles(3));
    expect(plaatsen(vraag(dossier))).toEqual([1, 2, 3]);
    dossier.vergeet(2);
    expect(plaatsen(vraag(dossier))).toEqual([1, 3]);
  });

  test('frees its identificatie, of its own soort alone', () => {
    const dossier = met(toewijzing(1), van(2, '305', {}));
    expect(dossier.berichtenMet('301', 'B1')).toHaveLength(1);
    expect(dossier.berichtenMet('305', 'B1')).toHaveLength(0);
    dossier.vergeet(1);
    expect(dossier.berichtenMet('301', 'B1')).toHaveLength(0);
    expect(dossier.berichtenMet('305', 'B2')).toHaveLength(1);
  });
});

describe('declaraties', () => {
  test('the latest period counts, and of two the first that came', () => {
    const declaratie = (volgorde: number, periode: string): Feiten =>
      van(volgorde, '323', { declaraties: [{ ...DECLARATIE, periode }] });
    const dossier = met(
      declaratie(1, '2026-03-01'),
      declaratie(2, '2026-05-01'),
      declaratie(3, '2026-05-01'),
      declaratie(4, '2026-04-01'),
    );
    expect(dossier.laatsteDeclaratie()?.herkomst.volgorde).toBe(2);
    expect(dossier.declaratieOp(4)?.periode).toBe('2026-04-01');
    dossier.vergeet(2);
    expect(dossier.laatsteDeclaratie()?.herkomst.volgorde).toBe(3);
    expect(new Dossier().laatsteDeclaratie()).toBeUndefined();
    expect(dossier.declaratieOp(2)).toBeUndefined();
  });

  test('an answer grants what it does not send back, under every key', () => {
    const dossier = met(
      van(1, '323', { prestaties: [PRESTATIE, { ...PRESTATIE, kenmerk: 'P2', vorig: 'P0', credit: true }] }),
      van(2, '323', { prestaties: [{ ...PRESTATIE, kenmerk: 'P3' }] }),
    );
    dossier.beslis({
      volgorde: 1,
      afgewezen: new Set([prestatiesleutel({ ...PRESTATIE, kenmerk: 'P2', vorig: 'P0' })]),
    });
    const standen = (prestaties: readonly Prestatie[]) => prestaties.map(({ kenmerk, stand }) => `${kenmerk} ${stand}`);
    expect(standen(dossier.prestatiesOp(1001))).toEqual(['P1 toegekend', 'P2 afgewezen', 'P3 ingediend']);
    expect(standen(dossier.prestatiesVan(1))).toEqual(['P1 toegekend', 'P2 afgewezen']);
    expect(standen(dossier.prestatiesMet('P1'))).toEqual(['P1 toegekend']);
    expect(standen(dossier.creditsOp('P0'))).toEqual(['P2 afgewezen']);
  });

  test('the same reference of two persons in one declaratie is decided for each', () => {
    const dossier = met(van(1, '323', { prestaties: [PRESTATIE, { ...PRESTATIE, persoon: 'piet' }] }));
    dossier.beslis({ volgorde: 1, afgewezen: new Set([prestatiesleutel({ ...PRESTATIE, persoon: 'piet' })]) });
    expect(dossier.prestatiesMet('P1').map(({ persoon, stand }) => `${persoon} ${stand}`)).toEqual([
      'jan toegekend',
      'piet afgewezen',
    ]);
  });
});

describe('what a turn has to write down', () => {
  const laad = (dossier: Dossier, { bericht, ...feiten }: Feiten): void =>
    dossier.laad({ ...feiten, berichten: [bericht] });

  test('is nothing when everything was loaded', () => {
    const dossier = new Dossier();
    laad(dossier, toewijzing(1));
    expect(dossier.versies(1001)).toHaveLength(1);
    expect(dossier.wijzigingen).toEqual({ nieuw: [], vergeten: [], besloten: [] });
  });

  test('is what came in, also when a question was asked in between', () => {
    const dossier = new Dossier();
    laad(dossier, toewijzing(1));
    dossier.neem(toewijzing(2));
    expect(plaatsen(dossier.versies(1001))).toEqual([1, 2]);
    expect(dossier.wijzigingen).toEqual({ nieuw: [toewijzing(2)], vergeten: [], besloten: [] });
  });

  test('is not what came in and went in one turn', () => {
    const dossier = new Dossier();
    laad(dossier, toewijzing(1));
    dossier.neem(toewijzing(2));
    dossier.vergeet(2);
    dossier.vergeet(1);
    expect(dossier.wijzigingen).toEqual({ nieuw: [], vergeten: [1], besloten: [] });
  });

  test('is the answer to an earlier declaratie; one of this turn takes it along', () => {
    const declaratie = (volgorde: number): Feiten =>
      van(volgorde, '323', { prestaties: [{ ...PRESTATIE, kenmerk: `P${volgorde}` }] });
    const dossier = new Dossier();
    laad(dossier, declaratie(1));
    dossier.neem(declaratie(2));
    const besluit = { volgorde: 1, afgewezen: new Set<string>() };
    dossier.beslis(besluit);
    dossier.beslis({ volgorde: 2, afgewezen: new Set() });
    const { nieuw, besloten, vergeten } = dossier.wijzigingen;
    expect(besloten).toEqual([besluit]);
    expect(vergeten).toEqual([]);
    expect(nieuw.flatMap(({ prestaties }) => prestaties.map(({ stand }) => stand))).toEqual(['toegekend']);
  });

  test('is no answer to a declaratie that went as well', () => {
    const dossier = new Dossier();
    laad(dossier, van(1, '323', { prestaties: [PRESTATIE] }));
    dossier.beslis({ volgorde: 1, afgewezen: new Set() });
    dossier.vergeet(1);
    expect(dossier.wijzigingen).toEqual({ nieuw: [], vergeten: [1], besloten: [] });
  });
});
