/** `knooppunt database ...`: the schema, and who may do what on it. Given as the owner. Exit code 0: done; 1: refused, or a difference; 2: wrong usage. */
import { parseArgs } from 'node:util';
import { schrijfLogboek } from '../logboek/logboek.ts';
import { migreer } from '../opslag/migratie.ts';
import { verleenRechten } from '../opslag/rechten/verleen.ts';
import { rolnamen, type Wijziging } from '../opslag/rechten/wens.ts';
import { cliActor, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { metBareDatabase, metDatabase } from './gegevensbank.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';

const migreerOpdracht: Deelopdracht = (args, config) => {
  parseArgs({ args: [...args] });
  return metBareDatabase(config, async (database) => {
    const nieuw = await migreer(database);
    for (const naam of nieuw) console.log(naam);
    console.error(nieuw.length === 0 ? 'De database is bij.' : 'De database is bijgewerkt; geef nu de rechten.');
    return 0;
  });
};

const toon = ({ wie, ding, was, wordt }: Wijziging): string =>
  `${wie || 'iedereen'}: ${ding}: ${was.join(', ') || 'niets'} -> ${wordt.join(', ') || 'niets'}`;

const rechten: Deelopdracht = (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: { voorvoegsel: { type: 'string', default: 'knooppunt' }, controleer: { type: 'boolean' } },
  });
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(values.voorvoegsel))
    throw new Gebruiksfout('Een voorvoegsel bestaat uit kleine letters, cijfers en _, en begint met een letter.');
  const namen = rolnamen(values.voorvoegsel);
  const actor = cliActor();
  return metDatabase(config, async (database) => {
    const { wijzigingen, anderen } = await verleenRechten(database, namen, !values.controleer, (client, gedaan) =>
      schrijfLogboek(client, [
        {
          gebeurtenis: 'databaserechten gezet',
          actor,
          namens: null,
          resultaat: 'gezet',
          berichtId: null,
          details: { voorvoegsel: values.voorvoegsel, wijzigingen: gedaan.length },
        },
      ]),
    );
    for (const een of wijzigingen) console.log(toon(een));
    if (anderen.length > 0) console.error(`Met rust gelaten, maar ook zij hebben rechten: ${anderen.join(', ')}.`);
    if (wijzigingen.length === 0) console.error('De rechten kloppen.');
    else console.error(`${wijzigingen.length} ${values.controleer ? 'verschillen' : 'wijzigingen'}.`);
    return values.controleer && wijzigingen.length > 0 ? GEWEIGERD : 0;
  });
};

/** Runs one of the commands of `database`. @returns the exit code */
export const voerDatabaseUit = (args: readonly string[]): Promise<number> =>
  voerDeelopdrachtUit({ migreer: migreerOpdracht, rechten }, args);
