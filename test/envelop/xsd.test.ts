/**
 * The reader never sees a call as a whole, and shows the XSD only a skeleton of it. Its verdict must be that of the XSD on the whole message.
 *
 * ZAAD repeats a run, MUTATIES sets the number of mutants per message.
 */
import { afterAll, expect, test } from 'vitest';
import { inSoap } from '#src/envelop/soap.ts';
import { StufFout, type StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { schrijfBoom } from '../xsd/boom.ts';
import { isGeldig, metDocument } from '../xsd/schemas.ts';
import { leesEnvelop, typenamen } from '../xsd/stuf-model.ts';
import { geldigeDocumenten, muteerEnvelop } from '../xsd/stuf-mutaties.ts';
import { compileerStuf, ENVELOPPEN } from '../xsd/stuf-schemas.ts';
import { lees } from './hulp.ts';

const AANTAL = Number(process.env.MUTATIES ?? 1_000);

const schema = compileerStuf('eigen');
afterAll(() => schema.dispose());
/** For libxml2 white space between elements is an error when it stands in CDATA; by the XSD standard it is the same text. */
const volgensXsd = (xml: string): boolean =>
  metDocument(xml.replaceAll(/<!\[CDATA\[(\s*)\]\]>/g, '$1'), (document) => isGeldig(schema, document));

function weigering(xml: string, maten: readonly number[]): StufFoutSoort | undefined {
  try {
    lees(inSoap(Buffer.from(xml)), maten);
    return undefined;
  } catch (fout) {
    if (!(fout instanceof StufFout)) throw fout;
    return fout.soort;
  }
}

/** libxml2 skips what does not belong in base64; the XSD standard does not allow it. */
function heeftRuis(xml: string): boolean {
  const kaal = xml.replace(/<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>|&#(?:9|10|13);/gs, '');
  const [, tekst = ''] = /Bestand[^>]*>([^<]*)</.exec(kaal) ?? [];
  return /[^A-Za-z0-9+/=\t\n\r ]/.test(tekst);
}

test.each(ENVELOPPEN.slice(0, 3))('$element: the verdict on a mutant is that of the XSD', (soort) => {
  const toeval = maakToeval(ZAAD).tak(soort.element);
  const model = leesEnvelop('eigen', soort);
  const oorsprongen = geldigeDocumenten(model, toeval);
  const anderen = ENVELOPPEN.flatMap((ander) => geldigeDocumenten(leesEnvelop('eigen', ander), toeval));
  const typen = typenamen('eigen').map(({ naam }) => naam);
  const telling = { goed: 0, fout: 0 };
  for (let nr = 0; nr < AANTAL; nr += 1) {
    const { wortel, mutaties } = muteerEnvelop(toeval.kies(oorsprongen), model, { toeval, anderen, typen });
    const xml = schrijfBoom(wortel);
    const uitkomst = weigering(xml, [toeval.geheel(1, 2_000)]);
    const wat = `ZAAD=${ZAAD}, mutant ${nr}, ${mutaties.join(' + ')}: ${uitkomst} ${xml}`;
    if (uitkomst === 'berichtOnbekend') {
      // Bv03 and Fo03 are valid too, but no calls.
      if (volgensXsd(xml)) expect(['Bv03Bericht', 'Fo03Bericht'], wat).toContain(wortel.naam);
      continue;
    }
    const verwacht = volgensXsd(xml) && !(uitkomst === 'base64Ongeldig' && heeftRuis(xml));
    expect(uitkomst === undefined, wat).toBe(verwacht);
    telling[verwacht ? 'goed' : 'fout'] += 1;
  }
  // Without both verdicts in fair number the comparison would prove little.
  expect(Math.min(telling.goed, telling.fout)).toBeGreaterThan(AANTAL / 20);
});
