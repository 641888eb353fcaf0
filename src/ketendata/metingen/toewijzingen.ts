/**
 * What becomes of a toewijzing: the days from its Ingangsdatum to the start of care, or that there is none yet; and of a start, that no 301 for
 * it is known. As far as the dossier goes back: what came before it is not there.
 *
 * A toewijzing counts with the message that first gave it, whatever versions follow. One that was removed (OP033x1) was never sent. The key of one
 * without a start is the day from which care could begin: its Ingangsdatum, or its receipt when that was later. A start without a ToewijzingNummer
 * (taakgericht) needs no 301.
 */
import type { Verbinding } from '../../opslag/database.ts';
import { VERVALLEN, VERWIJDERD } from '../../standards/gedeeld/toewijzing.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { BERICHTEN, bijdrage, dagenTussen, duur, isDag, kolommen, later, leunt, perOnderwerp } from './basis.ts';
import { TERUGGENOMEN } from './leveringen.ts';
import { dagVan, type Plekrij } from './sql.ts';

/** SQL: the version of x that counts (IV013), as a lateral. @param x has baan_id, nummer and persoon */
export const LAATSTE_VERSIE = (x: string): string => `lateral (
  select v.* from dossier_toewijzing v where v.nummer = ${x}.nummer and v.baan_id::bigint = ${x}.baan_id and v.persoon = ${x}.persoon
  order by v.toewijzingsdatum desc, v.toewijzingstijd desc, v.volgorde desc, v.nr desc limit 1
)`;
/** SQL: was this version the removal of its toewijzing? */
export const IS_VERWIJDERD = (v: string): string =>
  `(${v}.reden_wijziging in ('${VERWIJDERD}', '${VERVALLEN}') and ${v}.einddatum = ${v}.ingangsdatum) is true`;
/** SQL: the first day of care under x that stands, as a lateral. */
export const EERSTE_START = (x: string): string => `lateral (
  select l.begindatum from dossier_levering l
  where l.persoon = ${x}.persoon and l.baan_id::bigint = ${x}.baan_id and l.soort = 'start' and l.toewijzing = ${x}.nummer and not l.verwijdert
    and not exists (select from ${TERUGGENOMEN('l')} w)
  order by l.begindatum limit 1
)`;

/** SQL: all messages about the toewijzing of x, in its lane: 301s and 305s. */
const OVER = (x: string): string => `
  select ov.baan_id, ov.volgorde from dossier_toewijzing ov
  where ov.nummer = ${x}.nummer and ov.baan_id::bigint = ${x}.baan_id and ov.persoon = ${x}.persoon
  union
  select ol.baan_id, ol.volgorde from dossier_levering ol
  where ol.persoon = ${x}.persoon and ol.baan_id::bigint = ${x}.baan_id and ol.soort = 'start' and ol.toewijzing = ${x}.nummer`;
const STEUN = (x: string): string => `array(
  select e.bericht_id::text from (${OVER(x)}) o join dossier_bericht e using (baan_id, volgorde) where e.bericht_id <> b.id order by 1)`;

const VRAAG_301 = {
  name: 'ketendata-toewijzing',
  text: `
select ${kolommen('b.verwerkt_op')}, ${dagVan('b.verwerkt_op')} as ontvangen, t.ingangsdatum, s.begindatum, ${STEUN('t')} as steun,
  ${IS_VERWIJDERD('laatste')} or exists (select from dossier_toewijzing v where v.nummer = t.nummer and v.baan_id::bigint = t.baan_id
    and v.persoon = t.persoon and (v.volgorde, v.nr) < (t.volgorde, t.nr)) as telt_niet
from ${BERICHTEN}
join dossier_bericht d on d.bericht_id = b.id
join dossier_toewijzing t on t.baan_id = d.baan_id and t.volgorde = d.volgorde
cross join ${LAATSTE_VERSIE('t')} laatste
left join ${EERSTE_START('t')} s on true`,
};
const VRAAG_305 = {
  name: 'ketendata-start-zonder',
  text: `
select ${kolommen('b.ontvangen_op')}, ${STEUN('t')} as steun,
  exists (select from dossier_toewijzing v where v.nummer = t.nummer and v.baan_id::bigint = t.baan_id and v.persoon = t.persoon)
    or exists (select from ${TERUGGENOMEN('l')} w) as telt_niet
from ${BERICHTEN}
join dossier_bericht d on d.bericht_id = b.id
join dossier_levering l on l.baan_id = d.baan_id and l.volgorde = d.volgorde and l.soort = 'start' and not l.verwijdert
cross join lateral (select l.baan_id, l.persoon, l.toewijzing as nummer) t
where l.toewijzing is not null`,
};

/** Of the same toewijzing: what one of them is can depend on any other. */
const ZELFDE = {
  name: 'ketendata-zelfde-toewijzing',
  text: `
with x as (
  select t.baan_id, t.persoon, t.nummer from unnest($1::uuid[]) as n(id) join dossier_bericht d on d.bericht_id = n.id
  join dossier_toewijzing t on t.baan_id = d.baan_id and t.volgorde = d.volgorde
  union
  select l.baan_id, l.persoon, l.toewijzing from unnest($1::uuid[]) as n(id) join dossier_bericht d on d.bericht_id = n.id
  join dossier_levering l on l.baan_id = d.baan_id and l.volgorde = d.volgorde and l.soort = 'start' where l.toewijzing is not null
)
select distinct e.bericht_id::text as id from x cross join lateral (${OVER('x')} offset 0) o
join dossier_bericht e on e.baan_id = o.baan_id and e.volgorde = o.volgorde
where e.bericht_id is not null`,
};

interface Rij extends Plekrij {
  readonly steun: readonly string[];
  readonly telt_niet: boolean;
}
interface Toewijzingrij extends Rij {
  readonly ontvangen: string;
  readonly ingangsdatum: string;
  readonly begindatum: string | null;
}

function vanToewijzing(rij: Toewijzingrij): Bijdrage {
  const { telt_niet, ingangsdatum, begindatum, ontvangen, steun } = rij;
  if (telt_niet || !isDag(ingangsdatum)) return leunt(rij, steun);
  if (begindatum === null)
    return { ...bijdrage(rij, 'stroom-301-zonder-305', later(ingangsdatum, ontvangen)), steuntOp: steun };
  const dagen = isDag(begindatum) ? dagenTussen(ingangsdatum, begindatum) : 0;
  return { ...duur(rij, 'stroom-301-305', dagen), steuntOp: steun };
}
const vanStart = (rij: Rij): Bijdrage =>
  rij.telt_niet ? leunt(rij, rij.steun) : { ...bijdrage(rij, 'stroom-305-zonder-301', ''), steuntOp: rij.steun };

async function raakt(verbinding: Verbinding, berichtIds: readonly string[]): Promise<readonly string[]> {
  return (await verbinding.query<{ id: string }>({ ...ZELFDE, values: [berichtIds] })).rows.map(({ id }) => id);
}

/** stroom-301-305, stroom-301-zonder-305, stroom-305-zonder-301. */
export const TOEWIJZINGEN: Meting = {
  naam: 'stroom-toewijzingen',
  raakt,
  async bijdragen(verbinding, ids) {
    const toewijzingen = await verbinding.query<Toewijzingrij>({ ...VRAAG_301, values: [ids] });
    const starts = await verbinding.query<Rij>({ ...VRAAG_305, values: [ids] });
    return perOnderwerp([
      ...toewijzingen.rows.map((rij) => [rij.id, vanToewijzing(rij)] as const),
      ...starts.rows.map((rij) => [rij.id, vanStart(rij)] as const),
    ]);
  },
};
