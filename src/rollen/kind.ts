/** The process of one role, started and watched by start.ts: `node kind.ts <rol>`. */
import { leesConfig, ROLLEN, type Rol } from '../config.ts';
import { foutVoorLog, maakLog } from '../log.ts';
import { openDatabase } from '../opslag/database.ts';
import { startApi } from './api.ts';
import { startPlanner } from './planner.ts';
import type { Draaiend, Rolopties } from './rol.ts';
import { startVerwerker } from './verwerker.ts';

/** Connections to PostgreSQL: the api answers many at a time; a verwerker has a few turns under way. */
const VERBINDINGEN: Readonly<Record<Rol, number>> = { api: 16, verwerker: 6, planner: 6 };
const START: Readonly<Record<Rol, (opties: Rolopties) => Promise<Draaiend & { readonly poort?: number }>>> = {
  api: startApi,
  verwerker: startVerwerker,
  planner: startPlanner,
};

/** The same complaint about Redis is logged once in this time. */
const FOUT_STILTE_MS = 5000;

/** Whatever does not let itself be stopped in this time is left to be repaired by who comes after. */
const STOP_MS = 12_000;

async function hoofd(rol: Rol): Promise<void> {
  const config = leesConfig(process.env);
  const log = maakLog(config.logniveau, rol);
  if (!config.databaseUrl || !config.redisUrl) throw new Error('a role needs DATABASE_URL and REDIS_URL');
  const meld = (waar: string) => {
    let stilTot = 0;
    return (fout: Error): void => {
      if (performance.now() < stilTot) return;
      stilTot = performance.now() + FOUT_STILTE_MS;
      log.warn({ waar, fout: foutVoorLog(fout) }, 'verbinding verbroken');
    };
  };
  const database = openDatabase(config.databaseUrl, {
    max: VERBINDINGEN[rol],
    opFout: meld('postgres'),
  });
  const wachtrij = { url: config.redisUrl, prefix: 'knooppunt', opFout: meld('redis') };
  const draaiend = await START[rol]({ config, database, log, wachtrij });

  let stoppend = false;
  const stop = async (): Promise<void> => {
    if (stoppend) return;
    stoppend = true;
    // Nobody else ends us when the supervisor is gone.
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await draaiend.stop();
    await database.sluit();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
  // Without its supervisor a role would go on unseen, and a second one would come beside it.
  process.once('disconnect', () => void stop());
  process.on('unhandledRejection', (fout) => log.error({ fout: foutVoorLog(fout) }, 'onverwachte fout'));
  process.send?.({ gereed: true, poort: draaiend.poort });
}

const rol = process.argv[2] as Rol;
if (!ROLLEN.includes(rol)) throw new Error('usage: kind.ts <rol>');
await hoofd(rol);
