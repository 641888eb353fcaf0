/** Freezes: announced ahead, to the minute, and lifted when need be. What was announced stays on record. */
import { KnooppuntFout } from '../fouten.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { berichtsoortVanCode, type Domein } from '../standards/catalogus.ts';
import { type Notitie, type Opdrachtgever, wijzig } from './wijziging.ts';

export interface Bevriezing {
  readonly id: number;
  /** null: both. */
  readonly domein: Domein | null;
  /** null: all. */
  readonly berichtsoorten: readonly string[] | null;
  readonly vanaf: Date;
  /** The first moment at which it no longer holds; null: until it is lifted. */
  readonly tot: Date | null;
  /** For everybody to read. */
  readonly reden: string;
  readonly aangekondigdOp: Date;
  readonly opgehevenOp: Date | null;
}

export type NieuweBevriezing = Pick<Bevriezing, 'domein' | 'berichtsoorten' | 'vanaf' | 'tot'>;

const MINUUT_MS = 60_000;
const KOLOMMEN = `id, domein, berichtsoorten, vanaf, tot, reden, aangekondigd_op as "aangekondigdOp", opgeheven_op as "opgehevenOp"`;

/** @param na only those that hold at this moment or later; without it, all there ever were */
export async function leesBevriezingen(verbinding: Verbinding, na?: Date): Promise<readonly Bevriezing[]> {
  const { rows } = await verbinding.query<Bevriezing>(
    `select ${KOLOMMEN} from bevriezing
     where $1::timestamptz is null or (coalesce(least(tot, opgeheven_op), 'infinity') > $1 and coalesce(opgeheven_op, 'infinity') > vanaf)
     order by vanaf, id`,
    [na ?? null],
  );
  return rows;
}

const heleMinuut = (moment: Date): boolean => moment.getTime() % MINUUT_MS === 0;

/** Why this freeze cannot be announced at that moment, as a sentence; undefined: it can. */
export function bezwaarTegenBevriezing(
  { domein, berichtsoorten, vanaf, tot }: NieuweBevriezing,
  moment: Date,
): string | undefined {
  if (![vanaf, tot ?? vanaf].every(heleMinuut)) return 'Een bevriezing begint en eindigt op een hele minuut.';
  if (tot !== null && tot <= vanaf) return 'Een bevriezing moet eindigen nadat zij begint.';
  if (vanaf.getTime() <= moment.getTime() - MINUUT_MS) return 'Een bevriezing kan niet in het verleden beginnen.';
  if (berichtsoorten?.length === 0) return 'Noem de berichtsoorten, of laat ze weg om alles te bevriezen.';
  for (const code of berichtsoorten ?? []) {
    const soort = berichtsoortVanCode(code);
    if (!soort) return `De berichtsoort ${code} bestaat niet.`;
    if (domein !== null && soort.domein !== domein) return `De berichtsoort ${code} hoort niet bij dit domein.`;
    if (soort.antwoordOp !== null)
      return `${code} is een antwoord op ${soort.antwoordOp}: bevries ${soort.antwoordOp}. Antwoorden mogen tot het venster van hun heenbericht sluit.`;
  }
  return undefined;
}

const notitie = (gebeurtenis: Notitie['gebeurtenis'], resultaat: string, rij: Bevriezing): Notitie => ({
  gebeurtenis,
  namens: null,
  resultaat,
  details: {
    bevriezing: rij.id,
    domein: rij.domein ?? 'alle',
    berichtsoorten: rij.berichtsoorten?.join(' ') ?? 'alle',
    vanaf: rij.vanaf.toISOString(),
    tot: rij.tot?.toISOString() ?? '-',
  },
});

/**
 * Announces a freeze. The reden of the change is what senders read.
 * @param moment now: a freeze does not begin before it was announced
 * @throws KnooppuntFout invoerOngeldig
 */
export function kondigBevriezingAan(
  database: Database,
  opdracht: Opdrachtgever,
  nieuw: NieuweBevriezing,
  moment: Date,
): Promise<Bevriezing> {
  const waarom = bezwaarTegenBevriezing(nieuw, moment);
  if (waarom !== undefined) throw new KnooppuntFout('invoerOngeldig', waarom);
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Bevriezing>(
      `insert into bevriezing (domein, berichtsoorten, vanaf, tot, reden) values ($1, $2, $3, $4, $5) returning ${KOLOMMEN}`,
      [nieuw.domein, nieuw.berichtsoorten, nieuw.vanaf, nieuw.tot, opdracht.reden],
    );
    const waarde = rows[0];
    if (!waarde) throw new Error('no freeze was kept');
    return { waarde, notities: [notitie('bevriezing aangekondigd', 'aangekondigd', waarde)] };
  });
}

/**
 * Lifts a freeze as of now, or withdraws one that is yet to begin.
 * @throws KnooppuntFout nietGevonden when there is none with this number that holds or is yet to begin
 */
export function hefBevriezingOp(
  database: Database,
  opdracht: Opdrachtgever,
  id: number,
  moment: Date,
): Promise<Bevriezing> {
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Bevriezing>(
      `update bevriezing set opgeheven_op = $2 where id = $1 and opgeheven_op is null and (tot is null or tot > $2) returning ${KOLOMMEN}`,
      [id, moment],
    );
    const waarde = rows[0];
    if (!waarde)
      throw new KnooppuntFout('nietGevonden', 'Er is geen bevriezing met dit nummer die nog geldt of nog komt.');
    return { waarde, notities: [notitie('bevriezing opgeheven', 'opgeheven', waarde)] };
  });
}
