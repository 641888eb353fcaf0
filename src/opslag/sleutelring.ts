/**
 * The keys of a process that runs: the data keys from the database, unwrapped once and kept in memory, beside those of the key document.
 * Encrypting costs what it did with one key; what is new in the database is seen within VERVERS_MS, without anybody waiting for it.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { ConfiguratieFout, KnooppuntFout } from '../fouten.ts';
import { type Database, isGeenRecht, isTijdelijk, type Verbinding } from './database.ts';
import {
  actieveSleutel,
  DOELEN,
  type Doel,
  type Gegevenssleutel,
  leesGegevenssleutels,
  maakGegevenssleutel,
  SLEUTEL_SLOT,
} from './gegevenssleutels.ts';
import { documentKluis, type Kluis } from './kluis.ts';
import { alsSleutel, leesDocument, proefVan, type Sleutelplek, type Sleutels } from './sleutels.ts';

const VERVERS_MS = 5000;
/** As long as the database was not there yet. */
const OPNIEUW_MS = 1000;
/** A key is made so long before it encrypts: by then every process has seen it, also one that missed a few looks. */
export const WACHT_MS = 30_000;

const anders = (proef: Buffer, gevonden: Buffer | undefined): boolean => gevonden?.equals(proef) === false;
const VERKEERD = 'De HMAC-sleutel is niet die waarmee deze database is gevuld. Zet het juiste sleutelbestand terug.';

/**
 * Keys that are there from the first start; and the HMAC key must be the one that the database was filled with. Looks first: a process that may
 * make no keys needs not.
 */
async function zorgVoorSleutels(database: Database, kluis: Kluis, hmac: KeyObject): Promise<void> {
  const proef = proefVan(hmac);
  const leesProef = async (verbinding: Verbinding): Promise<Buffer | undefined> =>
    (await verbinding.query<{ hmac: Buffer }>('select hmac from sleutelproef')).rows[0]?.hmac;
  const eerder = await leesProef(database.pool);
  if (anders(proef, eerder)) throw new ConfiguratieFout(VERKEERD);
  const compleet = (rijen: readonly Gegevenssleutel[], nu: Date): boolean =>
    DOELEN.every((doel) => actieveSleutel(rijen, doel, nu));
  if (eerder && compleet(await leesGegevenssleutels(database.pool), new Date())) return;
  try {
    await maakEerste(database, kluis, proef, leesProef);
  } catch (cause) {
    if (!isGeenRecht(cause)) throw cause;
    throw new ConfiguratieFout(
      'De database heeft nog geen gegevenssleutels, en deze databasegebruiker mag ze niet maken: start eerst de planner, of geef als beheer `knooppunt sleutel lijst`.',
      { cause },
    );
  }
}

async function maakEerste(
  database: Database,
  kluis: Kluis,
  proef: Buffer,
  leesProef: (verbinding: Verbinding) => Promise<Buffer | undefined>,
): Promise<void> {
  await database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [SLEUTEL_SLOT]);
    await client.query('insert into sleutelproef (hmac) values ($1) on conflict do nothing', [proef]);
    if (anders(proef, await leesProef(client))) throw new ConfiguratieFout(VERKEERD);
    const bestaand = await leesGegevenssleutels(client);
    const nu = new Date();
    for (const doel of DOELEN)
      if (!actieveSleutel(bestaand, doel, nu)) await maakGegevenssleutel(client, kluis, doel, nu);
  });
}

export class Sleutelring implements Sleutels {
  readonly hmac: KeyObject;
  readonly kluis: Kluis;
  readonly #database: Database;
  readonly #vanDocument: ReadonlyMap<string, KeyObject>;
  #inhoud: ReadonlyMap<string, KeyObject> = new Map();
  #verwijderd: ReadonlySet<string> = new Set();
  #rijen: readonly Gegevenssleutel[] = [];
  #tik: NodeJS.Timeout | undefined;
  #bezig: Promise<void> | undefined;
  #begonnen = false;
  #dicht = false;

  private constructor(database: Database, kluis: Kluis, plek: Sleutelplek) {
    const document = leesDocument(plek);
    this.#database = database;
    this.kluis = kluis;
    this.hmac = alsSleutel(document.hmac);
    this.#vanDocument = new Map(Object.entries(document.inhoud).map(([id, tekst]) => [id, alsSleutel(tekst)]));
  }

  /**
   * Opens the keys; the first to do so on a database makes its data keys. A database that is away is waited for in the background: a role
   * starts all the same, and until then there is no key to encrypt with.
   * @throws ConfiguratieFout when the key document does not belong to this database
   */
  static async open(plek: Sleutelplek, database: Database, kluis = documentKluis(plek)): Promise<Sleutelring> {
    const ring = new Sleutelring(database, kluis, plek);
    await ring.#begin().catch((fout: unknown) => {
      if (!isTijdelijk(fout)) throw fout;
    });
    ring.#plan();
    return ring;
  }

  async #begin(): Promise<void> {
    await zorgVoorSleutels(this.#database, this.kluis, this.hmac);
    await this.ververs();
    this.#begonnen = true;
  }

  get actief(): string {
    return this.#actieve('inhoud');
  }

  get vast(): string {
    return this.#actieve('vast');
  }

  get inhoud(): ReadonlyMap<string, KeyObject> {
    return this.#inhoud;
  }

  get verwijderd(): ReadonlySet<string> {
    return this.#verwijderd;
  }

  #actieve(doel: Doel): string {
    const rij = actieveSleutel(this.#rijen, doel, new Date());
    if (!rij) throw new KnooppuntFout('tijdelijkNietBeschikbaar');
    return rij.id;
  }

  /** Looks now what the database has. @throws when it cannot be reached, or a key cannot be unwrapped */
  ververs(): Promise<void> {
    this.#bezig ??= this.#lees().finally(() => {
      this.#bezig = undefined;
    });
    return this.#bezig;
  }

  async #lees(): Promise<void> {
    const rijen = await leesGegevenssleutels(this.#database.pool);
    const inhoud = new Map(this.#vanDocument);
    for (const { id, hoofdId, gewikkeld } of rijen) {
      if (hoofdId === null || gewikkeld === null) continue;
      const bekend = this.#inhoud.get(id);
      inhoud.set(id, bekend ?? (await this.#ontwikkel(id, hoofdId, gewikkeld)));
    }
    this.#inhoud = inhoud;
    this.#verwijderd = new Set(rijen.filter(({ gewikkeld }) => gewikkeld === null).map(({ id }) => id));
    this.#rijen = rijen;
  }

  async #ontwikkel(id: string, hoofdId: string, bytes: Buffer): Promise<KeyObject> {
    try {
      return createSecretKey(await this.kluis.ontwikkel(id, { hoofdId, bytes }));
    } catch (cause) {
      throw new ConfiguratieFout(
        'Een gegevenssleutel in de database past niet bij de hoofdsleutels. Zet het juiste sleutelbestand terug.',
        { cause },
      );
    }
  }

  #plan(): void {
    this.#tik = setTimeout(
      () => {
        // What cannot be looked at now stays as it was: a database that is away has no payloads to read either.
        const kijk = this.#begonnen ? this.ververs() : this.#begin();
        kijk
          .catch(() => undefined)
          .finally(() => {
            if (!this.#dicht) this.#plan();
          });
      },
      this.#begonnen ? VERVERS_MS : OPNIEUW_MS,
    ).unref();
  }

  /** Looks no more; what is in memory stays usable. */
  async sluit(): Promise<void> {
    this.#dicht = true;
    clearTimeout(this.#tik);
    await this.#bezig?.catch(() => undefined);
  }
}
