/** Which gemeenten have a set for the NZa. By default none; the operator says which, and why. */
import { KnooppuntFout } from '../../fouten.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import { type Opdrachtgever, wijzig } from '../../routering/wijziging.ts';

async function eisGemeente(verbinding: Verbinding, code: string): Promise<void> {
  const { rows } = await verbinding.query(`select from organisatie where code = $1 and soort = 'gemeente'`, [code]);
  if (rows.length === 0) throw new KnooppuntFout('nietGevonden', `Er is geen gemeente met code ${code}.`);
}

/**
 * From the next message on what the set needs is kept.
 * @returns did that change anything?
 */
export const zetAan = (database: Database, door: Opdrachtgever, gemeente: string): Promise<boolean> =>
  wijzig(database, door, async (verbinding) => {
    await eisGemeente(verbinding, gemeente);
    const { rowCount } = await verbinding.query(
      'insert into nza_gemeente (gemeente) values ($1) on conflict do nothing',
      [gemeente],
    );
    const nieuw = rowCount === 1;
    const notitie = { gebeurtenis: 'nza-set gewijzigd', namens: gemeente, resultaat: 'aan' } as const;
    return { waarde: nieuw, notities: nieuw ? [notitie] : [] };
  });

/**
 * Nothing more is kept, and what was kept for it goes.
 * @returns how many registrations went; undefined: it was off
 */
export const zetUit = (database: Database, door: Opdrachtgever, gemeente: string): Promise<number | undefined> =>
  wijzig(database, door, async (verbinding) => {
    const { rowCount } = await verbinding.query('delete from nza_gemeente where gemeente = $1', [gemeente]);
    if (rowCount !== 1) return { waarde: undefined, notities: [] };
    const weg = await verbinding.query(
      'delete from nza_feit n using baan where baan.id = n.baan_id and baan.gemeente = $1',
      [gemeente],
    );
    const registraties = weg.rowCount ?? 0;
    const notitie = { gebeurtenis: 'nza-set gewijzigd', namens: gemeente, resultaat: 'uit' } as const;
    return { waarde: registraties, notities: [{ ...notitie, details: { registraties } }] };
  });

export interface Nzagemeente {
  readonly gemeente: string;
  readonly sinds: Date;
}

export async function nzaGemeenten({ pool }: Database): Promise<readonly Nzagemeente[]> {
  return (await pool.query<Nzagemeente>('select gemeente, sinds from nza_gemeente order by gemeente')).rows;
}
