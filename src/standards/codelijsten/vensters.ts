/**
 * Code lists of which a value is not valid for ever. The XSD knows the values, not their days.
 *
 * A list with other days is one more row. Source: code lists of both standards; only JZ588 names days.
 */
import type { Domein } from '../catalogus.ts';
import type { Nummer } from '../structuren.ts';
import type { Geldigheid } from './geldigheid.ts';

export interface Vensterlijst {
  /** Id of the code list. */
  readonly lijst: string;
  readonly naam: string;
  /** Absent: both standards. */
  readonly domein?: Domein;
  /** Where the value stands: not in the retours, which only repeat it. */
  readonly berichten: readonly Nummer[];
  readonly klasse: string;
  /** Path from the class, with dots. */
  readonly element: string;
  /** Values with their days; one that is not mentioned is always valid. */
  readonly codes: Readonly<Record<string, Geldigheid>>;
}

const VANAF_2015: Geldigheid = { vanaf: '2015-01-01' };
const VANAF_2021: Geldigheid = { vanaf: '2021-01-01' };
const VANAF_APRIL_2022: Geldigheid = { vanaf: '2022-04-01' };

export const VENSTERLIJSTEN: readonly Vensterlijst[] = [
  {
    lijst: 'JZ588',
    naam: 'reden beëindiging',
    domein: 'ijw',
    berichten: ['307'],
    klasse: 'StopProduct',
    element: 'RedenBeeindiging',
    codes: {
      '02': VANAF_2015,
      20: VANAF_2015,
      31: VANAF_2015,
      32: VANAF_2015,
      33: VANAF_2015,
      34: VANAF_2015,
      35: VANAF_2015,
      36: VANAF_2021,
      37: VANAF_2021,
      38: VANAF_APRIL_2022,
      39: VANAF_APRIL_2022,
    },
  },
];
