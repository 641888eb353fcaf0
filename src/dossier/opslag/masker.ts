/** How BSNs and references are masked: keyed, so that who has the database alone learns nothing, and nobody can try them out. */
import { createHmac } from 'node:crypto';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { pseudoniem } from '../../opslag/versleuteling.ts';
import type { Masker } from '../feiten.ts';

/** Half of the hash: the dossier holds millions of them, in several indexes, and 128 bits do not collide. */
const KENMERK_BYTES = 16;

/** A masker that remembers what it masked: for one turn. A persoon is the pseudonym that the audit log has too. */
export function maskerMet(sleutels: Sleutels): Masker {
  const personen = new Map<string, string>();
  return {
    persoon(bsn) {
      const bekend = personen.get(bsn);
      if (bekend) return bekend;
      const nieuw = pseudoniem(sleutels, bsn).toString('hex');
      personen.set(bsn, nieuw);
      return nieuw;
    },
    // Equal for an equal reference, and for nothing else that is hashed with this key.
    kenmerk: (tekst) =>
      createHmac('sha256', sleutels.hmac)
        .update(`kenmerk\n${tekst}`)
        .digest()
        .subarray(0, KENMERK_BYTES)
        .toString('hex'),
  };
}
