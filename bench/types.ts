/** What a benchmark is, and what it says. */

/** One row of results/latest.json; a contract that outsiders rely on. */
export interface Meting {
  readonly naam: string;
  readonly eenheid: string;
  /** null: not measured, `omstandigheden.overgeslagen` says why. */
  readonly knooppunt: number | null;
  /** What it is compared with, measured in the same run; null: there is nothing. */
  readonly referentie: number | null;
  /** knooppunt / referentie. */
  readonly verhouding: number | null;
  readonly omstandigheden: Omstandigheden;
}

/** Everything somebody needs to repeat the figure, and to doubt it. */
export type Omstandigheden = Readonly<Record<string, unknown>>;

/** The bar of a row (design section 8). */
export interface Doel {
  readonly tekst: string;
  readonly gehaald: (meting: Meting) => boolean;
}

/** A row of the table: what the figure means. */
export interface Rij {
  readonly naam: string;
  /** One Dutch sentence. */
  readonly wat: string;
  readonly doel?: Doel;
}

export interface Context {
  /** A quick run, to see that it works: its figures mean nothing. */
  readonly kort: boolean;
  /** Hears how far it is; goes to stderr. */
  readonly meld: (zin: string) => void;
}

/** The figures of one row, before the hardware, versions, date and commit are added. */
export type Uitslag = Omit<Meting, 'verhouding'>;

export interface Benchmark {
  readonly rijen: readonly Rij[];
  voer(context: Context): Promise<readonly Uitslag[]>;
}
