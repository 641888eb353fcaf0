/** `knooppunt herstel ...`: after a restore. Exit code 0: all holds; 1: something does not; 2: wrong usage. */
import { parseArgs } from 'node:util';
import { noteerTaak } from '../bewaking/taken.ts';
import { controleerHerstel } from '../herstel/controle.ts';
import { isVrijgegeven } from '../herstel/merk.ts';
import { geefVrij } from '../herstel/vrijgeven.ts';
import { cliActor, GEWEIGERD } from './gebruik.ts';
import { metDatabase, metSleutels } from './gegevensbank.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';

/** The newest payloads: enough to see that the keys are the right ones. */
const STEEKPROEF = 10_000;

const controleer: Deelopdracht = (args, config) => {
  const { values } = parseArgs({ args: [...args], options: { alles: { type: 'boolean' }, json: { type: 'boolean' } } });
  return metSleutels(config, async (database, sleutels) => {
    const regels = await controleerHerstel(database, sleutels, values.alles ? Number.POSITIVE_INFINITY : STEEKPROEF);
    const vrijgegeven = await isVrijgegeven(database.pool);
    if (values.json) console.log(JSON.stringify({ regels, vrijgegeven }));
    else {
      for (const { naam, fouten } of regels)
        console.log(`${fouten === 0 ? 'goed' : 'FOUT'}  ${naam}${fouten > 0 ? ` (${fouten})` : ''}`);
      if (!vrijgegeven)
        console.log(
          'Deze database is hersteld of een kopie: er wordt niets verstuurd tot: knooppunt herstel vrijgeven.',
        );
    }
    return regels.every(({ fouten }) => fouten === 0) ? 0 : GEWEIGERD;
  });
};

const vrijgeven: Deelopdracht = (args, config) => {
  parseArgs({ args: [...args] });
  return metDatabase(config, async (database) => {
    if (await isVrijgegeven(database.pool)) {
      console.log('Deze database was al vrijgegeven; er is niets gewijzigd.');
      return 0;
    }
    const apart = await geefVrij(database, cliActor());
    console.log('Vrijgegeven. Vraag deze ontvangers wat zij al hebben, en hervat daarna per ontvanger:');
    for (const { postbus, aantal } of apart) console.log(`  ${postbus}: ${aantal} berichten`);
    if (apart.length === 0) console.log('  niemand: er was niets te versturen.');
    return 0;
  });
};

/** For the end of whatever makes the backups: only then does anybody see that none was made. */
const noteerKopie: Deelopdracht = (args, config) => {
  parseArgs({ args: [...args] });
  return metDatabase(config, async ({ pool }) => {
    await noteerTaak(pool, 'reservekopie');
    console.log('Genoteerd dat er nu een reservekopie is gemaakt.');
    return 0;
  });
};

/** Runs one of the commands of `herstel`. @returns the exit code */
export const voerHerstelUit = (args: readonly string[]): Promise<number> =>
  voerDeelopdrachtUit({ controleer, vrijgeven, 'noteer-kopie': noteerKopie }, args);
