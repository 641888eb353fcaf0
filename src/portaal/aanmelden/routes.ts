/** The addresses for logging in and out. */
import express, { type Request, type Response, Router } from 'express';
import { html } from 'hono/html';
import { KnooppuntFout } from '../../fouten.ts';
import { DEMOGEBRUIKERS, demogebruikerId, zorgVoorDemogebruikers } from '../../toegang/gebruikers/demo.ts';
import { eisEigenHerkomst } from './csrf.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { begin, eisCsrf } from './sessie.ts';

export const START = '/portaal';
export const AANMELDEN = '/portaal/aanmelden';
export const AFGEMELD = '/portaal/afgemeld';

/** Forms of logging in are small. */
const formulier = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 20, inflate: false });

/** Becoming a user of the demo by a press of a button. */
function demoRoutes(router: Router, omgeving: Aanmeldomgeving): void {
  const klaar = zorgVoorDemogebruikers(omgeving.database);
  klaar.catch(() => undefined);
  router.post('/aanmelden/demo', formulier, async (req: Request, res: Response) => {
    eisEigenHerkomst(req);
    await klaar;
    const wie = DEMOGEBRUIKERS.find((een) => een.wie === req.body?.wie)?.wie;
    if (wie === undefined) throw new KnooppuntFout('nietGevonden');
    await begin(omgeving, req, demogebruikerId(wie), 'demo');
    res.redirect(303, START);
  });
}

/** Mounted at /portaal, after metSessie. */
export function aanmeldRoutes(omgeving: Aanmeldomgeving): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const { demo } = omgeving.config;
  if (demo) demoRoutes(router, omgeving);
  router.get('/aanmelden', async (_req, res) => {
    const pagina = html`<!doctype html><html lang="nl"><head><title>Inloggen</title></head><body><main><h1>Inloggen</h1>
      ${demo ? html`<form method="post" action="${AANMELDEN}/demo">${DEMOGEBRUIKERS.map(({ wie, naam }) => html`<button name="wie" value="${wie}">${naam}</button>`)}</form>` : ''}</main></body></html>`;
    res.type('html').send(String(await pagina));
  });
  router.post('/afmelden', formulier, async (req, res) => {
    if (res.locals.sessie) {
      eisCsrf(req, res);
      await res.locals.sessie.uit();
    }
    res.redirect(303, AFGEMELD);
  });
  router.get('/afgemeld', async (_req, res) => {
    const pagina = html`<!doctype html><html lang="nl"><head><title>Uitgelogd</title></head><body><main><h1>U bent uitgelogd</h1></main></body></html>`;
    res.type('html').send(String(await pagina));
  });
  return router;
}
