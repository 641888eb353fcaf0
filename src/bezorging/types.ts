/** The words of pushing: a message on its way to a StUF endpoint, and what came back. */
import type { Reeks } from './besluit.ts';
import type { Oorzaak } from './oorzaken.ts';

/** A message that is ours to push, until its lease ends. */
export interface Geclaimd {
  readonly berichtId: string;
  readonly postbus: string;
  readonly ophalingId: string;
  /** Of the endpoint, as the operator entered it. */
  readonly url: string;
  readonly berichtsoort: string;
  readonly release: string;
  readonly afzender: string;
  readonly referentienummer: string;
  /** referentienummer of the message that this one answers. */
  readonly kruisreferentie: string | null;
  readonly ontvangenOp: Date;
  readonly omvang: number;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
  /** Trace of the message, as stored. */
  readonly spoor: Buffer | null;
  /** With this one. */
  readonly pogingen: number;
  readonly reeks: Reeks;
  readonly ontvanger: Reeks;
}

/** A message in its envelope, ready to go. */
export interface Zending {
  readonly soapAction: string;
  readonly lijf: Buffer;
  /** W3C Trace Context, as a header. */
  readonly traceparent?: string;
}

/** What came of an HTTP request: an answer, or the cause why there is none. */
export type Verkeer =
  | { readonly status: number; readonly lijf: Buffer }
  | { readonly status?: undefined; readonly oorzaak: Oorzaak };

export type Uitslag = 'bevestigd' | Oorzaak;

/** How long each phase of a request may take, in ms, each from its own beginning to its end whatever happens in between. */
export interface Tijden {
  readonly verbinden: number;
  readonly verzenden: number;
  readonly wachten: number;
  readonly lezen: number;
}
export const TIJDEN: Tijden = { verbinden: 10_000, verzenden: 60_000, wachten: 30_000, lezen: 15_000 };
