/**
 * What becomes of a request (315, 317), per reference in it: a toewijzing (301), a rejection or an investigation (319); the last decision counts.
 * And R4 (OP359): a 315 that was rejected because another gemeente is responsible (RedenAfwijzingVerzoek 8, Jeugdwet) is so within two weeks.
 * The reason is in the dossier, so R4 is there for lanes that have one; that a request will be rejected for it nobody knows before, so
 * nothing is ever open for R4.
 */

import { laadKalender } from '../../koppeling/feestdagen.ts';
import type { Kalender } from '../../koppeling/kalender.ts';
import { BESLUITEN } from '../../koppeling/verzoekparen.ts';
import type { Verbinding } from '../../opslag/database.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { BERICHTEN, bijdrage, duur, kolommen, leunt, perOnderwerp } from './basis.ts';
import { kalenderdagen } from './dagen.ts';
import { dagVan, type Plekrij } from './sql.ts';

/** RedenAfwijzingVerzoek: woonplaatsbeginsel. */
const WOONPLAATS = '8';
/** Two weeks. */
const TERMIJN_DAGEN = 14;

interface Rij extends Plekrij {
  readonly referentie: string;
  readonly ontvangen: string;
  /** All that has the same reference in this lane: which of them decide on this request depends on the others. */
  readonly steun: readonly string[];
  readonly besluit: string | null;
  readonly rol: 'voorlopig' | 'besluit' | null;
  readonly soort: string | null;
  readonly gegeven: string | null;
  readonly reden: string | null;
}

const VRAAG = {
  name: 'ketendata-verzoek',
  text: `
select ${kolommen('b.verwerkt_op')}, encode(v.referentie, 'hex') as referentie, ${dagVan('b.verwerkt_op')} as ontvangen,
  array(select distinct o.bericht_id::text from verzoekreferentie o where o.baan_id = v.baan_id and o.referentie = v.referentie and o.bericht_id <> b.id
    order by 1) as steun,
  a.bericht_id::text as besluit, a.rol, right(ab.berichtsoort, 3) as soort, ${dagVan('ab.ontvangen_op')} as gegeven, w.reden_afwijzing as reden
from ${BERICHTEN}
join verzoekreferentie v on v.bericht_id = b.id and v.rol = 'verzoek'
left join ${BESLUITEN('v')} a on true
left join bericht ab on ab.id = a.bericht_id
left join dossier_bericht d on d.bericht_id = a.bericht_id
left join dossier_antwoord w on w.baan_id = d.baan_id and w.volgorde = d.volgorde
order by b.id, v.referentie, a.baan_nummer`,
};

const ZELFDE = {
  name: 'ketendata-zelfde-verzoek',
  text: `
select distinct v.bericht_id::text as id from unnest($1::uuid[]) as n(id) join verzoekreferentie r on r.bericht_id = n.id
join verzoekreferentie v on v.baan_id = r.baan_id and v.referentie = r.referentie and v.rol = 'verzoek'`,
};

/** The decisions on one reference, in lane order. */
function vanReferentie(rijen: readonly [Rij, ...Rij[]], kalender: Kalender): readonly Bijdrage[] {
  const [eerste] = rijen;
  const laatste = rijen.findLast(({ rol }) => rol === 'besluit') ?? rijen.findLast(({ rol }) => rol === 'voorlopig');
  const delen = [leunt(eerste, eerste.steun)];
  if (!laatste) return delen;
  const uitkomst = laatste.rol === 'voorlopig' ? 'onderzoek' : laatste.soort === '301' ? '301' : 'afgewezen';
  delen.push(bijdrage(eerste, `stroom-${eerste.berichtsoort.slice(-3)}-antwoord`, uitkomst));
  const woonplaats = rijen.find(({ reden }) => reden === WOONPLAATS);
  if (woonplaats?.gegeven && eerste.domein === 'ijw' && eerste.berichtsoort.endsWith('315'))
    delen.push(duur(eerste, 'norm-R4', kalenderdagen(eerste.ontvangen, woonplaats.gegeven, TERMIJN_DAGEN, kalender)));
  return delen;
}

/** stroom-315-antwoord, stroom-317-antwoord, norm-R4. */
export const VERZOEKSTROOM: Meting = {
  naam: 'stroom-verzoeken',
  async raakt(verbinding: Verbinding, berichtIds) {
    return (await verbinding.query<{ id: string }>({ ...ZELFDE, values: [berichtIds] })).rows.map(({ id }) => id);
  },
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<Rij>({ ...VRAAG, values: [ids] });
    const kalender = await laadKalender();
    const groepen = Map.groupBy(rows, ({ id, referentie }) => `${id} ${referentie}`);
    return perOnderwerp(
      [...groepen.values()].flatMap((rijen) => {
        const [eerste] = rijen;
        return eerste
          ? vanReferentie(rijen as [Rij, ...Rij[]], kalender).map((deel) => [eerste.id, deel] as const)
          : [];
      }),
    );
  },
};
