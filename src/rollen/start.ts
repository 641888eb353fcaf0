/**
 * `knooppunt start`: brings up what an installation needs and keeps it up. One process per role, so that one that falls takes no
 * other with it; PostgreSQL and Redis of our own when none were configured.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { leesTermijnen } from '../bewaren/termijnen.ts';
import type { Config } from '../config.ts';
import { ConfiguratieFout } from '../fouten.ts';
import { foutVoorLog, type Log, maakLog } from '../log.ts';
import { openDatabase } from '../opslag/database.ts';
import { migreer } from '../opslag/migratie.ts';
import { eisRechten } from '../opslag/rechten/eigen.ts';
import { Sleutelring } from '../opslag/sleutelring.ts';
import { leesDocument } from '../opslag/sleutels.ts';
import { argumentenVan, zonderKerndump } from '../proces.ts';
import { demoOrganisaties, registreer } from '../routering/organisaties.ts';
import { controleerRedis } from '../wachtrij/controle.ts';
import { type Dienst, zorgVoorPostgres, zorgVoorRedis } from './diensten.ts';
import { middelenVan } from './doelen.ts';
import { eisToegang, eisToegangsbestanden } from './poort.ts';
import { type Bewaakt, bewaak } from './toezicht.ts';

const KIJK_MS = 500;

export interface Knooppunt {
  /** http://127.0.0.1:PORT, when the api role runs here. */
  readonly adres: string | undefined;
  readonly stop: () => Promise<void>;
}

/** What the log needs to name; the rest is of the same kind. */
const MEER_DAN_GENOEG = 5;

/** @returns what our user of the database may and these roles do not need */
async function bereidVoor(config: Config, postgres: Dienst, redis: Dienst): Promise<readonly string[]> {
  let teveel: readonly string[];
  const database = openDatabase(postgres.url, { max: 1 });
  try {
    await migreer(database);
    teveel = await eisRechten(database.pool, config.rollen);
    // Makes the first keys, and says in a sentence that the key file is another one's.
    await (await Sleutelring.open(config, database)).sluit();
    await eisToegang(config, database);
    if (config.demo) await registreer(database, demoOrganisaties());
  } finally {
    await database.sluit();
  }
  const verbinding = new Redis(redis.url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
  verbinding.on('error', () => undefined);
  try {
    await verbinding.connect();
    const fouten = (await controleerRedis(verbinding)).filter(({ ernst }) => ernst === 'fout');
    if (fouten.length > 0) throw new ConfiguratieFout(fouten.map(({ melding }) => melding).join(' '));
  } finally {
    verbinding.disconnect();
  }
  return teveel;
}

/** Said once, and no reason to refuse: a small installation has one user for all. */
function meldTeveel({ rollen, productie }: Config, log: Log, teveel: readonly string[]): void {
  if (!productie || teveel.length === 0) return;
  log.warn(
    { rollen, aantal: teveel.length, teveel: teveel.slice(0, MEER_DAN_GENOEG) },
    'de databasegebruiker mag meer dan deze rollen nodig hebben: zie docs/productie.md, stap 3',
  );
}

/**
 * Starts an installation.
 * @param meld hears what takes longer than a moment
 * @returns when every role is ready
 * @throws ConfiguratieFout when it may not or cannot start like this
 */
export async function start(config: Config, meld: (zin: string) => void): Promise<Knooppunt> {
  const log = maakLog(config.logniveau, 'start');
  if (!zonderKerndump()) log.warn('core dumps zijn hier niet uit te zetten');
  mkdirSync(config.data, { recursive: true });
  leesDocument(config);
  leesTermijnen(config);
  await eisToegangsbestanden(config);
  if (config.rollen.includes('planner')) middelenVan(config);
  let postgres = await zorgVoorPostgres(config);
  let redis = await zorgVoorRedis(config, meld);
  try {
    meldTeveel(config, log, await bereidVoor(config, postgres, redis));
  } catch (fout) {
    await Promise.all([postgres.eigen?.stop(), redis.eigen?.stop()]);
    throw fout;
  }

  let poort = config.poort;
  const omgeving = (): NodeJS.ProcessEnv => ({
    ...process.env,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    KNOOPPUNT_DATA: config.data,
    KNOOPPUNT_POORT: String(poort),
    KNOOPPUNT_DEMO: config.demo ? '1' : '0',
    KNOOPPUNT_LOGNIVEAU: config.logniveau,
  });
  const kinderen: Bewaakt[] = [];
  const pids = (rol: string): readonly (number | undefined)[] =>
    kinderen.filter((kind) => kind.rol === rol).map((kind) => kind.pid());
  /** For the operator, and for whoever wants to test what happens when one of them falls. */
  const schrijfProcessen = (): void => {
    const stand = {
      supervisor: process.pid,
      api: pids('api'),
      verwerker: pids('verwerker'),
      planner: pids('planner'),
      postgres: postgres.eigen?.pid ?? null,
      redis: redis.eigen?.pid ?? null,
      databaseUrl: postgres.url,
      redisUrl: redis.url,
    };
    const pad = join(config.data, 'processen.json');
    writeFileSync(`${pad}.nieuw`, `${JSON.stringify(stand, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${pad}.nieuw`, pad);
  };
  for (const rol of config.rollen) {
    const aantal = rol === 'verwerker' ? config.verwerkers : 1;
    for (let nr = 0; nr < aantal; nr += 1) kinderen.push(bewaak(rol, omgeving, schrijfProcessen));
  }

  const gevallen = ({ eigen }: Dienst): boolean => eigen !== undefined && argumentenVan(eigen.pid).length === 0;
  let stoppend = false;
  let kijk: NodeJS.Timeout | undefined;
  const bewaakDiensten = async (): Promise<void> => {
    try {
      const voorheen = [postgres.url, redis.url];
      if (gevallen(postgres)) postgres = await zorgVoorPostgres(config);
      else if (gevallen(redis)) redis = await zorgVoorRedis(config, meld);
      else return;
      log.warn('eigen dienst opnieuw gestart');
      // Its port was taken by another program meanwhile: the roles must hear of the new one.
      if (![postgres.url, redis.url].every((url) => voorheen.includes(url)))
        for (const kind of kinderen) kind.herstart();
      schrijfProcessen();
    } catch (fout) {
      log.error({ fout: foutVoorLog(fout) }, 'eigen dienst start niet');
    } finally {
      if (!stoppend) kijk = setTimeout(() => void bewaakDiensten(), KIJK_MS);
    }
  };
  void bewaakDiensten();

  const gereed = await Promise.all(kinderen.map((kind) => kind.gereed));
  poort = gereed.find((bericht) => bericht.poort !== undefined)?.poort ?? poort;
  return {
    adres: config.rollen.includes('api')
      ? `${config.toegang.tls ? 'https' : 'http'}://${config.host}:${poort}`
      : undefined,
    async stop() {
      stoppend = true;
      clearTimeout(kijk);
      await Promise.all(kinderen.map((kind) => kind.stop()));
      await redis.eigen?.stop();
      await postgres.eigen?.stop();
    },
  };
}
