/** How a person is called in the set for the NZa: the same in every delivery, and by nobody to be joined with anything else that we keep. */
import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';

/** Binds the key to this use. Another text would give everybody another pseudonym. */
const DOEL = 'knooppunt nza pseudoniem';

/**
 * @param hmac the key of the installation for identifiers; the one for this set is derived from it, so that it is known wherever that one is and
 * cannot be found from what was delivered
 * @returns the pseudonym of a person as the dossier knows him (hex)
 */
export function nzaPseudoniem(hmac: KeyObject): (persoon: string) => string {
  const sleutel = Buffer.from(hkdfSync('sha256', hmac, Buffer.alloc(0), DOEL, 32));
  return (persoon) => createHmac('sha256', sleutel).update(Buffer.from(persoon, 'hex')).digest('hex');
}
