/** Watches one child process: starts it, starts it again when it dies, stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wacht } from 'node:timers/promises';
import type { Rol } from '../config.ts';

const KIND = new URL('./kind.ts', import.meta.url).pathname;
/** Messages live for milliseconds: with more room for what is young, few of them reach the old generation. Costs some 60 MB. */
const NODE_OPTIES = ['--max-semi-space-size=32'];
const EERSTE_PAUZE_MS = 100;
const LANGSTE_PAUZE_MS = 5000;
/** A child that lived this long was well; its next death starts with the shortest pause again. */
const GEZOND_MS = 10_000;
/** Time for a child to finish what is under way. */
const AFRONDEN_MS = 15_000;

export interface Gereed {
  readonly gereed: true;
  readonly poort?: number;
}

export interface Bewaakt {
  readonly rol: Rol;
  /** Process id, or undefined between two lives. */
  pid(): number | undefined;
  /** Resolves when the child said for the first time that it is ready. */
  readonly gereed: Promise<Gereed>;
  /** Ends this life in order; the next begins with the environment as it is then. */
  herstart(): void;
  stop(): Promise<void>;
}

/**
 * @param omgeving asked anew for each start
 * @param opWissel called at every start and death
 */
export function bewaak(rol: Rol, omgeving: () => NodeJS.ProcessEnv, opWissel: () => void): Bewaakt {
  let kind: ChildProcess | undefined;
  let stoppend = false;
  let meldGereed: (gereed: Gereed) => void = () => undefined;
  const gereed = new Promise<Gereed>((klaar) => {
    meldGereed = klaar;
  });

  const leef = async (): Promise<void> => {
    for (let pauze = EERSTE_PAUZE_MS; !stoppend; pauze = Math.min(pauze * 2, LANGSTE_PAUZE_MS)) {
      const begin = performance.now();
      const dit = spawn(process.execPath, [...NODE_OPTIES, KIND, rol], {
        env: omgeving(),
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      kind = dit;
      dit.on('message', (bericht: Gereed) => meldGereed(bericht));
      dit.on('error', () => undefined);
      opWissel();
      await once(dit, 'exit');
      kind = undefined;
      opWissel();
      if (performance.now() - begin > GEZOND_MS) pauze = EERSTE_PAUZE_MS;
      if (!stoppend) await wacht(pauze);
    }
  };
  const leven = leef();
  return {
    rol,
    pid: () => kind?.pid,
    gereed,
    herstart: () => void kind?.kill('SIGTERM'),
    async stop() {
      stoppend = true;
      kind?.kill('SIGTERM');
      const hard = setTimeout(() => kind?.kill('SIGKILL'), AFRONDEN_MS);
      await leven;
      clearTimeout(hard);
    },
  };
}
