/** What a rebuild must know of a lane before it begins, and what it leaves behind. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Domein } from '../../standards/catalogus.ts';
import { vergelijk } from '../../standards/datum.ts';
import type { Dossierstand } from '../kennis.ts';

export interface Baan {
  readonly baanId: number;
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly domein: Domein;
  /** Does one of its parties want to be judged by a dossier? */
  readonly gewenst: boolean;
  /** Number of the last message that has its outcome. */
  readonly laatst: number;
  /** Number of the first message of which there is still anything; null: there is none. */
  readonly eerste: number | null;
  /** What the tables say; null: the lane has no dossier yet. */
  readonly nu: Pick<Dossierstand, 'totNummer' | 'eersteDagtekening' | 'blindTot'> | null;
}

interface Rij extends Omit<Baan, 'nu'> {
  readonly totNummer: number | null;
  readonly eersteDagtekening: string | null;
  readonly blindTot: string | null;
}

/** From this controleniveau on, as in a turn. */
const MET_DOSSIER = 3;

export async function leesBaan(verbinding: Verbinding, id: number): Promise<Baan> {
  const { rows } = await verbinding.query<Rij>({
    name: 'herbouw-baan',
    text: `
select b.id as "baanId", b.gemeente, b.aanbieder, b.domein, coalesce(greatest(g.controleniveau, a.controleniveau) >= ${MET_DOSSIER}, false) as gewenst,
  coalesce((select min(t.baan_nummer) - 1 from te_doen t where t.baan_id = b.id), b.teller)::float8 as laatst,
  (select min(m.baan_nummer)::float8 from bericht m where m.baan_id = b.id) as eerste,
  d.tot_nummer::float8 as "totNummer", d.eerste_dagtekening as "eersteDagtekening", d.blind_tot as "blindTot"
from baan b
left join instelling g on g.organisatie = b.gemeente and g.domein = b.domein
left join instelling a on a.organisatie = b.aanbieder and a.domein = b.domein
left join dossier_baan d on d.baan_id = b.id
where b.id = $1`,
    values: [id],
  });
  const [rij] = rows;
  if (!rij) throw new Error(`there is no lane ${id}`);
  const { totNummer, eersteDagtekening, blindTot, ...baan } = rij;
  return { ...baan, nu: totNummer === null ? null : { totNummer, eersteDagtekening, blindTot } };
}

/** What is known of the lane as a whole, as it should be. */
export interface Baanstand {
  readonly totNummer: number;
  readonly eersteDagtekening: string | null;
  readonly blindTot: string | null;
}

export async function zetBaan(verbinding: Verbinding, baanId: number, stand: Baanstand): Promise<void> {
  await verbinding.query({
    name: 'herbouw-baan-zet',
    text: `insert into dossier_baan (baan_id, tot_nummer, eerste_dagtekening, blind_tot, opgeruimd_tot)
           values ($1, $2, $3, $4, (select opgeruimd_tot from dossier_momentopname where baan_id = $1))
           on conflict (baan_id) do update set tot_nummer = excluded.tot_nummer, eerste_dagtekening = excluded.eerste_dagtekening,
             blind_tot = excluded.blind_tot`,
    values: [baanId, stand.totNummer, stand.eersteDagtekening, stand.blindTot],
  });
}

/** Which lanes are rebuilt: one, those of an organisation in a domein, or all that have a dossier or should have one. */
export interface Keuze {
  readonly baanId?: number | undefined;
  readonly organisatie?: string | undefined;
  readonly domein?: Domein | undefined;
}

const PER_KEER = 500;

/** The lanes of a choice, in order of their id. */
export async function* kiesBanen(verbinding: Verbinding, keuze: Keuze): AsyncGenerator<number> {
  for (let na = 0; ; ) {
    const { rows } = await verbinding.query<{ id: number }>({
      name: 'herbouw-banen',
      text: `
select b.id from baan b
where b.id > $1 and ($2::int is null or b.id = $2) and ($3::text is null or b.gemeente = $3 or b.aanbieder = $3) and ($4::text is null or b.domein = $4)
  and (exists (select from dossier_baan d where d.baan_id = b.id) or exists (select from dossier_invoer_deel v where v.baan_id = b.id)
    or exists (select from instelling i where i.organisatie in (b.gemeente, b.aanbieder) and i.domein = b.domein and i.controleniveau >= ${MET_DOSSIER}))
order by b.id limit ${PER_KEER}`,
      values: [na, keuze.baanId ?? null, keuze.organisatie ?? null, keuze.domein ?? null],
    });
    for (const { id } of rows) yield id;
    const laatste = rows.at(-1);
    if (!laatste || rows.length < PER_KEER) return;
    na = laatste.id;
  }
}

/** The later of two days; null: there is none. */
export const laterVan = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && vergelijk(a, b) < 0) ? b : a;
