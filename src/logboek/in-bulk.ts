/** Lines about very many persons at once: what a delivery of a whole register changed. Written where the persons are, in the database. */
import type { Verbinding } from '../opslag/database.ts';
import type { Logregel } from './logboek.ts';
import { huidigSpoor } from './spoor.ts';

/** Persons per line. */
const PER_REGEL = 1000;

/**
 * Writes lines that together name every person of a set once.
 * @param wie SQL of a select that gives a column hmac; constants and placeholders from $7 on only
 * @param values of those placeholders
 */
export async function schrijfLogboekOver(
  verbinding: Verbinding,
  regel: Omit<Logregel, 'betrokkenen' | 'berichtId'>,
  wie: string,
  values: readonly unknown[] = [],
): Promise<void> {
  await verbinding.query(
    `insert into logboek (gebeurtenis, actor, namens, resultaat, details, spoor, betrokkenen)
     select $1, $2, $3, $4, $5::jsonb, $6::bytea, array_agg(hmac)
     from (select hmac, (row_number() over (order by hmac) - 1) / ${PER_REGEL} as deel from (select distinct hmac from (${wie}) w) v) g
     group by deel order by deel`,
    [
      regel.gebeurtenis,
      regel.actor,
      regel.namens,
      regel.resultaat,
      JSON.stringify(regel.details ?? {}),
      huidigSpoor(),
      ...values,
    ],
  );
}
