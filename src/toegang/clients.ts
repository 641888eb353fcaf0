/**
 * Who is calling? A client is a machine that acts for one or more organisations (by machtiging). It shows an access token, a token of the
 * clients file, or a certificate. Demo tokens exist only in the demo.
 */
import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Machtigingen } from '../routering/rechten.ts';
import type { Routering } from '../routering/routering.ts';
import type { Clientcertificaat } from './certificaat.ts';
import { leesClientsbestand } from './clientsbestand.ts';
import type { Clientregister, Geregistreerd } from './register.ts';
import type { Tokens } from './tokens.ts';
import { SCOPES, type Scope } from './uitgever.ts';

export interface Client {
  /** Name in the audit log. */
  readonly id: string;
  /** Codes of the organisations it acts for in every domein, those they succeeded included. */
  readonly namens: ReadonlySet<string>;
  /** Organisations that it acts for in some domeinen only, by machtiging; absent when there are none. */
  readonly machtigingen?: Machtigingen;
  /** May it do what only the operator may? */
  readonly beheerder: boolean;
  /** Is it CIZ: may it deliver the Wlz register? That gives it no other right. */
  readonly wlzRegister?: boolean | undefined;
  /** May it see the national figures? That gives it no other right. */
  readonly landelijk?: boolean | undefined;
}

export interface Aanmelding {
  /**
   * @param certificaat of the connection, checked by TLS
   * @returns the client of an Authorization header, or without one of the certificate; undefined when there is none that is right
   */
  herken(authorization: string | undefined, certificaat?: Clientcertificaat): Promise<Client | undefined>;
}

/** The register of clients, and who reads their access tokens; without them there are the clients file and the demo only. */
export interface Register {
  readonly register: Clientregister;
  readonly tokens: Tokens;
}

const BEARER = /^Bearer ([\x21-\x7e]{1,4096})$/i;
const DEMO_TOKEN = /^demo-(beheer|ciz|landelijk|[0-9]{4}|[0-9]{8})$/;
const ALLES: ReadonlySet<Scope> = new Set(SCOPES);

async function demoClient(token: string, routering: Routering): Promise<Client | undefined> {
  const code = DEMO_TOKEN.exec(token)?.[1];
  if (code === undefined) return undefined;
  if (code === 'beheer') return { id: 'demo-beheer', namens: new Set(), beheerder: true };
  if (code === 'ciz') return { id: 'demo-ciz', namens: new Set(), beheerder: false, wlzRegister: true };
  if (code === 'landelijk') return { id: 'demo-landelijk', namens: new Set(), beheerder: false, landelijk: true };
  return (await routering.bestaat(code))
    ? { id: `demo-${code}`, namens: new Set([code]), beheerder: false }
    : undefined;
}

/** What the tables of routering add to what a client has of its own: machtigingen, and organisations that were succeeded. */
async function metRechten(client: Client, routering: Routering): Promise<Client> {
  const { namens, machtigingen } = await routering.rechten(client, new Date());
  if (machtigingen.size > 0) return { ...client, namens, machtigingen };
  return namens.size > client.namens.size ? { ...client, namens } : client;
}

/** A client of the register, with no more than what its token is good for. */
async function metScopes(houder: Geregistreerd, scopes: ReadonlySet<Scope>, routering: Routering): Promise<Client> {
  const eigen = {
    id: houder.id,
    namens: new Set<string>(),
    beheerder: houder.beheerder && scopes.has('beheer'),
    ...(houder.wlzRegister && scopes.has('wlz-register') && { wlzRegister: true }),
    ...(houder.landelijk && scopes.has('landelijk') && { landelijk: true }),
  };
  return scopes.has('berichten') ? metRechten({ ...eigen, namens: houder.namens }, routering) : eigen;
}

/**
 * @param config with `demo` the demo tokens are accepted; `clientsbestand` names the clients of an installation
 * @throws ConfiguratieFout when the clients file cannot be read
 */
export function maakAanmelding(
  config: Pick<Config, 'demo' | 'clientsbestand'>,
  routering: Routering,
  { register, tokens }: Partial<Register> = {},
): Aanmelding {
  const clients = leesClientsbestand(config.clientsbestand);
  return {
    async herken(authorization, certificaat) {
      if (authorization === undefined) {
        const houder = certificaat && (await register?.vanCertificaat(certificaat));
        return houder && metScopes(houder, ALLES, routering);
      }
      const token = BEARER.exec(authorization)?.[1];
      if (token === undefined) return undefined;
      const bekend = clients.get(createHash('sha256').update(token).digest('hex'));
      const client = bekend ?? (config.demo ? await demoClient(token, routering) : undefined);
      if (client) return metRechten(client, routering);
      const gelezen = await tokens?.lees(token, certificaat);
      return gelezen && metScopes(gelezen.client, gelezen.scopes, routering);
    },
  };
}
