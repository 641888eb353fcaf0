/** The thread in which large messages are checked; see controleur.ts. */
import { parentPort } from 'node:worker_threads';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { controleer } from '../standards/controle.ts';
import type { Antwoord, Opdracht } from './controleur.ts';

parentPort?.on('message', ({ bytes, soort, niveau, metDelen }: Opdracht) => {
  let antwoord: Antwoord;
  try {
    const rij = berichtsoortVanCode(soort);
    if (!rij) throw new Error(`unknown berichtsoort ${soort}`);
    antwoord = { controle: controleer(bytes, rij, niveau, metDelen) };
  } catch (fout) {
    antwoord = { fout: fout instanceof Error ? fout.message : String(fout) };
  }
  parentPort?.postMessage(antwoord);
});
