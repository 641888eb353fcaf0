/**
 * The signing keys of the built-in issuer: a file outside the database, {"sleutels": [{"kid", "vanaf", "jwk"}]}. The last key that has
 * begun signs; every key in the file verifies. A new key is in the file before it begins, so that whoever verifies knows it in time, and
 * an old one stays until its last token has expired: rotating costs nobody a request.
 */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
} from 'jose';
import { z } from 'zod';
import { maakGeheimBestand, vervangGeheimBestand } from '../bestand.ts';
import { ConfiguratieFout } from '../fouten.ts';
import { Vers } from '../opslag/vers.ts';

export const ALGORITME = 'EdDSA';
/** By then every process has read the file again. */
const AANLOOP_MS = 10_000;
/** A key that was followed up so long ago has no valid tokens any more. */
const NALOOP_MS = 60 * 60_000;

const JWK = z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() });
const SCHEMA = z.strictObject({
  sleutels: z
    .array(z.strictObject({ kid: z.string().min(1), vanaf: z.iso.datetime(), jwk: JWK }))
    .min(1)
    .max(10),
});
type Bestand = z.infer<typeof SCHEMA>;
type Rij = Bestand['sleutels'][number];

const tekstVan = (sleutels: readonly Rij[]): string => `${JSON.stringify({ sleutels }, null, 2)}\n`;

async function nieuweRij(vanaf: number): Promise<Rij> {
  const { privateKey } = await generateKeyPair(ALGORITME, { extractable: true, crv: 'Ed25519' });
  const { kty, crv, x, d } = await exportJWK(privateKey);
  const jwk = JWK.parse({ kty, crv, x, d });
  return { kid: await calculateJwkThumbprint(jwk), vanaf: new Date(vanaf).toISOString(), jwk };
}

const onleesbaar = (oorzaak: unknown): ConfiguratieFout =>
  new ConfiguratieFout('Het bestand met uitgeversleutels (KNOOPPUNT_UITGEVERSLEUTELS) ontbreekt of is niet leesbaar.', {
    cause: oorzaak,
  });

async function leesBestand(pad: string): Promise<readonly Rij[]> {
  try {
    return SCHEMA.parse(JSON.parse(await readFile(pad, 'utf8'))).sleutels;
  } catch (oorzaak) {
    throw onleesbaar(oorzaak);
  }
}

/** Makes the file with a first key, when there is none. */
export async function zorgVoorUitgeversleutels(pad: string): Promise<void> {
  if (!existsSync(pad)) maakGeheimBestand(pad, tekstVan([await nieuweRij(Date.now())]));
}

/**
 * Adds a key and removes those that have no valid tokens any more.
 * @param meteen the other keys are not to be trusted: they go at once, and with them all tokens that are out
 * @returns the id of the new key
 */
export async function draaiUitgeversleutel(pad: string, meteen: boolean): Promise<string> {
  const nu = Date.now();
  const oud = existsSync(pad) ? [...(await leesBestand(pad))] : [];
  const nieuw = await nieuweRij(meteen || oud.length === 0 ? nu : nu + AANLOOP_MS);
  // A key is of no use when the one after it began long ago.
  const nodig = oud.filter((_, nr) => Date.parse(oud[nr + 1]?.vanaf ?? nieuw.vanaf) > nu - NALOOP_MS);
  vervangGeheimBestand(pad, tekstVan([...(meteen ? [] : nodig), nieuw]));
  return nieuw.kid;
}

interface Sleutel {
  readonly kid: string;
  readonly vanaf: number;
  readonly prive: CryptoKey;
}

export interface Sleutelstand {
  /** The public halves. */
  readonly jwks: JSONWebKeySet;
  /** What signs now. */
  actief(): Sleutel;
}

interface Gelezen extends Sleutelstand {
  readonly kenmerk: string;
}

async function lees(pad: string, vorige: Gelezen | undefined): Promise<Gelezen> {
  const { mtimeMs, size, ino } = await stat(pad).catch((oorzaak: unknown) => {
    throw onleesbaar(oorzaak);
  });
  const kenmerk = [mtimeMs, size, ino].join();
  if (vorige?.kenmerk === kenmerk) return vorige;
  const rijen = [...(await leesBestand(pad))].sort((a, b) => Date.parse(a.vanaf) - Date.parse(b.vanaf));
  const sleutels = await Promise.all(
    rijen.map(async ({ kid, vanaf, jwk }) => ({
      kid,
      vanaf: Date.parse(vanaf),
      prive: (await importJWK({ ...jwk, alg: ALGORITME })) as CryptoKey,
    })),
  );
  const keys = rijen.map(({ kid, jwk: { kty, crv, x } }) => ({ kty, crv, x, kid, use: 'sig', alg: ALGORITME }));
  return {
    kenmerk,
    jwks: { keys },
    actief() {
      const nu = Date.now();
      const sleutel = sleutels.findLast(({ vanaf }) => vanaf <= nu) ?? sleutels[0];
      if (!sleutel) throw new Error('no signing key');
      return sleutel;
    },
  };
}

/** The keys of the file as it is now; read again within seconds after it changed. */
export class Uitgeversleutels {
  readonly #bestand: Vers<Gelezen>;

  constructor(pad: string, opFout?: (fout: unknown) => void) {
    this.#bestand = new Vers((vorige) => lees(pad, vorige), opFout);
  }

  /** @throws ConfiguratieFout when the file could never be read */
  stand(): Promise<Sleutelstand> {
    return this.#bestand.stand();
  }
}
