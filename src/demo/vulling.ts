/** The part of the demo that fills the switch with simulated lives, so that every page of the portal has something to show. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { metDatabase } from '../cli/gegevensbank.ts';
import { maakVoortgang, verslagregels } from '../cli/simuleer.ts';
import type { Config } from '../config.ts';
import { publiceerLandelijk } from '../ketendata/inzicht/publicatie.ts';
import type { Database } from '../opslag/database.ts';
import { wachtTot } from '../proces.ts';
import { Knooppunt } from '../simulator/knooppunt.ts';
import { simuleer } from '../simulator/simuleer.ts';
import { isGevuld } from '../simulator/terugdateren.ts';
import { INDICATIES } from './samenloop.ts';

/** What is filled when the demo goes on, and when it only tells its story. Each seed numbers what it makes apart from the other. */
const VULLING = {
  groot: { zaad: 1, maanden: 6, gemeenten: 40, aanbieders: 300 },
  klein: { zaad: 2, maanden: 2, gemeenten: 4, aanbieders: 12, berichten: 300 },
} as const;
/** More than a small one ever has. */
const GROOT = 5000;
/** The longest that may be: in a demo one wants to read what is a month old. */
const TERMIJNEN = { iwmo: { inhoudDagenNaBevestiging: 60 }, ijw: { inhoudDagenNaBevestiging: 60 } };

const TELTIJD_MS = 180_000;

/** Writes the terms of retention for a demo into its data folder. @returns the path */
export function bewaartermijnenVoorDemo(data: string): string {
  const map = resolve(data);
  mkdirSync(map, { recursive: true });
  const pad = join(map, 'bewaartermijnen.json');
  writeFileSync(pad, `${JSON.stringify(TERMIJNEN)}\n`);
  return pad;
}

/** Fills the switch, unless its data folder was filled before. */
export async function vul(adres: string, config: Config, klein: boolean): Promise<void> {
  await metDatabase(config, async (database) => {
    if (await isGevuld(database, klein ? 1 : GROOT)) {
      console.log('\n7. Het knooppunt is al gevuld met verzonnen levens, in een vorige keer.');
      return;
    }
    const keuze = klein ? VULLING.klein : VULLING.groot;
    console.log(
      `\n7. Het knooppunt wordt gevuld met ${keuze.maanden} maanden aan verzonnen levens (zaad ${keuze.zaad})`,
    );
    const meld = maakVoortgang(console.log);
    const verslag = await simuleer(
      { knooppunt: new Knooppunt(adres), database },
      { ...keuze, indicaties: INDICATIES(), meld },
    );
    for (const regel of verslagregels(verslag)) console.log(regel);
    await telBij(database);
  });
}

/** Waits until the figures count all of it, and publishes those of the whole country: the planner does so only once an hour. */
async function telBij(database: Database): Promise<void> {
  console.log('  De cijfers worden geteld.');
  const { rows } = await database.pool.query<{ laatste: string }>(
    'select coalesce(max(nr), 0)::text as laatste from logboek',
  );
  const geteld = async (): Promise<boolean> => {
    const { rowCount } = await database.pool.query('select from ketenstand where enige and tot_regel >= $1', [
      rows[0]?.laatste,
    ]);
    return rowCount !== 0;
  };
  await wachtTot(geteld, { ms: TELTIJD_MS, wat: 'de cijfers van de ketendata' });
  await publiceerLandelijk(database, { actor: 'demo', reden: 'De demonstratie is gevuld.' }, new Date());
}
