/** What can be asked of a search. */
import type { Bezorging, Toestand } from '../toestanden.ts';

/** Whose messages may be seen. */
export interface Zicht {
  /** Organisations of which everything may be seen. */
  readonly organisaties: readonly string[];
  /** Organisations of which only one domein may be seen, with that domein. */
  readonly perDomein?: readonly (readonly [organisatie: string, domein: string])[];
}

/** A place in the order of messages. */
export interface Plek {
  /** To the microsecond, which a Date cannot hold: YYYY-MM-DDTHH:MM:SS.ssssssZ. */
  readonly moment: string;
  readonly id: string;
}

export interface Zoekvraag extends Zicht {
  /** HMAC of a BSN. */
  readonly betrokkene?: Buffer | undefined;
  readonly referentienummer?: string | undefined;
  readonly identificatie?: string | undefined;
  readonly berichtsoort?: string | undefined;
  /** Who is on the other side of the lane: also finds a Fo01 about what was exchanged with it. */
  readonly wederpartij?: string | undefined;
  readonly vanaf?: Date | undefined;
  readonly tot?: Date | undefined;
  readonly status?: Toestand | undefined;
  readonly bezorging?: Bezorging | undefined;
  readonly aantal: number;
  /** Where the previous page ended. */
  readonly na?: Plek | undefined;
}
export type Vraagveld = Exclude<keyof Zoekvraag, keyof Zicht | 'aantal'>;
