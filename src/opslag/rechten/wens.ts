/** What each role must be able to do, and by which statements it gets there. Pure. */
import type { Ding, Soort } from './stand.ts';
import { DATABASEROLLEN, type Databaserol, FUNCTIES, REEKSEN, TABELLEN, TABELRECHTEN, TIJDELIJK } from './tabel.ts';

/** Names in PostgreSQL; they are of the whole server, so two installations on one have each their own. */
export type Rolnamen = Readonly<Record<Databaserol, string>>;

/** @param voorvoegsel of every name, as in knooppunt_api */
export function rolnamen(voorvoegsel: string): Rolnamen {
  return Object.fromEntries(DATABASEROLLEN.map((rol) => [rol, `${voorvoegsel}_${rol}`])) as Rolnamen;
}

const vanTabel = (naam: string, rol: Databaserol): readonly string[] =>
  [...((Object.hasOwn(TABELLEN, naam) ? TABELLEN[naam] : undefined)?.[rol] ?? '')].map(
    (letter) => TABELRECHTEN[letter as keyof typeof TABELRECHTEN],
  );
const alsLid = (lijst: readonly Databaserol[] | undefined, rol: Databaserol, recht: string): readonly string[] =>
  lijst?.includes(rol) ? [recht] : [];

/** Per kind of thing: what a role must have on the one of this name. */
const WENS: Readonly<Record<Soort, (naam: string, rol: Databaserol) => readonly string[]>> = {
  table: vanTabel,
  sequence: (naam, rol) => alsLid(REEKSEN[naam], rol, 'USAGE'),
  function: (naam, rol) => alsLid(FUNCTIES[naam], rol, 'EXECUTE'),
  schema: () => ['USAGE'],
  database: (_naam, rol) => ['CONNECT', ...alsLid(TIJDELIJK, rol, 'TEMPORARY')],
};

/** @returns the words of PostgreSQL, sorted */
export const gewenst = ({ soort, naam }: Pick<Ding, 'soort' | 'naam'>, rol: Databaserol): readonly string[] =>
  [...WENS[soort](naam, rol)].sort();

/** Tables without a row in the table of rights, and rows without a table. */
export function onbekend(dingen: readonly Ding[]): { readonly zonderRij: string[]; readonly zonderTabel: string[] } {
  const namen = new Set(dingen.filter(({ soort }) => soort === 'table').map(({ naam }) => naam));
  return {
    zonderRij: [...namen].filter((naam) => !Object.hasOwn(TABELLEN, naam)),
    zonderTabel: Object.keys(TABELLEN).filter((naam) => !namen.has(naam)),
  };
}

/** A name in a statement. */
export const alsNaam = (naam: string): string => `"${naam.replaceAll('"', '""')}"`;

/** One thing that somebody has too much or too little on. */
export interface Wijziging {
  readonly wie: string;
  readonly ding: string;
  readonly was: readonly string[];
  readonly wordt: readonly string[];
  readonly opdrachten: readonly string[];
}

function wijziging({ soort, sql, rechten }: Ding, wie: string, wordt: readonly string[]): Wijziging | undefined {
  const was = [...(rechten[wie] ?? [])].sort();
  if (was.join() === wordt.join()) return undefined;
  const naam = wie === '' ? 'public' : alsNaam(wie);
  return {
    wie,
    ding: `${soort} ${sql}`,
    was,
    wordt,
    // On a table this takes back what was given on its columns too.
    opdrachten: [
      `revoke all on ${soort} ${sql} from ${naam}`,
      ...(wordt.length > 0 ? [`grant ${wordt.join(', ')} on ${soort} ${sql} to ${naam}`] : []),
    ],
  };
}

/** What has to change so that each role has what it needs and nothing else, and PUBLIC nothing. Others are left as they are. */
export const verschillen = (dingen: readonly Ding[], namen: Rolnamen): readonly Wijziging[] =>
  dingen.flatMap((ding) =>
    [wijziging(ding, '', []), ...DATABASEROLLEN.map((rol) => wijziging(ding, namen[rol], gewenst(ding, rol)))].filter(
      (een) => een !== undefined,
    ),
  );

/** Who else was given something: a backup, another program, somebody who looks. */
export function anderen(dingen: readonly Ding[], namen: Rolnamen): readonly string[] {
  const eigen = new Set<string>(['', ...Object.values(namen)]);
  return [...new Set(dingen.flatMap(({ rechten }) => Object.keys(rechten)))].filter((wie) => !eigen.has(wie)).sort();
}
