/**
 * What a rule of the norm is. A rule is data with one pure function per place where it applies, so the rule table in the docs, the CLI,
 * the checks and their tests all come from the same list. The runner is in toetsing.ts.
 */
import type { Inhoud } from '../xml/structuur.ts';
import type { Controleniveau, Ernst } from './bevinding.ts';
import type { Bronnen } from './bronnen.ts';
import type { Berichtsoort, Domein } from './catalogus.ts';
import type { Klasse, Klassenaam, Nummer } from './structuren.ts';

/** TR technische regel, CD conditie, CS constraint, RS restrictie, COD codelijst. */
export type Regelsoort = 'TR' | 'CD' | 'CS' | 'RS' | 'COD';

/** What a rule may know besides the class it looks at. */
export interface Omgeving {
  readonly soort: Berichtsoort;
  /** Header/BerichtIdentificatie/Dagtekening. */
  readonly dagtekening: string;
  readonly bronnen: Bronnen;
}

/** A place inside the class that a rule objects to. */
export interface Plek {
  /** Path from the class: steps by name, with a position (from 1) where siblings share it: Clienten/Client[2]/Bsn. */
  readonly pad: string;
  /** Absent: that of the rule. */
  readonly ernst?: Ernst;
  /** Path from the class, as pad, of the earlier part of the message that it collides with. */
  readonly met?: string;
}

/**
 * true: nothing to remark. false: wrong, at the element of the application. twijfel: the norm is open about this case, so it is a
 * waarschuwing, which refuses nothing. A list: wrong at each of these places.
 */
export type Uitslag = boolean | 'twijfel' | readonly Plek[];

/** A class and element that the norm names for a rule. */
export interface Toepassing {
  readonly berichten: readonly Nummer[];
  /** Absent: both standards. */
  readonly domein?: Domein;
  readonly klasse: string;
  /** Path of the element from the class, with dots as the norm writes it; '' is the class itself. */
  readonly element: string;
  readonly controleer: (inhoud: Inhoud, omgeving: Omgeving) => Uitslag;
}

export interface Regel {
  /** CD005, TR302, ... or the id of a code list. */
  readonly code: string;
  readonly soort: Regelsoort;
  readonly niveau: Exclude<Controleniveau, 0 | 1>;
  readonly retourcode: string;
  /** What the rule demands, in our own words. Dutch. */
  readonly tekst: string;
  /** What a functional manager has to change. One Dutch sentence without any value from the message; the line of what it collides with is added. */
  readonly melding: string;
  /** Where the norm is open: which finding is only a waarschuwing, and why. Dutch. */
  readonly twijfel?: string;
  readonly toepassingen: readonly Toepassing[];
}

/** The retourcode of every rule of level 2 (IV028, IV032, IV087). */
export const TECHNISCH_AFGEKEURD = '0001';

type Gegevens = Omit<Regel, 'code' | 'soort' | 'niveau' | 'retourcode'>;

const binnenBericht =
  (soort: Regelsoort) =>
  (code: string, gegevens: Gegevens): Regel => ({
    code,
    soort,
    niveau: 2,
    retourcode: TECHNISCH_AFGEKEURD,
    ...gegevens,
  });

/** A conditie: whether an element must, may or may not be filled. Level 2. */
export const conditie = binnenBericht('CD');
/** A constraint: which value an element may have. Level 2. */
export const constraint = binnenBericht('CS');
/** A technische regel that one message can break. Level 2. */
export const technischeRegel = binnenBericht('TR');

/** A technische regel against a source outside the messages, with a retourcode of its own. Level 4. */
export const bronregel = (code: string, retourcode: string, gegevens: Gegevens): Regel => ({
  code,
  soort: 'TR',
  niveau: 4,
  retourcode,
  ...gegevens,
});

/**
 * A place where a rule applies, in both standards.
 * @param berichten numbers of the messages
 * @param klasse the class, in the types of these messages
 * @param element path from the class, with dots; '' is the class itself
 */
export function op<N extends Nummer, K extends Klassenaam<N>>(
  berichten: N | readonly N[],
  klasse: K,
  element: string,
  controleer: (inhoud: Klasse<N, K>, omgeving: Omgeving) => Uitslag,
): Toepassing {
  const nummers = typeof berichten === 'string' ? [berichten as N] : (berichten as readonly N[]);
  // The XSD has judged the message before a rule sees it, so the content has the type of its class.
  return { berichten: nummers, klasse: String(klasse), element, controleer: controleer as Toepassing['controleer'] };
}

/** The same place, in one standard only. */
export const alleen = (domein: Domein, toepassing: Toepassing): Toepassing => ({ ...toepassing, domein });
