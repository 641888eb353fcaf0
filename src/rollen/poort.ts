/** Who gets in, put together from the configuration: clients, issuers, and the brakes on whoever tries too often. */
import type { Config } from '../config.ts';
import { ConfiguratieFout } from '../fouten.ts';
import type { Omgeving } from '../http/omgeving.ts';
import { eisTls } from '../http/tls.ts';
import type { Database } from '../opslag/database.ts';
import { leesBewijs } from '../portaal/aanmelden/bewijs.ts';
import type { Routering } from '../routering/routering.ts';
import { maakAanmelding } from '../toegang/clients.ts';
import { leesClientsbestand } from '../toegang/clientsbestand.ts';
import { type ExterneUitgever, leesExterneUitgevers } from '../toegang/externe-uitgevers.ts';
import { Mislukkingen } from '../toegang/mislukkingen.ts';
import { Portier } from '../toegang/portier.ts';
import { Clientregister } from '../toegang/register.ts';
import { Tokenloket } from '../toegang/tokenloket.ts';
import { Tokens } from '../toegang/tokens.ts';
import { Uitgever } from '../toegang/uitgever.ts';
import { Uitgeversleutels, zorgVoorUitgeversleutels } from '../toegang/uitgeversleutels.ts';

async function openUitgever({ toegang }: Config, opFout: (fout: unknown) => void): Promise<Uitgever | undefined> {
  if (toegang.uitgever === undefined) return undefined;
  if (toegang.maakUitgeversleutels) await zorgVoorUitgeversleutels(toegang.uitgeversleutels);
  const sleutels = new Uitgeversleutels(toegang.uitgeversleutels, opFout);
  // What is wrong with the file is said at the start, not to the first client.
  await sleutels.stand();
  return new Uitgever(toegang.uitgever, sleutels);
}

interface Uitgevers {
  readonly uitgever: Uitgever | undefined;
  readonly extern: ReadonlyMap<string, ExterneUitgever>;
}

/** @throws ConfiguratieFout when a file of the configuration is not right */
async function openUitgevers(config: Config, logFout: Omgeving['logFout']): Promise<Uitgevers> {
  const uitgever = await openUitgever(config, (fout) => logFout('uitgeversleutels niet gelezen', fout));
  const extern = leesExterneUitgevers(config.toegang.externeUitgevers, {
    productie: config.productie,
    opFout: (fout) => logFout('sleutels van externe uitgever niet opgehaald', fout),
  });
  if (uitgever && extern.has(uitgever.naam))
    throw new ConfiguratieFout('Een externe uitgever heeft dezelfde naam als het knooppunt zelf.');
  return { uitgever, extern };
}

/** @throws ConfiguratieFout when a file of the configuration is not right */
export async function openPoort(
  config: Config,
  database: Database,
  routering: Routering,
  logFout: Omgeving['logFout'],
): Promise<Pick<Omgeving, 'portier' | 'mislukkingen' | 'tokenloket'>> {
  const { verzoekenPerSeconde, mislukteAanmeldingen } = config.toegang;
  const { uitgever, extern } = await openUitgevers(config, logFout);
  const register = new Clientregister(database, (fout) => logFout('clients niet ververst', fout));
  const tokens = new Tokens(register, uitgever, extern);
  const mislukkingen = new Mislukkingen(database.pool, mislukteAanmeldingen, logFout);
  const aanmelding = maakAanmelding(config, routering, { register, tokens });
  const portier = new Portier({ aanmelding, mislukkingen, verzoekenPerSeconde });
  const tokenloket =
    uitgever && new Tokenloket({ uitgever, register, mislukkingen, portier, verbinding: database.pool });
  return { portier, mislukkingen, tokenloket };
}

/**
 * Are the files of the configuration right that say who gets in? Asked before anything is started, so that it is said once, in one sentence.
 * @throws ConfiguratieFout with a Dutch sentence
 */
export async function eisToegangsbestanden(config: Config): Promise<void> {
  if (!config.rollen.includes('api')) return;
  leesClientsbestand(config.clientsbestand);
  await openUitgevers(config, () => undefined);
  if (config.toegang.tls) eisTls(config.toegang.tls);
  if (config.portaal.broker) await leesBewijs(config.portaal.broker);
}

/**
 * Is there anybody who can get in, and is everybody one client only?
 * @throws ConfiguratieFout with a Dutch sentence that says what to do
 */
export async function eisToegang(config: Config, database: Database): Promise<void> {
  if (!config.rollen.includes('api')) return;
  const { rows } = await database.pool.query<{ id: string }>(
    'select id from client where ingetrokken_op is null order by id',
  );
  const uitBestand = new Set([...leesClientsbestand(config.clientsbestand).values()].map(({ id }) => id));
  const dubbel = rows.find(({ id }) => uitBestand.has(id));
  if (dubbel)
    throw new ConfiguratieFout('Een client in KNOOPPUNT_CLIENTS heeft dezelfde naam als een geregistreerde client.');
  if (!config.productie || uitBestand.size > 0) return;
  if (rows.length === 0)
    throw new ConfiguratieFout(
      'Met NODE_ENV=production is er minstens één client nodig: maak er een met `knooppunt client maak`, of geef KNOOPPUNT_CLIENTS op.',
    );
  const { uitgever, externeUitgevers, tls } = config.toegang;
  if (!uitgever && !externeUitgevers && !tls?.clientCa)
    throw new ConfiguratieFout(
      'De geregistreerde clients kunnen zich niet aanmelden: geef KNOOPPUNT_UITGEVER, KNOOPPUNT_EXTERNE_UITGEVERS of KNOOPPUNT_TLS_CLIENT_CA op.',
    );
}
