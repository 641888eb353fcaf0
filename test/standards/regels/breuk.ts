/**
 * What a test of a rule is made of: for every message and class where a rule applies, one change that breaks that rule alone. The message
 * before the change is the one that passes. The runner is regels.test.ts.
 */
import type { Domein } from '#src/standards/catalogus.ts';
import type { Gemeentelijst } from '#src/standards/codelijsten/gemeenten.ts';
import type { Nummer } from '#src/standards/structuren.ts';
import type { Bericht } from '../../hulp/bouwer.ts';

export interface Breuk {
  readonly regel: string;
  /** Absent: both standards. */
  readonly domein?: Domein;
  readonly nummer: Nummer;
  /** The class and element of the application that is broken; must be one of the rule. */
  readonly klasse: string;
  readonly element: string;
  /** Makes a message on which the rule has something to say, but that is right. Absent: the example itself. */
  readonly vooraf: ((bericht: never) => void) | undefined;
  /** Breaks it. */
  readonly breek: (bericht: never) => void;
  /** Path of the finding. */
  readonly pad: string;
  /** Absent: fout. */
  readonly ernst?: 'waarschuwing';
  /** Rules that must speak as well, because the norm says the same thing twice. Absent: none. */
  readonly ook?: readonly string[];
  /** Absent: the lists as shipped. */
  readonly gemeenten?: Gemeentelijst;
}

type Wijziging<N extends Nummer> = (bericht: Bericht<N>) => void;

interface Gegevens<N extends Nummer> {
  readonly vooraf?: Wijziging<N>;
  readonly breek: Wijziging<N>;
  readonly pad: string;
  readonly domein?: Domein;
  readonly ernst?: 'waarschuwing';
  readonly ook?: readonly string[];
  readonly gemeenten?: Gemeentelijst;
}

/** A break, with the content typed by the number of the message. */
export function breuk<N extends Nummer>(
  regel: string,
  nummer: N,
  klasse: string,
  element: string,
  gegevens: Gegevens<N>,
): Breuk {
  return { regel, nummer, klasse, element, vooraf: undefined, ...gegevens } as Breuk;
}
