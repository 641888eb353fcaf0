/** What the findings on a message come down to: which retourcodes, and on which class (IV028 and IV032; of a 323 IV087 and IV088). */
import type { Bevinding } from '../standards/bevinding.ts';
import { TECHNISCH_AFGEKEURD } from '../standards/regels.ts';
import { REGELVERSIE } from '../standards/regelset.ts';
import { stap } from '../standards/toetsing.ts';
import type { Inhoud, Structuur } from '../xml/structuur.ts';

/** Checked, nothing to remark. */
export const GEEN_OPMERKINGEN = '0200';
export const NIET_BEOORDEELD = '0233';
/** A declaratie that is granted as submitted; never in a retour. */
export const TOEGEKEND = '8001';

/** Path of a class in the message that is answered → its codes, each once, in the order in which they were found. */
export type Codes = ReadonlyMap<string, ReadonlySet<string>>;

/** The three forms of an answer. kop: the message is rejected as a whole, so the answer ends after its Header. */
export type Uitslag =
  | { readonly vorm: 'goedgekeurd' }
  | { readonly vorm: 'kop'; readonly codes: Iterable<string>; readonly xsltVersie?: string }
  | { readonly vorm: 'klassen'; readonly codes: Codes };

const RETOURCODES = 'RetourCodes';
const HEADER = '/Bericht/Header';
/** The class that its answer calls by another name. */
const HERNOEMD: ReadonlyMap<string, string> = new Map([['Declaratie', 'DeclaratieAntwoord']]);
const STAPPEN = /\/([^/[]+)(?:\[(\d+)\])?/g;

/** Content of an element RetourCodes. */
export const retourCodes = (codes: Iterable<string>): Inhoud => ({ RetourCode: [...codes] });

/**
 * The class that a finding belongs to: of those that have retourcodes in the answer, the deepest one on its path.
 * What lies outside all of them, such as the message itself, counts as the Header.
 */
function klassepad(pad: string, bericht: Inhoud, { wortel }: Structuur): string {
  let gevonden = HEADER;
  let hier = '/Bericht';
  let inhoud = bericht;
  let klasse = wortel;
  for (const [, naam = '', positie = '1'] of [...pad.matchAll(STAPPEN)].slice(1)) {
    const onder = klasse.opNaam.get(HERNOEMD.get(naam) ?? naam)?.klasse;
    const waarde = inhoud[naam];
    if (!onder || waarde === undefined) break;
    const lijst = (Array.isArray(waarde) ? waarde : [waarde]) as readonly Inhoud[];
    const nr = Number(positie) - 1;
    const deel = lijst[nr];
    // To blame the class above it instead would reject too much of a declaratie.
    if (!deel) throw new Error(`a finding is at ${pad}, which is not there`);
    hier += `/${stap(naam, nr, lijst)}`;
    inhoud = deel;
    klasse = onder;
    if (onder.opNaam.has(RETOURCODES)) gevonden = hier;
  }
  return gevonden;
}

/**
 * @param fouten the findings that refuse
 * @param bericht content of the message; of a declaratie, clients without finding may be holes in the list
 * @param structuur structure of the answer: it says which classes have retourcodes
 * @throws when a finding has no retourcode or no place in the message: a fault of the rule, never of the message
 */
export function beoordeel(fouten: readonly Bevinding[], bericht: Inhoud, structuur: Structuur): Uitslag {
  if (fouten.length === 0) return { vorm: 'goedgekeurd' };
  if (fouten.some(({ niveau }) => niveau === 2)) {
    return { vorm: 'kop', codes: [TECHNISCH_AFGEKEURD], xsltVersie: REGELVERSIE };
  }
  const codes = new Map<string, Set<string>>();
  for (const { regel, retourcode, pad } of fouten) {
    if (retourcode === null) throw new Error(`${regel} refuses without a retourcode`);
    const plek = klassepad(pad, bericht, structuur);
    const eerder = codes.get(plek);
    if (eerder) eerder.add(retourcode);
    else codes.set(plek, new Set([retourcode]));
  }
  const kop = codes.get(HEADER);
  return kop ? { vorm: 'kop', codes: kop } : { vorm: 'klassen', codes };
}
