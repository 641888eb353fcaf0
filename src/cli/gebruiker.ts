/**
 * `knooppunt gebruiker ...`: people in the portal from the command line, directly on the database: how the first gebruikersbeheerder of an
 * organisation comes in, and the way back when nobody can. Exit code 0: done; 1: refused; 2: wrong usage.
 */
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Database } from '../opslag/database.ts';
import { Routering } from '../routering/routering.ts';
import {
  dienstenVanOrganisatie,
  type Gebruikeroverzicht,
  leesGebruikers,
  nodigOpnieuwUit,
  nodigUit,
  trekGebruikerIn,
} from '../toegang/gebruikers/beheer.ts';
import { geefIdentificatie, leesIdentificaties, trekIdentificatieIn } from '../toegang/gebruikers/identificaties.ts';
import { dienstenVoor, type Gezag } from '../toegang/gebruikers/regels.ts';
import { DIENSTEN, ROLLEN } from '../toegang/gebruikers/types.ts';
import { GELDIG_DAGEN } from '../toegang/gebruikers/uitnodiging.ts';
import { cliActor, Gebruiksfout } from './gebruik.ts';
import { metDatabase } from './gegevensbank.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';

const tekst = { type: 'string' } as const;
const schakelaar = { type: 'boolean' } as const;
/** Who has the machine has it over all. */
const GEZAG: Gezag = { soort: 'beheerder' };

function opdrachtVan(reden: string | undefined) {
  if (reden === undefined) throw new Gebruiksfout('Geef een reden op met --reden.');
  return { actor: cliActor(), reden, gezag: GEZAG };
}

function uit<T extends string>(waarden: readonly T[], woord: string): T {
  const gevonden = waarden.find((waarde) => waarde === woord);
  if (gevonden === undefined) throw new Gebruiksfout(`Kies uit: ${waarden.join(', ')}.`);
  return gevonden;
}

function precies(woorden: readonly string[], aantal: number, wat: string): readonly string[] {
  if (woorden.length !== aantal) throw new Gebruiksfout(`Na deze opdracht ${wat}.`);
  return woorden;
}

/** The code goes to standard output alone, so that it can be put away without being seen. */
function toonCode(code: string): number {
  console.error(`De code staat hieronder, is ${GELDIG_DAGEN} dagen geldig en wordt niet nog eens getoond.`);
  console.log(code);
  return 0;
}

const maak: Deelopdracht = (args, config) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { organisatie: tekst, rol: tekst, diensten: tekst, identificatie: tekst, reden: tekst },
  });
  const [naam = ''] = precies(positionals, 1, 'volgt één naam, zo nodig tussen aanhalingstekens');
  const opdracht = opdrachtVan(values.reden);
  const rol = uit(ROLLEN, values.rol ?? 'gebruikersbeheerder');
  const organisatie = values.organisatie ?? null;
  return metDatabase(config, async (database) => {
    const routering = new Routering(database);
    const diensten =
      values.diensten?.split(',').map((dienst) => uit(DIENSTEN, dienst)) ??
      dienstenVoor(rol, await dienstenVanOrganisatie(routering, organisatie));
    const nieuw = { naam, organisatie, rol, diensten, identificatie: values.identificatie };
    const { id, code } = await nodigUit({ database, routering }, opdracht, nieuw);
    console.error(`Gebruiker ${id} is gemaakt.`);
    return toonCode(code);
  });
};

/** A command on one user. */
const opGebruiker =
  (werk: (database: Database, opdracht: ReturnType<typeof opdrachtVan>, id: string) => Promise<number>): Deelopdracht =>
  (args, config) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { reden: tekst } });
    const [id = ''] = precies(positionals, 1, 'volgt het nummer van een gebruiker (zie lijst)');
    const opdracht = opdrachtVan(values.reden);
    return metDatabase(config, (database) => werk(database, opdracht, id));
  };

const regelVan = ({ id, naam, organisatie, rol, diensten, stand }: Gebruikeroverzicht): string =>
  `${id}  ${organisatie ?? '-'}  ${rol}  ${diensten.join(',') || '-'}  ${stand}  ${naam}\n`;

const lijst: Deelopdracht = (args, config: Config) => {
  const { values } = parseArgs({
    args: [...args],
    options: { organisatie: tekst, alles: schakelaar, json: schakelaar },
  });
  return metDatabase(config, async ({ pool }) => {
    const gebruikers = await leesGebruikers(pool, GEZAG, {
      organisatie: values.organisatie,
      ingetrokken: values.alles === true,
    });
    process.stdout.write(values.json ? `${JSON.stringify(gebruikers)}\n` : gebruikers.map(regelVan).join(''));
    return 0;
  });
};

/** A command on a legal entity and an organisation. */
const opIdentificatie =
  (werk: typeof geefIdentificatie): Deelopdracht =>
  (args, config) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { reden: tekst } });
    const [identificatie = '', code = ''] = precies(
      positionals,
      2,
      'volgen een identificatie en een organisatie (of -)',
    );
    const { actor, reden } = opdrachtVan(values.reden);
    return metDatabase(config, async (database) => {
      await werk(database, { actor, reden }, { identificatie, organisatie: code === '-' ? null : code });
      return 0;
    });
  };

const identificaties: Deelopdracht = (args, config) => {
  parseArgs({ args: [...args], options: {} });
  return metDatabase(config, async ({ pool }) => {
    const rijen = await leesIdentificaties(pool);
    process.stdout.write(rijen.map((rij) => `${rij.identificatie}  ${rij.organisatie ?? '-'}\n`).join(''));
    return 0;
  });
};

const OPDRACHTEN: Readonly<Record<string, Deelopdracht>> = {
  maak,
  lijst,
  'nodig-uit': opGebruiker(async (database, opdracht, id) =>
    toonCode(await nodigOpnieuwUit({ database }, opdracht, id)),
  ),
  'trek-in': opGebruiker(async (database, opdracht, id) => {
    await trekGebruikerIn({ database }, opdracht, id);
    console.error('De gebruiker is ingetrokken, en meteen uitgelogd.');
    return 0;
  }),
  identificaties,
  koppel: opIdentificatie(geefIdentificatie),
  ontkoppel: opIdentificatie(trekIdentificatieIn),
};

/** Runs one of the commands of `gebruiker`. @returns the exit code */
export const voerGebruikerUit = (args: readonly string[]): Promise<number> => voerDeelopdrachtUit(OPDRACHTEN, args);
