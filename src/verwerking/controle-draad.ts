/** The thread in which large messages are checked; see controleur.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { rapporteerBestand } from '../envelop/rapport.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { controleer, regelnummers } from '../standards/controle.ts';
import type { Draadantwoord, Draadopdracht, Lijsten, Regelopdracht } from './controleur.ts';

const lijsten = workerData as Lijsten;

function voerUit(vraag: Draadopdracht | Regelopdracht): Draadantwoord {
  if ('paden' in vraag) return { regelnummers: regelnummers(vraag.bytes, vraag.paden) };
  const { bytes, soort, niveau, metInhoud, heel, peildatum } = vraag;
  const opdracht = { niveau, metInhoud, heel, bronnen: { ...lijsten, peildatum } };
  if (soort === null) return { rapport: rapporteerBestand(null, bytes, opdracht) };
  const rij = berichtsoortVanCode(soort);
  if (!rij) throw new Error(`unknown berichtsoort ${soort}`);
  return { controle: controleer(bytes, rij, opdracht) };
}

parentPort?.on('message', (opdracht: Draadopdracht | Regelopdracht) => {
  let antwoord: Draadantwoord;
  try {
    antwoord = voerUit(opdracht);
  } catch (fout) {
    antwoord = { fout: fout instanceof Error ? fout.message : String(fout) };
  }
  parentPort?.postMessage(antwoord);
});
