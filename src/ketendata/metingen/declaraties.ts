/**
 * Of a 323: was it sent in time (R8), how long its 325 took, and the money in it.
 *
 * R8: the last day of the month after the declaratieperiode, which is one calendar month (CS340); the key is how many working days later than that it
 * came. The 325 counts in calendar days, from delivery. Money is in cents, credits taken off; a prestatie is granted or rejected as a whole.
 * `-credit` has the credits by themselves. R8 and money are in the dossier; a declaratie that was refused as a whole has none there.
 */
import { laadKalender } from '../../koppeling/feestdagen.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { BERICHTEN, bijdrage, dagenTussen, duur, isDag, kolommen, perOnderwerp } from './basis.ts';
import { werkdagen } from './dagen.ts';
import { dagVan, type Plekrij } from './sql.ts';

const PERIODE = {
  name: 'ketendata-declaratieperiode',
  text: `
select ${kolommen('b.ontvangen_op')}, ${dagVan('b.ontvangen_op')} as verzonden, f.periode
from ${BERICHTEN} join dossier_bericht d on d.bericht_id = b.id join dossier_declaratie f on f.baan_id = d.baan_id and f.volgorde = d.volgorde`,
};

/** The last day of the month after the one in which a day is. */
function uiterlijk(dag: string): string {
  const [jaar = 0, maand = 0] = dag.split('-').map(Number);
  return new Date(Date.UTC(jaar, maand + 1, 0)).toISOString().slice(0, 10);
}

export const R8: Meting = {
  naam: 'norm-R8',
  async bijdragen(verbinding, ids) {
    const kalender = await laadKalender();
    const { rows } = await verbinding.query<Plekrij & { readonly verzonden: string; readonly periode: string }>({
      ...PERIODE,
      values: [ids],
    });
    return perOnderwerp(
      rows.flatMap((rij) => {
        const laatste = isDag(rij.periode) ? uiterlijk(rij.periode) : '';
        // Of the last month of the year 9999 it is in a year that no calendar has either.
        if (!isDag(laatste)) return [];
        // A last day on which nobody works moves to the next working day.
        return [[rij.id, duur(rij, 'norm-R8', werkdagen(kalender.eersteWerkdag(laatste), rij.verzonden, kalender))]];
      }),
    );
  },
};

const ANTWOORD = {
  name: 'ketendata-declaratieantwoord',
  text: `
select ${kolommen('b.verwerkt_op')}, ${dagVan('b.verwerkt_op')} as ontvangen, ${dagVan('a.ontvangen_op')} as beantwoord
from ${BERICHTEN} left join lateral (
  select a.ontvangen_op from bericht a where a.heenbericht_id = b.id and a.berichtsoort = regexp_replace(b.berichtsoort, '323$', '325') limit 1
) a on true
where b.berichtsoort in ('WMO323', 'JW323') and not exists (select from bericht f where f.heenbericht_id = b.id and f.berichtsoort = 'Fo01')`,
};

export const DECLARATIEANTWOORDEN: Meting = {
  naam: 'stroom-declaraties',
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<
      Plekrij & { readonly ontvangen: string; readonly beantwoord: string | null }
    >({ ...ANTWOORD, values: [ids] });
    return perOnderwerp(
      rows.map((rij): readonly [string, Bijdrage] => [
        rij.id,
        rij.beantwoord === null
          ? bijdrage(rij, 'stroom-323-zonder-325', rij.ontvangen)
          : duur(rij, 'stroom-323-325', dagenTussen(rij.ontvangen, rij.beantwoord)),
      ]),
    );
  },
};

interface Geldrij extends Plekrij {
  readonly stand: 'ingediend' | 'toegekend' | 'afgewezen';
  readonly credit: boolean;
  readonly aantal: number;
  readonly som: number;
}
const GELDVRAAG = {
  name: 'ketendata-geld',
  text: `
select ${kolommen('b.verwerkt_op')}, p.stand, p.credit, p.aantal, p.som
from ${BERICHTEN} join dossier_bericht d on d.bericht_id = b.id
cross join lateral (
  select stand, credit, count(*)::int as aantal, sum(bedrag)::float8 as som from dossier_prestatie
  where baan_id = d.baan_id and volgorde = d.volgorde group by stand, credit
) p`,
};
const DEEL = { ingediend: null, toegekend: 'toegekend', afgewezen: 'afgekeurd' } as const;

function* geldVan(rij: Geldrij): Generator<readonly [string, Bijdrage]> {
  const deel = DEEL[rij.stand];
  for (const sleutel of ['ingediend', ...(deel === null ? [] : [deel])]) {
    yield [rij.id, bijdrage(rij, 'geld', sleutel, rij.credit ? -rij.som : rij.som, rij.aantal)];
    if (rij.credit) yield [rij.id, bijdrage(rij, 'geld', `${sleutel}-credit`, rij.som, rij.aantal)];
  }
}

export const GELD: Meting = {
  naam: 'geld',
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<Geldrij>({ ...GELDVRAAG, values: [ids] });
    return perOnderwerp(rows.flatMap((rij) => [...geldVan(rij)]));
  },
};
