/** What is known of deliveries and of the register, as rows. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Toegestaan } from './regels/toelating.ts';
import type { Afkeuring, Leveringsoort, Manifest, Tellers, Vorm } from './regels/types.ts';
import type { Wijziging } from './schaduw.ts';

export const LEVERINGSTOESTANDEN = ['laden', 'verwerkt', 'geweigerd', 'afgebroken'] as const;
export type Leveringstoestand = (typeof LEVERINGSTOESTANDEN)[number];

/** What became of a delivery, for who brought it. */
export interface Levering {
  readonly leveringId: string;
  readonly vorm: Vorm;
  readonly soort: Leveringsoort;
  readonly volgnummer: number;
  readonly vorigVolgnummer: number | null;
  readonly peilmoment: Date;
  readonly toestand: Leveringstoestand;
  /** Name of the refusal; null unless geweigerd. */
  readonly reden: string | null;
  readonly begonnenOp: Date;
  readonly geeindigdOp: Date | null;
  /** Rows according to the manifest, and rows read so far. */
  readonly aantal: number;
  readonly gelezen: number;
  readonly tellers: Tellers;
  /** The first rejected rows; tellers counts them all. */
  readonly afkeuringen: readonly Afkeuring[];
  readonly toegevoegd: number | null;
  readonly gewijzigd: number | null;
  readonly verwijderd: number | null;
}

/** What the register is, and what is being read into it now. */
export interface Register {
  readonly leveringId: string;
  readonly volgnummer: number;
  readonly peilmoment: Date;
  readonly aantal: number;
  readonly bijgewerktOp: Date;
}

const KOLOMMEN = `
id as "leveringId", vorm, soort, volgnummer::float8 as volgnummer, vorig_volgnummer::float8 as "vorigVolgnummer", peilmoment, toestand, reden,
begonnen_op as "begonnenOp", geeindigd_op as "geeindigdOp", aantal, gelezen, tellers, afkeuringen, toegevoegd, gewijzigd, verwijderd`;

export async function leesRegister(verbinding: Verbinding): Promise<Register | undefined> {
  const { rows } = await verbinding.query<Register>(
    `select levering_id as "leveringId", volgnummer::float8 as volgnummer, peilmoment, aantal, bijgewerkt_op as "bijgewerktOp" from wlz_register`,
  );
  return rows[0];
}

export async function leesLevering(verbinding: Verbinding, leveringId: string): Promise<Levering | undefined> {
  const { rows } = await verbinding.query<Levering>(`select ${KOLOMMEN} from wlz_levering where id = $1`, [leveringId]);
  return rows[0];
}

/** Who reads a delivery in holds this lock, on a connection that dies with its process. */
export const SLOT = 4_201_008;

/** The delivery that is being read in at this moment, if there is one. One whose process died is not: nobody holds the lock. */
export async function leesLopende(verbinding: Verbinding): Promise<Levering | undefined> {
  const { rows } = await verbinding.query<Levering>(
    `select ${KOLOMMEN} from wlz_levering
     where toestand = 'laden' and exists (
       select from pg_locks where locktype = 'advisory' and classid = 0 and objid = ${SLOT} and objsubid = 1
         and database = (select oid from pg_database where datname = current_database())
     )
     order by id desc limit 1`,
  );
  return rows[0];
}

/** The delivery with this number that became part of the register, with the sha256 it had. */
export async function leesVerwerkte(
  verbinding: Verbinding,
  volgnummer: number,
): Promise<(Levering & { readonly sha256: string }) | undefined> {
  const { rows } = await verbinding.query<Levering & { readonly sha256: string }>(
    `select ${KOLOMMEN}, sha256 from wlz_levering where volgnummer = $1 and toestand = 'verwerkt'`,
    [volgnummer],
  );
  return rows[0];
}

export interface NieuweLevering {
  readonly leveringId: string;
  readonly vorm: Vorm;
  readonly manifest: Manifest;
  readonly actor: string;
  readonly toegestaan: ReadonlySet<Toegestaan>;
}

/** Writes down that a delivery has begun. Whatever was still loading has lost its process: only one loads at a time. */
export async function beginLevering(
  verbinding: Verbinding,
  { leveringId, vorm, manifest: m, actor, toegestaan }: NieuweLevering,
): Promise<void> {
  await verbinding.query(
    `with verlaten as (
       update wlz_levering set toestand = 'afgebroken', geeindigd_op = now(), bijgewerkt_op = now() where toestand = 'laden'
     )
     insert into wlz_levering
       (id, vorm, soort, volgnummer, vorig_volgnummer, peilmoment, aantal, sha256, toestand, toegestaan, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'laden', $9, $10)`,
    [
      leveringId,
      vorm,
      m.soort,
      m.volgnummer,
      m.vorigVolgnummer,
      m.peilmoment,
      m.aantal,
      m.sha256,
      [...toegestaan],
      actor,
    ],
  );
}

export interface Telstand {
  readonly gelezen: number;
  readonly tellers: Tellers;
  readonly afkeuringen: readonly Afkeuring[];
}

const BIJWERKEN = `update wlz_levering set bijgewerkt_op = now(), gelezen = $2, tellers = $3, afkeuringen = $4`;
const waarden = (leveringId: string, { gelezen, tellers, afkeuringen }: Telstand): unknown[] => [
  leveringId,
  gelezen,
  JSON.stringify(tellers),
  JSON.stringify(afkeuringen),
];

export async function meldVoortgang(verbinding: Verbinding, leveringId: string, stand: Telstand): Promise<void> {
  await verbinding.query(`${BIJWERKEN} where id = $1 and toestand = 'laden'`, waarden(leveringId, stand));
}

/**
 * The delivery did not become part of the register: refused for a reason, or broken off by a fault (null).
 * @returns false: it did after all, because only the answer to the commit was lost
 */
export async function sluitZonder(
  verbinding: Verbinding,
  leveringId: string,
  stand: Telstand,
  reden: string | null,
): Promise<boolean> {
  const { rowCount } = await verbinding.query(
    `${BIJWERKEN}, geeindigd_op = now(), reden = $5, toestand = case when $5::text is null then 'afgebroken' else 'geweigerd' end
     where id = $1 and toestand = 'laden'`,
    [...waarden(leveringId, stand), reden],
  );
  return rowCount === 1;
}

/** The delivery is the register now. In the transaction that changed it. */
export async function sluitVerwerkt(
  verbinding: Verbinding,
  leveringId: string,
  stand: Telstand,
  { toegevoegd, gewijzigd, verwijderd, aantal }: Wijziging,
): Promise<void> {
  await verbinding.query(
    `${BIJWERKEN}, geeindigd_op = now(), toestand = 'verwerkt', toegevoegd = $5, gewijzigd = $6, verwijderd = $7 where id = $1`,
    [...waarden(leveringId, stand), toegevoegd, gewijzigd, verwijderd],
  );
  await verbinding.query(
    `insert into wlz_register (levering_id, volgnummer, peilmoment, aantal)
     select id, volgnummer, peilmoment, $2 from wlz_levering where id = $1
     on conflict (enige) do update set levering_id = excluded.levering_id, volgnummer = excluded.volgnummer,
       peilmoment = excluded.peilmoment, aantal = excluded.aantal, bijgewerkt_op = now()`,
    [leveringId, aantal],
  );
}
