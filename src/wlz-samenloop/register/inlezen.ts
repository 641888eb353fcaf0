/**
 * Reads a delivery of CIZ into the register: all of it, or nothing. The rows gather in a shadow; only when the delivery proves to be whole does
 * one transaction change the register, with the line in the audit log. One delivery at a time, in whatever process.
 */
import { setImmediate as anderenEerst } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Wlzconfig } from '../../config.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { nieuwBerichtId } from '../../identiteit.ts';
import { schrijfLogboekOver } from '../../logboek/in-bulk.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { type Bron, Meter, openBron } from './bron.ts';
import {
  beginLevering,
  type Levering,
  leesLevering,
  leesRegister,
  leesVerwerkte,
  meldVoortgang,
  SLOT,
  sluitVerwerkt,
  sluitZonder,
} from './leveringen.ts';
import { eisLeesbaar, eisOmvang, isHerhaling, laatToe, type Toegestaan } from './regels/toelating.ts';
import type { Manifest, Rij, Vorm } from './regels/types.ts';
import { GERAAKT, Schaduw } from './schaduw.ts';
import { Telling } from './telling.ts';
import { maakVormlezer } from './vormen/vormen.ts';

const VOORTGANG_MS = 1000;

export interface Inlezer {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly wlz: Wlzconfig;
  /** The demo takes no other BSNs than those of the chain test. */
  readonly alleenTestBsn: boolean;
}

export interface Aanlevering {
  readonly stroom: AsyncIterable<Uint8Array>;
  readonly vorm: Vorm;
  /** The manifest, when it stands beside the delivery and not on its first line. */
  readonly manifest?: string | undefined;
  /** In the audit log. */
  readonly actor: string;
  /** What the operator lets pass, and why. */
  readonly toegestaan?: ReadonlySet<Toegestaan>;
  readonly reden?: string | undefined;
  /** Hears how far it is, every second or so. */
  readonly opVoortgang?: (gelezen: number, aantal: number) => void;
}

export interface Ingelezen {
  readonly levering: Levering;
  /** This very delivery was processed before; nothing was done now. */
  readonly herhaling: boolean;
}

/** A connection of our own that holds the lock; it is closed afterwards, and its temporary tables with it. */
async function metSlot<T>({ pool }: Database, werk: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // Without a listener a server that goes away ends the whole process.
  client.on('error', () => undefined);
  try {
    const { rows } = await client.query<{ vrij: boolean }>('select pg_try_advisory_lock($1) as vrij', [SLOT]);
    if (!rows[0]?.vrij) throw new KnooppuntFout('wlzImportLoopt');
    try {
      return await werk(client);
    } finally {
      // The server sees a closed connection some time later; whoever comes next need not wait for that.
      await client.query('select pg_advisory_unlock($1)', [SLOT]).catch(() => undefined);
    }
  } finally {
    client.release(true);
  }
}

/** Reads all rows into the shadow. @throws KnooppuntFout when the delivery is not what its manifest says, or too much of it is of no use */
async function vulSchaduw(
  inlezer: Inlezer,
  { vorm, opVoortgang, toegestaan = new Set() }: Aanlevering,
  { manifest, inhoud }: Bron,
  schaduw: Schaduw,
  telling: Telling,
  meldStand: () => Promise<void>,
): Promise<void> {
  const meter = new Meter(inlezer.wlz.maxLeveringBytes);
  const lezer = maakVormlezer(vorm, { soort: manifest.soort, alleenTestBsn: inlezer.alleenTestBsn });
  const verwerk = async (rijen: readonly Rij[]): Promise<void> => {
    telling.tel(rijen);
    if (telling.gelezen > manifest.aantal) throw new KnooppuntFout('wlzManifestKloptNiet', 'Er zijn meer regels.');
    await schaduw.voegToe(rijen);
  };
  await schaduw.begin();
  let gemeld = performance.now();
  for await (const stuk of inhoud) {
    meter.zie(stuk);
    await verwerk(lezer.lees(stuk));
    if (performance.now() - gemeld > VOORTGANG_MS) {
      gemeld = performance.now();
      opVoortgang?.(telling.gelezen, manifest.aantal);
      await meldStand();
    }
    // A delivery that comes over HTTP must not hold up the messages.
    await anderenEerst();
  }
  // First of all whether it is whole: of half a file everything else that is wrong is noise.
  meter.eisSha256(manifest);
  await verwerk(lezer.einde());
  if (telling.gelezen !== manifest.aantal) throw new KnooppuntFout('wlzManifestKloptNiet', 'Er zijn minder regels.');
  opVoortgang?.(telling.gelezen, manifest.aantal);
  eisLeesbaar(telling.afgekeurd, manifest.aantal, inlezer.wlz.maxKrimpProcent, toegestaan);
  await schaduw.sluit();
}

/** The one moment at which the register changes. */
async function wissel(
  client: PoolClient,
  { wlz }: Inlezer,
  { actor, toegestaan = new Set(), reden }: Aanlevering,
  manifest: Manifest,
  leveringId: string,
  schaduw: Schaduw,
  telling: Telling,
): Promise<void> {
  await client.query('begin');
  const voor = (await leesRegister(client))?.aantal;
  const wijziging = await schaduw.wissel(manifest.soort, leveringId);
  eisOmvang({ voor, na: wijziging.aantal, maxProcent: wlz.maxKrimpProcent, toegestaan });
  telling.telDubbel(wijziging);
  await sluitVerwerkt(client, leveringId, telling.stand(), wijziging);
  const { toegevoegd, gewijzigd, verwijderd, aantal } = wijziging;
  const regel = { gebeurtenis: 'wlz-register bijgewerkt', actor, namens: null, resultaat: 'verwerkt' } as const;
  await schrijfLogboekOver(client, { ...regel, details: kern(manifest, leveringId) }, GERAAKT);
  await schrijfLogboek(client, [
    {
      ...regel,
      berichtId: null,
      details: {
        ...kern(manifest, leveringId),
        toegevoegd,
        gewijzigd,
        verwijderd,
        aantal,
        ...(toegestaan.size > 0 && { toegestaan: [...toegestaan].join(',') }),
        ...(reden !== undefined && { reden }),
      },
    },
  ]);
  await client.query('commit');
}

const kern = ({ soort, volgnummer }: Manifest, leveringId: string) => ({ leveringId, soort, volgnummer });

/** Writes down why not. What cannot be written (the database went away) is found by the next delivery: it is still loading then. */
async function legVast(
  inlezer: Inlezer,
  actor: string,
  bron: Bron,
  leveringId: string,
  telling: Telling,
  fout: unknown,
): Promise<void> {
  const reden = fout instanceof KnooppuntFout ? fout.soort : null;
  await inlezer.database.transactie(async (client) => {
    if (!(await sluitZonder(client, leveringId, telling.stand(), reden))) return;
    await schrijfLogboek(client, [
      {
        gebeurtenis: 'wlz-levering geweigerd',
        actor,
        namens: null,
        resultaat: reden ?? 'afgebroken',
        berichtId: null,
        details: kern(bron.manifest, leveringId),
      },
    ]);
  });
}

/** The same delivery again: only whether it is really the same has to be seen. */
async function herhaal({ inhoud, manifest }: Bron, levering: Levering, maxBytes: number): Promise<Ingelezen> {
  const meter = new Meter(maxBytes);
  for await (const stuk of inhoud) meter.zie(stuk);
  meter.eisSha256(manifest);
  return { levering, herhaling: true };
}

/**
 * @returns what became of the delivery, once the register is changed and on disk
 * @throws KnooppuntFout the reason why not; the register is then as it was
 */
export async function leesLeveringIn(inlezer: Inlezer, aanlevering: Aanlevering): Promise<Ingelezen> {
  const { database, sleutels, wlz } = inlezer;
  const { actor, vorm, toegestaan = new Set() } = aanlevering;
  const bron = await openBron(aanlevering.stroom, aanlevering.manifest);
  const { manifest } = bron;
  return metSlot(database, async (client) => {
    const eerder = await leesVerwerkte(client, manifest.volgnummer);
    if (eerder && isHerhaling(manifest, eerder)) {
      const { sha256: _, ...levering } = eerder;
      return herhaal(bron, levering, wlz.maxLeveringBytes);
    }
    const leveringId = nieuwBerichtId();
    const telling = new Telling();
    await beginLevering(client, { leveringId, vorm, manifest, actor, toegestaan });
    try {
      laatToe({ manifest, stand: await leesRegister(client), nu: new Date(), toegestaan });
      const schaduw = new Schaduw(client, sleutels);
      const meldStand = () => meldVoortgang(client, leveringId, telling.stand());
      await vulSchaduw(inlezer, aanlevering, bron, schaduw, telling, meldStand);
      await wissel(client, inlezer, aanlevering, manifest, leveringId, schaduw, telling);
    } catch (fout) {
      await client.query('rollback').catch(() => undefined);
      await legVast(inlezer, actor, bron, leveringId, telling, fout).catch(() => undefined);
      throw fout;
    }
    const levering = await leesLevering(client, leveringId);
    if (!levering) throw new Error('the delivery that was processed is gone');
    return { levering, herhaling: false };
  });
}
