/**
 * Random lives of one lane: a gemeente, an aanbieder, one to four clients, a year or so of messages. Most of them are right; the others are
 * wrong in one of the ways that the rules are about. A message can be late, so the order of receipt is not that of sending.
 */
import { maakToeval } from '../../hulp/toeval.ts';
import { herstelStart, start, stop, vraagAan, vraagWijziging } from './aanbieder.ts';
import { declareer } from './declareren.ts';
import { antwoordt, wijsToe, wijzigToewijzing } from './gemeente.ts';
import { dagenLater } from './kalender.ts';
import type { Tarieven } from './prestatie.ts';
import { type Gebeurtenis, Wereld } from './wereld.ts';

export interface Leven {
  readonly zaad: number;
  readonly domein: Wereld['domein'];
  readonly antwoordt: Wereld['antwoordt'];
  readonly tarieven: Tarieven | undefined;
  /** In the order of receipt. */
  readonly gebeurtenissen: readonly Gebeurtenis[];
}

const DADEN: readonly ((wereld: Wereld) => void)[] = [
  ...Array<typeof wijsToe>(4).fill(wijsToe),
  ...Array<typeof wijsToe>(3).fill(wijzigToewijzing),
  ...Array<typeof wijsToe>(3).fill(start),
  herstelStart,
  ...Array<typeof wijsToe>(3).fill(stop),
  ...Array<typeof wijsToe>(2).fill(vraagAan),
  ...Array<typeof wijsToe>(3).fill(vraagWijziging),
  ...Array<typeof wijsToe>(2).fill(antwoordt),
  ...Array<typeof wijsToe>(6).fill(declareer),
];

/** The second leads over 29 February. */
const EERSTE_DAGEN = ['2025-01-06', '2023-10-30'] as const;

/** @returns the life that belongs to this number */
export function maakLeven(zaad: number): Leven {
  const toeval = maakToeval(zaad);
  const wereld = new Wereld(toeval, dagenLater(toeval.kies(EERSTE_DAGEN), toeval.geheel(0, 60)));
  const daden = toeval.geheel(20, 60);
  for (let nr = 0; nr < daden; nr += 1) {
    toeval.kies(nr < 3 ? [wijsToe, vraagAan] : DADEN)(wereld);
    wereld.vandaag = dagenLater(wereld.vandaag, toeval.geheel(0, 14));
  }
  const { domein, antwoordt: wie, tarieven } = wereld;
  // Stable: what was sent first on the day of receipt comes first.
  const gebeurtenissen = [...wereld.gebeurtenissen].sort((a, b) =>
    a.ontvangen < b.ontvangen ? -1 : a.ontvangen > b.ontvangen ? 1 : 0,
  );
  return { zaad, domein, antwoordt: wie, tarieven, gebeurtenissen };
}
