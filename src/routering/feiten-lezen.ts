/** Reads everything that routering knows in one statement, so that it is all of one moment; and only when something changed. */
import type { Database } from '../opslag/database.ts';
import { type Feiten, ordenFeiten, type Rijen } from './feiten.ts';

/** Milliseconds since 1970; null stays null. */
const ms = (uitdrukking: string): string => `extract(epoch from ${uitdrukking}) * 1000`;
/** Days are days in the Netherlands; the last day counts, so the period ends where the next day begins. */
const eersteDag = (kolom: string): string => ms(`(${kolom}::timestamp at time zone 'Europe/Amsterdam')`);
const laatsteDag = (kolom: string): string => ms(`((${kolom} + 1)::timestamp at time zone 'Europe/Amsterdam')`);
/** All rows as one JSON list. Ordered by the primary key: a walk along an index costs no sort, and no plan that is ruled out. */
const lijst = (vraag: string): string => `(select coalesce(json_agg(rij), '[]') from (${vraag}) rij)`;

const ORGANISATIES = `
  select o.code, o.soort, o.opvolger, ${eersteDag('o.geldig_vanaf')} as vanaf, ${laatsteDag('o.geldig_tot')} as tot,
    (select json_agg(json_build_object('domein', d.domein, 'vanaf', ${eersteDag('d.vanaf')}, 'tot', ${laatsteDag('d.tot')}))
     from deelname d where d.organisatie = o.code) as deelname,
    (select json_build_object('url', e.url, 'gestopt', e.gestopt, 'budgetPerMinuut', e.budget_per_minuut)
     from stuf_endpoint e where e.organisatie = o.code) as stuf
  from organisatie o order by o.code`;
const MACHTIGINGEN = `
  select client, organisatie, domein, ${ms('vanaf')} as vanaf, ${ms('tot')} as tot from machtiging order by id`;
const VENSTERS = `
  select berichtsoort, release, richting, ${ms('vanaf')} as vanaf, ${ms('tot')} as tot from venster
  order by berichtsoort, release, richting, vanaf`;
const BEVRIEZINGEN = `
  select domein, berichtsoorten, ${ms('vanaf')} as vanaf, ${ms('least(tot, opgeheven_op)')} as tot from bevriezing order by id`;
const STOPS = `select organisatie, aanlevering, bezorging, reden, ${ms('sinds')} as sinds from organisatiestop order by organisatie`;

const LEES = {
  name: 'routering-feiten',
  text: `
select versie::text as versie, case when versie::text is distinct from $1 then json_build_object(
  'organisaties', ${lijst(ORGANISATIES)}, 'machtigingen', ${lijst(MACHTIGINGEN)},
  'vensters', ${lijst(VENSTERS)}, 'bevriezingen', ${lijst(BEVRIEZINGEN)}, 'stops', ${lijst(STOPS)}) end as rijen
from routering_stand where enige`,
};

export interface Gelezen {
  /** The number of the last change that is in the facts. */
  readonly versie: string;
  readonly feiten: Feiten;
}

/**
 * @param vorige what was read before
 * @returns the same object when nothing changed since
 */
export async function leesFeiten({ pool }: Database, vorige: Gelezen | undefined): Promise<Gelezen> {
  const { rows } = await pool.query<{ versie: string; rijen: Rijen | null }>({
    ...LEES,
    values: [vorige?.versie ?? null],
  });
  const rij = rows[0];
  if (!rij) throw new Error('routering_stand is empty');
  if (rij.rijen === null && vorige) return vorige;
  if (rij.rijen === null) throw new Error('routering_stand has no number');
  return { versie: rij.versie, feiten: ordenFeiten(rij.rijen) };
}
