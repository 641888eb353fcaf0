/**
 * The ways along which a search finds its messages. Each is one index from which a page can be read in order, or a set that is small by
 * nature; what else was asked is then a condition on the rows met on the way. So no search reads more of bericht than it must.
 */
import type { Database } from '../opslag/database.ts';
import { type Bezorging, bezorgingVoor } from '../toestanden.ts';
import type { Vraagveld, Zoekvraag } from './zoekvraag.ts';

/** SQL, in which ? stands for the value of `veld`. */
export interface Weg {
  /** The field that the way is for. */
  readonly veld?: Vraagveld;
  /** Tables, with b (bericht) among them; of a way in pieces: the pieces, s. */
  readonly uit: string;
  /** What ties b to them. More than one: a walk for each, and what these find is taken together. */
  readonly waar: readonly string[];
  /** Where time and id of a message stand, for the order and the cursor. */
  readonly tijd: string;
  readonly id: string;
  /** A walk per piece (organisation or lane), each as long as a page, in place of one over all. */
  readonly verdeeld?: boolean;
  /** It meets nothing that the client may not see. */
  readonly isZicht?: boolean;
}

const BERICHT = { tijd: 'b.ontvangen_op', id: 'b.id' } as const;
const metSleutel = (tabel: string): string => `${tabel} k join bericht b on b.id = k.bericht_id`;

/** The number or the identificatie is condition enough. */
const OP_NUMMER: Weg = { ...BERICHT, uit: 'bericht b', waar: ['true'] };
const OP_BETROKKENE: Weg = {
  veld: 'betrokkene',
  uit: metSleutel('betrokkene'),
  waar: ['k.hmac = ?'],
  tijd: 'k.ontvangen_op',
  id: 'k.bericht_id',
};
const eigenBaan = (zelf: string, ander: string): string => `
  select baan.id from eigen join baan on baan.${zelf} = eigen.code and baan.${ander} = ? and (eigen.domein is null or baan.domein = eigen.domein)`;
/** The lanes between a counterpart, ?, and the organisations of the client. */
export const BANEN_MET = `${eigenBaan('gemeente', 'aanbieder')} union ${eigenBaan('aanbieder', 'gemeente')}`;
const OP_WEDERPARTIJ: Weg = {
  ...BERICHT,
  veld: 'wederpartij',
  uit: `(${BANEN_MET}) s`,
  waar: ['b.baan_id = s.id'],
  verdeeld: true,
};
const eigenKant = (kant: string): string => `b.${kant} = s.code and (s.domein is null or b.domein = s.domein)`;
/** All messages of the client: what its organisations sent, and what they got. */
const ALLE: Weg = {
  ...BERICHT,
  uit: 'eigen s',
  waar: [eigenKant('afzender'), eigenKant('ontvanger')],
  verdeeld: true,
  isZicht: true,
};

/** Larger than this, a set is no longer small; then so many of its kind are about that a walk soon meets enough of them. */
const KLEIN = 5_000;
const OPEN = bezorgingVoor('bevestigd');
const items = (standen: readonly Bezorging[]): string =>
  `select bericht_id from postbus_item where bezorging in (${standen.map((stand) => `'${stand}'`).join(', ')})`;

interface Verzameling {
  readonly past: (vraag: Zoekvraag) => boolean;
  /** Ids of the messages in it. */
  readonly ids: string;
  /** Which of these are meant, when not all. */
  readonly zeef?: string;
  readonly veld?: Vraagveld;
}
/** States in which a message does not stay: whatever the size of bericht, few are in them. */
const VERZAMELINGEN: readonly Verzameling[] = [
  { past: ({ status }) => status === 'ontvangen', ids: 'select bericht_id from te_doen' },
  { past: ({ bezorging }) => bezorging === 'onbestelbaar', ids: items(['onbestelbaar']), veld: 'bezorging' },
  {
    past: ({ bezorging }) => bezorging !== undefined && OPEN.includes(bezorging),
    ids: items(OPEN),
    zeef: ' and bezorging = ?',
    veld: 'bezorging',
  },
];

/** @returns the way along the set of the state that is asked for, when it is small now */
async function kleineVerzameling(database: Database, vraag: Zoekvraag): Promise<Weg | undefined> {
  const gevonden = VERZAMELINGEN.find(({ past }) => past(vraag));
  if (!gevonden) return undefined;
  const { ids, zeef = '', veld } = gevonden;
  const { rows } = await database.pool.query<{ aantal: number }>(
    `select count(*)::int as aantal from (${ids} limit ${KLEIN + 1}) een`,
  );
  if ((rows[0]?.aantal ?? 0) > KLEIN) return undefined;
  return { ...BERICHT, ...(veld && { veld }), uit: metSleutel(`(${ids}${zeef})`), waar: ['true'] };
}

/** @returns the way that meets the fewest messages that were not asked for */
export async function kiesWeg(database: Database, vraag: Zoekvraag): Promise<Weg> {
  if (vraag.referentienummer !== undefined || vraag.identificatie !== undefined) return OP_NUMMER;
  if (vraag.betrokkene !== undefined) return OP_BETROKKENE;
  const klein = await kleineVerzameling(database, vraag);
  return klein ?? (vraag.wederpartij === undefined ? ALLE : OP_WEDERPARTIJ);
}
