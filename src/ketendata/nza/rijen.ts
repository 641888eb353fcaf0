/**
 * The set for the NZa (Regeling Jeugdwet art. 8f), row by row as it stands in the dossier: one per toewijzing that ran on a day of the period (and
 * per unit, where more than one was declared), as far as it was registered for the set and its gemeente has one.
 */
import { TIJDELIJK } from '../../dossier/feiten.ts';
import type { Verbinding } from '../../opslag/database.ts';
import { isDag } from '../metingen/basis.ts';
import { TERUGGENOMEN } from '../metingen/leveringen.ts';
import { EERSTE_START, IS_VERWIJDERD, LAATSTE_VERSIE } from '../metingen/toewijzingen.ts';

export interface Periode {
  /** First and last day, YYYY-MM-DD. */
  readonly vanaf: string;
  readonly tot: string;
}

export interface Nzarij {
  readonly agb: string;
  readonly gemeente: string;
  /** As the dossier knows him. */
  readonly persoon: string;
  readonly geboortejaar: number | null;
  readonly verwijzer: string | null;
  readonly categorie: string | null;
  readonly code: string | null;
  readonly toewijzingsdatum: string;
  readonly beoogd: string;
  readonly aanvang: string | null;
  readonly einde: string | null;
  readonly reden: string | null;
  /** Of what was declared for days of the period and not rejected, credits taken off; in cents. */
  readonly bedrag: string | null;
  readonly volume: string | null;
  readonly eenheid: string | null;
}

const VERSIE = (kolom: string, uit: string): string => `
  (select ${kolom} ${uit} where v.nummer = s.nummer and v.baan_id::bigint = s.baan_id and v.persoon = s.persoon`;

/** The last stop for good that stands. */
const EINDE = `lateral (
  select l.einddatum, l.reden_beeindiging from dossier_levering l
  where l.persoon = s.persoon and l.baan_id::bigint = s.baan_id and l.soort = 'stop' and l.toewijzing = s.nummer and not l.verwijdert
    and l.reden_beeindiging <> '${TIJDELIJK}' and not exists (select from ${TERUGGENOMEN('l')} w)
  order by l.volgorde desc, l.nr desc limit 1
)`;

/** A cursor cannot have parameters: these are days, and a moment of our own. What stands for a sum (from an import) has no product code. */
const loper = ({ vanaf, tot }: Periode, termijn: Date): string => `
declare nza_loper no scroll cursor for
with s as (
  select distinct t.baan_id, t.persoon, t.nummer from nza_feit n join dossier_toewijzing t on t.baan_id = n.baan_id and t.volgorde = n.volgorde
  where n.geregistreerd_op >= '${termijn.toISOString()}'
)
select baan.aanbieder as agb, baan.gemeente, encode(s.persoon, 'hex') as persoon,
  ${VERSIE('n.geboortejaar', `from dossier_toewijzing v join nza_feit n on n.baan_id = v.baan_id and n.volgorde = v.volgorde`)}
    and n.geboortejaar is not null order by v.volgorde desc limit 1) as geboortejaar,
  ${VERSIE(
    'n.verwijzer',
    `from dossier_toewijzing v join dossier_verzoek q on q.kenmerk = v.kenmerk and q.baan_id::bigint = v.baan_id and q.persoon = v.persoon
    join nza_feit n on n.baan_id = q.baan_id and n.volgorde = q.volgorde and n.nr = q.nr`,
  )} order by q.volgorde desc limit 1) as verwijzer,
  t.categorie, t.code, ${VERSIE('min(v.toewijzingsdatum)', 'from dossier_toewijzing v')}) as toewijzingsdatum, t.ingangsdatum as beoogd,
  start.begindatum as aanvang, einde.einddatum as einde, einde.reden_beeindiging as reden, geld.bedrag, geld.volume, geld.eenheid
from s join baan on baan.id = s.baan_id join nza_gemeente z on z.gemeente = baan.gemeente
cross join ${LAATSTE_VERSIE('s')} t
left join ${EERSTE_START('s')} start on true
left join ${EINDE} einde on true
left join lateral (
  select p.eenheid, sum(case when p.credit then -p.bedrag::bigint else p.bedrag end)::text as bedrag,
    sum(case when p.credit then -p.volume::bigint else p.volume end)::text as volume
  from dossier_prestatie p where p.toewijzing = s.nummer and p.baan_id::bigint = s.baan_id and p.persoon = s.persoon
    and p.stand <> 'afgewezen' and p.code <> '' and p.begindatum between '${vanaf}' and '${tot}'
  group by p.eenheid order by p.eenheid
) geld on true
where baan.domein = 'ijw' and not ${IS_VERWIJDERD('t')} and t.ingangsdatum <= '${tot}' and (t.einddatum is null or t.einddatum >= '${vanaf}')`;

const PER_KEER = 500;

/**
 * Reads the set, some rows at a time, however large it is.
 * @param client a transaction that sees one moment
 * @param termijn what was registered before it is past its term
 */
export async function* leesNza(client: Verbinding, periode: Periode, termijn: Date): AsyncGenerator<readonly Nzarij[]> {
  if (!isDag(periode.vanaf) || !isDag(periode.tot)) throw new Error('a period is two days');
  await client.query(loper(periode, termijn));
  for (;;) {
    const { rows } = await client.query<Nzarij>(`fetch ${PER_KEER} from nza_loper`);
    if (rows.length > 0) yield rows;
    if (rows.length < PER_KEER) return;
  }
}
