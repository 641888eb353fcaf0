/** The dashboard as data: which pages there are, and what stands on each. A new figure on a page is a row here. */

import { NORM_IDS, type NormId } from '../../../ketendata/inzicht/regels/normen.ts';
import type { Richting, Splitsing, Weergave } from '../../../ketendata/inzicht/regels/vraag.ts';

export type Blok =
  /** A few large figures. */
  | { readonly soort: 'kern'; readonly ids: readonly string[] }
  /** Through the weeks: a line per indicator. */
  | { readonly soort: 'lijn'; readonly titel: string; readonly ids: readonly string[]; readonly max?: number }
  /** Through the weeks: bars on top of each other. */
  | {
      readonly soort: 'staaf';
      readonly titel: string;
      readonly delen: readonly { readonly naam: string; readonly id: string; readonly richting?: Richting }[];
    }
  /** Indicators in columns, parts in rows. */
  | {
      readonly soort: 'tabel';
      readonly titel: string;
      readonly splitsing: Splitsing;
      readonly ids: readonly string[];
      readonly hoogstens?: number;
      /** Narrow enough to stand beside something else. */
      readonly half?: true;
    }
  /** What is seen most. */
  | { readonly soort: 'codes'; readonly titel: string; readonly id: string }
  /** The norms: on time, usual time, open, overdue. */
  | { readonly soort: 'normen'; readonly titel: string; readonly normen: readonly NormId[] }
  /** After how many days an answer came, held against the norm. */
  | { readonly soort: 'dagen'; readonly titel: string; readonly norm: NormId };

export interface Blad {
  /** In the address; '' is the overview. */
  readonly pad: string;
  readonly naam: string;
  readonly inleiding: string;
  /** Whose figures these are not: nothing of it is counted for them. */
  readonly nietVan?: Weergave;
  readonly blokken: readonly Blok[];
}

const RICHTINGEN = [
  { naam: 'Van gemeente naar aanbieder', id: 'berichten', richting: 'gemeente-aanbieder' },
  { naam: 'Van aanbieder naar gemeente', id: 'berichten', richting: 'aanbieder-gemeente' },
] as const;
const OP_TIJD = ['R1-op-tijd', 'R2-op-tijd', 'R7-op-tijd'] as const;

export const BLADEN: readonly Blad[] = [
  {
    pad: '',
    naam: 'Overzicht',
    inleiding: 'De belangrijkste cijfers over het berichtenverkeer, en hoe ze zich ontwikkelen.',
    blokken: [
      {
        soort: 'kern',
        ids: [
          'berichten',
          'R1-op-tijd',
          'R2-op-tijd',
          'R7-op-tijd',
          'R1-te-laat',
          'retour',
          'afgekeurd',
          'geld-toegekend',
        ],
      },
      { soort: 'staaf', titel: 'Berichten per week', delen: RICHTINGEN },
      { soort: 'lijn', titel: 'Antwoorden op tijd', ids: OP_TIJD, max: 1 },
    ],
  },
  {
    pad: 'volume',
    naam: 'Volume',
    inleiding: 'Hoeveel berichten er gaan, in welke richting, en van welke soort.',
    blokken: [
      { soort: 'kern', ids: ['berichten', 'omvang'] },
      { soort: 'staaf', titel: 'Berichten per week', delen: RICHTINGEN },
      { soort: 'tabel', titel: 'Per maand', splitsing: 'maand', ids: ['berichten', 'omvang'], half: true },
      { soort: 'tabel', titel: 'Per berichtsoort', splitsing: 'berichtsoort', ids: ['berichten', 'omvang'] },
      {
        soort: 'tabel',
        titel: 'Meeste berichten met',
        splitsing: 'tegenpartij',
        ids: ['berichten'],
        hoogstens: 15,
        half: true,
      },
      { soort: 'tabel', titel: 'Per release', splitsing: 'release', ids: ['berichten'], half: true },
    ],
  },
  {
    pad: 'kwaliteit',
    naam: 'Kwaliteit',
    inleiding: 'Hoe vaak er iets mis is met een bericht, en waarom.',
    blokken: [
      { soort: 'kern', ids: ['afgekeurd', 'fo01', 'retour', 'retour-afgewezen'] },
      { soort: 'lijn', titel: 'Afgekeurd en retour met fouten', ids: ['afgekeurd', 'retour'] },
      { soort: 'codes', titel: 'Meest gegeven retourcodes', id: 'retourcodes' },
      { soort: 'codes', titel: 'Foutcodes in Fo01-berichten', id: 'fo01' },
      {
        soort: 'tabel',
        titel: 'Meeste fouten met',
        splitsing: 'tegenpartij',
        ids: ['retour', 'retour-afgewezen'],
        hoogstens: 15,
        half: true,
      },
      {
        soort: 'tabel',
        titel: 'Per berichtsoort',
        splitsing: 'berichtsoort',
        ids: ['afgekeurd', 'retour'],
      },
      {
        soort: 'kern',
        ids: [
          'doorlooptijd-midden',
          'doorlooptijd-p95',
          'ophaaltijd-midden',
          'ophaaltijd-p95',
          'vlot-verwerkt',
          'vlot-bevestigd',
        ],
      },
    ],
  },
  {
    pad: 'reactietijd',
    naam: 'Reactietijd',
    inleiding: 'Hoe snel er wordt geantwoord, vergeleken met de norm.',
    blokken: [
      { soort: 'normen', titel: 'Alle normen', normen: NORM_IDS },
      { soort: 'lijn', titel: 'Op tijd, per week', ids: OP_TIJD, max: 1 },
      { soort: 'dagen', titel: 'Na hoeveel werkdagen een retour kwam', norm: 'R1' },
      { soort: 'dagen', titel: 'Na hoeveel werkdagen een besluit op een verzoek kwam', norm: 'R2' },
      { soort: 'dagen', titel: 'Na hoeveel werkdagen een declaratie-antwoord kwam', norm: 'R7' },
      {
        soort: 'tabel',
        titel: 'Retouren per tegenpartij',
        splitsing: 'tegenpartij',
        ids: ['R1-op-tijd', 'R1-open', 'R1-te-laat'],
        hoogstens: 15,
      },
    ],
  },
  {
    pad: 'doorstroom',
    naam: 'Doorstroom',
    inleiding:
      'Hoe het verder gaat: van verzoek naar besluit, van toewijzing naar start, van declaratie naar antwoord.',
    blokken: [
      { soort: 'kern', ids: ['wachttijd', 'zonder-start', 'start-zonder-toewijzing', 'declaratie-antwoord'] },
      { soort: 'lijn', titel: 'Dagen van toewijzing tot start, de helft was sneller', ids: ['wachttijd'] },
      { soort: 'codes', titel: 'Besluiten op verzoeken om toewijzing', id: 'verzoek-antwoord' },
      { soort: 'codes', titel: 'Besluiten op verzoeken om wijziging', id: 'wijziging-antwoord' },
    ],
  },
  {
    pad: 'geld',
    naam: 'Geld',
    inleiding: 'Wat er is gedeclareerd, en wat daarvan is toegekend of afgekeurd.',
    blokken: [
      { soort: 'kern', ids: ['geld-ingediend', 'geld-toegekend', 'geld-afgekeurd', 'prestaties-ingediend'] },
      {
        soort: 'staaf',
        titel: 'Toegekend en afgekeurd, in euro’s',
        delen: [
          { naam: 'Toegekend', id: 'geld-toegekend' },
          { naam: 'Afgekeurd', id: 'geld-afgekeurd' },
        ],
      },
      {
        soort: 'tabel',
        titel: 'Grootste bedragen',
        splitsing: 'tegenpartij',
        ids: ['geld-ingediend', 'geld-toegekend', 'geld-afgekeurd'],
        hoogstens: 15,
        half: true,
      },
    ],
  },
  {
    pad: 'wlz',
    naam: 'Wlz',
    inleiding: 'Signalen over inwoners met Wmo en Wlz, en vragen aan het Wlz-register.',
    nietVan: 'aanbieder',
    blokken: [
      { soort: 'kern', ids: ['wlz-signalen', 'wlz-afhandeling', 'wlz-toetsen', 'wlz-toets-ja'] },
      { soort: 'codes', titel: 'Signalen naar soort en stand', id: 'wlz-signalen' },
    ],
  },
];
