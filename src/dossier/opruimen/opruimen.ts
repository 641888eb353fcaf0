/**
 * Retention of the dossier: stories that are over go (see ../verhaal.ts), lane by lane and some at a time, each portion in a transaction that has the
 * lock of the lane. Whatever dies half-way leaves whole stories, and the next round goes on with them.
 */
import type { Database, Verbinding } from '../../opslag/database.ts';
import { BAAN_SLOT } from '../../verwerking/baanwerk.ts';
import type { Persoon } from '../feiten.ts';
import { afgerond, laterVan, type Opruiming } from '../verhaal.ts';
import { leesKandidaten, leesVaste, leesVerhalen } from './lees.ts';
import { leesRest } from './rest.ts';
import { verwijder, type Weg } from './verwijder.ts';

/** Persons, or messages, in one portion. */
const PORTIE = 200;
const BANEN_PER_KEER = 500;

export interface Opgeruimd {
  /** Persons, each in one lane. */
  readonly verhalen: number;
  /** Messages of which nothing is known any more. */
  readonly berichten: number;
}
const NIETS: Opgeruimd = { verhalen: 0, berichten: 0 };
const samen = (a: Opgeruimd, b: Opgeruimd): Opgeruimd => ({
  verhalen: a.verhalen + b.verhalen,
  berichten: a.berichten + b.berichten,
});

/** Lanes that have facts, in order of their id. */
export async function* opruimbanen(
  verbinding: Verbinding,
): AsyncGenerator<{ readonly id: number; readonly domein: 'iwmo' | 'ijw' }> {
  for (let na = 0; ; ) {
    const { rows } = await verbinding.query<{ id: number; domein: 'iwmo' | 'ijw' }>({
      name: 'opruimen-banen',
      text: `
select b.id, b.domein from baan b where b.id > $1 and (exists (select from dossier_baan d where d.baan_id = b.id)
  or exists (select from dossier_invoer_deel v where v.baan_id = b.id)) order by b.id limit ${BANEN_PER_KEER}`,
      values: [na],
    });
    yield* rows;
    const laatste = rows.at(-1);
    if (!laatste || rows.length < BANEN_PER_KEER) return;
    na = laatste.id;
  }
}

/** Which of these persons are over, with who belongs to them, and where their facts stand. */
async function kies(verbinding: Verbinding, baanId: number, wie: readonly Persoon[], voor: string): Promise<Weg> {
  const { stukken, bezet } = await leesVerhalen(verbinding, baanId, wie);
  const feiten = Object.values(stukken).flat();
  const vast = await leesVaste(
    verbinding,
    baanId,
    feiten.map(({ herkomst }) => herkomst),
  );
  const opruiming: Opruiming = afgerond(stukken, { voor, isVrij: ({ volgorde }) => !vast.has(volgorde), bezet });
  const { personen, kenmerken } = opruiming;
  const gaat = feiten.filter((feit) => ('persoon' in feit ? personen.has(feit.persoon) : kenmerken.has(feit.kenmerk)));
  return { ...opruiming, plekken: [...new Set(gaat.map(({ herkomst }) => herkomst.volgorde))] };
}

const metSlot = <T>(database: Database, baanId: number, werk: (verbinding: Verbinding) => Promise<T>): Promise<T> =>
  database.transactie(werk, `select pg_advisory_xact_lock(${BAAN_SLOT}, ${Math.trunc(baanId)})`);

/** The next portion of the persons of a lane. */
async function ruimPersonenOp(database: Database, baanId: number, voor: string, na: Persoon) {
  const wie = await leesKandidaten(database.pool, baanId, voor, na, PORTIE);
  if (wie.length === 0) return { ...NIETS, verder: undefined };
  const opgeruimd = await metSlot(database, baanId, async (verbinding) => {
    const weg = await kies(verbinding, baanId, wie, voor);
    return { verhalen: weg.personen.size, berichten: await verwijder(verbinding, baanId, weg) };
  });
  return { ...opgeruimd, verder: wie.length === PORTIE ? wie.at(-1) : undefined };
}

async function ruimRestOp(database: Database, baanId: number, voor: string): Promise<number> {
  if ((await leesRest(database.pool, baanId, voor, 1)).length === 0) return 0;
  return metSlot(database, baanId, async (verbinding) => {
    const rest = await leesRest(verbinding, baanId, voor, PORTIE);
    const dag = rest.reduce<string | null>((tot, { dagtekening }) => laterVan(tot, dagtekening), null);
    // Whatever they answer is not there: nothing has to be asked about it.
    const kenmerken = await leesKenmerken(verbinding, baanId, rest);
    return verwijder(verbinding, baanId, {
      personen: new Set(),
      kenmerken,
      plekken: rest.map(({ volgorde }) => volgorde),
      dag,
    });
  });
}

async function leesKenmerken(
  verbinding: Verbinding,
  baanId: number,
  rest: readonly { readonly volgorde: number }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await verbinding.query<{ kenmerk: string }>({
    name: 'opruimen-restkenmerken',
    text: `select encode(kenmerk, 'hex') as kenmerk from dossier_antwoord where baan_id = $1 and volgorde = any ($2::bigint[])`,
    values: [baanId, rest.map(({ volgorde }) => volgorde)],
  });
  return new Set(rows.map(({ kenmerk }) => kenmerk));
}

/**
 * Takes what is over out of one lane.
 * @param voor YYYY-MM-DD, the first day that is not long enough ago
 * @param metRust runs every portion
 * @param gestopt asked after each
 */
export async function ruimBaanOp(
  database: Database,
  baanId: number,
  voor: string,
  metRust: <T>(werk: () => Promise<T>) => Promise<T> = (werk) => werk(),
  gestopt: () => boolean = () => false,
): Promise<Opgeruimd> {
  let totaal = NIETS;
  for (let na: Persoon | undefined = ''; na !== undefined && !gestopt(); ) {
    const begin: Persoon = na;
    const { verder, ...deel } = await metRust(() => ruimPersonenOp(database, baanId, voor, begin));
    totaal = samen(totaal, deel);
    na = verder;
  }
  for (let weg = PORTIE; weg > 0 && !gestopt(); ) {
    weg = await metRust(() => ruimRestOp(database, baanId, voor));
    totaal = samen(totaal, { verhalen: 0, berichten: weg });
  }
  return totaal;
}

/** @returns how many stories of a lane would go; changes nothing */
export async function telBaan({ pool }: Database, baanId: number, voor: string): Promise<number> {
  const gaan = new Set<Persoon>();
  for (let na: Persoon | undefined = ''; na !== undefined; ) {
    const wie: readonly Persoon[] = await leesKandidaten(pool, baanId, voor, na, PORTIE);
    if (wie.length > 0) for (const persoon of (await kies(pool, baanId, wie, voor)).personen) gaan.add(persoon);
    na = wie.length === PORTIE ? wie.at(-1) : undefined;
  }
  return gaan.size;
}
