/** `knooppunt ketendata herbouw|stand`: making the figures anew from the messages, and how far they are. */
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { beginHerbouw, herbouwPortie } from '../ketendata/herbouw.ts';
import { rekenNa } from '../ketendata/narekenen.ts';
import { type Ketenstand, leesKetenstand } from '../ketendata/stand.ts';
import { metRust } from '../ketendata/volger.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import { cliActor, GEWEIGERD } from './gebruik.ts';
import { metDatabase } from './gegevensbank.ts';
import { type Deelopdracht, voerDeelopdrachtUit } from './opdracht.ts';

const OPTIES = { json: { type: 'boolean' } } as const;

/** Of what changed: subjects that counted for something else, and figures that were not their sum. */
interface Herbouwd {
  readonly bekeken: number;
  readonly anders: number;
  readonly cijfers: number;
}

async function doeHerbouw(database: Database): Promise<Herbouwd | undefined> {
  if (!(await beginHerbouw(database))) return undefined;
  let [bekeken, anders] = [0, 0];
  for (let klaar = false; !klaar; ) {
    const portie = await metRust(database, () => herbouwPortie(database));
    bekeken += portie.bekeken;
    anders += portie.anders;
    klaar = portie.klaar;
  }
  const herbouwd = { bekeken, anders, cijfers: await rekenNa(database) };
  await schrijfLogboek(database.pool, [
    {
      gebeurtenis: 'ketendata herbouwd',
      actor: cliActor(),
      namens: null,
      resultaat: 'herbouwd',
      berichtId: null,
      details: { ...herbouwd },
    },
  ]);
  return herbouwd;
}

async function herbouw(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIES });
  return metDatabase(config, async (database) => {
    const herbouwd = await doeHerbouw(database);
    if (!herbouwd) {
      console.error('De cijfers zijn van een nieuwere versie van het knooppunt; deze versie herbouwt ze niet.');
      return GEWEIGERD;
    }
    const { bekeken, anders, cijfers } = herbouwd;
    console.log(
      values.json
        ? JSON.stringify(herbouwd)
        : `Herbouwd: ${bekeken} berichten en andere onderwerpen bekeken, ${anders} telden anders. ${cijfers} cijfers klopten niet met hun som en zijn hersteld.`,
    );
    return 0;
  });
}

const moment = (waarde: Date | null): string => waarde?.toISOString() ?? 'nooit';

const alsTekst = (stand: Ketenstand): string =>
  [
    stand.achterstand === 0
      ? 'De cijfers zijn bij.'
      : `Nog ${stand.achterstand} regels van het logboek te verwerken; de oudste is van ${moment(stand.oudste)}.`,
    ...(stand.herbouwBezig ? ['Een herbouw is bezig.'] : []),
    ...(stand.versie === stand.eigenVersie
      ? []
      : [`De cijfers zijn van versie ${stand.versie}; dit knooppunt maakt versie ${stand.eigenVersie}.`]),
    `Laatst bijgewerkt: ${moment(stand.bijgewerktOp)}. Laatst herbouwd: ${moment(stand.herbouwdOp)}.`,
    `Ongeveer ${stand.cijfers} cijfers over ${stand.onderwerpen} berichten en andere onderwerpen.`,
  ].join('\n');

async function stand(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIES });
  return metDatabase(config, async (database) => {
    const gelezen = await leesKetenstand(database.pool);
    console.log(values.json ? JSON.stringify(gelezen) : alsTekst(gelezen));
    return 0;
  });
}

const OPDRACHTEN: Readonly<Record<string, Deelopdracht>> = { herbouw, stand };

/** @returns the exit code */
export const voerKetendataUit = (args: readonly string[]): Promise<number> => voerDeelopdrachtUit(OPDRACHTEN, args);
