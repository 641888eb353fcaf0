/** What the tests of pushing share: a database, receivers with an endpoint, messages in their postbus, and pushers with a clock in hand. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Bezorger, type Bezorgeropties } from '#src/bezorging/bezorger.ts';
import { type Bezorgstand, bezorgstandVan } from '#src/bezorging/inzage.ts';
import { maakLog } from '#src/log.ts';
import type { Database } from '#src/opslag/database.ts';
import { leesSleutels, type Sleutels } from '#src/opslag/sleutels.ts';
import { versleutel } from '#src/opslag/versleuteling.ts';
import { haalOp } from '#src/postbus/postbus.ts';
import { wachtTot } from '#src/proces.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { soort } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakBaan } from '../hulp/vulling.ts';

export interface Legwens {
  readonly aantal?: number;
  readonly berichtsoort?: string;
  readonly kruisreferentie?: string | null;
  readonly bytes?: Buffer;
}
export interface Gelegd {
  readonly id: string;
  readonly referentienummer: string;
  readonly bytes: Buffer;
}

/** A clock that stands still until it is moved. */
export interface Klok {
  readonly nu: () => Date;
  vooruit(ms: number): void;
}

export interface Proefbank {
  readonly database: Database;
  readonly sleutels: Sleutels;
  /** A receiver that had nothing to do with any other test. @returns its code */
  ontvanger(url: string, keuze?: { readonly budget?: number; readonly gestopt?: boolean }): Promise<string>;
  zet(organisatie: string, eindpunt: { readonly url?: string; readonly gestopt?: boolean }): Promise<void>;
  leg(postbus: string, wens?: Legwens): Promise<readonly Gelegd[]>;
  /** Starts a pusher that looks often; it is stopped at the end when it was not before. */
  bezorger(opties?: Partial<Bezorgeropties>): Bezorger;
  stand(berichtId: string): Promise<Bezorgstand>;
  /** Waits until the delivery of this message looks like this. */
  totStand(berichtId: string, klopt: (stand: Bezorgstand) => boolean): Promise<Bezorgstand>;
  bevestigd(berichtId: string): Promise<Bezorgstand>;
  /** Waits until there were so many attempts, and none is under way. */
  pogingen(berichtId: string, aantal: number): Promise<Bezorgstand>;
  /** Lets time pass in leaps, with an attempt after each, until the message is given up. */
  totOnbestelbaar(berichtId: string, klok: Klok, sprong: number): Promise<void>;
  /** What a poller of this postbus gets. */
  haal(postbus: string, aantal?: number): Promise<readonly string[]>;
  logboek(berichtId: string): Promise<readonly { readonly gebeurtenis: string; readonly resultaat: string }[]>;
  /** After a test: stops the pushers, and lets later ones leave the receivers of this test alone. */
  rust(): Promise<void>;
  weg(): Promise<void>;
}

export const maakKlok = (begin = new Date()): Klok => {
  let nu = begin.getTime();
  return {
    nu: () => new Date(nu),
    vooruit(ms) {
      nu += ms;
    },
  };
};

/** Short, so that a test of a receiver that hangs does not. */
export const KORTE_TIJDEN = { verbinden: 500, verzenden: 500, wachten: 300, lezen: 300 };
const GEDULD_MS = 20_000;

let volgende = 98_000_000;

async function leg(
  { database, sleutels }: Pick<Proefbank, 'database' | 'sleutels'>,
  postbus: string,
  wens: Legwens,
): Promise<readonly Gelegd[]> {
  const { aantal = 1, berichtsoort = 'WMO301', kruisreferentie = null, bytes } = wens;
  const { domein, release } = berichtsoort === 'Fo01' ? { domein: 'iwmo', release: '3.2' } : soort(berichtsoort);
  const baanId = await maakBaan(database);
  const gelegd: Gelegd[] = [];
  await database.transactie(async (client) => {
    for (let nr = 0; nr < aantal; nr += 1) {
      const stuk = {
        id: randomUUID(),
        referentienummer: randomUUID(),
        bytes: bytes ?? Buffer.from(`<bericht nr="${nr}">é &amp; \r\n</bericht>`),
      };
      await client.query(
        `insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
           kruisreferentie, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
         values ($1, 'aanlevering', $2, $3, $4, $5, $6, $7, 'proef', $8, $9, $10, $11, 'verwerkt', now(), now())`,
        [
          stuk.id,
          baanId,
          domein,
          berichtsoort,
          release,
          berichtsoort === 'Fo01' ? 'BIDN' : '0363',
          postbus,
          stuk.referentienummer,
          kruisreferentie,
          createHash('sha256').update(stuk.bytes).digest(),
          stuk.bytes.length,
        ],
      );
      const { sleutelId, cijfertekst } = versleutel(sleutels, stuk.id, stuk.bytes);
      await client.query('insert into inhoud values ($1, $2, $3)', [stuk.id, sleutelId, cijfertekst]);
      await client.query(`insert into postbus_item (postbus, bericht_id, bezorging) values ($1, $2, 'te_bezorgen')`, [
        postbus,
        stuk.id,
      ]);
      gelegd.push(stuk);
    }
  });
  return gelegd;
}

export async function maakProefbank(): Promise<Proefbank> {
  const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-bezorging-'));
  const { database, weg } = await maakGegevensbank();
  await registreer(database, demoOrganisaties());
  const sleutels = leesSleutels({ sleutelbestand: undefined, data: map });
  const bezorgers: Bezorger[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(bezorgers.splice(0).map((bezorger) => bezorger.stop()));
  };
  const stand = (berichtId: string): Promise<Bezorgstand> => bezorgstandVan(database, berichtId);
  const totStand = async (berichtId: string, klopt: (stand: Bezorgstand) => boolean): Promise<Bezorgstand> => {
    let gezien = await stand(berichtId);
    const kijk = async (): Promise<boolean> => {
      gezien = await stand(berichtId);
      return klopt(gezien);
    };
    await wachtTot(kijk, { ms: GEDULD_MS, wat: 'the delivery to get there' });
    return gezien;
  };
  return {
    database,
    sleutels,
    stand,
    async ontvanger(url, { budget = 100_000, gestopt = false } = {}) {
      volgende += 1;
      const code = String(volgende);
      await database.pool.query(
        `insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route)
         select $1, domein, 2, 'zelf', '2025-11', 'stuf' from unnest(array['iwmo', 'ijw']) as d(domein)`,
        [code],
      );
      await database.pool.query(
        'insert into stuf_endpoint (organisatie, url, gestopt, budget_per_minuut) values ($1, $2, $3, $4)',
        [code, url, gestopt, budget],
      );
      return code;
    },
    async zet(organisatie, { url, gestopt }) {
      await database.pool.query(
        'update stuf_endpoint set url = coalesce($2, url), gestopt = coalesce($3, gestopt) where organisatie = $1',
        [organisatie, url, gestopt],
      );
    },
    leg: (postbus, wens = {}) => leg({ database, sleutels }, postbus, wens),
    bezorger(opties = {}) {
      const vast = { database, sleutels, log: maakLog('silent', 'proef'), tikMs: 20, tijden: KORTE_TIJDEN };
      const bezorger = new Bezorger({ ...vast, respijtMs: 50, ...opties }).start();
      bezorgers.push(bezorger);
      return bezorger;
    },
    totStand,
    bevestigd: (berichtId) => totStand(berichtId, ({ bezorging }) => bezorging === 'bevestigd'),
    pogingen: (berichtId, aantal) => totStand(berichtId, (nu) => nu.pogingen === aantal && !nu.onderweg),
    async totOnbestelbaar(berichtId, klok, sprong) {
      const staatStil = ({ bezorging, volgendePoging }: Bezorgstand): boolean =>
        bezorging === 'onbestelbaar' || Number(volgendePoging) > Number(klok.nu());
      while ((await totStand(berichtId, staatStil)).bezorging !== 'onbestelbaar') klok.vooruit(sprong);
    },
    async haal(postbus, aantal = 50) {
      const vraag = { postbus, aantal, leaseSeconden: 60, actor: 'proef' };
      return (await haalOp(database, sleutels, vraag)).berichten.map(({ berichtId }) => berichtId);
    },
    async logboek(berichtId) {
      const { rows } = await database.pool.query<{ gebeurtenis: string; resultaat: string }>(
        'select gebeurtenis, resultaat from logboek where bericht_id = $1 order by nr',
        [berichtId],
      );
      return rows;
    },
    async rust() {
      await stop();
      await database.pool.query('delete from stuf_endpoint');
    },
    async weg() {
      await stop();
      await weg();
      rmSync(map, { recursive: true });
    },
  };
}
