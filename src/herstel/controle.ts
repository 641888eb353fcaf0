/** What must hold of a database that was restored, and of any other: each line a promise, and how many rows break it. Reads only. */
import { createHash } from 'node:crypto';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel } from '../opslag/versleuteling.ts';
import { bezorgingVoor } from '../toestanden.ts';

const OPEN = `(${bezorgingVoor('bevestigd')
  .map((stand) => `'${stand}'`)
  .join(', ')})`;

interface Belofte {
  /** For the operator. */
  readonly naam: string;
  /** Counts what breaks it, as `aantal`. */
  readonly sql: string;
}

export const BELOFTEN: readonly Belofte[] = [
  {
    naam: 'elk onverwerkt bericht staat op de werklijst',
    sql: `select count(*)::int as aantal from bericht b where b.toestand = 'ontvangen' and not exists (select from te_doen t where t.bericht_id = b.id)`,
  },
  {
    naam: 'op de werklijst staan alleen onverwerkte berichten, onder hun eigen nummer',
    sql: `select count(*)::int as aantal from te_doen t left join bericht b on b.id = t.bericht_id and b.toestand = 'ontvangen'
          and b.baan_id = t.baan_id and b.baan_nummer = t.baan_nummer where b.id is null`,
  },
  {
    naam: 'de teller van een baan is niet achter bij haar berichten',
    sql: `select count(*)::int as aantal from baan where teller < coalesce((select max(b.baan_nummer) from bericht b where b.baan_id = baan.id), 0)`,
  },
  {
    naam: 'een nummer komt in een baan niet twee keer voor',
    sql: `select count(*)::int as aantal from (select from bericht where baan_nummer is not null group by baan_id, baan_nummer having count(*) > 1) dubbel`,
  },
  {
    naam: 'van elk onverwerkt of onbevestigd bericht is de inhoud er',
    sql: `select count(*)::int as aantal from (
            select bericht_id from te_doen union all select bericht_id from postbus_item where bezorging in ${OPEN}) nodig
          where not exists (select from inhoud i where i.bericht_id = nodig.bericht_id)`,
  },
  {
    naam: 'elke inhoud hoort bij een bericht',
    sql: `select count(*)::int as aantal from inhoud i where not exists (select from bericht b where b.id = i.bericht_id)`,
  },
  {
    naam: 'een bericht heeft één inhoud',
    sql: `select count(*)::int as aantal from (select from inhoud group by bericht_id having count(*) > 1) dubbel`,
  },
  {
    naam: 'in een postbus liggen alleen verwerkte berichten',
    sql: `select count(*)::int as aantal from postbus_item p left join bericht b on b.id = p.bericht_id where b.toestand is distinct from 'verwerkt'`,
  },
  {
    naam: 'een bericht is niet twee keer bevestigd',
    sql: `select count(*)::int as aantal from (
            select from logboek where gebeurtenis = 'bericht bevestigd' and bericht_id is not null group by bericht_id having count(*) > 1) dubbel`,
  },
  {
    naam: 'wat bevestigd is, heeft een moment van bevestiging, en andersom',
    sql: `select count(*)::int as aantal from postbus_item where (bezorging = 'bevestigd') <> (bevestigd_op is not null)`,
  },
];

export interface Controleregel {
  readonly naam: string;
  readonly fouten: number;
}

const PORTIE = 200;

/** Payloads are what they were when they were received; of the newest ones, or of all. */
async function toetsInhouden(database: Database, sleutels: Sleutels, hoogstens: number): Promise<Controleregel> {
  let fouten = 0;
  let na = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  for (let gezien = 0; gezien < hoogstens; ) {
    const { rows } = await database.pool.query<{ id: string; sha256: Buffer; sleutelId: string; cijfertekst: Buffer }>(
      `select b.id::text, b.sha256, i.sleutel_id as "sleutelId", i.cijfertekst from inhoud i join bericht b on b.id = i.bericht_id
       where i.bericht_id < $1 order by i.bericht_id desc limit ${PORTIE}`,
      [na],
    );
    for (const { id, sha256, ...rij } of rows) {
      // What was made unreadable on purpose is no fault.
      if (sleutels.verwijderd.has(rij.sleutelId)) continue;
      try {
        if (
          !createHash('sha256')
            .update(ontsleutel(sleutels, id, rij))
            .digest()
            .equals(sha256)
        )
          fouten += 1;
      } catch {
        fouten += 1;
      }
    }
    gezien += rows.length;
    const laatste = rows.at(-1);
    if (!laatste || rows.length < PORTIE) break;
    na = laatste.id;
  }
  return { naam: 'de inhoud is leesbaar, en byte voor byte wat ontvangen is', fouten };
}

/** @param inhouden how many payloads are decrypted; Infinity: all */
export async function controleerHerstel(
  database: Database,
  sleutels: Sleutels,
  inhouden: number,
): Promise<readonly Controleregel[]> {
  const regels: Controleregel[] = [];
  for (const { naam, sql } of BELOFTEN) {
    const { rows } = await database.pool.query<{ aantal: number }>(sql);
    regels.push({ naam, fouten: rows[0]?.aantal ?? 0 });
  }
  return [...regels, await toetsInhouden(database, sleutels, inhouden)];
}
