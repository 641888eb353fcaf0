/** What is left of the messages of a lane: in lane order, as a stream, and their contents some megabytes at a time. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { ontsleutel } from '../../opslag/versleuteling.ts';
import type { Bronnen } from '../../standards/bronnen.ts';
import { type Berichtsoort, berichtsoortVanCode } from '../../standards/catalogus.ts';
import { controleer } from '../../standards/controle.ts';
import type { Inhoud } from '../../xml/structuur.ts';
import type { Inhoudelijk } from '../gevolg.ts';

/** A message that went on. */
export interface Baanbericht {
  readonly nummer: number;
  readonly id: string;
  readonly soort: Berichtsoort;
  readonly omvang: number;
  /** Is its content still there, and does its receiver want it read? */
  readonly leesbaar: boolean;
  /** Place in the lane of what it answers. */
  readonly heen: number | null;
  /** Day on which it went on. */
  readonly dag: string;
}

/** A message with its content; undefined: it cannot be read any more, or never could. */
export interface Gelezen extends Baanbericht {
  readonly inhoud: Inhoud | undefined;
  readonly antwoorden: readonly Inhoudelijk[];
  /** What the switch answered is not there any more. */
  readonly antwoordWeg: boolean;
}

const PER_KEER = 500;
const MAX_BYTES = 4 * 1024 * 1024;

/** A cursor: sorts once, whatever the number of messages. Its text cannot have parameters; these are numbers of our own. */
const loper = (naam: string, baanId: number, na: number, tot: number): string => `
declare ${naam} no scroll cursor for
select b.baan_nummer::float8 as nummer, b.id, b.berichtsoort, b.omvang, h.baan_nummer::float8 as heen,
  i.bericht_id is not null and coalesce(o.controleniveau, 2) > 0 as leesbaar,
  to_char(b.verwerkt_op at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as dag
from bericht b
left join inhoud i on i.bericht_id = b.id
left join bericht h on h.id = b.heenbericht_id
left join instelling o on o.organisatie = b.ontvanger and o.domein = b.domein
where b.baan_id = ${Math.trunc(baanId)} and b.baan_nummer > ${Math.trunc(na)} and b.baan_nummer <= ${Math.trunc(tot)} and b.toestand = 'verwerkt'
order by b.baan_nummer`;

type Rij = Omit<Baanbericht, 'soort'> & { readonly berichtsoort: string };

function alsBericht({ berichtsoort, ...rij }: Rij): Baanbericht {
  const soort = berichtsoortVanCode(berichtsoort);
  if (!soort) throw new Error(`unknown berichtsoort ${berichtsoort} in the store`);
  return { ...rij, soort };
}

/** Cuts a list where the contents become too much to have in memory together. */
function* inPorties(berichten: readonly Baanbericht[]): Generator<readonly Baanbericht[]> {
  let portie: Baanbericht[] = [];
  let bytes = 0;
  for (const bericht of berichten) {
    if (portie.length > 0 && bytes + bericht.omvang > MAX_BYTES) {
      yield portie;
      portie = [];
      bytes = 0;
    }
    portie.push(bericht);
    bytes += bericht.omvang;
  }
  if (portie.length > 0) yield portie;
}

interface Vercijferd {
  readonly id: string;
  readonly heen: string;
  readonly berichtsoort: string;
  readonly sleutelId: string | null;
  readonly cijfertekst: Buffer | null;
}

export class Berichtenbron {
  readonly #verbinding: Verbinding;
  readonly #sleutels: Sleutels;
  readonly #bronnen: Bronnen;

  constructor(verbinding: Verbinding, sleutels: Sleutels, bronnen: Bronnen) {
    this.#verbinding = verbinding;
    this.#sleutels = sleutels;
    this.#bronnen = bronnen;
  }

  /** The content, held against its XSD once more: at controleniveau 0 nobody ever did. */
  #lees(soort: Berichtsoort, bytes: Buffer): Inhoud | undefined {
    return controleer(bytes, soort, { niveau: 1, metInhoud: true, heel: true, bronnen: this.#bronnen }).inhoud;
  }

  async #inhouden(berichten: readonly Baanbericht[]): Promise<ReadonlyMap<string, Buffer>> {
    const { rows } = await this.#verbinding.query<{ id: string; sleutelId: string; cijfertekst: Buffer }>({
      name: 'herbouw-inhoud',
      text: 'select bericht_id as id, sleutel_id as "sleutelId", cijfertekst from inhoud where bericht_id = any ($1::uuid[])',
      values: [berichten.filter(({ leesbaar }) => leesbaar).map(({ id }) => id)],
    });
    const leesbaar = rows.filter(({ sleutelId }) => !this.#sleutels.verwijderd.has(sleutelId));
    return new Map(leesbaar.map((rij) => [rij.id, ontsleutel(this.#sleutels, rij.id, rij)]));
  }

  /** What the switch itself answered, by the id of the message that it answered. */
  async #antwoorden(berichten: readonly Baanbericht[]): Promise<ReadonlyMap<string, readonly Vercijferd[]>> {
    const { rows } = await this.#verbinding.query<Vercijferd>({
      name: 'herbouw-antwoorden',
      text: `select a.id, a.heenbericht_id as heen, a.berichtsoort, i.sleutel_id as "sleutelId", i.cijfertekst
             from bericht a left join inhoud i on i.bericht_id = a.id
             where a.heenbericht_id = any ($1::uuid[]) and a.oorsprong = 'knooppunt' and a.berichtsoort <> 'Fo01' order by a.id`,
      values: [berichten.map(({ id }) => id)],
    });
    return Map.groupBy(rows, ({ heen }) => heen);
  }

  #leesAntwoord({ id, berichtsoort, sleutelId, cijfertekst }: Vercijferd): readonly Inhoudelijk[] {
    const soort = berichtsoortVanCode(berichtsoort);
    if (!soort || sleutelId === null || cijfertekst === null || this.#sleutels.verwijderd.has(sleutelId)) return [];
    const inhoud = this.#lees(soort, ontsleutel(this.#sleutels, id, { sleutelId, cijfertekst }));
    return inhoud ? [{ soort, inhoud }] : [];
  }

  async #opgehaald(portie: readonly Baanbericht[]): Promise<readonly Gelezen[]> {
    const inhouden = await this.#inhouden(portie);
    const perHeen = await this.#antwoorden(portie);
    return portie.map((bericht) => {
      const bytes = inhouden.get(bericht.id);
      const eigen = perHeen.get(bericht.id) ?? [];
      const antwoorden = eigen.flatMap((antwoord) => this.#leesAntwoord(antwoord));
      const inhoud = bytes && this.#lees(bericht.soort, bytes);
      return { ...bericht, inhoud, antwoorden, antwoordWeg: antwoorden.length < eigen.length };
    });
  }

  /**
   * @param na place in the lane after which to begin
   * @param kies which messages are wanted
   * @returns the messages in lane order, in portions
   */
  async *berichten(
    baanId: number,
    na: number,
    tot: number,
    kies: (bericht: Baanbericht) => boolean,
  ): AsyncGenerator<readonly Gelezen[]> {
    const naam = 'herbouw_loper';
    await this.#verbinding.query(loper(naam, baanId, na, tot));
    try {
      for (;;) {
        const { rows } = await this.#verbinding.query<Rij>(`fetch ${PER_KEER} from ${naam}`);
        for (const portie of inPorties(rows.map(alsBericht).filter(kies))) yield await this.#opgehaald(portie);
        if (rows.length < PER_KEER) return;
      }
    } finally {
      // After an error of the database there is no transaction left to close it in, and it is gone already.
      await this.#verbinding.query(`close ${naam}`).catch(() => undefined);
    }
  }

  /** Which of these messages their receiver turned down outside the lane (a Fo01 of its own system). */
  async afgewezen(berichtIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (berichtIds.length === 0) return new Set();
    const { rows } = await this.#verbinding.query<{ id: string }>({
      name: 'herbouw-fo01',
      text: `select heenbericht_id as id from bericht where heenbericht_id = any ($1::uuid[]) and berichtsoort = 'Fo01'`,
      values: [berichtIds],
    });
    return new Set(rows.map(({ id }) => id));
  }
}
