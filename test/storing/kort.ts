/** One small round of every scenario as a test each, on a set-up that the rounds share. */
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import type { Opstelling } from './opstelling.ts';
import { speelRonde } from './ronde.ts';
import { KORT, SCENARIOS } from './rondes.ts';
import { kop, regel } from './tabel.ts';
import type { Scenario } from './types.ts';

export const RONDE_MS = 240_000;

/**
 * Defines the tests.
 * @param maak makes the set-up, or says why it can't be made here: the tests are then skipped, with that reason
 * @param naAfloop defines tests that go on with the set-up after the rounds; what it is given hands it out, or skips the test
 */
export function speelKort(
  naam: string,
  soort: Scenario['opstelling'],
  maak: () => Promise<Opstelling | { readonly reden: string }>,
  naAfloop: (opstelling: (proef: TestContext) => Opstelling) => void,
): void {
  describe(naam, () => {
    const regels: string[] = [];
    let opstelling: Opstelling | undefined;
    let reden = '';
    /** A round went wrong: what it left behind would be counted against the next. */
    let bedorven = false;

    beforeAll(async () => {
      const uitkomst = await maak();
      if ('reden' in uitkomst) reden = uitkomst.reden;
      else opstelling = uitkomst;
    });
    afterAll(async () => {
      console.log(
        [`crash tests, ${naam}, seed ${ZAAD}${reden && `, not played: ${reden}`}`, kop(), ...regels].join('\n'),
      );
      await opstelling?.stop();
    });

    const scenarios = SCENARIOS.filter((scenario) => scenario.opstelling === soort && !scenario.alleenLang);
    const metNaam = scenarios.map((scenario) => [scenario.naam, scenario] as const);
    test.for(metNaam)('%s', { timeout: RONDE_MS }, async ([, scenario], proef) => {
      if (opstelling === undefined) return proef.skip(reden);
      if (bedorven) throw new Error('Not played: an earlier round broke this set-up.');
      try {
        const toeval = maakToeval(ZAAD).tak(scenario.letter);
        const uitslag = await speelRonde(opstelling, scenario, KORT, scenario.letter, toeval);
        regels.push(regel(uitslag));
        expect(uitslag.problemen, `broken promises, seed ${ZAAD}`).toEqual([]);
        expect(uitslag.bewijzen).toBeGreaterThan(0);
      } catch (fout) {
        bedorven = true;
        console.error(opstelling.knooppunt.uitvoer());
        throw fout;
      }
    });
    naAfloop((proef) => opstelling ?? proef.skip(reden));
  });
}
