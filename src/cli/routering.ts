/**
 * `knooppunt organisaties`, `machtiging`, `venster`, `bevries` and `stop`: routering from the command line, directly on the database. Every change
 * has a reden, is in the audit log and takes effect within 5 seconds. `tarieven`, `dossier`, `samenwerking`, `mandaat` and `landelijk`
 * work in the same way. Exit code 0: done; 1: refused; 2: wrong usage or an unreadable file.
 */
import { parseArgs } from 'node:util';
import { leesConfig } from '../config.ts';
import { DOSSIEROPDRACHTEN } from './dossier-opdrachten.ts';
import { Gebruiksfout, meldWeigering } from './gebruik.ts';
import { metDatabase } from './gegevensbank.ts';
import { INZICHTOPDRACHTEN } from './inzicht-opdrachten.ts';
import { type Opdracht, OPDRACHTEN as ROUTERINGOPDRACHTEN, type Waarden } from './routering-opdrachten.ts';

const OPDRACHTEN: Readonly<Record<string, Opdracht>> = {
  ...ROUTERINGOPDRACHTEN,
  ...DOSSIEROPDRACHTEN,
  ...INZICHTOPDRACHTEN,
};

const OPTIES = {
  reden: { type: 'string' },
  soort: { type: 'string' },
  csv: { type: 'boolean' },
  json: { type: 'boolean' },
  vanaf: { type: 'string' },
  tot: { type: 'string' },
  domein: { type: 'string' },
  berichtsoort: { type: 'string', multiple: true },
  gemeente: { type: 'string' },
  organisatie: { type: 'string' },
  peildatum: { type: 'string' },
  volledig: { type: 'boolean' },
  baan: { type: 'string' },
  aanlevering: { type: 'boolean' },
  bezorging: { type: 'boolean' },
  herstel: { type: 'boolean' },
} as const satisfies Record<keyof Waarden, object>;

/** The command that the first words name, and the words after it. */
function kies(naam: string, args: readonly string[]): readonly [Opdracht, readonly string[]] {
  const [tweede = '', ...rest] = args;
  const lang = OPDRACHTEN[`${naam} ${tweede}`];
  if (lang) return [lang, rest];
  const kort = OPDRACHTEN[naam];
  if (kort) return [kort, args];
  const namen = Object.keys(OPDRACHTEN).filter((sleutel) => sleutel.startsWith(`${naam} `));
  throw new Gebruiksfout(`Kies uit: ${namen.join(', ')}.`);
}

async function voerUit(naam: string, args: readonly string[]): Promise<number> {
  const [{ woorden: nodig, herhaald, opties, bereid }, rest] = kies(naam, args);
  const options = Object.fromEntries(opties.map((optie) => [optie, OPTIES[optie]]));
  const { values, positionals } = parseArgs({ args: [...rest], allowPositionals: true, options });
  const genoeg = herhaald ? positionals.length >= nodig.length : positionals.length === nodig.length;
  if (!genoeg) {
    const verwacht = nodig.length === 0 ? 'niets' : `${nodig.join(' ')}${herhaald ? '...' : ''}`;
    throw new Gebruiksfout(`Na deze opdracht wordt ${verwacht} verwacht.`);
  }
  const werk = await bereid(positionals, values as Waarden);
  const config = leesConfig(process.env);
  return metDatabase(config, (database) => werk(database, config));
}

/**
 * Runs one of these commands.
 * @param naam organisaties, machtiging, venster, bevries, stop, tarieven, dossier, samenwerking, mandaat or landelijk
 * @returns the exit code
 */
export async function voerRouteringUit(naam: string, args: readonly string[]): Promise<number> {
  try {
    return await voerUit(naam, args);
  } catch (fout) {
    return meldWeigering(fout);
  }
}
