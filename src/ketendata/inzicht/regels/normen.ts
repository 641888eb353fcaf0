/** The norms R1 to R8 of iWmo and iJw 3.2, as far as messages show whether they were kept. What a term begins with is for the metingen. */

export const NORMEN = {
  R1: {
    titel: 'Retour op een heenbericht',
    uitleg: 'Op elk bericht moet binnen 3 werkdagen een retourbericht komen. Declaraties tellen hier niet mee.',
    norm: 3,
    eenheid: 'werkdagen',
    bron: 'OP090',
  },
  R2: {
    titel: 'Besluit op een verzoek',
    uitleg: 'Op een verzoek om toewijzing of wijziging moet binnen 5 werkdagen een toewijzing of een antwoord komen.',
    norm: 5,
    eenheid: 'werkdagen',
    bron: 'veelgestelde vragen over reactietijden',
  },
  R3: {
    titel: 'Besluit na onderzoek',
    uitleg: 'Is een verzoek in onderzoek, dan moet er binnen 8 weken na het verzoek een besluit zijn.',
    norm: 56,
    eenheid: 'dagen',
    bron: 'veelgestelde vragen over reactietijden',
  },
  R4: {
    titel: 'Antwoord bij woonplaatsbeginsel',
    uitleg: 'Gaat een verzoek over het woonplaatsbeginsel (Jeugdwet), dan moet er binnen 2 weken een antwoord komen.',
    norm: 14,
    eenheid: 'dagen',
    bron: 'OP359',
  },
  R5: {
    titel: 'Start gemeld',
    uitleg: 'De aanbieder meldt de start binnen 5 werkdagen nadat de zorg begon, of nadat de toewijzing kwam.',
    norm: 5,
    eenheid: 'werkdagen',
    bron: 'OP271',
  },
  R6: {
    titel: 'Stop gemeld',
    uitleg: 'De aanbieder meldt de stop binnen 5 werkdagen nadat de zorg ophield.',
    norm: 5,
    eenheid: 'werkdagen',
    bron: 'OP272',
  },
  R7: {
    titel: 'Antwoord op een declaratie',
    uitleg: 'Op een declaratie moet binnen 10 werkdagen een declaratie-antwoord komen.',
    norm: 10,
    eenheid: 'werkdagen',
    bron: 'OP090x4',
  },
  R8: {
    titel: 'Declaratie ingediend',
    uitleg: 'De aanbieder declareert uiterlijk op de laatste dag van de maand na de declaratieperiode.',
    norm: 0,
    eenheid: 'werkdagen te laat',
    bron: 'SAP-GI',
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly titel: string;
      readonly uitleg: string;
      /** On time is: it took no more than this. */
      readonly norm: number;
      readonly eenheid: string;
      readonly bron: string;
    }
  >
>;

export type NormId = keyof typeof NORMEN;
export const NORM_IDS = Object.keys(NORMEN) as readonly NormId[];

/** The switch is quick when it is done within this, and a receiver when it confirmed within that: bounds of the scale of emmer.ts, in milliseconds. */
export const VLOT_VERWERKT_MS = 10_000;
export const VLOT_BEVESTIGD_MS = 100_000_000;
