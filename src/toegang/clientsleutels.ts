/** Public keys of a client, as the operator hands them over: a JWK Set of its own making. What is private or shared is refused. */
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { KnooppuntFout } from '../fouten.ts';
import { ALGORITMEN } from './externe-uitgevers.ts';

const MAX_SLEUTELS = 5;
/** Of the modulus: 2048 bits, in base64url. */
const MIN_RSA_TEKENS = 342;

const deel = z.base64url().min(1).max(1024);
const algemeen = {
  kid: z.string().min(1).max(128),
  use: z.literal('sig').optional(),
  alg: z.enum(ALGORITMEN).optional(),
};
const JWK = z.discriminatedUnion('kty', [
  z.object({ ...algemeen, kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: deel }),
  z.object({ ...algemeen, kty: z.literal('EC'), crv: z.literal('P-256'), x: deel, y: deel }),
  z.object({ ...algemeen, kty: z.literal('RSA'), n: deel.min(MIN_RSA_TEKENS), e: deel }),
]);
/** Parts of a key that its owner must never show. */
const GEHEIM = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const SET = z.object({ keys: z.array(z.looseObject({})).min(1).max(MAX_SLEUTELS) });

/**
 * @param tekst a JWK Set
 * @returns the set, with nothing in it but what is needed to verify
 * @throws KnooppuntFout invoerOngeldig
 */
export function leesClientsleutels(tekst: string): JSONWebKeySet {
  const weiger = (details: string) => new KnooppuntFout('invoerOngeldig', details);
  let ruw: unknown;
  try {
    ruw = JSON.parse(tekst);
  } catch {
    throw weiger('Het bestand met sleutels is geen JSON.');
  }
  const set = SET.safeParse(ruw);
  if (!set.success) throw weiger(`Het bestand met sleutels is geen JWK Set met 1 tot ${MAX_SLEUTELS} sleutels.`);
  if (set.data.keys.some((sleutel) => GEHEIM.some((naam) => naam in sleutel)))
    throw weiger('In het bestand staat een geheime sleutel: maak een nieuwe, en geef alleen het openbare deel.');
  const sleutels = z.array(JWK).safeParse(set.data.keys);
  if (!sleutels.success)
    throw weiger('Een sleutel is een Ed25519-, P-256- of RSA-sleutel (vanaf 2048 bits) met een kid.');
  if (new Set(sleutels.data.map(({ kid }) => kid)).size < sleutels.data.length)
    throw weiger('Elke sleutel heeft een eigen kid.');
  return { keys: sleutels.data.map((sleutel) => Object.fromEntries(Object.entries(sleutel))) } as JSONWebKeySet;
}
