/** Compares at once whose Wmo side changed by a message: the lane notes who, this does it. */
import { datum } from '../../tijd.ts';
import { kaderVoor, type Vergelijkplek, vergelijkBereik } from './deel.ts';
import { alleen, deelVan } from './delen.ts';

/** So many rows at a time; each person is a transaction of its own. */
const PER_KEER = 200;

interface Vraag {
  readonly nr: string;
  readonly hmac: Buffer;
}

/**
 * @returns how many persons were compared; 0: there was nothing to do
 * @throws the error of the database; what was not compared stays on the list
 */
export async function vergelijkGewijzigden(plek: Vergelijkplek): Promise<number> {
  const { rows } = await plek.database.pool.query<Vraag>(
    'select nr, bsn_hmac as hmac from wlz_te_vergelijken order by nr limit $1',
    [PER_KEER],
  );
  if (rows.length === 0) return 0;
  const kader = await kaderVoor(plek, datum(new Date()));
  const personen = [...Map.groupBy(rows, ({ hmac }) => hmac.toString('hex')).values()];
  let mislukt: unknown;
  // In the order of the parts, so that one after another finds its lock free.
  for (const vragen of personen.toSorted((a, b) => deelVan(a[0]?.hmac as Buffer) - deelVan(b[0]?.hmac as Buffer))) {
    const [{ hmac }] = vragen as [Vraag];
    await plek.database
      .transactie(async (client) => {
        // Without a register there is nothing to find now; the first run after one comes finds it.
        if (kader) await vergelijkBereik(plek, client, alleen(hmac), kader, true);
        await client.query('delete from wlz_te_vergelijken where nr = any ($1::bigint[])', [
          vragen.map(({ nr }) => nr),
        ]);
      })
      // One person must not keep the others waiting.
      .catch((fout: unknown) => {
        mislukt ??= fout;
      });
  }
  if (mislukt !== undefined) throw mislukt;
  return personen.length;
}
