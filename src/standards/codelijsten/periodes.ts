/** The periods in a configured list: lines about the same thing may not have a day in common. */
import { na, vergelijk } from '../datum.ts';
import type { Csvfout, Csvregel } from './csv.ts';
import type { Geldigheid } from './geldigheid.ts';

type Regel = Csvregel<Geldigheid>;

const EERSTE_DAG = '0000-01-01';
const LAATSTE_DAG = '9999-12-31';
const begin = ({ waarde }: Regel): string => waarde.vanaf ?? EERSTE_DAG;
const einde = ({ waarde }: Regel): string => waarde.tot ?? LAATSTE_DAG;

function vanGroep(groep: readonly Regel[]): readonly Csvfout[] {
  const fouten: Csvfout[] = [];
  let verst: Regel | undefined;
  for (const deze of groep.toSorted((a, b) => vergelijk(begin(a), begin(b)) || a.regel - b.regel)) {
    const { regel } = deze;
    if (na(begin(deze), einde(deze))) fouten.push({ regel, melding: 'geldigTot ligt voor geldigVanaf.' });
    else if (verst && !na(begin(deze), einde(verst)))
      fouten.push({ regel, melding: `De periode overlapt met die op regel ${verst.regel}.` });
    if (!verst || na(einde(deze), einde(verst))) verst = deze;
  }
  return fouten;
}

/**
 * Lines that contradict each other: which of the two is the mistake would be a guess, so the list is refused. The same line twice is
 * such a case too.
 * @param sleutel of what a line is about
 */
export function strijdig<T extends Geldigheid>(
  regels: readonly Csvregel<T>[],
  sleutel: (waarde: T) => string,
): readonly Csvfout[] {
  return [...Map.groupBy(regels, ({ waarde }) => sleutel(waarde)).values()]
    .flatMap(vanGroep)
    .sort((a, b) => a.regel - b.regel);
}
