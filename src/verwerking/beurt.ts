/**
 * One turn: take the oldest messages of one or more lanes, judge them, write everything down in one commit.
 *
 * Strict order: the advisory lock of a lane keeps a second worker out, and the states that a verdict changes from keep out a worker that
 * lost its lock without knowing. Fairness: a turn is short, every lane in it gets its first message before any gets its second, and a
 * lane with more work goes to the end of the list. One effect: everything a message causes is in the commit that gives it its outcome.
 */
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { GROOT_BYTES, pakBanen, type Slot, schrijfBanen, slotVraag, type Verwerkt } from './baanwerk.ts';
import type { Controleur } from './controleur.ts';
import { oordeel } from './oordeel.ts';
import { wisStoring } from './storing.ts';

/** Larger than any message; fits the integer of PostgreSQL. */
const GEEN_GRENS = 2 ** 31 - 1;
/** After this long a turn takes no next message. */
const MAX_BEURT_MS = 250;

export interface Werkplaats {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly controleur: Controleur;
}

/**
 * How a lane came out of a turn. bezet: another worker has it; rust: it waits after a failure; groot: its first message is large and needs
 * a turn of its own; meer: there is more to do; klaar: it was emptied.
 */
export type Baanstand = 'bezet' | 'rust' | 'groot' | 'meer' | 'klaar';

export interface Beurtuitslag {
  readonly banen: ReadonlyMap<number, Baanstand>;
  /** All of it committed. */
  readonly verwerkt: readonly Verwerkt[];
}

/** What the lock already tells of a lane; undefined: take its messages. */
function standVanSlot({ vrij, rust, kop }: Slot, tot: number): Baanstand | undefined {
  if (!vrij) return 'bezet';
  if (rust === true) return 'rust';
  if (kop === null) return 'klaar';
  return kop > tot ? 'groot' : undefined;
}

/**
 * @param banen the lanes; with more than one, large messages are left for a turn of their own
 * @throws the error of the database or of the program; nothing of the turn then stands
 */
export async function neemBeurt(werkplaats: Werkplaats, banen: readonly number[]): Promise<Beurtuitslag> {
  const { database, sleutels, controleur } = werkplaats;
  const tot = banen.length > 1 ? GROOT_BYTES : GEEN_GRENS;
  return database.transactie(async (client, [eerste]) => {
    const slots = (eerste?.rows ?? []) as readonly Slot[];
    const standen = new Map(slots.map((slot) => [slot.baanId, standVanSlot(slot, tot)]));
    const open = slots.filter(({ baanId }) => standen.get(baanId) === undefined).map(({ baanId }) => baanId);
    const gepakt = open.length > 0 ? await pakBanen(client, sleutels, open, tot) : [];
    const einde = performance.now() + MAX_BEURT_MS;
    const verwerkt: Verwerkt[] = [];
    for (const { bytes, ...stuk } of gepakt) {
      if (verwerkt.length > 0 && performance.now() > einde) break;
      const { soort, instelling } = stuk.bericht;
      const controle = await controleur.controleer(
        bytes,
        soort,
        instelling.controleniveau,
        instelling.retour === 'knooppunt',
      );
      verwerkt.push({ ...stuk, uitkomst: oordeel(stuk.bericht, controle, new Date()) });
    }
    if (verwerkt.length > 0) await schrijfBanen(client, sleutels, verwerkt);
    const hersteld = slots
      .filter(({ baanId, rust }) => rust === false && open.includes(baanId))
      .map(({ baanId }) => baanId);
    if (hersteld.length > 0) await wisStoring(client, hersteld);
    for (const baanId of open) {
      // What comes in during the turn brings its own nudge; only what was there already must be asked for. A lane from which nothing
      // could be taken had its first message handled between our look and our lock: the next turn sees it as it is now.
      const gedaan = verwerkt.filter((stuk) => stuk.baanId === baanId).length;
      const klaargezet = gepakt.find((stuk) => stuk.baanId === baanId)?.klaargezet ?? 1;
      standen.set(baanId, gedaan < klaargezet ? 'meer' : 'klaar');
    }
    return { banen: standen as ReadonlyMap<number, Baanstand>, verwerkt };
  }, slotVraag(banen));
}
