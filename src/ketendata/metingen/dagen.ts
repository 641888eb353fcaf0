/** In how many days an answer came, and until when it may: keys of the norm-figures. Pure; the calendar is given. */
import { type Kalender, plusDagen } from '../../koppeling/kalender.ts';
import { TERMIJNEN, type Termijnsoort, uiterlijkVanaf } from '../../koppeling/termijnen.ts';
import type { Bijdrage } from '../types.ts';

/** What took longer is counted as this much. */
export const HOOGSTENS = 250;
/** So many calendar days hold more working days than that. */
const RUIM = 2 * HOOGSTENS;

const DAG_MS = 86_400_000;

/**
 * In how many working days after a day: the least number of which the last day is not before the end. So what comes on a day on which nobody
 * works counts as of the next working day, and an answer is in time by the calendar when its number is not above that of the norm.
 * Above HOOGSTENS it need not be exact: the holidays since the year 1, which some systems write for no date at all, take seconds to find.
 */
export function werkdagen(begin: string, eind: string, kalender: Kalender): number {
  if (eind <= begin) return 0;
  const vanaf = plusDagen(eind, -RUIM);
  return kalender.werkdagenTussen(begin < vanaf ? vanaf : begin, kalender.eersteWerkdag(eind));
}

/** Calendar days after a day. By how many a last day moves because nobody works on it, is not counted: then it would seem too late. */
export function kalenderdagen(begin: string, eind: string, norm: number, kalender: Kalender): number {
  const dagen = Math.max(0, (Date.parse(eind) - Date.parse(begin)) / DAG_MS);
  return dagen > norm && eind <= kalender.eersteWerkdag(plusDagen(begin, norm)) ? norm : dagen;
}

/** A norm: its figure, and the term of koppeling that it measures. */
export interface Norm {
  readonly meting: string;
  readonly termijn: Termijnsoort;
}

const WEEK = 7;

type Cijfer = Pick<Bijdrage, 'meting' | 'sleutel' | 'aantal' | 'som'>;

/**
 * @param begin day 0: the day of delivery
 * @param eind the day of the answer; null: there is none yet
 */
export function normcijfer({ meting, termijn }: Norm, begin: string, eind: string | null, kalender: Kalender): Cijfer {
  if (eind === null)
    return { meting: `${meting}-open`, sleutel: uiterlijkVanaf(termijn, begin, kalender), aantal: 1, som: 0 };
  const { duur } = TERMIJNEN[termijn];
  const dagen =
    'werkdagen' in duur ? werkdagen(begin, eind, kalender) : kalenderdagen(begin, eind, duur.weken * WEEK, kalender);
  const geteld = Math.min(dagen, HOOGSTENS);
  return { meting, sleutel: String(geteld), aantal: 1, som: geteld };
}
