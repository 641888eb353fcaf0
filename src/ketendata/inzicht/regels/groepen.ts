/**
 * The cells of the national figures, as data. A groep is one whole cut into its parts: they are published together or withheld together.
 * Everything national is worked out from these cells and from nothing else.
 */
import { metingVan, openMetingVan, type Telling } from './maat.ts';
import { NORM_IDS, NORMEN, type NormId, VLOT_BEVESTIGD_MS, VLOT_VERWERKT_MS } from './normen.ts';

export interface Groep {
  readonly naam: string;
  readonly metingen: readonly string[];
  readonly delen: readonly string[];
  /** In which part this row counts; undefined: in none. @param vandaag the day of publication */
  readonly deelVan: (telling: Pick<Telling, 'meting' | 'sleutel'>, vandaag: string) => string | undefined;
  /** Of a whole that is withheld, no part of another may tell anything: so this one is withheld when one of those is. */
  readonly na: readonly string[];
  /** Which organisations a cell must come from: a Wlz figure has no aanbieder. */
  readonly kanten: readonly Kant[];
}

export const KANTEN = ['gemeente', 'aanbieder'] as const;
export type Kant = (typeof KANTEN)[number];

const opSleutel =
  (van: Readonly<Record<string, string>>): Groep['deelVan'] =>
  ({ sleutel }) =>
    Object.hasOwn(van, sleutel) ? van[sleutel] : undefined;
const opTijd =
  (grens: number): Groep['deelVan'] =>
  ({ sleutel }) =>
    Number(sleutel) <= grens ? 'binnen' : 'langer';

const normgroep = (norm: NormId): Groep => ({
  naam: metingVan(norm),
  metingen: [metingVan(norm), openMetingVan(norm)],
  delen: ['tijdig', 'niet-tijdig'],
  deelVan({ meting, sleutel }, vandaag) {
    if (meting === metingVan(norm)) return Number(sleutel) <= NORMEN[norm].norm ? 'tijdig' : 'niet-tijdig';
    return sleutel < vandaag ? 'niet-tijdig' : undefined;
  },
  na: ['uitkomst'],
  kanten: KANTEN,
});

/**
 * In the order in which they are judged. `na` follows what one could subtract: of all messages, those that were processed; of those, what was
 * answered in time and what was not; then what the answers said. See docs/besluiten/0021-onderdrukking.md.
 */
export const GROEPEN: readonly Groep[] = Object.freeze([
  { naam: 'volume', metingen: ['volume'], delen: ['alle'], deelVan: () => 'alle', na: [], kanten: KANTEN },
  {
    naam: 'uitkomst',
    metingen: ['uitkomst'],
    delen: ['verwerkt', 'afgekeurd'],
    deelVan: opSleutel({ verwerkt: 'verwerkt', afgekeurd: 'afgekeurd' }),
    na: ['volume'],
    kanten: KANTEN,
  },
  ...NORM_IDS.filter((norm) => norm !== 'R3').map(normgroep),
  {
    naam: 'retour',
    metingen: ['retour'],
    delen: ['schoon', 'fouten'],
    deelVan: opSleutel({ schoon: 'schoon', deels: 'fouten', afgewezen: 'fouten' }),
    na: ['uitkomst', 'norm-R1', 'norm-R7'],
    kanten: KANTEN,
  },
  {
    naam: 'doorlooptijd',
    metingen: ['doorlooptijd'],
    delen: ['binnen', 'langer'],
    deelVan: opTijd(VLOT_VERWERKT_MS),
    na: ['uitkomst'],
    kanten: KANTEN,
  },
  {
    naam: 'ophaaltijd',
    metingen: ['ophaaltijd'],
    delen: ['binnen', 'langer'],
    deelVan: opTijd(VLOT_BEVESTIGD_MS),
    na: ['uitkomst'],
    kanten: KANTEN,
  },
  {
    naam: 'geld',
    metingen: ['geld'],
    delen: ['toegekend', 'afgekeurd'],
    deelVan: opSleutel({ toegekend: 'toegekend', afgekeurd: 'afgekeurd' }),
    na: ['volume'],
    kanten: KANTEN,
  },
  {
    naam: 'wlz-toets',
    metingen: ['wlz-toets'],
    delen: ['ja', 'nee'],
    deelVan: opSleutel({ ja: 'ja', nee: 'nee' }),
    na: [],
    kanten: ['gemeente'],
  },
] satisfies readonly Groep[]);
