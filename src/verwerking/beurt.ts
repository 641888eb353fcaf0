/**
 * One turn of one lane: take a batch, judge it, write everything down in one commit.
 *
 * Strict order: the advisory lock keeps a second worker out of the lane, and `where toestand = 'ontvangen'` keeps out a worker that
 * lost its lock without knowing. Fairness: a turn is short and the lane then goes to the end of the list. One effect: everything a
 * message causes is in the commit that gives it its outcome.
 */
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { BAAN_SLOT, pakBaan, schrijfBaan } from './baanwerk.ts';
import type { Controleur } from './controleur.ts';
import { oordeel, type TeVerwerken, teControlerenNiveau, type Uitkomst } from './oordeel.ts';
import { wisStoring } from './storing.ts';

/** After this long a turn takes no next message. */
const MAX_BEURT_MS = 250;

export interface Werkplaats {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly controleur: Controleur;
}

export interface Verwerkt {
  readonly bericht: TeVerwerken;
  readonly uitkomst: Uitkomst;
}

export interface Beurtuitslag {
  /** bezet: another worker has the lane; rust: it waits after a failure; meer: there is more to do; klaar: it was emptied. */
  readonly soort: 'bezet' | 'rust' | 'meer' | 'klaar';
  readonly verwerkt: readonly Verwerkt[];
}

interface Slot {
  readonly vrij: boolean;
  /** null: this lane is well; true: it must wait still; false: it may try again. */
  readonly rust: boolean | null;
}

/** Sent together with BEGIN. The id is an integer of our own, so it can stand in the text. */
const slotVraag = (baanId: number): string =>
  `select pg_try_advisory_xact_lock(${BAAN_SLOT}, ${Math.trunc(baanId)}) as vrij,
     (select volgende_poging > now() from baan_storing where baan_id = ${Math.trunc(baanId)}) as rust`;

/**
 * @param baanId the lane
 * @returns what was done; all of it committed
 * @throws the error of the database or of the program; nothing of the turn then stands
 */
export async function neemBeurt(werkplaats: Werkplaats, baanId: number): Promise<Beurtuitslag> {
  const { database, sleutels, controleur } = werkplaats;
  return database.transactie(async (client, [eerste]) => {
    const slot = eerste?.rows[0] as Slot | undefined;
    if (slot?.vrij !== true) return { soort: 'bezet', verwerkt: [] };
    if (slot.rust === true) return { soort: 'rust', verwerkt: [] };
    const { gepakt, klaargezet } = await pakBaan(client, sleutels, baanId);
    if (gepakt.length === 0) return { soort: 'klaar', verwerkt: [] };
    const einde = performance.now() + MAX_BEURT_MS;
    const verwerkt: Verwerkt[] = [];
    for (const { bericht, bytes } of gepakt) {
      if (verwerkt.length > 0 && performance.now() > einde) break;
      const controle = await controleur.controleer(bytes, bericht.soort, teControlerenNiveau(bericht));
      verwerkt.push({ bericht, uitkomst: oordeel(bericht, controle, new Date()) });
    }
    await schrijfBaan(client, sleutels, baanId, verwerkt);
    if (slot.rust === false) await wisStoring(client, baanId);
    // What comes in during the turn brings its own nudge; only what was there already must be asked for.
    return { soort: verwerkt.length < klaargezet ? 'meer' : 'klaar', verwerkt };
  }, slotVraag(baanId));
}
