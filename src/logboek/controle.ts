/**
 * Checks the log against its chain, and the chain against its seals and anchors: what was changed, removed or put in, and where. Reads one
 * moment of the database, a link at a time.
 */
import type pg from 'pg';
import type { Database } from '../opslag/database.ts';
import { AFDRUKKEN, BEGIN, ketenVan, leesAfdrukken, type Schakel, sha256, type Zegelsleutel } from './afdruk.ts';
import type { Anker } from './ankers.ts';

/** More of these help nobody; the rest is counted. */
const MAX_BEVINDINGEN = 100;
/** So long a line may be without a link before that is strange. */
const MAX_ACHTER_MINUTEN = 15;

export const BEVINDINGEN = {
  regelGewijzigd: 'de regel is gewijzigd',
  regelVerdwenen: 'de regel is verdwenen',
  regelIngevoegd: 'de regel is later ingevoegd',
  schakelGewijzigd: 'de schakel is gewijzigd',
  schakelVerdwenen: 'de schakel is verdwenen',
  zegelOnjuist: 'het zegel van de schakel klopt niet, of is van een onbekende sleutel',
  ankerAnders: 'de schakel is een andere dan in een anker staat',
  ketenIngekort: 'de keten is ingekort: een anker noemt deze schakel',
  ketenAchter: 'de regel staat nog in geen schakel; draait de planner?',
} as const;

export interface Bevinding {
  readonly soort: keyof typeof BEVINDINGEN;
  readonly schakel: number | null;
  readonly regel: number | null;
}

export interface Controlerapport {
  readonly schakels: number;
  /** Lines that the chain covers. */
  readonly regels: number;
  /** Lines that are not in a link yet. */
  readonly zonderSchakel: number;
  readonly ankers: number;
  /** The first ones. */
  readonly bevindingen: readonly Bevinding[];
  readonly aantalBevindingen: number;
}

interface Rij extends Schakel {
  readonly afdrukken: Buffer | null;
  readonly keten: Buffer;
  readonly zegel: Buffer;
  readonly sleutel: string;
  readonly opruimzegel: Buffer | null;
}

const micro = (kolom: string): string => `(extract(epoch from ${kolom}) * 1000000)::bigint::text as ${kolom}`;
const SCHAKEL = `
select nr::float8 as nr, van_regel::float8 as "vanRegel", tot_regel::float8 as "totRegel", aantal, ${micro('eerste')}, ${micro('laatste')},
  afdrukken, samenvatting, vorige, keten, zegel, sleutel, opruimzegel
from logboek_schakel where nr > $1 order by nr limit 1`;
const REGELS = `select ${AFDRUKKEN} as afdrukken from logboek l where nr >= $1 and nr <= $2`;
/** As the first link begins where it does, what lies before it was put in. */
const ERVOOR = 'select nr::float8 as nr from logboek where nr < $1 order by nr limit $2';
const ERNA = `
select count(*)::float8 as aantal, min(nr) filter (where tijdstip < now() - make_interval(mins => ${MAX_ACHTER_MINUTEN}))::float8 as oudste
from logboek where nr > $1`;

class Controle {
  readonly #client: pg.PoolClient;
  readonly #sleutel: Zegelsleutel;
  readonly #ankers: ReadonlyMap<number, readonly Anker[]>;
  /** Links up to this one are confirmed by an anchor, so that their seals may be of a key that is gone. */
  #bevestigdTot = 0;
  readonly #onbekend: number[] = [];
  readonly #bevindingen: Bevinding[] = [];
  #aantal = 0;
  schakels = 0;
  regels = 0;

  constructor(client: pg.PoolClient, sleutel: Zegelsleutel, ankers: readonly Anker[]) {
    this.#client = client;
    this.#sleutel = sleutel;
    this.#ankers = Map.groupBy(ankers, ({ schakel }) => schakel);
  }

  #meld(soort: Bevinding['soort'], schakel: number | null, regel: number | null = null): void {
    this.#aantal += 1;
    if (this.#bevindingen.length < MAX_BEVINDINGEN) this.#bevindingen.push({ soort, schakel, regel });
  }

  async #een<T extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<T | undefined> {
    return (await this.#client.query<T>(text, [...values])).rows[0];
  }

  /** Does it follow the one before it? The first one may be where the log was cleared up to. */
  #opVolgorde(rij: Rij, vorige: Rij | undefined): void {
    const verwacht = vorige?.nr ?? (rij.opruimzegel ? rij.nr - 1 : 0);
    for (let nr = verwacht + 1; nr < rij.nr && nr <= verwacht + MAX_BEVINDINGEN; nr += 1)
      this.#meld('schakelVerdwenen', nr);
    const aansluitend = vorige
      ? rij.vanRegel === vorige.totRegel + 1 && rij.vorige.equals(vorige.keten)
      : rij.opruimzegel !== null || (rij.vanRegel === 1 && rij.vorige.equals(BEGIN));
    // Of a link that is gone, the next one does not follow: that is the same finding.
    if (rij.nr === verwacht + 1 && !aansluitend) this.#meld('schakelGewijzigd', rij.nr);
    if (vorige && rij.opruimzegel) this.#meld('schakelGewijzigd', rij.nr);
  }

  #zegels({ nr, keten, zegel, sleutel, opruimzegel }: Rij): void {
    const { id, zegel: maak } = this.#sleutel;
    if (sleutel !== id) this.#onbekend.push(nr);
    else if (!zegel.equals(maak('schakel', nr, keten))) this.#meld('zegelOnjuist', nr);
    // An anchor cannot vouch for this: it says nothing about what was removed before it.
    if (opruimzegel && !opruimzegel.equals(maak('opgeruimd', nr, keten))) this.#meld('zegelOnjuist', nr);
    for (const anker of this.#ankers.get(nr) ?? [])
      if (anker.keten === keten.toString('hex')) this.#bevestigdTot = nr;
      else this.#meld('ankerAnders', nr);
  }

  /** Line by line, because as a whole they were not the same. */
  #vergelijk(schakel: number, toen: Buffer, nu: Buffer): void {
    const verwacht = new Map(leesAfdrukken(toen).map(({ nr, afdruk }) => [nr, afdruk]));
    for (const { nr, afdruk } of leesAfdrukken(nu)) {
      const was = verwacht.get(nr);
      if (was === undefined) this.#meld('regelIngevoegd', schakel, nr);
      else if (was !== afdruk) this.#meld('regelGewijzigd', schakel, nr);
      verwacht.delete(nr);
    }
    for (const nr of verwacht.keys()) this.#meld('regelVerdwenen', schakel, nr);
  }

  async #schakel(rij: Rij, vorige: Rij | undefined): Promise<void> {
    this.#opVolgorde(rij, vorige);
    const heel = rij.afdrukken === null || sha256(rij.afdrukken).equals(rij.samenvatting);
    if (!heel || !ketenVan(rij).equals(rij.keten)) this.#meld('schakelGewijzigd', rij.nr);
    this.#zegels(rij);
    this.schakels += 1;
    if (rij.afdrukken === null) return;
    this.regels += rij.aantal;
    const nu = await this.#een<{ afdrukken: Buffer | null }>(REGELS, [rij.vanRegel, rij.totRegel]);
    const afdrukken = nu?.afdrukken ?? Buffer.alloc(0);
    if (!afdrukken.equals(rij.afdrukken)) this.#vergelijk(rij.nr, rij.afdrukken, afdrukken);
  }

  async #ervoor(eerste: Rij): Promise<void> {
    const grens = eerste.afdrukken === null ? eerste.totRegel + 1 : eerste.vanRegel;
    const { rows } = await this.#client.query<{ nr: number }>(ERVOOR, [grens, MAX_BEVINDINGEN]);
    for (const { nr } of rows) this.#meld('regelIngevoegd', null, nr);
  }

  async verricht(): Promise<Controlerapport> {
    let vorige: Rij | undefined;
    for (;;) {
      const rij = await this.#een<Rij>(SCHAKEL, [vorige?.nr ?? 0]);
      if (!rij) break;
      if (!vorige) await this.#ervoor(rij);
      await this.#schakel(rij, vorige);
      vorige = rij;
    }
    for (const nr of this.#onbekend) if (nr > this.#bevestigdTot) this.#meld('zegelOnjuist', nr);
    for (const nr of this.#ankers.keys()) if (nr > (vorige?.nr ?? 0)) this.#meld('ketenIngekort', nr);
    const erna = await this.#een<{ aantal: number; oudste: number | null }>(ERNA, [vorige?.totRegel ?? 0]);
    if (erna?.oudste) this.#meld('ketenAchter', null, erna.oudste);
    return {
      schakels: this.schakels,
      regels: this.regels,
      zonderSchakel: erna?.aantal ?? 0,
      ankers: [...this.#ankers.values()].reduce((som, lijst) => som + lijst.length, 0),
      bevindingen: this.#bevindingen,
      aantalBevindingen: this.#aantal,
    };
  }
}

/** Checks everything. Changes nothing. */
export const controleerKeten = (
  database: Database,
  sleutel: Zegelsleutel,
  ankers: readonly Anker[],
): Promise<Controlerapport> =>
  database.transactie(
    (client) => new Controle(client, sleutel, ankers).verricht(),
    'set transaction isolation level repeatable read, read only',
  );
