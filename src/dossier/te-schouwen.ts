/** What an inspection and its rules are given. */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Dossier } from './dossier.ts';
import type { Herkomst, Masker } from './feiten.ts';
import type { Kennis } from './kennis.ts';

/** A message that is to be inspected: it satisfies its XSD and breaks no rule of level 2. */
export interface TeSchouwen {
  readonly soort: Berichtsoort;
  readonly inhoud: Inhoud;
  readonly herkomst: Herkomst;
  /** Place in the lane of the message that this one answers; null: it answers none, or one that the dossier does not know. */
  readonly heen: number | null;
  readonly dossier: Dossier;
  readonly kennis: Kennis;
  readonly masker: Masker;
  /** Today, YYYY-MM-DD. */
  readonly peildatum: string;
  /** Paths of what a rule of level 4 refused already: a prestatie among them takes nothing from its toewijzing. */
  readonly geweigerd: ReadonlySet<string>;
  /** Level 4 against the contract; absent: no tariff list was imported. */
  readonly tarieven?: Tarieven | undefined;
}

/** What was agreed with the aanbieder of this lane. */
export interface Tarieven {
  /**
   * The tariffs that a product may have on a day, in eurocents per unit; more than one when the list is not clear. Empty: the list does not
   * know the product in that unit, so nothing can be said.
   */
  tarievenOp(productcode: string, eenheid: string, dag: string): readonly number[];
}
