/**
 * The planner role: what happens by the clock. The sweep that brings back lanes which Redis forgot, pushing post to receivers over StUF, the
 * comparison of Wmo and Wlz, retention, the figures of the chain, and the chain of the audit log.
 */

import { Procesmelder } from '../bewaking/processen.ts';
import { Taakboek } from '../bewaking/taken.ts';
import { Bewaarder } from '../bewaren/bewaarder.ts';
import { leesTermijnen } from '../bewaren/termijnen.ts';
import { Bezorger } from '../bezorging/bezorger.ts';
import { Ketenvolger } from '../ketendata/volger.ts';
import { foutVoorLog } from '../log.ts';
import { verwijderLogboekTot } from '../logboek/opruimen.ts';
import { Sleutelring } from '../opslag/sleutelring.ts';
import { Routering } from '../routering/routering.ts';
import { veeg } from '../verwerking/veger.ts';
import { Banen } from '../wachtrij/banen.ts';
import { doelenVan, middelenVan } from './doelen.ts';
import { Logboekwacht } from './logboekwacht.ts';
import { Publicatie } from './publicatie.ts';
import type { Draaiend, Rolopties } from './rol.ts';
import { Samenloop } from './samenloop.ts';
import { bijVrijgave } from './vrijgave.ts';

const VEEG_MS = 2000;

export async function startPlanner({ config, database, log, wachtrij }: Rolopties): Promise<Draaiend> {
  // First, because it refuses to start when these files are not right.
  const middelen = middelenVan(config, log);
  const banen = new Banen(wachtrij);
  const boek = new Taakboek(database);
  const melder = new Procesmelder({ database, rol: 'planner', redisBereikbaar: () => banen.bereikbaar }).start();
  const geveegd = boek.voor('vegen');
  let gestopt = false;
  let tik: NodeJS.Timeout;
  const ronde = async (): Promise<void> => {
    try {
      const terug = banen.bereikbaar ? await veeg(database, banen) : 0;
      if (terug > 0) log.info({ terug }, 'vergeten banen teruggezet');
      geveegd(banen.bereikbaar);
    } catch (fout) {
      geveegd(false);
      log.warn({ fout: foutVoorLog(fout) }, 'veegronde mislukt');
    }
    if (!gestopt) tik = setTimeout(() => void ronde(), VEEG_MS);
  };
  void ronde();
  const sleutels = await Sleutelring.open(config, database);
  const bezorger = new Bezorger({
    database,
    sleutels,
    log,
    doelen: doelenVan(config),
    tls: (organisatie) => middelen.voor(organisatie),
    opRonde: boek.voor('bezorgen'),
  });
  const stopKijken = bijVrijgave(database, log, () => bezorger.start());
  const routering = new Routering(database);
  const vergelijkplek = { database, sleutels, routering, ...config.wlz };
  const samenloop = new Samenloop(
    vergelijkplek,
    config.wlz.vergelijkOm,
    wachtrij,
    log,
    boek.voor('wlz-vergelijking'),
  ).start();
  const postbusVan = (code: string, nu: Date) => routering.postbusVan(code, nu);
  const bewaarplek = {
    database,
    sleutels,
    kluis: sleutels.kluis,
    termijnen: leesTermijnen(config),
    postbusVan,
    verwijderLogboekTot: (voor: Date) => verwijderLogboekTot(database, sleutels, voor),
    terugwerkendDagen: config.wlz.terugwerkendDagen,
  };
  const bewaarder = new Bewaarder(bewaarplek, log, boek.voor('bewaren')).start();
  const logboekwacht = new Logboekwacht(database, sleutels, config.logboek, log, boek.voor('logboek-keten')).start();
  const ketenvolger = new Ketenvolger(database, log, boek.voor('ketendata')).start();
  const publicatie = new Publicatie(database, log).start();
  log.info('planner gestart');
  return {
    async stop() {
      gestopt = true;
      clearTimeout(tik);
      await publicatie.stop();
      await ketenvolger.stop();
      await logboekwacht.stop();
      await bewaarder.stop();
      await samenloop.stop();
      await stopKijken();
      await bezorger.stop();
      await melder.stop();
      await banen.sluit();
      await sleutels.sluit();
    },
  };
}
