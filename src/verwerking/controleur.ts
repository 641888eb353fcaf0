/**
 * Runs the controls. A small message is checked on the spot; a large one in a thread of its own, so that the other lanes of this
 * verwerker go on meanwhile. The thread ends when it has been idle: WebAssembly memory grows with the largest message and never shrinks.
 */
import { Worker } from 'node:worker_threads';
import type { Controleniveau } from '../standards/bevinding.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import { type Controle, controleer } from '../standards/controle.ts';

/** Checking this much takes some 10 ms: what an event loop may be held up. */
const KLEIN_BYTES = 256 * 1024;
const RUST_MS = 10_000;
/** A document of 25 MB stays far below this; what does not is not a message of the norm. */
const MAX_GEHEUGEN_MB = 1024;

export interface Opdracht {
  readonly bytes: Uint8Array;
  readonly soort: string;
  readonly niveau: Controleniveau;
  readonly metDelen: boolean;
}
export type Antwoord = { readonly controle: Controle } | { readonly fout: string };

const TE_ZWAAR: Controle = {
  geldig: false,
  niveau: 1,
  bevindingen: [
    {
      ernst: 'fout',
      niveau: 1,
      regel: 'XSD',
      retourcode: null,
      pad: '/',
      regelnummer: 0,
      melding:
        'Het bericht kan niet binnen de grenzen van het knooppunt worden gecontroleerd; verdeel het over meer berichten.',
    },
  ],
};

export class Controleur {
  #draad: Worker | undefined;
  #rust: NodeJS.Timeout | undefined;
  /** One large message at a time: two would need twice the memory. */
  #rij: Promise<unknown> = Promise.resolve();

  /** @returns what the levels found; see controleer */
  async controleer(bytes: Buffer, soort: Berichtsoort, niveau: Controleniveau, metDelen: boolean): Promise<Controle> {
    if (bytes.length <= KLEIN_BYTES) return controleer(bytes, soort, niveau, metDelen);
    const beurt = this.#rij.then(() => this.#inDraad({ bytes, soort: soort.code, niveau, metDelen }));
    this.#rij = beurt.catch(() => undefined);
    return beurt;
  }

  /** Ends the thread. */
  async sluit(): Promise<void> {
    clearTimeout(this.#rust);
    // Out of the field first: a message that comes in meanwhile must not be given to a thread that is ending.
    const draad = this.#draad;
    this.#draad = undefined;
    await draad?.terminate();
  }

  async #inDraad(opdracht: Opdracht): Promise<Controle> {
    clearTimeout(this.#rust);
    this.#draad ??= new Worker(new URL('./controle-draad.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_GEHEUGEN_MB },
    });
    const draad = this.#draad;
    try {
      return await new Promise<Controle>((klaar, mislukt) => {
        const af = () => draad.removeAllListeners();
        draad.once('message', (antwoord: Antwoord) => {
          af();
          if ('controle' in antwoord) klaar(antwoord.controle);
          else mislukt(new Error(antwoord.fout));
        });
        draad.once('exit', () => {
          af();
          if (this.#draad === draad) this.#draad = undefined;
          mislukt(new Error('the thread ended before its answer'));
        });
        draad.once('error', (fout: Error & { code?: string }) => {
          af();
          this.#draad = undefined;
          if (fout.code === 'ERR_WORKER_OUT_OF_MEMORY') klaar(TE_ZWAAR);
          else mislukt(fout);
        });
        draad.postMessage(opdracht);
      });
    } finally {
      this.#rust = setTimeout(() => void this.sluit(), RUST_MS).unref();
    }
  }
}
