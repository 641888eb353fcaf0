/**
 * Other issuers whose access tokens are accepted, by configuration: a JSON file with a list. Nothing in a token says where its keys are (jku,
 * x5u and jwk in a header are ignored): only the file does, and only over TLS, from the host of the issuer or one that the file allows.
 */
import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import { ConfiguratieFout, KnooppuntFout } from '../fouten.ts';
import { TOKENTYPE } from './uitgever.ts';

/** Signatures with a public key, of at least 128 bits or RSA; never none, never a shared secret (HS*). */
export const ALGORITMEN = ['EdDSA', 'ES256', 'PS256', 'RS256'] as const;

const GELDIG_MS = 10 * 60_000;
const AFKOELEN_MS = 30_000;
const GEDULD_MS = 5000;
const MAX_JWKS_BYTES = 256 * 1024;

const adres = z.url({ protocol: /^https?$/ });
const SCHEMA = z
  .array(
    z
      .strictObject({
        /** The iss of its tokens, letter for letter. */
        uitgever: adres,
        jwksAdres: adres.optional(),
        jwksBestand: z.string().min(1).optional(),
        /** Hosts that jwksAdres may be on besides the host of the issuer. */
        jwksHosts: z.array(z.string().min(1)).default([]),
        /** The aud that its tokens for this Knooppunt have. */
        audience: z.string().min(1),
        clientClaim: z.string().min(1).default('client_id'),
        type: z.string().min(1).default(TOKENTYPE),
        algoritmen: z
          .array(z.enum(ALGORITMEN))
          .min(1)
          .default([...ALGORITMEN]),
        klokverschilSeconden: z.int().min(0).max(300).default(30),
      })
      .refine(({ jwksAdres, jwksBestand }) => (jwksAdres === undefined) !== (jwksBestand === undefined)),
  )
  .max(20);
type Instelling = z.infer<typeof SCHEMA>[number];

export interface ExterneUitgever {
  readonly uitgever: string;
  readonly clientClaim: string;
  /** @throws an error when it is no valid token of this issuer */
  controleer(token: string): Promise<JWTPayload>;
}

/** Reads an answer to its end, or to the first byte too many. */
async function begrensd(antwoord: Response): Promise<Response> {
  const stukken: Uint8Array[] = [];
  let bytes = 0;
  for await (const stuk of antwoord.body ?? []) {
    bytes += stuk.length;
    if (bytes > MAX_JWKS_BYTES) throw new Error('the JWKS is too large');
    stukken.push(stuk);
  }
  return new Response(Buffer.concat(stukken), { status: antwoord.status, headers: antwoord.headers });
}

async function haal(...[doel, opties]: Parameters<FetchImplementation>): Promise<Response> {
  const antwoord = await fetch(doel, opties);
  if (antwoord.status !== 200) throw new Error(`the JWKS was answered with ${antwoord.status}`);
  return begrensd(antwoord);
}

function opAfstand(url: string, opFout: (fout: unknown) => void): ReturnType<typeof createRemoteJWKSet> {
  let nietVoor = 0;
  return createRemoteJWKSet(new URL(url), {
    cacheMaxAge: GELDIG_MS,
    cooldownDuration: AFKOELEN_MS,
    timeoutDuration: GEDULD_MS,
    [customFetch]: async (...deel) => {
      const weg = (oorzaak?: unknown) =>
        new KnooppuntFout('tijdelijkNietBeschikbaar', 'De uitgever van uw token is niet bereikbaar.', {
          cause: oorzaak,
        });
      // However many tokens come in, an issuer that does not answer is asked no more than twice a minute.
      if (Date.now() < nietVoor) throw weg();
      nietVoor = Date.now() + AFKOELEN_MS;
      try {
        const antwoord = await haal(...deel);
        nietVoor = 0;
        return antwoord;
      } catch (fout) {
        opFout(fout);
        throw weg(fout);
      }
    },
  });
}

const isLokaal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

function eisAdres({ uitgever, jwksAdres, jwksHosts }: Instelling, productie: boolean): void {
  for (const tekst of [uitgever, ...(jwksAdres ? [jwksAdres] : [])]) {
    const url = new URL(tekst);
    if (url.protocol !== 'https:' && (productie || !isLokaal(url)))
      throw new ConfiguratieFout('Een externe uitgever en zijn jwksAdres beginnen met https://.');
  }
  if (jwksAdres && ![new URL(uitgever).host, ...jwksHosts].includes(new URL(jwksAdres).host))
    throw new ConfiguratieFout('Het jwksAdres van een externe uitgever staat op een host die niet in jwksHosts staat.');
}

function maak(instelling: Instelling, { productie, opFout }: Omgang): ExterneUitgever {
  eisAdres(instelling, productie);
  const { uitgever, jwksAdres, jwksBestand, audience, clientClaim, type, algoritmen, klokverschilSeconden } =
    instelling;
  const sleutels = jwksAdres
    ? opAfstand(jwksAdres, opFout)
    : createLocalJWKSet(JSON.parse(readFileSync(jwksBestand ?? '', 'utf8')) as JSONWebKeySet);
  return {
    uitgever,
    clientClaim,
    async controleer(token) {
      const { payload } = await jwtVerify(token, sleutels, {
        algorithms: [...algoritmen],
        typ: type,
        issuer: uitgever,
        audience,
        clockTolerance: klokverschilSeconden,
        requiredClaims: ['exp', clientClaim],
      });
      return payload;
    },
  };
}

export interface Omgang {
  readonly productie: boolean;
  /** Hears why keys could not be fetched. */
  readonly opFout: (fout: unknown) => void;
}

/**
 * @param bestand KNOOPPUNT_EXTERNE_UITGEVERS
 * @returns the issuers by their name
 * @throws ConfiguratieFout when the file is not right
 */
export function leesExterneUitgevers(
  bestand: string | undefined,
  omgang: Omgang,
): ReadonlyMap<string, ExterneUitgever> {
  if (bestand === undefined) return new Map();
  try {
    const rijen = SCHEMA.parse(JSON.parse(readFileSync(bestand, 'utf8')));
    if (new Set(rijen.map(({ uitgever }) => uitgever)).size < rijen.length) throw new Error('an issuer is there twice');
    return new Map(rijen.map((rij) => [rij.uitgever, maak(rij, omgang)]));
  } catch (oorzaak) {
    if (oorzaak instanceof ConfiguratieFout) throw oorzaak;
    throw new ConfiguratieFout(
      'Het bestand met externe uitgevers (KNOOPPUNT_EXTERNE_UITGEVERS) ontbreekt of is niet goed.',
      { cause: oorzaak },
    );
  }
}
