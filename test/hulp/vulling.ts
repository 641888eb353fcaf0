/** Puts messages in a postbus by hand: as they lie there after their lane delivered them, without sending them first. */
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '#src/opslag/database.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { versleutel } from '#src/opslag/versleuteling.ts';
import type { Bezorging } from '#src/toestanden.ts';

export interface Vulling {
  readonly postbus: string;
  readonly aantal: number;
  readonly bezorging?: Bezorging;
  /** What the row says of the size; the payload itself stays small. */
  readonly omvang?: number;
}

/** A lane for messages that were put in by hand. @returns its id */
export async function maakBaan(database: Database, gemeente = '0363', aanbieder = '98000001'): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into baan (gemeente, aanbieder, domein) values ($1, $2, 'iwmo')
     on conflict (gemeente, aanbieder, domein) do update set teller = baan.teller returning id`,
    [gemeente, aanbieder],
  );
  return rows[0]?.id ?? 0;
}

/** @returns the ids of the messages, in the order in which they lie in the postbus */
export async function vulPostbus(database: Database, sleutels: Sleutels, vulling: Vulling): Promise<readonly string[]> {
  const { postbus, aantal, bezorging = 'te_bezorgen', omvang } = vulling;
  const baanId = await maakBaan(database);
  const berichten = Array.from({ length: aantal }, (_, nr) => {
    const id = randomUUID();
    const bytes = Buffer.from(`<bericht nr="${nr}"/>`);
    const { sleutelId, cijfertekst } = versleutel(sleutels, id, bytes);
    return { id, sleutelId, cijfertekst, omvang: omvang ?? bytes.length };
  });
  const ids = berichten.map(({ id }) => id);
  await database.transactie(async (client) => {
    await client.query(
      `insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
         sha256, omvang, toestand, ontvangen_op, verwerkt_op)
       select id, 'aanlevering', $2, 'iwmo', 'WMO301', '3.2', '0363', $3, 'proef', gen_random_uuid(), $4, omvang, 'verwerkt', now(), now()
       from unnest($1::uuid[], $5::int[]) as n(id, omvang)`,
      [ids, baanId, postbus, createHash('sha256').digest(), berichten.map((stuk) => stuk.omvang)],
    );
    for (const { id, sleutelId, cijfertekst } of berichten) {
      await client.query('insert into inhoud values ($1, $2, $3)', [id, sleutelId, cijfertekst]);
    }
    await client.query(
      `insert into postbus_item (postbus, bericht_id, bezorging, lease_tot)
       select $1, id, $3, case when $3 = 'opgehaald' then now() - interval '1 second' end
       from unnest($2::uuid[]) with ordinality as n(id, plaats) order by plaats`,
      [postbus, ids, bezorging],
    );
  });
  return ids;
}
