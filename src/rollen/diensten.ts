/** PostgreSQL and Redis for this installation: the ones that were configured, or our own under the data folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maakGeheimBestand } from '../bestand.ts';
import type { Config } from '../config.ts';
import type { Ingebed } from '../ingebed.ts';
import { startIngebedPostgres } from '../opslag/ingebed.ts';
import { startIngebedRedis } from '../wachtrij/ingebed.ts';

export interface Dienst {
  readonly naam: 'postgres' | 'redis';
  readonly url: string;
  /** undefined: not ours. */
  readonly eigen: Ingebed | undefined;
}

export interface Diensten {
  readonly postgres: Dienst;
  readonly redis: Dienst;
}

/** The passwords of our own services: made once, kept in the data folder, readable for its owner only. */
function wachtwoord(data: string, naam: string): string {
  const pad = join(data, `${naam}.wachtwoord`);
  if (!existsSync(pad)) maakGeheimBestand(pad, randomBytes(24).toString('base64url'));
  return readFileSync(pad, 'utf8').trim();
}

/** Starts, or takes over, our own PostgreSQL; gives the configured one when there is one. */
export async function zorgVoorPostgres({ databaseUrl, data }: Config): Promise<Dienst> {
  if (databaseUrl) return { naam: 'postgres', url: databaseUrl, eigen: undefined };
  const eigen = await startIngebedPostgres({ map: join(data, 'postgres'), wachtwoord: wachtwoord(data, 'postgres') });
  return { naam: 'postgres', url: eigen.url, eigen };
}

/** As zorgVoorPostgres, for Redis. @param meld hears what is being installed */
export async function zorgVoorRedis({ redisUrl, data }: Config, meld: (zin: string) => void): Promise<Dienst> {
  if (redisUrl) return { naam: 'redis', url: redisUrl, eigen: undefined };
  const eigen = await startIngebedRedis({ map: join(data, 'redis'), wachtwoord: wachtwoord(data, 'redis'), meld });
  return { naam: 'redis', url: eigen.url, eigen };
}
