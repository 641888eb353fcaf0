/** The part of the configuration for logging in to the portal: the broker, and how it calls people. Read by config.ts. Ground module. */
import { z } from 'zod';
import { basisadres } from './config-toegang.ts';
import { ConfiguratieFout } from './fouten.ts';

const LOKAAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const pad = z.string().min(1).optional();
const claim = z.string().regex(/^[!-~]{1,200}$/);
const lijst = (tekst: string): readonly string[] => tekst.split(',');

/** Name of an issuer, letter for letter; it may have a path. Over TLS; without it only on this machine. */
const uitgever = z.string().refine((tekst) => {
  const url = URL.parse(tekst);
  const veilig = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOKAAL.has(url.hostname));
  return veilig && url?.search === '' && url.hash === '';
});

export const PORTAAL_SLEUTELS = {
  /** Public address of the portal (https://host), without /portaal. */
  KNOOPPUNT_PORTAAL_ADRES: basisadres.optional(),
  /** The broker: issuer of OpenID Connect. Without it nobody logs in, but in the demo. */
  KNOOPPUNT_PORTAAL_UITGEVER: uitgever.optional(),
  KNOOPPUNT_PORTAAL_CLIENT: z.string().min(1).max(200).optional(),
  /** How we show the broker who we are: a secret in a file, or a private key (PEM, PKCS 8) in a file. */
  KNOOPPUNT_PORTAAL_GEHEIM: pad,
  KNOOPPUNT_PORTAAL_SLEUTEL: pad,
  KNOOPPUNT_PORTAAL_SLEUTEL_ID: z.string().min(1).max(128).optional(),
  KNOOPPUNT_PORTAAL_SCOPE: z
    .string()
    .regex(/^openid(?: [!-~]+)*$/)
    .default('openid'),
  /** Claim with the pseudonym of the person. */
  KNOOPPUNT_PORTAAL_CLAIM_PERSOON: claim.default('sub'),
  /** Claims with the legal entity; the first that is there counts. */
  KNOOPPUNT_PORTAAL_CLAIM_ORGANISATIE: z
    .string()
    .default('urn:etoegang:1.9:EntityConcernedID:KvKnr')
    .transform(lijst)
    .pipe(z.array(claim).min(1)),
  /** Levels of assurance that are enough; the first is asked for. Default eHerkenning EH3, and EH4 that is higher. */
  KNOOPPUNT_PORTAAL_NIVEAUS: z
    .string()
    .default('urn:etoegang:core:assurance-class:loa3,urn:etoegang:core:assurance-class:loa4')
    .transform(lijst)
    .pipe(z.array(claim).min(1)),
} as const;

type Gelezen = z.infer<z.ZodObject<typeof PORTAAL_SLEUTELS>>;

export interface Brokerconfig {
  /** Public address of this Knooppunt; the broker sends people back to a page under it. */
  readonly adres: string;
  readonly uitgever: string;
  readonly client: string;
  /** By what in which file we show the broker who we are. */
  readonly bewijs:
    | { readonly soort: 'geheim'; readonly bestand: string }
    | { readonly soort: 'sleutel'; readonly bestand: string; readonly id: string | undefined };
  readonly scope: string;
  readonly persoon: string;
  readonly organisatie: readonly string[];
  readonly niveaus: readonly string[];
}

export interface Portaalconfig {
  /** undefined: nobody logs in, but in the demo. */
  readonly broker: Brokerconfig | undefined;
}

function bewijsVan(gelezen: Gelezen): Brokerconfig['bewijs'] {
  const { KNOOPPUNT_PORTAAL_GEHEIM: geheim, KNOOPPUNT_PORTAAL_SLEUTEL: sleutel } = gelezen;
  if (geheim !== undefined && sleutel === undefined) return { soort: 'geheim', bestand: geheim };
  if (sleutel !== undefined && geheim === undefined)
    return { soort: 'sleutel', bestand: sleutel, id: gelezen.KNOOPPUNT_PORTAAL_SLEUTEL_ID };
  throw new ConfiguratieFout('Geef KNOOPPUNT_PORTAAL_GEHEIM of KNOOPPUNT_PORTAAL_SLEUTEL, één van beide.');
}

/** @throws ConfiguratieFout with one Dutch sentence */
export function portaalconfig(gelezen: Gelezen, { productie }: { readonly productie: boolean }): Portaalconfig {
  const { KNOOPPUNT_PORTAAL_ADRES: adres, KNOOPPUNT_PORTAAL_UITGEVER: naam } = gelezen;
  const { KNOOPPUNT_PORTAAL_CLIENT: client } = gelezen;
  if (naam === undefined) return Object.freeze({ broker: undefined });
  if (adres === undefined || client === undefined)
    throw new ConfiguratieFout(
      'Bij KNOOPPUNT_PORTAAL_UITGEVER horen KNOOPPUNT_PORTAAL_ADRES en KNOOPPUNT_PORTAAL_CLIENT.',
    );
  if (productie && ![adres, naam].every((url) => url.startsWith('https:')))
    throw new ConfiguratieFout(
      'Met NODE_ENV=production beginnen KNOOPPUNT_PORTAAL_ADRES en KNOOPPUNT_PORTAAL_UITGEVER met https://.',
    );
  return Object.freeze({
    broker: Object.freeze({
      adres,
      uitgever: naam,
      client,
      bewijs: bewijsVan(gelezen),
      scope: gelezen.KNOOPPUNT_PORTAAL_SCOPE,
      persoon: gelezen.KNOOPPUNT_PORTAAL_CLAIM_PERSOON,
      organisatie: gelezen.KNOOPPUNT_PORTAAL_CLAIM_ORGANISATIE,
      niveaus: gelezen.KNOOPPUNT_PORTAAL_NIVEAUS,
    }),
  });
}
