/** Messages of any age and in any state, put into the tables as the switch would have left them. */
import { createHash, randomUUID } from 'node:crypto';
import { eersteId } from '#src/bewaren/metadata.ts';
import { STANDAARD_TERMIJNEN } from '#src/bewaren/regels/termijnen.ts';
import type { Bewaarplek } from '#src/bewaren/ronde.ts';
import { versleutel } from '#src/opslag/versleuteling.ts';
import type { Bezorging, Toestand } from '#src/toestanden.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';
import { maakBaan } from '../hulp/vulling.ts';
import type { Sleutelbank } from '../sleutelbeheer/hulp.ts';

export const NU = new Date();
const DAG_MS = 24 * 3600 * 1000;
export const geleden = (dagen: number): Date => new Date(NU.getTime() - dagen * DAG_MS);

export const plekVan = ({ planner, sleutels }: Sleutelbank): Bewaarplek => ({
  database: planner,
  sleutels,
  kluis: sleutels.kluis,
  termijnen: STANDAARD_TERMIJNEN,
  terugwerkendDagen: 365,
  postbusVan: async (code) => code,
});

export interface Wens {
  /** Days since it was received. */
  readonly oud: number;
  readonly toestand?: Toestand;
  /** null: in no postbus. */
  readonly bezorging?: Bezorging | null;
  /** Days since it was confirmed. */
  readonly bevestigd?: number;
  readonly domein?: 'iwmo' | 'ijw';
  readonly heenbericht?: string;
  readonly soort?: string;
  readonly eigen?: boolean;
  readonly ontvanger?: string;
  /** Still on lease. */
  readonly lease?: boolean;
}

let nr = 0;
/** @returns its id */
export async function leg({ database, sleutels }: Sleutelbank, wens: Wens): Promise<string> {
  const {
    oud,
    toestand = 'verwerkt',
    domein = 'iwmo',
    heenbericht = null,
    eigen = false,
    ontvanger = '98000001',
  } = wens;
  const bezorging = wens.bezorging === undefined ? (toestand === 'verwerkt' ? 'te_bezorgen' : null) : wens.bezorging;
  const moment = geleden(oud);
  const id = eigen ? randomUUID() : eersteId(moment).slice(0, 14) + randomUUID().slice(14);
  const baan = await maakBaan(database);
  nr += 1;
  const { sleutelId, cijfertekst } = versleutel(sleutels, id, Buffer.from(`<bericht nr="${nr}"/>`));
  await database.transactie(async (client) => {
    await client.query(
      `insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
         heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
       values ($1, $2, $3, $4, $5, $6, '3.2', '0363', $7, 'proef', gen_random_uuid(), $8, $9, 10, $10, $11, $11)`,
      [
        id,
        eigen ? 'knooppunt' : 'aanlevering',
        baan,
        nr,
        domein,
        wens.soort ?? 'WMO301',
        ontvanger,
        heenbericht,
        createHash('sha256').update(id).digest(),
        toestand,
        moment,
      ],
    );
    await client.query(
      `insert into inhoud (bericht_id, sleutel_id, cijfertekst, maand)
       values ($1, $2, $3, date_trunc('month', $4::timestamptz at time zone 'UTC')::date)`,
      [id, sleutelId, cijfertekst, moment],
    );
    await client.query(`insert into betrokkene (hmac, ontvangen_op, bericht_id) values ('\\x01', $2, $1)`, [
      id,
      moment,
    ]);
    await client.query(`insert into bevinding (bericht_id, niveau, bevindingen) values ($1, 1, '[{}]')`, [id]);
    if (toestand === 'ontvangen')
      await client.query(
        'insert into te_doen (baan_id, baan_nummer, bericht_id, omvang, ontvangen_op) values ($1, $2, $3, 10, $4)',
        [baan, nr, id, moment],
      );
    if (bezorging !== null)
      await client.query(
        `insert into postbus_item (postbus, bericht_id, bezorging, geplaatst_op, bevestigd_op, lease_tot) values ($1, $2, $3, $4, $5, $6)`,
        [
          ontvanger,
          id,
          bezorging,
          moment,
          bezorging === 'bevestigd' ? geleden(wens.bevestigd ?? oud) : null,
          wens.lease ? new Date(Date.now() + 60_000) : null,
        ],
      );
  });
  return id;
}

/** What is left of a message. */
export interface Rest {
  readonly bericht: boolean;
  readonly inhoud: boolean;
  readonly bezorging: Bezorging | null;
}

export async function restVan({ database }: Pick<Sleutelbank, 'database'>, id: string): Promise<Rest> {
  const { rows } = await database.pool.query<Rest>(
    `select exists (select from bericht where id = $1) as bericht, exists (select from inhoud where bericht_id = $1) as inhoud,
       (select bezorging from postbus_item where bericht_id = $1) as bezorging`,
    [id],
  );
  return rows[0] ?? { bericht: false, inhoud: false, bezorging: null };
}

/** What the switch told the parties, readable. */
export interface Gemeld {
  readonly postbus: string;
  readonly domein: string;
  readonly melding: {
    readonly uAls: 'afzender' | 'ontvanger';
    readonly berichten: readonly { readonly berichtId: string; readonly vervaltOp: string }[];
  };
}

export async function leeg({ database }: Sleutelbank): Promise<void> {
  await laatLogboekLos(database);
  await database.pool.query(
    'truncate bericht, inhoud, postbus_item, te_doen, bevinding, betrokkene, bezorgpoging, verzoekreferentie, vervalaankondiging, logboek cascade',
  );
}
