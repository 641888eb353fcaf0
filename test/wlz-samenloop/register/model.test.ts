/** Any run of deliveries, right and wrong, leaves the register that a plain list in memory would be. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { KnooppuntFout } from '#src/fouten.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { leesLeveringIn } from '#src/wlz-samenloop/register/inlezen.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { maakTijdelijkeMap } from '../../hulp/tijdelijk.ts';
import { cizDat, inStukken, type Proefindicatie, testBsn } from '../../hulp/wlz.ts';

const { database, weg } = await maakGegevensbank();
const map = await maakTijdelijkeMap();
const config = leesConfig({ KNOOPPUNT_DATA: map.pad, KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT: '100' });
const sleutels = leesSleutels(config);
afterAll(async () => {
  await weg();
  await map.weg();
});

/** Few besluiten, persons and days, so that they meet; and some rows that are wrong. */
const dag = fc.constantFrom('2024-01-01', '2024-01-02', '2024-02-29');
const rij = fc.record({
  bsn: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }).map(testBsn) },
    { weight: 1, arbitrary: fc.constant('999900007') },
  ),
  besluitnummer: fc.integer({ min: 1, max: 8 }).map(String),
  ingangsdatum: dag,
  einddatum: fc.oneof(fc.constant(''), dag),
  vervaldatum: fc.oneof(fc.constant(''), dag, fc.constant('2024-02-30')),
  mutatie: fc.constantFrom('T', 'W', 'V'),
});
const levering = fc.record({
  soort: fc.constantFrom('VOLLEDIG', 'MUTATIE'),
  rijen: fc.array(rij, { maxLength: 12 }),
  /** How it is broken, if it is. */
  kapot: fc.constantFrom(null, null, null, 'aantal', 'gat', 'weer'),
});
type Levering = typeof levering extends fc.Arbitrary<infer L> ? L : never;

type Register = ReadonlyMap<string, Proefindicatie>;
const isGoed = ({ bsn, ingangsdatum, einddatum, vervaldatum }: Proefindicatie): boolean =>
  bsn !== '999900007' && vervaldatum !== '2024-02-30' && !(einddatum && einddatum < ingangsdatum);

/** What a delivery makes of the register, the slow way: row by row. */
function volgens(voor: Register, { soort, rijen }: Levering): Register {
  const na = new Map(soort === 'VOLLEDIG' ? [] : voor);
  const genoemd = new Set<string>();
  for (const een of rijen) {
    if (soort === 'MUTATIE' && een.mutatie === 'V') na.delete(een.besluitnummer);
    else if (isGoed(een)) na.set(een.besluitnummer, een);
    else genoemd.add(een.besluitnummer);
  }
  const goed = new Set(rijen.filter(isGoed).map(({ besluitnummer }) => besluitnummer));
  for (const nummer of genoemd) {
    const oud = voor.get(nummer);
    if (soort === 'VOLLEDIG' && oud && !goed.has(nummer)) na.set(nummer, oud);
  }
  return na;
}

const sleutelVan = ({ bsn, besluitnummer, ingangsdatum, einddatum, vervaldatum }: Proefindicatie): string =>
  [besluitnummer, pseudoniem(sleutels, bsn).toString('hex'), ingangsdatum, einddatum || '-', vervaldatum || '-'].join(
    ';',
  );

test('the register is what the deliveries that were taken in make of it, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(levering, { minLength: 1, maxLength: 6 }), async (leveringen) => {
      await database.pool.query('truncate wlz_indicatie, wlz_register, wlz_levering');
      let model: Register = new Map();
      let nummer = 0;
      let vorige: string | undefined;
      for (const een of leveringen) {
        const { soort, kapot } = een;
        const weer = kapot === 'weer' && vorige !== undefined;
        const tekst =
          weer && vorige !== undefined
            ? vorige
            : cizDat(een.rijen, {
                soort,
                volgnummer: nummer + 1,
                vorigVolgnummer: kapot === 'gat' ? nummer + 7 : nummer || null,
                ...(kapot === 'aantal' && { aantal: een.rijen.length + 1 }),
              });
        const na = volgens(model, een);
        try {
          const { herhaling } = await leesLeveringIn(
            { database, sleutels, wlz: config.wlz, alleenTestBsn: true },
            { stroom: inStukken(tekst, 40), vorm: 'ciz-dat', actor: 'proef' },
          );
          if (!herhaling) {
            model = na;
            nummer += 1;
            vorige = tekst;
          }
          expect(herhaling).toBe(weer);
        } catch (fout) {
          if (!(fout instanceof KnooppuntFout)) throw fout;
          const verwacht =
            kapot === 'aantal' || kapot === 'gat' || na.size === 0 || (nummer === 0 && soort === 'MUTATIE');
          expect(verwacht, fout.message).toBe(true);
        }
        const { rows } = await database.pool.query<{ rij: string }>(
          `select concat_ws(';', besluitnummer, encode(bsn_hmac, 'hex'), ingangsdatum, coalesce(einddatum::text, '-'), coalesce(vervaldatum::text, '-')) as rij
           from wlz_indicatie_actueel`,
        );
        expect(rows.map((een) => een.rij).sort()).toEqual([...model.values()].map(sleutelVan).sort());
      }
    }),
    { numRuns: 25 },
  );
});
