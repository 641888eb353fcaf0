/**
 * `knooppunt nza ...`: the set for the NZa (Regeling Jeugdwet art. 8f). Which gemeenten have one, and its delivery. Exit code 0: done; 1: refused; 2:
 * wrong usage.
 */
import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { dagenGeleden } from '../bewaren/regels/termijnen.ts';
import { leesTermijnen } from '../bewaren/termijnen.ts';
import type { Config } from '../config.ts';
import { nzaGemeenten, zetAan, zetUit } from '../ketendata/nza/gemeenten.ts';
import { type Geleverd, leverNza } from '../ketendata/nza/uitvoer.ts';
import { eisReden } from '../routering/wijziging.ts';
import { cliActor, Gebruiksfout } from './gebruik.ts';
import { metDatabase, metSleutels } from './gegevensbank.ts';
import { isDag } from './moment.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';

/** A new file that only its owner can read; of a delivery that was broken off nothing stays. */
async function naarBestand(pad: string, lever: (naar: Writable) => Promise<Geleverd>): Promise<Geleverd> {
  const stroom = createWriteStream(pad, { flags: 'wx', mode: 0o600 });
  await new Promise((klaar, mis) => {
    stroom.once('open', klaar);
    stroom.once('error', () => mis(new Gebruiksfout(`Kan ${pad} niet maken, of het bestaat al.`)));
  });
  try {
    const geleverd = await lever(stroom);
    stroom.end();
    await finished(stroom);
    return geleverd;
  } catch (fout) {
    stroom.destroy();
    await unlink(pad);
    throw fout;
  }
}

function periodeVan({ vanaf, tot }: { readonly vanaf?: string | undefined; readonly tot?: string | undefined }) {
  if (vanaf === undefined || tot === undefined || !isDag(vanaf) || !isDag(tot) || tot < vanaf)
    throw new Gebruiksfout('Geef met --vanaf en --tot de eerste en de laatste dag op, als JJJJ-MM-DD.');
  return { vanaf, tot };
}

const uitvoer: Deelopdracht = async (args: readonly string[], config: Config) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vanaf: { type: 'string' },
      tot: { type: 'string' },
      uit: { type: 'string' },
      reden: { type: 'string' },
    },
  });
  const { uit, reden = 'levering aan de NZa (Regeling Jeugdwet art. 8f)' } = values;
  const periode = periodeVan(values);
  eisReden(reden);
  const termijn = dagenGeleden(new Date(), leesTermijnen(config).nzaDagen);
  return metSleutels(config, async (database, { hmac }) => {
    const lever = (naar: Writable) => leverNza(database, hmac, { ...periode, actor: cliActor(), reden, termijn }, naar);
    const { rijen, sha256 } = uit === undefined ? await lever(process.stdout) : await naarBestand(uit, lever);
    console.error(`${rijen} regels geleverd; sha256 ${sha256}.`);
    return 0;
  });
};

/** The gemeente that a command names, and why. */
function keuze(args: readonly string[]): { readonly gemeente: string; readonly reden: string } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { reden: { type: 'string' } },
  });
  const [gemeente, ...meer] = positionals;
  if (gemeente === undefined || meer.length > 0) throw new Gebruiksfout('Geef één gemeentecode op.');
  if (values.reden === undefined) throw new Gebruiksfout('Geef een reden op met --reden.');
  return { gemeente, reden: values.reden };
}

const aan: Deelopdracht = (args, config) => {
  const { gemeente, reden } = keuze(args);
  return metDatabase(config, async (database) => {
    const nieuw = await zetAan(database, { actor: cliActor(), reden }, gemeente);
    console.log(nieuw ? `Vanaf nu wordt de set van ${gemeente} bijgehouden.` : `De set van ${gemeente} stond al aan.`);
    return 0;
  });
};

const uit: Deelopdracht = (args, config) => {
  const { gemeente, reden } = keuze(args);
  return metDatabase(config, async (database) => {
    const weg = await zetUit(database, { actor: cliActor(), reden }, gemeente);
    console.log(
      weg === undefined
        ? `De set van ${gemeente} stond al uit.`
        : `De set van ${gemeente} wordt niet meer bijgehouden; ${weg} registraties zijn verwijderd.`,
    );
    return 0;
  });
};

const lijst: Deelopdracht = (args, config) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
  return metDatabase(config, async (database) => {
    const gemeenten = await nzaGemeenten(database);
    const regels = gemeenten.map(({ gemeente, sinds }) => `${gemeente}  sinds ${sinds.toISOString()}`);
    console.log(
      values.json ? JSON.stringify(gemeenten) : regels.join('\n') || 'Er is geen gemeente met een set voor de NZa.',
    );
    return 0;
  });
};

/** Runs one of the commands of `nza`. @returns the exit code */
export const voerNzaUit = (args: readonly string[]): Promise<number> =>
  voerDeelopdrachtUit({ uitvoer, aan, uit, lijst }, args);
