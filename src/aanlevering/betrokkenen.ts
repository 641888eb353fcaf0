/** Whom a message that is not taken in is about, for the audit line of what was done with it. */
import { setImmediate as anderenEerst } from 'node:timers/promises';
import { EnvelopLezer } from '../envelop/lees.ts';
import { StufFout } from '../envelop/stuf-fout.ts';
import { verpakkingVan } from '../envelop/uitpakken.ts';
import { KnooppuntFout } from '../fouten.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { pseudoniem } from '../opslag/versleuteling.ts';
import { VoorbladLezer } from '../xml/voorblad.ts';

/** As intake does: a slice of a large message per turn of the event loop. */
const SNEL_BYTES = 128 * 1024;
const SNEE_BYTES = 16 * 1024;

/** @param bytes a message, or an envelope with one in it. @returns the HMACs of the BSNs in it; none of what cannot be read */
export async function betrokkenenIn(sleutels: Sleutels, bytes: Buffer): Promise<readonly Buffer[]> {
  const voorblad = new VoorbladLezer();
  const verpakking = verpakkingVan(bytes);
  const envelop = verpakking && new EnvelopLezer((stuk) => voorblad.lees(stuk), verpakking);
  const lezer = envelop ?? voorblad;
  try {
    for (let begin = 0; begin < bytes.length; begin += SNEE_BYTES) {
      lezer.lees(bytes.subarray(begin, begin + SNEE_BYTES));
      if (bytes.length > SNEL_BYTES) await anderenEerst();
    }
    envelop?.einde();
    return [...voorblad.einde().bsns].map((bsn) => pseudoniem(sleutels, bsn));
  } catch (fout) {
    if (fout instanceof KnooppuntFout || fout instanceof StufFout) return [];
    throw fout;
  }
}
