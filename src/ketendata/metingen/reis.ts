/** The way of a message: how many there are, what became of them, and how long that took. From the row of the message alone. */
import { emmer } from '../emmer.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { msTussen, type Plekrij, plaatsVan, plekVan, weekVan } from './sql.ts';

interface Rij extends Plekrij {
  readonly omvang: number;
  /** null: not judged yet, or made by the switch: there was nothing to judge. */
  readonly uitkomst: 'verwerkt' | 'afgekeurd' | null;
  readonly doorlooptijd: number | null;
  /** null: not confirmed. */
  readonly ophaaltijd: number | null;
}

const LEES = {
  name: 'keten-reis',
  text: `
select b.id::text, ${weekVan('b.ontvangen_op')} as week, ${plekVan('b')}, b.berichtsoort, b.release, b.omvang,
  case when b.oorsprong = 'aanlevering' then nullif(b.toestand, 'ontvangen') end as uitkomst,
  case when b.oorsprong = 'aanlevering' then ${msTussen('b.ontvangen_op', 'b.verwerkt_op')} end as doorlooptijd,
  ${msTussen('b.ontvangen_op', 'p.bevestigd_op')} as ophaaltijd
from bericht b left join baan on baan.id = b.baan_id left join postbus_item p on p.bericht_id = b.id and p.bezorging = 'bevestigd'
where b.id = any ($1::uuid[])`,
};

function vanRij(rij: Rij): readonly Bijdrage[] {
  const plaats = plaatsVan(rij);
  const { omvang, uitkomst, doorlooptijd, ophaaltijd } = rij;
  const duur = (meting: string, ms: number): Bijdrage => ({
    ...plaats,
    meting,
    sleutel: emmer(ms),
    aantal: 1,
    som: ms,
  });
  return [
    { ...plaats, meting: 'volume', sleutel: '', aantal: 1, som: omvang },
    ...(uitkomst ? [{ ...plaats, meting: 'uitkomst', sleutel: uitkomst, aantal: 1, som: 0 }] : []),
    ...(uitkomst && doorlooptijd !== null ? [duur('doorlooptijd', doorlooptijd)] : []),
    ...(ophaaltijd === null ? [] : [duur('ophaaltijd', ophaaltijd)]),
  ];
}

/** volume, uitkomst, doorlooptijd and ophaaltijd. */
export const REIS: Meting = {
  naam: 'reis',
  async bijdragen(verbinding, ids) {
    const { rows } = await verbinding.query<Rij>({ ...LEES, values: [ids] });
    return new Map(rows.map((rij) => [rij.id, vanRij(rij)]));
  },
};
