/** What logging in works with. */
import type { Config } from '../../config.ts';
import type { Database } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import type { Routering } from '../../routering/routering.ts';
import type { Mislukkingen } from '../../toegang/mislukkingen.ts';

export interface Aanmeldomgeving {
  readonly config: Config;
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly routering: Routering;
  readonly mislukkingen: Mislukkingen;
  readonly logFout: (melding: string, fout: unknown) => void;
}
