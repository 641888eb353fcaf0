/** Plays random lives in a real lane: taken in and handled in turns as in the product, but without HTTP. */

import { type Loket, leverAan } from '#src/aanlevering/aanlevering.ts';
import { Stapelaar } from '#src/aanlevering/stapelaar.ts';
import { KnooppuntFout } from '#src/fouten.ts';
import type { Database } from '#src/opslag/database.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { antwoord } from '#src/retourberichten/antwoord.ts';
import { bewaarInstelling, type Instelling, STANDAARD_INSTELLING } from '#src/routering/instellingen.ts';
import { Routering } from '#src/routering/routering.ts';
import type { Domein } from '#src/standards/catalogus.ts';
import { neemBeurt } from '#src/verwerking/beurt.ts';
import { Controleur } from '#src/verwerking/controleur.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { alsBytes, soortVan } from '../hulp/bouwer.ts';
import { LIJSTEN } from '../hulp/controle.ts';
import { type Leven, maakLeven } from './model/levens.ts';
import type { Gebeurtenis, Zending } from './model/wereld.ts';

export interface Baanplaats {
  readonly database: Database;
  readonly sleutels: Sleutels;
}

export interface Partijen {
  readonly gemeente: string;
  readonly aanbieder: string;
}

/** A message on the wire, and who sends it. */
export interface Stuk {
  readonly afzender: string;
  readonly bytes: Buffer;
  /** Does it answer an earlier one? */
  readonly antwoord: boolean;
}

/** Lives of one domein, the numbers from this one on. */
export function levensVan(domein: Domein, vanaf: number): Generator<Leven> {
  return (function* () {
    for (let zaad = vanaf; ; zaad += 1) {
      const leven = maakLeven(zaad);
      if (leven.domein === domein) yield leven;
    }
  })();
}

/** Writes the messages of a life: between these parties, under identifications that no other life has. */
export class Schrijver {
  readonly #domein: Domein;
  readonly #partijen: Partijen;
  readonly #namen = new Map<Zending, string>();
  readonly #geschreven = new Map<Zending, Inhoud>();
  #teller = 0;

  constructor(domein: Domein, partijen: Partijen) {
    this.#domein = domein;
    this.#partijen = partijen;
  }

  #kop(zending: Zending): Inhoud {
    const { gemeente, aanbieder } = this.#partijen;
    const vanGemeente = soortVan(this.#domein, zending.nummer).verzender === 'gemeente';
    const [Afzender, Ontvanger] = vanGemeente ? [gemeente, aanbieder] : [aanbieder, gemeente];
    const kop = zending.inhoud.Header as Inhoud;
    const heen = zending.heen && this.#namen.get(zending.heen);
    this.#teller += 1;
    const naam = `L${this.#teller}`;
    this.#namen.set(zending, naam);
    return {
      ...kop,
      Afzender,
      Ontvanger,
      BerichtIdentificatie: { ...(kop.BerichtIdentificatie as Inhoud), Identificatie: naam },
      ...(heen && { DeclaratieIdentificatie: { ...(kop.DeclaratieIdentificatie as Inhoud), Identificatie: heen } }),
    } as Inhoud;
  }

  /** @returns undefined for news about a message that was never written */
  schrijf(gebeurtenis: Gebeurtenis): Stuk | undefined {
    const { gemeente, aanbieder } = this.#partijen;
    if (gebeurtenis.soort === 'afkeuring') return this.retour(gebeurtenis.heen, true);
    const soort = soortVan(this.#domein, gebeurtenis.nummer);
    const inhoud = { ...gebeurtenis.inhoud, Header: this.#kop(gebeurtenis) };
    this.#geschreven.set(gebeurtenis, inhoud);
    const afzender = soort.verzender === 'gemeente' ? gemeente : aanbieder;
    return { afzender, bytes: alsBytes(inhoud, soort), antwoord: soort.aard !== 'heen' };
  }

  /** What its receiver answers to a message. */
  retour(heen: Zending, afgekeurd: boolean): Stuk | undefined {
    const inhoud = this.#geschreven.get(heen);
    if (!inhoud) return undefined;
    const { gemeente, aanbieder } = this.#partijen;
    const soort = soortVan(this.#domein, heen.nummer);
    const bevinding = {
      ernst: 'fout',
      niveau: 3,
      regel: 'TR056',
      retourcode: '9056',
      pad: '/Bericht/Header',
      regelnummer: 1,
      melding: 'proef',
    } as const;
    const gemaakt = antwoord(soort, inhoud, afgekeurd ? [bevinding] : [], {
      heenId: `${this.#namen.get(heen)} ${heen.nummer}`,
      moment: new Date(`${heen.ontvangen}T12:00:00Z`),
    });
    if (!gemaakt) return undefined;
    return { afzender: soort.verzender === 'gemeente' ? aanbieder : gemeente, bytes: gemaakt.bytes, antwoord: true };
  }
}

export async function stelIn(
  { database }: Baanplaats,
  organisatie: string,
  domein: Domein,
  keuze: Partial<Instelling>,
): Promise<void> {
  await bewaarInstelling(database.pool, organisatie, domein, { ...STANDAARD_INSTELLING, ...keuze });
}

const CONTROLEUR = new Controleur(LIJSTEN);
/** What happens to an answer to a message that was not delivered, or that the switch answered already. */
const AAN_DE_DEUR = new Set(['heenberichtOnbekend', 'tweedeAntwoord']);
/** So many messages wait at most before their lane has a turn. */
const TEGELIJK = 16;

/** The intake and the lanes of a database. */
export class Baanloop {
  readonly #plaats: Baanplaats;
  readonly #loket: Loket;

  constructor({ database, sleutels }: Baanplaats) {
    this.#plaats = { database, sleutels };
    const routering = new Routering(database);
    const stapelaar = new Stapelaar(database);
    const maxBytes = 25 * 1024 * 1024;
    this.#loket = { database, sleutels, routering, stapelaar, stoot: () => undefined, maxBytes, alleenTestBsn: true };
  }

  async #neemIn({ afzender, bytes }: Stuk): Promise<string> {
    const client = { id: 'proef', namens: new Set([afzender]), beheerder: false };
    async function* inhoud(): AsyncGenerator<Uint8Array> {
      yield bytes;
    }
    const kenmerken = () => ({ referentienummer: undefined });
    return (await leverAan(this.#loket, { client, kenmerken, inhoud: inhoud() })).berichtId;
  }

  /** Handles all that waits in every lane. */
  async werkAf(): Promise<void> {
    const { database, sleutels } = this.#plaats;
    const { routering } = this.#loket;
    for (;;) {
      const { rows } = await database.pool.query<{ id: number }>('select distinct baan_id as id from te_doen');
      if (rows.length === 0) return;
      for (const { id } of rows) await neemBeurt({ database, sleutels, controleur: CONTROLEUR, routering }, [id]);
    }
  }

  /**
   * Takes messages in, in this order, and handles them.
   * @returns the id of each; undefined for what was refused at the door: the answer to a message that was not delivered
   */
  async speel(stukken: readonly Stuk[]): Promise<readonly (string | undefined)[]> {
    const ids: (string | undefined)[] = [];
    for (const [nr, stuk] of stukken.entries()) {
      // An answer can only be taken in when what it answers was handled.
      if (stuk.antwoord || nr % TEGELIJK === 0) await this.werkAf();
      ids.push(
        await this.#neemIn(stuk).catch((fout: unknown) => {
          if (fout instanceof KnooppuntFout && AAN_DE_DEUR.has(fout.soort)) return undefined;
          throw fout;
        }),
      );
    }
    await this.werkAf();
    return ids;
  }
}
