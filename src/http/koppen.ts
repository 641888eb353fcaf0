/** Headers of requests and answers, and the caller behind them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Response } from 'express';
import { API_VERSIE } from './openapi.ts';

/** Aborts when the caller went away: nobody needs to wait any longer. */
export function signaalVan(res: Response): AbortSignal {
  const weg = new AbortController();
  res.once('close', () => weg.abort());
  return weg.signal;
}

/** Longest time a request may be held open. */
const MAX_WACHT_S = 60;

/** Milliseconds that `Prefer: wait=N` asks for (RFC 7240), bounded; 0 without it. */
export function wachttijdMs(prefer: string | undefined): number {
  const seconden = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(prefer ?? '')?.[1];
  return seconden === undefined ? 0 : Math.min(Number(seconden), MAX_WACHT_S) * 1000;
}

const VAST: Readonly<Record<string, string>> = {
  'API-Version': API_VERSIE,
  'Cache-Control': 'no-store',
  // Nothing of what we answer is a page: whatever a browser takes it for, it may load, run, frame and send nothing.
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};
/** Only over TLS (RFC 6797): ours, or that of the proxy before us. Who lies about the proxy binds nobody but itself. */
const HSTS = 'max-age=31536000';

const overTls = (req: IncomingMessage): boolean =>
  'encrypted' in req.socket || req.headers['x-forwarded-proto'] === 'https';

/** The headers that an answer to this request has, whatever it is (NL API Design Rules 2.2). */
export const vasteKoppen = (req?: IncomingMessage): Readonly<Record<string, string>> =>
  req && overTls(req) ? { ...VAST, 'Strict-Transport-Security': HSTS } : VAST;

/** Sets them. */
export function zetVasteKoppen(req: IncomingMessage, res: ServerResponse): void {
  for (const [naam, waarde] of Object.entries(vasteKoppen(req))) res.setHeader(naam, waarde);
}
