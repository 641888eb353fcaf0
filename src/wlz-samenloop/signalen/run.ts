/**
 * Compares everything, part by part, each in a transaction of its own with the number of the next part: a run that is broken off goes on
 * where it was, with the day it had, and finds the same. One run at a time.
 */
import type pg from 'pg';
import { datum } from '../../tijd.ts';
import { kaderVoor, RUIM, type Vergelijkkader, type Vergelijkplek, vergelijkBereik } from './deel.ts';
import { bereikVan, DELEN } from './delen.ts';
import { type Gevolg, type Omvang, telOmvang, type Uitslag } from './vergelijking.ts';

export type Aanleiding = 'planner' | 'opdracht';

export interface Runrapport {
  readonly run: number;
  readonly aanleiding: Aanleiding;
  readonly peildatum: string;
  readonly registerPeilmoment: Date;
  readonly begonnenOp: Date;
  /** null: it is not whole yet. */
  readonly geeindigdOp: Date | null;
  /** The next part; as many as there are: all done. */
  readonly deel: number;
  /** Compared: besluiten of the register and voorzieningen of the Wmo side. */
  readonly indicaties: number;
  readonly voorzieningen: number;
  readonly nieuw: number;
  readonly gewijzigd: number;
  readonly vervallen: number;
  readonly terugwerkend: number;
  readonly opgevolgd: number;
  readonly herinnerd: number;
  /** Delivered rows that could not be compared. */
  readonly afgewezen: number;
  /** Time that was worked on it. */
  readonly duurMs: number;
}

const KOLOMMEN = `nr as run, aanleiding, peildatum::text as peildatum, register_peilmoment as "registerPeilmoment", begonnen_op as "begonnenOp",
  geeindigd_op as "geeindigdOp", deel, indicaties::float8 as indicaties, voorzieningen::float8 as voorzieningen, nieuw, gewijzigd, vervallen,
  terugwerkend, opgevolgd, herinnerd, afgewezen, duur_ms::float8 as "duurMs"`;

type Teller = 'nieuw' | 'gewijzigd' | 'vervallen' | 'terugwerkend' | 'opgevolgd' | 'herinnerd';
/** Where an outcome is counted; null: nowhere, nobody hears of it. */
const TELLER: Readonly<Record<Gevolg, Teller | null>> = {
  NIEUW: 'nieuw',
  TERUGWERKEND: 'terugwerkend',
  GEWIJZIGD: 'gewijzigd',
  OPNIEUW: 'gewijzigd',
  OPGEVOLGD: 'opgevolgd',
  STIL: null,
  HERINNERING: 'herinnerd',
  VERVALLEN: 'vervallen',
  'VERVALLEN-STIL': null,
};

/** Takes up what was broken off, or begins. The unique index lets there be one. */
const BEGIN = `
with nieuw as (
  insert into wlz_run (aanleiding, peildatum, register_peilmoment, afgewezen)
  select $1, $2, $3, (select coalesce(sum(afgewezen), 0) from wmo_levering where toestand = 'actueel')
  where not exists (select from wlz_run where geeindigd_op is null)
  on conflict do nothing returning nr
)
select nr from nieuw union all select nr from wlz_run where geeindigd_op is null`;

const STAND = `select ${KOLOMMEN} from wlz_run where nr = $1`;

/** The fence: who compared this part while another had done so already, undoes it. */
const VORDER = `
update wlz_run set deel = deel + 1, indicaties = indicaties + $3, voorzieningen = voorzieningen + $4, nieuw = nieuw + $5,
  gewijzigd = gewijzigd + $6, vervallen = vervallen + $7, terugwerkend = terugwerkend + $8, opgevolgd = opgevolgd + $9,
  herinnerd = herinnerd + $10, duur_ms = duur_ms + $11, geeindigd_op = case when deel + 1 >= ${DELEN} then clock_timestamp() end
where nr = $1 and deel = $2`;

/** Another process is at the same run, and did this part. */
class AnderBezig extends Error {}

async function vorder(
  client: pg.PoolClient,
  run: Runrapport,
  { indicaties, voorzieningen }: Omvang,
  uitslagen: readonly Uitslag[],
  sinds: number,
): Promise<void> {
  const aantal = (teller: Teller): number => uitslagen.filter(({ gevolg }) => TELLER[gevolg] === teller).length;
  const { rowCount } = await client.query(VORDER, [
    run.run,
    run.deel,
    indicaties,
    voorzieningen,
    aantal('nieuw'),
    aantal('gewijzigd'),
    aantal('vervallen'),
    aantal('terugwerkend'),
    aantal('opgevolgd'),
    aantal('herinnerd'),
    Math.round(performance.now() - sinds),
  ]);
  if (rowCount !== 1) throw new AnderBezig('another process compared this part');
}

async function doeDeel(plek: Vergelijkplek, run: Runrapport, kader: Vergelijkkader): Promise<void> {
  const bereik = bereikVan(run.deel);
  const sinds = performance.now();
  await plek.database
    .transactie(async (client) => {
      const uitslagen = await vergelijkBereik(plek, client, bereik, kader);
      await vorder(client, run, await telOmvang(client, bereik), uitslagen, sinds);
    }, RUIM)
    .catch((fout: unknown) => {
      if (!(fout instanceof AnderBezig)) throw fout;
    });
}

/** @returns the number of the run that was taken up, or begun */
async function begin(
  { database }: Pick<Vergelijkplek, 'database'>,
  aanleiding: Aanleiding,
  peildatum: string,
  register: Date,
): Promise<number> {
  // Who begins at the same moment as another sees neither its row nor his own; the next look shows it.
  for (;;) {
    const { rows } = await database.pool.query<{ nr: number }>(BEGIN, [aanleiding, peildatum, register]);
    if (rows[0]) return rows[0].nr;
  }
}

/** @returns the run with this number as it stands */
async function leesRun({ database }: Pick<Vergelijkplek, 'database'>, nr: number): Promise<Runrapport> {
  const { rows } = await database.pool.query<Runrapport>(STAND, [nr]);
  if (!rows[0]) throw new Error('the run is gone');
  return rows[0];
}

/**
 * Compares everything, or goes on with what was broken off.
 * @param peildatum YYYY-MM-DD; of a run that is taken up again its own day counts
 * @param stop asked between two parts: true leaves the rest for later
 * @returns the report; undefined when there is no register to compare with
 */
export async function vergelijkAlles(
  plek: Vergelijkplek,
  aanleiding: Aanleiding,
  {
    peildatum = datum(new Date()),
    stop = () => false,
    meld,
  }: {
    readonly peildatum?: string;
    readonly stop?: () => boolean;
    readonly meld?: (run: Runrapport) => void;
  } = {},
): Promise<Runrapport | undefined> {
  const nu = await kaderVoor(plek, peildatum);
  if (!nu) return undefined;
  const nr = await begin(plek, aanleiding, peildatum, nu.registerPeilmoment);
  let run = await leesRun(plek, nr);
  const kader = run.peildatum === peildatum ? nu : ((await kaderVoor(plek, run.peildatum)) ?? nu);
  while (run.geeindigdOp === null && !stop()) {
    await doeDeel(plek, run, kader);
    run = await leesRun(plek, nr);
    meld?.(run);
  }
  return run;
}

/** @returns the last runs, newest first */
export async function leesRuns(
  { database }: Pick<Vergelijkplek, 'database'>,
  aantal: number,
): Promise<readonly Runrapport[]> {
  const { rows } = await database.pool.query<Runrapport>(`select ${KOLOMMEN} from wlz_run order by nr desc limit $1`, [
    aantal,
  ]);
  return rows;
}
