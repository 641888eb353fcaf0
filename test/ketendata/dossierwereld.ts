/** Two lanes of which both parties want a dossier and answer themselves, and messages in them on any day: taken in and handled as in the product. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '#src/opslag/database.ts';
import { leesSleutels, type Sleutels } from '#src/opslag/sleutels.ts';
import { antwoord } from '#src/retourberichten/antwoord.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import type { Domein } from '#src/standards/catalogus.ts';
import type { Nummer } from '#src/standards/structuren.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { JAN, type Wijziging } from '../dossier/leven.ts';
import { Baanloop, stelIn } from '../dossier/levensloop.ts';
import { alsBytes, type Bericht, inhoudVan, soortVan } from '../hulp/bouwer.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

export const GEMEENTE = '0363';
export const AANBIEDER = '98000001';

/** A message that was handled. */
export interface Gestuurd {
  readonly id: string;
  readonly domein: Domein;
  readonly nummer: string;
  readonly dag: string;
  readonly identificatie: string;
  readonly inhoud: Inhoud;
  /** Of an answer: what it answers, and whether that counts as not sent from now on. */
  readonly heen?: Gestuurd;
  readonly wijstAf?: boolean;
}

export class Wereld {
  readonly database: Database;
  readonly sleutels: Sleutels;
  /** How a command finds this world. */
  readonly omgeving: { readonly DATABASE_URL: string; readonly KNOOPPUNT_DATA: string };
  readonly gestuurd: Gestuurd[] = [];
  readonly #loop: Baanloop;
  readonly #einde: () => Promise<void>;
  #teller = 0;

  private constructor(database: Database, omgeving: Wereld['omgeving'], einde: () => Promise<void>) {
    this.database = database;
    this.omgeving = omgeving;
    this.sleutels = leesSleutels({ sleutelbestand: undefined, data: omgeving.KNOOPPUNT_DATA });
    this.#loop = new Baanloop(this);
    this.#einde = einde;
  }

  static async maak(): Promise<Wereld> {
    const { database, url, weg } = await maakGegevensbank({ max: 4 });
    const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-ketendata-'));
    const wereld = new Wereld(database, { DATABASE_URL: url, KNOOPPUNT_DATA: map }, async () => {
      await weg();
      rmSync(map, { recursive: true });
    });
    await registreer(database, demoOrganisaties());
    for (const domein of ['iwmo', 'ijw'] as const)
      for (const organisatie of [GEMEENTE, AANBIEDER])
        await stelIn(wereld, organisatie, domein, { controleniveau: 3, retour: 'zelf' });
    return wereld;
  }

  async #neem(bytes: Buffer, vanGemeente: boolean, dag: string): Promise<string> {
    const afzender = vanGemeente ? GEMEENTE : AANBIEDER;
    const [id] = await this.#loop.speel([{ afzender, bytes, antwoord: false }]);
    if (id === undefined) throw new Error('refused at the door');
    const { rows } = await this.database.pool.query(
      `update bericht set ontvangen_op = $2, verwerkt_op = $2 where id = $1 returning toestand`,
      [id, new Date(`${dag}T12:00:00+01:00`)],
    );
    if (rows[0].toestand !== 'verwerkt') {
      const { rows: waarom } = await this.database.pool.query(
        'select bevindingen from bevinding where bericht_id = $1',
        [id],
      );
      throw new Error(`not valid: ${JSON.stringify(waarom)}`);
    }
    return id;
  }

  /** A message that is delivered on that day, and of that day. */
  async stuur<N extends Nummer>(
    domein: Domein,
    nummer: N,
    dag: string,
    wijzig: Wijziging<N>,
    { bsn = JAN, heen }: { readonly bsn?: string; readonly heen?: Gestuurd } = {},
  ): Promise<Gestuurd> {
    this.#teller += 1;
    const identificatie = `K${this.#teller}`;
    const soort = soortVan(domein, nummer);
    const inhoud = inhoudVan(soort);
    const vanGemeente = soort.verzender === 'gemeente';
    const [Afzender, Ontvanger] = vanGemeente ? [GEMEENTE, AANBIEDER] : [AANBIEDER, GEMEENTE];
    Object.assign(inhoud.Header as Inhoud, {
      Afzender,
      Ontvanger,
      BerichtIdentificatie: { Identificatie: identificatie, Dagtekening: dag },
    });
    if (inhoud.Client) Object.assign(inhoud.Client as Inhoud, { Bsn: bsn });
    wijzig(inhoud as unknown as Bericht<N>, domein);
    const id = await this.#neem(alsBytes(inhoud, soort), vanGemeente, dag);
    const bericht = { id, domein, nummer, dag, identificatie, inhoud, ...(heen && { heen, wijstAf: false }) };
    this.gestuurd.push(bericht);
    return bericht;
  }

  /** What its receiver answers: nothing to remark, or that it rejects all of it. */
  async beantwoord(heen: Gestuurd, dag: string, wijstAf: boolean): Promise<Gestuurd> {
    const soort = soortVan(heen.domein, heen.nummer);
    const bevinding = {
      ernst: 'fout',
      niveau: 3,
      regel: 'TR056',
      retourcode: '9056',
      pad: '/Bericht/Header',
      regelnummer: 1,
      melding: 'proef',
    } as const;
    const gemaakt = antwoord(soort, heen.inhoud, wijstAf ? [bevinding] : [], {
      heenId: heen.id,
      moment: new Date(`${dag}T12:00:00Z`),
    });
    if (!gemaakt) throw new Error(`no answer to a ${heen.nummer}`);
    const id = await this.#neem(gemaakt.bytes, soort.verzender !== 'gemeente', dag);
    const { domein, identificatie, inhoud } = heen;
    const bericht = { id, domein, nummer: soort.antwoord ?? '', dag, identificatie, inhoud, heen, wijstAf };
    this.gestuurd.push(bericht);
    return bericht;
  }

  weg(): Promise<void> {
    return this.#einde();
  }
}
