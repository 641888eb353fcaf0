/** Answers one to one: what a retour or 325 said of its heenbericht, and how long the other took for it (R1, R7). */
import { laadKalender } from '../../koppeling/feestdagen.ts';
import { BERICHTSOORTEN } from '../../standards/catalogus.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { type Norm, normcijfer } from './dagen.ts';
import { dagVan, type Plekrij, plaatsVan, plekVan, weekVan } from './sql.ts';

const R1: Norm = { meting: 'norm-R1', termijn: 'retour' };
const R7: Norm = { meting: 'norm-R7', termijn: 'declaratie' };
/** Soort of a heenbericht → the norm for its answer. */
const NORMEN: ReadonlyMap<string, Norm> = new Map(
  BERICHTSOORTEN.filter(({ antwoord }) => antwoord !== null).map(({ code, antwoord }) => {
    const eigen = BERICHTSOORTEN.find((soort) => soort.code === antwoord);
    return [code, eigen?.aard === 'antwoord' ? R7 : R1];
  }),
);

interface Rij extends Plekrij {
  /** Day of delivery; null: not delivered. */
  readonly begin: string | null;
  readonly bezorgweek: string;
  /** Day of the answer; null: there is none that counts. */
  readonly eind: string | null;
  readonly oordeel: string | null;
  /** Its receiver could not read it, and said so with a Fo01: it counts as not sent. */
  readonly onleesbaar: boolean;
}

/** An answer that was refused is none: by then it names no heenbericht any more. Until it was judged, it is not there yet. */
const LEES = {
  name: 'keten-antwoord',
  text: `
select b.id::text, ${weekVan('b.ontvangen_op')} as week, ${plekVan('b')}, b.berichtsoort, b.release,
  case when b.toestand = 'verwerkt' then ${dagVan('b.verwerkt_op')} end as begin, ${weekVan('b.verwerkt_op')} as bezorgweek,
  ${dagVan('a.ontvangen_op')} as eind, a.oordeel,
  (select true from bericht f where f.heenbericht_id = b.id and f.berichtsoort = 'Fo01' limit 1) is not null as onleesbaar
from bericht b left join baan on baan.id = b.baan_id
left join lateral (
  select a.ontvangen_op, coalesce(a.oordeel, 'onbekend') as oordeel from bericht a
  where a.heenbericht_id = b.id and a.toestand = 'verwerkt' and a.berichtsoort <> 'Fo01' offset 0
) a on true
where b.id = any ($1::uuid[]) and b.berichtsoort = any ($2::text[]) and b.toestand <> 'ontvangen'`,
};

/** retour, norm-R1, norm-R7. */
export const ANTWOORDEN: Meting = {
  naam: 'antwoord',
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<Rij>({ ...LEES, values: [ids, [...NORMEN.keys()]] });
    const kalender = await laadKalender();
    const vanRij = (rij: Rij): readonly Bijdrage[] => {
      const { begin, eind, oordeel, onleesbaar, bezorgweek } = rij;
      const plaats = plaatsVan(rij);
      const norm = NORMEN.get(rij.berichtsoort);
      return [
        ...(oordeel === null ? [] : [{ ...plaats, meting: 'retour', sleutel: oordeel, aantal: 1, som: 0 }]),
        ...(begin === null || onleesbaar || !norm
          ? []
          : [{ ...plaats, week: bezorgweek, ...normcijfer(norm, begin, eind, kalender) }]),
      ];
    };
    return new Map(rows.map((rij) => [rij.id, vanRij(rij)]));
  },
};
