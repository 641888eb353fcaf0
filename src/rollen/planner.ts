/** The planner role: what happens by the clock. For now: the sweep that brings back lanes which Redis forgot. */
import { foutVoorLog } from '../log.ts';
import { veeg } from '../verwerking/veger.ts';
import { Banen } from '../wachtrij/banen.ts';
import type { Draaiend, Rolopties } from './rol.ts';

const VEEG_MS = 2000;

export async function startPlanner({ database, log, wachtrij }: Rolopties): Promise<Draaiend> {
  const banen = new Banen(wachtrij);
  let gestopt = false;
  let tik: NodeJS.Timeout;
  const ronde = async (): Promise<void> => {
    try {
      const terug = banen.bereikbaar ? await veeg(database, banen) : 0;
      if (terug > 0) log.info({ terug }, 'vergeten banen teruggezet');
    } catch (fout) {
      log.warn({ fout: foutVoorLog(fout) }, 'veegronde mislukt');
    }
    if (!gestopt) tik = setTimeout(() => void ronde(), VEEG_MS);
  };
  void ronde();
  log.info('planner gestart');
  return {
    async stop() {
      gestopt = true;
      clearTimeout(tik);
      await banen.sluit();
    },
  };
}
