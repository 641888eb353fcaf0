/** What an indicator is, and the measures that they are made of. */
import type { Maat } from './maat.ts';

export const THEMAS = {
  volume: 'Volume',
  kwaliteit: 'Kwaliteit',
  reactietijd: 'Reactietijd',
  doorstroom: 'Doorstroom',
  geld: 'Geld',
  wlz: 'Wlz',
} as const;
export type Thema = keyof typeof THEMAS;

/** In what a value is counted: aandeel is a fraction of 1, geld is in cents, tijd in milliseconds. */
export type Eenheid = 'aantal' | 'aandeel' | 'bytes' | 'geld' | 'tijd' | 'dagen' | 'werkdagen';

export interface Indicator {
  readonly id: string;
  readonly thema: Thema;
  readonly titel: string;
  readonly uitleg: string;
  readonly eenheid: Eenheid;
  readonly maat: Maat;
  /** Is more better, or less? null: neither. */
  readonly beter: 'meer' | 'minder' | null;
  /** Can it be split by the key of its meting: which codes, which outcomes? */
  readonly perCode?: true;
  /** Also in the national view: from these published parts (landelijk-groepen.ts). */
  readonly landelijk?: { readonly groep: string; readonly teller: readonly string[]; readonly som?: true };
  /** Only there when the switch may look into messages for this organisation. */
  readonly vanaf?: string;
}

export const DOSSIER = 'Alleen van organisaties met controleniveau 3: het knooppunt kijkt dan in de berichten.';
export const aantalVan = (meting: string, past?: RegExp): Maat => ({
  soort: 'aantal',
  van: { meting, ...(past && { past }) },
});
export const somVan = (meting: string, past?: RegExp): Maat => ({
  soort: 'som',
  van: { meting, ...(past && { past }) },
});
export const aandeelVan = (meting: string, past: RegExp): Maat => ({
  soort: 'aandeel',
  teller: { meting, past },
  noemer: { meting },
});
export const percentiel = (meting: string, deel: number): Maat => ({ soort: 'percentiel', meting, deel });
export const MEDIAAN = 0.5;
export const P95 = 0.95;
