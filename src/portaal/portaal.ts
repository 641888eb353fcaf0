/**
 * The portal as Express sees it: from the table of pages, each with who may open it. Everything here is the same for all pages: the session,
 * access, the form token, the check of input, and the document around what a page gives.
 */

import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { KnooppuntFout } from '../fouten.ts';
import { boekWeigering } from '../http/geweigerd.ts';
import { laatUitpraten } from '../http/lichaam.ts';
import type { Omgeving } from '../http/omgeving.ts';
import { alsWeigering, probleemVan } from '../http/probleem.ts';
import { heeftOnbewaarbaarTeken } from '../http/tekens.ts';
import { metSpoor, type Spoor } from '../logboek/spoor.ts';
import { foutscherm } from './foutpagina.ts';
import { zetPaginakoppen } from './koppen.ts';
import { maakMiddelen } from './middelen.ts';
import type { Pagina, Paginaverzoek, Scherm, Sessie, Uitkomst } from './pagina.ts';
import { schrijfDocument, THEMAS, type Thema } from './raamwerk.ts';
import { magOpenen } from './toegang.ts';
import { leesVelden } from './veldfouten.ts';

const BASIS = '/portaal';
const MAX_FORMULIER = '64kb';
const MAX_VELDEN = 500;
const THEMAKOEK = 'kp-thema';

/** Who lets people in: sessions and logging in. */
export interface Deur {
  /** Sets res.locals.sessie for who is logged in. */
  readonly metSessie: RequestHandler;
  /** @throws KnooppuntFout when the form was not made by a page of this session */
  eisCsrf(req: Request, res: Response): void;
}

const sessieVan = (res: Response): Sessie | undefined => res.locals.sessie as Sessie | undefined;

function themaVan(req: Request): Thema {
  const gekozen = /(?:^|;\s*)kp-thema=(\w+)/.exec(req.get('Cookie') ?? '')?.[1];
  return THEMAS.find((naam) => naam === gekozen) ?? 'systeem';
}

/** An address of ours to go back to; anything else is the start page. */
export const eigenAdres = (adres: unknown): string =>
  typeof adres === 'string' && /^\/portaal(?:[/?][\x21-\x7e]*)?$/.test(adres) && !adres.includes('//') ? adres : BASIS;

const tekstVan = (waarde: unknown): string =>
  Array.isArray(waarde) ? String(waarde.at(-1) ?? '') : typeof waarde === 'string' ? waarde : '';

function leesFormulier(pagina: Pagina, lijf: unknown): Pick<Paginaverzoek, 'formulier' | 'veldfouten' | 'ingevuld'> {
  const velden = (lijf ?? {}) as Readonly<Record<string, unknown>>;
  if (heeftOnbewaarbaarTeken(velden))
    throw new KnooppuntFout('invoerOngeldig', 'Er staat een teken in dat niet is toegestaan.');
  const ingevuld = Object.fromEntries(Object.entries(velden).map(([naam, waarde]) => [naam, tekstVan(waarde)]));
  if (!pagina.formulierSchema) return { formulier: undefined, veldfouten: new Map(), ingevuld };
  const { _csrf: _, ...eigen } = velden;
  const { gelezen, veldfouten } = leesVelden(pagina.formulierSchema, eigen);
  return { formulier: gelezen, veldfouten, ingevuld };
}

function leesVraag(pagina: Pagina, req: Request): unknown {
  if (heeftOnbewaarbaarTeken(req.query))
    throw new KnooppuntFout('invoerOngeldig', 'Het adres van deze pagina klopt niet.');
  const uitslag = pagina.vraagSchema?.safeParse(req.query);
  if (uitslag && !uitslag.success) throw new KnooppuntFout('invoerOngeldig', 'Het adres van deze pagina klopt niet.');
  return uitslag?.data;
}

/**
 * @param paginas all of them
 * @returns what is mounted at /portaal
 */
export function maakPortaal(
  omgeving: Pick<Omgeving, 'config' | 'database' | 'metriek' | 'logFout'>,
  deur: Deur,
  paginas: readonly Pagina[],
): Router {
  const middelen = maakMiddelen();
  const router = Router({ strict: false, caseSensitive: true });
  const formulier = express.urlencoded({
    extended: false,
    limit: MAX_FORMULIER,
    parameterLimit: MAX_VELDEN,
    inflate: false,
  });

  const stuur = (req: Request, res: Response, scherm: Scherm): void => {
    const sessie = sessieVan(res);
    res.status(scherm.status ?? 200).type('text/html; charset=utf-8');
    res.send(
      schrijfDocument(scherm, {
        adres: eigenAdres(req.originalUrl),
        sessie,
        melding: sessie?.neemMelding(),
        thema: themaVan(req),
        demo: omgeving.config.demo,
        middel: middelen.adres,
      }),
    );
  };

  const antwoord = (req: Request, res: Response, uitkomst: Uitkomst): void => {
    if (uitkomst === undefined || res.headersSent || res.destroyed) return;
    if ('inhoud' in uitkomst) {
      stuur(req, res, uitkomst);
      return;
    }
    if (uitkomst.melding) sessieVan(res)?.zetMelding(uitkomst.melding);
    res.redirect(303, uitkomst.naar);
  };

  /** @returns false: this person was sent to log in */
  const eisToegang = (pagina: Pagina, req: Request, res: Response): boolean => {
    const sessie = sessieVan(res);
    if (pagina.toegang === 'iedereen') return true;
    if (!sessie) {
      res.redirect(
        303,
        `${BASIS}/aanmelden?terug=${encodeURIComponent(eigenAdres(req.method === 'GET' ? req.originalUrl : BASIS))}`,
      );
      return false;
    }
    if (!magOpenen(sessie.gebruiker, pagina.toegang)) throw new KnooppuntFout('nietBevoegdPagina');
    return true;
  };

  const behandel = async (pagina: Pagina, req: Request, res: Response): Promise<void> => {
    if (!eisToegang(pagina, req, res)) return;
    if (pagina.methode === 'post' && !pagina.eigenLijf) {
      await new Promise<void>((klaar, mislukt) =>
        formulier(req, res, (fout?: unknown) => (fout ? mislukt(fout) : klaar())),
      );
      deur.eisCsrf(req, res);
    }
    const sessie = sessieVan(res);
    const uitkomst = await metSpoor(res.locals.spoor as Spoor | undefined, () =>
      pagina.voer({
        gebruiker: sessie?.gebruiker,
        sessie,
        aangemeld: sessie !== undefined,
        pad: req.params as Readonly<Record<string, string>>,
        vraag: leesVraag(pagina, req),
        eisCsrf: (velden: Readonly<Record<string, string>>) => {
          req.body = velden;
          deur.eisCsrf(req, res);
        },
        ...leesFormulier(pagina, pagina.methode === 'post' && !pagina.eigenLijf ? req.body : undefined),
        req,
        res,
      } as Paginaverzoek),
    );
    antwoord(req, res, uitkomst);
  };

  router.use((_req, res, next) => {
    zetPaginakoppen(res);
    next();
  });
  router.use(middelen.router);
  router.get('/weergave', (req, res) => {
    const thema = THEMAS.find((naam) => naam === req.query.thema) ?? 'systeem';
    res.cookie(THEMAKOEK, thema, {
      path: BASIS,
      sameSite: 'lax',
      httpOnly: true,
      secure: req.secure,
      maxAge: 31_536_000_000,
    });
    res.redirect(303, eigenAdres(req.query.terug));
  });
  router.use(deur.metSessie);
  for (const pagina of paginas)
    router[pagina.methode](pagina.pad, (req: Request, res: Response, next: NextFunction) => {
      const sinds = performance.now();
      res.locals.route = pagina.id;
      res.once('close', () => omgeving.metriek.verzoek(pagina.id, res.statusCode, (performance.now() - sinds) / 1000));
      behandel(pagina, req, res).catch(next);
    });
  router.use(() => {
    throw new KnooppuntFout('nietGevonden');
  });
  router.use((fout: unknown, req: Request, res: Response, _next: NextFunction) => {
    const { soort, probleem, naSeconden } = probleemVan(alsWeigering(fout, { 413: 'berichtTeGroot' }));
    if (probleem.status >= 500 && !(fout instanceof KnooppuntFout)) omgeving.logFout('pagina mislukt', fout);
    else if (soort !== 'virusGevonden') omgeving.metriek.geweigerd(soort);
    if (soort === 'virusGevonden') void boekWeigering(omgeving, { actor: sessieVan(res)?.gebruiker.client.id, soort });
    if (res.headersSent || res.destroyed) return void res.destroy();
    if (naSeconden !== undefined) res.set('Retry-After', String(naSeconden));
    // Otherwise a browser that is still sending sees a broken line in place of the reason.
    if (!req.complete) res.set('Connection', 'keep-alive');
    laatUitpraten(req);
    stuur(req, res, foutscherm(probleem, soort));
  });
  return router;
}
