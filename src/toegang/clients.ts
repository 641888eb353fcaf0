/**
 * Who is calling? A client is a machine that acts for one or more organisations (by machtiging).
 *
 * Tokens are compared by their SHA-256, never kept: a token file that leaks gives no access. Demo tokens exist only in the demo.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { ConfiguratieFout } from '../fouten.ts';
import type { Machtigingen } from '../routering/rechten.ts';
import type { Routering } from '../routering/routering.ts';

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
}

export interface Aanmelding {
  /** @returns the client of an Authorization header, or undefined when there is none that is right */
  herken(authorization: string | undefined): Promise<Client | undefined>;
}

const BEARER = /^Bearer ([\x21-\x7e]{1,512})$/i;
const CLIENTS = z.array(
  z.strictObject({
    id: z.string().min(1),
    tokenSha256: z.string().regex(/^[0-9a-f]{64}$/),
    namens: z.array(z.string()).default([]),
    beheerder: z.boolean().default(false),
    wlzRegister: z.boolean().optional(),
  }),
);

function leesClients(pad: string): ReadonlyMap<string, Client> {
  try {
    const rijen = CLIENTS.parse(JSON.parse(readFileSync(pad, 'utf8')));
    return new Map(
      rijen.map(({ tokenSha256, namens, ...rij }) => [tokenSha256, Object.freeze({ ...rij, namens: new Set(namens) })]),
    );
  } catch (oorzaak) {
    throw new ConfiguratieFout('Het bestand met clients (KNOOPPUNT_CLIENTS) ontbreekt of is niet leesbaar.', {
      cause: oorzaak,
    });
  }
}

const DEMO_TOKEN = /^demo-(beheer|ciz|[0-9]{4}|[0-9]{8})$/;

async function demoClient(token: string, routering: Routering): Promise<Client | undefined> {
  const code = DEMO_TOKEN.exec(token)?.[1];
  if (code === undefined) return undefined;
  if (code === 'beheer') return { id: 'demo-beheer', namens: new Set(), beheerder: true };
  if (code === 'ciz') return { id: 'demo-ciz', namens: new Set(), beheerder: false, wlzRegister: true };
  return (await routering.bestaat(code))
    ? { id: `demo-${code}`, namens: new Set([code]), beheerder: false }
    : undefined;
}

/** What the tables of routering add to the clients file: machtigingen, and organisations that were succeeded. */
async function metRechten(client: Client, routering: Routering): Promise<Client> {
  const { namens, machtigingen } = await routering.rechten(client, new Date());
  if (machtigingen.size > 0) return { ...client, namens, machtigingen };
  return namens.size > client.namens.size ? { ...client, namens } : client;
}

/**
 * @param config with `demo` the demo tokens are accepted; `clientsbestand` names the clients of an installation
 * @throws ConfiguratieFout when the clients file cannot be read
 */
export function maakAanmelding(config: Pick<Config, 'demo' | 'clientsbestand'>, routering: Routering): Aanmelding {
  const clients: ReadonlyMap<string, Client> = config.clientsbestand ? leesClients(config.clientsbestand) : new Map();
  return {
    async herken(authorization) {
      const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
      if (token === undefined) return undefined;
      const bekend = clients.get(createHash('sha256').update(token).digest('hex'));
      const client = bekend ?? (config.demo ? await demoClient(token, routering) : undefined);
      return client && metRechten(client, routering);
    },
  };
}
