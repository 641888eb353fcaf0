/** What can be asked of the figures, and what an answer looks like. Types and small tables only. */
import { BERICHTSOORTEN, type Domein } from '../../../standards/catalogus.ts';
import type { Indicator } from './indicator.ts';
import type { Cijfer } from './maat.ts';
import type { Vergelijking, Weken } from './weken.ts';

/** Whose figures: of one gemeente, of one AGB-code, of gemeenten together, of all together. */
export const WEERGAVEN = ['gemeente', 'aanbieder', 'samenwerking', 'landelijk'] as const;
export type Weergave = (typeof WEERGAVEN)[number];

export const SPLITSINGEN = [
  'week',
  'maand',
  'domein',
  'berichtsoort',
  'richting',
  'release',
  'tegenpartij',
  'code',
] as const;
export type Splitsing = (typeof SPLITSINGEN)[number];

export const RICHTINGEN = ['gemeente-aanbieder', 'aanbieder-gemeente'] as const;
export type Richting = (typeof RICHTINGEN)[number];

const RICHTING_VAN: ReadonlyMap<string, Richting> = new Map(
  BERICHTSOORTEN.map(({ code, verzender }) => [
    code,
    verzender === 'gemeente' ? 'gemeente-aanbieder' : 'aanbieder-gemeente',
  ]),
);
/** The direction of a berichtsoort; undefined of what the switch itself makes. */
export const richtingVan = (berichtsoort: string): Richting | undefined => RICHTING_VAN.get(berichtsoort);

/** What narrows figures down; what is left out does not. */
export interface Filter {
  readonly domeinen: readonly Domein[];
  readonly berichtsoorten?: readonly string[] | undefined;
  readonly releases?: readonly string[] | undefined;
  /** The other side: one aanbieder of a gemeente, or one gemeente of an aanbieder. */
  readonly tegenpartij?: string | undefined;
}

export interface Vraag {
  readonly weergave: Weergave;
  /** Of the gemeente, the aanbieder or the samenwerkingsverband; '' for landelijk. */
  readonly code: string;
  readonly weken: Weken;
  readonly vergelijk?: Vergelijking | undefined;
  readonly indicatoren: readonly Indicator[];
  readonly filter: Filter;
  readonly splitsing?: Splitsing | undefined;
}

/** One figure: of everything asked for, or of one part of it. */
export interface Uitkomst extends Cijfer {
  readonly indicator: string;
  /** A week, a soort, a code, ...; null: not split. */
  readonly deel: string | null;
  /** The same in the other period; absent when none was asked for. */
  readonly vergelijking?: Cijfer;
  /** Of the national view: how many cells of this figure are withheld; it is of the others only. */
  readonly onderdrukt?: number;
}

export interface Antwoord {
  readonly weken: Weken;
  readonly vergelijking: Weken | null;
  readonly cijfers: readonly Uitkomst[];
}

/** From a direction and soorten that were asked for to the soorten that are meant; undefined: all. */
export function soortenVan(
  berichtsoort: string | undefined,
  richting: Richting | undefined,
): readonly string[] | undefined {
  if (berichtsoort === undefined && richting === undefined) return undefined;
  const soorten = berichtsoort === undefined ? [...RICHTING_VAN.keys()] : [berichtsoort];
  return richting === undefined ? soorten : soorten.filter((soort) => richtingVan(soort) === richting);
}
