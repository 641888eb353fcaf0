/** Track & trace: what happened to a message, step by step, for the parties to it. Reads only. */
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel } from '../opslag/versleuteling.ts';
import type { Bevinding, Controleniveau } from '../standards/bevinding.ts';
import type { Toestand } from '../toestanden.ts';
import { type BerichtStand, KOLOMMEN } from './stand.ts';

export interface Antwoordbericht {
  readonly berichtId: string;
  readonly berichtsoort: string;
}

/** @returns the message, or undefined */
export async function zoekBericht(database: Database, id: string): Promise<BerichtStand | undefined> {
  const { rows } = await database.pool.query<BerichtStand>({
    name: 'bericht-stand',
    text: `select ${KOLOMMEN} from bericht b left join postbus_item p on p.bericht_id = b.id where b.id = $1`,
    values: [id],
  });
  return rows[0];
}

/** The messages with which the switch or the receiver answered this one. */
export async function zoekAntwoorden(database: Database, id: string): Promise<readonly Antwoordbericht[]> {
  const { rows } = await database.pool.query<Antwoordbericht>({
    name: 'bericht-antwoorden',
    text: 'select id as "berichtId", berichtsoort from bericht where heenbericht_id = $1 order by ontvangen_op',
    values: [id],
  });
  return rows;
}

/** A message that belongs with another one. */
export interface Verwant extends Antwoordbericht {
  readonly domein: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly status: Toestand;
  readonly ontvangenOp: Date;
}

export interface Paar {
  /** What this message answers. */
  readonly heenbericht: Verwant | null;
  /** What answers this message: a retour, a 325 or a Fo01. */
  readonly antwoorden: readonly Verwant[];
  /** By ReferentieAanbieder: of a request the decisions on it, of a decision the requests. */
  readonly verzoekparen: readonly Verwant[];
}

/** Which messages of the pair stand where; a message can be a heenbericht and in a verzoekpaar, so each is looked at by each. */
const PAAR = {
  name: 'bericht-paar',
  text: `
select b.id as "berichtId", b.berichtsoort, b.domein, b.afzender, b.ontvanger, b.referentienummer, b.toestand as status,
  b.ontvangen_op as "ontvangenOp", w.plek
from (
  select $2::uuid as id, 'heenbericht' as plek
  union all select id, 'antwoorden' from bericht where heenbericht_id = $1
  union all select unnest($3::uuid[]), 'verzoekparen'
) w join bericht b on b.id = w.id order by b.ontvangen_op, b.id`,
};

/**
 * What belongs with a message, both ways.
 * @param verzoekparen ids of what a ReferentieAanbieder ties to it
 * @param mag may the client see this one? What it may not see does not exist for it
 */
export async function zoekPaar(
  database: Database,
  { berichtId, heenberichtId }: Pick<BerichtStand, 'berichtId' | 'heenberichtId'>,
  verzoekparen: readonly string[],
  mag: (verwant: Verwant) => boolean,
): Promise<Paar> {
  const { rows } = await database.pool.query<Verwant & { readonly plek: keyof Paar }>({
    ...PAAR,
    values: [berichtId, heenberichtId, verzoekparen],
  });
  const op = (welke: keyof Paar): readonly Verwant[] =>
    rows.filter((rij) => rij.plek === welke && mag(rij)).map(({ plek: _, ...verwant }) => verwant);
  return {
    heenbericht: op('heenbericht')[0] ?? null,
    antwoorden: op('antwoorden'),
    verzoekparen: op('verzoekparen'),
  };
}

/** @returns which of these messages have had their outcome */
export async function metUitkomst(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await database.pool.query<{ id: string }>({
    name: 'bericht-uitkomst',
    text: `select id from bericht where id = any ($1::uuid[]) and toestand <> 'ontvangen'`,
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}

/** An earlier message that a finding collides with; ingevoerd: it was imported from before the switch came, so there is nothing to look up. */
export type EerderBericht =
  | (Pick<Verwant, 'berichtId' | 'berichtsoort' | 'referentienummer' | 'ontvangenOp'> & { readonly ingevoerd: false })
  | { readonly ingevoerd: true };
/** A finding as the parties to its message may see it. */
export interface Toelichting extends Omit<Bevinding, 'eerder'> {
  readonly eerder?: readonly EerderBericht[];
}

const EERDER = {
  name: 'bevinding-eerder',
  text: `select id as "berichtId", berichtsoort, domein, afzender, ontvanger, referentienummer, toestand as status, ontvangen_op as "ontvangenOp"
    from bericht where id = any ($1::uuid[])`,
};

/**
 * Says of findings which earlier messages they collide with, by number and never by content.
 * @param mag may the client see this one? What it may not see is left out
 */
export async function lichtToe(
  database: Database,
  bevindingen: readonly Bevinding[],
  mag: (verwant: Verwant) => boolean,
): Promise<readonly Toelichting[]> {
  const ids = new Set(bevindingen.flatMap(({ eerder = [] }) => eerder.filter((id) => id !== null)));
  const { rows } = ids.size > 0 ? await database.pool.query<Verwant>({ ...EERDER, values: [[...ids]] }) : { rows: [] };
  const zichtbaar = new Map(
    rows
      .filter(mag)
      .map(({ berichtId, berichtsoort, referentienummer, ontvangenOp }) => [
        berichtId,
        { berichtId, berichtsoort, referentienummer, ontvangenOp, ingevoerd: false } as const,
      ]),
  );
  return bevindingen.map(({ eerder, ...bevinding }) => {
    if (!eerder) return bevinding;
    const botsing = eerder.flatMap((id) => (id === null ? { ingevoerd: true as const } : (zichtbaar.get(id) ?? [])));
    return { ...bevinding, eerder: botsing };
  });
}

/** @returns the findings and how far was checked; level 0 and no findings while the message waits */
export async function leesBevindingen(
  database: Database,
  id: string,
): Promise<{ readonly niveau: Controleniveau; readonly bevindingen: readonly Bevinding[] }> {
  const { rows } = await database.pool.query<{ niveau: Controleniveau; bevindingen: readonly Bevinding[] }>(
    'select niveau, bevindingen from bevinding where bericht_id = $1',
    [id],
  );
  return rows[0] ?? { niveau: 0, bevindingen: [] };
}

/** What an answer says of its heenbericht: nothing to remark, a part is rejected, or all of it. */
export type Antwoordoordeel = 'schoon' | 'deels' | 'afgewezen';

/** @returns of these messages what they say of theirs, as far as they are answers and were read */
export async function leesOordelen(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Antwoordoordeel>> {
  const { rows } = await database.pool.query<{ id: string; oordeel: Antwoordoordeel }>({
    name: 'bericht-oordelen',
    text: 'select id::text, oordeel from bericht where id = any($1::uuid[]) and oordeel is not null',
    values: [ids],
  });
  return new Map(rows.map(({ id, oordeel }) => [id, oordeel]));
}

/** @returns the payload as it was received, byte for byte; undefined when there is none, or not any more (see bewaren) */
export async function leesInhoud(database: Database, sleutels: Sleutels, id: string): Promise<Buffer | undefined> {
  const { rows } = await database.pool.query<{ sleutelId: string; cijfertekst: Buffer }>({
    name: 'inhoud-lees',
    text: 'select sleutel_id as "sleutelId", cijfertekst from inhoud where bericht_id = $1',
    values: [id],
  });
  const [rij] = rows;
  return rij && !sleutels.verwijderd.has(rij.sleutelId) ? ontsleutel(sleutels, id, rij) : undefined;
}
