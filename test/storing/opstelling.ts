/**
 * What a round is played on. `eigen`: Knooppunt with its own PostgreSQL and Redis, as it runs out of the box.
 * `los`: PostgreSQL and Redis run by the test, so that it can cut their power and keep them down.
 */
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vrijePoort, wachtTot } from '#src/proces.ts';
import { startIngebedRedis } from '#src/wachtrij/ingebed.ts';
import { type Knooppunt, startKnooppunt } from '../hulp/knooppunt.ts';
import { processenIn, schiet, schietBijEinde } from '../hulp/processen.ts';
import { maakWankelePostgres, type WankelePostgres } from './stroomuitval/stroomuitval.ts';
import type { Baan, Zending } from './types.ts';

export interface Opstelling {
  readonly knooppunt: Knooppunt;
  /** The parts of `los`. */
  readonly los?: {
    readonly postgres: WankelePostgres;
    startRedis(): Promise<void>;
    /** kill -9; with `metGegevens` its files are gone as well. */
    doodRedis(metGegevens: boolean): Promise<void>;
  };
  /** Everything sent since it was set up: later rounds must not harm what earlier rounds delivered. */
  readonly zendingen: Zending[];
  stop(): Promise<void>;
}

const GEMEENTEN = ['0363', '0344', '0384', '0518'];
const AANBIEDERS = ['98000001', '98000002', '98000003', '98000004'];
/** For these the switch answers; the others answer themselves, which here means: not. */
const ANTWOORDT_KNOOPPUNT = new Set(['0363', '0384', '98000001', '98000003']);
/** These want a dossier, so every lane of theirs has one. They answer themselves: what the rules find then changes no outcome. */
const MET_DOSSIER = new Set(['0344', '98000002']);

/** `aantal` lanes, such that a postbus gets messages of several lanes. */
export function banen(aantal: number): Baan[] {
  return Array.from({ length: aantal }, (_, i) => ({
    gemeente: GEMEENTEN[Math.floor(i / 2) % GEMEENTEN.length] ?? '',
    aanbieder: AANBIEDERS[(i + Math.floor(i / 8)) % AANBIEDERS.length] ?? '',
    domein: i % 2 === 0 ? 'iwmo' : 'ijw',
  }));
}

export function postbussen(lijst: readonly Baan[]): string[] {
  return [...new Set(lijst.flatMap(({ gemeente, aanbieder }) => [gemeente, aanbieder]))];
}

export async function maakEigen(): Promise<Opstelling> {
  const knooppunt = await startKnooppunt({ omgeving: { KNOOPPUNT_VERWERKERS: '2' } });
  await stelIn(knooppunt);
  return { knooppunt, zendingen: [], stop: () => knooppunt.stop() };
}

/** @returns the set-up, or the reason why power loss cannot be imitated here */
export async function maakLos(): Promise<Opstelling | { readonly reden: string }> {
  const map = await realpath(await mkdtemp(join(tmpdir(), 'knooppunt-los-')));
  await chmod(map, 0o755);
  const gestopt = schietBijEinde(() => processenIn(map));
  const ruimOp = async (): Promise<void> => {
    schiet(processenIn(map));
    gestopt();
    await rm(map, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const postgres = await maakWankelePostgres(map);
    if ('reden' in postgres) {
      await ruimOp();
      return postgres;
    }
    const redisMap = join(map, 'redis');
    const redisPoort = await vrijePoort();
    let redisUrl = '';
    const startRedis = async (): Promise<void> => {
      redisUrl = (await startIngebedRedis({ map: redisMap, wachtwoord: 'los', poort: redisPoort })).url;
    };
    await Promise.all([postgres.start(), startRedis()]);
    // Its data folder (its keys!) is on the disk that loses power, just as the database.
    const omgeving = { ...postgres.omgeving, DATABASE_URL: postgres.url, REDIS_URL: redisUrl };
    const knooppunt = await startKnooppunt({ omgeving, map: join(postgres.schijf, 'knooppunt') });
    await stelIn(knooppunt);
    return {
      knooppunt,
      los: {
        postgres,
        startRedis,
        doodRedis: async (metGegevens) => {
          await wachtTot(
            () => {
              schiet(processenIn(redisMap));
              return processenIn(redisMap).length === 0;
            },
            { ms: 10_000, wat: 'the end of Redis' },
          );
          if (metGegevens) await rm(redisMap, { recursive: true, force: true });
        },
      },
      zendingen: [],
      stop: async () => {
        await knooppunt.stop();
        await ruimOp();
      },
    };
  } catch (fout) {
    await ruimOp();
    throw fout;
  }
}

/** Level 1 for most: these tests are about keeping promises, not about the rules of the norm. */
async function stelIn(knooppunt: Knooppunt): Promise<void> {
  const beheer = knooppunt.client('beheer');
  for (const code of [...GEMEENTEN, ...AANBIEDERS]) {
    for (const domein of ['iwmo', 'ijw']) {
      const pad = `/v1/organisaties/${code}/instellingen/${domein}`;
      const huidig = JSON.parse((await beheer.vraag('GET', pad)).lichaam.toString('utf8')) as object;
      const retour = ANTWOORDT_KNOOPPUNT.has(code) ? 'knooppunt' : 'zelf';
      const controleniveau = MET_DOSSIER.has(code) ? 3 : 1;
      const { status, lichaam } = await beheer.stelIn(code, domein, { ...huidig, controleniveau, retour });
      if (status !== 200) throw new Error(`PUT ${pad} answered ${status}: ${JSON.stringify(lichaam)}`);
    }
  }
}
