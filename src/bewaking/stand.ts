/** The state of the whole switch as the database knows it: what the metrics and the page of the operator are made of. Reads only. */
import {
  type Bezorgcijfers,
  type Telling as Bezorgtelling,
  bezorgcijfers,
  bezorgtellingen,
} from '../bezorging/inzage.ts';
import { isVrijgegeven } from '../herstel/merk.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { type Baancijfers, leesBaancijfers } from './banen.ts';
import { leesPostbuscijfers, type Postbuscijfers } from './postbussen.ts';
import { leesProcessen, type Rolstand } from './processen.ts';
import { leesTaken, type Taakstand } from './taken.ts';
import { leesTellingen, type Telling } from './tellers.ts';

/** Moments that stand in a row of their own. null: there is none. */
export interface Momenten {
  readonly nu: Date;
  /** Of the data keys that encrypt now. */
  readonly inhoudsleutelSinds: Date | null;
  readonly vasteSleutelSinds: Date | null;
  /** Of when the Wlz register is. */
  readonly wlzPeilmoment: Date | null;
  /** When PostgreSQL last archived WAL, and how often that failed. */
  readonly walOp: Date | null;
  readonly walMislukt: number;
  /** How many organisations are stopped. */
  readonly stopAanlevering: number;
  readonly stopBezorging: number;
}

export interface Stand {
  readonly banen: Baancijfers;
  readonly postbussen: Postbuscijfers;
  readonly bezorging: Bezorgcijfers;
  readonly pogingen: readonly Bezorgtelling[];
  readonly tellingen: readonly Telling[];
  readonly processen: readonly Rolstand[];
  readonly taken: readonly Taakstand[];
  readonly momenten: Momenten;
  /** false: this database was restored or is a copy, and nothing is pushed. */
  readonly vrijgegeven: boolean;
  /** How long it took to find all this out. */
  readonly seconden: number;
}

const SLEUTEL = (doel: string): string =>
  `(select actief_vanaf from gegevenssleutel where doel = '${doel}' and verwijderd_op is null and actief_vanaf <= now() order by actief_vanaf desc limit 1)`;
const MOMENTEN = {
  name: 'bewaking-momenten',
  text: `
select now() as nu, ${SLEUTEL('inhoud')} as "inhoudsleutelSinds", ${SLEUTEL('vast')} as "vasteSleutelSinds",
  (select peilmoment from wlz_register where enige) as "wlzPeilmoment",
  wal.last_archived_time as "walOp", wal.failed_count::float8 as "walMislukt",
  (select count(*)::int from organisatiestop where aanlevering) as "stopAanlevering",
  (select count(*)::int from organisatiestop where bezorging) as "stopBezorging"
from pg_stat_archiver wal`,
};

async function leesMomenten(verbinding: Verbinding): Promise<Momenten> {
  const [rij] = (await verbinding.query<Momenten>(MOMENTEN)).rows;
  if (!rij) throw new Error('pg_stat_archiver is empty');
  return rij;
}

/** So long a figure may take, and no longer: whoever watches must not be a burden. */
const GRENS = `set local statement_timeout = '3s'`;

/** @throws the error of the database */
export async function leesStand(database: Database): Promise<Stand> {
  const begin = performance.now();
  // One connection, one question after the other: the connections are for messages.
  return database.transactie(async (client) => {
    const banen = await leesBaancijfers(client);
    const postbussen = await leesPostbuscijfers(client);
    const bezorging = await bezorgcijfers(client);
    const pogingen = await bezorgtellingen(client);
    const tellingen = await leesTellingen(client);
    const processen = await leesProcessen(client);
    const taken = await leesTaken(client);
    const momenten = await leesMomenten(client);
    const vrijgegeven = await isVrijgegeven(client);
    const seconden = (performance.now() - begin) / 1000;
    return { banen, postbussen, bezorging, pogingen, tellingen, processen, taken, momenten, vrijgegeven, seconden };
  }, GRENS);
}
