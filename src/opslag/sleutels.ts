/**
 * The keys: AES keys for payloads and the HMAC key for identifiers. They live in a file outside the database, so that a copy of
 * the database alone shows nobody anything.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { maakGeheimBestand } from '../bestand.ts';
import type { Config } from '../config.ts';
import { ConfiguratieFout } from '../fouten.ts';

const SLEUTEL_BYTES = 32;
const sleutel = z
  .base64()
  .transform((tekst) => Buffer.from(tekst, 'base64'))
  .refine((bytes) => bytes.length === SLEUTEL_BYTES)
  .transform((bytes) => createSecretKey(bytes));
const SCHEMA = z.strictObject({
  /** Which of the keys below encrypts new payloads. */
  actief: z.string(),
  inhoud: z.record(z.string().min(1), sleutel),
  hmac: sleutel,
});

export interface Sleutels {
  readonly actief: string;
  readonly inhoud: ReadonlyMap<string, KeyObject>;
  readonly hmac: KeyObject;
}

/** Makes the key file of an own data folder, at its first start: on disk before anything is encrypted with it. */
function maakSleutelbestand(pad: string): void {
  const nieuw = () => randomBytes(SLEUTEL_BYTES).toString('base64');
  maakGeheimBestand(pad, `${JSON.stringify({ actief: 's1', inhoud: { s1: nieuw() }, hmac: nieuw() }, null, 2)}\n`);
}

/**
 * Reads the keys: KNOOPPUNT_SLEUTELBESTAND, or the file in the data folder, made when there is none.
 * @throws ConfiguratieFout when the named file is missing or not a key file
 */
export function leesSleutels(config: Pick<Config, 'sleutelbestand' | 'data'>): Sleutels {
  const pad = config.sleutelbestand ?? join(config.data, 'sleutels.json');
  if (!config.sleutelbestand && !existsSync(pad)) maakSleutelbestand(pad);
  let gelezen: z.infer<typeof SCHEMA>;
  try {
    gelezen = SCHEMA.parse(JSON.parse(readFileSync(pad, 'utf8')));
  } catch (oorzaak) {
    throw new ConfiguratieFout('Het sleutelbestand ontbreekt of is niet leesbaar.', { cause: oorzaak });
  }
  const inhoud = new Map(Object.entries(gelezen.inhoud));
  if (!inhoud.has(gelezen.actief))
    throw new ConfiguratieFout('Het sleutelbestand noemt een actieve sleutel die er niet in staat.');
  return Object.freeze({ actief: gelezen.actief, inhoud, hmac: gelezen.hmac });
}
