/**
 * How much may be declared on a toewijzing: its Omvang, spread over time. docs/volumes.md writes the arithmetic out, with examples that a test
 * computes. Source: TR321 and TR322, with IV042, IV076, IV077, IV078 and IV081.
 */
import type { Domein } from '../standards/catalogus.ts';
import { EURO } from '../standards/gedeeld/declaratie.ts';
import type { Omvang } from './feiten.ts';
import {
  dagenIn,
  dagnummer,
  gedeeld,
  isZondag,
  maandenIn,
  type Tijdvak,
  wekenIn,
  zondagenIn,
  zondagOpOfVoor,
} from './tijdvak.ts';

/** A toewijzing with a volume. */
export interface Toegewezen {
  readonly ingangsdatum: string;
  /** null: it goes on. */
  readonly einddatum: string | null;
  readonly categorie: string | null;
  readonly omvang: Omvang;
}

export const MINUUT = '01';
export const UUR = '04';
export const STUKS_OUTPUT = '82';
const PER_WEEK = '2';

/**
 * Weeks of an outputgerichte toewijzing: its Sundays, because a week belongs to the period that has its Sunday. The week that its end breaks off
 * has none, and goes with the last Sunday before it (IV076). A toewijzing without any Sunday has that one week, wherever it is declared.
 */
function wekenMetZondag(periode: Tijdvak, { ingangsdatum, einddatum }: Toegewezen): number {
  const zondagen = zondagenIn(periode);
  if (einddatum === null) return zondagen;
  const einde = dagnummer(einddatum);
  if (isZondag(einde)) return zondagen;
  const laatste = zondagOpOfVoor(einde);
  if (laatste < dagnummer(ingangsdatum)) return 1;
  const gebroken = dagnummer(periode.begin) <= laatste && laatste <= dagnummer(periode.einde);
  return gebroken ? zondagen + 1 : zondagen;
}

type Telling = (periode: Tijdvak, toegewezen: Toegewezen) => number;

/** Units whose weeks are those of the outcome; of all others every week counts in which there may be care (IV077). */
const WEKEN: ReadonlyMap<string, Telling> = new Map<string, Telling>([
  [EURO, wekenMetZondag],
  // Pieces of output: IV077 has them under both methods, so whichever gives most.
  [STUKS_OUTPUT, (periode, toegewezen) => Math.max(wekenIn(periode), wekenMetZondag(periode, toegewezen))],
]);

/** Frequentie → how many times the volume fits in a period. */
const TELLINGEN: ReadonlyMap<string, Telling> = new Map<string, Telling>([
  ['1', dagenIn],
  [PER_WEEK, (periode, deze) => (WEKEN.get(deze.omvang.eenheid) ?? wekenIn)(periode, deze)],
  ['4', maandenIn],
  ['6', () => 1],
]);
const TOTAAL = '6';

function keren(periode: Tijdvak, toegewezen: Toegewezen): number {
  const { frequentie } = toegewezen.omvang;
  const telling = TELLINGEN.get(frequentie);
  if (!telling) throw new Error(`there is no frequentie ${frequentie}`);
  return telling(periode, toegewezen);
}

/** Categories of which a period may always have so many week volumes (TR321 of iWmo: huishoudelijke hulp). */
const RUIM: Readonly<Record<Domein, ReadonlySet<string>>> = { iwmo: new Set(['01']), ijw: new Set() };
const RUIME_WEKEN = 6;

const isRuim = ({ categorie, omvang }: Toegewezen, domein: Domein): boolean =>
  categorie !== null && omvang.frequentie === PER_WEEK && RUIM[domein].has(categorie);

/**
 * TR321: the most that one prestatie may have.
 * @param periode its ProductPeriode; days outside the toewijzing do not count
 * @returns in the unit of the toewijzing
 */
export function maximumInPeriode(toegewezen: Toegewezen, periode: Tijdvak, domein: Domein): number {
  const { omvang, ingangsdatum, einddatum } = toegewezen;
  const binnen = gedeeld(periode, { begin: ingangsdatum, einde: einddatum });
  const aantal = binnen || omvang.frequentie === TOTAAL ? keren(binnen ?? periode, toegewezen) : 0;
  return omvang.volume * (isRuim(toegewezen, domein) ? Math.max(aantal, RUIME_WEKEN) : aantal);
}

/**
 * TR322: the most that all prestaties together may have.
 * @returns in the unit of the toewijzing; null: there is no maximum, because it has no end
 */
export function maximumOverLooptijd(toegewezen: Toegewezen): number | null {
  const { omvang, ingangsdatum, einddatum } = toegewezen;
  if (omvang.frequentie === TOTAAL) return omvang.volume;
  if (einddatum === null) return null;
  return omvang.volume * keren({ begin: ingangsdatum, einde: einddatum }, toegewezen);
}

/** Minutes in an hour: volumes are compared in sixtieths of a unit, so that nothing has to be rounded. */
export const DELEN = 60;

/**
 * What a declared volume takes from a toewijzing in another unit, or the same one (IV081).
 * @returns in sixtieths of the unit of the toewijzing; null: these units do not go together (TR341)
 */
export function inDelen(volume: number, eenheid: string, toegewezen: string): number | null {
  if (eenheid === toegewezen) return volume * DELEN;
  return eenheid === MINUUT && toegewezen === UUR ? volume : null;
}
