/**
 * The keys that are outside the database, so that a copy of the database alone shows nobody anything: the master keys and the HMAC key for
 * identifiers. They come from a file or from the environment, in one form.
 */
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { maakGeheimBestand, vervangGeheimBestand } from '../bestand.ts';
import type { Config } from '../config.ts';
import { ConfiguratieFout } from '../fouten.ts';

export const SLEUTEL_BYTES = 32;
const sleutel = z.base64().refine((tekst) => Buffer.from(tekst, 'base64').length === SLEUTEL_BYTES);
const SCHEMA = z.strictObject({
  /** Which of the keys below wraps new data keys. */
  actief: z.string(),
  /** The master keys. A payload of before there were data keys is encrypted with one of these itself. */
  inhoud: z.record(z.string().min(1), sleutel),
  hmac: sleutel,
});
/** As it is written: keys in base64. */
export type Sleuteldocument = z.infer<typeof SCHEMA>;

/** Where the document is, or the document itself. */
export type Sleutelplek = Pick<Config, 'sleutelbestand' | 'data'> & Partial<Pick<Config, 'sleuteldocument'>>;

/** What encrypting and decrypting asks for. */
export interface Sleutels {
  /** Which of the keys encrypts payloads now. */
  readonly actief: string;
  /** Which encrypts what outlives a message. */
  readonly vast: string;
  readonly inhoud: ReadonlyMap<string, KeyObject>;
  readonly hmac: KeyObject;
  /** Keys that were removed on purpose: what they encrypted is gone. */
  readonly verwijderd: ReadonlySet<string>;
}

export const nieuweSleutel = (): Buffer => randomBytes(SLEUTEL_BYTES);
export const alsSleutel = (tekst: string): KeyObject => createSecretKey(tekst, 'base64');
const schrijf = (document: Sleuteldocument): string => `${JSON.stringify(document, null, 2)}\n`;

/** The file of these keys; undefined: they come from the environment. */
export const sleutelpad = ({ sleutelbestand, data, sleuteldocument }: Sleutelplek): string | undefined =>
  sleuteldocument === undefined ? (sleutelbestand ?? join(data, 'sleutels.json')) : undefined;

/** Makes the key file of an own data folder, at its first start: on disk before anything is encrypted with it. */
function maakSleutelbestand(pad: string): void {
  const nieuw = () => nieuweSleutel().toString('base64');
  maakGeheimBestand(pad, schrijf({ actief: 's1', inhoud: { s1: nieuw() }, hmac: nieuw() }));
}

/**
 * Reads the keys: KNOOPPUNT_SLEUTELS, KNOOPPUNT_SLEUTELBESTAND, or the file in the data folder, made when there is none.
 * @throws ConfiguratieFout when they are missing or not in the form of a key file
 */
export function leesDocument(plek: Sleutelplek): Sleuteldocument {
  const pad = sleutelpad(plek);
  if (pad !== undefined && !plek.sleutelbestand && !existsSync(pad)) maakSleutelbestand(pad);
  let gelezen: Sleuteldocument;
  try {
    gelezen = SCHEMA.parse(JSON.parse(pad === undefined ? (plek.sleuteldocument ?? '') : readFileSync(pad, 'utf8')));
  } catch (oorzaak) {
    const wat = pad === undefined ? 'De instelling KNOOPPUNT_SLEUTELS' : 'Het sleutelbestand ontbreekt of';
    throw new ConfiguratieFout(`${wat} is niet leesbaar.`, { cause: oorzaak });
  }
  if (!Object.hasOwn(gelezen.inhoud, gelezen.actief))
    throw new ConfiguratieFout('Het sleutelbestand noemt een actieve sleutel die er niet in staat.');
  return gelezen;
}

/** Writes the key file anew: whoever reads it has the old one or the new one, whole, also after a power failure. */
export const schrijfDocument = (pad: string, document: Sleuteldocument): void =>
  vervangGeheimBestand(pad, schrijf(document));

/**
 * The keys of the document as they are, without the data keys in the database: enough to start with, and for payloads of before there were
 * data keys. What runs opens a Sleutelring.
 * @throws ConfiguratieFout as leesDocument
 */
export function leesSleutels(plek: Sleutelplek): Sleutels {
  const { actief, inhoud, hmac } = leesDocument(plek);
  return Object.freeze({
    actief,
    vast: actief,
    inhoud: new Map(Object.entries(inhoud).map(([id, tekst]) => [id, alsSleutel(tekst)])),
    hmac: alsSleutel(hmac),
    verwijderd: new Set<string>(),
  });
}

/** What an HMAC key makes of a text of our own: tells two keys apart, and tells nothing about them. */
export const proefVan = (hmac: KeyObject): Buffer =>
  createHmac('sha256', hmac).update('knooppunt sleutelproef').digest();
