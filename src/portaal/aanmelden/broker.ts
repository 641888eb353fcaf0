/**
 * The broker (eHerkenning) by OpenID Connect: authorization code with PKCE, state and nonce. All checks of what comes back are those of
 * openid-client; what we add is the level of assurance, and which claims say who it is.
 */
import * as oidc from 'openid-client';
import type { Brokerconfig } from '../../config-portaal.ts';
import { leesBewijs } from './bewijs.ts';
import { Aanmeldfout } from './fouten.ts';
import { PADEN } from './paden.ts';

/** What goes along in the session, and must fit what comes back. */
export interface Heenweg {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the broker says of somebody. */
export interface Identiteit {
  readonly uitgever: string;
  /** Pseudonym of the person. */
  readonly persoon: string;
  /** Number of the legal entity. */
  readonly organisatie: string;
}

/** Seconds that the broker gets for an answer. */
const GEDULD_S = 10;
/** Its description is read again after this time. */
const VERS_MS = 24 * 60 * 60_000;
const MAX_WAARDE = 500;
/** What a person decided, and what is not a failure of anybody. */
const AFGEBROKEN = new Set(['access_denied', 'interaction_required', 'login_required', 'consent_required']);

/** What we tell of an error of the library. */
function soortVan(fout: unknown): 'afgebroken' | 'ongeldig' | 'storing' {
  if (fout instanceof oidc.AuthorizationResponseError) return AFGEBROKEN.has(fout.error) ? 'afgebroken' : 'ongeldig';
  if (fout instanceof oidc.ResponseBodyError) return fout.status >= 500 ? 'storing' : 'ongeldig';
  const code = fout instanceof Error && 'code' in fout ? fout.code : undefined;
  const weg = (fout instanceof TypeError && fout.message === 'fetch failed') || code === 'OAUTH_TIMEOUT';
  return weg || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ? 'storing' : 'ongeldig';
}

export class Broker {
  readonly #config: Brokerconfig;
  #ontdekt: { readonly op: number; readonly wat: Promise<oidc.Configuration> } | undefined;

  constructor(config: Brokerconfig) {
    this.#config = config;
  }

  /** Where to send a browser to log in. @throws Aanmeldfout storing */
  async heen(): Promise<{ readonly adres: string; readonly heen: Heenweg }> {
    const heen = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const adres = oidc.buildAuthorizationUrl(await this.#ontdek(), {
      redirect_uri: this.#config.adres + PADEN.terug,
      scope: this.#config.scope,
      state: heen.state,
      nonce: heen.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(heen.verifier),
      code_challenge_method: 'S256',
      acr_values: this.#config.niveaus.join(' '),
    });
    return { adres: adres.href, heen };
  }

  /**
   * @param vraag the query string with which a browser came back
   * @throws Aanmeldfout
   */
  async terug(vraag: string, { state, nonce, verifier }: Heenweg): Promise<Identiteit> {
    const server = await this.#ontdek();
    const adres = new URL(this.#config.adres + PADEN.terug);
    adres.search = vraag;
    try {
      const tokens = await oidc.authorizationCodeGrant(server, adres, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Aanmeldfout('ongeldig');
      if (typeof claims.acr !== 'string' || !this.#config.niveaus.includes(claims.acr))
        throw new Aanmeldfout('niveauTeLaag');
      return await this.#wie(server, claims, tokens.access_token);
    } catch (fout) {
      if (fout instanceof Aanmeldfout) throw fout;
      throw new Aanmeldfout(soortVan(fout), { cause: fout });
    }
  }

  /** Where to log out at the broker too; undefined: it has no such address, or cannot be reached. */
  async uit(): Promise<string | undefined> {
    const server = await this.#ontdek().catch(() => undefined);
    if (!server?.serverMetadata().end_session_endpoint) return undefined;
    // No id_token_hint: then we would have to keep what the broker told about a person.
    return oidc.buildEndSessionUrl(server, { post_logout_redirect_uri: this.#config.adres + PADEN.afgemeld }).href;
  }

  /** The id token comes first; what is not in it, the broker may tell when asked. */
  async #wie(server: oidc.Configuration, claims: oidc.IDToken, toegang: string): Promise<Identiteit> {
    const { persoon, organisatie } = this.#config;
    const namen = [[persoon], organisatie];
    const waarde = (van: Readonly<Record<string, unknown>>, uit: readonly string[]): string | undefined =>
      uit.map((naam) => van[naam]).find((een) => typeof een === 'string' && een !== '' && een.length <= MAX_WAARDE) as
        | string
        | undefined;
    const compleet = namen.every((uit) => waarde(claims, uit) !== undefined);
    const meer =
      compleet || !server.serverMetadata().userinfo_endpoint
        ? claims
        : { ...(await oidc.fetchUserInfo(server, toegang, claims.sub)), ...claims };
    const [wie, namens] = namen.map((uit) => waarde(meer, uit));
    if (wie === undefined) throw new Aanmeldfout('ongeldig', { cause: new Error(`claim ${persoon} is missing`) });
    if (namens === undefined) throw new Aanmeldfout('organisatieOnbekend');
    return { uitgever: this.#config.uitgever, persoon: wie, organisatie: namens };
  }

  #ontdek(): Promise<oidc.Configuration> {
    if (this.#ontdekt && Date.now() - this.#ontdekt.op < VERS_MS) return this.#ontdekt.wat;
    const wat = this.#lees().catch((fout: unknown) => {
      if (this.#ontdekt?.wat === wat) this.#ontdekt = undefined;
      throw new Aanmeldfout('storing', { cause: fout });
    });
    this.#ontdekt = { op: Date.now(), wat };
    return wat;
  }

  async #lees(): Promise<oidc.Configuration> {
    const { uitgever, client } = this.#config;
    const zonderTls = !uitgever.startsWith('https:');
    return oidc.discovery(new URL(uitgever), client, undefined, await leesBewijs(this.#config), {
      timeout: GEDULD_S,
      // The signature of the id token is looked at too, not TLS alone. Only an issuer on this machine may do without TLS: the configuration
      // sees to that.
      execute: [oidc.enableNonRepudiationChecks, ...(zonderTls ? [oidc.allowInsecureRequests] : [])],
    });
  }
}
