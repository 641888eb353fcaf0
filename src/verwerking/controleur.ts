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
/** A check that takes this long will not end: its lane must not wait for it for ever. */
const MAX_CONTROLE_MS = 120_000;
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

/** The one check that a thread is busy with. */
interface Lopend {
  readonly draad: Worker;
  readonly klaar: (controle: Controle) => void;
  readonly mislukt: (fout: Error) => void;
}

export class Controleur {
  #draad: Worker | undefined;
  #lopend: Lopend | undefined;
  #rust: NodeJS.Timeout | undefined;
  /** One large message at a time: two would need twice the memory. */
  #rij: Promise<unknown> = Promise.resolve();

  /**
   * @returns what the levels found; see controleer
   * @throws when the thread fails or does not answer in time: our own fault, not that of the message
   */
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
    const draad = this.#draad ?? this.#start();
    const teLaat = setTimeout(() => void this.sluit(), MAX_CONTROLE_MS);
    try {
      return await new Promise<Controle>((klaar, mislukt) => {
        this.#lopend = { draad, klaar, mislukt };
        draad.postMessage(opdracht);
      });
    } finally {
      clearTimeout(teLaat);
      this.#lopend = undefined;
      this.#rust = setTimeout(() => void this.sluit(), RUST_MS).unref();
    }
  }

  #start(): Worker {
    const draad = new Worker(new URL('./controle-draad.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_GEHEUGEN_MB },
    });
    /** Whoever waits for this thread; nobody, when it ends in its rest. */
    const wachter = (): Lopend | undefined => (this.#lopend?.draad === draad ? this.#lopend : undefined);
    draad.on('message', (antwoord: Antwoord) => {
      if ('controle' in antwoord) wachter()?.klaar(antwoord.controle);
      else wachter()?.mislukt(new Error(antwoord.fout));
    });
    draad.on('error', (fout: Error & { code?: string }) => {
      if (fout.code === 'ERR_WORKER_OUT_OF_MEMORY') wachter()?.klaar(TE_ZWAAR);
      else wachter()?.mislukt(fout);
    });
    draad.on('exit', () => {
      if (this.#draad === draad) this.#draad = undefined;
      wachter()?.mislukt(new Error('the thread ended before its answer'));
    });
    this.#draad = draad;
    return draad;
  }
}
