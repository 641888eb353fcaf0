/** A command, run as a user does: in a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');

export interface Afloop {
  readonly code: number | null;
  readonly uit: string;
  readonly fout: string;
}

/** @param instellingen beside those of this process */
export function voerCliUit(argumenten: readonly string[], instellingen: NodeJS.ProcessEnv): Promise<Afloop> {
  const kind = spawn(process.execPath, [CLI, ...argumenten], { env: { ...process.env, ...instellingen } });
  const [uit, fout]: [string[], string[]] = [[], []];
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => uit.push(stuk));
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => fout.push(stuk));
  return new Promise((klaar) => {
    kind.once('close', (code) => klaar({ code, uit: uit.join(''), fout: fout.join('') }));
  });
}
