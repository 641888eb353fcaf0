/** What a metric is: a row of a table, from which prom-client's own objects are made. */
import type { Redisstand } from '../wachtrij/stand.ts';
import type { Stand } from './stand.ts';

/** What a process of the api finds out at a scrape. */
export interface Waarneming {
  readonly stand: Stand | undefined;
  readonly redis: Redisstand | undefined;
  /** By what they are for. */
  readonly certificatenTot: readonly (readonly [string, Date])[];
}

export interface Waarde {
  readonly labels?: Readonly<Record<string, string>>;
  readonly waarde: number;
}

export interface Metriekrij {
  readonly naam: string;
  readonly soort: 'gauge' | 'counter';
  readonly help: string;
  readonly labels: readonly string[];
  readonly waarden: (nu: Waarneming) => readonly Waarde[];
}

export type Stukken = readonly (readonly [Readonly<Record<string, string>>, number])[];

export const uitStand = (
  naam: string,
  help: string,
  van: (stand: Stand) => number | undefined,
  soort: Metriekrij['soort'] = 'gauge',
): Metriekrij => ({
  naam: `knooppunt_${naam}`,
  soort,
  help,
  labels: [],
  waarden({ stand }) {
    const waarde = stand && van(stand);
    return waarde === undefined ? [] : [{ waarde }];
  },
});
export const perLabel = (
  naam: string,
  help: string,
  labels: readonly string[],
  van: (nu: Waarneming) => Stukken,
  soort: Metriekrij['soort'] = 'gauge',
): Metriekrij => ({
  naam: `knooppunt_${naam}`,
  soort,
  help,
  labels,
  waarden: (nu) => van(nu).map(([deze, waarde]) => ({ labels: deze, waarde })),
});

export const leeftijd = ({ momenten }: Stand, sinds: Date | null): number =>
  sinds ? Math.max(0, (momenten.nu.getTime() - sinds.getTime()) / 1000) : 0;
export const tijdstip = (moment: Date | null | undefined): number | undefined =>
  moment ? moment.getTime() / 1000 : undefined;
