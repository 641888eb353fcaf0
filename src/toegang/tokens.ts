/**
 * Access tokens that come in with a request: of the built-in issuer or an external one. The issuer that a token names decides how it is
 * checked, and that issuer must be one of the configuration. What was checked a moment ago is not computed again.
 */
import { createHash } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload } from 'jose';
import { z } from 'zod';
import { afdruk, type Clientcertificaat } from './certificaat.ts';
import type { ExterneUitgever } from './externe-uitgevers.ts';
import type { Clientregister, Geregistreerd } from './register.ts';
import { SCOPES, type Scope, type Uitgever } from './uitgever.ts';

/** Whoever is withdrawn, or a key that is, is gone within 5 seconds. */
const BEWAAR_MS = 4000;
const MAX_BEWAARD = 5000;

export interface Tokenhouder {
  readonly client: Geregistreerd;
  /** What this token is good for; an external issuer does not say. */
  readonly scopes: ReadonlySet<Scope>;
}

interface Gecontroleerd {
  readonly extern: ExterneUitgever | undefined;
  readonly inhoud: JWTPayload;
  readonly tot: number;
}

const GEBONDEN = z.looseObject({ cnf: z.strictObject({ 'x5t#S256': z.string() }).optional() });
const tekst = (waarde: unknown): string | undefined =>
  typeof waarde === 'string' && waarde.length > 0 && waarde.length <= 255 ? waarde : undefined;

const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);

export class Tokens {
  readonly #register: Clientregister;
  readonly #uitgever: Uitgever | undefined;
  readonly #extern: ReadonlyMap<string, ExterneUitgever>;
  readonly #bewaard = new Map<string, Gecontroleerd>();

  constructor(register: Clientregister, uitgever: Uitgever | undefined, extern: ReadonlyMap<string, ExterneUitgever>) {
    this.#register = register;
    this.#uitgever = uitgever;
    this.#extern = extern;
  }

  /**
   * @param certificaat of the connection that the token came over
   * @returns whose token this is; undefined when it is no good, or no token
   * @throws errors of the database or the key file: then nobody can say
   */
  async lees(token: string, certificaat: Clientcertificaat | undefined): Promise<Tokenhouder | undefined> {
    if (!isJwt(token)) return undefined;
    const gecontroleerd = await this.#controleer(token);
    if (!gecontroleerd) return undefined;
    const { extern, inhoud } = gecontroleerd;
    // A binding that we do not know (a key of DPoP, for one) binds all the same: then the token is not for us.
    const gebonden = GEBONDEN.safeParse(inhoud);
    if (!gebonden.success) return undefined;
    const x5t = gebonden.data.cnf?.['x5t#S256'];
    if (x5t !== undefined && (!certificaat || afdruk(certificaat) !== x5t)) return undefined;
    const id = tekst(inhoud[extern?.clientClaim ?? 'client_id']);
    if (id === undefined) return undefined;
    const client = extern ? await this.#register.vanExtern(extern.uitgever, id) : await this.#register.vind(id);
    if (!client) return undefined;
    const eigen = tekst(inhoud.scope)?.split(' ') ?? [];
    return { client, scopes: new Set(extern ? SCOPES : SCOPES.filter((scope) => eigen.includes(scope))) };
  }

  async #controleer(token: string): Promise<Gecontroleerd | undefined> {
    const sleutel = createHash('sha256').update(token).digest('base64');
    const nu = Date.now();
    const eerder = this.#bewaard.get(sleutel);
    if (eerder && nu < eerder.tot) return eerder;
    this.#bewaard.delete(sleutel);
    try {
      const { iss } = decodeJwt(token);
      const extern = iss === undefined ? undefined : this.#extern.get(iss);
      const inhoud = await (extern ?? this.#uitgever)?.controleer(token);
      if (!inhoud) return undefined;
      const nieuw = { extern, inhoud, tot: Math.min(nu + BEWAAR_MS, (inhoud.exp ?? 0) * 1000) };
      const [oudste] = this.#bewaard.keys();
      if (this.#bewaard.size >= MAX_BEWAARD && oudste !== undefined) this.#bewaard.delete(oudste);
      this.#bewaard.set(sleutel, nieuw);
      return nieuw;
    } catch (fout) {
      if (fout instanceof errors.JOSEError || fout instanceof TypeError) return undefined;
      throw fout;
    }
  }
}
