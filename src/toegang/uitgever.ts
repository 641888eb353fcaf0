/** The built-in issuer: access tokens of five minutes (RFC 9068), for this Knooppunt alone. */
import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Geregistreerd } from './register.ts';
import { ALGORITME, type Sleutelstand, type Uitgeversleutels } from './uitgeversleutels.ts';

export const TOKENTYPE = 'at+jwt';
export const GELDIG_S = 300;
/** Clocks of our own processes may differ so much. */
const KLOKVERSCHIL_S = 5;

/** What a token can be good for; which of these a client may have follows from what it is registered as. */
export const SCOPE_UITLEG = {
  berichten: 'Handelen namens de organisaties van de client',
  beheer: 'Wat alleen de beheerder mag',
  'wlz-register': 'Het Wlz-register aanleveren',
  landelijk: 'De landelijke ketencijfers inzien',
} as const;
export type Scope = keyof typeof SCOPE_UITLEG;
export const SCOPES = Object.keys(SCOPE_UITLEG) as readonly Scope[];

export function scopesVan(client: Pick<Geregistreerd, 'beheerder' | 'wlzRegister' | 'landelijk'>): Scope[] {
  const mag: Readonly<Record<Scope, boolean>> = {
    berichten: true,
    beheer: client.beheerder,
    'wlz-register': client.wlzRegister,
    landelijk: client.landelijk,
  };
  return SCOPES.filter((scope) => mag[scope]);
}

export interface Uitgave {
  readonly client: string;
  readonly scopes: readonly Scope[];
  /** The token is only good over a connection with this certificate (RFC 8705). */
  readonly x5t: string | undefined;
}

export class Uitgever {
  /** Name of the issuer, and the public address of this Knooppunt. */
  readonly naam: string;
  readonly #sleutels: Uitgeversleutels;
  readonly #sets = new WeakMap<Sleutelstand, ReturnType<typeof createLocalJWKSet>>();

  constructor(naam: string, sleutels: Uitgeversleutels) {
    this.naam = naam;
    this.#sleutels = sleutels;
  }

  get tokenAdres(): string {
    return `${this.naam}/oauth/token`;
  }

  /** The public keys, for anybody. */
  async jwks(): Promise<JSONWebKeySet> {
    return (await this.#sleutels.stand()).jwks;
  }

  async geefUit({ client, scopes, x5t }: Uitgave): Promise<string> {
    const { kid, prive } = (await this.#sleutels.stand()).actief();
    const inhoud = { client_id: client, scope: scopes.join(' '), ...(x5t && { cnf: { 'x5t#S256': x5t } }) };
    return new SignJWT(inhoud)
      .setProtectedHeader({ alg: ALGORITME, typ: TOKENTYPE, kid })
      .setIssuer(this.naam)
      .setAudience(this.naam)
      .setSubject(client)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${GELDIG_S}s`)
      .sign(prive);
  }

  /** @throws an error of jose when it is no valid token of ours */
  async controleer(token: string): Promise<JWTPayload> {
    const stand = await this.#sleutels.stand();
    const set = this.#sets.get(stand) ?? createLocalJWKSet(stand.jwks);
    this.#sets.set(stand, set);
    const { payload } = await jwtVerify(token, set, {
      algorithms: [ALGORITME],
      typ: TOKENTYPE,
      issuer: this.naam,
      audience: this.naam,
      clockTolerance: KLOKVERSCHIL_S,
      maxTokenAge: GELDIG_S,
      requiredClaims: ['sub', 'client_id', 'scope', 'exp', 'jti'],
    });
    return payload;
  }
}
