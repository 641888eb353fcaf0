/**
 * Who is at the browser. The session is a row in the database and a number in a cookie that no script and no other site gets at; what the
 * user may do is looked up at each request.
 */
import { createHmac } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import { leesGebruiker } from '../../toegang/gebruikers/lezen.ts';
import type { Gebruiker } from '../../toegang/gebruikers/types.ts';
import type { Sessie } from '../pagina.ts';
import { csrfVan } from './csrf.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { Sessieopslag } from './opslag.ts';

/** Over TLS the name binds the cookie to this host and to TLS: no neighbour, and nobody on the line without TLS, can put one of his own there. */
export const COOKIE_TLS = '__Host-knooppunt';
export const COOKIE = 'knooppunt';

/** As with HSTS: ours, or that of the proxy before us. Who lies about the proxy binds nobody but itself. */
const overTls = (req: Request): boolean => 'encrypted' in req.socket || req.get('X-Forwarded-Proto') === 'https';

const beloof = (werk: (klaar: (fout?: unknown) => void) => void): Promise<void> =>
  new Promise((goed, mislukt) => werk((fout) => (fout ? mislukt(fout) : goed())));

export const bewaarSessie = (req: Request): Promise<void> => beloof((klaar) => req.session.save(klaar));
export const vernieuwSessie = (req: Request): Promise<void> => beloof((klaar) => req.session.regenerate(klaar));
const vernietig = (req: Request): Promise<void> => beloof((klaar) => req.session.destroy(klaar));

function sessieVan(omgeving: Aanmeldomgeving, req: Request, res: Response, gebruiker: Gebruiker): Sessie {
  return {
    gebruiker,
    csrf: csrfVan(req),
    zetMelding(melding) {
      req.session.melding = melding;
    },
    neemMelding() {
      const { melding } = req.session;
      delete req.session.melding;
      return melding;
    },
    async uit() {
      await vernietig(req);
      delete res.locals.sessie;
      for (const [naam, secure] of [
        [COOKIE_TLS, true],
        [COOKIE, false],
      ] as const)
        if (req.get('Cookie')?.includes(`${naam}=`)) res.clearCookie(naam, { path: '/', secure, httpOnly: true });
      await schrijfLogboek(omgeving.database.pool, [
        {
          gebeurtenis: 'gebruiker afgemeld',
          actor: gebruiker.client.id,
          namens: gebruiker.organisatie,
          resultaat: 'afgemeld',
          berichtId: null,
        },
      ]);
    },
  };
}

/**
 * Middleware: req.session, and res.locals.sessie of who is logged in.
 * @param klok milliseconds since 1970
 */
export function metSessie(omgeving: Aanmeldomgeving, klok: () => number = Date.now): RequestHandler {
  const { config, database, sleutels, routering } = omgeving;
  // That the number is signed too spares the database numbers that were made up.
  const secret = createHmac('sha256', sleutels.hmac).update('knooppunt portaal cookie').digest('base64url');
  const maak = (name: string, secure: boolean): RequestHandler =>
    session({
      name,
      secret,
      store: new Sessieopslag(database.pool, klok),
      // Over TLS it was looked at before.
      proxy: secure,
      resave: false,
      saveUninitialized: false,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure },
    });
  const veilig = maak(COOKIE_TLS, true);
  const gewoon = maak(COOKIE, false);
  const laad = async (req: Request, res: Response): Promise<void> => {
    const id = req.session.gebruiker;
    if (id === undefined) return;
    const gebruiker = await leesGebruiker({ verbinding: database.pool, routering }, id);
    if (gebruiker) res.locals.sessie = sessieVan(omgeving, req, res, gebruiker);
    else await vernieuwSessie(req);
  };
  return (req, res, next) => {
    const kies = config.productie || overTls(req) ? veilig : gewoon;
    kies(req, res, (fout?: unknown) => {
      if (fout) next(fout);
      else laad(req, res).then(() => next(), next);
    });
  };
}

/**
 * Lets a user in: under a new number, so that whoever put the old one there has nothing.
 * @param weg by which door; with `broker` logging out goes there too
 */
export async function begin(
  { database, mislukkingen }: Pick<Aanmeldomgeving, 'database' | 'mislukkingen'>,
  req: Request,
  id: string,
  weg: 'broker' | 'demo',
): Promise<void> {
  await database.transactie(async (verbinding) => {
    const { rows } = await verbinding.query<{ organisatie: string | null }>(
      'update gebruiker set aangemeld_op = now() where id = $1 returning organisatie',
      [id],
    );
    await schrijfLogboek(verbinding, [
      {
        gebeurtenis: 'gebruiker aangemeld',
        actor: `gebruiker:${id}`,
        namens: rows[0]?.organisatie ?? null,
        resultaat: weg,
        berichtId: null,
      },
    ]);
  });
  mislukkingen.portaalGelukt(req.ip ?? '');
  await vernieuwSessie(req);
  req.session.gebruiker = id;
  if (weg === 'broker') req.session.viaBroker = true;
  csrfVan(req);
  await bewaarSessie(req);
}
