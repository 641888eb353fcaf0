/**
 * A form with files. The fields come before the files in the body: the token of the form is judged before a byte of a file is kept. Together the
 * files are no larger than one message may be, so an upload costs no more memory than any other; a page with a larger bound lets in one at a time.
 * Each is scanned for viruses before anybody looks at it.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { Request } from 'express';
import { KnooppuntFout } from '../fouten.ts';
import { stroomVan } from '../http/lichaam.ts';
import type { Omgeving } from '../http/omgeving.ts';
import { eisSchoon } from '../virusscan/stroom.ts';

export interface Uploadbestand {
  /** As the browser said it; shown to the uploader only. */
  readonly naam: string;
  readonly bytes: Buffer;
}

export interface Formulier {
  readonly velden: Readonly<Record<string, string>>;
  readonly bestanden: readonly Uploadbestand[];
}

export interface Uploadgrenzen {
  readonly maxBestanden: number;
  /** All files together. */
  readonly maxBytes: number;
}

const MAX_NAAM = 255;
/** A browser sends a path at times; what cannot be shown is not a name. */
const toonbaar = (naam: string): string =>
  (naam.split(/[\\/]/).at(-1) ?? '').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, MAX_NAAM) || 'bestand';

async function lees(
  req: Request,
  stroom: AsyncIterable<Uint8Array>,
  { maxBestanden, maxBytes }: Uploadgrenzen,
  eis: (velden: Record<string, string>) => void,
): Promise<Formulier> {
  const velden: Record<string, string> = {};
  const bestanden: Uploadbestand[] = [];
  let bezwaar: unknown;
  let bytes = 0;
  const weiger = (fout: unknown): void => {
    bezwaar ??= fout;
  };
  const busboy = new Busboy({
    headers: req.headers as { 'content-type': string },
    limits: { files: maxBestanden, fields: 20, fieldSize: 4096, fieldNameSize: 100, headerPairs: 20 },
  });
  busboy.on('field', (naam, waarde) => {
    velden[naam] = waarde;
  });
  busboy.on('filesLimit', () =>
    weiger(new KnooppuntFout('zipTeVeelBestanden', `Kies ten hoogste ${maxBestanden} bestanden tegelijk.`)),
  );
  busboy.on('file', (_veld, inhoud, naam) => {
    const stukken: Buffer[] = [];
    if (bezwaar === undefined)
      try {
        eis(velden);
      } catch (fout) {
        weiger(fout);
      }
    inhoud.on('data', (stuk: Buffer) => {
      bytes += stuk.length;
      if (bytes > maxBytes) weiger(new KnooppuntFout('berichtTeGroot', 'Stuur de bestanden in delen.'));
      else if (bezwaar === undefined) stukken.push(stuk);
    });
    // A file field in which nothing was chosen comes as a file without name and bytes.
    inhoud.on('end', () => {
      const heel = Buffer.concat(stukken);
      if (naam || heel.length > 0) bestanden.push({ naam: toonbaar(naam ?? ''), bytes: heel });
    });
  });
  const klaar = once(busboy, 'finish');
  await Promise.all([klaar, leid(stroom, busboy, () => bezwaar)]);
  if (bezwaar !== undefined) throw bezwaar;
  eis(velden);
  return { velden, bestanden };
}

/** Stops reading as soon as there is an objection: the rest is nobody's. */
async function leid(stroom: AsyncIterable<Uint8Array>, naar: Writable, bezwaar: () => unknown): Promise<void> {
  try {
    for await (const stuk of stroom) {
      if (bezwaar() !== undefined) throw bezwaar();
      if (!naar.write(stuk)) await once(naar, 'drain');
    }
    naar.end();
  } catch (fout) {
    naar.destroy(fout as Error);
    throw fout;
  }
}

/**
 * @param eis throws when the fields that came before the first file are not right: the token of the form
 * @param werk gets what was sent; the memory is given back when it is done
 * @throws KnooppuntFout inhoudstypeOnjuist, berichtTeGroot, zipTeVeelBestanden, invoerOngeldig, virusGevonden, and what `eis` throws
 */
export async function metUpload<T>(
  { uploadruimte, loket }: Pick<Omgeving, 'uploadruimte' | 'loket'>,
  client: string,
  req: Request,
  grenzen: Uploadgrenzen,
  eis: (velden: Record<string, string>) => void,
  werk: (formulier: Formulier) => Promise<T>,
): Promise<T> {
  if (!req.is('multipart/form-data')) throw new KnooppuntFout('inhoudstypeOnjuist');
  return uploadruimte.met(client, stroomVan(req), async (stroom) => {
    let formulier: Formulier;
    try {
      formulier = await lees(req, stroom, grenzen, eis);
    } catch (fout) {
      if (fout instanceof KnooppuntFout) throw fout;
      throw new KnooppuntFout('invoerOngeldig', 'Het formulier is niet te lezen.', { cause: fout as Error });
    }
    for (const { bytes } of formulier.bestanden) await eisSchoon(loket.virusscanner, client, bytes);
    return werk(formulier);
  });
}
