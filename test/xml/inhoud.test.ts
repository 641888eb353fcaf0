/** Content of a message as plain objects: the reader must see what the XSD validator saw, and writing it must give it back. */
import type { XmlElement } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { BERICHTSOORTEN, type Berichtsoort } from '#src/standards/catalogus.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { kindElementen } from '#src/xml/boom.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud, Klasse, Waarde } from '#src/xml/structuur.ts';
import { valideer } from '#src/xml/xsd.ts';
import { soort, voorbeeld } from '../hulp/berichten.ts';
import { alsBytes } from '../hulp/bouwer.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { schrijfBoom } from '../xsd/boom.ts';
import { bouw, willekeurig } from '../xsd/invuller.ts';
import { leesModel } from '../xsd/schemamodel.ts';
import { metDocument } from '../xsd/schemas.ts';

/** The same content, read from the tree of libxml2. */
function uitBoom(element: XmlElement, { opNaam }: Klasse): Inhoud {
  const inhoud: Record<string, Waarde | Waarde[]> = {};
  for (const kind of kindElementen(element)) {
    const veld = opNaam.get(kind.name);
    if (!veld) throw new Error(`unknown element ${kind.name}`);
    const waarde = veld.klasse
      ? uitBoom(kind, veld.klasse)
      : veld.vorm === 'tekst'
        ? kind.content
        : kind.content.trim();
    if (veld.herhaalbaar) inhoud[veld.naam] = [...((inhoud[veld.naam] as Waarde[] | undefined) ?? []), waarde];
    else inhoud[veld.naam] = waarde;
  }
  return inhoud as Inhoud;
}

function gelijk(xml: string, soort: Berichtsoort): void {
  const bytes = Buffer.from(xml);
  const uitslag = valideer(bytes, soort.xsd);
  if (!uitslag.geldig) throw new Error(JSON.stringify(uitslag.fouten));
  uitslag.document.dispose();
  const { wortel } = structuurVan(soort);
  const gelezen = leesInhoud(bytes, structuurVan(soort));
  expect(gelezen).toEqual(metDocument(bytes, (document) => uitBoom(document.root, wortel)));
  const opnieuw = alsBytes(gelezen, soort);
  const weer = valideer(opnieuw, soort.xsd);
  expect(weer.geldig).toBe(true);
  if (weer.geldig) weer.document.dispose();
  expect(leesInhoud(opnieuw, structuurVan(soort))).toEqual(gelezen);
}

describe.each(BERICHTSOORTEN)('$code', (berichtsoort) => {
  test('the example is read as libxml2 reads it, and written back the same', () => {
    gelijk(voorbeeld(berichtsoort.code), berichtsoort);
  });

  test('so are random valid documents', () => {
    const toeval = maakToeval(ZAAD);
    const model = leesModel('eigen', { standaard: berichtsoort.domein, code: berichtsoort.code });
    for (let nr = 0; nr < 25; nr += 1) gelijk(schrijfBoom(bouw(model, willekeurig(toeval), toeval)), berichtsoort);
  });
});

describe('a value that is written in another way', () => {
  const wmo301 = soort('WMO301');
  test.each([
    ['CDATA', '<Achternaam><![CDATA[De <Vries> & Zn]]><'],
    ['entities', '<Achternaam>De &lt;Vries&gt; &amp; Zn &quot;a&apos;<'],
    ['line ends that are references', '<Commentaar>De&#13;Vries&#10;&#13;&#10;<'],
    ['line ends as the sender types them', '<Commentaar>De\r\nVries\rvan\nDam<'],
    ['a > in the text', '<Achternaam>De > Vries ><'],
    ['white space in its tag', '<Achternaam  >De Vries<'],
    [
      'attributes over two lines, with a > in one',
      `<Achternaam\n xmlns:xsi = "http://www.w3.org/2001/XMLSchema-instance"\txsi:schemaLocation='a "b>c"' >De Vries<`,
    ],
    ['a comment in the middle', '<Achternaam>De <!-- hier -->Vries<'],
    ['a processing instruction in the middle', '<Achternaam>De <?pi hier?>Vries<'],
    ['characters outside the BMP', '<Achternaam>&#x1F600;😀<'],
    ['white space around it', '<Achternaam> De Vries <'],
    [
      'an attribute of XML Schema on it',
      '<Achternaam xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b>c">De Vries<',
    ],
  ])('%s', (_naam, tekst) => {
    const element = /^<(\w+)/.exec(tekst)?.[1] ?? '';
    const xml = voorbeeld('WMO301').replace('</ToegewezenProduct>', '<Commentaar>x</Commentaar></ToegewezenProduct>');
    const anders = xml.replace(new RegExp(`<(\\w+:)?${element}>[^<]*<`), (_treffer, voorvoegsel: string = '') =>
      tekst.replace(element, `${voorvoegsel}${element}`),
    );
    expect(anders).not.toBe(xml);
    gelijk(anders, wmo301);
  });

  test('in a message that calls itself XML 1.1, where some of these end a line', () => {
    const xml = voorbeeld('WMO301').replace('version="1.0"', 'version="1.1"');
    for (const teken of ['\u0085', '\u2028', '\u0099'])
      gelijk(xml.replace(/(<(?:\w+:)?Achternaam>)[^<]*/, `$1De${teken}Vries`), wmo301);
  });

  test('a comment does not hide white space from the XSD', () => {
    const xml = voorbeeld('WMO301').replace(/(<(?:\w+:)?Bsn>)/, '$1 <!-- -->');
    expect(valideer(Buffer.from(xml), wmo301.xsd).geldig).toBe(false);
  });
});
