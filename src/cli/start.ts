/** `knooppunt start`: runs until it is told to stop. */
import { once } from 'node:events';
import { leesConfig } from '../config.ts';
import { start } from '../rollen/start.ts';

export interface Startopties {
  readonly demo?: boolean | undefined;
  readonly poort?: string | undefined;
  readonly data?: string | undefined;
  readonly rol?: string | undefined;
}

/** What is given on the command line goes before the environment. */
export function configVan({ demo, poort, data, rol }: Startopties): ReturnType<typeof leesConfig> {
  return leesConfig({
    ...process.env,
    ...(demo && { KNOOPPUNT_DEMO: '1' }),
    ...(poort !== undefined && { KNOOPPUNT_POORT: poort }),
    ...(data !== undefined && { KNOOPPUNT_DATA: data }),
    ...(rol !== undefined && { KNOOPPUNT_ROLLEN: rol }),
  });
}

/** Waits until the process is told to stop. A second signal ends it at once. */
export async function wachtOpSignaal(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

/** Starts, says so in one line, and runs until told to stop. */
export async function voerStartUit(opties: Startopties): Promise<number> {
  const knooppunt = await start(configVan(opties), console.error);
  console.log(knooppunt.adres ? `gereed ${knooppunt.adres}` : 'gereed');
  await wachtOpSignaal();
  await knooppunt.stop();
  return 0;
}
