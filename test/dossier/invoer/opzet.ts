/** An import for a test: into a database of its own, with what can be seen of it afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { voerIn } from '#src/dossier/invoer/invoer.ts';
import type { Invoeropdracht, Invoerverslag } from '#src/dossier/invoer/types.ts';
import { TABELLEN } from '#src/dossier/opslag/rijen.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { BRONNEN } from '../../hulp/controle.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { maakZip } from '../../hulp/zipbouwer.ts';
import type { Stuk } from '../levensloop.ts';

export const GEMEENTE = '0363';
export const PEILDATUM = '2026-01-01';
export const MIB = 1024 * 1024;

export async function maakInvoer() {
  const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-invoer-'));
  const { database, url, weg } = await maakGegevensbank({ max: 4 });
  await registreer(database, demoOrganisaties());
  const sleutels = leesSleutels({ sleutelbestand: undefined, data: map });
  const plaats = { database, sleutels, bronnen: BRONNEN, maxBerichtBytes: 25 * MIB, alleenTestBsn: true };
  const opdracht: Invoeropdracht = {
    organisatie: GEMEENTE,
    domein: 'iwmo',
    peildatum: PEILDATUM,
    volledig: false,
    actor: 'proef',
  };
  const voer = (bytes: Buffer, keuze: Partial<Invoeropdracht> = {}): Promise<Invoerverslag> =>
    voerIn(plaats, { ...opdracht, ...keuze }, bytes);
  const baanVan = async (aanbieder: string, gemeente = GEMEENTE): Promise<number> => {
    const { rows } = await database.pool.query('select id from baan where aanbieder = $1 and gemeente = $2', [
      aanbieder,
      gemeente,
    ]);
    return rows[0]?.id;
  };
  /** All facts of a lane, without their place. */
  const feiten = async (baanId: number): Promise<readonly unknown[]> => {
    const kaal = `to_jsonb(f) - 'baan_id' - 'bericht_id' - 'volgorde'`;
    const lijsten = await Promise.all(
      TABELLEN.map((tabel) =>
        database.pool.query(`select ${kaal} as rij from dossier_${tabel} f where baan_id = $1 order by 1`, [baanId]),
      ),
    );
    return lijsten.map(({ rows }) => rows.map(({ rij }) => rij));
  };
  return {
    plaats,
    opdracht,
    voer,
    baanVan,
    feiten,
    url,
    map,
    async weg() {
      await weg();
      rmSync(map, { recursive: true });
    },
  };
}

/** Messages in a ZIP, each in a file with a number for a name. */
export const alsZip = (stukken: readonly Pick<Stuk, 'bytes'>[]): Buffer =>
  maakZip(stukken.map(({ bytes }, nr) => ({ naam: `${nr}.xml`, inhoud: bytes })));

export const CSV_KOP =
  'bsn;wederpartij;toewijzingnummer;toewijzingsdatum;toewijzingstijd;ingangsdatum;einddatum;categorie;code;volume;eenheid;frequentie;budget;begindatum;gedeclareerdVolume;gedeclareerdEenheid;gedeclareerdBedrag';
/** A line that is right. */
export const CSV_REGEL =
  '999900006;98000001;1001;2025-03-10;09:30:00;2025-03-16;2026-12-31;02;02A05;3;04;2;;2025-03-17;120;04;750000';
export const alsCsv = (...regels: readonly string[]): Buffer => Buffer.from([CSV_KOP, ...regels].join('\n'));
