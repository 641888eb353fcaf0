/**
 * What the dossier cannot know is never a reason to refuse: a life of which only a part was seen gives no refusal that the whole life would not
 * give. Random lives, cut at random days. `ZAAD=… npx vitest run test/dossier/model` repeats a failure, RONDES=… plays more.
 */
import { expect, test } from 'vitest';
import { maakToeval } from '../../hulp/toeval.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import { HELFTEN, type Helft, heelLeven, metOpruimen, type Stap, tegenvoorbeelden } from './half.ts';
import { beschrijf, verklein } from './leef.ts';
import { type Leven, maakLeven } from './levens.ts';
import type { Gebeurtenis } from './wereld.ts';

const RONDES = Number(process.env.RONDES ?? 300);
const SNEDEN = 3;
const LANGSTE_GAT = 120;

type Maak = (stappen: readonly Stap[]) => Helft;

/** Fails with the smallest life that still shows it. */
function toon(leven: Leven, maak: Maak): void {
  const proef = (over: readonly Gebeurtenis[]) => {
    const stappen = heelLeven(leven, over);
    return tegenvoorbeelden(stappen, maak(stappen));
  };
  const klein = verklein(leven.gebeurtenissen, (over) => proef(over).length > 0);
  const gevonden = proef(klein).map(({ vraag, vondst }) => `${vraag.bericht.volgorde}: ${vondst.regel} ${vondst.pad}`);
  const { begin } = maak(heelLeven(leven, klein));
  expect(gevonden, `ZAAD=${leven.zaad} ${leven.domein} ${JSON.stringify(begin)}\n${beschrijf(klein)}`).toEqual([]);
}

test.each(Object.entries(HELFTEN))(
  `a life seen %s gives no refusal that the whole life does not give: ${RONDES} lives from seed ${ZAAD}`,
  (naam, helft) => {
    let geweigerd = 0;
    for (let nr = 0; nr < RONDES; nr += 1) {
      const leven = maakLeven(ZAAD + nr);
      const toeval = maakToeval(leven.zaad).tak(naam);
      const stappen = heelLeven(leven, leven.gebeurtenissen);
      const dagen = stappen.map(({ ontvangen }) => ontvangen);
      for (let snede = 0; snede < SNEDEN; snede += 1) {
        const vanaf = toeval.kies(dagen);
        const gat = toeval.geheel(1, LANGSTE_GAT);
        const maak: Maak = (van) => helft(van, vanaf, gat);
        if (tegenvoorbeelden(stappen, maak(stappen), () => (geweigerd += 1)).length > 0) toon(leven, maak);
      }
    }
    // A dossier that refuses nothing passes as well, and is worth nothing.
    if (RONDES >= 100) expect(geweigerd).toBeGreaterThan(RONDES);
  },
);

test(`a life of which closed stories are removed at a random moment gives no refusal that the whole life does not give: ${RONDES} lives from seed ${ZAAD}`, () => {
  let geweigerd = 0;
  let opgeruimd = 0;
  for (let nr = 0; nr < RONDES; nr += 1) {
    const leven = maakLeven(ZAAD + nr);
    const toeval = maakToeval(leven.zaad).tak('opruimen');
    const stappen = heelLeven(leven, leven.gebeurtenissen);
    const eerste = toeval.geheel(1, Math.ceil(stappen.length / 3));
    const verder = toeval.geheel(1, 5);
    const dagen = toeval.geheel(0, 30);
    const maak: Maak = (van) => metOpruimen(van, Math.min(eerste, van.length - 1), verder, dagen);
    const tel = () => (geweigerd += 1);
    const telWeg = () => (opgeruimd += 1);
    if (tegenvoorbeelden(stappen, maak(stappen), tel, telWeg).length > 0) toon(leven, maak);
  }
  if (RONDES < 100) return;
  expect(geweigerd).toBeGreaterThan(RONDES);
  expect(opgeruimd).toBeGreaterThan(RONDES / 10);
});
