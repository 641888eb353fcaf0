/** The structure and the types of every message, release by release. Everything below is generated from the XSDs. */
import { koppel, type Structuur, type Structuurgegevens } from '../xml/structuur.ts';
import type { Berichtsoort } from './catalogus.ts';
import { STRUCTUREN as IJW_32, type Berichten as Ijw32 } from './ijw/3.2/schema/index.ts';
import { STRUCTUREN as IWMO_32, type Berichten as Iwmo32 } from './iwmo/3.2/schema/index.ts';

/** Domein and release → structures by code of the soort. */
const RELEASES: Readonly<Record<string, Readonly<Record<string, Structuurgegevens>>>> = {
  'iwmo 3.2': IWMO_32,
  'ijw 3.2': IJW_32,
};

/** Number of a message in both standards: 301, 305, ... */
export type Nummer = keyof Iwmo32 & keyof Ijw32;
/** Name of a class that a message has in one standard or the other. */
export type Klassenaam<N extends Nummer> = keyof Iwmo32[N] | keyof Ijw32[N];
type Uit<B, N extends keyof B, K> = K extends keyof B[N] ? B[N][K] : never;
/** The content of a class, in either standard: a rule that both share may rely on what they have in common. */
export type Klasse<N extends Nummer, K extends Klassenaam<N>> = N extends Nummer
  ? Uit<Iwmo32, N, K> | Uit<Ijw32, N, K>
  : never;

const gekoppeld = new Map<string, Structuur>();

/** @returns the structure that the XSD of this soort describes */
export function structuurVan({ code, domein, release }: Berichtsoort): Structuur {
  const sleutel = `${code} ${release}`;
  const bestaand = gekoppeld.get(sleutel);
  if (bestaand) return bestaand;
  const gegevens = RELEASES[`${domein} ${release}`]?.[code];
  if (!gegevens) throw new Error(`no structure for ${sleutel}`);
  const nieuw = koppel(gegevens);
  gekoppeld.set(sleutel, nieuw);
  return nieuw;
}
