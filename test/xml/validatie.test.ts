/** Validation with a bounded number of errors: the verdict and the errors of libxml2-wasm itself, in a time that grows with the message. */
import { XmlDocument, XmlValidateError, type XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { foutenVolgens } from '#src/xml/validatie.ts';
import { valideer } from '#src/xml/xsd.ts';
import { soort, voorbeeld } from '../hulp/berichten.ts';
import { rekentijd } from '../hulp/duur.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { leesBoom, schrijfBoom } from '../xsd/boom.ts';
import { muteer } from '../xsd/mutaties.ts';
import { leesModel } from '../xsd/schemamodel.ts';
import { berichtbestand, compileer, metDocument } from '../xsd/schemas.ts';

const MUTATIES = 30;
const GENOEG = 100_000;

/** What libxml2-wasm says by itself. */
function volgensBibliotheek(schema: XsdValidator, document: XmlDocument) {
  try {
    schema.validate(document);
    return [];
  } catch (fout) {
    if (fout instanceof XmlValidateError) return fout.details;
    throw fout;
  }
}

describe.each(BERICHTSOORTEN)('$code', ({ code, domein }) => {
  const soortnaam = { standaard: domein, code };
  const schema = compileer('eigen', domein, berichtbestand('eigen', soortnaam));
  afterAll(() => schema.dispose());

  test(`finds what the library finds, ZAAD=${ZAAD}`, () => {
    const toeval = maakToeval(ZAAD).tak(code);
    const model = leesModel('eigen', soortnaam);
    const bron = leesBoom(Buffer.from(voorbeeld(code)));
    let ongeldig = 0;
    for (let nr = 0; nr < MUTATIES; nr += 1) {
      const xml = schrijfBoom(muteer(bron, model, toeval).wortel);
      metDocument(xml, (document) => {
        const alle = volgensBibliotheek(schema, document);
        const gevonden = foutenVolgens(schema, document, GENOEG);
        expect(gevonden ?? { eerste: [], weggelaten: 0 }).toEqual({ eerste: alle, weggelaten: 0 });
        if (alle.length === 0) return;
        ongeldig += 1;
        expect(foutenVolgens(schema, document, 1)).toEqual({ eerste: alle.slice(0, 1), weggelaten: alle.length - 1 });
      });
    }
    expect(ongeldig).toBeGreaterThan(0);
  });
});

const WMO301 = soort('WMO301');
const [BEGIN = '', PRODUCT = '', EINDE = ''] = voorbeeld('WMO301').split(
  /(<ToegewezenProduct>.*<\/ToegewezenProduct>)/s,
);
/** With so many faults of one kind in one list. */
const metFouten = (aantal: number): Buffer =>
  Buffer.from(BEGIN + PRODUCT.replace(/(Volume>)[^<]*/, '$1drie').repeat(aantal) + EINDE);
function duur(bytes: Buffer): number {
  return rekentijd(() => {
    if (valideer(bytes, WMO301.xsd).geldig) throw new Error('The message is right.');
  });
}

test('the first thousand errors are told and the others counted', () => {
  const uitslag = valideer(metFouten(1500), WMO301.xsd);
  if (uitslag.geldig) throw new Error('The message is right.');
  expect([uitslag.fouten.length, uitslag.weggelaten]).toEqual([1000, 500]);
  expect(uitslag.fouten.at(-1)?.pad).toMatch(/ToegewezenProduct\[1000\]\/Omvang\/Volume$/);
});

test('four times as many faults in one list take some four times as long, not sixteen', () => {
  const [klein, groot] = [3_000, 12_000].map((aantal) => {
    const bytes = metFouten(aantal);
    return Math.min(duur(bytes), duur(bytes));
  });
  expect(Number(groot) / Number(klein)).toBeLessThan(9);
});

test('a document that was thrown away cannot be judged, and is no fault of a message', () => {
  const schema = compileer('eigen', 'iwmo', berichtbestand('eigen', { standaard: 'iwmo', code: 'WMO301' }));
  const document = XmlDocument.fromString('<a/>');
  document.dispose();
  expect(() => foutenVolgens(schema, document, 1)).toThrow(/could not judge/);
  schema.dispose();
});
