/** How the lanes stand: together, for the metrics, and one by one, for the operator. Reads only; the cost is the number of lanes with work. */
import type { Database, Verbinding } from '../opslag/database.ts';
import { BAAN_SLOT } from '../verwerking/baanwerk.ts';
import { BEZET, MET_BANEN_MET_WERK } from '../verwerking/banen-met-werk.ts';

/** Counting goes on until here: more says nothing more, and would cost more. */
export const TEL_TOT = 100_000;
export const TEL_PER_BAAN_TOT = 1000;

export interface Baancijfers {
  /** Lanes with work. */
  readonly banen: number;
  /** Messages that wait, counted up to TEL_TOT. */
  readonly wachtend: number;
  /** When the oldest of them came. */
  readonly oudste: Date | null;
  readonly inStoring: number;
  /** Since when the lane that is in storing longest is. */
  readonly storingSinds: Date | null;
}

const CIJFERS = {
  name: 'bewaking-banen',
  text: `${MET_BANEN_MET_WERK}
select count(*)::int as banen, min(ontvangen_op) as oudste,
  (select count(*)::int from (select baan_id from te_doen order by baan_id limit ${TEL_TOT}) t) as wachtend,
  (select count(*)::int from baan_storing) as "inStoring", (select min(sinds) from baan_storing) as "storingSinds"
from werk`,
};

export async function leesBaancijfers(verbinding: Verbinding): Promise<Baancijfers> {
  const [rij] = (await verbinding.query<Baancijfers>(CIJFERS)).rows;
  return rij ?? { banen: 0, wachtend: 0, oudste: null, inStoring: 0, storingSinds: null };
}

export interface Baanregel {
  readonly baanId: number;
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly domein: string;
  /** Counted up to 1000. */
  readonly wachtend: number;
  /** When its first message came: that one is handled first. */
  readonly oudste: Date;
  readonly eerste: { readonly berichtId: string; readonly berichtsoort: string; readonly afzender: string };
  /** A worker has it at this moment. */
  readonly bezig: boolean;
  /** Its last turns failed through a fault of the switch; null: nothing is wrong. */
  readonly storing: {
    readonly sinds: Date;
    readonly pogingen: number;
    readonly oorzaak: string;
    readonly volgendePoging: Date;
  } | null;
}

export interface Baanvraag {
  readonly aantal: number;
  /** Those in storing only. */
  readonly storing: boolean;
  /** Only what comes after this lane. */
  readonly na?: Pick<Baanregel, 'oudste' | 'baanId'> | undefined;
}

const BLADER = {
  name: 'bewaking-blader-banen',
  text: `${MET_BANEN_MET_WERK}, pagina as materialized (
  select baan_id, ontvangen_op from werk
  where ($1::timestamptz is null or (ontvangen_op, baan_id) > ($1, $2::int))
    and (not $3::boolean or exists (select from baan_storing s where s.baan_id = werk.baan_id))
  order by ontvangen_op, baan_id limit $4
)
select b.id as "baanId", b.gemeente, b.aanbieder, b.domein, pagina.ontvangen_op as oudste, tel.wachtend, ${BEZET(BAAN_SLOT, 'b.id')} as bezig,
  json_build_object('berichtId', kop.id, 'berichtsoort', kop.berichtsoort, 'afzender', kop.afzender) as eerste,
  s.sinds, s.pogingen, s.oorzaak, s.volgende_poging as "volgendePoging"
from pagina join baan b on b.id = pagina.baan_id
cross join lateral (select count(*)::int as wachtend from (select from te_doen t where t.baan_id = b.id limit ${TEL_PER_BAAN_TOT}) t) tel
cross join lateral (select t.bericht_id from te_doen t where t.baan_id = b.id order by t.baan_nummer limit 1) eerst
join bericht kop on kop.id = eerst.bericht_id
left join baan_storing s on s.baan_id = b.id
order by pagina.ontvangen_op, pagina.baan_id`,
};

type Rij = Omit<Baanregel, 'storing'> & {
  [V in keyof NonNullable<Baanregel['storing']>]: NonNullable<Baanregel['storing']>[V] | null;
};

/** The lanes with work, the one that waits longest first. */
export async function bladerBanen(
  { pool }: Database,
  { aantal, storing, na }: Baanvraag,
): Promise<readonly Baanregel[]> {
  const values = [na?.oudste ?? null, na?.baanId ?? null, storing, aantal];
  const { rows } = await pool.query<Rij>({ ...BLADER, values });
  return rows.map(({ sinds, pogingen, oorzaak, volgendePoging, ...rij }) => ({
    ...rij,
    storing:
      sinds !== null && pogingen !== null && oorzaak !== null && volgendePoging !== null
        ? { sinds, pogingen, oorzaak, volgendePoging }
        : null,
  }));
}
