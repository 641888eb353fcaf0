/** Logging in and out: the pages, and the way to the broker and back. */
import type { Request } from 'express';
import { z } from 'zod';
import { herken } from '../../toegang/gebruikers/herkennen.ts';
import { type Pagina, pagina, type Scherm } from '../pagina.ts';
import { eigenAdres } from '../portaal.ts';
import { Broker } from './broker.ts';
import { csrfVan } from './csrf.ts';
import { demoPagina } from './demo.ts';
import { AANMELDFOUTEN, Aanmeldfout, type Aanmeldfoutsoort } from './fouten.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { PADEN, padVan } from './paden.ts';
import { adresVan, Beginrem, eisRust } from './rem.ts';
import { aanmeldscherm, afgemeldscherm, foutscherm } from './schermen.ts';
import { begin, bewaarSessie } from './sessie.ts';
import { naarUitnodiging, uitnodigingPaginas } from './uitnodiging.ts';

const Terug = z.object({ terug: z.string().max(2000).optional().catch(undefined) });
const aanmelden = ({ config }: Aanmeldomgeving): Pagina =>
  pagina<z.infer<typeof Terug>>({
    methode: 'get',
    pad: padVan('aanmelden'),
    id: 'aanmelden',
    toegang: 'iedereen',
    vraagSchema: Terug,
    async voer({ aangemeld, vraag, req }) {
      const terug = eigenAdres(vraag.terug);
      if (aangemeld) return { naar: terug };
      const broker = config.portaal.broker !== undefined;
      return aanmeldscherm({ broker, demo: config.demo ? csrfVan(req) : undefined, terug });
    },
  });

function start(omgeving: Aanmeldomgeving, broker: Broker): Pagina {
  const rem = new Beginrem();
  return pagina<z.infer<typeof Terug>>({
    methode: 'get',
    pad: padVan('start'),
    id: 'aanmeldenStart',
    toegang: 'iedereen',
    vraagSchema: Terug,
    async voer({ vraag, req }) {
      eisRust(omgeving, req);
      rem.eis(req);
      try {
        const { adres, heen } = await broker.heen();
        req.session.heen = { ...heen, naar: eigenAdres(vraag.terug) };
        await bewaarSessie(req);
        return { naar: adres };
      } catch (fout) {
        return mislukt(omgeving, req, fout);
      }
    },
  });
}

/** Tells the user, and counts it. What is no failure of logging in is thrown on. */
async function mislukt(omgeving: Aanmeldomgeving, req: Request, fout: unknown): Promise<Scherm> {
  if (!(fout instanceof Aanmeldfout)) throw fout;
  if (fout.cause !== undefined && fout.soort !== 'afgebroken') omgeving.logFout('inloggen mislukt', fout.cause);
  return weiger(omgeving, req, fout.soort);
}

async function weiger({ mislukkingen }: Aanmeldomgeving, req: Request, soort: Aanmeldfoutsoort): Promise<Scherm> {
  if (AANMELDFOUTEN[soort].mislukt) await mislukkingen.portaalMislukt(adresVan(req), soort);
  return foutscherm(soort);
}

const terug = (omgeving: Aanmeldomgeving, broker: Broker): Pagina =>
  pagina({
    methode: 'get',
    pad: padVan('terug'),
    id: 'aanmeldenTerug',
    toegang: 'iedereen',
    async voer({ req }) {
      eisRust(omgeving, req);
      const { heen } = req.session;
      if (!heen) return weiger(omgeving, req, 'verlopen');
      // Good for one try, whatever comes of it.
      delete req.session.heen;
      await bewaarSessie(req);
      try {
        const vraag = req.originalUrl.split('?').slice(1).join('?');
        const herkend = await herken(omgeving.database.pool, await broker.terug(vraag, heen));
        if (herkend.soort === 'organisatieOnbekend') return await weiger(omgeving, req, herkend.soort);
        if (herkend.soort !== 'bekend') return await naarUitnodiging(omgeving, req, herkend);
        await begin(omgeving, req, herkend.gebruiker, 'broker');
        return { naar: heen.naar };
      } catch (fout) {
        return mislukt(omgeving, req, fout);
      }
    },
  });

const afmelden = (): Pagina =>
  pagina({
    methode: 'post',
    pad: padVan('afmelden'),
    id: 'afmelden',
    toegang: 'aangemeld',
    async voer({ req, sessie }) {
      const ook = req.session.viaBroker ? '?ook=broker' : '';
      await sessie.uit();
      return { naar: PADEN.afgemeld + ook };
    },
  });

const Ook = z.object({ ook: z.literal('broker').optional().catch(undefined) });

/** A page of its own goes on to the broker: a form that is sent elsewhere is what our own headers forbid. */
const afgemeld = (broker: Broker | undefined): Pagina =>
  pagina<z.infer<typeof Ook>>({
    methode: 'get',
    pad: padVan('afgemeld'),
    id: 'afgemeld',
    toegang: 'iedereen',
    vraagSchema: Ook,
    async voer({ vraag, res }) {
      const adres = vraag.ook === 'broker' ? await broker?.uit() : undefined;
      if (adres !== undefined) res.set('Refresh', `0; url=${adres}`);
      return afgemeldscherm(adres);
    },
  });

/** All pages for who is not logged in yet, or no longer. */
export function aanmeldPaginas(omgeving: Aanmeldomgeving): readonly Pagina[] {
  const { demo: inDemo, portaal } = omgeving.config;
  const broker = portaal.broker && new Broker(portaal.broker);
  return [
    aanmelden(omgeving),
    ...(inDemo ? [demoPagina(omgeving)] : []),
    ...(broker ? [start(omgeving, broker), terug(omgeving, broker)] : []),
    ...uitnodigingPaginas(omgeving),
    afmelden(),
    afgemeld(broker),
  ];
}
