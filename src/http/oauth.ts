/** The built-in issuer: tokens, its public keys, and where to find both (RFC 6749, 7517 and 8414). Not there when it is turned off. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { KnooppuntFout, WEIGERINGEN } from '../fouten.ts';
import { ALGORITMEN } from '../toegang/externe-uitgevers.ts';
import type { Tokenloket } from '../toegang/tokenloket.ts';
import { TOKENFOUTEN, Tokenfout, type Tokenfoutcode } from '../toegang/tokenverzoek.ts';
import { SCOPES } from '../toegang/uitgever.ts';
import { aanroepVan } from './aanroep.ts';
import type { Omgeving } from './omgeving.ts';
import { probleemVan } from './probleem.ts';

const TOKEN = '/oauth/token';
const JWKS = '/oauth/jwks';
const METADATA = '/.well-known/oauth-authorization-server';
const FORMULIER = 'application/x-www-form-urlencoded';
const MAX_FORMULIER = '16kb';

interface Weigering {
  readonly status: number;
  readonly code: Tokenfoutcode;
  readonly uitleg: string;
  readonly naSeconden?: number | undefined;
}

function weigeringVan(fout: unknown, logFout: Omgeving['logFout']): Weigering {
  if (fout instanceof Tokenfout) {
    const { status, uitleg } = TOKENFOUTEN[fout.code];
    return { status, uitleg, code: fout.code, naSeconden: fout.naSeconden };
  }
  // By the parser of the body: too large, or in a character set that we do not read.
  const doorSender = fout instanceof Error && 'status' in fout && Number(fout.status) < 500;
  if (doorSender) return { ...TOKENFOUTEN.invalid_request, code: 'invalid_request' };
  const { soort, probleem } = probleemVan(fout);
  if (!(fout instanceof KnooppuntFout)) logFout('token niet uitgegeven', fout);
  const naSeconden = fout instanceof KnooppuntFout ? fout.naSeconden : undefined;
  return { status: probleem.status, uitleg: WEIGERINGEN[soort].titel, code: 'temporarily_unavailable', naSeconden };
}

async function geefToken(loket: Tokenloket, req: Request, res: Response): Promise<void> {
  if (typeof req.body !== 'string') throw new Tokenfout('invalid_request');
  const antwoord = await loket.vraag({ ...aanroepVan(req), formulier: req.body });
  res.status(200).set('Pragma', 'no-cache').type('application/json').send(JSON.stringify(antwoord));
}

/** @param mtls are client certificates asked for? */
function metadata({ uitgever }: Tokenloket, mtls: boolean): object {
  return {
    issuer: uitgever.naam,
    token_endpoint: uitgever.tokenAdres,
    jwks_uri: `${uitgever.naam}${JWKS}`,
    scopes_supported: SCOPES,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      ...(mtls ? ['tls_client_auth'] : []),
    ],
    token_endpoint_auth_signing_alg_values_supported: ALGORITMEN,
    tls_client_certificate_bound_access_tokens: mtls,
  };
}

export function oauthRoutes(app: Express, omgeving: Omgeving): void {
  const { tokenloket: loket, metriek, logFout, config } = omgeving;
  if (!loket) return;
  const lees = express.text({ type: FORMULIER, limit: MAX_FORMULIER, inflate: false });
  const klok = (_req: Request, res: Response, next: NextFunction): void => {
    const sinds = performance.now();
    res.once('close', () => metriek.verzoek('geefToken', res.statusCode, (performance.now() - sinds) / 1000));
    next();
  };
  app.post(TOKEN, klok, lees, (req, res) => geefToken(loket, req, res));
  app.use(TOKEN, (fout: unknown, req: Request, res: Response, _next: NextFunction) => {
    const { status, code, uitleg, naSeconden } = weigeringVan(fout, logFout);
    metriek.geweigerd(code);
    if (res.headersSent || res.destroyed) return void res.destroy();
    if (status === 401 && req.get('Authorization') !== undefined) res.set('WWW-Authenticate', 'Basic realm="token"');
    if (naSeconden !== undefined) res.set('Retry-After', String(naSeconden));
    res.status(status).set('Pragma', 'no-cache').type('application/json');
    res.send(JSON.stringify({ error: code, error_description: uitleg }));
  });
  app.get(JWKS, async (_req, res) => {
    res.type('application/jwk-set+json').send(JSON.stringify(await loket.uitgever.jwks()));
  });
  const beschrijving = JSON.stringify(metadata(loket, config.toegang.tls?.clientCa !== undefined));
  app.get(METADATA, (_req, res) => {
    res.type('application/json').send(beschrijving);
  });
  for (const [pad, methode] of [
    [TOKEN, 'POST'],
    [JWKS, 'GET'],
    [METADATA, 'GET'],
  ] as const)
    app.all(pad, (_req, res) => {
      res.set('Allow', methode);
      throw new KnooppuntFout('methodeNietToegestaan');
    });
}
