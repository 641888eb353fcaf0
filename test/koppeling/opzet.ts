/** A database with messages as the lane leaves them behind: delivered, refused or waiting, in lanes, without sending them first. */
import { randomUUID } from 'node:crypto';
import { dagtekeningVan } from '#src/koppeling/heenbericht.ts';
import { leestInhoud } from '#src/koppeling/referenties.ts';
import { boekVerloop } from '#src/koppeling/verloop.ts';
import type { Database } from '#src/opslag/database.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { type Adres, bepaalAdres } from '#src/routering/adres.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import { leesVoorblad, type Voorblad } from '#src/xml/voorblad.ts';

export const SLEUTELS: Sleutels = { hmac: Buffer.alloc(32, 7), actief: 's1', inhoud: new Map() } as unknown as Sleutels;

export interface Gelegd {
  readonly id: string;
  readonly adres: Adres;
  readonly voorblad: Voorblad;
  readonly referentienummer: string;
}

export interface Ligging {
  readonly toestand?: 'ontvangen' | 'verwerkt' | 'afgekeurd';
  readonly heenbericht?: string;
  /** When it was delivered; now, if not given. */
  readonly op?: Date;
  /** The switch answered it. */
  readonly beantwoord?: boolean;
  /** false: the turn did not keep its books. */
  readonly boek?: boolean;
}

/** What intake knows of these bytes. */
export function lees(bytes: Buffer): Pick<Gelegd, 'adres' | 'voorblad'> {
  const voorblad = leesVoorblad(bytes);
  return { voorblad, adres: bepaalAdres(voorblad) };
}

const LEG = `
with b as (
  insert into baan as baan (gemeente, aanbieder, domein, teller) values ($1, $2, $3, 1)
  on conflict (gemeente, aanbieder, domein) do update set teller = baan.teller + 1 returning id, teller
)
insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
  identificatie, dagtekening, heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
select $4, 'aanlevering', b.id, b.teller, $3, $5, $6, $7, $8, 'proef', $9, $10, $11, $12, '\\x00', 1, $13, coalesce($14, now()), coalesce($14, now())
from b`;

/** Stores a message as intake and its lane would have, and keeps the books of pairs as the turn does. */
export async function leg(database: Database, bytes: Buffer, ligging: Ligging = {}): Promise<Gelegd> {
  const { toestand = 'verwerkt', heenbericht = null, op = null, beantwoord = false, boek = true } = ligging;
  const { adres, voorblad } = lees(bytes);
  const { soort } = adres;
  const id = randomUUID();
  const referentienummer = randomUUID();
  await database.transactie(async (client) => {
    await client.query(LEG, [
      ...[
        adres.gemeente,
        adres.aanbieder,
        soort.domein,
        id,
        soort.code,
        soort.release,
        adres.afzender,
        adres.ontvanger,
      ],
      ...[referentienummer, adres.identificatie ?? null, dagtekeningVan(adres, voorblad), heenbericht, toestand, op],
    ]);
    if (toestand !== 'verwerkt' || !boek) return;
    const inhoud = leestInhoud(soort) ? leesInhoud(bytes, structuurVan(soort)) : undefined;
    await boekVerloop(client, SLEUTELS, [{ id, soort, inhoud, beantwoord }]);
  });
  return { id, adres, voorblad, referentienummer };
}
