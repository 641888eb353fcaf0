/** Clients of the built-in issuer, as an outsider would write one: fetch, forms and signed statements. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Database } from '#src/opslag/database.ts';
import { maakClient, type NieuweClient } from '#src/toegang/clientbeheer.ts';

export const UITGEVER = 'https://knooppunt.test';
export const OPDRACHT = { actor: 'cli:proef', reden: 'voor de proef' };

/** Registers a client; what is left out it does not have. @returns its secret, when it has one */
export const registreerClient = (
  database: Database,
  wens: Pick<NieuweClient, 'id'> & Partial<NieuweClient>,
): Promise<string | undefined> =>
  maakClient(database, OPDRACHT, {
    namens: [],
    beheerder: false,
    wlzRegister: false,
    landelijk: false,
    metGeheim: false,
    sleutels: undefined,
    oins: [],
    certificaten: [],
    extern: [],
    ...wens,
  });

export interface Sleutelpaar {
  readonly kid: string;
  readonly alg: string;
  readonly prive: CryptoKey;
  readonly openbaar: JWK;
}

export async function maakSleutelpaar(alg = 'EdDSA', kid: string = randomUUID()): Promise<Sleutelpaar> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, prive: privateKey, openbaar: { ...(await exportJWK(publicKey)), kid, alg } };
}

/** A statement of a client about itself; what is given goes before what is right, and undefined is left out. */
export async function maakAssertie(
  client: string,
  { kid, alg, prive }: Sleutelpaar,
  anders: Readonly<Record<string, unknown>> = {},
  kop: { readonly typ?: string } = {},
): Promise<string> {
  const nu = Math.floor(Date.now() / 1000);
  const inhoud = {
    iss: client,
    sub: client,
    aud: `${UITGEVER}/oauth/token`,
    iat: nu,
    exp: nu + 60,
    jti: randomUUID(),
    ...anders,
  };
  const zonderLeeg = Object.fromEntries(Object.entries(inhoud).filter(([, waarde]) => waarde !== undefined));
  return new SignJWT(zonderLeeg).setProtectedHeader({ alg, kid, ...kop }).sign(prive);
}

export interface Tokenantwoord {
  readonly status: number;
  readonly koppen: Headers;
  readonly lijf: {
    readonly access_token?: string;
    readonly scope?: string;
    readonly expires_in?: number;
    readonly error?: string;
  };
}

export async function vraagToken(
  adres: string,
  velden: Readonly<Record<string, string>> | string,
  koppen: Readonly<Record<string, string>> = {},
): Promise<Tokenantwoord> {
  const body =
    typeof velden === 'string'
      ? velden
      : new URLSearchParams({ grant_type: 'client_credentials', ...velden }).toString();
  const antwoord = await fetch(`${adres}/oauth/token`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...koppen },
  });
  return { status: antwoord.status, koppen: antwoord.headers, lijf: (await antwoord.json()) as Tokenantwoord['lijf'] };
}

/** A token by secret. @throws when there is none */
export async function haalToken(
  adres: string,
  client: string,
  geheim: string | undefined,
  scope?: string,
): Promise<string> {
  const { status, lijf } = await vraagToken(adres, {
    client_id: client,
    client_secret: geheim ?? '',
    ...(scope !== undefined && { scope }),
  });
  if (!lijf.access_token) throw new Error(`no token: ${status} ${lijf.error}`);
  return lijf.access_token;
}

export const assertievelden = (assertie: string): Record<string, string> => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertie,
});

/** Status of a request that every known client may make. */
export async function statusMet(adres: string, token: string, pad = '/v1/berichten'): Promise<number> {
  return (await fetch(`${adres}${pad}`, { headers: { Authorization: `Bearer ${token}` } })).status;
}

export function bewaar(pad: string, inhoud: unknown): string {
  writeFileSync(pad, typeof inhoud === 'string' ? inhoud : JSON.stringify(inhoud), { mode: 0o600 });
  return pad;
}
