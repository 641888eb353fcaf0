/**
 * How long a sender waits for its receipt at a steady load: open loop, so a slow answer does not slow down the next request, and a
 * request that had to wait counts from the moment it should have started.
 */
import { mediaan, percentiel, rond } from './getallen.ts';
import { BANEN, doorvoer } from './keten.ts';
import { startLader } from './lading.ts';
import { startDiensten, startKnooppunt } from './opstelling.ts';
import type { Benchmark } from './types.ts';

const PER_SECONDE = 100;
const MAX_VERBINDINGEN = 256;

export const acceptatie: Benchmark = {
  rijen: [
    {
      naam: 'acceptatie-p99-ms',
      wat: `Wachttijd op het ontvangstbewijs bij ${PER_SECONDE} berichten/s, 99e percentiel`,
      doel: { tekst: '≤ 50 ms', gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= 50 },
    },
  ],
  async voer(context) {
    const seconden = context.kort ? 3 : 30;
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const lader = stapel.use(await startLader());
    const knooppunt = stapel.use(await startKnooppunt(diensten));
    await doorvoer(lader, knooppunt, context.kort ? 300 : 3000);
    const rondes: (readonly number[])[] = [];
    for (let ronde = 0; ronde < (context.kort ? 1 : 3); ronde += 1) {
      const { latenties } = await lader.stuur({
        poort: knooppunt.poort,
        aantal: PER_SECONDE * seconden,
        banen: BANEN,
        gelijktijdig: MAX_VERBINDINGEN,
        perSeconde: PER_SECONDE,
      });
      rondes.push(latenties);
      context.meld(
        `acceptatie: p50 ${rond(percentiel(latenties, 0.5))} ms, p99 ${rond(percentiel(latenties, 0.99))} ms`,
      );
    }
    const van = (deel: number): readonly number[] => rondes.map((latenties) => rond(percentiel(latenties, deel), 2));
    return [
      {
        naam: 'acceptatie-p99-ms',
        eenheid: 'ms',
        knooppunt: mediaan(van(0.99)),
        referentie: null,
        omstandigheden: {
          ...(await diensten.omstandigheden()),
          bericht: 'JW301 en WMO301 om en om',
          p50Ms: mediaan(van(0.5)),
          maxMs: Math.max(...van(1)),
          rondesP99Ms: van(0.99),
          methode: `open lus, Poisson, ${PER_SECONDE}/s gedurende ${seconden} s per ronde, mediaan van de rondes; de verwerker werkt mee`,
        },
      },
    ];
  },
};
