/**
 * A whole Knooppunt for a test: `start --demo` in a temporary folder, on a port that stays the same over restarts.
 * It can be stopped in order, and any of its processes can be killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vrijePoort, wachtTot } from '#src/proces.ts';
import { type Client, maakClient } from './client.ts';
import { leeft, processenIn, processenVanGroep, schiet, schietBijEinde } from './processen.ts';

export type { Antwoord, Client, Opgehaald, Ophaling, Status } from './client.ts';
export { GeenAntwoord } from './client.ts';

/** What `start` writes to processen.json. PostgreSQL and Redis are absent when they are not its own. */
export interface Processen {
  readonly supervisor: number;
  /** null: died, and not started again yet. */
  readonly api: readonly (number | null)[];
  readonly verwerker: readonly (number | null)[];
  readonly planner: readonly (number | null)[];
  readonly postgres?: number | null;
  readonly redis?: number | null;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

export type Rol = 'supervisor' | 'api' | 'verwerker' | 'planner' | 'postgres' | 'redis';

export interface Knooppuntopties {
  /** Extra environment: `DATABASE_URL`, `KNOOPPUNT_VERWERKERS`. */
  readonly omgeving?: Readonly<Record<string, string>>;
  /** Data folder; default a temporary one, which `stop` removes. */
  readonly map?: string;
}

export interface Knooppunt {
  readonly adres: string;
  readonly map: string;
  /** Credentials of an organisation, or of the operator. */
  client(code: string): Client;
  processen(): Processen;
  /** kill -9 of the processes of a role: all, or those that `kies` takes. Returns who was killed. */
  dood(rol: Rol, kies?: (pids: readonly number[]) => readonly number[]): readonly number[];
  /** kill -9 of everything at one moment, own PostgreSQL and Redis too. Returns when all are gone. */
  doodAlles(): Promise<void>;
  /** Roles of earlier starts that still live: without their supervisor nobody sees them any more. */
  wezen(): readonly number[];
  /** Starts (again) and waits for the line `gereed`. */
  start(): Promise<void>;
  /** Waits until every role runs and the API says it is ready. */
  gereed(): Promise<void>;
  /** Orderly end; what does not listen is killed. Removes the temporary folder. */
  stop(): Promise<void>;
  /** What it printed lately, for the report of a failed test. */
  uitvoer(): string;
}

const CLI = join(import.meta.dirname, '../../src/cli.ts');
/** A cold start makes a database cluster; a busy machine does that slowly. */
const START_MS = 120_000;
const UITVOER_TEKENS = 4_000;

/** Starts a Knooppunt. Every user may enter the temporary folder, because PostgreSQL refuses to run as root. */
export async function startKnooppunt(opties: Knooppuntopties = {}): Promise<Knooppunt> {
  const tijdelijk = opties.map === undefined;
  if (opties.map !== undefined) await mkdir(opties.map, { recursive: true });
  const map = await realpath(opties.map ?? (await mkdtemp(join(tmpdir(), 'knooppunt-proef-'))));
  if (tijdelijk) await chmod(map, 0o755);
  const poort = await vrijePoort();
  const adres = `http://127.0.0.1:${poort}`;
  let kind: ChildProcess | undefined;
  /** Heads of all process groups that were ever started: a role may outlive its supervisor for a while. */
  const groepen: number[] = [];
  let uitvoer = '';

  const processen = (): Processen => JSON.parse(readFileSync(join(map, 'processen.json'), 'utf8')) as Processen;

  const start = async (): Promise<void> => {
    // The head of a process group of its own: killing the group kills the supervisor and all roles in one stroke.
    const nieuw = spawn(process.execPath, [CLI, 'start', '--demo', '--poort', String(poort), '--data', map], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, KNOOPPUNT_LOGNIVEAU: 'warn', ...opties.omgeving },
    });
    kind = nieuw;
    if (nieuw.pid !== undefined) groepen.push(nieuw.pid);
    let begin = '';
    const lees = (stuk: string): void => {
      uitvoer = `${uitvoer}${stuk}`.slice(-UITVOER_TEKENS);
    };
    nieuw.stdout?.setEncoding('utf8').on('data', (stuk: string) => {
      lees(stuk);
      if (begin.length < UITVOER_TEKENS) begin += stuk;
    });
    nieuw.stderr?.setEncoding('utf8').on('data', lees);
    await wachtTot(
      () => {
        if (nieuw.exitCode !== null || nieuw.signalCode !== null)
          throw new Error(`Knooppunt ended at its start:\n${uitvoer}`);
        return /^gereed http/m.test(begin);
      },
      { ms: START_MS, wat: `the line 'gereed' of Knooppunt; it said:\n${uitvoer}` },
    );
  };

  const isGereed = async (): Promise<boolean> => {
    try {
      const { api, verwerker, planner } = processen();
      if (![...api, ...verwerker, ...planner].every((pid) => pid !== null && leeft(pid))) return false;
      return (await maakClient(adres, 'beheer').vraag('GET', '/health/ready')).status === 200;
    } catch {
      return false;
    }
  };

  // Own servers live outside the group, in folders of theirs.
  const allen = (): number[] => [...groepen.flatMap(processenVanGroep), ...processenIn(map)];
  const gestopt = schietBijEinde(allen);

  const doodAlles = async (): Promise<void> => {
    await wachtTot(
      () => {
        const over = allen();
        schiet(over);
        return over.length === 0;
      },
      { ms: 20_000, wat: 'the end of all processes' },
    );
    kind = undefined;
  };

  const knooppunt: Knooppunt = {
    adres,
    map,
    client: (code) => maakClient(adres, code),
    processen,
    dood: (rol, kies = (pids) => pids) => {
      const pids = kies([processen()[rol] ?? []].flat().filter((pid) => pid !== null));
      schiet(pids);
      return pids;
    },
    doodAlles,
    wezen: () => groepen.slice(0, -1).flatMap(processenVanGroep),
    start,
    gereed: async () => {
      await wachtTot(isGereed, { ms: START_MS, wat: 'all roles of Knooppunt running and ready' });
    },
    stop: async () => {
      if (kind !== undefined && kind.exitCode === null && kind.signalCode === null) {
        const einde = once(kind, 'exit');
        kind.kill('SIGTERM');
        await Promise.race([einde, new Promise((klaar) => setTimeout(klaar, 30_000).unref())]);
      }
      await doodAlles().catch(() => undefined);
      gestopt();
      if (tijdelijk) await rm(map, { recursive: true, force: true, maxRetries: 10 });
    },
    uitvoer: () => uitvoer,
  };
  try {
    await start();
    await knooppunt.gereed();
  } catch (fout) {
    await knooppunt.stop();
    throw fout;
  }
  return knooppunt;
}
