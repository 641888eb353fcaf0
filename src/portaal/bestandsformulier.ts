/**
 * A form with one file, read as it comes in: its fields first, the token among them, and then the file as a stream. Nothing of the file is
 * read before the fields were judged, and it is never held as a whole.
 */
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import type { Request } from 'express';
import { KnooppuntFout } from '../fouten.ts';
import { laatUitpraten } from '../http/lichaam.ts';

const MAX_VELD_BYTES = 1000;
const MAX_VELDEN = 20;

export interface Bestand {
  readonly naam: string;
  readonly inhoud: AsyncIterable<Uint8Array>;
}

export interface Bestandsformulier {
  readonly velden: Readonly<Record<string, string>>;
  /** undefined: none was chosen. */
  readonly bestand: Bestand | undefined;
}

const onvolledig = (): KnooppuntFout => new KnooppuntFout('invoerOngeldig', 'Het bestand is niet volledig ontvangen.');

async function* stukkenVan(stroom: BusboyFileStream): AsyncGenerator<Uint8Array> {
  for await (const stuk of stroom) yield stuk as Uint8Array;
}

/**
 * @param lees called once, with the fields before the file; it reads the file or leaves it
 * @throws KnooppuntFout invoerOngeldig when it is no such form, or breaks off
 */
export async function metBestandsformulier<T>(
  req: Request,
  lees: (formulier: Bestandsformulier) => Promise<T>,
): Promise<T> {
  if (!req.is('multipart/form-data')) throw new KnooppuntFout('inhoudstypeOnjuist');
  const velden: Record<string, string> = {};
  let bus: Busboy;
  try {
    bus = new Busboy({
      headers: req.headers as { 'content-type': string },
      limits: { fieldSize: MAX_VELD_BYTES, fields: MAX_VELDEN, files: 1, headerPairs: 20 },
    });
  } catch {
    throw new KnooppuntFout('invoerOngeldig');
  }
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let bestand: BusboyFileStream | undefined;
  const breekAf = (fout: Error): void => {
    bestand?.destroy(fout);
    reject(fout);
  };
  bus.on('field', (naam, waarde) => {
    velden[naam] = waarde;
  });
  bus.on('file', (_veld, stroom, naam) => {
    bestand = stroom;
    stroom.on('error', () => undefined);
    const gekozen = naam ? { naam, inhoud: stukkenVan(stroom) } : undefined;
    lees({ velden, bestand: gekozen })
      .then(resolve, reject)
      .finally(() => stroom.resume());
  });
  bus.on('finish', () => {
    if (!bestand) lees({ velden, bestand: undefined }).then(resolve, reject);
  });
  bus.on('error', () => breekAf(onvolledig()));
  req.once('close', () => {
    if (!req.complete) breekAf(onvolledig());
  });
  req.pipe(bus);
  try {
    return await promise;
  } finally {
    req.unpipe(bus);
    laatUitpraten(req);
  }
}
