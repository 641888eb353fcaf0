/** Where in a document something stands that was asked for. */

/** A place that was asked for, or on the way to one; what is beside it is passed over. */
export interface Plek {
  readonly pad: string;
  readonly dieper: Map<string, Plek>;
  isRij: boolean;
  isBlad: boolean;
  /** The value that must stand there. */
  moet: string | undefined;
}

export interface Blad {
  readonly pad: string;
  readonly tekst: string;
  /** Number of the element that it stands in: leaves of one parent have the same, within a row. */
  readonly ouder: number;
}
