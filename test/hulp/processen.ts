/** Finding and killing processes, by what the kernel says of them. A zombie counts as gone: nobody may ever reap it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** kill -9; whoever is gone already is fine. */
export function schiet(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already, which is what was wanted.
    }
  }
}

/**
 * Shoots these processes when this process ends before it could stop them (a test run that is broken off).
 * @returns call it when they were stopped
 */
export function schietBijEinde(pids: () => readonly number[]): () => void {
  const opEinde = (): void => schiet(pids());
  process.once('exit', opEinde);
  return () => process.off('exit', opEinde);
}

export function leeft(pid: number): boolean {
  return stand(pid) !== undefined;
}

/** The processes of a process group. */
export function processenVanGroep(groep: number): number[] {
  return allePids().filter((pid) => stand(pid)?.groep === groep);
}

/** The processes that have their working folder in `map`: PostgreSQL with all its children, and Redis. */
export function processenIn(map: string): number[] {
  return allePids().filter((pid) => {
    try {
      return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${map}/`);
    } catch {
      return false;
    }
  });
}

function allePids(): number[] {
  return readdirSync('/proc')
    .filter((naam) => /^\d+$/.test(naam))
    .map(Number);
}

function stand(pid: number): { readonly groep: number } | undefined {
  try {
    // `pid (name) state parent group ...`; the name may hold anything, also brackets.
    const velden = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return velden[0] === 'Z' || velden[0] === 'X' ? undefined : { groep: Number(velden[2]) };
  } catch {
    return undefined;
  }
}
