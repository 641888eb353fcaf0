/**
 * Every table that holds ciphertext: which data key its rows are under, and what is bound in with each. Where rows are is left to
 * PostgreSQL: they are met block by block, so no key of a table is needed and no index.
 */
import type { Verbinding } from '../opslag/database.ts';
import type { Doel } from '../opslag/gegevenssleutels.ts';

export interface Tabel {
  readonly naam: string;
  readonly doel: Doel;
  /** SQL: the text that is bound in as additional data; the code that writes the row has the same. */
  readonly gebonden: string;
}

const BSN = `'bsn ' || encode(bsn_hmac, 'hex')`;

/** test/sleutelbeheer/tabellen.test.ts holds this list against the schema. */
export const TABELLEN: readonly Tabel[] = [
  { naam: 'inhoud', doel: 'inhoud', gebonden: 'bericht_id::text' },
  { naam: 'wmo_voorziening', doel: 'vast', gebonden: BSN },
  { naam: 'wmo_dossierfeit', doel: 'vast', gebonden: BSN },
  { naam: 'wlz_signaal', doel: 'vast', gebonden: BSN },
  { naam: 'wlz_signaalstap', doel: 'vast', gebonden: `'aantekening ' || signaal_id` },
];

/** A table, or a partition of it. */
export interface Deel extends Tabel {
  readonly deel: string;
  readonly blokken: number;
}

/** Where the rows of a table really are, and how large each part is now. */
export async function delenVan(verbinding: Verbinding, tabel: Tabel): Promise<readonly Deel[]> {
  const { rows } = await verbinding.query<{ deel: string; blokken: number }>(
    `select relid::regclass::text as deel, (pg_relation_size(relid) / current_setting('block_size')::int)::int as blokken
     from pg_partition_tree($1::regclass) where isleaf order by 1`,
    [tabel.naam],
  );
  // A table without partitions is no tree.
  const zelf = rows.length > 0 ? rows : await grootteVan(verbinding, tabel.naam);
  return zelf.map((rij) => ({ ...tabel, ...rij }));
}

async function grootteVan(verbinding: Verbinding, naam: string): Promise<readonly { deel: string; blokken: number }[]> {
  const { rows } = await verbinding.query<{ deel: string; blokken: number }>(
    `select $1::text as deel, (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int as blokken`,
    [naam],
  );
  return rows;
}

/** Is there a row under this key? */
export async function wordtGebruikt(verbinding: Verbinding, sleutelId: string): Promise<boolean> {
  const bestaat = TABELLEN.map(({ naam }) => `exists (select from ${naam} where sleutel_id = $1)`).join(' or ');
  const { rows } = await verbinding.query<{ ja: boolean }>(`select ${bestaat} as ja`, [sleutelId]);
  return rows[0]?.ja === true;
}
