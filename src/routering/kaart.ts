/** An organisation as the operator writes it down, and what must be true of it. Pure. */
import type { Domein } from '../standards/catalogus.ts';
import { DOMEINEN } from '../standards/catalogus.ts';
import type { Organisatiesoort, StufEndpoint } from './feiten.ts';

/** First and last day, YYYY-MM-DD; null: no end on that side. */
export interface Dagen {
  readonly vanaf: string | null;
  readonly tot: string | null;
}

export interface Kaart {
  readonly code: string;
  readonly soort: Organisatiesoort;
  readonly naam: string;
  readonly geldigVanaf: string | null;
  readonly geldigTot: string | null;
  readonly opvolger: string | null;
  /** null: it takes no part. */
  readonly deelname: Readonly<Record<Domein, Dagen | null>>;
  readonly stuf: StufEndpoint | null;
}

/** Something about a card that cannot be. `melding` continues a sentence that begins with the field. */
export interface Kaartfout {
  readonly code: string;
  readonly veld: string;
  readonly melding: string;
}

/** The parties of the chain that have a name for a code. */
export const KETENPARTIJEN = ['SVB', 'CAK', 'CBS', 'UWV', 'VWS'] as const;
const VORMEN: readonly (readonly [Organisatiesoort, RegExp])[] = [
  ['gemeente', /^[0-9]{4}$/],
  ['aanbieder', /^[0-9]{8}$/],
  ['ketenpartij', new RegExp(`^(${KETENPARTIJEN.join('|')})$`)],
];
/** A code as any organisation has it: CBS (4 digits), AGB (8 digits), or a party of the chain. */
export const ORGANISATIECODE = new RegExp(`^([0-9]{4}|[0-9]{8}|${KETENPARTIJEN.join('|')})$`);

/** What kind of organisation a code belongs to. */
export const soortVanCode = (code: string): Organisatiesoort | undefined =>
  VORMEN.find(([, vorm]) => vorm.test(code))?.[0];

/** A card with only its code and its name: valid always, taking part in nothing. */
export const legeKaart = (code: string, soort: Organisatiesoort, naam: string): Kaart => ({
  code,
  soort,
  naam,
  geldigVanaf: null,
  geldigTot: null,
  opvolger: null,
  deelname: { iwmo: null, ijw: null },
  stuf: null,
});

/** How an end that is open is written (ISO 8601-2). */
export const OPEN = '..';

/** ja, nee, or from day to day: 2026-01-01/2026-12-31, with two dots for an end that is open. */
export function deelnameTekst(dagen: Dagen | null): string {
  if (dagen === null) return 'nee';
  return dagen.vanaf === null && dagen.tot === null ? 'ja' : `${dagen.vanaf ?? OPEN}/${dagen.tot ?? OPEN}`;
}

const achterstevoren = ({ vanaf, tot }: Dagen): boolean => vanaf !== null && tot !== null && tot < vanaf;

/** Machines of our own may be reached without TLS; nobody else. */
const EIGEN_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

function bezwaarTegenUrl(tekst: string): string | undefined {
  const url = URL.canParse(tekst) ? new URL(tekst) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'is geen webadres';
  if (url.username !== '' || url.password !== '') return 'mag geen gebruiker of wachtwoord bevatten';
  return url.protocol === 'http:' && !EIGEN_MACHINE.has(url.hostname) ? 'moet met https:// beginnen' : undefined;
}

/** Does the chain of successors come back to where it began? */
function keertTerug(code: string, zoek: (code: string) => Kaart | undefined): boolean {
  const geweest = new Set<string>();
  for (let deze = zoek(code)?.opvolger; deze; deze = zoek(deze)?.opvolger) {
    if (deze === code) return true;
    if (geweest.has(deze)) return false;
    geweest.add(deze);
  }
  return false;
}

function bezwaarTegenOpvolger(kaart: Kaart, zoek: (code: string) => Kaart | undefined): string | undefined {
  const { code, soort, opvolger, geldigTot } = kaart;
  if (opvolger === null) return undefined;
  if (opvolger === code) return 'is de organisatie zelf';
  if (geldigTot === null) return 'kan alleen met een geldigTot: de opvolger komt na de laatste dag';
  const wie = zoek(opvolger);
  if (!wie) return 'staat niet in de lijst van organisaties';
  if (wie.soort !== soort) return `is geen ${soort}`;
  return keertTerug(code, zoek) ? 'wordt zelf opgevolgd door deze organisatie' : undefined;
}

/**
 * @param kaarten the cards that are to be kept
 * @param bestaand the cards that are there; a card to be kept takes the place of the one with its code
 * @returns everything that cannot be; empty: they can be kept
 */
export function keurKaarten(kaarten: readonly Kaart[], bestaand: ReadonlyMap<string, Kaart>): readonly Kaartfout[] {
  const nieuw = new Map(kaarten.map((kaart) => [kaart.code, kaart]));
  const zoek = (code: string): Kaart | undefined => nieuw.get(code) ?? bestaand.get(code);
  return kaarten.flatMap((kaart) => {
    const { code, geldigVanaf, geldigTot, deelname, stuf } = kaart;
    const bezwaren: readonly (readonly [string, string | false | undefined])[] = [
      ['geldigTot', achterstevoren({ vanaf: geldigVanaf, tot: geldigTot }) && 'ligt voor geldigVanaf'],
      ['opvolger', bezwaarTegenOpvolger(kaart, zoek)],
      ...DOMEINEN.map((domein) => {
        const dagen = deelname[domein];
        return [domein, dagen !== null && achterstevoren(dagen) && 'eindigt voor het begint'] as const;
      }),
      ['stuf.url', stuf ? bezwaarTegenUrl(stuf.url) : undefined],
    ];
    return bezwaren.flatMap(([veld, melding]) => (melding ? [{ code, veld, melding }] : []));
  });
}
