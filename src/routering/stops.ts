/**
 * The stop switch of the operator: holding back what an organisation sends, what it receives, or both. Nothing that was taken in is lost by it:
 * it is processed as ever and waits in its postbus, in order, and the time of the stop counts for no term.
 */
import { KnooppuntFout } from '../fouten.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { type Notitie, type Opdrachtgever, wijzig } from './wijziging.ts';

/** What is held back. */
export interface Stopkeuze {
  /** What the organisation sends is refused. */
  readonly aanlevering: boolean;
  /** What lies in its postbus is neither pushed nor handed out. */
  readonly bezorging: boolean;
}

export interface Stop extends Stopkeuze {
  readonly organisatie: string;
  /** For the organisation itself to read. */
  readonly reden: string;
  readonly sinds: Date;
}

const KOLOMMEN = 'organisatie, aanlevering, bezorging, reden, sinds';

/** The stop of one organisation; undefined: nothing is held back. */
export async function leesStop(verbinding: Verbinding, organisatie: string): Promise<Stop | undefined> {
  const { rows } = await verbinding.query<Stop>(`select ${KOLOMMEN} from organisatiestop where organisatie = $1`, [
    organisatie,
  ]);
  return rows[0];
}

/** Every stop that holds, the longest first. */
export async function leesStops(verbinding: Verbinding): Promise<readonly Stop[]> {
  return (await verbinding.query<Stop>(`select ${KOLOMMEN} from organisatiestop order by sinds, organisatie`)).rows;
}

const wat = ({ aanlevering, bezorging }: Stopkeuze): string =>
  [aanlevering && 'aanlevering', bezorging && 'bezorging'].filter(Boolean).join(' en ') || 'niets';

/** The clock of lapsing did not run while nothing could be fetched. */
const VERLENG = `
update vervalaankondiging v set vervalt_op = v.vervalt_op + (now() - greatest($2, v.aangekondigd_op))
from postbus_item p where p.bericht_id = v.bericht_id and p.postbus = $1`;

async function schrijf(verbinding: Verbinding, organisatie: string, keuze: Stopkeuze, reden: string): Promise<void> {
  if (!keuze.aanlevering && !keuze.bezorging)
    return void (await verbinding.query('delete from organisatiestop where organisatie = $1', [organisatie]));
  await verbinding.query(
    `insert into organisatiestop (organisatie, aanlevering, bezorging, reden) values ($1, $2, $3, $4)
     on conflict (organisatie) do update set aanlevering = excluded.aanlevering, bezorging = excluded.bezorging, reden = excluded.reden,
       sinds = case when excluded.bezorging and not organisatiestop.bezorging then now() else organisatiestop.sinds end`,
    [organisatie, keuze.aanlevering, keuze.bezorging, reden],
  );
}

/**
 * Says what of an organisation is held back from now on; both false lifts the stop. In effect within 5 seconds; an attempt to push that is
 * under way is finished.
 * @returns the stop as it is now; undefined when nothing is held back
 * @throws KnooppuntFout nietGevonden when there is no such organisation; invoerOngeldig without a proper reden
 */
export function zetStop(
  database: Database,
  opdracht: Opdrachtgever,
  organisatie: string,
  keuze: Stopkeuze,
): Promise<Stop | undefined> {
  return wijzig(database, opdracht, async (verbinding) => {
    const bekend = await verbinding.query('select 1 from organisatie where code = $1', [organisatie]);
    if (bekend.rowCount === 0) throw new KnooppuntFout('nietGevonden', 'Er is geen organisatie met deze code.');
    const oud = await leesStop(verbinding, organisatie);
    if (oud?.bezorging && !keuze.bezorging) await verbinding.query(VERLENG, [organisatie, oud.sinds]);
    await schrijf(verbinding, organisatie, keuze, opdracht.reden);
    const waarde = await leesStop(verbinding, organisatie);
    const notitie: Notitie = {
      gebeurtenis: waarde ? 'stop gezet' : 'stop opgeheven',
      namens: organisatie,
      resultaat: wat(waarde ?? { aanlevering: false, bezorging: false }),
      details: { was: wat(oud ?? { aanlevering: false, bezorging: false }) },
    };
    return { waarde, notities: oud || waarde ? [notitie] : [] };
  });
}
