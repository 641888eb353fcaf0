/**
 * Adding up again: the figures are what all subjects count for, and what those counted for that are gone. Where they are not, by whatever
 * fault, they are set right. In parts, so that the memory it takes does not grow with the figures; the planners wait meanwhile, the messages
 * do not.
 */
import { createHash } from 'node:crypto';
import type { Database, Verbinding } from '../opslag/database.ts';
import { Celwijzigingen, leesBijdragen } from './bijdragen.ts';
import { CIJFERSLOT, telCellen } from './toepassen.ts';
import { type Bijdrage, VOOR_ALLES } from './types.ts';

/** Rows of figures that are kept in memory at a time, by and large. */
const RIJEN_PER_DEEL = 300_000;
const BLAD = 5000;

const BIJDRAGEN = {
  name: 'keten-narekenen-bijdragen',
  text: 'select bron, id::text, bijdragen as tekst from ketenbijdrage where (bron, id) > ($1, $2::uuid) order by bron, id limit $3',
};
const CIJFERS = {
  name: 'keten-narekenen-cijfers',
  text: `
select to_char(week, 'YYYY-MM-DD') as week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel,
  (aantal - vast_aantal)::float8 as aantal, (som - vast_som)::float8 as som
from ketencijfer where gemeente = $1 and aanbieder = $2`,
};
const NIVEAUS = {
  name: 'keten-narekenen-niveaus',
  text: 'select distinct gemeente, aanbieder from ketencijfer order by 1, 2',
};

interface Blad {
  readonly bron: string;
  readonly id: string;
  readonly tekst: string;
}

async function telAlles(client: Verbinding, cellen: Celwijzigingen): Promise<void> {
  let [bron, id] = ['', VOOR_ALLES];
  for (let meer = true; meer; ) {
    const { rows } = await client.query<Blad>({ ...BIJDRAGEN, values: [bron, id, BLAD] });
    for (const { tekst } of rows) cellen.tel(leesBijdragen(tekst).bijdragen, 1);
    const laatste = rows.at(-1);
    meer = laatste !== undefined && rows.length === BLAD;
    if (laatste) ({ bron, id } = laatste);
  }
}

/** Which part a level belongs to. */
const deelVan = (gemeente: string, aanbieder: string, delen: number): number =>
  createHash('sha1').update(`${gemeente} ${aanbieder}`).digest().readUInt32BE(0) % delen;

async function rekenDeelNa(client: Verbinding, deel: number, delen: number): Promise<number> {
  const gezien = new Map<string, boolean>();
  const kies = (gemeente: string, aanbieder: string): boolean => {
    const naam = `${gemeente} ${aanbieder}`;
    const eerder = gezien.get(naam);
    if (eerder !== undefined) return eerder;
    const hier = deelVan(gemeente, aanbieder, delen) === deel;
    gezien.set(naam, hier);
    return hier;
  };
  const cellen = new Celwijzigingen(kies);
  await telAlles(client, cellen);
  const niveaus = await client.query<{ gemeente: string; aanbieder: string }>(NIVEAUS);
  for (const { gemeente, aanbieder } of niveaus.rows.filter((rij) => kies(rij.gemeente, rij.aanbieder))) {
    const { rows } = await client.query<Bijdrage>({ ...CIJFERS, values: [gemeente, aanbieder] });
    for (const rij of rows) cellen.telCel(rij, -1);
  }
  const fout = cellen.wijzigingen();
  await telCellen(client, fout);
  return fout.length;
}

/** @returns how many figures were not what they should be, and are now */
export async function rekenNa(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ aantal: number }>(
    `select greatest(0, reltuples)::float8 as aantal from pg_class where oid = 'ketencijfer'::regclass`,
  );
  const delen = Math.max(1, Math.ceil((rows[0]?.aantal ?? 0) / RIJEN_PER_DEEL));
  let fout = 0;
  for (let deel = 0; deel < delen; deel += 1)
    fout += await database.transactie((client) => rekenDeelNa(client, deel, delen), CIJFERSLOT);
  return fout;
}
