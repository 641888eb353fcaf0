/** Nothing is pushed from a database that was restored, or is a copy, until somebody lets it go: `knooppunt herstel vrijgeven`. */
import { isVrijgegeven } from '../herstel/merk.ts';
import { foutVoorLog, type Log } from '../log.ts';
import type { Database } from '../opslag/database.ts';

const KIJK_MS = 5000;

/**
 * Starts something as soon as this database is the one that was let go.
 * @returns how to stop looking
 */
export function bijVrijgave(database: Database, log: Log, begin: () => unknown, kijkMs = KIJK_MS): () => Promise<void> {
  let gestopt = false;
  let gemeld = false;
  let tik: NodeJS.Timeout | undefined;
  const kijk = async (): Promise<void> => {
    try {
      if (await isVrijgegeven(database.pool)) {
        if (!gestopt) begin();
        return;
      }
      if (!gemeld) log.warn('database is hersteld of een kopie: er wordt niets verstuurd tot zij is vrijgegeven');
      gemeld = true;
    } catch (fout) {
      log.warn({ fout: foutVoorLog(fout) }, 'vrijgave niet te lezen');
    }
    if (!gestopt) tik = setTimeout(weer, kijkMs);
  };
  const weer = (): void => {
    ronde = kijk();
  };
  let ronde = kijk();
  return async () => {
    gestopt = true;
    clearTimeout(tik);
    await ronde;
  };
}
