/**
 * The chain: links are made of lines that are final, behind the back of who writes them. A line costs nothing more than itself; what the chain
 * costs is one statement per some thousands of lines.
 *
 * Numbers are given out before the commit, so line 5 can become visible after line 6, and a number can stay unused for ever. A link is only
 * made up to a number below which nobody can still write: who has taken a number holds a lock on the table until its end, so when all who held
 * one at a moment are gone, every number that was visible at that moment has all below it decided.
 */
import type pg from 'pg';
import type { Database } from '../opslag/database.ts';
import { AFDRUKKEN, BEGIN, ketenVan, type Schakel, sha256, type Zegelsleutel } from './afdruk.ts';

/** One link at a time. */
const SLOT = 4_201_021;
/** Lines per link: a check reads as many at a time. */
const MAX_REGELS = 10_000;
const KIJK_MS = 20;

export interface Gesmeed {
  readonly nr: number;
  readonly totRegel: number;
  readonly keten: Buffer;
  readonly zegel: Buffer;
}

const GRENS = `
select (select nr::float8 from logboek order by nr desc limit 1) as tot,
  array(select virtualtransaction from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'logboek'::regclass
    and database = (select oid from pg_database where datname = current_database())) as schrijvers`;
const NOG_BEZIG = `
select exists (select from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'logboek'::regclass
  and database = (select oid from pg_database where datname = current_database()) and virtualtransaction = any ($1::text[])) as bezig`;

/** How long to wait for writers, and who may break that off. */
export interface Geduld {
  readonly ms: number;
  readonly stop?: () => boolean;
}

/** @returns the highest number up to which the log is final; undefined when that is not known in time, or there are no lines */
async function veiligeGrens({ pool }: Database, { ms, stop = () => false }: Geduld): Promise<number | undefined> {
  const einde = performance.now() + ms;
  const { rows } = await pool.query<{ tot: number | null; schrijvers: string[] }>(GRENS);
  const { tot, schrijvers } = rows[0] ?? { tot: null, schrijvers: [] };
  if (tot === null) return undefined;
  const bezig = async (): Promise<boolean> =>
    (await pool.query<{ bezig: boolean }>(NOG_BEZIG, [schrijvers])).rows[0]?.bezig === true;
  while (schrijvers.length > 0 && (await bezig())) {
    if (stop() || performance.now() > einde) return undefined;
    await new Promise((klaar) => setTimeout(klaar, KIJK_MS));
  }
  return tot;
}

const LAATSTE =
  'select nr::float8 as nr, tot_regel::float8 as "totRegel", keten from logboek_schakel order by nr desc limit 1';
const REGELS = `
select count(*)::int as aantal, max(l.nr)::float8 as "totRegel", (extract(epoch from min(tijdstip)) * 1000000)::bigint::text as eerste,
  (extract(epoch from max(tijdstip)) * 1000000)::bigint::text as laatste, ${AFDRUKKEN} as afdrukken
from (select * from logboek where nr > $1 and nr <= $2 order by nr limit ${MAX_REGELS}) l`;
const VOEG_TOE = `
insert into logboek_schakel (nr, van_regel, tot_regel, aantal, eerste, laatste, afdrukken, samenvatting, vorige, keten, zegel, sleutel)
values ($1, $2, $3, $4, timestamptz 'epoch' + $5::bigint * interval '1 microsecond', timestamptz 'epoch' + $6::bigint * interval '1 microsecond',
  $7, $8, $9, $10, $11, $12)`;

async function smeedEen(client: pg.PoolClient, sleutel: Zegelsleutel, tot: number): Promise<Gesmeed | undefined> {
  const eerder = await client.query<{ nr: number; totRegel: number; keten: Buffer }>(LAATSTE);
  const vorige = eerder.rows[0] ?? { nr: 0, totRegel: 0, keten: BEGIN };
  const gelezen = await client.query<
    Pick<Schakel, 'aantal' | 'totRegel' | 'eerste' | 'laatste'> & { readonly afdrukken: Buffer }
  >(REGELS, [vorige.totRegel, tot]);
  const [regels] = gelezen.rows;
  if (!regels || regels.aantal === 0) return undefined;
  const { afdrukken, ...rest } = regels;
  const schakel = {
    ...rest,
    nr: vorige.nr + 1,
    vanRegel: vorige.totRegel + 1,
    samenvatting: sha256(afdrukken),
    vorige: vorige.keten,
  };
  const keten = ketenVan(schakel);
  const zegel = sleutel.zegel('schakel', schakel.nr, keten);
  await client.query(VOEG_TOE, [
    schakel.nr,
    schakel.vanRegel,
    schakel.totRegel,
    schakel.aantal,
    schakel.eerste,
    schakel.laatste,
    afdrukken,
    schakel.samenvatting,
    schakel.vorige,
    keten,
    zegel,
    sleutel.id,
  ]);
  return { nr: schakel.nr, totRegel: schakel.totRegel, keten, zegel };
}

/**
 * Brings the chain up to date: links for all lines that are final by now.
 * @returns the last link made; undefined when there was nothing to do, or writers were not done in time
 */
export async function werkKetenBij(
  database: Database,
  sleutel: Zegelsleutel,
  geduld: Geduld,
): Promise<Gesmeed | undefined> {
  const tot = await veiligeGrens(database, geduld);
  if (tot === undefined) return undefined;
  let laatste: Gesmeed | undefined;
  for (;;) {
    const volgende = await database.transactie(
      (client) => smeedEen(client, sleutel, tot),
      `select pg_advisory_xact_lock(${SLOT})`,
    );
    if (!volgende) return laatste;
    laatste = volgende;
    if (geduld.stop?.()) return laatste;
  }
}

const OP_TE_RUIMEN = `
select max(nr)::float8 as nr from (
  select nr, row_number() over volgorde as plaats, sum(aantal) over volgorde as regels, max(laatste) over volgorde as laatste
  from (select * from logboek_schakel where opgeruimd_op is null order by nr limit 1000) s window volgorde as (order by nr)
) s where laatste < $1 and (plaats = 1 or regels <= $2)`;
const KETEN = 'select keten from logboek_schakel where nr = $1';

/**
 * Removes the oldest lines, as whole links, all from before a moment. The last of their links stays, sealed as where the chain begins now.
 * @param voor at least five years ago, or the database refuses
 * @param maxRegels stop at about so many, in one transaction
 * @param noteer writes the audit line of it, in the same transaction
 * @returns how many lines; 0: there is nothing (left) to remove
 */
export async function ruimSchakelsOp(
  database: Database,
  sleutel: Zegelsleutel,
  { voor, maxRegels, noteer }: Opruimvraag,
): Promise<number> {
  return database.transactie(async (client) => {
    const { rows } = await client.query<{ nr: number | null }>(OP_TE_RUIMEN, [voor, maxRegels]);
    const nr = rows[0]?.nr ?? null;
    if (nr === null) return 0;
    const keten = (await client.query<{ keten: Buffer }>(KETEN, [nr])).rows[0]?.keten ?? BEGIN;
    const zegel = sleutel.zegel('opgeruimd', nr, keten);
    const weg = await client.query<{ aantal: number }>('select logboek_verwijder($1, $2)::float8 as aantal', [
      nr,
      zegel,
    ]);
    const aantal = weg.rows[0]?.aantal ?? 0;
    await noteer(client, { schakel: nr, regels: aantal });
    return aantal;
  }, `select pg_advisory_xact_lock(${SLOT})`);
}

export interface Opruimvraag {
  readonly voor: Date;
  readonly maxRegels: number;
  readonly noteer: (
    client: pg.PoolClient,
    gedaan: { readonly schakel: number; readonly regels: number },
  ) => Promise<void>;
}
