/** Runs `knooppunt controleer --json` as a process of its own, and measures what it takes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

const CLI = resolve(import.meta.dirname, '../../src/cli.ts');
const PEILDATUM = '2026-12-31';
/** Ends what hangs; on a machine with much else to do a second of work may take long. */
const HOOGSTENS_MS = 120_000;

/**
 * Says on exit what the process took. The peak of the process itself, not that of the one that started it: Linux counts both in the
 * figure that resourceUsage gives, so there it is read from /proc.
 */
const MEETLAT = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeSync } from 'node:fs';
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    let piek = maxRSS;
    try { piek = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]); } catch {}
    writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, piek: piek / 1024 }));
  });
`)}`;

export interface Meting {
  readonly code: number | null;
  readonly uit: string;
  readonly fout: string;
  /** Milliseconds from start to end, as a user waits. */
  readonly wand: number;
  /** Milliseconds of processor time, of all threads. */
  readonly cpu: number;
  /** Peak resident memory in MB. */
  readonly piek: number;
}

/** An environment without settings of whoever runs the tests. */
const OMGEVING = Object.fromEntries(Object.entries(process.env).filter(([naam]) => !naam.startsWith('KNOOPPUNT_')));

async function alles(stroom: Readable | null | undefined): Promise<string> {
  let tekst = '';
  for await (const stuk of stroom?.setEncoding('utf8') ?? []) tekst += stuk;
  return tekst;
}

export class Proces implements Disposable {
  readonly #map = mkdtempSync(join(tmpdir(), 'knooppunt-vijandig-'));

  /** Judges these messages, in one process. */
  async meet(...inhouden: readonly Uint8Array[]): Promise<Meting> {
    const bestanden = inhouden.map((inhoud, nr) => {
      const bestand = join(this.#map, `bericht-${nr}.xml`);
      writeFileSync(bestand, inhoud);
      return bestand;
    });
    const begin = performance.now();
    const kind = spawn(
      process.execPath,
      ['--import', MEETLAT, CLI, 'controleer', '--json', '--peildatum', PEILDATUM, ...bestanden],
      {
        cwd: this.#map,
        env: OMGEVING,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        timeout: HOOGSTENS_MS,
        killSignal: 'SIGKILL',
      },
    );
    const klaar = new Promise<number | null>((gereed) => kind.once('close', gereed));
    const [uit, fout, maten] = await Promise.all([kind.stdout, kind.stderr, kind.stdio[3] as Readable].map(alles));
    const code = await klaar;
    const wand = performance.now() - begin;
    const { cpu, piek } = maten ? (JSON.parse(maten) as Pick<Meting, 'cpu' | 'piek'>) : { cpu: wand, piek: Infinity };
    return { code, uit: uit ?? '', fout: fout ?? '', wand, cpu, piek };
  }

  [Symbol.dispose](): void {
    rmSync(this.#map, { recursive: true, force: true });
  }
}
