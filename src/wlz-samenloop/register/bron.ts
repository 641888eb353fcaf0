/** The bytes of a delivery: the manifest that stands before them or beside them, and then the rest, counted and hashed as it goes by. */
import { createHash } from 'node:crypto';
import { KnooppuntFout } from '../../fouten.ts';
import { leesManifest, MAX_MANIFEST } from './regels/manifest.ts';
import type { Manifest } from './regels/types.ts';

const NIEUWE_REGEL = 0x0a;

export interface Bron {
  readonly manifest: Manifest;
  /** What comes after the manifest. To be read once. */
  readonly inhoud: AsyncIterable<Uint8Array>;
}

/**
 * Takes the manifest off the front, when it is not given.
 * @param manifest the text of one that stands beside the delivery
 * @throws KnooppuntFout wlzManifestOngeldig
 */
export async function openBron(stroom: AsyncIterable<Uint8Array>, manifest: string | undefined): Promise<Bron> {
  if (manifest !== undefined) return { manifest: leesManifest(manifest), inhoud: stroom };
  const stukken = stroom[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  let einde = -1;
  while (einde < 0 && begin.length <= MAX_MANIFEST) {
    const { value, done } = await stukken.next();
    if (done) break;
    begin = Buffer.concat([begin, value]);
    einde = begin.indexOf(NIEUWE_REGEL);
  }
  if (einde < 0)
    throw new KnooppuntFout('wlzManifestOngeldig', 'De levering begint er niet mee, en het staat er niet bij.');
  const rest = begin.subarray(einde + 1);
  async function* inhoud(): AsyncGenerator<Uint8Array> {
    yield rest;
    yield* { [Symbol.asyncIterator]: () => stukken };
  }
  return { manifest: leesManifest(begin.toString('utf8', 0, einde)), inhoud: inhoud() };
}

/** Looks at the bytes on their way. */
export class Meter {
  readonly #hash = createHash('sha256');
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws KnooppuntFout wlzLeveringTeGroot at the first byte too many */
  zie(stuk: Uint8Array): void {
    this.#bytes += stuk.length;
    if (this.#bytes > this.#maxBytes) throw new KnooppuntFout('wlzLeveringTeGroot');
    this.#hash.update(stuk);
  }

  /** @throws KnooppuntFout wlzManifestKloptNiet when the bytes are not those of the manifest; once, at the end */
  eisSha256({ sha256 }: Pick<Manifest, 'sha256'>): void {
    if (this.#hash.digest('hex') !== sha256) throw new KnooppuntFout('wlzManifestKloptNiet', 'De sha256 verschilt.');
  }
}
