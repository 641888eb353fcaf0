/** A database with keys of its own, and messages in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '#src/opslag/database.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import type { Sleutelplek } from '#src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { openAlsRol } from '../hulp/databaserol.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

export interface Sleutelbank {
  readonly url: string;
  readonly map: string;
  readonly plek: Sleutelplek;
  readonly database: Database;
  /** The same, as the user of the planner: retention has no more rights than that. */
  readonly planner: Database;
  readonly sleutels: Sleutelring;
  /** What a process that starts now would have. */
  open(): Promise<Sleutelring>;
  weg(): Promise<void>;
}

export async function maakSleutelbank(): Promise<Sleutelbank> {
  const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-sleutelbank-'));
  const plek = { sleutelbestand: undefined, data: map };
  const { url, database, weg } = await maakGegevensbank();
  const geweigerd: string[] = [];
  const planner = openAlsRol(url, 'planner', 6, geweigerd);
  await registreer(database, demoOrganisaties());
  const ringen: Sleutelring[] = [];
  const open = async (): Promise<Sleutelring> => {
    const ring = await Sleutelring.open(plek, database);
    ringen.push(ring);
    return ring;
  };
  return {
    url,
    map,
    plek,
    database,
    planner,
    sleutels: await open(),
    open,
    async weg() {
      await Promise.all(ringen.map((ring) => ring.sluit()));
      await planner.sluit();
      await weg();
      rmSync(map, { recursive: true });
      if (geweigerd.length > 0) throw new Error(`the database refused ${[...new Set(geweigerd)].join('; ')}`);
    },
  };
}
