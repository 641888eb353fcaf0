/** Rotation: another master key over the data keys, or other data keys over everything. Each may be broken off and begun again. */
import { setTimeout as wacht } from 'node:timers/promises';
import { ConfiguratieFout } from '../fouten.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import {
  DOELEN,
  herwikkel,
  leesGegevenssleutels,
  maakGegevenssleutel,
  SLEUTEL_SLOT,
} from '../opslag/gegevenssleutels.ts';
import { type Sleutelring, WACHT_MS } from '../opslag/sleutelring.ts';
import { leesDocument, nieuweSleutel, type Sleutelplek, schrijfDocument, sleutelpad } from '../opslag/sleutels.ts';
import { herversleutel, type Voortgang } from './herversleutel.ts';

export interface Werkplek {
  readonly database: Database;
  readonly sleutels: Sleutelring;
  /** Who asks for it, for the audit log. */
  readonly actor: string;
}

const noteer = (werkplek: Werkplek, resultaat: string, details: Record<string, string | number>): Promise<void> =>
  schrijfLogboek(werkplek.database.pool, [
    { gebeurtenis: 'sleutel gedraaid', actor: werkplek.actor, namens: null, resultaat, berichtId: null, details },
  ]);

/** Adds a master key to the key file and makes it the active one. @returns its id */
export function nieuweHoofdsleutel(plek: Sleutelplek): string {
  const pad = sleutelpad(plek);
  if (pad === undefined)
    throw new ConfiguratieFout(
      'De sleutels staan in KNOOPPUNT_SLEUTELS: zet daar de nieuwe hoofdsleutel bij, maak hem actief, herstart, en draai opnieuw.',
    );
  const document = leesDocument(plek);
  let nr = Object.keys(document.inhoud).length + 1;
  while (Object.hasOwn(document.inhoud, `s${nr}`)) nr += 1;
  const id = `s${nr}`;
  const inhoud = { ...document.inhoud, [id]: nieuweSleutel().toString('base64') };
  schrijfDocument(pad, { ...document, actief: id, inhoud });
  return id;
}

/** Puts the data keys that are under another master key under the active one. @returns how many */
export async function herwikkelAlles(werkplek: Werkplek): Promise<number> {
  const { database, sleutels } = werkplek;
  const aantal = await database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [SLEUTEL_SLOT]);
    let gedaan = 0;
    for (const rij of await leesGegevenssleutels(client)) if (await herwikkel(client, sleutels.kluis, rij)) gedaan += 1;
    return gedaan;
  });
  if (aantal > 0) await noteer(werkplek, 'hoofdsleutel', { hoofdsleutel: await sleutels.kluis.actief(), aantal });
  return aantal;
}

/**
 * Another master key. One that was begun and not finished is finished first: then no new one is made.
 * @returns the active master key, and how many data keys were put under it
 */
export async function draaiHoofdsleutel(
  werkplek: Werkplek,
  plek: Sleutelplek,
): Promise<{ readonly hoofdId: string; readonly aantal: number }> {
  const { sleutels, database } = werkplek;
  const actief = await sleutels.kluis.actief();
  const rijen = await leesGegevenssleutels(database.pool);
  const af = rijen.every(({ hoofdId }) => hoofdId === null || hoofdId === actief);
  const hoofdId = af ? nieuweHoofdsleutel(plek) : actief;
  return { hoofdId, aantal: await herwikkelAlles(werkplek) };
}

/**
 * New data keys, known to every process before they are used.
 * @returns when they are active here
 */
export async function nieuweGegevenssleutels(werkplek: Werkplek, wachtMs = WACHT_MS): Promise<readonly string[]> {
  const { database, sleutels } = werkplek;
  const vanaf = new Date(Date.now() + wachtMs);
  const ids = await database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [SLEUTEL_SLOT]);
    const gemaakt: string[] = [];
    for (const doel of DOELEN) gemaakt.push(await maakGegevenssleutel(client, sleutels.kluis, doel, vanaf));
    return gemaakt;
  });
  await noteer(werkplek, 'gegevenssleutels', { sleutels: ids.join(' ') });
  await sleutels.ververs();
  while (Date.now() < vanaf.getTime()) await wacht(vanaf.getTime() - Date.now());
  return ids;
}

/** Puts everything under the active data keys. @returns how many rows were under another one */
export async function herversleutelAlles(
  werkplek: Werkplek,
  opVoortgang?: (voortgang: Voortgang) => void,
): Promise<number> {
  await werkplek.sleutels.ververs();
  const aantal = await herversleutel(werkplek.database, werkplek.sleutels, opVoortgang);
  await noteer(werkplek, 'herversleuteld', { aantal });
  return aantal;
}
