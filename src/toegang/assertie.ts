/**
 * private_key_jwt: a client proves who it is with a statement that it signed itself (RFC 7523), good for one token. Each statement is used
 * once: that is kept in PostgreSQL, so it holds for all processes together and after a restart.
 */
import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Verbinding } from '../opslag/database.ts';
import { ALGORITMEN } from './externe-uitgevers.ts';
import type { Clientregister, Geregistreerd } from './register.ts';

export const ASSERTIETYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** A statement lives no longer than this, and clocks may differ so much. */
const MAX_LEVEN_S = 600;
const KLOKVERSCHIL_S = 30;
const TYPEN: ReadonlySet<string | undefined> = new Set([undefined, 'JWT', 'client-authentication+jwt']);

export interface Assertiecontrole {
  readonly register: Clientregister;
  readonly verbinding: Verbinding;
  /** What may stand in aud, and nothing beside it: the name of our issuer, or the address of its token endpoint. */
  readonly audiences: readonly string[];
}

// A row goes when its statement would be refused for its age anyway; a few at a time, by whoever comes along.
const ONTHOUD = {
  name: 'client-jti',
  text: `
with weg as (
  delete from client_jti where (client, jti) in (
    select client, jti from client_jti where vervalt_op < now() order by vervalt_op limit 20 for update skip locked)
)
insert into client_jti (client, jti, vervalt_op) values ($1, $2, to_timestamp($3)) on conflict do nothing`,
};

/** The name of the client that a statement speaks of; nothing of it was checked. */
export function clientVanAssertie(assertie: string): string | undefined {
  try {
    return decodeJwt(assertie).iss;
  } catch {
    return undefined;
  }
}

function isVers({ iat = 0, exp = 0 }: JWTPayload, nu: number): boolean {
  return iat <= nu + KLOKVERSCHIL_S && exp - iat > 0 && exp <= nu + MAX_LEVEN_S + KLOKVERSCHIL_S;
}

async function lees(assertie: string, client: Geregistreerd, audiences: readonly string[]): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(assertie, createLocalJWKSet(client.jwks ?? { keys: [] }), {
    algorithms: [...ALGORITMEN],
    issuer: client.id,
    subject: client.id,
    audience: [...audiences],
    clockTolerance: KLOKVERSCHIL_S,
    maxTokenAge: MAX_LEVEN_S,
    requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', 'jti'],
  });
  // A statement that is also meant for another could be used here by that other.
  if (Array.isArray(payload.aud) && payload.aud.length !== 1) throw new errors.JWTInvalid('more than one audience');
  if (!TYPEN.has(protectedHeader.typ)) throw new errors.JWTInvalid('not a client assertion');
  return payload;
}

/**
 * @returns the client that made the statement; undefined when it did not, or when it was used before
 * @throws the error of the database
 */
export async function controleerAssertie(
  { register, verbinding, audiences }: Assertiecontrole,
  assertie: string,
): Promise<Geregistreerd | undefined> {
  const naam = clientVanAssertie(assertie);
  const client = naam === undefined ? undefined : await register.vind(naam);
  if (!client?.jwks) return undefined;
  let inhoud: JWTPayload;
  try {
    inhoud = await lees(assertie, client, audiences);
  } catch (fout) {
    if (fout instanceof errors.JOSEError || fout instanceof TypeError) return undefined;
    throw fout;
  }
  const { jti, exp = 0 } = inhoud;
  if (typeof jti !== 'string' || !isVers(inhoud, Date.now() / 1000)) return undefined;
  const hash = createHash('sha256').update(jti).digest();
  const { rowCount } = await verbinding.query({ ...ONTHOUD, values: [client.id, hash, exp + KLOKVERSCHIL_S] });
  return rowCount === 1 ? client : undefined;
}
