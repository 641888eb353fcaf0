/** The receipt as the API gives it: with the outcome, when the sender chose to wait for it and it came in time. */
import type { Ontvangstbewijs } from '../aanlevering/aanlevering.ts';
import type { Toestand } from '../toestanden.ts';
import { type Antwoordbericht, zoekAntwoorden, zoekBericht } from '../verwerking/volgen.ts';
import type { Omgeving } from './omgeving.ts';

export interface BewijsMetUitkomst extends Ontvangstbewijs {
  readonly status: Toestand;
  readonly verwerktOp: Date | null;
  readonly antwoorden: readonly Antwoordbericht[];
}

/**
 * @param wachtMs how long to wait for the outcome; 0: not at all
 * @param afgebroken when nobody waits any more
 */
export async function bewijsMetUitkomst(
  { database, opUitkomst }: Pick<Omgeving, 'database' | 'opUitkomst'>,
  basis: Ontvangstbewijs,
  wachtMs: number,
  afgebroken: AbortSignal,
): Promise<BewijsMetUitkomst> {
  const open: BewijsMetUitkomst = { ...basis, status: 'ontvangen', verwerktOp: null, antwoorden: [] };
  if (wachtMs === 0 || !(await opUitkomst.wacht(basis.berichtId, wachtMs, afgebroken))) return open;
  const [stand, antwoorden] = await Promise.all([
    zoekBericht(database, basis.berichtId),
    zoekAntwoorden(database, basis.berichtId),
  ]);
  return stand ? { ...open, status: stand.status, verwerktOp: stand.verwerktOp, antwoorden } : open;
}
