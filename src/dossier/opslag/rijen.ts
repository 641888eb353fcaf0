/**
 * Facts as rows, the form in which a rebuild compares them with what is in the tables. It makes its rows by itself, and not by what writes them
 * in a turn: so a fault of that shows too.
 */
import type { Verbinding } from '../../opslag/database.ts';
import type { Feiten, Omvang } from '../feiten.ts';

export const TABELLEN = [
  'bericht',
  'toewijzing',
  'levering',
  'verzoek',
  'antwoord',
  'declaratie',
  'prestatie',
] as const;
export type Tabel = (typeof TABELLEN)[number];

type Waarde = string | number | boolean | null;
/** Column → value, as JSON of PostgreSQL has it; without baan_id. */
export interface Rij {
  readonly volgorde: number;
  readonly [kolom: string]: Waarde;
}
export type Rijen = Readonly<Record<Tabel, readonly Rij[]>>;

/** One list per table. */
export const perTabel = (lees: (tabel: Tabel) => readonly Rij[]): Rijen =>
  Object.fromEntries(TABELLEN.map((tabel) => [tabel, lees(tabel)])) as unknown as Rijen;
export const GEEN_RIJEN: Rijen = perTabel(() => []);

/** Place in the lane, and in its message. */
export const plekVan = ({ volgorde, nr }: Rij): string => (nr === undefined ? `${volgorde}` : `${volgorde}.${nr}`);

/** Fields that are bytes in the tables. */
const GEMASKERD = new Set(['persoon', 'kenmerk', 'vorig']);
const kolomnaam = (veld: string): string => veld.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Feit = { readonly herkomst: Feiten['bericht']['herkomst'] };

function rijVan<F extends Feit>({ herkomst, ...velden }: F, extra: Readonly<Record<string, Waarde>>): Rij {
  const { omvang, ...rest } = velden as Readonly<Record<string, unknown>>;
  const rij: Record<string, Waarde> = {};
  for (const [veld, waarde] of Object.entries(rest))
    rij[kolomnaam(veld)] = GEMASKERD.has(veld) && waarde !== null ? `\\x${waarde}` : (waarde as Waarde);
  if (omvang !== undefined) {
    const { volume = null, eenheid = null, frequentie = null } = (omvang ?? {}) as Partial<Omvang>;
    Object.assign(rij, { volume, eenheid, frequentie });
  }
  return { ...rij, ...extra, volgorde: herkomst.volgorde };
}
/** Of a message of which retention took some, each fact says itself where it stood (see zonder in ../verhaal.ts). */
const genummerd = (feiten: readonly (Feit & { readonly nr?: number })[]): readonly Rij[] =>
  feiten.map((feit, plaats) => rijVan(feit, { nr: feit.nr ?? plaats }));

/** What a message established, as rows. */
export function rijenVan(van: Feiten): Rijen {
  const { berichtId, dagtekening } = van.bericht.herkomst;
  return {
    bericht: [rijVan(van.bericht, { bericht_id: berichtId, dagtekening })],
    toewijzing: genummerd(van.toewijzingen),
    levering: genummerd(van.leveringen),
    verzoek: genummerd(van.verzoeken),
    antwoord: genummerd(van.antwoorden),
    declaratie: van.declaraties.map((feit) => rijVan(feit, {})),
    prestatie: genummerd(van.prestaties),
  };
}

const SORTEER: Readonly<Record<Tabel, string>> = {
  bericht: 'volgorde',
  toewijzing: 'volgorde, nr',
  levering: 'volgorde, nr',
  verzoek: 'volgorde, nr',
  antwoord: 'volgorde, nr',
  declaratie: 'volgorde',
  prestatie: 'volgorde, nr',
};

/** Places from and to, both included; or these places. */
export type Plekken = { readonly van: number; readonly tot: number } | readonly number[];

/** The rows of a lane at these places. */
export async function leesRijen(verbinding: Verbinding, baanId: number, plekken: Plekken): Promise<Rijen> {
  const los = 'van' in plekken ? undefined : plekken;
  const waar = los ? 'f.volgorde = any ($2::bigint[])' : 'f.volgorde between $2::bigint and $3::bigint';
  const values = 'van' in plekken ? [baanId, plekken.van, plekken.tot] : [baanId, plekken];
  const gelezen: [Tabel, readonly Rij[]][] = [];
  for (const tabel of TABELLEN) {
    const { rows } = await verbinding.query<{ rij: Rij }>({
      name: `dossier-rijen-${tabel}${los ? '-los' : ''}`,
      text: `select to_jsonb(f) - 'baan_id' as rij from dossier_${tabel} f where f.baan_id = $1 and ${waar} order by ${SORTEER[tabel]}`,
      values,
    });
    gelezen.push([tabel, rows.map(({ rij }) => rij)]);
  }
  return Object.fromEntries(gelezen) as unknown as Rijen;
}

/** The places below zero that hold anything: those of imports. */
export async function ingevoerdePlekken(verbinding: Verbinding, baanId: number): Promise<readonly number[]> {
  const { rows } = await verbinding.query<{ volgorde: number }>({
    name: 'dossier-rijen-ingevoerd',
    text: `${TABELLEN.map((tabel) => `select volgorde::float8 as volgorde from dossier_${tabel} where baan_id = $1 and volgorde < 0`).join(' union ')} order by 1`,
    values: [baanId],
  });
  return rows.map(({ volgorde }) => volgorde);
}

/** Puts these rows in the place of all that a lane has at these places. */
export async function vervangRijen(
  verbinding: Verbinding,
  baanId: number,
  plekken: readonly number[],
  rijen: Rijen,
): Promise<void> {
  const weg = new Set(plekken);
  for (const tabel of TABELLEN) {
    await verbinding.query({
      name: `dossier-rijen-weg-${tabel}`,
      text: `delete from dossier_${tabel} where baan_id = $1 and volgorde = any ($2::bigint[])`,
      values: [baanId, plekken],
    });
    const nieuw = rijen[tabel].filter(({ volgorde }) => weg.has(volgorde));
    if (nieuw.length === 0) continue;
    await verbinding.query({
      name: `dossier-rijen-zet-${tabel}`,
      text: `insert into dossier_${tabel} select * from jsonb_populate_recordset(null::dossier_${tabel}, $1::jsonb)`,
      values: [JSON.stringify(nieuw.map((rij) => ({ ...rij, baan_id: baanId })))],
    });
  }
}
