/**
 * Nobody has a user send a form without knowing: the browser must say that it comes from our own pages, and the form holds a token of the
 * session, that no other site can read.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { KnooppuntFout } from '../../fouten.ts';

/** Name of the field, in every form. */
const CSRF_VELD = '_csrf';

/** The token of the session of this browser, made when there is none. It keeps the session. */
export function csrfVan(req: Request): string {
  req.session.csrf ??= randomBytes(32).toString('base64url');
  return req.session.csrf;
}

/** What a browser says of where a request comes from: `none` is the user itself, who asks for the same again. */
const EIGEN_HERKOMST = new Set(['same-origin', 'none']);

/**
 * Does the request come from our own pages, as far as the browser tells? Over TLS and on this machine browsers say so; elsewhere they may tell
 * the Origin only, or nothing. Then it is the token that says so.
 */
function isEigenHerkomst(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site !== undefined) return EIGEN_HERKOMST.has(site);
  const origin = req.get('Origin');
  return origin === undefined || origin === 'null' || URL.parse(origin)?.host === req.get('Host');
}

const hash = (tekst: string): Buffer => createHash('sha256').update(tekst).digest();

/**
 * For every POST, once its fields are in req.body.
 * @throws KnooppuntFout formulierVerlopen
 */
export function eisCsrf(req: Request, _res?: Response): void {
  const velden = req.body as Readonly<Record<string, unknown>> | undefined;
  const token = velden?.[CSRF_VELD];
  const eigen = req.session?.csrf;
  const goed = typeof eigen === 'string' && typeof token === 'string' && timingSafeEqual(hash(eigen), hash(token));
  if (!goed || !isEigenHerkomst(req)) throw new KnooppuntFout('formulierVerlopen');
}
