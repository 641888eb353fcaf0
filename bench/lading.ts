/** The load: what is asked of the generator, and the process that it is. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Lading {
  readonly poort: number;
  readonly aantal: number;
  /** Lanes over which the messages are spread, in turn. */
  readonly banen: number;
  /** Connections, each with one request at a time. With `perSeconde` the most that may be open. */
  readonly gelijktijdig: number;
  /**
   * Open loop: so many messages a second start on time, whether or not earlier ones were answered; the moments are those of a
   * Poisson process. Absent: closed loop, as fast as the answers come.
   */
  readonly perSeconde?: number;
}

export interface Ladinguitslag {
  /** Moment of the first request, in milliseconds since 1970. */
  readonly begin: number;
  /** Moment of the last answer. */
  readonly einde: number;
  /** Per message, from the moment it should have started. */
  readonly latenties: readonly number[];
  /** Messages that were not answered with 202. */
  readonly mislukt: number;
  readonly eersteFout?: string;
}

export interface Lader extends AsyncDisposable {
  /** @throws when a message was refused: a figure over refusals means nothing */
  stuur(lading: Lading): Promise<Ladinguitslag>;
}

/** Starts the generator in a process of its own, so that it takes no time of what is measured but its share of the cores. */
export async function startLader(): Promise<Lader> {
  const kind: ChildProcess = fork(join(import.meta.dirname, 'lader.ts'), { serialization: 'advanced' });
  const antwoorden: ((uitslag: Ladinguitslag) => void)[] = [];
  const gestorven = once(kind, 'exit').then(([uitkomst]): never => {
    throw new Error(`the load generator ended: ${uitkomst}`);
  });
  gestorven.catch(() => undefined);
  await once(kind, 'message');
  kind.on('message', (uitslag: Ladinguitslag) => antwoorden.shift()?.(uitslag));
  return {
    async stuur(lading) {
      const antwoord = new Promise<Ladinguitslag>((klaar) => antwoorden.push(klaar));
      kind.send(lading);
      const uitslag = await Promise.race([antwoord, gestorven]);
      if (uitslag.mislukt > 0) throw new Error(`${uitslag.mislukt} messages were refused: ${uitslag.eersteFout}`);
      return uitslag;
    },
    async [Symbol.asyncDispose]() {
      if (kind.exitCode === null && kind.signalCode === null) kind.kill();
      await gestorven.catch(() => undefined);
    },
  };
}
