/** Gives each role what the table of rights says, in one transaction: whoever is at work has the old rights or the new ones, never none. */
import type pg from 'pg';
import { ConfiguratieFout } from '../../fouten.ts';
import { type Database, isGeenRecht } from '../database.ts';
import { MIGRATIESLOT } from '../migratie.ts';
import { leesDingen } from './stand.ts';
import { anderen, onbekend, type Rolnamen, verschillen, type Wijziging } from './wens.ts';

export interface Verleend {
  readonly wijzigingen: readonly Wijziging[];
  /** Who has something here and is none of ours; it was left alone. */
  readonly anderen: readonly string[];
}

async function eisRollen(client: pg.PoolClient, namen: Rolnamen): Promise<void> {
  const { rows } = await client.query<{ naam: string }>(
    'select n as naam from unnest($1::text[]) as n where not exists (select from pg_roles where rolname = n)',
    [Object.values(namen)],
  );
  if (rows.length > 0)
    throw new ConfiguratieFout(
      `Deze rollen bestaan niet in PostgreSQL: ${rows.map(({ naam }) => naam).join(', ')}. Maak ze eerst: docs/productie.md, stap 3.`,
    );
}

/**
 * @param toepassen false: only looks
 * @param noteer in the same transaction, when something changed
 * @throws ConfiguratieFout when a role is not there, or whoever asks may not give these rights
 */
export async function verleenRechten(
  database: Database,
  namen: Rolnamen,
  toepassen: boolean,
  noteer: (client: pg.PoolClient, wijzigingen: readonly Wijziging[]) => Promise<void> = async () => undefined,
): Promise<Verleend> {
  return database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATIESLOT]);
    await eisRollen(client, namen);
    const dingen = await leesDingen(client);
    const { zonderRij } = onbekend(dingen);
    if (zonderRij.length > 0)
      throw new ConfiguratieFout(`Van deze tabellen is niet bekend wie erbij mag: ${zonderRij.join(', ')}.`);
    const wijzigingen = verschillen(dingen, namen);
    const uitslag = { wijzigingen, anderen: anderen(dingen, namen) };
    if (!toepassen || wijzigingen.length === 0) return uitslag;
    try {
      for (const opdracht of wijzigingen.flatMap(({ opdrachten }) => opdrachten)) await client.query(opdracht);
    } catch (cause) {
      if (!isGeenRecht(cause)) throw cause;
      throw new ConfiguratieFout(NIET_EIGENAAR, { cause });
    }
    // PostgreSQL lets somebody who may not take back a right do so with a warning only.
    if (verschillen(await leesDingen(client), namen).length > 0) throw new ConfiguratieFout(NIET_EIGENAAR);
    await noteer(client, wijzigingen);
    return uitslag;
  });
}

const NIET_EIGENAAR =
  'Deze databasegebruiker kan de rechten niet geven: doe het als eigenaar van de database en van alles wat erin staat.';
