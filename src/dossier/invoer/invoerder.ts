/** Imports for callers of the API: one at a time, each in a thread of its own that ends with it. */
import { Worker } from 'node:worker_threads';
import type { Config } from '../../config.ts';
import { KnooppuntFout, type WeigeringSoort } from '../../fouten.ts';
import type { Gelezen } from '../../standards/codelijsten/csv.ts';
import type { Tariefopdracht } from './tarieven.ts';
import type { Invoeropdracht, Invoerverslag } from './types.ts';

export type Draadopdracht = { readonly bytes: Uint8Array<ArrayBuffer> } & (
  | { readonly dossier: Invoeropdracht; readonly tarieven?: never }
  | { readonly tarieven: Tariefopdracht; readonly dossier?: never }
);
export type Draadantwoord =
  | { readonly verslag: Invoerverslag }
  | { readonly tarieven: Gelezen<number> }
  | { readonly weigering: WeigeringSoort; readonly details: string | undefined }
  | { readonly fout: string };

const MAX_GEHEUGEN_MB = 1024;

export class Invoerder {
  readonly #config: Config;
  #draad: Worker | undefined;
  #bezet = false;

  constructor(config: Config) {
    this.#config = config;
  }

  /**
   * Does work when nobody else is at it; asked before the body is read, because that takes memory.
   * @throws KnooppuntFout tijdelijkNietBeschikbaar when somebody is
   */
  async alleen<T>(werk: () => Promise<T>): Promise<T> {
    if (this.#bezet) throw new KnooppuntFout('tijdelijkNietBeschikbaar');
    this.#bezet = true;
    try {
      return await werk();
    } finally {
      this.#bezet = false;
    }
  }

  /** See voerIn. @throws KnooppuntFout as there; an Error when the thread fails */
  async dossier(opdracht: Invoeropdracht, bytes: Buffer): Promise<Invoerverslag> {
    const antwoord = await this.#inDraad({ bytes: new Uint8Array(bytes), dossier: opdracht });
    if ('verslag' in antwoord) return antwoord.verslag;
    throw new Error('the thread answered something else');
  }

  /** See vervangTarieven. @throws KnooppuntFout as there; an Error when the thread fails */
  async tarieven(opdracht: Tariefopdracht, bytes: Buffer): Promise<Gelezen<number>> {
    const antwoord = await this.#inDraad({ bytes: new Uint8Array(bytes), tarieven: opdracht });
    if ('tarieven' in antwoord) return antwoord.tarieven;
    throw new Error('the thread answered something else');
  }

  async #inDraad(opdracht: Draadopdracht): Promise<Draadantwoord> {
    const draad = new Worker(new URL('./draad.ts', import.meta.url), {
      workerData: this.#config,
      resourceLimits: { maxOldGenerationSizeMb: MAX_GEHEUGEN_MB },
    });
    this.#draad = draad;
    try {
      const antwoord = await new Promise<Draadantwoord>((klaar, mislukt) => {
        draad.once('message', klaar);
        draad.once('error', mislukt);
        draad.once('exit', () => mislukt(new Error('the thread ended before its answer')));
        draad.postMessage(opdracht, [opdracht.bytes.buffer]);
      });
      if ('fout' in antwoord) throw new Error(antwoord.fout);
      if ('weigering' in antwoord) throw new KnooppuntFout(antwoord.weigering, antwoord.details);
      return antwoord;
    } finally {
      this.#draad = undefined;
      await draad.terminate();
    }
  }

  /** Breaks off what is under way; a lane that is half done is left as it was. */
  async sluit(): Promise<void> {
    await this.#draad?.terminate();
  }
}
