/** Machtigingen: a client acts for an organisation in a domein, from one moment to another. What was given stays on record. */
import { KnooppuntFout } from '../fouten.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import type { Domein } from '../standards/catalogus.ts';
import { type Opdrachtgever, wijzig } from './wijziging.ts';

export interface Machtiging {
  readonly id: number;
  readonly client: string;
  readonly organisatie: string;
  readonly domein: Domein;
  readonly vanaf: Date;
  /** The first moment at which it no longer holds; null: until it is withdrawn. */
  readonly tot: Date | null;
}

export type NieuweMachtiging = Omit<Machtiging, 'id'>;

const KOLOMMEN = 'id, client, organisatie, domein, vanaf, tot';

/** @param filter what is left out does not narrow it down */
export async function leesMachtigingen(
  verbinding: Verbinding,
  filter: {
    readonly client?: string | undefined;
    readonly organisatie?: string | undefined;
    readonly na?: number;
    readonly aantal?: number;
  } = {},
): Promise<readonly Machtiging[]> {
  const { client = null, organisatie = null, na = 0, aantal = null } = filter;
  const { rows } = await verbinding.query<Machtiging>(
    `select ${KOLOMMEN} from machtiging
     where ($1::text is null or client = $1) and ($2::text is null or organisatie = $2) and id > $3 order by id limit $4`,
    [client, organisatie, na, aantal],
  );
  return rows;
}

const details = ({ id, client, domein, vanaf, tot }: Machtiging) => ({
  machtiging: id,
  client,
  domein,
  vanaf: vanaf.toISOString(),
  tot: tot?.toISOString() ?? '-',
});

/**
 * Gives a machtiging.
 * @throws KnooppuntFout invoerOngeldig when the organisation is not there, or the period ends before it begins
 */
export function geefMachtiging(
  database: Database,
  opdracht: Opdrachtgever,
  { client, organisatie, domein, vanaf, tot }: NieuweMachtiging,
): Promise<Machtiging> {
  if (tot !== null && tot <= vanaf)
    throw new KnooppuntFout('invoerOngeldig', 'De machtiging moet eindigen nadat zij begint.');
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Machtiging>(
      `insert into machtiging (client, organisatie, domein, vanaf, tot)
       select $1, code, $3, $4, $5 from organisatie where code = $2 returning ${KOLOMMEN}`,
      [client, organisatie, domein, vanaf, tot],
    );
    const waarde = rows[0];
    if (!waarde) throw new KnooppuntFout('invoerOngeldig', 'De organisatie staat niet in de lijst van organisaties.');
    const notitie = {
      gebeurtenis: 'machtiging gegeven',
      namens: organisatie,
      resultaat: 'gegeven',
      details: details(waarde),
    } as const;
    return { waarde, notities: [notitie] };
  });
}

/** Which machtigingen to withdraw: one by its number, or all of a client for an organisation in a domein. */
export type Intrekking =
  | { readonly id: number }
  | { readonly client: string; readonly organisatie: string; readonly domein: Domein };

/**
 * Withdraws what still holds or is yet to begin, as of now.
 * @returns the machtigingen as they are now; empty when there was nothing to withdraw
 */
export function trekMachtigingIn(
  database: Database,
  opdracht: Opdrachtgever,
  welke: Intrekking,
  moment: Date,
): Promise<readonly Machtiging[]> {
  const [waar, waarden] =
    'id' in welke
      ? ['id = $2', [welke.id]]
      : ['client = $2 and organisatie = $3 and domein = $4', [welke.client, welke.organisatie, welke.domein]];
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Machtiging>(
      `update machtiging set tot = greatest(vanaf, $1) where ${waar} and (tot is null or tot > $1) and (tot is null or tot > vanaf)
       returning ${KOLOMMEN}`,
      [moment, ...waarden],
    );
    const notities = rows.map(
      (rij) =>
        ({
          gebeurtenis: 'machtiging ingetrokken',
          namens: rij.organisatie,
          resultaat: 'ingetrokken',
          details: details(rij),
        }) as const,
    );
    return { waarde: rows, notities };
  });
}
