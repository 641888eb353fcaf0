/** One round of retention: everything that is due, in small commits with a rest after each, so that messages that travel are not held up. */
import { setTimeout as wacht } from 'node:timers/promises';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Verbinding } from '../opslag/database.ts';
import type { Kluis } from '../opslag/kluis.ts';
import { ruimInhoudOp, type Snee } from './inhoud.ts';
import { laatMaandenVallen, maakMaanden } from './maanden.ts';
import { ruimMetadataOp, type Weg } from './metadata.ts';
import { ruimNzaOp } from './nza.ts';
import { type Bewaartermijnen, dagenGeleden } from './regels/termijnen.ts';
import { maakKomendeSleutel, ruimSleutelsOp } from './sleutels.ts';
import { kondigAan, laatVervallen, type Vervalplek, vergeetAankondigingen } from './vervallen.ts';

/**
 * Removing what is older than a moment from the audit log. The log is a chain with anchors of its own, so only it knows how.
 * @returns how many lines
 */
export type VerwijderLogboekTot = (tot: Date) => Promise<number>;

export interface Bewaarplek extends Vervalplek {
  readonly kluis: Kluis;
  readonly termijnen: Bewaartermijnen;
  /** Without it the audit log is kept for ever. */
  readonly verwijderLogboekTot?: VerwijderLogboekTot | undefined;
}

export interface Ronde {
  readonly inhoud: number;
  readonly aangekondigd: number;
  readonly vervallen: number;
  readonly metadata: number;
  readonly logboek: number;
  /** Registrations for the set for the NZa. */
  readonly nza: number;
  readonly maanden: readonly string[];
  readonly sleutels: readonly string[];
}

/** After each commit we rest as long as it took: at most half of the time of one connection. */
const MAX_RUST_MS = 2000;

const regels = (weg: readonly { readonly berichtId: string; readonly postbus: string }[]) =>
  weg.map(({ berichtId, postbus }) => ({
    gebeurtenis: 'bericht vervallen' as const,
    actor: 'knooppunt',
    namens: postbus,
    resultaat: 'vervallen',
    berichtId,
  }));
const noteerVervallen = (client: Verbinding, weg: Parameters<typeof regels>[0]): Promise<void> =>
  schrijfLogboek(client, regels(weg));

/**
 * @param nu the clock of the terms
 * @param gestopt asked after every commit: true ends the round where it is; the next one goes on from there
 */
export async function doeRonde(plek: Bewaarplek, nu: Date, gestopt: () => boolean = () => false): Promise<Ronde> {
  const { database, termijnen } = plek;
  const metRust = async <T>(werk: () => Promise<T>): Promise<T> => {
    const begin = performance.now();
    const uitkomst = await werk();
    await wacht(Math.min(performance.now() - begin, MAX_RUST_MS));
    return uitkomst;
  };
  /** Slice after slice, until there is no next one. */
  const sneden = async (snee: (na: string | undefined) => Promise<Snee>): Promise<number> => {
    let totaal = 0;
    for (let na: string | undefined, meer = true; meer && !gestopt(); ) {
      const { weg, verder } = await metRust(() => snee(na));
      totaal += weg;
      na = verder;
      meer = verder !== undefined;
    }
    return totaal;
  };
  /** Portion after portion, until there is none left. */
  const porties = async (portie: () => Promise<number>): Promise<number> => {
    let totaal = 0;
    for (let nieuw = 1; nieuw > 0 && !gestopt(); totaal += nieuw) nieuw = await metRust(portie);
    return totaal;
  };

  await maakMaanden(database, nu);
  await maakKomendeSleutel(database, plek.kluis, nu);
  await vergeetAankondigingen(database);
  const aangekondigd = await porties(() => kondigAan(plek, termijnen, nu));
  const vervallen = await porties(() => laatVervallen(plek, nu, noteerVervallen));
  const inhoud = await sneden((na) => ruimInhoudOp(database, termijnen, nu, na));
  let metadata = 0;
  for (const weg of ['ontvangen', 'eigen'] as const satisfies readonly Weg[])
    metadata += await sneden((na) => ruimMetadataOp(database, termijnen, nu, weg, na));
  const nza = await porties(() => ruimNzaOp(database, termijnen, nu));
  const maanden = gestopt() ? [] : await laatMaandenVallen(database, termijnen, nu);
  // By no clock that runs ahead: the key that encrypts now must not pass for an old one.
  const sleutels = gestopt()
    ? []
    : await ruimSleutelsOp(database, termijnen, new Date(Math.min(nu.getTime(), Date.now())));
  const logboek = gestopt() ? 0 : ((await plek.verwijderLogboekTot?.(dagenGeleden(nu, termijnen.logboekDagen))) ?? 0);
  const ronde = { inhoud, aangekondigd, vervallen, metadata, logboek, nza, maanden, sleutels };
  if (inhoud + metadata + logboek + nza + maanden.length > 0)
    await schrijfLogboek(database.pool, [
      {
        gebeurtenis: 'bewaartermijn verstreken',
        actor: 'knooppunt',
        namens: null,
        resultaat: 'verwijderd',
        berichtId: null,
        details: { inhoud, metadata, logboek, nza, maanden: maanden.join(' ') },
      },
    ]);
  return ronde;
}
