/**
 * The api role: takes messages in and hands them out. It never validates on its own event loop: a large message would hold up everybody
 * else. What a caller only wants checked goes to a thread.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stapelaar } from '../aanlevering/stapelaar.ts';
import { stufPlafond } from '../aanlevering/stuf.ts';
import { Bewaking } from '../bewaking/bewaking.ts';
import { Procesmelder } from '../bewaking/processen.ts';
import { leesBronnen } from '../bronnen.ts';
import type { Config } from '../config.ts';
import { Invoerder } from '../dossier/invoer/invoerder.ts';
import { ENVELOP_XSD } from '../envelop/stuf.ts';
import { maakApp } from '../http/app.ts';
import { type Metriek, maakMetriek } from '../http/metriek.ts';
import type { Omgeving } from '../http/omgeving.ts';
import { begrens, SERVER_GRENZEN } from '../http/server-grenzen.ts';
import { maakServer } from '../http/tls.ts';
import { Uploadruimte } from '../http/upload-ruimte.ts';
import { foutVoorLog, type Log } from '../log.ts';
import { Sleutelring } from '../opslag/sleutelring.ts';
import { maakDeur } from '../portaal/aanmelden/deur.ts';
import { maakPaginas } from '../portaal/paginas.ts';
import { maakPortaal } from '../portaal/portaal.ts';
import { postbussenMetPost } from '../postbus/postbus.ts';
import { Wachtkamer } from '../postbus/wachten.ts';
import { Routering } from '../routering/routering.ts';
import { Controleur } from '../verwerking/controleur.ts';
import { metUitkomst } from '../verwerking/volgen.ts';
import { maakVirusscanner, type Scanuitslag } from '../virusscan/scanner.ts';
import { Banen } from '../wachtrij/banen.ts';
import { warmXsdsOp } from '../xml/xsd.ts';
import { doelenVan } from './doelen.ts';
import { openPoort } from './poort.ts';
import type { Draaiend, Rolopties } from './rol.ts';

/** When stopping: how often idle connections are ended, and when those still busy are. */
const RUST_MS = 50;
const AFRONDEN_MS = 8000;

/** The largest body that an address takes. */
function grootste({ maxBerichtBytes, wlz }: Config, adres: string): number {
  if (adres.startsWith('/stuf/')) return stufPlafond(maxBerichtBytes);
  return adres.split('?', 1)[0] === '/v1/wlz-leveringen' ? wlz.maxLeveringBytes : maxBerichtBytes;
}

/** The same complaint is logged once in this time; the metrics count them all. */
const STILTE_MS = 60_000;

function maakStil<A extends readonly unknown[]>(zeg: (...wat: A) => void): (...wat: A) => void {
  let stilTot = 0;
  return (...wat) => {
    if (performance.now() < stilTot) return;
    stilTot = performance.now() + STILTE_MS;
    zeg(...wat);
  };
}

function scanmelder(metriek: Metriek, log: Log): (uitslag: Scanuitslag) => void {
  const klaag = maakStil((uitslag: Scanuitslag) => log.warn({ uitslag }, 'geen oordeel van de virusscanner'));
  return (uitslag) => {
    metriek.gescand(uitslag);
    if (uitslag !== 'schoon' && uitslag !== 'besmet') klaag(uitslag);
  };
}

export async function startApi({
  config,
  database,
  log,
  wachtrij,
}: Rolopties): Promise<Draaiend & { readonly poort: number }> {
  const logFout = (melding: string, fout: unknown): void => log.error({ fout: foutVoorLog(fout) }, melding);
  const sleutels = await Sleutelring.open(config, database);
  const routering = new Routering(database, {
    opFout: (fout) => logFout('routering niet ververst', fout),
  });
  const banen = new Banen(wachtrij);
  const opUitkomst = new Wachtkamer((ids) => metUitkomst(database, ids));
  const opPost = new Wachtkamer((postbussen) => postbussenMetPost(database, postbussen));
  // Otherwise the first StUF call waits for it.
  warmXsdsOp([ENVELOP_XSD]);
  const controleur = new Controleur(leesBronnen(config));
  const bewaking = new Bewaking({
    database,
    banen,
    certificaten: { server: config.toegang.tls?.certificaat, client: config.verharding.stufTls.certificaat },
    opFout: maakStil((melding, fout) => log.warn({ fout: foutVoorLog(fout) }, melding)),
  });
  const metriek = maakMetriek(bewaking);
  const melder = new Procesmelder({ database, rol: 'api', redisBereikbaar: () => banen.bereikbaar }).start();
  const { clamd } = config.verharding;
  const invoerder = new Invoerder(config);
  const omgeving: Omgeving = {
    config,
    database,
    sleutels,
    routering,
    ...(await openPoort(config, database, routering, logFout)),
    loket: {
      database,
      sleutels,
      routering,
      stapelaar: new Stapelaar(database),
      stoot: (baanId) => banen.stoot(baanId),
      maxBytes: config.maxBerichtBytes,
      alleenTestBsn: config.demo,
      virusscanner: clamd && maakVirusscanner(clamd, { opUitslag: scanmelder(metriek, log) }),
    },
    uploadruimte: new Uploadruimte(config.maxBerichtBytes),
    controleur,
    invoerder,
    opUitkomst,
    opPost,
    metriek,
    bewaking,
    doelen: doelenVan(config),
    logFout,
  };
  const app = maakApp(omgeving, maakPortaal(omgeving, maakDeur(omgeving), maakPaginas(omgeving)));
  const server = maakServer(SERVER_GRENZEN, app, config.toegang.tls, logFout);
  begrens(server, metriek.geweigerd);
  // Refuse what is too large before the sender starts sending it: curl asks first.
  server.on('checkContinue', (req, res) => {
    if (Number(req.headers['content-length'] ?? 0) <= grootste(config, req.url ?? '')) res.writeContinue();
    app(req, res);
  });
  await new Promise<void>((klaar, mislukt) => {
    server.once('error', mislukt);
    server.listen(config.poort, config.host, klaar);
  });
  const poort = (server.address() as AddressInfo).port;
  log.info({ poort }, 'api gestart');
  return {
    poort,
    async stop() {
      opUitkomst.sluit();
      opPost.sluit();
      await sluitServer(server);
      await invoerder.sluit();
      await controleur.sluit();
      await melder.stop();
      await banen.sluit();
      await sleutels.sluit();
    },
  };
}

/** Lets requests that are under way finish, and ends each connection as soon as it has nothing under way. */
async function sluitServer(server: Server): Promise<void> {
  // Clients keep their connections busy; an answer given from now on is the last on its connection.
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
  const rustig = setInterval(() => server.closeIdleConnections(), RUST_MS);
  const genoeg = setTimeout(() => server.closeAllConnections(), AFRONDEN_MS);
  await new Promise<void>((klaar) => server.close(() => klaar()));
  clearInterval(rustig);
  clearTimeout(genoeg);
}
