/**
 * The clients file of an installation: each client with the SHA-256 of a token that it keeps for ever. Tokens are compared by their hash,
 * never kept: a file that leaks gives no access.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfiguratieFout } from '../fouten.ts';

const CLIENTS = z.array(
  z.strictObject({
    id: z.string().min(1),
    tokenSha256: z.string().regex(/^[0-9a-f]{64}$/),
    namens: z.array(z.string()).default([]),
    beheerder: z.boolean().default(false),
    wlzRegister: z.boolean().optional(),
    landelijk: z.boolean().optional(),
  }),
);

export interface Bestandsclient {
  readonly id: string;
  readonly namens: ReadonlySet<string>;
  readonly beheerder: boolean;
  readonly wlzRegister?: boolean | undefined;
  readonly landelijk?: boolean | undefined;
}

/**
 * @param pad KNOOPPUNT_CLIENTS; without it there are none
 * @returns the clients by the hash of their token
 * @throws ConfiguratieFout when the file cannot be read
 */
export function leesClientsbestand(pad: string | undefined): ReadonlyMap<string, Bestandsclient> {
  if (!pad) return new Map();
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
