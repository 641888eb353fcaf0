/** Headers of pages. A page loads its own styles and scripts and nothing else; it can be framed by nobody and send forms only to us. */
import { createHash } from 'node:crypto';
import type { Response } from 'express';

const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

export function zetPaginakoppen(res: Response): void {
  res.set({
    'Content-Security-Policy': CSP.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    // The door looks where a form came from; nobody else needs to know.
    'Referrer-Policy': 'same-origin',
  });
  // Of the API; a page has no version.
  res.removeHeader('API-Version');
}

/** Short, for in the address of a file that never changes. */
export const afdruk = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 12);
