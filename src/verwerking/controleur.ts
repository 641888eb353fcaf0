/**
 * Runs the controls. A small message is checked on the spot; a large one in a thread of its own, so that the other lanes of this
 * verwerker go on meanwhile. The thread ends when it has been idle: WebAssembly memory grows with the largest message and never shrinks.
 */
import { Worker } from 'node:worker_threads';
import { KnooppuntFout } from '../fouten.ts';
import type { Bevinding, Controleniveau } from '../standards/bevinding.ts';
import type { Bronnen } from '../standards/bronnen.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import { type Controle, controleer, regelnummers } from '../standards/controle.ts';
import type { Rapport } from '../standards/rapport.ts';
import { datum } from '../tijd.ts';

/** Checking this much takes some 10 ms: what an event loop may be held up. */
const KLEIN_BYTES = 256 * 1024;
const RUST_MS = 10_000;
/** A check that takes this long will not end: its lane must not wait for it for ever. */
const MAX_CONTROLE_MS = 120_000;
/** A document of 25 MB stays far below this; what does not is not a message of the norm. */
const MAX_GEHEUGEN_MB = 1024;
/** So many checks for a caller of the API may wait: more would only wait until nobody is there any more. */
const MAX_WACHTENDEN = 32;

/** The sources of level 4 that do not change while the switch runs. */
export type Lijsten = Omit<Bronnen, 'peildatum'>;

/** The lines of these places in a message that was checked before. */
export interface Regelopdracht {
  readonly bytes: Uint8Array;
  readonly paden: readonly string[];
}
/** What is checked, for whom: a message whose soort is known, or bytes of which nothing is known yet. */
export interface Draadopdracht {
  readonly bytes: Uint8Array;
  /** null: find out, and answer with a report. */
  readonly soort: string | null;
  readonly niveau: Controleniveau;
  readonly metInhoud: boolean;
  readonly heel: boolean;
  readonly peildatum: string;
}
export type Draadantwoord =
  | { readonly controle: Controle }
  | { readonly regelnummers: readonly number[] }
  | { readonly rapport: Rapport }
  | { readonly fout: string }
  | { readonly teZwaar: true };

const TE_ZWAAR: Bevinding = {
  ernst: 'fout',
  niveau: 1,
  regel: 'XSD',
  retourcode: null,
  pad: '/',
  regelnummer: 0,
  melding:
    'Het bericht kan niet binnen de grenzen van het knooppunt worden gecontroleerd; verdeel het over meer berichten.',
};

/** The one check that a thread is busy with. */
interface Lopend {
  readonly draad: Worker;
  readonly klaar: (antwoord: Draadantwoord) => void;
  readonly mislukt: (fout: Error) => void;
}

export class Controleur {
  readonly #lijsten: Lijsten;
  #draad: Worker | undefined;
  #lopend: Lopend | undefined;
  #rust: NodeJS.Timeout | undefined;
  /** One message at a time: two large ones would need twice the memory. */
  #rij: Promise<unknown> = Promise.resolve();
  #wachtenden = 0;

  constructor(lijsten: Lijsten) {
    this.#lijsten = lijsten;
  }

  /**
   * @param metInhoud see Opdracht of standards/controle.ts
   * @param heel see there
   * @returns what the levels found; see controleer
   * @throws when the thread fails or does not answer in time: our own fault, not that of the message
   */
  async controleer(
    bytes: Buffer,
    soort: Berichtsoort,
    niveau: Controleniveau,
    metInhoud: boolean,
    heel = false,
  ): Promise<Controle> {
    const peildatum = datum(new Date());
    if (bytes.length <= KLEIN_BYTES)
      return controleer(bytes, soort, { niveau, metInhoud, heel, bronnen: { ...this.#lijsten, peildatum } });
    const antwoord = await this.#naElkaar({ bytes, soort: soort.code, niveau, metInhoud, heel, peildatum });
    return 'controle' in antwoord ? antwoord.controle : { geldig: false, niveau: 1, bevindingen: [TE_ZWAAR] };
  }

  /**
   * @param paden places in a message that was checked before
   * @returns the line of each; 0 where that takes too much
   */
  async regelnummers(bytes: Buffer, paden: readonly string[]): Promise<readonly number[]> {
    if (bytes.length <= KLEIN_BYTES) return regelnummers(bytes, paden);
    const antwoord = await this.#naElkaar({ bytes, paden });
    return 'regelnummers' in antwoord ? antwoord.regelnummers : paden.map(() => 0);
  }

  /**
   * Judges bytes without sending them, always in the thread: for a process that may not be held up at all.
   * @throws KnooppuntFout tijdelijkNietBeschikbaar when too many are waiting; an Error when the thread fails
   */
  async rapporteer(bytes: Uint8Array): Promise<Rapport> {
    if (this.#wachtenden >= MAX_WACHTENDEN) throw new KnooppuntFout('tijdelijkNietBeschikbaar');
    const peildatum = datum(new Date());
    const antwoord = await this.#naElkaar({ bytes, soort: null, niveau: 4, metInhoud: false, heel: false, peildatum });
    if ('rapport' in antwoord) return antwoord.rapport;
    return { bestand: null, berichtsoort: null, release: null, geldig: false, niveau: 1, bevindingen: [TE_ZWAAR] };
  }

  /** Ends the thread. */
  async sluit(): Promise<void> {
    clearTimeout(this.#rust);
    // Out of the field first: a message that comes in meanwhile must not be given to a thread that is ending.
    const draad = this.#draad;
    this.#draad = undefined;
    await draad?.terminate();
  }

  async #naElkaar(opdracht: Draadopdracht | Regelopdracht): Promise<Draadantwoord> {
    this.#wachtenden += 1;
    const beurt = this.#rij.then(() => this.#inDraad(opdracht));
    this.#rij = beurt.catch(() => undefined);
    try {
      return await beurt;
    } finally {
      this.#wachtenden -= 1;
    }
  }

  async #inDraad(opdracht: Draadopdracht | Regelopdracht): Promise<Draadantwoord> {
    clearTimeout(this.#rust);
    const draad = this.#draad ?? this.#start();
    const teLaat = setTimeout(() => void this.sluit(), MAX_CONTROLE_MS);
    try {
      return await new Promise<Draadantwoord>((klaar, mislukt) => {
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
      workerData: this.#lijsten,
      resourceLimits: { maxOldGenerationSizeMb: MAX_GEHEUGEN_MB },
    });
    /** Whoever waits for this thread; nobody, when it ends in its rest. */
    const wachter = (): Lopend | undefined => (this.#lopend?.draad === draad ? this.#lopend : undefined);
    draad.on('message', (antwoord: Draadantwoord) => {
      if ('fout' in antwoord) wachter()?.mislukt(new Error(antwoord.fout));
      else wachter()?.klaar(antwoord);
    });
    draad.on('error', (fout: Error & { code?: string }) => {
      if (fout.code === 'ERR_WORKER_OUT_OF_MEMORY') wachter()?.klaar({ teZwaar: true });
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
