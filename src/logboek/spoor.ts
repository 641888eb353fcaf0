/**
 * Trace context: which processing, possibly begun at somebody else's, a line of the audit log belongs to. W3C Trace Context in and out; B3 is
 * understood. What is not as it should be is ignored, and a new trace begins: a wrong header never refuses a message.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';

/** Headers as Node gives them: lower case names. */
type Koppen = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Spoor {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits: this request, or this attempt. */
  readonly spanId: string;
  /** Of the caller, when it said so. */
  readonly vanAnder?: string;
}

const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const B3 = /^([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(-|$)/i;
const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** An identifier is a random number. One that may be the number of a person, dressed as one, is no identifier. */
const isNummer = (hex: string): boolean => !/^0*\d{0,9}$/.test(hex);

const nieuwSpan = (): string => {
  const hex = randomBytes(SPAN_BYTES).toString('hex');
  return isNummer(hex) ? hex : nieuwSpan();
};

const een = (koppen: Koppen, naam: string): string => {
  const waarde = koppen[naam];
  return typeof waarde === 'string' ? waarde.trim() : '';
};

/** @returns trace and span of the caller */
function vanAanroeper(koppen: Koppen): readonly [string, string] | undefined {
  const [, versie, w3cTrace = '', w3cSpan = '', rest] = TRACEPARENT.exec(een(koppen, 'traceparent')) ?? [];
  // Version 00 has four fields; a later one may have more.
  if (versie !== undefined && !(versie === '00' && rest !== undefined) && isNummer(w3cTrace) && isNummer(w3cSpan))
    return [w3cTrace, w3cSpan];
  const meervoud = `${een(koppen, 'x-b3-traceid')}-${een(koppen, 'x-b3-spanid')}`;
  const [, trace = '', span = ''] = B3.exec(een(koppen, 'b3')) ?? B3.exec(meervoud) ?? [];
  const traceId = trace.toLowerCase().padStart(2 * TRACE_BYTES, '0');
  return isNummer(traceId) && isNummer(span) ? [traceId, span.toLowerCase()] : undefined;
}

/** @returns the trace of a request: that of its caller, or a new one */
export function spoorVan(koppen: Koppen): Spoor {
  const ander = vanAanroeper(koppen);
  if (!ander) return { traceId: randomBytes(TRACE_BYTES).toString('hex'), spanId: nieuwSpan() };
  return { traceId: ander[0], spanId: nieuwSpan(), vanAnder: ander[1] };
}

/** The header in which we say it: to who called, and to whom we call. */
export const traceparent = ({ traceId, spanId }: Spoor): string => `00-${traceId}-${spanId}-01`;

/** As it is stored. */
export const schrijfSpoor = ({ traceId, spanId, vanAnder = '' }: Spoor): Buffer =>
  Buffer.from(traceId + spanId + vanAnder, 'hex');

/** @param bytes as it is stored */
export function leesSpoor(bytes: Buffer): Spoor {
  const hex = bytes.toString('hex');
  const vanAnder = hex.slice(2 * (TRACE_BYTES + SPAN_BYTES));
  const eigen = { traceId: hex.slice(0, 2 * TRACE_BYTES), spanId: hex.slice(2 * TRACE_BYTES).slice(0, 2 * SPAN_BYTES) };
  return vanAnder ? { ...eigen, vanAnder } : eigen;
}

/** The same parts always give the same identifier: what is exported twice can be seen to be the same. */
const afgeleid = (bytes: number, delen: readonly string[]): string =>
  createHash('sha256').update(delen.join('\n')).digest().subarray(0, bytes).toString('hex');
export const afgeleideSpan = (...delen: readonly string[]): string => afgeleid(SPAN_BYTES, delen);
export const afgeleideTrace = (...delen: readonly string[]): string => afgeleid(TRACE_BYTES, delen);

/**
 * The attempt to push a message on: a span of its own in the trace of the message.
 * @param bericht trace of the message as stored; null: it had none
 */
export function pogingspoor(bericht: Buffer | null, poging: string): Spoor {
  const traceId = bericht ? leesSpoor(bericht).traceId : afgeleideTrace('poging', poging);
  return { traceId, spanId: afgeleideSpan('poging', poging) };
}

const opslag = new AsyncLocalStorage<Spoor>();

/** Does work within a trace: every line of the audit log that it writes belongs to it. */
export const metSpoor = <T>(spoor: Spoor | undefined, werk: () => T): T => (spoor ? opslag.run(spoor, werk) : werk());

/** The trace that this work is part of, as it is stored; null: none, like work by the clock. */
export function huidigSpoor(): Buffer | null {
  const spoor = opslag.getStore();
  return spoor ? schrijfSpoor(spoor) : null;
}
