/**
 * Reports of the samenloop: of comparisons, and of what was rejected in deliveries. They say nothing about anybody, and nobody looks at them after a
 * while. Of a delivery of the register that was processed the row stays: it is how the next one is known to follow.
 */
import type { Database } from '../opslag/database.ts';
import { type Bewaartermijnen, dagenGeleden } from './regels/termijnen.ts';

/** So many go in one commit. */
const PORTIE = 500;

interface Soort {
  readonly tabel: string;
  readonly sleutel: string;
  /** $1: before this moment. */
  readonly waar: string;
  /** Only this is emptied; without it the row goes. */
  readonly leeg?: string;
}

/** The last comparison says when the next one is due. */
const SOORTEN: readonly Soort[] = [
  { tabel: 'wlz_run', sleutel: 'nr', waar: 'geeindigd_op < $1 and nr < (select max(nr) from wlz_run)' },
  { tabel: 'wmo_levering', sleutel: 'nr', waar: `toestand <> 'actueel' and geruimd and begonnen_op < $1` },
  {
    tabel: 'wmo_levering',
    sleutel: 'nr',
    waar: `toestand = 'actueel' and begonnen_op < $1 and afwijzingen <> '[]'`,
    leeg: 'afwijzingen',
  },
  { tabel: 'wlz_levering', sleutel: 'id', waar: `toestand in ('geweigerd', 'afgebroken') and begonnen_op < $1` },
  {
    tabel: 'wlz_levering',
    sleutel: 'id',
    waar: `toestand = 'verwerkt' and begonnen_op < $1 and afkeuringen <> '[]'`,
    leeg: 'afkeuringen',
  },
];

const opdracht = ({ tabel, sleutel, waar, leeg }: Soort): string => {
  const doe = leeg === undefined ? `delete from ${tabel}` : `update ${tabel} set ${leeg} = '[]'`;
  return `${doe} where ${sleutel} = any (array(select ${sleutel} from ${tabel} where ${waar} order by ${sleutel} limit ${PORTIE}))`;
};

/** Removes the next portion. @returns how many reports went, or were emptied */
export async function ruimVerslagenOp({ pool }: Database, { wlz }: Bewaartermijnen, nu: Date): Promise<number> {
  let aantal = 0;
  for (const soort of SOORTEN)
    aantal += (await pool.query(opdracht(soort), [dagenGeleden(nu, wlz.verslagDagen)])).rowCount ?? 0;
  return aantal;
}

/** @returns how many would go, or be emptied */
export async function telVerslagen({ pool }: Database, { wlz }: Bewaartermijnen, nu: Date): Promise<number> {
  const tellingen = SOORTEN.map(({ tabel, waar }) => `(select count(*) from ${tabel} where ${waar})`);
  const { rows } = await pool.query<{ aantal: number }>(`select (${tellingen.join(' + ')})::int as aantal`, [
    dagenGeleden(nu, wlz.verslagDagen),
  ]);
  return rows[0]?.aantal ?? 0;
}
