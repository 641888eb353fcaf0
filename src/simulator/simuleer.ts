/** Fills a switch that runs as a demo with simulated lives: through its own API, and then given the moments at which they were lived. */
import { laadKalender } from '../koppeling/feestdagen.ts';
import type { Database } from '../opslag/database.ts';
import { datum } from '../tijd.ts';
import { HOUD_KETEN_OPEN, laatsteRegel } from './dateer-logboek.ts';
import { maakDraaiboek } from './draaiboek/maak.ts';
import type { Draaiboek, Ophaalmoment, Simulatiekeuze } from './draaiboek/types.ts';
import { LEVERANCIER } from './draaiboek/wereld.ts';
import { stelIn } from './instellen.ts';
import { type Knooppunt, Simulatiefout } from './knooppunt.ts';
import { haalAllesOp, type Onverwacht, stuurAlles } from './speler.ts';
import { dateerTerug } from './terugdateren.ts';
import { begin, maakWlzplan, rondAf } from './wlz.ts';

export interface Simulatieplek {
  readonly knooppunt: Knooppunt;
  /** Of that switch. */
  readonly database: Database;
}

export interface Simulatieopties extends Omit<Simulatiekeuze, 'vandaag'> {
  /** Lines that must stay in the Wlz register. */
  readonly indicaties?: readonly string[];
  /** Hears how far it is. */
  readonly meld: (stap: string, gedaan?: number, totaal?: number) => void;
}

export interface Verslag {
  readonly verstuurd: number;
  /** Messages that got their moment, those that the switch made included. */
  readonly gedateerd: number;
  readonly onverwacht: readonly Onverwacht[];
  readonly seconden: number;
}

/** Nothing happens in the last minute before the real now. */
const MARGE_MS = 60_000;

/** The script up to this moment: what would come later, does not happen yet. */
export function totNu(boek: Draaiboek, nu: number): Draaiboek {
  const alHeeft = (moment: Ophaalmoment | null): Ophaalmoment | null =>
    moment !== null && moment.bevestigd < nu - MARGE_MS ? moment : null;
  return {
    ...boek,
    zendingen: boek.zendingen
      .filter(({ verwerkt }) => verwerkt < nu - MARGE_MS)
      .map((zending) => ({
        ...zending,
        opgehaald: alHeeft(zending.opgehaald),
        antwoordOpgehaald: alHeeft(zending.antwoordOpgehaald),
      })),
    wmo: boek.wmo.filter(({ moment }) => moment < nu - MARGE_MS),
  };
}

/** @throws Simulatiefout when this is not the database of that switch: nothing was sent then */
async function eisZelfde({ pool }: Database): Promise<void> {
  const { rows } = await pool.query('select from organisatie where code = $1', [LEVERANCIER.code]);
  if (rows.length === 0)
    throw new Simulatiefout('De database is niet die van het knooppunt op dit adres: geef zijn map met --data.');
}

/** @throws Simulatiefout when this is no demo, or the switch refuses what sets the world up */
export async function simuleer({ knooppunt, database }: Simulatieplek, opties: Simulatieopties): Promise<Verslag> {
  const { meld, indicaties = [], ...rest } = opties;
  const sinds = performance.now();
  await knooppunt.eisDemo();
  const nu = Date.now();
  meld('draaiboek');
  const boek = totNu(maakDraaiboek({ ...rest, vandaag: datum(new Date(nu)) }, await laadKalender()), nu);
  return database.transactie(async (client) => {
    const na = await laatsteRegel(client);
    meld('inrichten');
    const machtigingen = await stelIn(knooppunt, boek);
    await eisZelfde(database);
    await begin(knooppunt, boek, maakWlzplan(boek, rest.zaad, indicaties));
    const totaal = boek.zendingen.length;
    const onverwacht = await stuurAlles(knooppunt, boek.zendingen, (gedaan) => meld('berichten', gedaan, totaal));
    await haalAllesOp(knooppunt, boek, (opgehaald) => meld('post', opgehaald));
    meld('wlz');
    const wlz = await rondAf(knooppunt, database, boek, rest.zaad, nu);
    meld('tijd');
    const organisaties = [...boek.partijen.keys()];
    const overig = { na, organisaties, machtigingen, van: boek.van, ...wlz };
    const gedateerd = await dateerTerug(client, boek.zendingen, overig);
    return { verstuurd: totaal, gedateerd, onverwacht, seconden: (performance.now() - sinds) / 1000 };
  }, HOUD_KETEN_OPEN);
}
