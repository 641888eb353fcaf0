/** Lanes from the inside: take a turn by hand, and see in which order a lane was handled. */
import { leverAan } from '#src/aanlevering/aanlevering.ts';
import { Stapelaar } from '#src/aanlevering/stapelaar.ts';
import type { Database } from '#src/opslag/database.ts';
import { Routering } from '#src/routering/routering.ts';
import type { Controle } from '#src/standards/controle.ts';
import { type Baanstand, neemBeurt } from '#src/verwerking/beurt.ts';
import { Controleur } from '#src/verwerking/controleur.ts';
import type { Dossierbron } from '#src/wlz-samenloop/wmo/dossier.ts';
import { LIJSTEN } from './controle.ts';
import type { Opstelling } from './opstelling.ts';

/** A controleur that does something of the test's before each check. */
export class Onderbroken extends Controleur {
  readonly #eerst: () => Promise<void>;

  constructor(eerst: () => Promise<void>) {
    super(LIJSTEN);
    this.#eerst = eerst;
  }

  override async controleer(...deel: Parameters<Controleur['controleer']>): Promise<Controle> {
    await this.#eerst();
    return super.controleer(...deel);
  }
}

export interface Beurt {
  readonly stand: Baanstand | undefined;
  /** Ids of the messages that got their outcome, in order. */
  readonly verwerkt: readonly string[];
}

/** One turn of one lane. */
export async function beurt(
  { database, sleutels }: Pick<Opstelling, 'database' | 'sleutels'>,
  baanId: number,
  controleur: Controleur = new Controleur(LIJSTEN),
  wmo?: Dossierbron,
): Promise<Beurt> {
  const werkplaats = { database, sleutels, controleur, routering: new Routering(database), ...(wmo && { wmo }) };
  const { banen, verwerkt } = await neemBeurt(werkplaats, [baanId]);
  return { stand: banen.get(baanId), verwerkt: verwerkt.map(({ bericht }) => bericht.id) };
}

/** Takes messages in without HTTP and without a nudge; gives their ids in the order of receipt. */
export async function neemIn(
  { database, sleutels }: Pick<Opstelling, 'database' | 'sleutels'>,
  berichten: readonly { readonly afzender: string; readonly bytes: Uint8Array }[],
): Promise<readonly string[]> {
  const loket = {
    database,
    sleutels,
    routering: new Routering(database),
    stapelaar: new Stapelaar(database),
    stoot: () => undefined,
    maxBytes: 25 * 1024 * 1024,
    alleenTestBsn: true,
  };
  const bewijzen = await Promise.all(
    berichten.map(({ afzender, bytes }) => {
      const client = { id: 'proef', namens: new Set([afzender]), beheerder: false };
      async function* inhoud(): AsyncGenerator<Uint8Array> {
        yield bytes;
      }
      return leverAan(loket, { client, kenmerken: () => ({ referentienummer: undefined }), inhoud: inhoud() });
    }),
  );
  return bewijzen.map(({ berichtId }) => berichtId);
}

/** The lane of a message. */
export async function baanVan(database: Database, berichtId: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>('select baan_id as id from bericht where id = $1', [
    berichtId,
  ]);
  if (!rows[0]) throw new Error(`no bericht ${berichtId}`);
  return rows[0].id;
}

/** How many received messages have no outcome yet. */
export async function onverwerkt(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ aantal: number }>(
    `select count(*)::int as aantal from bericht where toestand = 'ontvangen'`,
  );
  return rows[0]?.aantal ?? 0;
}

/** The received messages of each lane as their verdicts were written down: lane → numbers of receipt. */
export async function volgordeVanVerwerking(database: Database): Promise<ReadonlyMap<number, readonly number[]>> {
  const { rows } = await database.pool.query<{ baan: number; nummers: number[] }>(
    `select b.baan_id as baan, array_agg(b.baan_nummer::int order by l.nr) as nummers
     from logboek l join bericht b on b.id = l.bericht_id where l.gebeurtenis = 'bericht verwerkt' group by 1`,
  );
  return new Map(rows.map(({ baan, nummers }) => [baan, nummers]));
}
