/** Worlds for the comparison: persons with besluiten and voorzieningen, put into the tables as the imports would leave them. */
import type { Database } from '#src/opslag/database.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { ontsleutel, pseudoniem } from '#src/opslag/versleuteling.ts';
import { Routering } from '#src/routering/routering.ts';
import { isBsn } from '#src/standards/bsn.ts';
import type { Vergelijkplek } from '#src/wlz-samenloop/signalen/deel.ts';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';

export interface RijBesluit {
  readonly bsn: string;
  readonly nummer: number;
  readonly ingang: string;
  readonly einde?: string | null;
  readonly verval?: string | null;
}
export interface RijZorg {
  readonly bsn: string;
  readonly gemeente: string;
  readonly id: string;
  readonly vanaf: string;
  readonly tot?: string | null;
  readonly categorie?: string;
}

/** Every BSN that a test may use. */
const TEST_BSNS = Array.from({ length: 99_985 }, (_, nr) => String(999_900_006 + nr)).filter(isBsn);

/** One of the test BSNs. */
export function bsnVan(nr: number): string {
  const bsn = TEST_BSNS[nr];
  if (bsn === undefined) throw new RangeError('There are no more test BSNs.');
  return bsn;
}

/** The register is exactly this. Every call is a delivery of its own. */
export async function zetRegister(
  { database, sleutels }: { database: Database; sleutels: Sleutels },
  besluiten: readonly RijBesluit[],
  peilmoment = new Date(),
): Promise<void> {
  await database.transactie(async (client) => {
    const { rows } = await client.query<{ nr: string }>(
      'select coalesce(max(volgnummer), 0) + 1 as nr from wlz_levering',
    );
    const volgnummer = rows[0]?.nr;
    const { rows: levering } = await client.query<{ id: string }>(
      `insert into wlz_levering (id, vorm, soort, volgnummer, peilmoment, aantal, sha256, toestand, actor, geeindigd_op)
       values (gen_random_uuid(), 'ciz-dat', 'VOLLEDIG', $1, $2, $3, repeat('0', 64), 'verwerkt', 'proef', now()) returning id`,
      [volgnummer, peilmoment, besluiten.length],
    );
    const id = levering[0]?.id;
    await client.query(
      `insert into wlz_register (levering_id, volgnummer, peilmoment, aantal) values ($1, $2, $3, $4)
       on conflict (enige) do update set levering_id = excluded.levering_id, volgnummer = excluded.volgnummer,
         peilmoment = excluded.peilmoment, aantal = excluded.aantal`,
      [id, volgnummer, peilmoment, besluiten.length],
    );
    await client.query('delete from wlz_indicatie');
    await client.query(
      `insert into wlz_indicatie (besluitnummer, bsn_hmac, ingangsdatum, einddatum, vervaldatum, levering_id)
       select *, $6::uuid from unnest($1::bigint[], $2::bytea[], $3::date[], $4::date[], $5::date[])`,
      [
        besluiten.map(({ nummer }) => nummer),
        besluiten.map(({ bsn }) => pseudoniem(sleutels, bsn)),
        besluiten.map(({ ingang }) => ingang),
        besluiten.map(({ einde }) => einde ?? null),
        besluiten.map(({ verval }) => verval ?? null),
        id,
      ],
    );
  });
}

/** The Wmo side of these gemeenten is exactly this, as after an upload of each. */
export async function zetWmo(
  { database, sleutels }: { database: Database; sleutels: Sleutels },
  zorg: readonly RijZorg[],
  gemeenten: readonly string[] = [...new Set(zorg.map(({ gemeente }) => gemeente))],
): Promise<void> {
  for (const gemeente of gemeenten) {
    const rijen = zorg.filter((rij) => rij.gemeente === gemeente);
    const bsns = rijen.map(({ bsn }) => bewaarBsn(sleutels, bsn));
    await database.transactie(async (client) => {
      await client.query(
        `update wmo_levering set toestand = 'vervangen' where gemeente = $1 and toestand = 'actueel'`,
        [gemeente],
      );
      const { rows } = await client.query<{ nr: number }>(
        `insert into wmo_levering (id, gemeente, indiener, vorm, toestand, aangenomen) values (gen_random_uuid(), $1, 'proef', 'csv', 'actueel', $2)
         returning nr`,
        [gemeente, rijen.length],
      );
      await client.query(
        `insert into wmo_voorziening (levering_nr, bsn_hmac, sleutel_id, cijfertekst, voorziening_id, status, vanaf, vanaf_bekend, tot, productcategorie)
         select $1, hmac, sleutel_id, cijfertekst, id, 'LOPEND', vanaf, true, tot, categorie
         from unnest($2::bytea[], $3::text[], $4::bytea[], $5::text[], $6::date[], $7::date[], $8::text[])
           as n(hmac, sleutel_id, cijfertekst, id, vanaf, tot, categorie)`,
        [
          rows[0]?.nr,
          bsns.map(({ hmac }) => hmac),
          bsns.map(({ sleutelId }) => sleutelId),
          bsns.map(({ cijfertekst }) => cijfertekst),
          rijen.map(({ id }) => id),
          rijen.map(({ vanaf }) => vanaf),
          rijen.map(({ tot }) => tot ?? null),
          rijen.map(({ categorie }) => categorie ?? null),
        ],
      );
    });
  }
}

export const plekVan = (
  { database, sleutels }: { database: Database; sleutels: Sleutels },
  anders: Partial<Vergelijkplek> = {},
): Vergelijkplek => ({
  database,
  sleutels,
  routering: new Routering(database),
  vervaldatum: 'eerste-dag-zonder',
  terugwerkendDagen: 365,
  ...anders,
});

/** A signal as it was said to a gemeente, in its postbus. */
export interface Gemeld {
  readonly berichtId: string;
  readonly postbus: string;
  readonly signaalId: string;
  readonly type: string;
  readonly gemeentecode: string;
  readonly bsn: string;
  readonly voorzieningId: string;
  readonly overlap: { readonly vanaf: string; readonly totEnMet: string | null };
  readonly advies: { readonly klasse: string; readonly tekst: string };
  readonly workflow: string;
  readonly uitkomst: string | null;
  readonly herinnering: boolean;
  readonly [veld: string]: unknown;
}

/** Everything in the postbussen, in the order in which it was put there. @param na only after this many */
export async function gemeld(
  { database, sleutels }: { database: Database; sleutels: Sleutels },
  na = 0,
): Promise<readonly Gemeld[]> {
  const { rows } = await database.pool.query<{
    id: string;
    postbus: string;
    sleutelId: string;
    cijfertekst: Buffer;
  }>(
    `select b.id, p.postbus, i.sleutel_id as "sleutelId", i.cijfertekst
     from postbus_item p join bericht b on b.id = p.bericht_id join inhoud i on i.bericht_id = b.id
     where b.berichtsoort = 'WLZ-SIGNAAL' order by p.nr offset $1`,
    [na],
  );
  return rows.map(({ id, postbus, ...rij }) => ({
    berichtId: id,
    postbus,
    ...(JSON.parse(ontsleutel(sleutels, id, rij).toString('utf8')) as Omit<Gemeld, 'berichtId' | 'postbus'>),
  })) as unknown as readonly Gemeld[];
}
