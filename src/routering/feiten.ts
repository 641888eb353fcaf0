/**
 * What routering knows, as the decisions want it: frozen in memory, found by key. Made from the rows of the database in one go; a change
 * makes a new one. Pure.
 */
import type { Berichtsoort, Domein } from '../standards/catalogus.ts';
import { type Periode, periode, type RuwePeriode } from './periode.ts';

export const ORGANISATIESOORTEN = ['gemeente', 'aanbieder', 'ketenpartij'] as const;
export type Organisatiesoort = (typeof ORGANISATIESOORTEN)[number];

/** Who sends to whom. In the catalogue a berichtsoort has one direction only. */
export const RICHTINGEN = ['gemeente-aanbieder', 'aanbieder-gemeente'] as const;
export type Richting = (typeof RICHTINGEN)[number];

export interface StufEndpoint {
  readonly url: string;
  /** The stop switch: nothing is pushed; it stays in the postbus. */
  readonly gestopt: boolean;
  /** At most so many messages are pushed in a minute. */
  readonly budgetPerMinuut: number;
}

export interface Deelnemer {
  readonly code: string;
  readonly soort: Organisatiesoort;
  readonly geldig: Periode;
  /** Who gets what is addressed to it after it ended. */
  readonly opvolger: string | null;
  readonly deelname: ReadonlyMap<Domein, Periode>;
  readonly stuf: StufEndpoint | null;
}

export interface Machtiging extends Periode {
  readonly domein: Domein;
}

export interface Bevriezing extends Periode {
  /** null: both. */
  readonly domein: Domein | null;
  /** Heenberichten by code; null: all. What answers them is frozen with them. */
  readonly berichtsoorten: ReadonlySet<string> | null;
}

/** What the operator holds back of an organisation. */
export interface Stilgezet {
  readonly aanlevering: boolean;
  readonly bezorging: boolean;
  readonly reden: string;
  /** Milliseconds since 1970. */
  readonly sinds: number;
}

export interface Feiten {
  readonly organisaties: ReadonlyMap<string, Deelnemer>;
  /** Opvolger → those it succeeds. */
  readonly voorgangers: ReadonlyMap<string, readonly Deelnemer[]>;
  /** Client → organisation → machtigingen, past and future ones too. */
  readonly machtigingen: ReadonlyMap<string, ReadonlyMap<string, readonly Machtiging[]>>;
  /** By vensterSleutel. */
  readonly vensters: ReadonlyMap<string, readonly Periode[]>;
  readonly bevriezingen: readonly Bevriezing[];
  /** By organisation. */
  readonly stops: ReadonlyMap<string, Stilgezet>;
}

/** The rows, as one JSON document of the database. */
export interface Rijen {
  readonly organisaties: readonly (Omit<Deelnemer, 'geldig' | 'deelname'> &
    RuwePeriode & { readonly deelname: readonly (RuwePeriode & { readonly domein: Domein })[] | null })[];
  readonly machtigingen: readonly (RuwePeriode & {
    readonly client: string;
    readonly organisatie: string;
    readonly domein: Domein;
  })[];
  readonly vensters: readonly (RuwePeriode & {
    readonly berichtsoort: string;
    readonly release: string;
    readonly richting: Richting;
  })[];
  readonly bevriezingen: readonly (RuwePeriode & {
    readonly domein: Domein | null;
    readonly berichtsoorten: readonly string[] | null;
  })[];
  readonly stops: readonly (Stilgezet & { readonly organisatie: string })[];
}

/** The direction of a berichtsoort. */
export const richtingVan = ({ verzender }: Pick<Berichtsoort, 'verzender'>): Richting =>
  verzender === 'gemeente' ? 'gemeente-aanbieder' : 'aanbieder-gemeente';

/** Under which key the windows of a berichtsoort are found. */
export const vensterSleutel = (code: string, release: string, richting: Richting): string =>
  `${code} ${release} ${richting}`;

/** @returns the facts, found by key */
export function ordenFeiten(rijen: Rijen): Feiten {
  const deelnemers = rijen.organisaties.map(
    ({ code, soort, opvolger, deelname, stuf, ...geldig }): Deelnemer => ({
      code,
      soort,
      geldig: periode(geldig),
      opvolger,
      deelname: new Map((deelname ?? []).map((rij) => [rij.domein, periode(rij)])),
      stuf,
    }),
  );
  const perClient = Map.groupBy(rijen.machtigingen, ({ client }) => client);
  return {
    organisaties: new Map(deelnemers.map((deelnemer) => [deelnemer.code, deelnemer])),
    voorgangers: Map.groupBy(
      deelnemers.filter(({ opvolger }) => opvolger !== null),
      ({ opvolger }) => opvolger ?? '',
    ),
    machtigingen: new Map(
      [...perClient].map(([client, van]) => {
        const machtigingen = van.map(({ organisatie, domein, ...rij }) => ({ organisatie, domein, ...periode(rij) }));
        return [client, Map.groupBy(machtigingen, ({ organisatie }) => organisatie)];
      }),
    ),
    vensters: new Map(
      [...Map.groupBy(rijen.vensters, (rij) => vensterSleutel(rij.berichtsoort, rij.release, rij.richting))].map(
        ([sleutel, van]) => [sleutel, van.map(periode)],
      ),
    ),
    bevriezingen: rijen.bevriezingen.map(({ domein, berichtsoorten, ...rij }) => ({
      domein,
      berichtsoorten: berichtsoorten && new Set(berichtsoorten),
      ...periode(rij),
    })),
    stops: new Map(rijen.stops.map(({ organisatie, ...stop }) => [organisatie, stop])),
  };
}
