/** The set for the NZa: what was registered for it goes four years later (Regeling Jeugdwet art. 8f), and with it the way to what the dossier has. */
import type { Database } from '../opslag/database.ts';
import { type Bewaartermijnen, dagenGeleden } from './regels/termijnen.ts';

/** So many go in one commit. */
const PORTIE = 500;

const RUIM = {
  name: 'bewaren-nza',
  text: `delete from nza_feit where ctid = any (array(
    select ctid from nza_feit where geregistreerd_op < $1 order by geregistreerd_op limit ${PORTIE}
  ))`,
};

/** Removes the next portion. @returns how many registrations went */
export async function ruimNzaOp({ pool }: Database, { nzaDagen }: Bewaartermijnen, nu: Date): Promise<number> {
  return (await pool.query({ ...RUIM, values: [dagenGeleden(nu, nzaDagen)] })).rowCount ?? 0;
}
