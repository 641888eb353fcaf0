/** Logging in and out: the pages, and the way to the broker and back. */
import type { Request } from 'express';
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import { DEMOGEBRUIKERS, demogebruikerId, zorgVoorDemogebruikers } from '../../toegang/gebruikers/demo.ts';
import { herken, type Kandidaat } from '../../toegang/gebruikers/herkennen.ts';
import { koppel } from '../../toegang/gebruikers/uitnodiging.ts';
import { type Pagina, pagina, type Scherm, type Uitkomst } from '../pagina.ts';
import { eigenAdres } from '../portaal.ts';
import { Broker } from './broker.ts';
import { csrfVan } from './csrf.ts';
import { AANMELDFOUTEN, Aanmeldfout, type Aanmeldfoutsoort } from './fouten.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { PADEN, padVan } from './paden.ts';
import { aanmeldscherm, afgemeldscherm, foutscherm, uitnodigingsscherm } from './schermen.ts';
import { begin, bewaarSessie } from './sessie.ts';

const Terug = z.object({ terug: z.string().max(2000).optional().catch(undefined) });
const adresVan = (req: Request): string => req.ip ?? '';

/** @throws KnooppuntFout teVeelMislukt when too often somebody from there did not get in */
function eisRust({ mislukkingen }: Aanmeldomgeving, req: Request): void {
  const wacht = mislukkingen.wachtVoorPortaal(adresVan(req));
  if (wacht > 0) throw new KnooppuntFout('teVeelMislukt', undefined, { naSeconden: Math.ceil(wacht / 1000) });
}

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

const Demokeuze = z.object({ wie: z.enum(DEMOGEBRUIKERS.map(({ wie }) => wie)), terug: z.string().optional() });

/** Becoming a user of the demo by a press of a button. */
function demo(omgeving: Aanmeldomgeving): Pagina {
  let klaar: Promise<void> | undefined;
  const zorg = (): Promise<void> =>
    zorgVoorDemogebruikers(omgeving.database).then(
      () => omgeving.routering.ververs(),
      (fout: unknown) => {
        klaar = undefined;
        throw fout;
      },
    );
  return pagina<unknown, z.infer<typeof Demokeuze>>({
    methode: 'post',
    pad: padVan('demo'),
    id: 'aanmeldenDemo',
    toegang: 'iedereen',
    formulierSchema: Demokeuze,
    async voer({ formulier, req }) {
      if (!formulier) throw new KnooppuntFout('invoerOngeldig');
      klaar ??= zorg();
      await klaar;
      await begin(omgeving, req, demogebruikerId(formulier.wie), 'demo');
      return { naar: eigenAdres(formulier.terug) };
    },
  });
}

const start = (omgeving: Aanmeldomgeving, broker: Broker): Pagina =>
  pagina<z.infer<typeof Terug>>({
    methode: 'get',
    pad: padVan('start'),
    id: 'aanmeldenStart',
    toegang: 'iedereen',
    vraagSchema: Terug,
    async voer({ vraag, req }) {
      eisRust(omgeving, req);
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
        if (herkend.soort !== 'bekend') return naarUitnodiging(req, herkend.kandidaat, herkend.soort);
        await begin(omgeving, req, herkend.gebruiker, 'broker');
        return { naar: heen.naar };
      } catch (fout) {
        return mislukt(omgeving, req, fout);
      }
    },
  });

function naarUitnodiging(req: Request, kandidaat: Kandidaat, soort: 'onbekend' | 'ingetrokken'): Uitkomst {
  req.session.kandidaat = { ...kandidaat, ingetrokken: soort === 'ingetrokken' };
  return { naar: PADEN.uitnodiging };
}

const toonUitnodiging = (): Pagina =>
  pagina({
    methode: 'get',
    pad: padVan('uitnodiging'),
    id: 'uitnodiging',
    toegang: 'iedereen',
    async voer({ req }) {
      const { kandidaat } = req.session;
      if (!kandidaat) return { naar: PADEN.aanmelden };
      return uitnodigingsscherm({ ...kandidaat, csrf: csrfVan(req), veldfouten: new Map(), ingevuld: {} });
    },
  });

const Code = z.object({
  code: z.string().trim().min(1, 'Vul de code in die u kreeg.').max(100, 'Deze code is te lang.'),
});

const gebruikUitnodiging = (omgeving: Aanmeldomgeving): Pagina =>
  pagina<unknown, z.infer<typeof Code>>({
    methode: 'post',
    pad: padVan('uitnodiging'),
    id: 'uitnodigingGebruiken',
    toegang: 'iedereen',
    formulierSchema: Code,
    async voer({ req, formulier, veldfouten, ingevuld }) {
      eisRust(omgeving, req);
      const { kandidaat } = req.session;
      if (!kandidaat) return { naar: PADEN.aanmelden };
      const opnieuw = { ...kandidaat, csrf: csrfVan(req), ingevuld };
      if (!formulier) return uitnodigingsscherm({ ...opnieuw, veldfouten });
      try {
        const id = await koppel(omgeving.database, formulier.code, kandidaat);
        await begin(omgeving, req, id, 'broker');
        return { naar: '/portaal' };
      } catch (fout) {
        if (!(fout instanceof KnooppuntFout) || fout.details === undefined) throw fout;
        await omgeving.mislukkingen.portaalMislukt(adresVan(req), 'uitnodiging');
        return uitnodigingsscherm({ ...opnieuw, veldfouten: new Map([['code', fout.details]]) });
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
    ...(inDemo ? [demo(omgeving)] : []),
    ...(broker ? [start(omgeving, broker), terug(omgeving, broker)] : []),
    toonUitnodiging(),
    gebruikUitnodiging(omgeving),
    afmelden(),
    afgemeld(broker),
  ];
}
