/** How far the figures are: for the operator. */
import type { Verbinding } from '../opslag/database.ts';
import { VERSIE } from './metingen.ts';

export interface Ketenstand {
  /** Lines of the audit log that are to be taken in still. */
  readonly achterstand: number;
  /** When the oldest of those was written; null: there are none. */
  readonly oudste: Date | null;
  readonly versie: number;
  /** The version that this software makes. */
  readonly eigenVersie: number;
  readonly herbouwBezig: boolean;
  readonly herbouwdOp: Date | null;
  readonly bijgewerktOp: Date | null;
  /** Rows of figures, and subjects that they count; by the statistics of the database. */
  readonly cijfers: number;
  readonly onderwerpen: number;
}

const rijen = (tabel: string): string =>
  `(select greatest(0, reltuples)::float8 from pg_class where oid = '${tabel}'::regclass)`;

export async function leesKetenstand(verbinding: Verbinding): Promise<Ketenstand> {
  const { rows } = await verbinding.query<Omit<Ketenstand, 'eigenVersie'>>(
    `select (select count(*)::float8 from logboek l where l.nr > s.tot_regel) as achterstand,
       (select l.tijdstip from logboek l where l.nr > s.tot_regel order by l.nr limit 1) as oudste,
       versie, herbouw_bron is not null as "herbouwBezig", herbouwd_op as "herbouwdOp", bijgewerkt_op as "bijgewerktOp",
       ${rijen('ketencijfer')} as cijfers, ${rijen('ketenbijdrage')} as onderwerpen
     from ketenstand s where enige`,
  );
  const [stand] = rows;
  if (!stand) throw new Error('ketenstand has no row');
  return { ...stand, eigenVersie: VERSIE };
}
