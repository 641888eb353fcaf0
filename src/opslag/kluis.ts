/**
 * The port to the master keys: data keys go in and come out wrapped, and no caller sees a master key. A KMS fits behind it (its own key ids,
 * its own ciphertext); what ships is the document of opslag/sleutels.ts. test/opslag/kluis.ts is what every kluis must pass.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { leesDocument, type Sleuteldocument, type Sleutelplek } from './sleutels.ts';

export interface Gewikkeld {
  /** The master key that it is under. */
  readonly hoofdId: string;
  readonly bytes: Buffer;
}

export interface Kluis {
  /** Which master key wraps now; another one after it was rotated. */
  actief(): Promise<string>;
  /** Wraps a data key under the active master key. @param naam of the data key; bound in, so that no two can change places */
  wikkel(naam: string, gegevenssleutel: Buffer): Promise<Gewikkeld>;
  /**
   * Gives a data key back.
   * @throws Error when its master key is not (or no longer) there, or this is not the data key of that name
   */
  ontwikkel(naam: string, gewikkeld: Gewikkeld): Promise<Buffer>;
}

const ALGORITME = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG = { authTagLength: 16 };

/** A key of the document also encrypted payloads once; what wraps is derived from it, so that no key does two things. */
const wikkelsleutel = (tekst: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(tekst, 'base64'), '', 'knooppunt gegevenssleutels', 32));

const gebonden = (naam: string): Buffer => Buffer.from(`gegevenssleutel ${naam}`);

function sleutelVan({ inhoud }: Sleuteldocument, id: string): Buffer {
  const tekst = Object.hasOwn(inhoud, id) ? inhoud[id] : undefined;
  if (tekst === undefined) throw new Error(`master key ${id} is not in the key file`);
  return wikkelsleutel(tekst);
}

/**
 * The master keys of a key file or of the environment. The document is read again each time: it is asked for rarely, and a rotation in
 * another process must be seen.
 */
export function documentKluis(plek: Sleutelplek): Kluis {
  return {
    actief: async () => leesDocument(plek).actief,
    async wikkel(naam, gegevenssleutel) {
      const document = leesDocument(plek);
      const nonce = randomBytes(NONCE_BYTES);
      const cijfer = createCipheriv(ALGORITME, sleutelVan(document, document.actief), nonce, TAG).setAAD(
        gebonden(naam),
      );
      const bytes = Buffer.concat([nonce, cijfer.update(gegevenssleutel), cijfer.final(), cijfer.getAuthTag()]);
      return { hoofdId: document.actief, bytes };
    },
    async ontwikkel(naam, { hoofdId, bytes }) {
      const eind = bytes.length - TAG.authTagLength;
      if (eind < NONCE_BYTES) throw new Error('wrapped key is too short');
      const sleutel = sleutelVan(leesDocument(plek), hoofdId);
      const cijfer = createDecipheriv(ALGORITME, sleutel, bytes.subarray(0, NONCE_BYTES), TAG)
        .setAAD(gebonden(naam))
        .setAuthTag(bytes.subarray(eind));
      return Buffer.concat([cijfer.update(bytes.subarray(NONCE_BYTES, eind)), cijfer.final()]);
    },
  };
}
