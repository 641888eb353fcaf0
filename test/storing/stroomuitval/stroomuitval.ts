/**
 * A disk whose power can be cut, with a PostgreSQL on it: what is written there goes with a write journal, and
 * `stroomuitval` kills the server and leaves on the disk only what was synced. It knows nothing of Knooppunt.
 */
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { startIngebedPostgres } from '#src/opslag/ingebed.ts';
import { wachtTot } from '#src/proces.ts';
import { processenIn, schiet } from '../../hulp/processen.ts';
import { bouwBibliotheek } from './bibliotheek.ts';
import { isLeeg, maakJournaal } from './journaal.ts';
import { draaiTerug, type Schijf, type Verlies } from './terugdraaien.ts';

export interface WankelePostgres {
  readonly url: string;
  /** The disk: a folder. Other programs may write there too, with `omgeving`. */
  readonly schijf: string;
  /** The data folder of the server, on the disk. */
  readonly gegevens: string;
  /** Environment that puts the writes of a program to the disk in the journal. */
  readonly omgeving: Readonly<Record<string, string>>;
  /** Starts the server on what is on disk; with a fresh journal, because all that is on disk now is safe. */
  start(instellingen?: Readonly<Record<string, string>>): Promise<void>;
  /** kill -9 of the server and all its children, nothing more: the kernel keeps every written byte. */
  dood(): Promise<void>;
  /** kill -9, and every byte gone that was not synced. Other programs that write to the disk must be dead by now. */
  stroomuitval(schijf?: Schijf): Promise<Verlies>;
  stop(): Promise<void>;
}

const WACHTWOORD = 'wankel';

/**
 * Prepares a disk in `map/schijf`, and a server on it that `start` starts.
 * @param map temporary folder that every user may enter: the server may run as another user than we do
 * @returns the server, or the reason why power loss cannot be imitated on this machine
 */
export async function maakWankelePostgres(map: string): Promise<WankelePostgres | { readonly reden: string }> {
  const bibliotheek = await bouwBibliotheek(map);
  if ('reden' in bibliotheek) return bibliotheek;
  const schijf = join(realpathSync(map), 'schijf');
  mkdirSync(schijf);
  chmodSync(schijf, 0o755);
  const gegevens = join(schijf, 'postgres');
  const journaal = join(map, 'journaal');
  const omgeving = { LD_PRELOAD: bibliotheek.pad, STROOMUITVAL_MAP: schijf, STROOMUITVAL_LOG: journaal };
  let server: Awaited<ReturnType<typeof startIngebedPostgres>> | undefined;

  const start = async (instellingen: Readonly<Record<string, string>> = {}): Promise<void> => {
    maakJournaal(journaal);
    server = await startIngebedPostgres({
      map: gegevens,
      wachtwoord: WACHTWOORD,
      omgeving,
      // The journal sees writes and syncs by these two ways only.
      instellingen: { io_method: 'sync', wal_sync_method: 'fdatasync', ...instellingen },
      ...(server === undefined ? {} : { poort: server.poort }),
    });
  };

  // Tried once beforehand: the loader ignores LD_PRELOAD for a program with special rights, and the embedded server
  // needs those when the project stands in a folder that only root may enter.
  await start();
  await server?.stop();
  if (isLeeg(journaal))
    return { reden: 'LD_PRELOAD does not reach the server (project in a folder only root may enter?)' };

  return {
    get url() {
      if (server === undefined) throw new Error('Not started.');
      return server.url;
    },
    schijf,
    gegevens,
    omgeving,
    start,
    dood: () => doodAllen(gegevens),
    stroomuitval: async (lot) => {
      await doodAllen(gegevens);
      return draaiTerug(journaal, schijf, lot);
    },
    stop: async () => server?.stop(),
  };
}

/** All processes of a server have its data folder as working folder, and some outlive their parent for a moment. */
async function doodAllen(gegevens: string): Promise<void> {
  await wachtTot(
    () => {
      const over = processenIn(gegevens);
      schiet(over);
      return over.length === 0;
    },
    { ms: 20_000, wat: 'the end of all processes of the server' },
  );
}
