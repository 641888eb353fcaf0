/** The figures of the chain: how many messages the planner follows per second when the tables are full, and how many it makes anew. */

import { beginHerbouw, herbouwPortie } from '../src/ketendata/herbouw.ts';
import { VERSIE } from '../src/ketendata/metingen.ts';
import { rekenNa } from '../src/ketendata/narekenen.ts';
import { volg } from '../src/ketendata/volgen.ts';
import { type Database, openDatabase } from '../src/opslag/database.ts';
import { migreer } from '../src/opslag/migratie.ts';
import { demoOrganisaties, registreer } from '../src/routering/organisaties.ts';
import { rond } from './getallen.ts';
import { Klok, type Stap } from './klok.ts';
import { startDiensten } from './opstelling.ts';
import type { Benchmark } from './types.ts';
import { INHOUD, vul } from './vulling.ts';

/** Received, judged, fetched, confirmed. */
const REGELS_PER_BERICHT = 4;

const PER_SECONDE = 1_000_000;

async function herbouw(database: Database): Promise<void> {
  await beginHerbouw(database);
  while (!(await herbouwPortie(database)).klaar);
}

/** Makes the last messages new to the figures, with their lines still to be followed. */
async function vergeet({ pool }: Database, aantal: number): Promise<void> {
  await pool.query(
    `with l as (select distinct bericht_id as id from logboek where nr > (select max(nr) - $1 from logboek))
     delete from ketenbijdrage b using l where b.bron = 'bericht' and b.id = l.id`,
    [aantal * REGELS_PER_BERICHT],
  );
  await pool.query('update ketenstand set tot_regel = (select max(nr) - $1 from logboek)', [
    aantal * REGELS_PER_BERICHT,
  ]);
}

async function volgAlles(database: Database): Promise<void> {
  while ((await volg(database)).stand === 'meer');
}

export const ketendata: Benchmark = {
  rijen: [
    {
      naam: 'ketendata-volgen',
      wat: 'Berichten die de planner per seconde in de cijfers verwerkt, zonder zijn rust ertussen',
    },
    { naam: 'ketendata-herbouw', wat: 'Berichten per seconde bij het opnieuw maken van alle cijfers, zonder rust' },
  ],
  async voer(context) {
    const opgeslagen = context.kort ? 5000 : 100_000;
    const nieuw = context.kort ? 500 : 20_000;
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const url = await diensten.nieuweDatabase('ketendata');
    const database = stapel.adopt(openDatabase(url, { max: 1 }), (open) => open.sluit());
    await migreer(database);
    await registreer(database, demoOrganisaties());
    await vul(url, opgeslagen, context.meld);
    // All lines are final: nobody writes.
    await database.pool.query(
      `insert into logboek_schakel (nr, van_regel, tot_regel, aantal, eerste, laatste, afdrukken, samenvatting, vorige, keten, zegel, sleutel)
       select 1, 1, max(nr), 1, now(), now(), '', '', '', '', '', 'bench' from logboek`,
    );
    // One connection, so that one backend does all the work: on a busy machine only processor time says something.
    const { rows: wie } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const meet = async (stap: string, aantal: number, werk: () => Promise<unknown>): Promise<Stap> => {
      const klok = new Klok(wie[0]?.pid ?? 0);
      await klok.tijd(aantal, werk);
      const uitslag = klok.uitslag(stap);
      context.meld(`ketendata: ${JSON.stringify(uitslag)} µs per bericht`);
      return uitslag;
    };
    const eerst = await meet('herbouw van niets', opgeslagen, () => herbouw(database));
    await database.pool.query('vacuum analyze');
    const weer = await meet('herbouw zonder wijzigingen', opgeslagen, () => herbouw(database));
    const nagerekend = await meet('narekenen', opgeslagen, () => rekenNa(database));
    await vergeet(database, nieuw);
    const gevolgd = await meet('volgen', nieuw, () => volgAlles(database));
    const { rows } = await database.pool.query<{ cijfers: number; mb: number }>(
      `select (select count(*)::float8 from ketencijfer) as cijfers,
         (pg_total_relation_size('ketencijfer') + pg_total_relation_size('ketenbijdrage') + pg_total_relation_size('ketenverband')) / 1e6::float8 as mb`,
    );
    const omstandigheden = {
      ...(await diensten.omstandigheden()),
      opgeslagen,
      opgeslagenInhoud: INHOUD,
      versie: VERSIE,
      cijfers: rows[0]?.cijfers,
      tabellenMB: rond(rows[0]?.mb ?? 0, 0),
      stappenMicroseconden: [eerst, weer, nagerekend, gevolgd],
      gevolgdeBerichten: nieuw,
      regelsPerBericht: REGELS_PER_BERICHT,
    };
    const eenheid = 'berichten/s';
    return [
      {
        naam: 'ketendata-volgen',
        eenheid,
        knooppunt: rond(PER_SECONDE / gevolgd.doorlooptijd, 0),
        referentie: null,
        omstandigheden,
      },
      {
        naam: 'ketendata-herbouw',
        eenheid,
        knooppunt: rond(PER_SECONDE / eerst.doorlooptijd, 0),
        referentie: null,
        omstandigheden,
      },
    ];
  },
};
