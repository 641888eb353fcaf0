/** What was refused, and why: the codes of Fo01 messages, and the retourcodes of findings. */
import type { Meting } from '../types.ts';
import { type Plekrij, plaatsVan, plekVan, weekVan } from './sql.ts';

/**
 * A Fo01 counts where the message that it refuses does, and under its soort: so that it can be set against the volume of that. Of a message
 * that was refused at the door nothing is stored but the Fo01: then its own moment and parties are all there is.
 */
const FO01 = {
  name: 'keten-fo01',
  text: `
select f.id::text, ${weekVan('coalesce(h.ontvangen_op, f.ontvangen_op)')} as week, ${plekVan('f')}, f.release,
  coalesce(h.berichtsoort, f.foutsoort, '') as berichtsoort, coalesce(f.foutcode, 'onbekend') as sleutel
from bericht f left join bericht h on h.id = f.heenbericht_id left join baan on baan.id = f.baan_id
where f.id = any ($1::uuid[]) and f.berichtsoort = 'Fo01'`,
};

/** Only what refuses: a waarschuwing has no consequence. A finding holds no value from the message. */
const RETOURCODE = {
  name: 'keten-retourcode',
  text: `
select b.id::text, ${weekVan('b.ontvangen_op')} as week, ${plekVan('b')}, b.berichtsoort, b.release, code.sleutel, code.keren
from bericht b join bevinding v on v.bericht_id = b.id left join baan on baan.id = b.baan_id
cross join lateral (
  select w.vondst ->> 'retourcode' as sleutel, count(*)::int as keren from jsonb_array_elements(v.bevindingen) as w(vondst)
  where w.vondst ->> 'ernst' = 'fout' and (w.vondst ->> 'niveau')::int >= 2 and w.vondst ->> 'retourcode' is not null group by 1
) code
where b.id = any ($1::uuid[])`,
};

interface Foutrij extends Plekrij {
  readonly sleutel: string;
  readonly keren?: number;
}

const telling = (meting: string, opdracht: typeof FO01): Meting => ({
  naam: meting,
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<Foutrij>({ ...opdracht, values: [ids] });
    const perBericht = Map.groupBy(rows, ({ id }) => id);
    return new Map(
      [...perBericht].map(([id, rijen]) => [
        id,
        rijen.map((rij) => ({ ...plaatsVan(rij), meting, sleutel: rij.sleutel, aantal: 1, som: rij.keren ?? 0 })),
      ]),
    );
  },
});

/** fo01: list:code. */
export const FO01S = telling('fo01', FO01);
/** retourcode: a code → messages; som: how often it was found in them. */
export const RETOURCODES = telling('retourcode', RETOURCODE);
