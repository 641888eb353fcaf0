/** Starts an embedded service in a process of its own, so that a test can kill the one who started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export interface Gestart {
  readonly kind: ChildProcess;
  /** Of the service. */
  readonly pid: number;
  readonly poort: number;
}

/**
 * Calls `functie` of `module` with `opties` in a child that leads its own process group, and waits for what it gives.
 * @param intussen is called with the child while it is at it
 * @throws Error when the child ends first, with its signal or what it printed
 */
export async function startInKind(
  module: string,
  functie: string,
  opties: object,
  intussen: (kind: ChildProcess) => Promise<unknown> = async () => undefined,
): Promise<Gestart> {
  const code = `
    const { ${functie} } = await import(${JSON.stringify(pathToFileURL(module).href)});
    const { pid, poort } = await ${functie}(${JSON.stringify(opties)});
    console.log(JSON.stringify({ pid, poort }));
    setInterval(() => undefined, 60_000);`;
  const kind = spawn(process.execPath, ['--input-type=module', '--eval', code], { detached: true, stdio: 'pipe' });
  let fouten = '';
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => {
    fouten += stuk;
  });
  const antwoord = new Promise<Gestart>((klaar, mislukt) => {
    kind.stdout.setEncoding('utf8').once('data', (regel: string) => klaar({ kind, ...JSON.parse(regel) }));
    kind.once('close', (uitkomst, signaal) => mislukt(new Error(`Kind eindigde: ${signaal ?? uitkomst} ${fouten}`)));
  });
  const [gestart] = await Promise.all([antwoord, intussen(kind)]);
  return gestart;
}
