/** Levels 1 and 2 of a declaratie of 18 MB with 20,000 prestaties, in one process: how long, and how much memory? */
import { berichtsoortVanCode } from '../src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '../src/standards/codelijsten/gemeenten.ts';
import { controleer } from '../src/standards/controle.ts';
import { partijen, sjabloon, voorbeeld } from './berichten.ts';
import { groteDeclaratie } from './declaratie.ts';
import { mediaan, rond } from './getallen.ts';
import type { Benchmark } from './types.ts';

const PRESTATIES = 20_000;
const DOEL_S = 6;
const MB = 1024 * 1024;

export const niveau2Groot: Benchmark = {
  rijen: [
    {
      naam: 'niveau2-18mb-s',
      wat: 'niveau 1 en 2 van een JW323 van 18 MB met 20.000 prestaties, in seconden',
      doel: { tekst: `≤ ${DOEL_S} s`, gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= DOEL_S },
    },
  ],
  async voer({ kort, meld }) {
    const soort = berichtsoortVanCode('JW323');
    if (!soort) throw new Error('there is no JW323');
    const { gemeente, aanbieder } = partijen(0);
    const bytes = groteDeclaratie(sjabloon(voorbeeld('ijw', 'JW323'), aanbieder, gemeente), kort ? 2000 : PRESTATIES);
    const bronnen = { gemeenten: GEMEENTEN_2026, peildatum: '2026-12-31' };
    const seconden = Array.from({ length: kort ? 1 : 5 }, () => {
      const sinds = performance.now();
      const { geldig, bevindingen } = controleer(bytes, soort, { niveau: 2, bronnen });
      if (!geldig) throw new Error(`the large message is not valid: ${JSON.stringify(bevindingen[0])}`);
      return (performance.now() - sinds) / 1000;
    });
    meld(`niveau2-18mb: ${seconden.map((tijd) => rond(tijd, 2)).join(', ')} s`);
    return [
      {
        naam: 'niveau2-18mb-s',
        eenheid: 's',
        knooppunt: rond(mediaan(seconden), 2),
        referentie: null,
        omstandigheden: {
          bericht: `JW323, ${bytes.length} bytes`,
          keren: seconden.length,
          eersteKeer: rond(seconden[0] ?? 0, 2),
          methode: 'mediaan van de keren in één proces; lezen van schijf telt niet mee',
          piekProcesMB: rond((process.resourceUsage().maxRSS * 1024) / MB, 0),
        },
      },
    ];
  },
};
