/** Under which conditions a figure was measured: the machine, the versions, the moment and the commit. */
import { execFileSync } from 'node:child_process';
import { cpus, freemem, loadavg, totalmem } from 'node:os';
import type { Omstandigheden } from './types.ts';

const GIB = 1024 ** 3;

/** The first line that a command prints; undefined when it can't be run. */
export function eersteRegel(programma: string, ...argumenten: readonly string[]): string | undefined {
  try {
    const uitvoer = execFileSync(programma, argumenten, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return uitvoer.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}

/** The commit that was measured, with a mark when files of the product differ from it. */
function commit(): string {
  const map = import.meta.dirname;
  const kop = eersteRegel('git', '-C', map, 'rev-parse', '--short=12', 'HEAD');
  if (kop === undefined) return 'onbekend';
  const gewijzigd = eersteRegel('git', '-C', map, 'status', '--porcelain', '--', '../src', '../xsd', '../package.json');
  return gewijzigd ? `${kop} met wijzigingen` : kop;
}

/** What is the same for all rows of a run. */
export function omstandigheden(): Omstandigheden {
  return {
    cpu: cpus()[0]?.model ?? 'onbekend',
    kernen: cpus().length,
    geheugenGB: Number((totalmem() / GIB).toFixed(1)),
    vrijGeheugenGB: Number((freemem() / GIB).toFixed(1)),
    // Others on the machine make every figure worse; this tells whether there were any.
    belastingVooraf: Number(loadavg()[0]?.toFixed(2)),
    node: process.version,
    datum: new Date().toISOString(),
    commit: commit(),
  };
}
