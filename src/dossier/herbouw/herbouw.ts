/**
 * Recomputes dossiers from the messages that are left, on the last state that was found right, and says where the tables differ. Works beside
 * the traffic: a lane is locked as in a turn, one at a time.
 */
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import type { Bronnen } from '../../standards/bronnen.ts';
import { BAAN_SLOT } from '../../verwerking/baanwerk.ts';
import { maskerMet } from '../opslag/masker.ts';
import { type Baan, type Keuze, kiesBanen, leesBaan, zetBaan } from './baan.ts';
import { Berichtenbron } from './berichten.ts';
import { Gang } from './gang.ts';
import { leesMomentopname } from './momentopname.ts';
import type { Verschil } from './verschil.ts';

export interface Herbouwplaats {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly bronnen: Bronnen;
  /** Who asks, for the audit log. */
  readonly actor: string;
}

export interface Baanverslag extends Pick<Baan, 'baanId' | 'gemeente' | 'aanbieder' | 'domein'> {
  /** Messages that were read again. */
  readonly gelezen: number;
  /** Messages whose content is gone: what the tables say of them was taken as it is. */
  readonly overgenomen: number;
  readonly verschillen: readonly Verschil[];
  readonly hersteld: boolean;
}

/** How far the messages of a lane count: nobody wants those read that passed after the last dossier was closed. */
function totWaar({ gewenst, laatst, nu }: Baan, na: number): number {
  return Math.max(na, gewenst ? laatst : Math.min(nu?.totNummer ?? 0, laatst));
}

/**
 * Rebuilds the dossier of one lane.
 * @param herstel put right what differs
 * @throws the error of the database; nothing of this lane then changed
 */
export async function herbouwBaan(
  { database, sleutels, bronnen, actor }: Herbouwplaats,
  id: number,
  herstel: boolean,
): Promise<Baanverslag> {
  return database.transactie(
    async (verbinding) => {
      const baan = await leesBaan(verbinding, id);
      const basis = await leesMomentopname(verbinding, id);
      const bron = new Berichtenbron(verbinding, sleutels, bronnen);
      const gereedschap = { verbinding, bron, masker: maskerMet(sleutels), herstel };
      const gang = new Gang(baan, basis, totWaar(baan, basis?.totNummer ?? 0), gereedschap);
      await verbinding.query('savepoint voor_momentopname');
      const stand = await gang.loop();
      const verschillen = gang.verschillen.lijst;
      const gelijk = verschillen.length === 0;
      // What differs is not right, so it is not kept either, unless it was put right.
      if (gelijk || herstel) await gang.bewaar(stand);
      else await verbinding.query('rollback to savepoint voor_momentopname');
      if (herstel && (baan.gewenst || baan.nu)) await zetBaan(verbinding, id, stand);
      const resultaat = gelijk ? 'gelijk' : herstel ? 'hersteld' : 'verschil';
      const { baanId, gemeente, aanbieder, domein } = baan;
      const details = { baan: baanId, domein, berichten: gang.gelezen, verschillen: gang.verschillen.aantal };
      await schrijfLogboek(verbinding, [
        { gebeurtenis: 'dossier herbouwd', actor, namens: null, resultaat, berichtId: null, details },
      ]);
      const hersteld = herstel && !gelijk;
      const { gelezen, overgenomen } = gang;
      return { baanId, gemeente, aanbieder, domein, gelezen, overgenomen, verschillen, hersteld };
    },
    `select pg_advisory_xact_lock(${BAAN_SLOT}, ${Math.trunc(id)})`,
  );
}

/** Rebuilds the dossiers of the lanes that are chosen, one after another. */
export async function* herbouw(plaats: Herbouwplaats, keuze: Keuze, herstel: boolean): AsyncGenerator<Baanverslag> {
  for await (const id of kiesBanen(plaats.database.pool, keuze)) yield await herbouwBaan(plaats, id, herstel);
}
