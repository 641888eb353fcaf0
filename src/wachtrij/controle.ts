/** The start-up check of Redis: is it one that a queue can be trusted to? */
import type { Redis } from 'ioredis';

export interface RedisBevinding {
  /** `fout`: work may get lost or not run at all. `waarschuwing`: it could not be checked. */
  readonly ernst: 'fout' | 'waarschuwing';
  /** Which setting, as Redis calls it in `INFO`. */
  readonly veld: Redisveld;
  /** A Dutch sentence for the operator. */
  readonly melding: string;
}

export type Redisveld = 'redis_version' | 'maxmemory_policy' | 'aof_enabled';

interface Eis {
  /** Section and field of `INFO`. */
  readonly deel: 'server' | 'memory' | 'persistence';
  readonly veld: Redisveld;
  readonly wat: string;
  /** The sentence when `waarde` won't do, else undefined. */
  beoordeel(waarde: string): string | undefined;
}

const MINIMUM = [6, 2] as const;

const EISEN: readonly Eis[] = [
  {
    deel: 'server',
    veld: 'redis_version',
    wat: 'de versie',
    beoordeel: (versie) =>
      isNieuwGenoeg(versie)
        ? undefined
        : `Redis ${versie} is te oud: nodig is ${MINIMUM.join('.')} of hoger, of Valkey.`,
  },
  {
    deel: 'memory',
    veld: 'maxmemory_policy',
    wat: 'maxmemory-policy',
    beoordeel: (beleid) =>
      beleid === 'noeviction'
        ? undefined
        : `Redis gooit werk weg als het geheugen vol is (maxmemory-policy ${beleid}): zet maxmemory-policy op noeviction.`,
  },
  {
    deel: 'persistence',
    veld: 'aof_enabled',
    wat: 'appendonly',
    beoordeel: (aan) =>
      aan === '1' ? undefined : 'Redis bewaart de wachtrij niet op schijf (appendonly no): zet appendonly op yes.',
  },
];

/**
 * Checks version, eviction policy and append-only file, in that order.
 * It asks `INFO`, not `CONFIG GET`: that tells the same, and managed services allow it.
 * @returns what is wrong; empty when all is well. What the server won't tell is a `waarschuwing`.
 * @throws whatever the connection throws, except a refusal of the command
 */
export async function controleerRedis(verbinding: Redis): Promise<readonly RedisBevinding[]> {
  const bevindingen: RedisBevinding[] = [];
  for (const eis of EISEN) {
    const waarde = await lees(verbinding, eis);
    if (waarde === undefined) {
      bevindingen.push({
        ernst: 'waarschuwing',
        veld: eis.veld,
        melding: `Niet te controleren: ${eis.wat} van Redis.`,
      });
      continue;
    }
    const melding = eis.beoordeel(waarde);
    if (melding !== undefined) bevindingen.push({ ernst: 'fout', veld: eis.veld, melding });
  }
  return bevindingen;
}

async function lees(verbinding: Redis, { deel, veld }: Eis): Promise<string | undefined> {
  try {
    const regels = (await verbinding.info(deel)).split('\r\n');
    return regels.find((regel) => regel.startsWith(`${veld}:`))?.slice(veld.length + 1);
  } catch (fout) {
    // NOPERM: the user may not; "unknown command": the service took it away.
    if (/NOPERM|unknown command/i.test(String(fout))) return undefined;
    throw fout;
  }
}

/** Valkey reports the Redis version it is compatible with (7.2.4), so one comparison serves both. */
function isNieuwGenoeg(versie: string): boolean {
  const [hoofd = 0, sub = 0] = versie.split('.').map(Number);
  return hoofd > MINIMUM[0] || (hoofd === MINIMUM[0] && sub >= MINIMUM[1]);
}
