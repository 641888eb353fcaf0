/**
 * The api role: takes messages in and hands them out. It never validates on its own event loop: a large message would hold up everybody
 * else. What a caller only wants checked goes to a thread.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stapelaar } from '../aanlevering/stapelaar.ts';
import { stufPlafond } from '../aanlevering/stuf.ts';
import { leesBronnen } from '../bronnen.ts';
import type { Config } from '../config.ts';
import { ENVELOP_XSD } from '../envelop/stuf.ts';
import { maakApp } from '../http/app.ts';
import { maakMetriek } from '../http/metriek.ts';
import { Uploadruimte } from '../http/upload-ruimte.ts';
import { foutVoorLog } from '../log.ts';
import { Sleutelring } from '../opslag/sleutelring.ts';
import { postbussenMetPost } from '../postbus/postbus.ts';
import { Wachtkamer } from '../postbus/wachten.ts';
import { Routering } from '../routering/routering.ts';
import { maakAanmelding } from '../toegang/clients.ts';
import { Controleur } from '../verwerking/controleur.ts';
import { metUitkomst } from '../verwerking/volgen.ts';
import { Banen } from '../wachtrij/banen.ts';
import { warmXsdsOp } from '../xml/xsd.ts';
import type { Draaiend, Rolopties } from './rol.ts';

/** A sender that takes longer than this for its headers or its body is cut off. */
const MAX_KOPPEN_MS = 10_000;
const MAX_VERZOEK_MS = 300_000;
const MAX_KOP_BYTES = 16 * 1024;
/** When stopping: how often idle connections are ended, and when those still busy are. */
const RUST_MS = 50;
const AFRONDEN_MS = 8000;

/** The largest body that an address takes. */
function grootste({ maxBerichtBytes, wlz }: Config, adres: string): number {
  if (adres.startsWith('/stuf/')) return stufPlafond(maxBerichtBytes);
  return adres.split('?', 1)[0] === '/v1/wlz-leveringen' ? wlz.maxLeveringBytes : maxBerichtBytes;
}

export async function startApi({
  config,
  database,
  log,
  wachtrij,
}: Rolopties): Promise<Draaiend & { readonly poort: number }> {
  const sleutels = await Sleutelring.open(config, database);
  const routering = new Routering(database, {
    opFout: (fout) => log.error({ fout: foutVoorLog(fout) }, 'routering niet ververst'),
  });
  const banen = new Banen(wachtrij);
  const opUitkomst = new Wachtkamer((ids) => metUitkomst(database, ids));
  const opPost = new Wachtkamer((postbussen) => postbussenMetPost(database, postbussen));
  // Otherwise the first StUF call waits for it.
  warmXsdsOp([ENVELOP_XSD]);
  const controleur = new Controleur(leesBronnen(config));
  const app = maakApp({
    config,
    database,
    sleutels,
    routering,
    aanmelding: maakAanmelding(config, routering),
    loket: {
      database,
      sleutels,
      routering,
      stapelaar: new Stapelaar(database),
      stoot: (baanId) => banen.stoot(baanId),
      maxBytes: config.maxBerichtBytes,
      alleenTestBsn: config.demo,
    },
    uploadruimte: new Uploadruimte(config.maxBerichtBytes),
    controleur,
    opUitkomst,
    opPost,
    metriek: maakMetriek(database),
    redisBereikbaar: () => banen.bereikbaar,
    logFout: (melding, fout) => log.error({ fout: foutVoorLog(fout) }, melding),
  });
  const server = createServer(
    {
      headersTimeout: MAX_KOPPEN_MS,
      requestTimeout: MAX_VERZOEK_MS,
      maxHeaderSize: MAX_KOP_BYTES,
      keepAliveTimeout: 30_000,
    },
    app,
  );
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
      await controleur.sluit();
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
