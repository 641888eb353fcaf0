/** A BSN as the Wmo side keeps it: its HMAC to match by, and a ciphertext to name the resident to the own gemeente with. */
import type { Sleutels } from '../../opslag/sleutels.ts';
import { ontsleutel, pseudoniem, type Versleuteld, versleutel } from '../../opslag/versleuteling.ts';

export interface BewaardBsn extends Versleuteld {
  readonly hmac: Buffer;
}

/** What is bound in with the ciphertext: the person it is of. */
const gebonden = (hmac: Buffer): string => `bsn ${hmac.toString('hex')}`;

export function bewaarBsn(sleutels: Sleutels, bsn: string): BewaardBsn {
  const hmac = pseudoniem(sleutels, bsn);
  return { hmac, ...versleutel(sleutels, gebonden(hmac), Buffer.from(bsn), sleutels.vast) };
}

/** @throws when the ciphertext is not that of the person with this HMAC */
export const leesBsn = (sleutels: Sleutels, { hmac, ...versleuteld }: BewaardBsn): string =>
  ontsleutel(sleutels, gebonden(hmac), versleuteld).toString('utf8');
