/** What a role is given and what it gives back. */
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../opslag/database.ts';
import type { Wachtrijopties } from '../wachtrij/banen.ts';

export interface Rolopties {
  readonly config: Config;
  readonly database: Database;
  readonly wachtrij: Wachtrijopties;
  readonly log: Log;
}

export interface Draaiend {
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}
