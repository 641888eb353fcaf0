/** Runs the rules over the content of a message: every class once, in document order, with all rules that apply to it. */
import type { Inhoud, Klasse, Structuur } from '../xml/structuur.ts';
import type { Bevinding, Controleniveau, Ernst } from './bevinding.ts';
import type { Berichtsoort } from './catalogus.ts';
import type { Omgeving, Regel, Toepassing } from './regels.ts';

interface Stap {
  readonly regel: Regel;
  readonly toepassing: Toepassing;
}
/** A class with its rules, and the elements below it that have any. */
interface Halte {
  readonly stappen: readonly Stap[];
  readonly verder: readonly { readonly naam: string; readonly halte: Halte }[];
}
/** All rules of one level for one soort, arranged by class. */
export type Route = Halte;

const geldtVoor = ({ berichten, domein }: Toepassing, soort: Berichtsoort): boolean =>
  (domein === undefined || domein === soort.domein) && (berichten as readonly string[]).includes(soort.nummer);

/** @returns the rules of this level that apply to a soort; undefined when there are none */
export function maakRoute(
  regels: readonly Regel[],
  soort: Berichtsoort,
  structuur: Structuur,
  niveau: Controleniveau,
): Route | undefined {
  const stappen = regels
    .filter((regel) => regel.niveau === niveau)
    .flatMap((regel) =>
      regel.toepassingen.filter((plek) => geldtVoor(plek, soort)).map((toepassing) => ({ regel, toepassing })),
    );
  return halte(structuur.wortel, stappen);
}

function halte(klasse: Klasse, alle: readonly Stap[]): Halte | undefined {
  const stappen = alle.filter(({ toepassing }) => toepassing.klasse === klasse.naam);
  const verder = klasse.velden.flatMap(({ naam, klasse: onder }) => {
    const volgende = onder && halte(onder, alle);
    return volgende ? [{ naam, halte: volgende }] : [];
  });
  return stappen.length > 0 || verder.length > 0 ? { stappen, verder } : undefined;
}

/** Where in the message the runner is; only written out when there is something to report. */
interface Plaats {
  readonly boven: Plaats | undefined;
  readonly naam: string;
  /** Position among siblings of this name, from 1; 0 when it is the only one. */
  readonly positie: number;
}

const uitgeschreven = (plaats: Plaats | undefined): string =>
  plaats ? `${uitgeschreven(plaats.boven)}/${plaats.naam}${plaats.positie > 0 ? `[${plaats.positie}]` : ''}` : '';

/** The path as far as it exists: of an element that is missing, the part above it. */
export function bestaand(inhoud: Inhoud, element: string): string {
  let hier: unknown = inhoud;
  let pad = '';
  for (const naam of element === '' ? [] : element.split('.')) {
    const volgende: unknown = (hier as Inhoud)[naam];
    if (volgende === undefined) break;
    pad += `/${naam}`;
    hier = volgende;
  }
  return pad;
}

/** A finding before its line is looked up. */
export interface Vondst extends Omit<Bevinding, 'regelnummer'> {
  /** The other part of the message that it is about. */
  readonly met?: string;
}

/** More findings than this help nobody; the rest is counted. Not at levels 3 and 4: there the answer names each of them (IV087). */
const MAX_BEVINDINGEN = 1000;

class Toetser {
  readonly vondsten: Vondst[] = [];
  weggelaten = 0;
  fouten = 0;
  readonly #omgeving: Omgeving;

  constructor(omgeving: Omgeving) {
    this.#omgeving = omgeving;
  }

  bezoek({ stappen, verder }: Halte, inhoud: Inhoud, plaats: Plaats): void {
    for (const { regel, toepassing } of stappen) {
      const uitslag = toepassing.controleer(inhoud, this.#omgeving);
      if (uitslag === true) continue;
      if (uitslag === false || uitslag === 'twijfel') {
        const pad = uitgeschreven(plaats) + bestaand(inhoud, toepassing.element);
        this.#meld(regel, pad, uitslag === false ? 'fout' : 'waarschuwing');
      } else {
        const hier = uitgeschreven(plaats);
        for (const { pad, ernst = 'fout', met } of uitslag)
          this.#meld(regel, `${hier}/${pad}`, ernst, met === undefined ? undefined : `${hier}/${met}`);
      }
    }
    for (const { naam, halte: volgende } of verder) {
      const waarde = inhoud[naam];
      if (Array.isArray(waarde)) {
        const meer = waarde.length > 1;
        for (const [nr, deel] of (waarde as readonly Inhoud[]).entries())
          this.bezoek(volgende, deel, { boven: plaats, naam, positie: meer ? nr + 1 : 0 });
      } else if (waarde !== undefined) this.bezoek(volgende, waarde as Inhoud, { boven: plaats, naam, positie: 0 });
    }
  }

  #meld({ niveau, code, retourcode, melding }: Regel, pad: string, ernst: Ernst, met?: string): void {
    if (ernst === 'fout') this.fouten += 1;
    if (niveau === 2 && this.vondsten.length >= MAX_BEVINDINGEN) this.weggelaten += 1;
    else
      this.vondsten.push({ ernst, niveau, regel: code, retourcode, pad, melding, ...(met !== undefined && { met }) });
  }
}

export interface Toets {
  readonly vondsten: readonly Vondst[];
  /** How many findings were not kept. */
  readonly weggelaten: number;
  /** How many of all findings, kept or not, are a fout. */
  readonly fouten: number;
}

/** @returns what the rules of this route have against the message, in document order */
export function toets(route: Route, bericht: Inhoud, omgeving: Omgeving): Toets {
  const toetser = new Toetser(omgeving);
  toetser.bezoek(route, bericht, { boven: undefined, naam: 'Bericht', positie: 0 });
  return toetser;
}

/** A place in a list inside the class: the step with its position, as the XPath of a finding has it. */
export const stap = (naam: string, nr: number, lijst: readonly unknown[]): string =>
  lijst.length > 1 ? `${naam}[${nr + 1}]` : naam;
