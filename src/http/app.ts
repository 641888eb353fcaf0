/** The Express application: authenticate, check the input, run the route, answer. No decision about messages is taken here. */
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { KnooppuntFout } from '../fouten.ts';
import { metSpoor, type Spoor, spoorVan, traceparent } from '../logboek/spoor.ts';
import type { Client } from '../toegang/clients.ts';
import { SCOPE_UITLEG } from '../toegang/uitgever.ts';
import { aanroepVan } from './aanroep.ts';
import { boekVerbod, boekWeigering } from './geweigerd.ts';
import { keurJson } from './json-grenzen.ts';
import { zetVasteKoppen } from './koppen.ts';
import { gescandeStroom, laatUitpraten, stroomVan } from './lichaam.ts';
import { oauthRoutes } from './oauth.ts';
import type { Omgeving } from './omgeving.ts';
import { openapi } from './openapi.ts';
import { alsWeigering, type Probleem, probleemVan, stuurProbleem } from './probleem.ts';
import type { Route } from './route.ts';
import { banenRoutes } from './routes/banen.ts';
import { beheerRoutes } from './routes/beheer.ts';
import { berichtRoutes } from './routes/berichten.ts';
import { beveiligingRoutes } from './routes/beveiliging.ts';
import { bezorgingRoutes } from './routes/bezorging.ts';
import { controleRoutes } from './routes/controles.ts';
import { dossierRoutes } from './routes/dossier.ts';
import { ketendataRoutes } from './routes/ketendata.ts';
import { openstaandRoutes } from './routes/openstaand.ts';
import { organisatieRoutes } from './routes/organisaties.ts';
import { postbusRoutes } from './routes/postbussen.ts';
import { routeringRoutes } from './routes/routering.ts';
import { stopRoutes } from './routes/stops.ts';
import { wlzRegisterRoutes } from './routes/wlz-register.ts';
import { wlzSignaalRoutes } from './routes/wlz-signalen.ts';
import { zoekRoutes } from './routes/zoeken.ts';
import { stufRoutes } from './stuf.ts';
import { heeftOnbewaarbaarTeken } from './tekens.ts';

const MAX_JSON = '128kb';
/** The route of which every refusal has an audit line of its own. */
const AANLEVEREN = 'leverBerichtAan';

/** Input that does not fit its schema: every field that is wrong at once, without the values. */
class OngeldigeInvoer extends KnooppuntFout {
  readonly fouten: Probleem['fouten'];

  constructor(fout: z.ZodError) {
    super('invoerOngeldig');
    this.fouten = fout.issues.map(({ path, code }) => ({
      veld: path.join('.') || '(verzoek)',
      melding: MELDINGEN[code] ?? 'ongeldige waarde',
    }));
  }
}
const MELDINGEN: Readonly<Record<string, string>> = {
  invalid_type: 'ontbreekt of heeft een verkeerd type',
  invalid_format: 'heeft niet de juiste vorm',
  too_big: 'is te groot',
  too_small: 'is te klein',
  unrecognized_keys: 'onbekend veld',
  invalid_value: 'geen toegestane waarde',
};

function lees<T>(schema: z.ZodType<T> | undefined, waarde: unknown): T {
  if (!schema) return undefined as T;
  if (heeftOnbewaarbaarTeken(waarde))
    throw new KnooppuntFout('invoerOngeldig', 'Er staat een teken in dat niet is toegestaan.');
  const uitslag = schema.safeParse(waarde);
  if (!uitslag.success) throw new OngeldigeInvoer(uitslag.error);
  return uitslag.data;
}

/** Who is calling? Asked before anything of the request is read. */
async function meldAan(omgeving: Omgeving, req: Request, res: Response): Promise<void> {
  const eigenRegel = res.locals.route === AANLEVEREN;
  res.locals.client = await omgeving.portier.laatBinnen(aanroepVan(req, { eigenRegel }));
}

/** A route that takes JSON takes nothing else; no body at all means the defaults. */
function eisJson(req: Request): void {
  const heeftLijf = Number(req.get('Content-Length') ?? 0) > 0 || req.get('Transfer-Encoding') !== undefined;
  if (heeftLijf && !req.is('application/json'))
    throw new KnooppuntFout('inhoudstypeOnjuist', 'Hier wordt application/json verwacht.');
}

const spoorVanVerzoek = (res: Response): Spoor | undefined => res.locals.spoor as Spoor | undefined;

async function behandel(omgeving: Omgeving, route: Route, req: Request, res: Response): Promise<void> {
  if (route.inhoudSchema) eisJson(req);
  const client = res.locals.client as Client;
  const verzoek = {
    client,
    stroom: route.scan === 'bij aanlevering' ? stroomVan(req) : gescandeStroom(omgeving, client.id, req, route.scan),
    pad: lees(route.padSchema, req.params),
    vraag: lees(route.vraagSchema, req.query),
    inhoud: lees(route.inhoudSchema, req.body ?? {}),
    req,
    res,
  };
  const uitvoer = await metSpoor(spoorVanVerzoek(res), () => route.voer(verzoek));
  if (!uitvoer || res.writableEnded || res.destroyed) return;
  res.status(uitvoer.status).set(uitvoer.koppen ?? {});
  if (uitvoer.lijf === undefined) res.end();
  else res.type('application/json').send(JSON.stringify(uitvoer.lijf));
}

async function weiger(omgeving: Omgeving, fout: unknown, req: Request, res: Response): Promise<void> {
  const { soort, probleem, naSeconden } = probleemVan(alsWeigering(fout, { 415: 'inhoudstypeOnjuist' }));
  // What we refuse knowingly (too busy, a register that is too old) is counted; it is no failure of ours to look into.
  if (probleem.status >= 500 && !(fout instanceof KnooppuntFout)) omgeving.logFout('verzoek mislukt', fout);
  const actor = (res.locals.client as Client | undefined)?.id;
  // Of what is refused for being too much, there is a line already; one for each would be too much too.
  const teVeel = soort === 'teVeelVerzoeken' || soort === 'teVeelMislukt';
  if (soort === 'virusGevonden' || (res.locals.route === AANLEVEREN && !teVeel))
    await metSpoor(spoorVanVerzoek(res), () => boekWeigering(omgeving, { actor, soort }));
  else omgeving.metriek.geweigerd(soort);
  if (probleem.status === 403 && actor !== undefined && res.locals.route !== AANLEVEREN)
    await boekVerbod(omgeving, { actor, soort, route: String(res.locals.route) });
  if (res.headersSent || res.destroyed) return void res.destroy();
  // Otherwise Node ends a connection that asked to be closed at once, and the sender never hears why.
  if (!req.complete) res.set('Connection', 'keep-alive');
  laatUitpraten(req);
  const fouten = fout instanceof OngeldigeInvoer ? fout.fouten : undefined;
  stuurProbleem(res, fouten ? { ...probleem, fouten } : probleem, naSeconden);
}

/**
 * @param omgeving what the routes work with
 * @param portaal the pages, where there are any
 * @returns the application, with all routes, the OpenAPI document, health and metrics
 */
export function maakApp(omgeving: Omgeving, portaal?: RequestHandler): Express {
  const app = express();
  // A path with a slash at the end is another path (NL API Design Rules: 404, no redirect).
  app
    .set('strict routing', true)
    .set('case sensitive routing', true)
    .set('query parser', 'simple')
    .set('trust proxy', [...omgeving.config.toegang.proxies])
    .set('etag', false)
    .disable('x-powered-by');
  const routes = [
    ...berichtRoutes(omgeving),
    ...zoekRoutes(omgeving),
    ...controleRoutes(omgeving),
    ...postbusRoutes(omgeving),
    ...organisatieRoutes(omgeving),
    ...dossierRoutes(omgeving),
    ...routeringRoutes(omgeving),
    ...stopRoutes(omgeving),
    ...banenRoutes(omgeving),
    ...openstaandRoutes(omgeving),
    ...ketendataRoutes(omgeving),
    ...bezorgingRoutes(omgeving),
    ...wlzRegisterRoutes(omgeving),
    ...wlzSignaalRoutes(omgeving),
  ];
  const document = JSON.stringify(
    openapi(routes, {
      scopes: omgeving.tokenloket && SCOPE_UITLEG,
      certificaten: omgeving.config.toegang.tls?.clientCa !== undefined,
    }),
  );

  app.use((req, res, next) => {
    zetVasteKoppen(req, res);
    const spoor = spoorVan(req.headers);
    res.locals.spoor = spoor;
    res.set('traceparent', traceparent(spoor));
    next();
  });
  app.get('/v1/openapi.json', (_req, res) => {
    res
      .set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' })
      .type('application/json')
      .send(document);
  });
  beheerRoutes(app, omgeving);
  oauthRoutes(app, omgeving);
  beveiligingRoutes(app, omgeving.config.verharding.beveiliging);
  stufRoutes(app, omgeving);
  if (portaal) app.use('/portaal', portaal);

  const json = express.json({
    limit: MAX_JSON,
    strict: true,
    inflate: false,
    verify: (_req, _res, bytes) => keurJson(bytes.toString()),
  });
  const paden = new Set(routes.map(({ pad }) => pad));
  for (const pad of paden) {
    const expressPad = pad.replace(/\{(\w+)\}/g, ':$1');
    const hier = routes.filter((route) => route.pad === pad);
    for (const route of hier) {
      const begin = (_req: Request, res: Response, next: NextFunction): void => {
        const sinds = performance.now();
        res.locals.route = route.id;
        res.once('close', () => omgeving.metriek.verzoek(route.id, res.statusCode, (performance.now() - sinds) / 1000));
        next();
      };
      const aanmelden = (req: Request, res: Response, next: NextFunction): Promise<void> =>
        meldAan(omgeving, req, res).then(() => next());
      const lijf = route.inhoudSchema ? [json] : [];
      app[route.methode](expressPad, begin, aanmelden, ...lijf, (req: Request, res: Response) =>
        behandel(omgeving, route, req, res),
      );
    }
    app.all(expressPad, (_req, res) => {
      res.set('Allow', hier.map(({ methode }) => methode.toUpperCase()).join(', '));
      throw new KnooppuntFout('methodeNietToegestaan');
    });
  }
  app.use(() => {
    throw new KnooppuntFout('nietGevonden');
  });
  app.use((fout: unknown, req: Request, res: Response, _next: NextFunction) => weiger(omgeving, fout, req, res));
  return app;
}
