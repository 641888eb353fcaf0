/** The verwerker role: takes turns of lanes from the list. Any number of them may run; each lane is with one at a time. */

import { foutVoorLog } from '../log.ts';
import { isTijdelijk } from '../opslag/database.ts';
import { leesSleutels } from '../opslag/sleutels.ts';
import { BERICHTSOORTEN } from '../standards/catalogus.ts';
import { neemBeurt, type Werkplaats } from '../verwerking/beurt.ts';
import { Controleur } from '../verwerking/controleur.ts';
import { meldStoring, oorzaakVan } from '../verwerking/storing.ts';
import { Banen, neemBanenAf } from '../wachtrij/banen.ts';
import { heeftXsd, warmXsdsOp } from '../xml/xsd.ts';
import type { Draaiend, Rolopties } from './rol.ts';

/** When another worker has the lane, look again after this long: it may just have missed what we came for. */
const BEZET_MS = 200;

export async function startVerwerker({ config, database, log, wachtrij }: Rolopties): Promise<Draaiend> {
  const werkplaats: Werkplaats = { database, sleutels: leesSleutels(config), controleur: new Controleur() };
  warmXsdsOp(BERICHTSOORTEN.map(({ xsd }) => xsd).filter(heeftXsd));
  const banen = new Banen(wachtrij);

  const beurt = async (baanId: number): Promise<void> => {
    try {
      const { soort, verwerkt } = await neemBeurt(werkplaats, baanId);
      log.debug({ baanId, soort, aantal: verwerkt.length }, 'beurt');
      if (soort === 'meer') await banen.voegToe([baanId]);
      else if (soort === 'bezet') await banen.voegToe([baanId], BEZET_MS);
    } catch (fout) {
      // Nothing of the turn stands; the sweep brings the lane back.
      log.error({ baanId, oorzaak: oorzaakVan(fout), fout: foutVoorLog(fout) }, 'beurt mislukt');
      if (!isTijdelijk(fout)) await meldStoring(database.pool, baanId, fout).catch(() => undefined);
    }
  };

  const afnemer = neemBanenAf({ ...wachtrij, tegelijk: config.banenTegelijk }, beurt);
  log.info('verwerker gestart');
  return {
    async stop() {
      await afnemer.sluit();
      await werkplaats.controleur.sluit();
      await banen.sluit();
    },
  };
}
