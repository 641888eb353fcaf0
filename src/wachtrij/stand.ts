/** How Redis stands while it runs: somebody may change a setting after the check at the start. */
import type { Redis } from 'ioredis';
import { controleerRedis, type Redisveld } from './controle.ts';

/** How many lanes are on the list. */
export interface Lijststand {
  readonly wacht: number;
  readonly loopt: number;
  readonly uitgesteld: number;
}

export interface Redisstand extends Lijststand {
  readonly fouteInstellingen: readonly Redisveld[];
  readonly geheugen: number;
  /** 0: there is no limit. */
  readonly maxGeheugen: number;
  /** The append-only file was written the last time. */
  readonly aofGoed: boolean;
}

function veld(info: string, naam: string): string {
  return (
    info
      .split('\r\n')
      .find((regel) => regel.startsWith(`${naam}:`))
      ?.slice(naam.length + 1) ?? ''
  );
}

/** @throws whatever the connection throws; a service that hides INFO counts as well */
export async function leesRedisstand(redis: Redis, lijst: Lijststand): Promise<Redisstand> {
  const bevindingen = await controleerRedis(redis);
  const info = async (deel: 'memory' | 'persistence'): Promise<string> => redis.info(deel).catch(() => '');
  const [memory, persistence] = await Promise.all([info('memory'), info('persistence')]);
  const schreef = ['aof_last_write_status', 'aof_last_bgrewrite_status'].map((naam) => veld(persistence, naam));
  return {
    ...lijst,
    fouteInstellingen: bevindingen.filter(({ ernst }) => ernst === 'fout').map((rij) => rij.veld),
    geheugen: Number(veld(memory, 'used_memory')),
    maxGeheugen: Number(veld(memory, 'maxmemory')),
    aofGoed: schreef.every((status) => status === '' || status === 'ok'),
  };
}
