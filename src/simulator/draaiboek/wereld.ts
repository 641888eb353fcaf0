/** Who takes part in a simulation: gemeenten and aanbieders, how each of them works, and which of them deal with each other. */
import type { Domein } from '../../standards/catalogus.ts';
import gemeenten from '../../standards/codelijsten/gemeenten.json' with { type: 'json' };
import { DAG, type Klok } from './klok.ts';
import { kiesScheef, type Toeval } from './toeval.ts';
import type { Keuze, Ophaalwijze, Partij, Simulatiekeuze } from './types.ts';

export interface Baanplaats {
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly domein: Domein;
}

export interface Wereld {
  readonly partijen: ReadonlyMap<string, Partij>;
  readonly gemeenten: readonly string[];
  readonly aanbieders: readonly string[];
  /** The busiest first. */
  readonly banen: readonly Baanplaats[];
}

/** Large ones that everybody knows come first; those of the story of the demo keep to themselves. */
const EERST = ['0363', '0344', '0855', '0034', '0014', '0758', '0268', '0193', '0363'];
const VAN_HET_VERHAAL = new Set(['0345', '0518', '0599']);
const EERSTE_AGB = 98_000_001;
/** Sends for others; it has no messages of its own. */
export const LEVERANCIER = { code: '98000999', naam: 'Zorgsoft B.V. (softwareleverancier)' } as const;
const VIA_LEVERANCIER = { gemeenten: 3, aanbieders: 6 } as const;
const MEER_BANEN = 0.35;

const NAMEN = [
  ...[
    'De Linde',
    'Het Baken',
    'Zonnehof',
    'De Brug',
    'Rivierzorg',
    'Duinrand',
    'De Vlinder',
    'Samen Sterk',
    'Noorderlicht',
  ],
  ...[
    'De Haven',
    'Parkzicht',
    'Kompas',
    'De Waterlelie',
    'Heidezicht',
    'De Zwaluw',
    'Morgenster',
    'De Toren',
    'Veldzicht',
  ],
  ...[
    'De Wilgen',
    'Horizon',
    'Thuis Best',
    'De Molen',
    'Sterrenwacht',
    'De Eik',
    'Binnenstad',
    'De Kring',
    'Weidezorg',
  ],
];
const SOORTEN = [
  'Zorggroep',
  'Thuiszorg',
  'Jeugdhulp',
  'Stichting',
  'Begeleiding',
  'Coöperatie',
  'Praktijk',
  'Huize',
  'Expertisecentrum',
];

const naamVan = (nr: number): string => {
  const ronde = Math.floor(nr / (NAMEN.length * SOORTEN.length));
  return `${SOORTEN[(nr * 4) % SOORTEN.length]} ${NAMEN[(nr * 7 + Math.floor(nr / SOORTEN.length)) % NAMEN.length]}${ronde > 0 ? ` ${ronde + 1}` : ''}`;
};

const KEUZES: readonly (readonly [gewicht: number, Keuze])[] = [
  [0.42, { controleniveau: 2, retour: 'zelf' }],
  [0.14, { controleniveau: 2, retour: 'knooppunt' }],
  [0.36, { controleniveau: 3, retour: 'knooppunt' }],
  [0.08, { controleniveau: 3, retour: 'zelf' }],
];
function kiesKeuze(toeval: Toeval): Keuze {
  let rest = toeval.breuk();
  const gekozen = KEUZES.find(([gewicht]) => {
    rest -= gewicht;
    return rest < 0;
  });
  return (gekozen ?? KEUZES[0])?.[1] as Keuze;
}

const ZELF: Keuze = { controleniveau: 2, retour: 'zelf' };
const KNOOPPUNT: Keuze = { controleniveau: 2, retour: 'knooppunt' };
const DOSSIER: Keuze = { controleniveau: 3, retour: 'knooppunt' };
/** The first ones are fixed, so that even a small world has every way of answering. */
const VAST: readonly Partij['keuze'][] = [
  { iwmo: DOSSIER, ijw: ZELF },
  { iwmo: ZELF, ijw: KNOOPPUNT },
];

function kiesOphaalwijze(toeval: Toeval): Ophaalwijze {
  const trek = toeval.breuk();
  if (trek < 0.62) return { soort: 'systeem', minuten: toeval.kies([5, 10, 15, 60]) };
  return { soort: trek < 0.92 ? 'dagelijks' : 'wekelijks', uur: toeval.geheel(8, 15) };
}

/** Most are in time nearly always; a few nearly never. */
const kiesTraag = (toeval: Toeval): number => (toeval.kans(0.25) ? 0.35 + toeval.breuk() * 0.5 : toeval.breuk() * 0.2);

function kiesGemeenten(toeval: Toeval, aantal: number): readonly string[] {
  const rest = Object.keys(gemeenten)
    .filter((code) => !EERST.includes(code) && !VAN_HET_VERHAAL.has(code))
    .sort()
    .map((code) => ({ code, plaats: toeval.breuk() }))
    .sort((a, b) => a.plaats - b.plaats);
  return [...new Set([...EERST, ...rest.map(({ code }) => code)])].slice(0, aantal);
}

/** @returns lanes: each aanbieder has at least one, the first ones have more */
function legBanen(toeval: Toeval, codes: readonly string[], aanbieders: readonly string[]): readonly Baanplaats[] {
  const banen = new Map<string, Baanplaats>();
  const leg = (gemeente: string, aanbieder: string, domein: Domein): void => {
    banen.set(`${gemeente} ${aanbieder} ${domein}`, { gemeente, aanbieder, domein });
  };
  for (const [nr, aanbieder] of aanbieders.slice(0, 2).entries())
    for (const domein of ['iwmo', 'ijw'] as const) leg(codes[nr % codes.length] as string, aanbieder, domein);
  for (const [nr, aanbieder] of aanbieders.entries()) {
    const vast = toeval.kies(['iwmo', 'ijw'] as const);
    leg(kiesScheef(toeval, codes), aanbieder, vast);
    if (nr < 12 || toeval.kans(MEER_BANEN)) leg(kiesScheef(toeval, codes), aanbieder, toeval.kans(0.8) ? vast : 'iwmo');
  }
  return [...banen.values()];
}

export function maakWereld(toeval: Toeval, keuze: Simulatiekeuze, klok: Klok): Wereld {
  const codes = kiesGemeenten(toeval.tak('gemeenten'), keuze.gemeenten);
  const aanbieders = Array.from({ length: keuze.aanbieders }, (_, nr) => String(EERSTE_AGB + nr));
  const aard = toeval.tak('aard');
  const partij = (
    code: string,
    nr: number,
    naam: string,
    gekozen: Partij['keuze'],
    viaLeverancier: number,
  ): Partij => ({
    code,
    naam,
    keuze: nr < VAST.length ? (VAST[nr] as Partij['keuze']) : gekozen,
    ophaalwijze: kiesOphaalwijze(aard),
    // Within two months: what lies longer is announced to lapse.
    stilSinds: nr >= 4 && aard.kans(0.09) ? klok.tot - aard.geheel(12, 50) * DAG : null,
    traag: kiesTraag(aard),
    leverancier: nr >= 2 && nr < 2 + viaLeverancier ? LEVERANCIER.code : null,
  });
  const gemeentelijst = codes.map((code, nr) => {
    const naam = `Gemeente ${(gemeenten as Readonly<Record<string, string>>)[code]}`;
    return partij(code, nr, naam, { iwmo: kiesKeuze(aard), ijw: kiesKeuze(aard) }, VIA_LEVERANCIER.gemeenten);
  });
  const alsAanbieder = (): Keuze => (aard.kans(0.6) ? ZELF : KNOOPPUNT);
  const aanbiederlijst = aanbieders.map((code, nr) => {
    const vast = nr === 0 ? { iwmo: KNOOPPUNT, ijw: ZELF } : { iwmo: ZELF, ijw: ZELF };
    const los = { iwmo: alsAanbieder(), ijw: alsAanbieder() };
    return { ...partij(code, nr, naamVan(nr), los, VIA_LEVERANCIER.aanbieders), keuze: nr < 2 ? vast : los };
  });
  return {
    partijen: new Map([...gemeentelijst, ...aanbiederlijst].map((een) => [een.code, een])),
    gemeenten: codes,
    aanbieders,
    banen: legBanen(toeval.tak('banen'), codes, aanbieders),
  };
}
