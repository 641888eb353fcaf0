/** Moments as an operator types them: a day, or a minute, in Dutch time. */
import { beginVanDag, datum, stufTijdstip } from '../tijd.ts';

const DAG = /^\d{4}-\d{2}-\d{2}$/;
const MINUUT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})$/;
/** Longer than any day: from the first moment of a day this always ends up in the next. */
const DAG_EN_NOG_WAT_MS = 26 * 3600 * 1000;

/** The first of these offsets with which the clock in the Netherlands says that minute. In the hour that comes twice: the first one. */
const OFFSETS = ['+02:00', '+01:00'];

function leesMinuut(tekst: string): Date | undefined {
  const cijfers = MINUUT.exec(tekst)?.slice(1).join('');
  if (cijfers === undefined) return undefined;
  return OFFSETS.map((offset) => new Date(`${tekst.replace(' ', 'T')}:00${offset}`)).find(
    (moment) => !Number.isNaN(moment.getTime()) && stufTijdstip(moment).startsWith(cijfers),
  );
}

function leesDag(tekst: string): Date | undefined {
  const dag = DAG.test(tekst) ? new Date(`${tekst}T12:00:00Z`) : undefined;
  // A day that does not exist is read by JavaScript as one in the next month.
  return dag && !Number.isNaN(dag.getTime()) && dag.toISOString().startsWith(tekst) ? beginVanDag(tekst) : undefined;
}

/** Is this a day of the calendar, as JJJJ-MM-DD? */
export const isDag = (tekst: string): boolean => leesDag(tekst) !== undefined;

/**
 * @param tekst JJJJ-MM-DD, or JJJJ-MM-DDTUU:MM
 * @param kant of a period: a day as its end is part of it, so then the moment is the beginning of the next day
 * @returns undefined when there is no such moment
 */
export function leesMoment(tekst: string, kant: 'vanaf' | 'tot'): Date | undefined {
  const dag = leesDag(tekst);
  if (!dag || kant === 'vanaf') return dag ?? leesMinuut(tekst);
  const volgende = new Date(dag.getTime() + DAG_EN_NOG_WAT_MS);
  return beginVanDag(datum(volgende));
}
