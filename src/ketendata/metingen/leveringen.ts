/**
 * Is the start of care told in time (R5, OP271), and its end (R6, OP272)? Of every start and stop that stands: one that was taken back
 * (StatusAanlevering 3) was never sent.
 *
 * R5 counts from Begindatum, or from the receipt of the 301 when that came later: before it nothing could be told. R6 counts from Einddatum. A stop
 * for good after one for a while counts from the day on which that was known; the first day on which a message tells is its dagtekening.
 */
import { TIJDELIJK } from '../../dossier/feiten.ts';
import { laadKalender } from '../../koppeling/feestdagen.ts';
import type { Kalender } from '../../koppeling/kalender.ts';
import type { Verbinding } from '../../opslag/database.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { BERICHTEN, duur, isDag, kolommen, later, leunt, perOnderwerp } from './basis.ts';
import { werkdagen } from './dagen.ts';
import { dagVan, type Plekrij } from './sql.ts';

/** SQL: are two of the same person about the same care? */
const ZELFDE_ZORG = (a: string, b: string): string => `
  ${a}.persoon = ${b}.persoon and ${a}.baan_id::bigint = ${b}.baan_id and ${a}.soort = ${b}.soort and ${a}.begindatum = ${b}.begindatum
  and ${a}.toewijzing is not distinct from ${b}.toewijzing`;
/** SQL: the whole key, by which one is taken back. */
const ZELFDE_SLEUTEL = (a: string, b: string): string => `${ZELFDE_ZORG(a, b)}
  and ${['categorie', 'code', 'reden_beeindiging', 'einddatum'].map((kolom) => `${a}.${kolom} is not distinct from ${b}.${kolom}`).join(' and ')}`;

/** SQL: the message that took l back, as w; of one message the removals come first (IV008). Lateral, so that it is found by person. */
export const TERUGGENOMEN = (l: string): string => `lateral (
  select e.bericht_id from dossier_levering v join dossier_bericht e using (baan_id, volgorde)
  where v.verwijdert and v.volgorde > ${l}.volgorde and ${ZELFDE_SLEUTEL('v', l)} order by v.volgorde limit 1
)`;

interface Rij extends Plekrij {
  readonly verzonden: string;
  /** Taken back: by which message; null also when that was imported. */
  readonly weg: boolean;
  readonly door: string | null;
  readonly begin: string;
  /** What can make the begin later, and the message that it comes from. */
  readonly bekend: string | null;
  readonly uit: string | null;
}

/** @param begin column of l; @param eerder SQL of what makes it later: bericht_id, bekend */
const vraag = (soort: 'start' | 'stop', begin: string, eerder: string) => ({
  name: `ketendata-${soort}`,
  text: `
select ${kolommen('b.ontvangen_op')}, ${dagVan('b.ontvangen_op')} as verzonden, w.er is not null as weg, w.bericht_id::text as door,
  l.${begin} as begin, x.bekend, x.bericht_id::text as uit
from ${BERICHTEN}
join dossier_bericht d on d.bericht_id = b.id
join dossier_levering l on l.baan_id = d.baan_id and l.volgorde = d.volgorde and l.soort = '${soort}' and not l.verwijdert
left join lateral (select true as er, t.bericht_id from ${TERUGGENOMEN('l')} t) w on true
left join lateral (${eerder}) x on true`,
});

/** The receipt of the first version that has room for the start; of one that was imported its own date. */
const TOEWIJZING = `
select v.id as bericht_id, coalesce(${dagVan('v.verwerkt_op')}, t.toewijzingsdatum) as bekend
from dossier_toewijzing t join dossier_bericht e using (baan_id, volgorde) left join bericht v on v.id = e.bericht_id
where t.nummer = l.toewijzing and t.baan_id::bigint = l.baan_id and t.persoon = l.persoon and t.volgorde < l.volgorde and t.ingangsdatum <= l.begindatum
order by t.volgorde, t.nr limit 1`;
/** A stop for a while before it, that stands. */
const TIJDELIJKE_STOP = `
select e.bericht_id, d.dagtekening as bekend
from dossier_levering t join dossier_bericht e using (baan_id, volgorde)
where l.reden_beeindiging <> '${TIJDELIJK}' and t.reden_beeindiging = '${TIJDELIJK}' and not t.verwijdert and t.volgorde < l.volgorde and ${ZELFDE_ZORG('t', 'l')}
  and not exists (select from ${TERUGGENOMEN('t')} w)
order by t.volgorde limit 1`;

/** Of the same care: what one of them is can depend on any other. */
const ZELFDE = {
  name: 'ketendata-zelfde-zorg',
  text: `
select distinct e.bericht_id::text as id
from unnest($1::uuid[]) as n(id) join dossier_bericht d on d.bericht_id = n.id
join dossier_levering l on l.baan_id = d.baan_id and l.volgorde = d.volgorde
cross join lateral (select v.baan_id, v.volgorde from dossier_levering v where ${ZELFDE_ZORG('v', 'l')} offset 0) v
join dossier_bericht e on e.baan_id = v.baan_id and e.volgorde = v.volgorde where e.bericht_id is not null`,
};

async function raakt(verbinding: Verbinding, berichtIds: readonly string[]): Promise<readonly string[]> {
  return (await verbinding.query<{ id: string }>({ ...ZELFDE, values: [berichtIds] })).rows.map(({ id }) => id);
}

function vanRij(norm: string, rij: Rij, kalender: Kalender): Bijdrage {
  const { weg, door, begin, bekend, uit, verzonden } = rij;
  const steuntOp = [door, uit].filter((id) => id !== null);
  if (weg || !isDag(begin)) return leunt(rij, steuntOp);
  const vanaf = bekend !== null && isDag(bekend) ? later(begin, bekend) : begin;
  return { ...duur(rij, norm, werkdagen(vanaf, verzonden, kalender)), steuntOp };
}

const VRAGEN = {
  'norm-R5': vraag('start', 'begindatum', TOEWIJZING),
  'norm-R6': vraag('stop', 'einddatum', TIJDELIJKE_STOP),
};

/** norm-R5, norm-R6. */
export const LEVERINGEN: Meting = {
  naam: 'leveringen',
  raakt,
  async bijdragen(verbinding, ids) {
    const delen: (readonly [string, Bijdrage])[] = [];
    const kalender = await laadKalender();
    for (const [norm, vraag] of Object.entries(VRAGEN)) {
      const { rows } = await verbinding.query<Rij>({ ...vraag, values: [ids] });
      delen.push(...rows.map((rij) => [rij.id, vanRij(norm, rij, kalender)] as const));
    }
    return perOnderwerp(delen);
  },
};
