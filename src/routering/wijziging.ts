/** A change by the operator: one at a time, with its audit lines in the same transaction, and never without a reason. */
import { KnooppuntFout } from '../fouten.ts';
import { type Gebeurtenis, schrijfLogboek } from '../logboek/logboek.ts';
import type { Database, Verbinding } from '../opslag/database.ts';

export interface Opdrachtgever {
  /** The client, or who sits at the command line. */
  readonly actor: string;
  /** Why, in the words of the operator. */
  readonly reden: string;
}

export interface Notitie {
  readonly gebeurtenis: Gebeurtenis;
  /** The organisation that it is about. */
  readonly namens: string | null;
  readonly resultaat: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

export interface Wijziging<T> {
  readonly waarde: T;
  /** Nothing changed: nothing to note. */
  readonly notities: readonly Notitie[];
}

/** A reden is read by others, later and elsewhere: long enough to say something, and nothing that could be a BSN. */
export const MIN_REDEN = 5;
export const MAX_REDEN = 200;
const BSN_ACHTIG = /(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)/;

/** @throws KnooppuntFout invoerOngeldig */
export function eisReden(reden: string): void {
  const lengte = reden.trim().length;
  if (lengte < MIN_REDEN || lengte > MAX_REDEN)
    throw new KnooppuntFout('invoerOngeldig', `Geef een reden op van ${MIN_REDEN} tot ${MAX_REDEN} tekens.`);
  if (BSN_ACHTIG.test(reden))
    throw new KnooppuntFout('invoerOngeldig', 'In de reden staat iets dat een burgerservicenummer kan zijn.');
}

/** Two changes at once could each be right, and wrong together: A succeeds B, and B succeeds A. */
const SLOT = 4_201_002;

/**
 * Makes a change and writes its audit lines; both or neither.
 * @param werk makes the change; throws a refusal to undo it
 * @throws KnooppuntFout invoerOngeldig without a proper reden
 */
export async function wijzig<T>(
  database: Database,
  { actor, reden }: Opdrachtgever,
  werk: (verbinding: Verbinding) => Promise<Wijziging<T>>,
): Promise<T> {
  eisReden(reden);
  return database.transactie(async (verbinding) => {
    const { waarde, notities } = await werk(verbinding);
    await schrijfLogboek(
      verbinding,
      notities.map(({ details, ...notitie }) => ({
        ...notitie,
        actor,
        berichtId: null,
        details: { ...details, reden },
      })),
    );
    return waarde;
  }, `select pg_advisory_xact_lock(${SLOT})`);
}

type Velden = Readonly<Record<string, string | null>>;

/** What changed, field by field, for an audit line. */
export const verschil = (oud: Velden, nieuw: Velden): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(nieuw)
      .map(([veld, wordt]) => [veld, oud[veld] ?? '-', wordt ?? '-'] as const)
      .filter(([, was, wordt]) => was !== wordt)
      .map(([veld, was, wordt]) => [veld, `${was} → ${wordt}`]),
  );
