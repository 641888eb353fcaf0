/** Looks for traces of a value in everything that a Knooppunt leaves behind: whole tables, all keys of Redis, any text. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Database } from '#src/opslag/database.ts';
import { sleutelsVan } from './opstelling.ts';

/** What may stand somewhere, with where it was found. */
export interface Plek {
  readonly waar: string;
  readonly inhoud: Buffer;
}

const plat = (waarde: unknown): Buffer => {
  if (Buffer.isBuffer(waarde)) return waarde;
  if (Array.isArray(waarde)) return Buffer.concat(waarde.map(plat));
  return Buffer.from(typeof waarde === 'string' ? waarde : (JSON.stringify(waarde) ?? ''));
};

/** Every value of every column of every table. */
export async function database(bron: Database): Promise<readonly Plek[]> {
  const { rows: tabellen } = await bron.pool.query<{ naam: string }>(
    `select table_name as naam from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const plekken: Plek[] = [];
  for (const { naam } of tabellen) {
    const { rows } = await bron.pool.query<Record<string, unknown>>(`select * from ${naam}`);
    for (const rij of rows) {
      for (const [kolom, waarde] of Object.entries(rij))
        plekken.push({ waar: `${naam}.${kolom}`, inhoud: plat(waarde) });
    }
  }
  return plekken;
}

/** Every key under a prefix, with its value, whatever its type. */
export async function redis(verbinding: Redis, prefix: string): Promise<readonly Plek[]> {
  const lees: Readonly<Record<string, (sleutel: string) => Promise<unknown>>> = {
    string: (sleutel) => verbinding.get(sleutel),
    hash: (sleutel) => verbinding.hgetall(sleutel),
    list: (sleutel) => verbinding.lrange(sleutel, 0, -1),
    set: (sleutel) => verbinding.smembers(sleutel),
    zset: (sleutel) => verbinding.zrange(sleutel, '0', '-1'),
    stream: (sleutel) => verbinding.xrange(sleutel, '-', '+'),
  };
  const plekken: Plek[] = [];
  for (const sleutel of await sleutelsVan(verbinding, prefix)) {
    const type = await verbinding.type(sleutel);
    if (type === 'none') continue;
    const waarde = await lees[type]?.(sleutel);
    if (waarde === undefined) throw new Error(`cannot read a key of type ${type}`);
    plekken.push({
      waar: `Redis ${sleutel}`,
      inhoud: Buffer.concat([Buffer.from(sleutel), plat(JSON.stringify(waarde))]),
    });
  }
  return plekken;
}

/** The forms in which a value can be recognised, also by who has only a list of all BSNs and no key. */
function vormen(waarde: string): readonly Buffer[] {
  const bytes = Buffer.from(waarde);
  const samenvattingen = ['md5', 'sha1', 'sha256'].map((naam) => createHash(naam).update(bytes).digest());
  return [bytes, ...samenvattingen].flatMap((vorm) => [
    vorm,
    Buffer.from(vorm.toString('hex')),
    Buffer.from(vorm.toString('base64').replace(/=+$/, '').slice(0, -1)),
  ]);
}

/** The nine digits stand there, and not only as some of the decimals of a number: a measured time has any digits at all. */
function staatEr(inhoud: Buffer, vorm: Buffer): boolean {
  for (let bij = inhoud.indexOf(vorm); bij >= 0; bij = inhoud.indexOf(vorm, bij + 1))
    if (!/\d\.\d*$/.test(inhoud.subarray(Math.max(0, bij - 30), bij).toString('latin1'))) return true;
  return false;
}

/** Where any of these values stands. */
export function sporenVan(waarden: readonly string[], plekken: readonly Plek[]): readonly string[] {
  const gezocht = waarden.flatMap((waarde) => vormen(waarde).map((vorm) => ({ waarde, vorm })));
  return plekken.flatMap(({ waar, inhoud }) =>
    gezocht.filter(({ vorm }) => staatEr(inhoud, vorm)).map(({ waarde }) => `${waarde} in ${waar}`),
  );
}
