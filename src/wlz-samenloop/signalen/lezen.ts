/** Signals as their gemeente sees them. What may be seen is a condition of every question; each answer is in the audit log before it is given. */
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { ontsleutel } from '../../opslag/versleuteling.ts';
import { datum } from '../../tijd.ts';
import { leesBsn } from '../wmo/bsn.ts';
import { adviezenOp } from './advies.ts';
import { adviesVoor } from './gevolgen.ts';
import type { Signaal } from './regels/inhoud.ts';
import type { Advies, Signaaltype } from './regels/types.ts';
import type { Uitkomst, Workflow } from './regels/workflow.ts';

export interface SignaalStand extends Signaal {
  readonly aangemaaktOp: Date;
  readonly gewijzigdOp: Date;
}

export interface Signaalstap {
  readonly tijdstip: Date;
  readonly stap: string;
  readonly workflow: Workflow;
  readonly uitkomst: Uitkomst | null;
  readonly door: string;
  readonly reden: string | null;
  readonly behandelaar: string | null;
}

/** Where a page begins: after this signal. */
export interface Plek {
  readonly moment: Date;
  readonly id: string;
}

export interface Signaalvraag {
  /** Only those of these gemeenten exist. */
  readonly gemeenten: readonly string[];
  readonly workflow?: Workflow | undefined;
  readonly type?: Signaaltype | undefined;
  readonly gewijzigdVanaf?: Date | undefined;
  readonly na?: Plek | undefined;
  readonly aantal: number;
}

interface Rij {
  readonly signaalId: string;
  readonly type: Signaaltype;
  readonly gemeentecode: string;
  readonly voorzieningId: string;
  readonly status: string;
  readonly productcategorie: string | null;
  readonly productcode: string | null;
  readonly agbAanbieder: string | null;
  readonly overlapVanaf: string;
  readonly overlapTot: string | null;
  readonly indicatieVanaf: string | null;
  readonly indicatieTot: string | null;
  readonly registerPeilmoment: Date;
  readonly workflow: Workflow;
  readonly uitkomst: Uitkomst | null;
  readonly aangemaaktOp: Date;
  readonly gewijzigdOp: Date;
  readonly hmac: Buffer;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
}

/** What is not for this gemeente to see does not leave the database. */
const KOLOMMEN = `s.id as "signaalId", s.type, s.gemeente as gemeentecode, s.voorziening_id as "voorzieningId", s.status, s.productcategorie,
  s.productcode, s.agb as "agbAanbieder", s.overlap_vanaf::text as "overlapVanaf", s.overlap_tot::text as "overlapTot",
  case when i.indicatie_tonen then s.indicatie_vanaf::text end as "indicatieVanaf",
  case when i.indicatie_tonen then s.indicatie_tot::text end as "indicatieTot",
  s.register_peilmoment as "registerPeilmoment", s.workflow, s.uitkomst, s.aangemaakt_op as "aangemaaktOp", s.gewijzigd_op as "gewijzigdOp",
  s.bsn_hmac as hmac, s.sleutel_id as "sleutelId", s.cijfertekst`;

/** A walk along the signals of each gemeente, newest first, never along those of another. */
const PAGINA = {
  name: 'wlz-signalen-pagina',
  text: `
select ${KOLOMMEN} from unnest($1::text[]) as g(gemeente) cross join lateral (
  select * from wlz_signaal s where s.gemeente = g.gemeente
    and ($2::text is null or s.workflow = $2) and ($3::text is null or s.type = $3)
    and ($4::timestamptz is null or s.gewijzigd_op >= $4)
    and ($5::timestamptz is null or (s.aangemaakt_op, s.id) < ($5, $6::uuid))
  order by s.aangemaakt_op desc, s.id desc limit $7
) s left join wlz_instelling i on i.gemeente = s.gemeente
order by s.aangemaakt_op desc, s.id desc limit $7`,
};
const EEN = {
  name: 'wlz-signaal-een',
  text: `select ${KOLOMMEN} from wlz_signaal s left join wlz_instelling i on i.gemeente = s.gemeente
         where s.id = $1 and s.gemeente = any ($2::text[])`,
};

function alsStand(sleutels: Sleutels, adviezen: ReadonlyMap<string, Advies>, rij: Rij): SignaalStand {
  const { hmac, sleutelId, cijfertekst, overlapVanaf, overlapTot, indicatieVanaf, indicatieTot, ...rest } = rij;
  return {
    ...rest,
    bsn: leesBsn(sleutels, { hmac, sleutelId, cijfertekst }),
    overlap: { vanaf: overlapVanaf, totEnMet: overlapTot },
    indicatie: indicatieVanaf === null ? undefined : { vanaf: indicatieVanaf, totEnMet: indicatieTot },
    advies: adviesVoor(adviezen, rij.productcategorie),
    registerPeilmoment: rij.registerPeilmoment.toISOString(),
  };
}

/** Who looked at whom, and for what. */
const boekInzage = (verbinding: Verbinding, actor: string, gemeenten: readonly string[], rijen: readonly Rij[]) =>
  schrijfLogboek(verbinding, [
    {
      gebeurtenis: 'wlz-signalen ingezien',
      actor,
      namens: gemeenten.length === 1 ? (gemeenten[0] ?? null) : null,
      resultaat: rijen.length > 0 ? 'getoond' : 'niets gevonden',
      berichtId: null,
      betrokkenen: [...new Map(rijen.map(({ hmac }) => [hmac.toString('hex'), hmac])).values()],
      details: { aantal: rijen.length, doel: 'Wmo 2015 art. 2.3.5, 2.3.9, 2.3.10' },
    },
  ]);

/**
 * @param actor the client, for the audit log
 * @returns a page, newest first, and where the next one begins
 */
export async function leesSignalen(
  { pool }: Database,
  sleutels: Sleutels,
  actor: string,
  { gemeenten, workflow, type, gewijzigdVanaf, na, aantal }: Signaalvraag,
): Promise<{ readonly signalen: readonly SignaalStand[]; readonly volgende: Plek | null }> {
  const values = [gemeenten, workflow, type, gewijzigdVanaf, na?.moment, na?.id, aantal + 1].map((w) => w ?? null);
  const { rows } = await pool.query<Rij>({ ...PAGINA, values });
  const rijen = rows.slice(0, aantal);
  await boekInzage(pool, actor, gemeenten, rijen);
  const adviezen = await adviezenOp(pool, datum(new Date()));
  const laatste = rijen.at(-1);
  return {
    signalen: rijen.map((rij) => alsStand(sleutels, adviezen, rij)),
    volgende: rows.length > aantal && laatste ? { moment: laatste.aangemaaktOp, id: laatste.signaalId } : null,
  };
}

/** How many signals there are in each state; of nobody in particular, so no line in the log. */
export async function telSignalen(
  verbinding: Verbinding,
  gemeenten: readonly string[],
): Promise<ReadonlyMap<Workflow, number>> {
  const { rows } = await verbinding.query<{ workflow: Workflow; aantal: number }>({
    name: 'wlz-signalen-tellen',
    text: 'select workflow, count(*)::int as aantal from wlz_signaal where gemeente = any ($1::text[]) group by workflow',
    values: [gemeenten],
  });
  return new Map(rows.map(({ workflow, aantal }) => [workflow, aantal]));
}

interface Staprij extends Omit<Signaalstap, 'reden' | 'behandelaar'> {
  readonly sleutelId: string | null;
  readonly cijfertekst: Buffer | null;
}

/** What an employee wrote down, as it is kept: encrypted, bound to the signal. */
export interface Aantekening {
  readonly reden: string | null;
  readonly behandelaar: string | null;
}
export const aantekeningGebonden = (signaalId: string): string => `aantekening ${signaalId}`;

function alsStap(sleutels: Sleutels, signaalId: string, { sleutelId, cijfertekst, ...stap }: Staprij): Signaalstap {
  if (sleutelId === null || cijfertekst === null) return { ...stap, reden: null, behandelaar: null };
  const tekst = ontsleutel(sleutels, aantekeningGebonden(signaalId), { sleutelId, cijfertekst }).toString('utf8');
  return { ...stap, ...(JSON.parse(tekst) as Aantekening) };
}

/** @returns one signal with its history; undefined when it does not exist, or is of another gemeente */
export async function leesSignaal(
  { pool }: Database,
  sleutels: Sleutels,
  actor: string,
  id: string,
  gemeenten: readonly string[],
): Promise<(SignaalStand & { readonly stappen: readonly Signaalstap[] }) | undefined> {
  const { rows } = await pool.query<Rij>({ ...EEN, values: [id, gemeenten] });
  const [rij] = rows;
  if (!rij) return undefined;
  await boekInzage(pool, actor, [rij.gemeentecode], [rij]);
  const adviezen = await adviezenOp(pool, datum(new Date()));
  const stappen = await pool.query<Staprij>({
    name: 'wlz-signaalstappen',
    text: `select tijdstip, stap, workflow, uitkomst, door, sleutel_id as "sleutelId", cijfertekst from wlz_signaalstap
           where signaal_id = $1 order by nr`,
    values: [id],
  });
  return { ...alsStand(sleutels, adviezen, rij), stappen: stappen.rows.map((stap) => alsStap(sleutels, id, stap)) };
}
