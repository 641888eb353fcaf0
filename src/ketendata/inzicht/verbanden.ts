/**
 * Samenwerkingsverbanden: gemeenten that look at their figures together. The operator makes one; each gemeente lets its own figures count, from
 * one week to another, and can take that back. Every change has a reden and an audit line.
 */
import { KnooppuntFout } from '../../fouten.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import { type Opdrachtgever, wijzig } from '../../routering/wijziging.ts';

export interface Samenwerkingsverband {
  readonly code: string;
  readonly naam: string;
}

export interface Mandaat {
  readonly id: number;
  readonly verband: string;
  readonly gemeente: string;
  /** Weeks that begin on or after this day count. */
  readonly vanaf: string;
  /** And before this day; null: until it is withdrawn. */
  readonly tot: string | null;
  readonly ingetrokkenOp: Date | null;
}

export type NieuwMandaat = Pick<Mandaat, 'verband' | 'gemeente' | 'vanaf' | 'tot'>;

const VERBANDCODE = /^[a-z0-9][a-z0-9-]{1,62}$/;
const KOLOMMEN = `id, verband, gemeente, to_char(vanaf, 'YYYY-MM-DD') as vanaf, to_char(tot, 'YYYY-MM-DD') as tot,
  ingetrokken_op as "ingetrokkenOp"`;

/** @param filter what is left out does not narrow it down */
export async function leesMandaten(
  verbinding: Verbinding,
  { verband = null, gemeente = null }: { readonly verband?: string | null; readonly gemeente?: string | null } = {},
): Promise<readonly Mandaat[]> {
  const { rows } = await verbinding.query<Mandaat>(
    `select ${KOLOMMEN} from ketendatamandaat
     where ($1::text is null or verband = $1) and ($2::text is null or gemeente = $2) order by id`,
    [verband, gemeente],
  );
  return rows;
}

export async function leesVerbanden({ pool }: Database): Promise<readonly Samenwerkingsverband[]> {
  const { rows } = await pool.query<Samenwerkingsverband>('select code, naam from samenwerkingsverband order by code');
  return rows;
}

/** Makes a verband, or gives it another name. @throws KnooppuntFout invoerOngeldig */
export function bewaarVerband(
  database: Database,
  opdracht: Opdrachtgever,
  { code, naam }: Samenwerkingsverband,
): Promise<Samenwerkingsverband> {
  if (!VERBANDCODE.test(code))
    throw new KnooppuntFout('invoerOngeldig', 'De code heeft 2 tot 63 kleine letters, cijfers en streepjes.');
  if (naam.trim() === '' || naam.length > 200)
    throw new KnooppuntFout('invoerOngeldig', 'De naam heeft 1 tot 200 tekens.');
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Samenwerkingsverband>(
      `insert into samenwerkingsverband (code, naam) values ($1, $2)
       on conflict (code) do update set naam = excluded.naam where samenwerkingsverband.naam <> excluded.naam
       returning code, naam`,
      [code, naam.trim()],
    );
    const notities = rows.map(
      () =>
        ({
          gebeurtenis: 'samenwerkingsverband gewijzigd',
          namens: null,
          resultaat: 'gewijzigd',
          details: { verband: code },
        }) as const,
    );
    return { waarde: { code, naam: naam.trim() }, notities };
  });
}

const details = ({ id, verband, vanaf, tot }: Mandaat) => ({ mandaat: id, verband, vanaf, tot: tot ?? '-' });

/** Lets the figures of a gemeente count. @throws KnooppuntFout invoerOngeldig when there is no such verband or gemeente */
export function geefMandaat(
  database: Database,
  opdracht: Opdrachtgever,
  { verband, gemeente, vanaf, tot }: NieuwMandaat,
): Promise<Mandaat> {
  if (tot !== null && tot <= vanaf)
    throw new KnooppuntFout('invoerOngeldig', 'Het mandaat moet eindigen nadat het begint.');
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Mandaat>(
      `insert into ketendatamandaat (verband, gemeente, vanaf, tot)
       select v.code, o.code, $3, $4 from samenwerkingsverband v, organisatie o
       where v.code = $1 and o.code = $2 and o.soort = 'gemeente' returning ${KOLOMMEN}`,
      [verband, gemeente, vanaf, tot],
    );
    const waarde = rows[0];
    if (!waarde) throw new KnooppuntFout('invoerOngeldig', 'Het samenwerkingsverband of de gemeente is niet bekend.');
    const notitie = {
      gebeurtenis: 'ketendatamandaat gegeven',
      namens: gemeente,
      resultaat: 'gegeven',
      details: details(waarde),
    } as const;
    return { waarde, notities: [notitie] };
  });
}

/** Takes a mandaat back: from now on none of these figures count. @param gemeente only when it is of this one */
export function trekMandaatIn(
  database: Database,
  opdracht: Opdrachtgever,
  id: number,
  gemeente: string,
): Promise<Mandaat | undefined> {
  return wijzig(database, opdracht, async (verbinding) => {
    const { rows } = await verbinding.query<Mandaat>(
      `update ketendatamandaat set ingetrokken_op = now()
       where id = $1 and gemeente = $2 and ingetrokken_op is null returning ${KOLOMMEN}`,
      [id, gemeente],
    );
    const notities = rows.map(
      (rij) =>
        ({
          gebeurtenis: 'ketendatamandaat ingetrokken',
          namens: rij.gemeente,
          resultaat: 'ingetrokken',
          details: details(rij),
        }) as const,
    );
    return { waarde: rows[0], notities };
  });
}
