/** A database of its own with the demo's organisations, to compare in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#src/opslag/database.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { kaderVoor, RUIM, type Vergelijkplek, vergelijkBereik } from '#src/wlz-samenloop/signalen/deel.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';

export interface Proef {
  readonly url: string;
  readonly database: Database;
  readonly sleutels: Sleutels;
  /** Data folder, with the keys. */
  readonly map: string;
  weg(): Promise<void>;
}

/** @param map a folder of another trial, whose keys this one shares */
export async function maakProef(map?: string): Promise<Proef> {
  const eigen = map ?? mkdtempSync(join(tmpdir(), 'knooppunt-samenloop-'));
  const { url, database, weg } = await maakGegevensbank();
  await registreer(database, demoOrganisaties());
  const sleutels = await Sleutelring.open({ sleutelbestand: undefined, data: eigen }, database);
  return {
    url,
    database,
    sleutels,
    map: eigen,
    async weg() {
      await sleutels.sluit();
      await weg();
      if (map === undefined) rmSync(eigen, { recursive: true, force: true });
    },
  };
}

/** No register, no Wmo side, no signals, no post. */
export const maakLeeg = ({ database }: Pick<Proef, 'database'>): Promise<unknown> =>
  database.pool.query(`truncate wlz_signaal, wlz_signaalstap, wlz_run, wlz_indicatie, wlz_register, wlz_levering, wlz_instelling,
    wlz_te_vergelijken, wmo_voorziening, wmo_levering, wmo_dossierfeit, postbus_item, bericht, inhoud, bevinding, betrokkene, bezorgpoging,
    verzoekreferentie cascade`);

const ALLEN = { van: Buffer.of(0), tot: Buffer.alloc(33, 0xff) };

/** Compares all persons in one transaction: quicker than part by part when there are few. */
export async function vergelijkIneens(plek: Vergelijkplek, peildatum: string): Promise<void> {
  const kader = await kaderVoor(plek, peildatum);
  if (!kader) throw new Error('there is no register');
  await plek.database.transactie((client) => vergelijkBereik(plek, client, ALLEN, kader), RUIM);
}
