/**
 * Random lives, judged by the dossier and by an obvious reference written from the norm. A failure prints its seed and the smallest life that
 * still shows it; `ZAAD=… npx vitest run test/dossier/model` repeats it, RONDES=… plays more.
 */
import { describe, expect, test } from 'vitest';
import { alsBytes, soortVan } from '../../hulp/bouwer.ts';
import { controleerTot } from '../../hulp/controle.ts';
import { maakToeval } from '../../hulp/toeval.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import { Lane } from './lane.ts';
import { beschrijf, gelijk, leef, type Soortbegin, verklein } from './leef.ts';
import { type Leven, maakLeven } from './levens.ts';
import type { Vondst } from './lijst.ts';
import { Referentie } from './referentie.ts';
import type { Gebeurtenis } from './wereld.ts';

const RONDES = Number(process.env.RONDES ?? 1000);

/** Every rule across messages of both standards. */
const REGELS = [
  ...['TR019', 'TR056', 'TR063', 'TR071', 'TR074', 'TR304', 'TR307', 'TR308', 'TR314', 'TR318', 'TR319', 'TR321'],
  ...['TR322', 'TR323', 'TR326', 'TR332', 'TR333', 'TR337', 'TR338', 'TR339', 'TR340', 'TR341', 'TR347', 'TR349'],
  ...['TR350', 'TR351', 'TR355', 'TR357', 'TR359', 'TR360', 'TR361', 'TR365', 'TR366', 'TR367', 'TR369', 'TR371'],
  ...['TR373', 'TR374', 'TR375', 'TR376', 'TR379', 'TR382', 'TR384', 'TR385', 'TR387', 'TR388', 'TR389', 'TR390'],
  ...['TR411', 'TR412', 'TR413', 'TR414', 'TR415', 'TR418'],
];

/** Those of which the two standards have each their own text. */
const VERSCHILLEN = ['TR321', 'TR361'];

/** What a receiver can know: mostly all, sometimes nothing, and all that lies between. */
function begin(zaad: number): Soortbegin {
  const toeval = maakToeval(zaad).tak('begin');
  if (toeval.kans(0.6)) return { volledigVanaf: '2022-01-01', lopendeIngevoerd: true, blindTot: null };
  return {
    volledigVanaf: toeval.kies([null, '2022-01-01', '2024-02-29', '2024-06-01', '2025-05-01', '2025-08-01']),
    lopendeIngevoerd: toeval.kans(0.7),
    blindTot: toeval.kans(0.2) ? toeval.kies(['2024-02-29', '2024-12-31', '2025-06-01']) : null,
  };
}

interface Verschil {
  readonly lane: readonly Vondst[];
  readonly referentie: readonly Vondst[];
}

/** @param tel is told of every outcome; absent: nobody counts */
function eersteVerschil(
  leven: Leven,
  gebeurtenissen: readonly Gebeurtenis[],
  tel?: (regel: string, wat: string) => void,
): Verschil | undefined {
  const referentie = new Referentie();
  const lane = new Lane();
  let verschil: Verschil | undefined;
  leef(
    leven,
    gebeurtenissen,
    begin(leven.zaad),
    (vraag) => {
      if (vraag.bericht.volgorde % 3 === 0) lane.beurt();
      const { vondsten, goed } = referentie.oordeel(vraag);
      for (const regel of goed) tel?.(regel, 'goed');
      for (const { regel, oordeel } of vondsten) tel?.(regel, oordeel);
      const eigen = lane.oordeel(vraag);
      if (gelijk(eigen, vondsten)) return vondsten;
      verschil = { lane: eigen, referentie: vondsten };
      return undefined;
    },
    (gevolg) => {
      gevolg(referentie);
      gevolg(lane);
    },
  );
  return verschil;
}

test(`the dossier judges ${RONDES} lives as the norm says it, from seed ${ZAAD}`, () => {
  const geteld = new Set<string>();
  for (let nr = 0; nr < RONDES; nr += 1) {
    const leven = maakLeven(ZAAD + nr);
    const tel = (regel: string, wat: string): unknown => geteld.add(`${leven.domein} ${regel} ${wat}`);
    if (!eersteVerschil(leven, leven.gebeurtenissen, tel)) continue;
    const klein = verklein(leven.gebeurtenissen, (over) => eersteVerschil(leven, over) !== undefined);
    const verschil = eersteVerschil(leven, klein);
    const { zaad, domein, antwoordt } = leven;
    const uitleg = `ZAAD=${zaad} ${domein} ${JSON.stringify(antwoordt)} ${JSON.stringify(begin(zaad))}`;
    expect(verschil?.lane, `${uitleg}\n${beschrijf(klein)}`).toEqual(verschil?.referentie);
  }
  // A few lives are not enough to meet everything.
  if (RONDES < 500) return;
  const domeinen = (regel: string): readonly string[] => (VERSCHILLEN.includes(regel) ? ['iwmo', 'ijw'] : ['']);
  const alle = REGELS.flatMap((regel) =>
    domeinen(regel).flatMap((domein) => ['goed', 'fout'].map((wat) => `${domein} ${regel} ${wat}`.trim())),
  );
  const gehaald = [...geteld].flatMap((een) => [een, een.replace(/^\S+ /, '')]);
  expect(alle.filter((een) => !gehaald.includes(een))).toEqual([]);
});

describe('the lives', () => {
  test('hold no message that would not have come this far', () => {
    for (let nr = 0; nr < 20; nr += 1) {
      const { domein, gebeurtenissen } = maakLeven(ZAAD + nr);
      for (const gebeurtenis of gebeurtenissen) {
        if (gebeurtenis.soort === 'afkeuring') continue;
        const soort = soortVan(domein, gebeurtenis.nummer);
        const { bevindingen } = controleerTot(2, alsBytes(gebeurtenis.inhoud, soort), soort);
        const fouten = bevindingen.filter(({ ernst }) => ernst === 'fout');
        expect(fouten, `seed ${ZAAD + nr}\n${beschrijf([gebeurtenis])}`).toEqual([]);
      }
    }
  });
});
