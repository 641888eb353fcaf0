/**
 * Under which register of processing activities, and as which source, lines are written. Kept with the moment from which it holds: when the
 * register gets a new version, lines from before still refer to the one that they were written under.
 */
import type { Verbinding } from '../opslag/database.ts';

export interface Herkomst {
  /** Base URI of the register of processing activities (AVG art. 30), with its version; the name of an activity follows it. */
  readonly register: string;
  /** Who keeps this log: the installation, as its organisation calls it. */
  readonly bron: string;
}

export interface HerkomstVanaf extends Herkomst {
  readonly vanaf: Date;
}

const LAATSTE = 'select register, bron from logboek_herkomst order by vanaf desc limit 1';
const VOEG_TOE = 'insert into logboek_herkomst (register, bron) values ($1, $2)';

/** Writes the settings down when they are not those of before. */
export async function legHerkomstVast(verbinding: Verbinding, nu: Herkomst): Promise<void> {
  const { rows } = await verbinding.query<Herkomst>(LAATSTE);
  if (rows[0]?.register === nu.register && rows[0].bron === nu.bron) return;
  await verbinding.query(VOEG_TOE, [nu.register, nu.bron]);
}

/** @returns what held at any moment; before the first time that it was written down, the same as then */
export async function leesHerkomst(verbinding: Verbinding, anders: Herkomst): Promise<(moment: Date) => Herkomst> {
  const { rows } = await verbinding.query<HerkomstVanaf>(
    'select vanaf, register, bron from logboek_herkomst order by vanaf desc',
  );
  const eerste = rows.at(-1) ?? anders;
  return (moment) => rows.find(({ vanaf }) => vanaf <= moment) ?? eerste;
}
