/** Ending what outlives us: Knooppunt and its PostgreSQL and Redis go on when the bench is broken off, and nobody would ever stop them. */
import { spawn } from 'node:child_process';

/** Ends the processes, waits for them, and removes the folder, as soon as its input closes without a word. */
const SCRIPT = `map=$1; shift; read _ && exit
kill -INT "$@" 2>/dev/null
for i in $(seq 300); do kill -0 "$@" 2>/dev/null || break; sleep 0.1; done
test -z "$map" || rm -rf "$map"`;

/**
 * Watches us from a process of its own: when we die, it ends `pids` and removes `map`, if one is given.
 * @returns ends the watch, for when we cleaned up ourselves
 */
export function bijBreuk(pids: readonly number[], map = ''): Disposable {
  const wacht = spawn('sh', ['-c', SCRIPT, 'sh', map, ...pids.map(String)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  wacht.unref();
  return { [Symbol.dispose]: () => void wacht.stdin.end('klaar\n') };
}
