/** The door of the portal, as the frame around the pages wants it. */
import type { Request, RequestHandler, Response, Router } from 'express';
import { eisCsrf } from './csrf.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { aanmeldRoutes } from './routes.ts';
import { metSessie } from './sessie.ts';

export interface Deur {
  readonly metSessie: RequestHandler;
  readonly routes: Router;
  /** @throws KnooppuntFout formulierVerlopen */
  eisCsrf(req: Request, res: Response): void;
}

export const maakDeur = (omgeving: Aanmeldomgeving): Deur => ({
  metSessie: metSessie(omgeving),
  routes: aanmeldRoutes(omgeving),
  eisCsrf,
});
