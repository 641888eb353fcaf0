/** The thread in which the api role imports: reading and checking years of messages would hold up everybody else. See invoerder.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { leesBronnen } from '../../bronnen.ts';
import type { Config } from '../../config.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { openDatabase } from '../../opslag/database.ts';
import { Sleutelring } from '../../opslag/sleutelring.ts';
import { datum } from '../../tijd.ts';
import { voerIn } from './invoer.ts';
import type { Draadantwoord, Draadopdracht } from './invoerder.ts';
import { vervangTarieven } from './tarieven.ts';

const config = workerData as Config;

function leesTekst(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new KnooppuntFout('invoerOngeldig', 'Het bestand is geen tekst in UTF-8.', { cause });
  }
}

async function voerUit({ bytes, tarieven, dossier }: Draadopdracht): Promise<Draadantwoord> {
  if (!config.databaseUrl) throw new Error('the api role needs DATABASE_URL');
  const database = openDatabase(config.databaseUrl, { max: 2 });
  try {
    if (tarieven) return { tarieven: await vervangTarieven(database, tarieven, leesTekst(bytes)) };
    const sleutels = await Sleutelring.open(config, database);
    const plaats = {
      database,
      sleutels,
      bronnen: { ...leesBronnen(config), peildatum: datum(new Date()) },
      maxBerichtBytes: config.maxBerichtBytes,
      alleenTestBsn: config.demo,
    };
    try {
      return { verslag: await voerIn(plaats, dossier, Buffer.from(bytes.buffer)) };
    } finally {
      await sleutels.sluit();
    }
  } finally {
    await database.sluit();
  }
}

parentPort?.once('message', async (opdracht: Draadopdracht) => {
  const antwoord = await voerUit(opdracht).catch((fout: unknown): Draadantwoord => {
    if (fout instanceof KnooppuntFout) return { weigering: fout.soort, details: fout.details };
    return { fout: fout instanceof Error ? fout.message : String(fout) };
  });
  parentPort?.postMessage(antwoord);
});
