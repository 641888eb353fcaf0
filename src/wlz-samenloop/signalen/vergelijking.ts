/**
 * The comparison itself: one statement that holds the Wmo side against the Wlz register and against what was told before, for all persons
 * whose HMAC lies in a range, and gives only what changed. It writes nothing.
 *
 * An overlap is what one voorziening and a chain of besluiten have in common, both ends of both included. Besluiten of one person that join
 * without a gap are one chain, named after its newest: so a besluit that follows another changes the signal in place of ending it.
 */
import type { Verbinding } from '../../opslag/database.ts';
import type { Signaaltype } from './regels/types.ts';
import type { Uitkomst, Workflow } from './regels/workflow.ts';

/** What became of an overlap, or of a signal. */
export type Gevolg =
  | 'NIEUW'
  | 'TERUGWERKEND'
  /** Other days: the same signal, when it is open. */
  | 'GEWIJZIGD'
  /** Other days of a signal that was handled: a new one. */
  | 'OPNIEUW'
  /** The care was ended towards another law: handled by itself. */
  | 'OPGEVOLGD'
  /** Nothing that the gemeente must hear; only noted. */
  | 'STIL'
  | 'HERINNERING'
  | 'VERVALLEN'
  /** As VERVALLEN; the gemeente said itself that the care was stopped, so it hears nothing. */
  | 'VERVALLEN-STIL';

export interface Uitslag {
  readonly gevolg: Gevolg;
  /** The signal it is about; null for a new one. */
  readonly id: string | null;
  readonly workflow: Workflow | null;
  readonly uitkomst: Uitkomst | null;
  readonly type: Signaaltype | null;
  /** How many messages it had; how many signals this voorziening of this person ever had. */
  readonly berichten: number;
  readonly eerder: number;
  readonly hmac: Buffer;
  readonly gemeente: string;
  readonly voorzieningId: string;
  /** As text: a bigint. */
  readonly besluitnummer: string;
  readonly overlapVanaf: string;
  readonly overlapTot: string | null;
  readonly indicatieVanaf: string;
  readonly indicatieTot: string | null;
  readonly terugwerkend: boolean;
  readonly uitstroom: boolean;
  readonly indicatieTonen: boolean;
  readonly status: string;
  readonly productcategorie: string | null;
  readonly productcode: string | null;
  readonly agb: string | null;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
}

export interface Vergelijkvraag {
  /** HMACs from here up to, not including, there. */
  readonly van: Buffer;
  readonly tot: Buffer;
  /** YYYY-MM-DD. */
  readonly peildatum: string;
  /** An overlap that ended longer ago than this is not told any more. */
  readonly terugwerkendDagen: number;
  /** 1: vervaldatum is the first day without; 0: the last day with. */
  readonly vervaldatumEerder: 0 | 1;
  /** Codes that ended → who took their place. */
  readonly opvolging: ReadonlyMap<string, string>;
  /** One person: a statement of its own, because a named one keeps the plan it was given, and a part wants another. */
  readonly een: boolean;
}

const VERGELIJK = `
with opvolging as materialized (
  select * from unnest($3::text[], $4::text[]) as o(code, nu)
), besluit as (
  select bsn_hmac, besluitnummer, ingangsdatum as van,
    least(coalesce(einddatum, 'infinity'), coalesce(vervaldatum - $5::int, 'infinity')) as tot
  from wlz_indicatie_actueel where bsn_hmac >= $1 and bsn_hmac < $2
), gemerkt as (
  -- An end that is open stays open: infinity + 1 = infinity. A besluit that never had effect is none.
  select *, van > 1 + max(tot) over (partition by bsn_hmac order by van, besluitnummer rows between unbounded preceding and 1 preceding) as los
  from besluit where tot >= van
), geteld as (
  select *, count(*) filter (where los) over (partition by bsn_hmac order by van, besluitnummer) as deel from gemerkt
), keten as materialized (
  select bsn_hmac, min(van) as van, max(tot) as tot, array_agg(besluitnummer) as besluiten,
    (array_agg(besluitnummer order by van desc, besluitnummer desc))[1] as besluitnummer
  from geteld group by bsn_hmac, deel
), bron as (
  select v.bsn_hmac, l.gemeente, v.voorziening_id, v.status, v.vanaf, coalesce(v.tot, 'infinity') as tot, v.productcategorie, v.productcode, v.agb,
    v.sleutel_id, v.cijfertekst, false as uitstroom, 2 as rang
  from wmo_voorziening v join wmo_levering l on l.nr = v.levering_nr and l.toestand = 'actueel'
  where v.bsn_hmac >= $1 and v.bsn_hmac < $2
  union all
  select d.bsn_hmac, d.gemeente, d.aanbieder || '/' || d.toewijzingnummer, 'LOPEND', d.vanaf, d.tot, d.productcategorie, d.productcode, d.aanbieder,
    d.sleutel_id, d.cijfertekst, d.uitstroom, 1
  from wmo_dossier d where d.bsn_hmac >= $1 and d.bsn_hmac < $2
), paar as (
  -- One voorziening by two ways counts once; the messages are newer than the list.
  select distinct on (b.bsn_hmac, gemeente_nu, b.voorziening_id, k.besluitnummer) b.*, coalesce(o.nu, b.gemeente) as gemeente_nu,
    k.van as indicatie_vanaf, k.tot as indicatie_tot, k.besluiten, k.besluitnummer,
    greatest(b.vanaf, k.van) as overlap_vanaf, least(b.tot, k.tot) as overlap_tot
  from keten k join bron b on b.bsn_hmac = k.bsn_hmac left join opvolging o on o.code = b.gemeente
  order by b.bsn_hmac, gemeente_nu, b.voorziening_id, k.besluitnummer, b.rang, b.vanaf, b.gemeente
), overlap as materialized (
  select *, row_number() over () as nr from paar where overlap_vanaf <= overlap_tot
), signaal as materialized (
  select s.*, coalesce(o.nu, s.gemeente) as gemeente_nu, coalesce(s.overlap_tot, 'infinity') as tot
  from wlz_signaal s left join opvolging o on o.code = s.gemeente
  where s.actueel and s.bsn_hmac >= $1 and s.bsn_hmac < $2
), mogelijk as (
  -- A signal goes on in the overlap that has its besluit; else in one that joins it: the besluit was replaced, and is not in the register any more.
  select s.id, w.nr,
    row_number() over (partition by s.id order by (s.besluitnummer = any (w.besluiten)) desc, w.overlap_vanaf) as voor_signaal,
    row_number() over (partition by w.nr order by (s.besluitnummer = w.besluitnummer) desc, (s.besluitnummer = any (w.besluiten)) desc,
      s.overlap_vanaf, s.id) as voor_overlap
  from signaal s join overlap w on w.bsn_hmac = s.bsn_hmac and w.gemeente_nu = s.gemeente_nu and w.voorziening_id = s.voorziening_id
    and (s.besluitnummer = any (w.besluiten) or (w.overlap_vanaf <= s.tot + 1 and s.overlap_vanaf <= w.overlap_tot + 1))
), samen as (
  select s.id, w.nr from signaal s
  left join mogelijk m on m.id = s.id and m.voor_signaal = 1 and m.voor_overlap = 1
  left join overlap w on w.nr = m.nr
  union all
  select null, w.nr from overlap w
  where not exists (select from mogelijk m where m.nr = w.nr and m.voor_signaal = 1 and m.voor_overlap = 1)
), oordeel as (
  select s.id, s.workflow, s.uitkomst, s.type, coalesce(s.berichten, 0) as berichten,
    coalesce(w.bsn_hmac, s.bsn_hmac) as bsn_hmac, coalesce(w.gemeente_nu, s.gemeente_nu) as gemeente,
    coalesce(w.voorziening_id, s.voorziening_id) as voorziening_id, coalesce(w.besluitnummer, s.besluitnummer) as besluitnummer,
    coalesce(w.overlap_vanaf, s.overlap_vanaf) as overlap_vanaf, coalesce(w.overlap_tot, s.tot) as overlap_tot,
    coalesce(w.indicatie_vanaf, s.indicatie_vanaf) as indicatie_vanaf,
    case when w.nr is null then coalesce(s.indicatie_tot, 'infinity') else w.indicatie_tot end as indicatie_tot,
    coalesce(w.overlap_tot < $6::date, s.terugwerkend) as terugwerkend,
    case when w.nr is null then exists (
      select from wmo_dossier d left join opvolging o on o.code = d.gemeente
      where d.bsn_hmac = s.bsn_hmac and coalesce(o.nu, d.gemeente) = s.gemeente_nu
        and d.aanbieder || '/' || d.toewijzingnummer = s.voorziening_id and d.uitstroom
    ) else w.uitstroom end as uitstroom,
    case when w.nr is null then s.status else w.status end as status,
    case when w.nr is null then s.productcategorie else w.productcategorie end as productcategorie,
    case when w.nr is null then s.productcode else w.productcode end as productcode,
    case when w.nr is null then s.agb else w.agb end as agb,
    coalesce(w.sleutel_id, s.sleutel_id) as sleutel_id, coalesce(w.cijfertekst, s.cijfertekst) as cijfertekst,
    case
      when s.id is null then
        case
          when w.overlap_tot >= $6::date then 'NIEUW'
          when w.overlap_tot >= $6::date - $7::int and not exists (
            select from wlz_signaal e left join opvolging o on o.code = e.gemeente
            where e.bsn_hmac = w.bsn_hmac and coalesce(o.nu, e.gemeente) = w.gemeente_nu and e.voorziening_id = w.voorziening_id
              and e.verteld_vanaf <= w.overlap_tot and coalesce(e.verteld_tot, 'infinity') >= w.overlap_vanaf
          ) then 'TERUGWERKEND'
        end
      when w.nr is null or (w.overlap_tot < $6::date and not s.terugwerkend) then
        case s.uitkomst when 'gestopt' then 'VERVALLEN-STIL' else 'VERVALLEN' end
      when w.uitstroom and s.workflow <> 'afgehandeld' then 'OPGEVOLGD'
      when (w.overlap_vanaf, w.overlap_tot) <> (s.overlap_vanaf, s.tot) then
        case
          when s.workflow <> 'afgehandeld' then 'GEWIJZIGD'
          -- The end that the gemeente said there would be.
          when s.uitkomst = 'gestopt' and w.overlap_vanaf >= s.overlap_vanaf and w.overlap_tot <= s.tot then 'STIL'
          else 'OPNIEUW'
        end
      when s.workflow <> 'afgehandeld' and not s.herinnerd and s.verteld_op + i.herinnering_na_dagen <= $6::date then 'HERINNERING'
      when (w.besluitnummer, w.gemeente_nu, w.indicatie_vanaf, w.indicatie_tot, w.status, w.productcategorie, w.productcode, w.agb)
        is distinct from (s.besluitnummer, s.gemeente, s.indicatie_vanaf, coalesce(s.indicatie_tot, 'infinity'), s.status, s.productcategorie,
          s.productcode, s.agb) then 'STIL'
    end as gevolg,
    coalesce(i.indicatie_tonen, false) as indicatie_tonen
  from samen left join signaal s on s.id = samen.id left join overlap w on w.nr = samen.nr
  left join wlz_instelling i on i.gemeente = coalesce(w.gemeente_nu, s.gemeente_nu)
)
select gevolg, id, workflow, uitkomst, type, berichten, bsn_hmac as hmac, gemeente, voorziening_id as "voorzieningId",
  besluitnummer::text as besluitnummer, overlap_vanaf::text as "overlapVanaf", nullif(overlap_tot, 'infinity')::text as "overlapTot",
  indicatie_vanaf::text as "indicatieVanaf", nullif(indicatie_tot, 'infinity')::text as "indicatieTot", terugwerkend, uitstroom,
  indicatie_tonen as "indicatieTonen", status, productcategorie, productcode, agb, sleutel_id as "sleutelId", cijfertekst,
  (select count(*)::int from wlz_signaal e where e.bsn_hmac = oordeel.bsn_hmac and e.voorziening_id = oordeel.voorziening_id) as eerder
from oordeel where gevolg is not null
order by bsn_hmac, gemeente, voorziening_id, besluitnummer`;

/** How much there was to compare. */
const TEL = {
  name: 'wlz-vergelijk-tel',
  text: `
select (select count(*) from wlz_indicatie_actueel where bsn_hmac >= $1 and bsn_hmac < $2)::int as indicaties,
  (select count(*) from wmo_voorziening v join wmo_levering l on l.nr = v.levering_nr and l.toestand = 'actueel'
   where v.bsn_hmac >= $1 and v.bsn_hmac < $2)::int
  + (select count(*) from wmo_dossier where bsn_hmac >= $1 and bsn_hmac < $2)::int as voorzieningen`,
};

export interface Omvang {
  readonly indicaties: number;
  readonly voorzieningen: number;
}

/** @returns everything that changed for these persons, in a fixed order */
export async function vergelijk(verbinding: Verbinding, vraag: Vergelijkvraag): Promise<readonly Uitslag[]> {
  const { rows } = await verbinding.query<Uitslag>({
    name: vraag.een ? 'wlz-vergelijk-een' : 'wlz-vergelijk-deel',
    text: VERGELIJK,
    values: [
      vraag.van,
      vraag.tot,
      [...vraag.opvolging.keys()],
      [...vraag.opvolging.values()],
      vraag.vervaldatumEerder,
      vraag.peildatum,
      vraag.terugwerkendDagen,
    ],
  });
  return rows;
}

/** @returns how many besluiten and voorzieningen these persons have */
export async function telOmvang(
  verbinding: Verbinding,
  { van, tot }: Pick<Vergelijkvraag, 'van' | 'tot'>,
): Promise<Omvang> {
  const { rows } = await verbinding.query<Omvang>({ ...TEL, values: [van, tot] });
  return rows[0] ?? { indicaties: 0, voorzieningen: 0 };
}
