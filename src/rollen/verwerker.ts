/** The verwerker role: takes turns of lanes from the list. Any number of them may run; each lane is with one at a time. */

import { Procesmelder } from '../bewaking/processen.ts';
import { Tellers } from '../bewaking/tellers.ts';
import { leesBronnen } from '../bronnen.ts';
import { foutVoorLog } from '../log.ts';
import { isTijdelijk } from '../opslag/database.ts';
import { Sleutelring } from '../opslag/sleutelring.ts';
import { Routering } from '../routering/routering.ts';
import { BERICHTSOORTEN } from '../standards/catalogus.ts';
import { warmRegelsOp } from '../standards/controle.ts';
import type { Verwerkt } from '../verwerking/baanwerk.ts';
import { type Baanstand, neemBeurt, type Werkplaats } from '../verwerking/beurt.ts';
import { Bundelaar } from '../verwerking/bundelaar.ts';
import { Controleur } from '../verwerking/controleur.ts';
import { meldStoring, oorzaakVan } from '../verwerking/storing.ts';
import { Banen, neemBanenAf } from '../wachtrij/banen.ts';
import { Dossierbron } from '../wlz-samenloop/wmo/dossier.ts';
import { heeftXsd, warmXsdsOp } from '../xml/xsd.ts';
import type { Draaiend, Rolopties } from './rol.ts';

/** When another worker has the lane, look again after this long: it may just have missed what we came for. */
const BEZET_MS = 200;

export async function startVerwerker({ config, database, log, wachtrij }: Rolopties): Promise<Draaiend> {
  const sleutels = await Sleutelring.open(config, database);
  const werkplaats: Werkplaats = {
    database,
    sleutels,
    controleur: new Controleur(leesBronnen(config)),
    routering: new Routering(database, {
      opFout: (fout) => log.error({ fout: foutVoorLog(fout) }, 'routering niet ververst'),
    }),
    wmo: new Dossierbron(database),
  };
  warmXsdsOp(BERICHTSOORTEN.map(({ xsd }) => xsd).filter(heeftXsd));
  warmRegelsOp(BERICHTSOORTEN);
  const banen = new Banen(wachtrij);
  const tellers = new Tellers();
  const melder = new Procesmelder({
    database,
    rol: 'verwerker',
    redisBereikbaar: () => banen.bereikbaar,
    tellers,
  }).start();

  /** Turns of large messages go on beside the shared turns: nobody waits for them. */
  const grote = new Set<Promise<void>>();
  const apart = (baanId: number): void => {
    const eigen = beurt([baanId]).finally(() => grote.delete(eigen));
    grote.add(eigen);
  };
  const tel = (verwerkt: readonly Verwerkt[], seconden: number): void => {
    tellers.tel('beurten', ['gelukt']);
    tellers.tel('beurt_seconden', [], seconden);
    for (const { bericht, uitkomst } of verwerkt) tellers.tel('verwerkt', [bericht.soort.code, uitkomst.toestand]);
  };
  const beurt = async (samen: readonly number[]): Promise<void> => {
    const begin = performance.now();
    try {
      const { banen: standen, verwerkt } = await neemBeurt(werkplaats, samen);
      tel(verwerkt, (performance.now() - begin) / 1000);
      log.debug({ banen: samen.length, aantal: verwerkt.length }, 'beurt');
      const met = (stand: Baanstand): readonly number[] => samen.filter((baanId) => standen.get(baanId) === stand);
      if (met('meer').length > 0) await banen.voegToe(met('meer'));
      if (met('bezet').length > 0) await banen.voegToe(met('bezet'), BEZET_MS);
      for (const baanId of met('groot')) apart(baanId);
    } catch (fout) {
      await mislukt(samen, fout);
    }
  };
  const mislukt = async (samen: readonly number[], fout: unknown): Promise<void> => {
    tellers.tel('beurten', ['mislukt']);
    // Nothing of the turn stands; what is not tried again here, the sweep brings back.
    log.error({ banen: samen.length, oorzaak: oorzaakVan(fout), fout: foutVoorLog(fout) }, 'beurt mislukt');
    if (isTijdelijk(fout)) return;
    // One lane must not take down those that happened to share its turn.
    if (samen.length > 1) for (const baanId of samen) await beurt([baanId]);
    else if (samen[0] !== undefined) await meldStoring(database.pool, samen[0], fout).catch(() => undefined);
  };

  const bundelaar = new Bundelaar(beurt);
  const afnemer = neemBanenAf({ ...wachtrij, tegelijk: config.banenTegelijk }, (baanId) => bundelaar.neem(baanId));
  log.info('verwerker gestart');
  return {
    async stop() {
      await afnemer.sluit();
      await Promise.all(grote);
      await werkplaats.controleur.sluit();
      await melder.stop();
      await banen.sluit();
      await sleutels.sluit();
    },
  };
}
