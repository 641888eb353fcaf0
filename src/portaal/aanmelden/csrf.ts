/**
 * Nobody has a user send a form without knowing: the browser must say that it comes from our own pages, and the form holds a token of the
 * session, that no other site can read.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { KnooppuntFout } from '../../fouten.ts';

/** Name of the field; in a form with files it is the first. */
export const CSRF_VELD = '_csrf';

/** The token of the session of this browser, made when there is none. It keeps the session. */
export function csrfVan(req: Request): string {
  req.session.csrf ??= randomBytes(32).toString('base64url');
  return req.session.csrf;
}

/** What a browser says of where a request comes from: `none` is the user itself, who asks for the same again. */
const EIGEN_HERKOMST = new Set(['same-origin', 'none']);

/**
 * Does the request come from our own pages, as far as the browser tells? Browsers say so over TLS and on this machine; an older one tells the
 * Origin only.
 * @param geenKop what it means that neither is told
 */
export function isEigenHerkomst(req: Request, geenKop: boolean): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site !== undefined) return EIGEN_HERKOMST.has(site);
  const origin = req.get('Origin');
  if (origin === undefined || origin === 'null') return geenKop;
  return URL.parse(origin)?.host === req.get('Host');
}

const hash = (tekst: string): Buffer => createHash('sha256').update(tekst).digest();

/**
 * For a form whose fields come in by themselves: its first field.
 * @throws KnooppuntFout formulierVerlopen
 */
export function eisCsrfToken(req: Request, token: unknown): void {
  const eigen = req.session?.csrf;
  const goed = typeof eigen === 'string' && typeof token === 'string' && timingSafeEqual(hash(eigen), hash(token));
  if (!goed || !isEigenHerkomst(req, true)) throw new KnooppuntFout('formulierVerlopen');
}

/**
 * For every POST whose body was read into req.body.
 * @throws KnooppuntFout formulierVerlopen
 */
export function eisCsrf(req: Request, _res?: Response): void {
  const velden = req.body as Readonly<Record<string, unknown>> | undefined;
  eisCsrfToken(req, velden?.[CSRF_VELD]);
}

/**
 * For a form of somebody who has no session yet.
 * @throws KnooppuntFout formulierVerlopen
 */
export function eisEigenHerkomst(req: Request): void {
  if (!isEigenHerkomst(req, false)) throw new KnooppuntFout('formulierVerlopen');
}
