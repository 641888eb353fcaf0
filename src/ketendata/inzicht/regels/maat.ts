/** How a figure is made from rows of ketencijfer: the kinds of measure, and the pure function that works them out. */
import { NORMEN, type NormId } from './normen.ts';

/** What a row of ketencijfer says, apart from whose and when. */
export interface Telling {
  readonly meting: string;
  readonly sleutel: string;
  readonly aantal: number;
  readonly som: number;
}

/** A choice of rows: a meting, and within it the keys that fit, or that are numbers up to a limit; without either all. */
export interface Greep {
  readonly meting: string;
  readonly past?: RegExp;
  readonly totEnMet?: number;
}

export type Maat =
  | { readonly soort: 'aantal' | 'som'; readonly van: Greep }
  | { readonly soort: 'aandeel'; readonly teller: Greep; readonly noemer: Greep }
  /** Of keys that are numbers: the key under which this part lies. */
  | { readonly soort: 'percentiel'; readonly meting: string; readonly deel: number }
  /** Of all that was due (answered, or too late by now): the part that was on time. */
  | { readonly soort: 'optijd'; readonly norm: NormId }
  /** Of keys that are days: those that are past. */
  | { readonly soort: 'overschreden'; readonly meting: string };

/** Unknown is null: nothing was counted, so there is no share and no median. A count of nothing is 0. */
export interface Cijfer {
  readonly waarde: number | null;
  /** Of a share or a percentile: over how many it is; of a share also how many of those. */
  readonly teller: number | null;
  readonly noemer: number | null;
}

export const NIETS: Cijfer = Object.freeze({ waarde: null, teller: null, noemer: null });

export const metingVan = (norm: NormId): string => `norm-${norm}`;
export const openMetingVan = (norm: NormId): string => `${metingVan(norm)}-open`;

const kies = (tellingen: readonly Telling[], { meting, past, totEnMet }: Greep): readonly Telling[] =>
  tellingen.filter(
    (telling) =>
      telling.meting === meting &&
      (past?.test(telling.sleutel) ?? true) &&
      (totEnMet === undefined || Number(telling.sleutel) <= totEnMet),
  );
const optel = (tellingen: readonly Telling[]): number => tellingen.reduce((som, { aantal }) => som + aantal, 0);

export const aandeel = (teller: number, noemer: number): Cijfer =>
  noemer === 0 ? { waarde: null, teller, noemer } : { waarde: teller / noemer, teller, noemer };

/** @returns the smallest key that so large a part of all lies at or under */
function percentiel(tellingen: readonly Telling[], deel: number): Cijfer {
  const noemer = optel(tellingen);
  if (noemer === 0) return { ...NIETS, noemer };
  const opvolgend = tellingen
    .map(({ sleutel, aantal }) => ({ grens: Number(sleutel), aantal }))
    .sort((a, b) => a.grens - b.grens);
  let tot = 0;
  const gevonden = opvolgend.find(({ aantal }) => {
    tot += aantal;
    return tot >= deel * noemer;
  });
  return { waarde: gevonden?.grens ?? null, teller: null, noemer };
}

/** Which metingen a measure is made of. */
export function metingenVan(maat: Maat): readonly string[] {
  switch (maat.soort) {
    case 'aantal':
    case 'som':
      return [maat.van.meting];
    case 'aandeel':
      return [...new Set([maat.teller.meting, maat.noemer.meting])];
    case 'percentiel':
    case 'overschreden':
      return [maat.meting];
    case 'optijd':
      return [metingVan(maat.norm), openMetingVan(maat.norm)];
  }
}

/**
 * Works out a measure.
 * @param tellingen rows of any meting; those of others are passed over
 * @param vandaag days before this one are past: what should have been answered by then is overdue
 */
export function bereken(maat: Maat, tellingen: readonly Telling[], vandaag: string): Cijfer {
  const getal = (waarde: number): Cijfer => ({ waarde, teller: null, noemer: null });
  const voorbij = (meting: string): number =>
    optel(kies(tellingen, { meting }).filter(({ sleutel }) => sleutel < vandaag));
  switch (maat.soort) {
    case 'aantal':
      return getal(optel(kies(tellingen, maat.van)));
    case 'som':
      return getal(kies(tellingen, maat.van).reduce((totaal, { som }) => totaal + som, 0));
    case 'aandeel':
      return aandeel(optel(kies(tellingen, maat.teller)), optel(kies(tellingen, maat.noemer)));
    case 'percentiel':
      return percentiel(kies(tellingen, { meting: maat.meting }), maat.deel);
    case 'optijd': {
      const gegeven = { meting: metingVan(maat.norm) };
      const tijdig = { ...gegeven, totEnMet: NORMEN[maat.norm].norm };
      return aandeel(
        optel(kies(tellingen, tijdig)),
        optel(kies(tellingen, gegeven)) + voorbij(openMetingVan(maat.norm)),
      );
    }
    case 'overschreden':
      return getal(voorbij(maat.meting));
  }
}
