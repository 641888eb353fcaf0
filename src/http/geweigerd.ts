/** What every refusal of an upload leaves behind, through whichever door it came: it is counted, and has a line in the audit log. */
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Omgeving } from './omgeving.ts';

export interface Geweigerd {
  /** The client; undefined when nobody knows. */
  readonly actor: string | undefined;
  /** For whom it was sent, when that was known. */
  readonly namens?: string | undefined;
  /** Name of the refusal in its registry. */
  readonly soort: string;
  /** Of how many messages. Default 1. */
  readonly aantal?: number;
}

/** Never fails: that a refusal could not be written down is for the operator to know, and does not change the answer. */
export async function boekWeigering(
  { database, metriek, logFout }: Pick<Omgeving, 'database' | 'metriek' | 'logFout'>,
  { actor = 'onbekend', namens, soort, aantal = 1 }: Geweigerd,
): Promise<void> {
  for (let nr = 0; nr < aantal; nr += 1) metriek.geweigerd(soort);
  const regel = {
    gebeurtenis: 'bericht geweigerd',
    actor,
    namens: namens ?? null,
    resultaat: soort,
    berichtId: null,
  } as const;
  await schrijfLogboek(
    database.pool,
    Array.from({ length: aantal }, () => regel),
  ).catch((fout: unknown) => logFout('auditregel niet geschreven', fout));
}

/** A client that asked for what it may not do leaves a line of that too, whatever it asked. Never fails. */
export async function boekVerbod(
  { database, logFout }: Pick<Omgeving, 'database' | 'logFout'>,
  { actor, soort, route }: { readonly actor: string; readonly soort: string; readonly route: string },
): Promise<void> {
  const regel = { gebeurtenis: 'toegang geweigerd', actor, namens: null, resultaat: soort, berichtId: null } as const;
  await schrijfLogboek(database.pool, [{ ...regel, details: { route } }]).catch((fout: unknown) =>
    logFout('auditregel niet geschreven', fout),
  );
}
