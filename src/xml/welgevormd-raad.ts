/** What to change in a document that is not well-formed, by what libxml2 says of it. The texts quote nothing. */

const RADEN: readonly (readonly [RegExp, string])[] = [
  [/^(?:xmlParse)?EntityRef/, 'Schrijf een & in een tekst als &amp;.'],
  [/^(?:StartTag: invalid|Unescaped '<')/, 'Schrijf een < in een tekst als &lt;.'],
  [/^Opening and ending tag mismatch/, 'Een element is niet gesloten, of met een andere naam.'],
  [/^(?:Premature end of data|EndTag)/, 'Het bericht is niet compleet: het houdt midden in een element op.'],
  [/^Couldn't find end of Start Tag/, 'Het begin van een element is niet goed geschreven.'],
  [/^Document is empty/, 'Het is leeg, of begint niet met een element.'],
  [/^Start tag expected/, 'Het begint niet met een element.'],
  [/^(?:AttValue|attributes construct)/, 'De waarde van een attribuut staat niet tussen aanhalingstekens.'],
  [/invalid (?:xml)?Char/, 'Er staat een teken in dat in XML niet mag.'],
  [/^Extra content/, 'Na het einde van het bericht staat nog iets.'],
  [/^Namespace prefix/, 'Het voorvoegsel van een element hoort bij geen namespace.'],
  [/^XML declaration allowed only/, 'Voor de XML-declaratie mag niets staan, ook geen spatie of lege regel.'],
];

/**
 * @param melding first error of libxml2
 * @returns one Dutch sentence after a space, or nothing
 */
export function raadBij(melding: string): string {
  const raad = RADEN.find(([patroon]) => patroon.test(melding))?.[1];
  return raad === undefined ? '' : ` ${raad}`;
}
