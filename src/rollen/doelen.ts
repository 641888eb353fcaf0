/** Where this installation pushes to, and what it shows there: the same for the api, where endpoints are entered, and for the planner, which asks them. */
import { type Doelen, maakDoelen, OVERAL } from '../bezorging/doelen.ts';
import { Tlsmiddelen } from '../bezorging/tls-middelen.ts';
import type { Config } from '../config.ts';
import { TLS_UIT } from '../http/tls-beleid.ts';
import { foutVoorLog, type Log } from '../log.ts';

export const doelenVan = ({ demo, verharding }: Pick<Config, 'demo' | 'verharding'>): Doelen =>
  demo ? OVERAL : maakDoelen(verharding.stufToegestaan);

/** @throws ConfiguratieFout when the files of KNOOPPUNT_STUF_* cannot be used */
export const middelenVan = ({ verharding }: Pick<Config, 'verharding'>, log?: Log): Tlsmiddelen =>
  new Tlsmiddelen(verharding.stufTls, {
    beleid: TLS_UIT,
    opFout: (melding, fout) => log?.error({ fout: foutVoorLog(fout) }, melding),
  });
