/**
 * Puts everything that is under another key under the active one, while traffic runs. A row changes in one statement, so whoever reads it has
 * the old ciphertext with the old key or the new one with the new: both are known to every process. What was done is seen from the rows
 * themselves, so it may be broken off anywhere and begun again.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel, versleutel } from '../opslag/versleuteling.ts';
import { type Deel, delenVan, TABELLEN } from './tabellen.ts';

/** So many blocks are looked through at a time. */
const BLOKKEN = 256;
/** One commit holds at most so many rows, and beyond the first so many bytes. */
const MAX_RIJEN = 200;
const MAX_BYTES = 8 * 1024 * 1024;

export interface Voortgang {
  readonly tabel: string;
  readonly rijen: number;
}

interface Plek {
  readonly ctid: string;
  readonly bytes: number;
}

interface Rij {
  readonly ctid: string;
  readonly gebonden: string;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
}

/** The rows between two blocks that are under another key, and what each weighs. */
async function plekken(verbinding: Verbinding, { deel }: Deel, blok: number, actief: string): Promise<readonly Plek[]> {
  const { rows } = await verbinding.query<Plek>(
    `select ctid::text as ctid, octet_length(cijfertekst) as bytes from ${deel}
     where ctid >= $1::text::tid and ctid < $2::text::tid and sleutel_id <> $3`,
    [`(${blok},0)`, `(${blok + BLOKKEN},0)`, actief],
  );
  return rows;
}

/** As many as go into one commit. */
function* porties(alle: readonly Plek[]): Generator<readonly string[]> {
  let portie: string[] = [];
  let bytes = 0;
  for (const plek of alle) {
    if (portie.length > 0 && (portie.length >= MAX_RIJEN || bytes + plek.bytes > MAX_BYTES)) {
      yield portie;
      portie = [];
      bytes = 0;
    }
    portie.push(plek.ctid);
    bytes += plek.bytes;
  }
  if (portie.length > 0) yield portie;
}

/** Rows that were changed or removed meanwhile are left alone: the next pass meets what is left of them. */
async function doePortie(
  client: Verbinding,
  sleutels: Sleutels,
  { deel, gebonden }: Deel,
  ctids: readonly string[],
  actief: string,
): Promise<number> {
  const { rows } = await client.query<Rij>(
    `select ctid::text as ctid, ${gebonden} as gebonden, sleutel_id as "sleutelId", cijfertekst from ${deel}
     where ctid = any ($1::text[]::tid[]) and sleutel_id <> $2 for update skip locked`,
    [ctids, actief],
  );
  // What was encrypted under a key that was removed is gone already.
  const leesbaar = rows.filter(({ sleutelId }) => !sleutels.verwijderd.has(sleutelId));
  for (const { ctid, gebonden: bij, ...oud } of leesbaar) {
    const { cijfertekst } = versleutel(sleutels, bij, ontsleutel(sleutels, bij, oud), actief);
    await client.query(
      `update ${deel} set sleutel_id = $2, cijfertekst = $3 where ctid = $1::text::tid and sleutel_id = $4`,
      [ctid, actief, cijfertekst, oud.sleutelId],
    );
  }
  return leesbaar.length;
}

async function doeDeel(database: Database, sleutels: Sleutels, deel: Deel, actief: string): Promise<number> {
  let gedaan = 0;
  for (let blok = 0; blok < deel.blokken; blok += BLOKKEN) {
    for (const portie of porties(await plekken(database.pool, deel, blok, actief)))
      gedaan += await database.transactie((client) => doePortie(client, sleutels, deel, portie, actief));
  }
  return gedaan;
}

/**
 * Goes through all tables until nothing readable is left under another key than the active ones.
 * @param opVoortgang hears after every pass over a table
 * @returns how many rows were put under another key
 * @throws when a row cannot be decrypted: its key is missing. What was done stays done
 */
export async function herversleutel(
  database: Database,
  sleutels: Sleutels,
  opVoortgang: (voortgang: Voortgang) => void = () => undefined,
): Promise<number> {
  let totaal = 0;
  for (const tabel of TABELLEN) {
    const actief = tabel.doel === 'inhoud' ? sleutels.actief : sleutels.vast;
    for (let nu = -1; nu !== 0; ) {
      nu = 0;
      for (const deel of await delenVan(database.pool, tabel)) nu += await doeDeel(database, sleutels, deel, actief);
      totaal += nu;
      opVoortgang({ tabel: tabel.naam, rijen: nu });
    }
  }
  return totaal;
}
