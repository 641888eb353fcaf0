/**
 * What a test of a rule across messages is made of: one life that passes and one that fails on that rule alone, for every message and class
 * where the rule applies. The runner is regels.test.ts.
 */
import type { Domein } from '#src/standards/catalogus.ts';
import type { Leven, Oordeel } from '../leven.ts';

export interface Geval {
  readonly regel: string;
  /** Absent: both standards. */
  readonly domein?: Domein;
  readonly nummer: string;
  /** The place of the rule that is broken. */
  readonly klasse: string;
  readonly element: string;
  readonly goed: (leven: Leven) => Oordeel;
  readonly fout: (leven: Leven) => Oordeel;
  /** Path of the finding. */
  readonly pad: string;
  /** Places in the lane of the messages that it collides with; none: something is missing. */
  readonly botst: readonly number[];
  /** Rules that must speak as well, because the norm says the same thing twice. Absent: none. */
  readonly ook?: readonly string[];
}

/** @param plek number of the message, class, and element when the rule names one */
export function geval(
  regel: string,
  plek: string,
  gegevens: Omit<Geval, 'regel' | 'nummer' | 'klasse' | 'element'>,
): Geval {
  const [nummer = '', klasse = '', element = ''] = plek.split(' ');
  return { regel, nummer, klasse, element, ...gegevens };
}
