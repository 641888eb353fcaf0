/** The SOAP door: StUF-GGk 2.1 calls on one address, and the WSDL with its schemas. */
import { readFileSync } from 'node:fs';
import type { Express, Request, Response } from 'express';
import { MislukteAanroep, ontvangStuf, stufPlafond } from '../aanlevering/stuf.ts';
import { zenderVan } from '../envelop/fo01.ts';
import { schrijfBv03, schrijfFo03 } from '../envelop/schrijf.ts';
import { inSoap } from '../envelop/soap.ts';
import { StufFout, type StufFoutSoort } from '../envelop/stuf-fout.ts';
import { KnooppuntFout, type WeigeringSoort } from '../fouten.ts';
import { metSpoor, type Spoor } from '../logboek/spoor.ts';
import { isTijdelijk } from '../opslag/database.ts';
import { STANDAARD_FOUTLIJST } from '../standards/foutcodes/lijsten.ts';
import type { Client } from '../toegang/clients.ts';
import { aanroepVan } from './aanroep.ts';
import { boekWeigering } from './geweigerd.ts';
import { laatUitpraten, stroomVan } from './lichaam.ts';
import type { Omgeving } from './omgeving.ts';

const PAD = '/stuf/ggk0210/OntvangAsynchroon';
const SOAP_TYPE = 'text/xml; charset=utf-8';
/** By SOAP 1.1 every fault is a 500; whoever is not let in can also be told by HTTP. */
const HTTP_FAULT = 500;
const STATUS: Readonly<Partial<Record<StufFoutSoort, number>>> = { nietAangemeld: 401, teVeelVerzoeken: 429 };
const XSD_MAP = new URL('../../xsd/stuf/', import.meta.url);
/** The files that the WSDL and its schemas refer to, at the same places relative to each other. */
const SCHEMAS = ['ggk0210/ggk0210.xsd', '0301/stuf0301.xsd'];

/** StUF clients know Basic: then the password is the token, and the name is for the reader of their configuration. */
function alsBearer(authorization: string | undefined): string | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]{1,8192})$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return authorization;
  const tekst = Buffer.from(basic, 'base64').toString('utf8');
  return `Bearer ${tekst.slice(tekst.indexOf(':') + 1)}`;
}

/** @throws StufFout when the call does not say that it is a message of SOAP 1.1 */
function eisSoap(req: Request, maxBytes: number): string {
  const type = (req.get('Content-Type') ?? '').toLowerCase();
  if (type.startsWith('application/soap+xml')) throw new StufFout('soapVersie');
  const tekenset = /charset\s*=\s*"?([^";\s]*)/.exec(type)?.[1] ?? 'utf-8';
  if (!/^(text|application)\/xml\s*(;|$)/.test(type) || tekenset !== 'utf-8')
    throw new StufFout('geenSoap', 'Stuur de aanroep als text/xml, in UTF-8.');
  if (req.get('Content-Encoding') !== undefined)
    throw new StufFout('geenSoap', 'Stuur de aanroep zonder Content-Encoding.');
  if (Number(req.get('Content-Length') ?? 0) > stufPlafond(maxBytes)) throw new StufFout('berichtTeGroot');
  const actie = req.get('SOAPAction');
  if (actie === undefined) throw new StufFout('soapActionOnjuist');
  return actie.trim().replace(/^"(.*)"$/, '$1');
}

const BUITEN: Readonly<Partial<Record<WeigeringSoort, StufFoutSoort>>> = {
  nietAangemeld: 'nietAangemeld',
  teVeelMislukt: 'teVeelVerzoeken',
  teVeelVerzoeken: 'teVeelVerzoeken',
  tijdelijkNietBeschikbaar: 'tijdelijkNietBeschikbaar',
};

async function meldAan({ portier }: Omgeving, req: Request, res: Response): Promise<Client> {
  try {
    return await portier.laatBinnen(
      aanroepVan(req, { authorization: alsBearer(req.get('Authorization')), eigenRegel: true }),
    );
  } catch (fout) {
    const soort = fout instanceof KnooppuntFout ? BUITEN[fout.soort] : undefined;
    if (soort === undefined) throw fout;
    if (fout instanceof KnooppuntFout && fout.naSeconden !== undefined) res.set('Retry-After', String(fout.naSeconden));
    throw new StufFout(soort);
  }
}

/** A call that is cut short by us is no call that the sender made wrongly. */
async function* alsStuf(inhoud: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* inhoud;
  } catch (fout) {
    if (fout instanceof KnooppuntFout && fout.soort === 'tijdelijkNietBeschikbaar')
      throw new StufFout('tijdelijkNietBeschikbaar', fout.details);
    throw fout;
  }
}

const kop = (ontvanger: string | undefined, kruisreferentie: string | undefined) => ({
  zender: zenderVan(STANDAARD_FOUTLIJST),
  ontvanger,
  referentienummer: crypto.randomUUID(),
  moment: new Date(),
  kruisreferentie,
});

function alsStufFout(omgeving: Omgeving, fout: unknown): StufFout {
  if (fout instanceof StufFout) return fout;
  omgeving.logFout('StUF-aanroep mislukt', fout);
  return new StufFout(isTijdelijk(fout) ? 'tijdelijkNietBeschikbaar' : 'interneFout');
}

async function ontvang(omgeving: Omgeving, req: Request, res: Response): Promise<void> {
  let actor: string | undefined;
  const sinds = performance.now();
  try {
    const actie = eisSoap(req, omgeving.config.maxBerichtBytes);
    const client = await meldAan(omgeving, req, res);
    actor = client.id;
    const { envelop, bewijs, weigering } = await omgeving.uploadruimte.met(client.id, stroomVan(req), (inhoud) =>
      ontvangStuf(omgeving.loket, { client, actie, inhoud: alsStuf(inhoud) }),
    );
    const { organisatie } = envelop.zender;
    if (bewijs) omgeving.metriek.aangenomen('stuf', bewijs, (performance.now() - sinds) / 1000);
    if (weigering) await boekWeigering(omgeving, { actor, namens: organisatie, soort: weigering.soort });
    const bv03 = schrijfBv03(kop(organisatie, envelop.referentienummer));
    res.status(200).set('Content-Type', SOAP_TYPE).end(inSoap(bv03));
  } catch (ruw) {
    const mislukt = ruw instanceof MislukteAanroep ? ruw : undefined;
    const fout = alsStufFout(omgeving, mislukt ? mislukt.fout : ruw);
    if (fout.soort === 'teVeelVerzoeken') omgeving.metriek.geweigerd(fout.soort);
    else await boekWeigering(omgeving, { actor, soort: fout.soort });
    if (res.headersSent || res.destroyed) return void res.destroy();
    laatUitpraten(req);
    if (fout.soort === 'nietAangemeld') res.set('WWW-Authenticate', 'Basic realm="StUF"');
    res
      .status(STATUS[fout.soort] ?? HTTP_FAULT)
      .set('Content-Type', SOAP_TYPE)
      .end(schrijfFo03(fout, kop(undefined, mislukt?.referentienummer)));
  }
}

/** Where callers reach us, as they say it themselves; the WSDL repeats it. */
function eigenAdres(req: Request): string {
  const host = req.get('Host') ?? '';
  const veilig = req.secure || req.get('X-Forwarded-Proto') === 'https';
  return `${veilig ? 'https' : 'http'}://${/^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ? host : 'localhost'}${PAD}`;
}

/** Mounts the endpoint, the WSDL (?wsdl) and the schemas it refers to. */
export function stufRoutes(app: Express, omgeving: Omgeving): void {
  const wsdl = readFileSync(new URL('ggk0210/ggk0210.wsdl', XSD_MAP), 'utf8');
  app.get(PAD, (req, res, next) => {
    // Some toolkits ask for it in capitals.
    if (!Object.keys(req.query).some((naam) => naam.toLowerCase() === 'wsdl')) return next();
    const tekst = wsdl.replace(/(<soap:address location=")[^"]*/, `$1${eigenAdres(req)}`);
    res.set('Content-Type', SOAP_TYPE).end(tekst);
  });
  for (const schema of SCHEMAS) {
    const inhoud = readFileSync(new URL(schema, XSD_MAP));
    app.get(`/stuf/${schema}`, (_req, res) => {
      res.set('Content-Type', SOAP_TYPE).end(inhoud);
    });
  }
  app.post(PAD, (req, res) => {
    const sinds = performance.now();
    res.once('close', () =>
      omgeving.metriek.verzoek('ontvangStuf', res.statusCode, (performance.now() - sinds) / 1000),
    );
    return metSpoor(res.locals.spoor as Spoor | undefined, () => ontvang(omgeving, req, res));
  });
}
