/** The commands of routering: what each takes, and what it does on the database. What can be wrong with the words is said before that. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from '../opslag/database.ts';
import { hefBevriezingOp, kondigBevriezingAan, leesBevriezingen } from '../routering/bevriezingen.ts';
import { isDomein } from '../routering/instellingen.ts';
import { leesKaarten } from '../routering/kaartenbak.ts';
import { geefMachtiging, leesMachtigingen, trekMachtigingIn } from '../routering/machtigingen.ts';
import { importeerOrganisaties, schrijfOrganisaties } from '../routering/organisaties-csv.ts';
import { leesStops, type Stopkeuze, zetStop } from '../routering/stops.ts';
import { bewaarVensters, leesVensters } from '../routering/vensters.ts';
import type { Opdrachtgever } from '../routering/wijziging.ts';
import type { Domein } from '../standards/catalogus.ts';
import type { Csvfout } from '../standards/codelijsten/csv.ts';
import { cliActor, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { leesMoment } from './moment.ts';
import { bevriezingRegel, machtigingRegel, organisatieRegel, stopRegel, vensterRegels } from './routering-tekst.ts';

/** More than these help nobody; the rest is counted. */
export const MAX_FOUTEN = 20;

/** Of a command: its options with a value. */
export interface Waarden {
  readonly reden?: string;
  readonly soort?: string;
  readonly vanaf?: string;
  readonly tot?: string;
  readonly domein?: string;
  readonly berichtsoort?: string[];
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly gemeente?: string;
  readonly organisatie?: string;
  readonly peildatum?: string;
  readonly volledig?: boolean;
  readonly baan?: string;
  readonly herstel?: boolean;
  readonly aanlevering?: boolean;
  readonly bezorging?: boolean;
}

/** What is left to do when the words are right. @returns the exit code */
export type Werk = (database: Database, config: Config) => Promise<number>;

export interface Opdracht {
  /** What follows the command, in words for the user. */
  readonly woorden: readonly string[];
  /** Does the last word come any number of times? */
  readonly herhaald?: true;
  readonly opties: readonly (keyof Waarden)[];
  readonly bereid: (woorden: readonly string[], opties: Waarden) => Werk | Promise<Werk>;
}

function opdrachtgever(reden: string | undefined): Opdrachtgever {
  if (reden === undefined) throw new Gebruiksfout('Geef een reden op met --reden.');
  return { actor: cliActor(), reden };
}

export function domeinVan(tekst: string): Domein {
  if (!isDomein(tekst)) throw new Gebruiksfout('Het domein is iwmo of ijw.');
  return tekst;
}

function momentVan(tekst: string, kant: 'vanaf' | 'tot'): Date {
  const moment = leesMoment(tekst, kant);
  if (!moment)
    throw new Gebruiksfout('Een moment heeft de vorm JJJJ-MM-DD of JJJJ-MM-DDTUU:MM, en bestaat in Nederlandse tijd.');
  return moment;
}
const totVan = (tekst: string | undefined): Date | null => (tekst === undefined ? null : momentVan(tekst, 'tot'));

function klaar(zin: string): number {
  console.log(`${zin} Dit geldt binnen 5 seconden.`);
  return 0;
}

/** A command that shows a list: lines for people, or JSON. */
const lijst = <T>(
  lees: (database: Database) => Promise<readonly T[]>,
  regels: (rij: T) => readonly string[],
): Opdracht => ({
  woorden: [],
  opties: ['json'],
  bereid:
    (_, { json }) =>
    async (database) => {
      const rijen = await lees(database);
      const tekst = rijen.map((rij) => `${regels(rij).join('\n')}\n`).join('');
      process.stdout.write(json ? `${JSON.stringify(rijen)}\n` : tekst);
      return 0;
    },
});

export async function leesTekst(bestand: string): Promise<string> {
  const bytes = await readFile(bestand).catch(() => {
    throw new Gebruiksfout(`Kan ${bestand} niet lezen.`);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Gebruiksfout(`${bestand} is geen tekst in UTF-8; bewaar het als CSV UTF-8.`);
  }
}

/** @returns the exit code */
export function toonCsvfouten(bestand: string, fouten: readonly Csvfout[]): number {
  console.error(`${bestand} is niet goed; er is niets gewijzigd:`);
  for (const { regel, melding } of fouten.slice(0, MAX_FOUTEN)) console.error(`  regel ${regel}: ${melding}`);
  if (fouten.length > MAX_FOUTEN) console.error(`  en nog ${fouten.length - MAX_FOUTEN} andere.`);
  return GEWEIGERD;
}

async function importeer([bestand = '']: readonly string[], { reden }: Waarden): Promise<Werk> {
  const tekst = await leesTekst(bestand);
  const opdracht = opdrachtgever(reden ?? `Import van ${basename(bestand)}`);
  return async (database) => {
    const { lijst: gedaan, fouten } = await importeerOrganisaties(database, opdracht, tekst);
    if (gedaan) return klaar(`${gedaan.toegevoegd} toegevoegd, ${gedaan.gewijzigd} gewijzigd.`);
    return toonCsvfouten(bestand, fouten);
  };
}

function toonOrganisaties(_: readonly string[], { soort, csv, json }: Waarden): Werk {
  return async (database) => {
    const kaarten = (await leesKaarten(database.pool)).filter((kaart) => soort === undefined || kaart.soort === soort);
    const tekst = (): string => kaarten.map((kaart) => `${organisatieRegel(kaart)}\n`).join('');
    process.stdout.write(csv ? schrijfOrganisaties(kaarten) : json ? `${JSON.stringify(kaarten)}\n` : tekst());
    return 0;
  };
}

function geef([client = '', organisatie = '', domein = '']: readonly string[], { reden, vanaf, tot }: Waarden): Werk {
  const machtiging = {
    client,
    organisatie,
    domein: domeinVan(domein),
    vanaf: vanaf === undefined ? new Date() : momentVan(vanaf, 'vanaf'),
    tot: totVan(tot),
  };
  const opdracht = opdrachtgever(reden);
  return async (database) =>
    klaar(`Gegeven: ${machtigingRegel(await geefMachtiging(database, opdracht, machtiging))}.`);
}

function trekIn([client = '', organisatie = '', naam = '']: readonly string[], { reden }: Waarden): Werk {
  const welke = { client, organisatie, domein: domeinVan(naam) };
  const opdracht = opdrachtgever(reden);
  return async (database) => {
    const ingetrokken = await trekMachtigingIn(database, opdracht, welke, new Date());
    if (ingetrokken.length > 0) return klaar(`Ingetrokken: ${ingetrokken.map(machtigingRegel).join(', ')}.`);
    console.error('Er is geen machtiging die nog geldt of nog komt.');
    return GEWEIGERD;
  };
}

function zetVensters([berichtsoort = '', release = '', ...perioden]: readonly string[], { reden }: Waarden): Werk {
  const vensters = perioden.map((periode) => {
    const [vanaf = '', tot, ...meer] = periode.split('/');
    if (tot === undefined || meer.length > 0)
      throw new Gebruiksfout('Een periode heeft de vorm VANAF/TOT, of VANAF/.. zonder einde.');
    return { vanaf: momentVan(vanaf, 'vanaf'), tot: tot === '..' ? null : momentVan(tot, 'tot') };
  });
  const opdracht = opdrachtgever(reden);
  return async (database) =>
    klaar(
      `${vensterRegels(await bewaarVensters(database, opdracht, { berichtsoort, release, vensters })).join('\n')}.`,
    );
}

function bevries(_: readonly string[], { reden, vanaf, tot, domein, berichtsoort }: Waarden): Werk {
  if (vanaf === undefined) throw new Gebruiksfout('Geef met --vanaf op wanneer de bevriezing begint.');
  const bevriezing = {
    domein: domein === undefined ? null : domeinVan(domein),
    berichtsoorten: berichtsoort ?? null,
    vanaf: momentVan(vanaf, 'vanaf'),
    tot: totVan(tot),
  };
  const opdracht = opdrachtgever(reden);
  return async (database) =>
    klaar(`Aangekondigd: ${bevriezingRegel(await kondigBevriezingAan(database, opdracht, bevriezing, new Date()))}.`);
}

function hefOp([nummer = '']: readonly string[], { reden }: Waarden): Werk {
  if (!/^[1-9]\d{0,8}$/.test(nummer)) throw new Gebruiksfout('Het nummer is een geheel getal.');
  const opdracht = opdrachtgever(reden);
  return async (database) =>
    klaar(`Opgeheven: ${bevriezingRegel(await hefBevriezingOp(database, opdracht, Number(nummer), new Date()))}.`);
}

function stop(code: string, keuze: Stopkeuze, reden: string | undefined): Werk {
  const opdracht = opdrachtgever(reden);
  return async (database) => {
    const gezet = await zetStop(database, opdracht, code, keuze);
    return klaar(gezet ? `Stilgezet: ${stopRegel(gezet)}.` : `Opgeheven: van ${code} is niets stilgezet.`);
  };
}

function zetStil([code = '']: readonly string[], { reden, aanlevering = false, bezorging = false }: Waarden): Werk {
  if (!aanlevering && !bezorging) throw new Gebruiksfout('Kies wat u stilzet: --aanlevering, --bezorging of beide.');
  return stop(code, { aanlevering, bezorging }, reden);
}

const MACHTIGING = ['CLIENT', 'ORGANISATIE', 'DOMEIN'];
const PERIODEN = ['BERICHTSOORT', 'RELEASE', 'VANAF/TOT'];

/** By the words that name them; of two that fit, the longest counts. */
export const OPDRACHTEN: Readonly<Record<string, Opdracht>> = {
  'organisaties importeer': { woorden: ['BESTAND'], opties: ['reden'], bereid: importeer },
  'organisaties lijst': { woorden: [], opties: ['soort', 'csv', 'json'], bereid: toonOrganisaties },
  'machtiging geef': { woorden: MACHTIGING, opties: ['reden', 'vanaf', 'tot'], bereid: geef },
  'machtiging trek-in': { woorden: MACHTIGING, opties: ['reden'], bereid: trekIn },
  'machtiging lijst': lijst(
    ({ pool }) => leesMachtigingen(pool),
    (rij) => [machtigingRegel(rij)],
  ),
  'venster zet': { woorden: PERIODEN, herhaald: true, opties: ['reden'], bereid: zetVensters },
  'venster lijst': lijst(({ pool }) => leesVensters(pool), vensterRegels),
  'bevries lijst': lijst(
    ({ pool }) => leesBevriezingen(pool),
    (rij) => [bevriezingRegel(rij)],
  ),
  'bevries hef-op': { woorden: ['NUMMER'], opties: ['reden'], bereid: hefOp },
  'stop lijst': lijst(
    ({ pool }) => leesStops(pool),
    (rij) => [stopRegel(rij)],
  ),
  'stop zet': { woorden: ['ORGANISATIE'], opties: ['reden', 'aanlevering', 'bezorging'], bereid: zetStil },
  'stop hef-op': {
    woorden: ['ORGANISATIE'],
    opties: ['reden'],
    bereid: ([code = ''], { reden }) => stop(code, { aanlevering: false, bezorging: false }, reden),
  },
  bevries: { woorden: [], opties: ['reden', 'vanaf', 'tot', 'domein', 'berichtsoort'], bereid: bevries },
};
