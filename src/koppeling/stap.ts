/** What is expected next for a message, by whom and when: the last line of track & trace. Pure. */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Bezorging, Toestand } from '../toestanden.ts';
import type { Kalender } from './kalender.ts';
import type { OpenTermijn } from './openstaand.ts';
import { uiterlijk, verwachteSoorten } from './termijnen.ts';

/** Where a message stands. */
export interface Stand {
  readonly soort: Berichtsoort | null;
  readonly status: Toestand;
  readonly bezorging: Bezorging | null;
  readonly ontvanger: string;
  /** See openTermijnenVan. */
  readonly openTermijnen: readonly OpenTermijn[];
}

export interface VerwachteStap {
  readonly stap: 'verwerken' | 'ophalen' | 'bevestigen' | 'beantwoorden';
  /** An organisation, or the switch. */
  readonly door: string;
  /** The answer that is due first, now or after this step: one of these soorten. */
  readonly antwoorden: readonly string[];
  /** Last day on which that answer is in time, YYYY-MM-DD; null when none is due. */
  readonly uiterlijk: string | null;
}

/** What the receiver does next, by state of delivery; null: delivery is over. */
const BEZORGSTAP: Readonly<Record<Bezorging, VerwachteStap['stap'] | null>> = {
  te_bezorgen: 'ophalen',
  opgehaald: 'bevestigen',
  // Pushing was given up; it can still be fetched.
  onbestelbaar: 'ophalen',
  bevestigd: null,
  vervallen: null,
};

/** @returns the next step, or null when nothing more is expected of anybody */
export function verwachteStap(stand: Stand, kalender: Kalender): VerwachteStap | null {
  const { soort, status, bezorging, ontvanger, openTermijnen } = stand;
  if (status === 'ontvangen') return { stap: 'verwerken', door: 'knooppunt', antwoorden: [], uiterlijk: null };
  const [eerste] = soort
    ? openTermijnen
        .map(({ termijn, bezorgdOp }) => ({
          antwoorden: verwachteSoorten(termijn, soort),
          uiterlijk: uiterlijk(termijn, bezorgdOp, kalender),
        }))
        .sort((a, b) => a.uiterlijk.localeCompare(b.uiterlijk))
    : [];
  const stap = (bezorging && BEZORGSTAP[bezorging]) ?? (eerste ? 'beantwoorden' : null);
  return stap && { stap, door: ontvanger, ...(eerste ?? { antwoorden: [], uiterlijk: null }) };
}
