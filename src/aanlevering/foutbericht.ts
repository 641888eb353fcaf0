/**
 * A Fo01 about a message that never got in: refused at the door of the StUF endpoint, or turned down by its receiver's own system. It goes
 * straight into the postbus of the sender; there is no lane, because there is nothing left to judge.
 */
import { createHash } from 'node:crypto';
import { afgeleideUuid } from '../identiteit.ts';
import { huidigSpoor } from '../logboek/spoor.ts';
import type { Verbinding } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { versleutel } from '../opslag/versleuteling.ts';
import type { Domein } from '../standards/catalogus.ts';

export interface Foutbericht {
  /** Who signs it: the switch under the name of its fault list, or a gemeente. */
  readonly afzender: string;
  /** Who gets it. */
  readonly ontvanger: string;
  readonly domein: Domein;
  readonly release: string;
  readonly indiener: string;
  readonly referentienummer: string;
  /** referentienummer of the message it is about. */
  readonly kruisreferentie: string;
  /** That message, when it was stored. */
  readonly heenberichtId: string | null;
  /** See foutsleutel. */
  readonly foutcode: string;
  /** Soort of that message, when it was never stored and is one of the norm. */
  readonly foutsoort: string | null;
  readonly bytes: Buffer;
}

const BEWAAR = {
  name: 'foutbericht-bewaar',
  text: `
with nieuw as (
  insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, kruisreferentie,
    heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op, spoor, foutcode, foutsoort)
  values ($1, 'knooppunt', (select baan_id from bericht where id = $9::uuid), $2, 'Fo01', $3, $4, $5, $6, $7, $8, $9, $10, $11, 'verwerkt',
    date_trunc('milliseconds', now()), now(), $14, $15, $16)
  on conflict do nothing
  returning id, ontvangen_op
), k as (
  insert into betrokkene (hmac, ontvangen_op, bericht_id)
  select heen.hmac, nieuw.ontvangen_op, nieuw.id from nieuw join betrokkene heen on heen.bericht_id = $9::uuid
), i as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst) select id, $12::text, $13::bytea from nieuw
), l as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, betrokkenen, spoor)
  select 'bericht verwerkt', $6, $4, 'Fo01', id, array(select hmac from betrokkene where bericht_id = $9::uuid), $14 from nieuw
)
insert into postbus_item (postbus, bericht_id, bezorging) select $5::text, id, 'te_bezorgen' from nieuw`,
};

/**
 * Stores it and puts it in the postbus. A second time the same changes nothing: the id is derived from what it is about.
 * @returns its id
 */
export async function bewaarFoutbericht(
  { pool: verbinding }: { readonly pool: Verbinding },
  sleutels: Sleutels,
  fout: Foutbericht,
): Promise<string> {
  const id = afgeleideUuid('foutbericht', fout.afzender, fout.ontvanger, fout.kruisreferentie, fout.referentienummer);
  const { sleutelId, cijfertekst } = versleutel(sleutels, id, fout.bytes);
  await verbinding.query({
    ...BEWAAR,
    values: [
      id,
      fout.domein,
      fout.release,
      fout.afzender,
      fout.ontvanger,
      fout.indiener,
      fout.referentienummer,
      fout.kruisreferentie,
      fout.heenberichtId,
      createHash('sha256').update(fout.bytes).digest(),
      fout.bytes.length,
      sleutelId,
      cijfertekst,
      huidigSpoor(),
      fout.foutcode,
      fout.foutsoort,
    ],
  });
  return id;
}
