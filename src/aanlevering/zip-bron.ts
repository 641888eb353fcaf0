/** Where the bytes of an archive are: in memory, or in a file of which only what is asked for is read. */
import { type FileHandle, open } from 'node:fs/promises';
import { fromBufferPromise, fromFdPromise, type Options, type ZipFile } from 'yauzl';

export interface Zipbron {
  readonly omvang: number;
  open(opties: Options): Promise<ZipFile>;
  /** The bytes from begin up to einde, as far as the archive goes. */
  lees(begin: number, einde: number): Promise<Buffer>;
}

export const uitGeheugen = (bytes: Buffer): Zipbron => ({
  omvang: bytes.length,
  open: (opties) => fromBufferPromise(bytes, opties),
  lees: async (begin, einde) => bytes.subarray(begin, einde),
});

/** An archive in a file; to be closed by whoever opened it. */
export class Bestandsbron implements Zipbron {
  readonly omvang: number;
  readonly #bestand: FileHandle;

  private constructor(bestand: FileHandle, omvang: number) {
    this.#bestand = bestand;
    this.omvang = omvang;
  }

  static async van(pad: string): Promise<Bestandsbron> {
    const bestand = await open(pad, 'r');
    return new Bestandsbron(bestand, (await bestand.stat()).size);
  }

  open(opties: Options): Promise<ZipFile> {
    return fromFdPromise(this.#bestand.fd, { ...opties, autoClose: false });
  }

  async lees(begin: number, einde: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(0, Math.min(einde, this.omvang) - begin));
    let gelezen = 0;
    while (gelezen < bytes.length) {
      const { bytesRead } = await this.#bestand.read(bytes, gelezen, bytes.length - gelezen, begin + gelezen);
      // The file became shorter while it was read.
      if (bytesRead === 0) return bytes.subarray(0, gelezen);
      gelezen += bytesRead;
    }
    return bytes;
  }

  sluit(): Promise<void> {
    return this.#bestand.close();
  }
}
