/**
 * An inzageverzoek (AVG art. 15): everything that the switch holds or did about one person, at one moment. Found by the HMAC of the BSN; who
 * asks and why is written down before anything is shown.
 */
import type pg from 'pg';
import { ConfiguratieFout } from '../fouten.ts';
import { zegelsleutel } from '../logboek/afdruk.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { pseudoniem } from '../opslag/versleuteling.ts';
import { DOSSIERTABELLEN, dossiervraag, VRAGEN } from './delen.ts';
import type { Deel, Feiten, Inzage, Logregel } from './types.ts';

/** One moment, and whole tables: the settings of our connections are for single rows. */
const BEGIN = `
set transaction isolation level repeatable read, read only; set local enable_seqscan = on; set local enable_hashjoin = on`;

const KOLOMMEN = `nr::float8 as nr, tijdstip, gebeurtenis, actor, namens, resultaat, bericht_id as "berichtId", details`;
/** The log is read once from begin to end: there is no index by person, because that would cost every message. */
const OP_PERSOON = `select ${KOLOMMEN} from logboek where betrokkenen @> array[$1::bytea]`;
const OP_BERICHT = `
select ${KOLOMMEN} from logboek where bericht_id = any ($2::uuid[])
  or bericht_id in (select bericht_id from betrokkene where hmac = $1)`;

/** With other keys the same person would be somebody else: then "nothing found" is not true. */
async function eisSleutels(client: pg.PoolClient, sleutels: Sleutels): Promise<void> {
  const { rows } = await client.query<{ sleutel: string }>(
    'select sleutel from logboek_schakel order by nr desc limit 1',
  );
  if (rows[0] && rows[0].sleutel !== zegelsleutel(sleutels.hmac).id)
    throw new ConfiguratieFout('De sleutels in het sleutelbestand zijn niet die van deze gegevensbank.');
}

async function leesDossier(client: pg.PoolClient, hmac: Buffer): Promise<readonly Deel[]> {
  const tabellen = await client.query<{ tabel: string; kolommen: string[] }>(DOSSIERTABELLEN);
  const delen: Deel[] = [];
  for (const { tabel, kolommen } of tabellen.rows) {
    const { rows } = await client.query<Feiten>(dossiervraag(tabel, kolommen), [hmac]);
    delen.push({ naam: tabel, uitleg: 'Dossier: wat eerdere berichten vastlegden', rijen: rows });
  }
  return delen;
}

async function leesLogboek(client: pg.PoolClient, hmac: Buffer): Promise<readonly Logregel[]> {
  const zelf = (await client.query<Logregel>(OP_PERSOON, [hmac])).rows;
  const berichten = [...new Set(zelf.flatMap(({ berichtId }) => berichtId ?? []))];
  const rest = (await client.query<Logregel>(OP_BERICHT, [hmac, berichten])).rows;
  const alle = new Map([...zelf, ...rest].map((regel) => [regel.nr, regel]));
  return [...alle.values()].sort((a, b) => a.nr - b.nr);
}

async function lees(client: pg.PoolClient, sleutels: Sleutels, hmac: Buffer): Promise<Inzage> {
  await eisSleutels(client, sleutels);
  const delen: Deel[] = [];
  for (const { naam, uitleg, sql } of VRAGEN)
    delen.push({ naam, uitleg, rijen: (await client.query<Feiten>(sql, [hmac])).rows });
  delen.push(...(await leesDossier(client, hmac)));
  return { gemaaktOp: new Date(), delen, logboek: await leesLogboek(client, hmac) };
}

export interface Inzagevraag {
  /** Nine digits that pass the elfproef. Goes no further than its HMAC. */
  readonly bsn: string;
  readonly actor: string;
  readonly reden: string;
}

/**
 * @returns what there is, when the question is in the log
 * @throws ConfiguratieFout when the keys are not those of this database
 */
export async function geefInzage(
  database: Database,
  sleutels: Sleutels,
  { bsn, actor, reden }: Inzagevraag,
): Promise<Inzage> {
  const hmac = pseudoniem(sleutels, bsn);
  const inzage = await database.transactie((client) => lees(client, sleutels, hmac), BEGIN);
  const rijen = inzage.delen.reduce((som, deel) => som + deel.rijen.length, 0);
  await schrijfLogboek(database.pool, [
    {
      gebeurtenis: 'inzage gegeven',
      actor,
      namens: null,
      resultaat: rijen + inzage.logboek.length > 0 ? 'gevonden' : 'niets gevonden',
      berichtId: null,
      betrokkenen: [hmac],
      details: { reden, rijen, logregels: inzage.logboek.length },
    },
  ]);
  return inzage;
}
