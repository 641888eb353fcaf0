/** The advice per productcategorie: rows with a day from which they hold, that the operator adds to. It never filters a signal. */
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Advies, Adviesklasse } from './regels/types.ts';

export interface Adviesregel extends Advies {
  /** WMO020, or '' for a voorziening without one. */
  readonly productcategorie: string;
  /** First day, YYYY-MM-DD. */
  readonly vanaf: string;
}

const KOLOMMEN = 'productcategorie, vanaf::text as vanaf, klasse, tekst';

/** @returns productcategorie → the advice that holds on that day */
export async function adviezenOp(verbinding: Verbinding, dag: string): Promise<ReadonlyMap<string, Advies>> {
  const { rows } = await verbinding.query<Adviesregel>(
    `select distinct on (productcategorie) ${KOLOMMEN} from wlz_advies where vanaf <= $1::date order by productcategorie, vanaf desc`,
    [dag],
  );
  return new Map(rows.map(({ productcategorie, klasse, tekst }) => [productcategorie, { klasse, tekst }]));
}

/** @returns every row, past and future ones too */
export async function leesAdviezen({ pool }: Database): Promise<readonly Adviesregel[]> {
  const { rows } = await pool.query<Adviesregel>(
    `select ${KOLOMMEN} from wlz_advies order by wlz_advies.productcategorie, wlz_advies.vanaf`,
  );
  return rows;
}

/** Adds an advice from a day on, or changes the one of that day. */
export async function zetAdvies(
  database: Database,
  { actor, reden }: { readonly actor: string; readonly reden?: string | undefined },
  { productcategorie, vanaf, klasse, tekst }: Adviesregel & { readonly klasse: Adviesklasse },
): Promise<void> {
  await database.transactie(async (client) => {
    await client.query(
      `insert into wlz_advies (productcategorie, vanaf, klasse, tekst) values ($1, $2, $3, $4)
       on conflict (productcategorie, vanaf) do update set klasse = excluded.klasse, tekst = excluded.tekst`,
      [productcategorie, vanaf, klasse, tekst],
    );
    await schrijfLogboek(client, [
      {
        gebeurtenis: 'wlz-advies gewijzigd',
        actor,
        namens: null,
        resultaat: 'gewijzigd',
        berichtId: null,
        details: { productcategorie, vanaf, klasse, ...(reden !== undefined && { reden }) },
      },
    ]);
  });
}
