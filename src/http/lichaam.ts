/** The body of an upload, as a bounded stream. */
import type { Request } from 'express';
import { KnooppuntFout } from '../fouten.ts';
import { gescand, type Scanwijze } from '../virusscan/stroom.ts';
import type { Omgeving } from './omgeving.ts';

/** What a sender may call XML; the last is what curl says when it was told nothing. */
const TOEGESTAAN = new Set([
  'application/xml',
  'text/xml',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
]);

/**
 * Refuses what cannot be a message before a byte of it was read.
 * @throws KnooppuntFout inhoudstypeOnjuist or berichtTeGroot
 */
export function eisXml(req: Request, maxBytes: number): void {
  const [type = '', ...parameters] = (req.get('Content-Type') ?? 'application/xml').toLowerCase().split(';');
  const tekenset = parameters
    .map((deel) => /^\s*charset\s*=\s*"?([^"]*)"?\s*$/.exec(deel)?.[1])
    .find((waarde) => waarde !== undefined);
  if (!TOEGESTAAN.has(type.trim()) || (tekenset !== undefined && tekenset !== 'utf-8'))
    throw new KnooppuntFout('inhoudstypeOnjuist', 'Stuur een XML-bericht als application/xml, in UTF-8.');
  if (req.get('Content-Encoding') !== undefined)
    throw new KnooppuntFout('inhoudstypeOnjuist', 'Stuur het bericht zonder Content-Encoding.');
  if (Number(req.get('Content-Length') ?? 0) > maxBytes) throw new KnooppuntFout('berichtTeGroot');
}

/** The chunks of the body. A sender that breaks off gives an error, so half a message is never taken for a whole one. */
export async function* stroomVan(req: Request): AsyncGenerator<Uint8Array> {
  try {
    // Not destroyed when reading stops halfway: the refusal still has to reach the sender.
    for await (const stuk of req.iterator({ destroyOnReturn: false })) yield stuk as Buffer;
  } catch (fout) {
    if (req.complete) throw fout;
  }
  if (!req.complete) throw new KnooppuntFout('invoerOngeldig', 'Het verzoek is niet volledig ontvangen.');
}

/** The same, past the virus scanner of the installation. What takes a file from outside reads this one. */
export const gescandeStroom = (
  { loket }: Pick<Omgeving, 'loket'>,
  client: string,
  req: Request,
  wijze?: Scanwijze,
): AsyncIterable<Uint8Array> => gescand(loket.virusscanner, client, stroomVan(req), wijze);

/**
 * The whole body, when it is no larger than a message may be.
 * @throws KnooppuntFout berichtTeGroot at the first byte too many
 */
export async function geheel(inhoud: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const stukken: Uint8Array[] = [];
  let bytes = 0;
  for await (const stuk of inhoud) {
    bytes += stuk.length;
    if (bytes > maxBytes) throw new KnooppuntFout('berichtTeGroot');
    stukken.push(stuk);
  }
  return Buffer.concat(stukken);
}

/** A sender whose message was refused halfway may go on sending for so long; what it sends is thrown away. */
const NASLEEP_MS = 10_000;
const NASLEEP_BYTES = 64 * 1024 * 1024;

/**
 * Lets a sender finish a body that nobody wants any more. Closing at once would reset the connection, and the sender would see a
 * broken line in place of the reason.
 */
export function laatUitpraten(req: Request): void {
  if (req.complete || req.destroyed) return;
  const genoeg = setTimeout(() => req.destroy(), NASLEEP_MS);
  req.once('close', () => clearTimeout(genoeg));
  req.once('end', () => {
    if (req.get('Connection')?.toLowerCase() === 'close') req.socket.end();
  });
  let bytes = 0;
  req.on('data', (stuk: Buffer) => {
    bytes += stuk.length;
    if (bytes > NASLEEP_BYTES) req.destroy();
  });
  req.resume();
}
