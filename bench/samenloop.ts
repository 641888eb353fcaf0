/** The whole comparison: 500,000 indications against 1,000,000 Wmo records. How long, and with how much memory? */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../src/opslag/database.ts';
import { migreer } from '../src/opslag/migratie.ts';
import { leesSleutels, type Sleutels } from '../src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '../src/routering/organisaties.ts';
import { bewaarBsn } from '../src/wlz-samenloop/wmo/bsn.ts';
import { rond } from './getallen.ts';
import { type Diensten, metDatabase, startDiensten } from './opstelling.ts';
import type { Benchmark, Context } from './types.ts';

const DOEL_S = 30;
const DOEL_MB = 500;
const KIJK_MS = 20;
/** One in so many of those with an indication also has Wmo care. */
const SAMENLOOP_OP = 20;
const GEMEENTEN = 340;

interface Omvang {
  readonly indicaties: number;
  readonly voorzieningen: number;
}

/**
 * The persons with both are real to us: their BSN can be read back. The others are random bytes, which is what an HMAC and a ciphertext look
 * like.
 */
async function vul(
  url: string,
  sleutels: Sleutels,
  { indicaties, voorzieningen }: Omvang,
  { meld }: Context,
): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  await migreer(database);
  await registreer(database, demoOrganisaties());
  await database.sluit();
  await metDatabase(url, async (client) => {
    await client.query('set synchronous_commit = off');
    const samen = Math.round(indicaties / SAMENLOOP_OP);
    await client.query(
      'create temp table bench_samen (nr int primary key, hmac bytea, sleutel_id text, cijfertekst bytea)',
    );
    for (let nr = 0; nr < samen; nr += 1000) {
      const bsns = Array.from({ length: Math.min(1000, samen - nr) }, (_, plek) =>
        bewaarBsn(sleutels, String(100_000_000 + nr + plek)),
      );
      await client.query(
        'insert into bench_samen select * from unnest($1::int[], $2::bytea[], $3::text[], $4::bytea[])',
        [
          bsns.map((_, plek) => nr + plek),
          bsns.map(({ hmac }) => hmac),
          bsns.map(({ sleutelId }) => sleutelId),
          bsns.map(({ cijfertekst }) => cijfertekst),
        ],
      );
    }
    await client.query(
      `with l as (
         insert into wlz_levering (id, vorm, soort, volgnummer, peilmoment, aantal, sha256, toestand, actor, geeindigd_op)
         values (gen_random_uuid(), 'ciz-dat', 'VOLLEDIG', 1, now(), $1, repeat('0', 64), 'verwerkt', 'bench', now()) returning id
       ), r as (
         insert into wlz_register (levering_id, volgnummer, peilmoment, aantal) select id, 1, now(), $1 from l
       )
       insert into wlz_indicatie (besluitnummer, bsn_hmac, ingangsdatum, einddatum, levering_id)
       select n + 1, coalesce(s.hmac, sha256(('w' || n)::bytea)), current_date - n % 1000, case when n % 3 = 0 then current_date + n % 500 end, l.id
       from l cross join generate_series(0, $1::int - 1) n left join bench_samen s on s.nr = n`,
      [indicaties],
    );
    meld(`samenloop: ${indicaties} indicaties geladen`);
    await client.query(
      `insert into wmo_levering (id, gemeente, indiener, vorm, toestand, aangenomen)
       select gen_random_uuid(), code, 'bench', 'csv', 'actueel', $1::int / ${GEMEENTEN} from organisatie
       where soort = 'gemeente' order by code limit ${GEMEENTEN}`,
      [voorzieningen],
    );
    await client.query(
      `insert into wmo_voorziening (levering_nr, bsn_hmac, voorziening_id, status, vanaf, vanaf_bekend, tot, productcategorie, sleutel_id, cijfertekst)
       select 1 + n % ${GEMEENTEN}, coalesce(s.hmac, sha256(('m' || n)::bytea)), 'V' || n, 'LOPEND', current_date - n % 700, true,
         case when n % 4 = 0 then current_date + n % 300 end, lpad((1 + n % 18)::text, 2, '0'), coalesce(s.sleutel_id, 's1'),
         coalesce(s.cijfertekst, $2::bytea)
       from generate_series(0, $1::int - 1) n left join bench_samen s on s.nr = n`,
      [voorzieningen, randomBytes(37)],
    );
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
}

const veld = (pid: number, naam: string): number => {
  const kB = new RegExp(`^${naam}:\\s*(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kB ?? 0) / 1024;
};

interface Gemeten {
  readonly seconden: number;
  /** Largest of the command itself, and of its own memory in the server. */
  readonly commandoMB: number;
  readonly serverMB: number;
  readonly rapport: Readonly<Record<string, unknown>>;
}

/** Runs `knooppunt wlz vergelijk` as the operator does, and looks at its memory and at that of its connections in PostgreSQL. */
async function meet(diensten: Diensten, url: string, data: string): Promise<Gemeten> {
  const kind = spawn(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), 'wlz', 'vergelijk', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: url, REDIS_URL: diensten.redisUrl, KNOOPPUNT_DATA: data },
  });
  let uitvoer = '';
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => {
    uitvoer += stuk;
  });
  const toezicht = new pg.Client({ connectionString: url });
  await toezicht.connect();
  let commandoMB = 0;
  let serverMB = 0;
  const einde = once(kind, 'exit');
  const kijk = async (): Promise<void> => {
    while (kind.exitCode === null) {
      try {
        commandoMB = Math.max(commandoMB, veld(kind.pid ?? 0, 'VmHWM'));
        const { rows } = await toezicht.query<{ pid: number }>(
          `select pid from pg_stat_activity where application_name = 'knooppunt' and datname = current_database()`,
        );
        serverMB = Math.max(serverMB, ...rows.map(({ pid }) => veld(pid, 'RssAnon')));
      } catch {
        // It ended between the look and the reading.
      }
      await new Promise((klaar) => setTimeout(klaar, KIJK_MS));
    }
  };
  await Promise.all([einde, kijk()]);
  await toezicht.end();
  if (kind.exitCode !== 0) throw new Error('the comparison failed');
  const rapport = JSON.parse(uitvoer) as { readonly duurMs: number };
  return { seconden: rapport.duurMs / 1000, commandoMB, serverMB, rapport: { ...rapport } };
}

export const samenloop: Benchmark = {
  rijen: [
    {
      naam: 'wlz-vergelijk-s',
      wat: '500.000 Wlz-indicaties vergelijken met 1.000.000 Wmo-voorzieningen, met alle signalen en berichten',
      doel: { tekst: `≤ ${DOEL_S} s`, gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= DOEL_S },
    },
    {
      naam: 'wlz-rss-mb',
      wat: 'Grootste geheugengebruik daarbij, van het proces en zijn verbinding in PostgreSQL samen',
      doel: { tekst: `≤ ${DOEL_MB} MB`, gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= DOEL_MB },
    },
  ],
  async voer(context) {
    const omvang = { indicaties: context.kort ? 5000 : 500_000, voorzieningen: context.kort ? 10_000 : 1_000_000 };
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const url = await diensten.nieuweDatabase('samenloop');
    const data = join(diensten.map, 'gegevens');
    mkdirSync(data);
    await vul(url, leesSleutels({ sleutelbestand: undefined, data }), omvang, context);
    const eerste = await meet(diensten, url, data);
    context.meld(`samenloop: eerste keer ${rond(eerste.seconden)} s, ${JSON.stringify(eerste.rapport)}`);
    const weer = await meet(diensten, url, data);
    context.meld(`samenloop: zonder wijzigingen ${rond(weer.seconden)} s`);
    const omstandigheden = {
      ...(await diensten.omstandigheden()),
      ...omvang,
      nieuw: eerste.rapport.nieuw,
      zonderWijzigingenS: rond(weer.seconden),
      commandoMB: rond(Math.max(eerste.commandoMB, weer.commandoMB), 0),
      serververbindingMB: rond(Math.max(eerste.serverMB, weer.serverMB), 0),
      methode: `knooppunt wlz vergelijk; een op ${SAMENLOOP_OP} met een indicatie heeft ook Wmo-zorg, en de eerste keer zijn al die signalen nieuw`,
    };
    const geheugen = Math.max(eerste.commandoMB + eerste.serverMB, weer.commandoMB + weer.serverMB);
    return [
      { naam: 'wlz-vergelijk-s', eenheid: 's', knooppunt: rond(eerste.seconden, 2), referentie: null, omstandigheden },
      { naam: 'wlz-rss-mb', eenheid: 'MB', knooppunt: rond(geheugen, 0), referentie: null, omstandigheden },
    ];
  },
};
