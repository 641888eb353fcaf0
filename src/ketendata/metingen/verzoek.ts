/**
 * Decisions on requests (315, 317): how long the gemeente took to decide, or to say that it needs longer (R2), and then to decide (R3). Only
 * where the content was read: a request is tied to its decisions by its references.
 *
 * As in koppeling: a request waits for R2 as long as one of its references has no answer, and then for R3 as long as one has only been looked
 * into. So what is open here is what is open there.
 */
import { laadKalender } from '../../koppeling/feestdagen.ts';
import type { Kalender } from '../../koppeling/kalender.ts';
import { BESLUITEN, VERZOEK } from '../../koppeling/verzoekparen.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { type Norm, normcijfer } from './dagen.ts';
import { dagVan, type Plekrij, plaatsVan, plekVan, weekVan } from './sql.ts';

const R2: Norm = { meting: 'norm-R2', termijn: 'verzoek' };
const R3: Norm = { meting: 'norm-R3', termijn: 'onderzoek' };

/** A reference of a request, with what was said to it, in the order of the lane. */
interface Rij extends Plekrij {
  readonly begin: string;
  readonly dagen: readonly string[];
  readonly rollen: readonly ('voorlopig' | 'besluit')[];
  readonly besluiten: readonly string[];
  /** The next request with this reference: what comes after that is no answer to this one. */
  readonly volgende: string | null;
}

const LEES = {
  name: 'keten-verzoek',
  text: `
select b.id::text, ${weekVan('b.verwerkt_op')} as week, ${plekVan('b')}, b.berichtsoort, b.release, ${dagVan('b.verwerkt_op')} as begin,
  besluit.dagen, besluit.rollen, besluit.besluiten, volgende.id::text as volgende
from unnest($1::uuid[]) as n(id) join bericht b on b.id = n.id join baan on baan.id = b.baan_id
cross join lateral (
  select v.baan_id, v.referentie, v.baan_nummer from verzoekreferentie v where v.bericht_id = b.id and v.rol = 'verzoek' offset 0
) v
cross join lateral (
  select coalesce(array_agg(${dagVan('a.ontvangen_op')} order by d.baan_nummer), '{}') as dagen,
    coalesce(array_agg(d.rol order by d.baan_nummer), '{}') as rollen,
    coalesce(array_agg(a.id::text order by d.baan_nummer), '{}') as besluiten
  from ${BESLUITEN('v')} d join bericht a on a.id = d.bericht_id
) besluit
left join lateral (
  select n.bericht_id as id from verzoekreferentie n where n.baan_id = v.baan_id and n.referentie = v.referentie
    and n.baan_nummer > v.baan_nummer and n.rol = 'verzoek' order by n.baan_nummer limit 1
) volgende on true
where b.toestand = 'verwerkt'`,
};

/** Of a decision the requests that it may be about; of a request the one before it, whose answers end where this one begins. */
const RAAKT = {
  name: 'keten-verzoek-raakt',
  text: `
select distinct v.bericht_id::text as id from unnest($1::uuid[]) as n(id)
cross join lateral (select r.* from verzoekreferentie r where r.bericht_id = n.id offset 0) r cross join ${VERZOEK('r')} v`,
};

/** @returns the last of these days; null when one of them is not known */
const laatste = (dagen: readonly (string | undefined)[]): string | null =>
  dagen.includes(undefined) ? null : ((dagen as readonly string[]).toSorted().at(-1) ?? null);

function vanVerzoek(referenties: readonly Rij[], kalender: Kalender): readonly Bijdrage[] {
  const [eerste] = referenties;
  if (!eerste) return [];
  const volgenden = referenties.flatMap(({ volgende }) => volgende ?? []);
  const plaats = {
    ...plaatsVan(eerste),
    steuntOp: [...referenties.flatMap(({ besluiten }) => besluiten), ...volgenden],
  };
  const cijfer = (norm: Norm, eind: string | null): Bijdrage => ({
    ...plaats,
    ...normcijfer(norm, eerste.begin, eind, kalender),
  });
  const gehoord = laatste(referenties.map(({ dagen }) => dagen[0]));
  const onderzocht = referenties.filter(({ rollen }) => rollen[0] === 'voorlopig');
  if (gehoord === null || onderzocht.length === 0) return [cijfer(R2, gehoord)];
  const besloten = laatste(onderzocht.map(({ dagen, rollen }) => dagen[rollen.indexOf('besluit')]));
  return [cijfer(R2, gehoord), cijfer(R3, besloten)];
}

/** norm-R2, norm-R3. */
export const VERZOEKEN: Meting = {
  naam: 'verzoek',
  async raakt(verbinding, ids) {
    const { rows } = await verbinding.query<{ id: string }>({ ...RAAKT, values: [ids] });
    return rows.map(({ id }) => id);
  },
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<Rij>({ ...LEES, values: [ids] });
    if (rows.length === 0) return new Map();
    const kalender = await laadKalender();
    const perVerzoek = Map.groupBy(rows, ({ id }) => id);
    return new Map([...perVerzoek].map(([id, referenties]) => [id, vanVerzoek(referenties, kalender)]));
  },
};
