/** Payloads: gone so many days after their receiver confirmed them, in small commits that nobody waits for. */
import type { Database } from '../opslag/database.ts';
import { type Bewaartermijnen, grenzen } from './regels/termijnen.ts';
import { GRENS, INHOUD_MAG_WEG } from './voorwaarden.ts';

/** One slice: so many payloads are looked at, and those that may go are gone in one commit. */
const SNEE = 1000;

const RUIM_OP = {
  name: 'bewaren-inhoud',
  text: `
with snee as materialized (
  select bericht_id, maand from inhoud where bericht_id > $3 order by bericht_id limit ${SNEE}
), rijp as materialized (
  select s.bericht_id, s.maand from snee s join bericht b on b.id = s.bericht_id join ${GRENS(1)} on grens.domein = b.domein
  left join postbus_item p on p.bericht_id = b.id where ${INHOUD_MAG_WEG}
), weg as (
  delete from inhoud i using rijp where i.bericht_id = rijp.bericht_id and i.maand = rijp.maand returning 1
)
select (select count(*) from weg)::int as weg, (select count(*) from snee)::int as gezien,
  (select bericht_id from snee order by bericht_id desc limit 1) as tot`,
};

export interface Snee {
  readonly weg: number;
  /** Where the next slice begins; undefined: this was the last. */
  readonly verder: string | undefined;
}

/** Before every id. */
export const BEGIN = '00000000-0000-0000-0000-000000000000';

/** Looks at the next slice of what is stored. @param na id that the slice before ended with */
export async function ruimInhoudOp(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  na: string = BEGIN,
): Promise<Snee> {
  const { domeinen, tot } = grenzen(termijnen, nu, (termijn) => termijn.inhoudDagenNaBevestiging);
  const { rows } = await database.pool.query<{ weg: number; gezien: number; tot: string | null }>({
    ...RUIM_OP,
    values: [domeinen, tot, na],
  });
  const [rij] = rows;
  return { weg: rij?.weg ?? 0, verder: rij && rij.gezien === SNEE ? (rij.tot ?? undefined) : undefined };
}
