/** `knooppunt sleutel ...`: the keys, while everything runs. Exit code 0: done; 1: refused; 2: wrong usage. */
import { parseArgs } from 'node:util';
import type { Database } from '../opslag/database.ts';
import { actieveSleutel, leesGegevenssleutels } from '../opslag/gegevenssleutels.ts';
import { draaiHoofdsleutel, herversleutelAlles, nieuweGegevenssleutels } from '../sleutelbeheer/draai.ts';
import type { Voortgang } from '../sleutelbeheer/herversleutel.ts';
import { telOnder, verwijderSleutel } from '../sleutelbeheer/verwijder.ts';
import { cliActor, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { metDatabase, metSleutels } from './gegevensbank.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';

const lijst: Deelopdracht = (args, config) => {
  parseArgs({ args: [...args] });
  return metSleutels(config, async ({ pool }) => {
    const rijen = await leesGegevenssleutels(pool);
    const nu = new Date();
    for (const rij of rijen) {
      const { nodig, rest } = rij.doel === 'inhoud' ? await telOnder(pool, rij.id) : { nodig: 0, rest: 0 };
      const stand =
        rij.hoofdId === null
          ? 'verwijderd'
          : rij.actiefVanaf > nu
            ? `actief vanaf ${rij.actiefVanaf.toISOString()}`
            : rij === actieveSleutel(rijen, rij.doel, nu)
              ? 'actief'
              : 'afgelost';
      const berichten = rij.doel === 'inhoud' ? `  ${nodig + rest} berichten, ${nodig} nog nodig` : '';
      console.log(`${rij.id}  ${rij.doel}  ${stand}  hoofdsleutel ${rij.hoofdId ?? '-'}${berichten}`);
    }
    return 0;
  });
};

const vertel = ({ tabel, rijen }: Voortgang): void => {
  if (rijen > 0) console.error(`${tabel}: ${rijen} rijen`);
};

const draai: Deelopdracht = (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: { hoofd: { type: 'boolean' }, verder: { type: 'boolean' } },
  });
  if (values.hoofd && values.verder) throw new Gebruiksfout('Kies --hoofd of --verder, niet beide.');
  return metSleutels(config, async (database, sleutels) => {
    const werkplek = { database, sleutels, actor: cliActor() };
    if (values.hoofd) {
      const { hoofdId, aantal } = await draaiHoofdsleutel(werkplek, config);
      console.log(`Hoofdsleutel ${hoofdId} is actief; ${aantal} gegevenssleutels liggen er nu onder.`);
      return 0;
    }
    if (!values.verder) {
      console.error('Nieuwe gegevenssleutels worden bekend bij alle processen; dit duurt een halve minuut.');
      console.log(`Nieuw: ${(await nieuweGegevenssleutels(werkplek)).join(', ')}.`);
    }
    console.log(`${await herversleutelAlles(werkplek, vertel)} rijen liggen nu onder de actieve gegevenssleutels.`);
    return 0;
  });
};

/** Others are told by a warning only that nothing was cleaned up. */
async function isEigenaar({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ ja: boolean }>(
    `select pg_has_role(relowner, 'USAGE') as ja from pg_class where oid = 'gegevenssleutel'::regclass`,
  );
  return rows[0]?.ja === true;
}

const verwijder: Deelopdracht = (args, config) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { bevestig: { type: 'boolean' }, reden: { type: 'string' } },
  });
  const [id, ...meer] = positionals;
  if (id === undefined || meer.length > 0)
    throw new Gebruiksfout('Geef één gegevenssleutel op (zie: knooppunt sleutel lijst).');
  const { reden } = values;
  if (reden === undefined) throw new Gebruiksfout('Geef een reden op met --reden.');
  return metDatabase(config, async (database) => {
    if (!values.bevestig) {
      const { nodig, rest } = await telOnder(database.pool, id);
      console.error(
        `Onder ${id} liggen ${nodig + rest} berichten, waarvan ${nodig} nog nodig. Verwijderen is voorgoed; herhaal met --bevestig.`,
      );
      return GEWEIGERD;
    }
    if (!(await isEigenaar(database)))
      throw new Gebruiksfout(
        'Alleen de eigenaar van de database kan een sleutel ook uit het bestand van de tabel halen.',
      );
    const onleesbaar = await verwijderSleutel(database, { id, actor: cliActor(), reden });
    // The wrapped key must not stay behind in the file of the table.
    await database.pool.query('vacuum gegevenssleutel');
    console.log(`${id} is verwijderd; de inhoud van ${onleesbaar} berichten is voorgoed onleesbaar.`);
    return 0;
  });
};

/** Runs one of the commands of `sleutel`. @returns the exit code */
export const voerSleutelUit = (args: readonly string[]): Promise<number> =>
  voerDeelopdrachtUit({ lijst, draai, verwijder }, args);
