/**
 * Fills a database with messages of the past, by SQL: what a switch holds after months of work. All of them are done, nearly all are
 * confirmed by their receiver, spread over the same lanes that the load uses, so that every index meets them.
 */
import { randomBytes } from 'node:crypto';
import { partijen } from './berichten.ts';
import { BANEN } from './keten.ts';
import { metDatabase } from './opstelling.ts';

/** Payloads: random bytes, because ciphertext is; their sizes are about those of small messages. */
const KLEINSTE = 2100;
const GROOTSTE = 4100;
const INHOUDEN = 997;
const PER_KEER = 50_000;

export const INHOUD = `willekeurige bytes, ${KLEINSTE}-${GROOTSTE} per bericht`;

const VOEG_TOE = `
with nr as (
  select n, gen_random_uuid() as id, n % ${BANEN} as baan, $1::timestamptz + interval '1 second' * (n / 3) as moment from generate_series($2::int, $3::int) n
), b as (
  insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    identificatie, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select nr.id, 'aanlevering', baan.id, nr.n / ${BANEN} + 1, baan.domein, case baan.domein when 'ijw' then 'JW301' else 'WMO301' end, '3.2',
    baan.gemeente, baan.aanbieder, 'demo-' || baan.gemeente, gen_random_uuid(), 'V' || nr.n, sha256(nr.id::text::bytea), 4400, 'verwerkt',
    nr.moment, nr.moment
  from nr join bench_baan on bench_baan.nr = nr.baan join baan on baan.id = bench_baan.baan_id
  returning id, ontvanger, afzender, indiener, ontvangen_op
), i as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst)
  select nr.id, 's1', bench_inhoud.bytes from nr join bench_inhoud on bench_inhoud.nr = nr.n % ${INHOUDEN}
), p as (
  insert into postbus_item (postbus, bericht_id, bezorging, ophalingen, geplaatst_op, opgehaald_op, bevestigd_op)
  select b.ontvanger, nr.id, case when nr.n % 1000 = 0 then 'te_bezorgen' else 'bevestigd' end, 1, nr.moment, nr.moment, nr.moment
  from nr join b using (id)
)
insert into logboek (tijdstip, gebeurtenis, actor, namens, resultaat, bericht_id)
select ontvangen_op, gebeurtenis, b.indiener, b.afzender, 'aangenomen', b.id
from b cross join (values ('bericht ontvangen'), ('bericht verwerkt'), ('bericht opgehaald'), ('bericht bevestigd')) g(gebeurtenis)`;

/**
 * Puts messages in an empty database of Knooppunt, then does what autovacuum would have done in those months.
 * @param meld hears how far it is
 */
export function vul(databaseUrl: string, aantal: number, meld: (zin: string) => void): Promise<void> {
  return metDatabase(databaseUrl, async (client) => {
    // The load of the past need not survive a power loss; the measured load does, on connections of its own.
    await client.query('set synchronous_commit = off');
    await client.query('create temp table bench_inhoud (nr int primary key, bytes bytea)');
    for (let nr = 0; nr < INHOUDEN; nr += 1) {
      const omvang = KLEINSTE + Math.round(((GROOTSTE - KLEINSTE) * nr) / INHOUDEN);
      await client.query('insert into bench_inhoud values ($1, $2)', [nr, randomBytes(omvang)]);
    }
    await client.query('create temp table bench_baan (nr int primary key, baan_id int)');
    for (let nr = 0; nr < BANEN; nr += 1) {
      const { gemeente, aanbieder } = partijen(nr);
      await client.query(
        `with b as (insert into baan (gemeente, aanbieder, domein, teller) values ($1, $2, $3, $4) returning id)
         insert into bench_baan select $5, id from b`,
        [gemeente, aanbieder, nr % 2 === 0 ? 'ijw' : 'iwmo', Math.ceil(aantal / BANEN) + 1, nr],
      );
    }
    await client.query('analyze bench_inhoud');
    await client.query('analyze bench_baan');
    const begin = new Date(Date.now() - 180 * 24 * 3600 * 1000);
    for (let van = 0; van < aantal; van += PER_KEER) {
      await client.query(VOEG_TOE, [begin, van, Math.min(van + PER_KEER, aantal) - 1]);
      meld(`groei: ${Math.min(van + PER_KEER, aantal)} berichten geladen`);
    }
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
}
