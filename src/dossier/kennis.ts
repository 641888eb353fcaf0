/**
 * How much a dossier can know. It has a beginning: whatever happened before, its messages cannot show, and OP095 forbids refusing a sender for
 * what he cannot see. So a rule that finds nothing asks here whether it would have been found.
 */
import { jarenLater, vergelijk } from '../standards/datum.ts';
import type { Toewijzing } from './feiten.ts';

/** What is known of a lane and of its receiver. All dates are days in the Netherlands, YYYY-MM-DD. */
export interface Dossierbegin {
  /** dossierVolledigVanaf of the receiver: from that day on every message passes this switch. null: not said. */
  readonly volledigVanaf: string | null;
  /** What ran on that day was imported, and its owner said that this is all of it. */
  readonly lopendeIngevoerd: boolean;
  /** Dagtekening of the first message of the lane that the dossier took; null: none yet. */
  readonly eersteDagtekening: string | null;
  /** The last day on which a message passed that the dossier did not take in; null: that never happened. */
  readonly blindTot: string | null;
  /** Up to and including this day facts may have been removed, because their term was over; null, or not there: that never happened. */
  readonly opgeruimdTot?: string | null;
}

/** How far the dossier of a lane has come. */
export interface Dossierstand extends Dossierbegin {
  /** The last message of the lane that was handled with its dossier open; null: none yet. */
  readonly totNummer: number | null;
}

export interface Kennis {
  /**
   * Was nothing of this day removed, or later than it? What went was over, and of before a day that is known; so only what is of that day or
   * before it can be missing for it.
   */
  heeftNog(dag: string): boolean;
  /** Was anything removed at all? What has no day of its own (that a person is known, a reference of a request) may be of any time. */
  readonly isOpgeruimd: boolean;
  /**
   * Would the dossier know a thing of this day if it existed? The day is the first on which it can have played a part: of a toewijzing its
   * Ingangsdatum, or the first day of the care that is declared on it.
   */
  kent(dag: string): boolean;
  /**
   * Did every message of this day and later pass here? Enough to say that something is missing which can only have been sent after it: a debet
   * on care of that day (TR137).
   */
  zagVanaf(dag: string): boolean;
  /**
   * Is a version of a toewijzing the last one there was when it was written? A message of a day that the dossier has whole was written by
   * somebody who knew all earlier versions (OP087); of one from before, a later version may have passed unseen.
   */
  isActueel(versie: Pick<Toewijzing, 'toewijzingsdatum' | 'herkomst'>): boolean;
}

function laatste(...dagen: readonly (string | null)[]): string | null {
  const bekend = dagen.filter((dag) => dag !== null);
  return bekend.length === 0 ? null : bekend.reduce((a, b) => (vergelijk(a, b) < 0 ? b : a));
}

/**
 * A day counts as known from volledigVanaf on only if nothing from before can still run then: because what ran was imported, or because
 * the lane was silent for a whole year after it. Care that runs is declared every month, so in a silent lane nothing ran.
 * Not said at all: then the dossier begins with its first message, and nothing that is missing proves anything.
 */
export function kennisVan(begin: Dossierbegin): Kennis {
  const { volledigVanaf, lopendeIngevoerd, eersteDagtekening, blindTot, opgeruimdTot = null } = begin;
  const stil =
    volledigVanaf !== null &&
    eersteDagtekening !== null &&
    vergelijk(eersteDagtekening, jarenLater(volledigVanaf, 1)) >= 0;
  const vanaf = volledigVanaf ?? eersteDagtekening;
  const ongezien = (dag: string): boolean => blindTot !== null && vergelijk(dag, blindTot) <= 0;
  const zeker = volledigVanaf !== null && (lopendeIngevoerd || stil) && blindTot === null ? volledigVanaf : null;
  const heeftNog = (dag: string): boolean => opgeruimdTot === null || vergelijk(dag, opgeruimdTot) > 0;
  return {
    heeftNog,
    isOpgeruimd: opgeruimdTot !== null,
    kent: (dag) => zeker !== null && vergelijk(dag, zeker) >= 0 && heeftNog(dag),
    zagVanaf: (dag) => volledigVanaf !== null && vergelijk(dag, volledigVanaf) >= 0 && !ongezien(dag) && heeftNog(dag),
    isActueel({ toewijzingsdatum, herkomst }) {
      // An import of all that ran has the last version of everything.
      if (herkomst.berichtId === null && lopendeIngevoerd && blindTot === null) return true;
      const dag = laatste(toewijzingsdatum, herkomst.dagtekening);
      return vanaf !== null && dag !== null && vergelijk(dag, vanaf) >= 0 && !ongezien(dag);
    },
  };
}
