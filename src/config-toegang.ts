/** The part of the configuration that says who gets in: issuers, TLS, limits. Read by config.ts. Ground module. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfiguratieFout } from './fouten.ts';

const aantal = (max: number) => z.coerce.number().int().min(0).max(max).optional();
const pad = z.string().min(1).optional();
const LOKAAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address to which a path can be added, over TLS; without it only on this machine. */
export const basisadres = z
  .string()
  .refine((tekst) => {
    const url = URL.parse(tekst);
    const veilig = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOKAAL.has(url.hostname));
    return veilig && url !== null && url.origin === tekst.replace(/\/$/, '');
  })
  .transform((tekst) => tekst.replace(/\/$/, ''));

export const TOEGANG_SLEUTELS = {
  /** Public address of this Knooppunt (https://host); turns on the built-in issuer of access tokens, whose name it is. */
  KNOOPPUNT_UITGEVER: basisadres.optional(),
  /** JSON file with the signing keys of the built-in issuer; see toegang/uitgeversleutels.ts. */
  KNOOPPUNT_UITGEVERSLEUTELS: pad,
  /** JSON file with the other issuers whose tokens are accepted; see toegang/externe-uitgevers.ts. */
  KNOOPPUNT_EXTERNE_UITGEVERS: pad,
  /** PEM: with these the api speaks TLS only. */
  KNOOPPUNT_TLS_CERTIFICAAT: pad,
  KNOOPPUNT_TLS_SLEUTEL: pad,
  /** PEM: the issuers of client certificates, and what they withdrew. */
  KNOOPPUNT_TLS_CLIENT_CA: pad,
  KNOOPPUNT_TLS_CRL: pad,
  /** Addresses of the proxies in front, whose X-Forwarded-For is believed. */
  KNOOPPUNT_PROXIES: z
    .string()
    .transform((lijst) => lijst.split(','))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
    .optional(),
  /** Requests per second of one client that each api process goes on taking; 0: no limit, which is the default of the demo. */
  KNOOPPUNT_VERZOEKEN_PER_SECONDE: aantal(100_000),
  /** Failed authentications before the next ones have to wait; 0: never, which is the default of the demo. */
  KNOOPPUNT_MISLUKTE_AANMELDINGEN: aantal(1000),
} as const;

type Gelezen = z.infer<z.ZodObject<typeof TOEGANG_SLEUTELS>>;

export interface Tlsconfig {
  readonly certificaat: string;
  readonly sleutel: string;
  readonly clientCa: string | undefined;
  readonly crl: string | undefined;
}

export interface Toegangconfig {
  /** Name and public address of the built-in issuer; undefined: it is off. */
  readonly uitgever: string | undefined;
  readonly uitgeversleutels: string;
  /** Made in the data folder when it is not there. Never in production. */
  readonly maakUitgeversleutels: boolean;
  readonly externeUitgevers: string | undefined;
  readonly proxies: readonly string[];
  /** 0: no limit. */
  readonly verzoekenPerSeconde: number;
  /** 0: never slowed down. */
  readonly mislukteAanmeldingen: number;
  readonly tls: Tlsconfig | undefined;
}

const VERZOEKEN_PER_SECONDE = 200;
const MISLUKTE_AANMELDINGEN = 10;

function tlsVan(gelezen: Gelezen): Tlsconfig | undefined {
  const { KNOOPPUNT_TLS_CERTIFICAAT: certificaat, KNOOPPUNT_TLS_SLEUTEL: sleutel } = gelezen;
  const { KNOOPPUNT_TLS_CLIENT_CA: clientCa, KNOOPPUNT_TLS_CRL: crl } = gelezen;
  if (certificaat && sleutel) {
    if (crl && !clientCa) throw new ConfiguratieFout('KNOOPPUNT_TLS_CRL heeft KNOOPPUNT_TLS_CLIENT_CA nodig.');
    return Object.freeze({ certificaat, sleutel, clientCa, crl });
  }
  if (certificaat || sleutel || clientCa || crl)
    throw new ConfiguratieFout('Voor TLS zijn KNOOPPUNT_TLS_CERTIFICAAT en KNOOPPUNT_TLS_SLEUTEL beide nodig.');
  return undefined;
}

/**
 * @param omgang the settings with which those of access go together
 * @throws ConfiguratieFout with one Dutch sentence
 */
export function toegangconfig(
  gelezen: Gelezen,
  omgang: { readonly productie: boolean; readonly demo: boolean; readonly data: string },
): Toegangconfig {
  const { KNOOPPUNT_UITGEVER: uitgever, KNOOPPUNT_UITGEVERSLEUTELS: sleutels } = gelezen;
  if (omgang.productie && uitgever && !sleutels)
    throw new ConfiguratieFout(
      'Met NODE_ENV=production en KNOOPPUNT_UITGEVER is KNOOPPUNT_UITGEVERSLEUTELS verplicht.',
    );
  if (omgang.productie && uitgever && !uitgever.startsWith('https:'))
    throw new ConfiguratieFout('Met NODE_ENV=production begint KNOOPPUNT_UITGEVER met https://.');
  const standaard = (waarde: number | undefined, anders: number): number => waarde ?? (omgang.demo ? 0 : anders);
  return Object.freeze({
    uitgever,
    uitgeversleutels: resolve(sleutels ?? join(omgang.data, 'uitgeversleutels.json')),
    maakUitgeversleutels: sleutels === undefined,
    externeUitgevers: gelezen.KNOOPPUNT_EXTERNE_UITGEVERS,
    proxies: Object.freeze(gelezen.KNOOPPUNT_PROXIES ?? []),
    verzoekenPerSeconde: standaard(gelezen.KNOOPPUNT_VERZOEKEN_PER_SECONDE, VERZOEKEN_PER_SECONDE),
    mislukteAanmeldingen: standaard(gelezen.KNOOPPUNT_MISLUKTE_AANMELDINGEN, MISLUKTE_AANMELDINGEN),
    tls: tlsVan(gelezen),
  });
}
