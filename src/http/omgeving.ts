/** Everything the routes work with; made once by the api role. */
import type { Loket } from '../aanlevering/aanlevering.ts';
import type { Bewaking } from '../bewaking/bewaking.ts';
import type { Doelen } from '../bezorging/doelen.ts';
import type { Config } from '../config.ts';
import type { Invoerder } from '../dossier/invoer/invoerder.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import type { Wachtkamer } from '../postbus/wachten.ts';
import type { Routering } from '../routering/routering.ts';
import type { Mislukkingen } from '../toegang/mislukkingen.ts';
import type { Portier } from '../toegang/portier.ts';
import type { Tokenloket } from '../toegang/tokenloket.ts';
import type { Controleur } from '../verwerking/controleur.ts';
import type { Metriek } from './metriek.ts';
import type { Uploadruimte } from './upload-ruimte.ts';

export interface Omgeving {
  readonly config: Config;
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly routering: Routering;
  readonly portier: Portier;
  /** Counts and slows down who fails to get in; the portier has the same one. */
  readonly mislukkingen: Mislukkingen;
  /** The built-in issuer of tokens; undefined: it is turned off. */
  readonly tokenloket: Tokenloket | undefined;
  readonly loket: Loket;
  /** Guards the memory of messages that are coming in. */
  readonly uploadruimte: Uploadruimte;
  /** Checks messages that are not sent, in a thread of its own. */
  readonly controleur: Pick<Controleur, 'rapporteer'>;
  /** Imports what an organisation brings along, in a thread of its own. */
  readonly invoerder: Pick<Invoerder, 'alleen' | 'dossier' | 'tarieven'>;
  /** Waits for the outcome of a message, by bericht id. */
  readonly opUitkomst: Wachtkamer;
  /** Waits for post, by postbus. */
  readonly opPost: Wachtkamer;
  readonly metriek: Metriek;
  /** What there is to know of the switch, for the operator. */
  readonly bewaking: Bewaking;
  /** Where StUF may be pushed to. */
  readonly doelen: Doelen;
  /** For the log of the operator: never a text that can quote a message. */
  readonly logFout: (melding: string, fout: unknown) => void;
}
