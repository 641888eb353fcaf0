/**
 * End to end: from the first byte of the first request until the last message is in its receiver's postbus, committed. Against the
 * bare pipe, by turns, with the same load, services and number of processes; the medians are compared.
 */
import { setTimeout as wacht } from 'node:timers/promises';
import { toewijzingen } from './berichten.ts';
import { mediaan, rond } from './getallen.ts';
import { type Lader, startLader } from './lading.ts';
import { type Doelwit, startDiensten, startKalePijp, startKnooppunt } from './opstelling.ts';
import type { Benchmark } from './types.ts';

export const BANEN = 200;
export const GELIJKTIJDIG = 64;
/** How often we look whether the last one is there: well below a thousandth of a round. */
const KIJK_MS = 5;
const MAX_MS = 300_000;

/**
 * Sends messages and waits until the last one is through.
 * @returns messages per second
 * @throws when not every message arrived
 */
export async function doorvoer(lader: Lader, doelwit: Doelwit, aantal: number): Promise<number> {
  const vooraf = await doelwit.aangekomen();
  const { begin, einde } = await lader.stuur({
    poort: doelwit.poort,
    aantal,
    banen: BANEN,
    gelijktijdig: GELIJKTIJDIG,
  });
  while (!(await doelwit.isLeeg())) {
    if (Date.now() > einde + MAX_MS) throw new Error(`${doelwit.naam} is not done yet, ${MAX_MS / 1000} s later`);
    await wacht(KIJK_MS);
  }
  const klaar = performance.timeOrigin + performance.now();
  const erbij = (await doelwit.aangekomen()) - vooraf;
  if (erbij !== aantal) throw new Error(`${doelwit.naam}: ${erbij} of ${aantal} messages arrived`);
  return aantal / ((klaar - begin) / 1000);
}

const gemiddeldeBytes = (): number => {
  const alle = toewijzingen(BANEN);
  return Math.round(alle.reduce((som, { bytes }) => som + bytes.length, 0) / alle.length);
};

export const keten: Benchmark = {
  rijen: [
    {
      naam: 'keten',
      wat: 'Van HTTP tot in de postbus, vastgelegd; referentie: kale pijp',
      doel: { tekst: '≥ 1,0 × de kale pijp', gehaald: ({ verhouding }) => verhouding !== null && verhouding >= 1 },
    },
  ],
  async voer({ kort, meld }) {
    const aantal = kort ? 500 : 6000;
    const rondes = kort ? 1 : 5;
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten({ kort, meld }));
    const lader = stapel.use(await startLader());
    const pijp = stapel.use(await startKalePijp(diensten));
    const knooppunt = stapel.use(await startKnooppunt(diensten));
    const gemeten = { pijp: [] as number[], knooppunt: [] as number[] };
    // The first round is for the compilers and the caches of both.
    for (let ronde = 0; ronde <= rondes; ronde += 1) {
      const a = await doorvoer(lader, pijp, aantal);
      const b = await doorvoer(lader, knooppunt, aantal);
      meld(`keten ronde ${ronde}: kale pijp ${rond(a, 0)}/s, knooppunt ${rond(b, 0)}/s, verhouding ${rond(b / a, 2)}`);
      if (ronde === 0) continue;
      gemeten.pijp.push(a);
      gemeten.knooppunt.push(b);
    }
    return [
      {
        naam: 'keten',
        eenheid: 'berichten/s',
        knooppunt: rond(mediaan(gemeten.knooppunt)),
        referentie: rond(mediaan(gemeten.pijp)),
        omstandigheden: {
          ...(await diensten.omstandigheden()),
          bericht: `JW301 en WMO301 om en om, gemiddeld ${gemiddeldeBytes()} bytes`,
          berichtenPerRonde: aantal,
          banen: BANEN,
          gelijktijdig: GELIJKTIJDIG,
          rondesKnooppunt: gemeten.knooppunt.map((n) => rond(n, 0)),
          rondesKalePijp: gemeten.pijp.map((n) => rond(n, 0)),
          methode: 'om en om, mediaan van de rondes, eerste ronde niet meegeteld; beide 1 api en 1 verwerker',
        },
      },
    ];
  },
};
