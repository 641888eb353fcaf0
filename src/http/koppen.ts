/** Headers of requests and answers, and the caller behind them. */
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

const VAST = {
  'API-Version': API_VERSIE,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** The headers that every answer has (NL API Design Rules 2.2). */
export function zetVasteKoppen(res: Response): void {
  res.set(VAST);
}
