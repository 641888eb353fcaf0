/** The thread in which large messages are checked; see controleur.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { controleer } from '../standards/controle.ts';
import { rapporteer } from '../standards/rapport.ts';
import type { Draadantwoord, Draadopdracht, Lijsten } from './controleur.ts';

const lijsten = workerData as Lijsten;

function voerUit({ bytes, soort, niveau, metInhoud, peildatum }: Draadopdracht): Draadantwoord {
  const opdracht = { niveau, metInhoud, bronnen: { ...lijsten, peildatum } };
  if (soort === null) return { rapport: rapporteer(null, bytes, opdracht) };
  const rij = berichtsoortVanCode(soort);
  if (!rij) throw new Error(`unknown berichtsoort ${soort}`);
  return { controle: controleer(bytes, rij, opdracht) };
}

parentPort?.on('message', (opdracht: Draadopdracht) => {
  let antwoord: Draadantwoord;
  try {
    antwoord = voerUit(opdracht);
  } catch (fout) {
    antwoord = { fout: fout instanceof Error ? fout.message : String(fout) };
  }
  parentPort?.postMessage(antwoord);
});
