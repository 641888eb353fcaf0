/** The sentences about XSD errors travel to the other party, into the Fo01 and the log: never with a value from the message. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { vertaalXsdMelding } from '#src/xml/xsd-melding.ts';
import { maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
import { controleerTot } from '../hulp/controle.ts';
import { ontsnap } from '../xsd/boom.ts';

/** All leaf elements of the examples, as places to put something wrong. */
const bladeren = BERICHTSOORTEN.flatMap(({ code }) =>
  [...voorbeeld(code).matchAll(/<([\w:]+)>[^<]+</g)].map((treffer) => ({
    code,
    plek: treffer.index + (treffer[1]?.length ?? 0) + 2,
  })),
);
const MERK = 'qzxjGEHEIM';

/** A value that holds the mark, among characters that could break a sentence open. */
const waarde = fc
  .tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 10 }))
  .map(([voor, na]) =>
    [...`${voor}${MERK}${na}`]
      .filter((teken) => /[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]|[\u{10000}-\u{10FFFF}]/u.test(teken))
      .join(''),
  );
const NAGEMAAKT = [
  `' is not accepted by the pattern '${MERK}'.`,
  `' is not an element of the set {'${MERK}'}.`,
  `x'. Element 'Bsn': '${MERK}' is not a valid value of the atomic type '${MERK}'.`,
  `' is not a valid value of the local atomic type '${MERK}'.`,
  `' is greater than the maximum value allowed ('${MERK}').`,
  `Expected is ( ${MERK} ).`,
  `\n${MERK}\n`,
  `{${MERK}}`,
  MERK.repeat(500),
];

describe('a value comes into no bevinding at all', () => {
  test('wherever it is and whatever is in it', () => {
    let ongeldig = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...bladeren),
        fc.oneof(waarde, fc.constantFrom(...NAGEMAAKT)),
        ({ code, plek }, tekst) => {
          const xml = voorbeeld(code);
          const bytes = Buffer.from(xml.slice(0, plek) + ontsnap(tekst) + xml.slice(plek).replace(/^[^<]*/, ''));
          const { bevindingen } = controleerTot(1, bytes, soort(code));
          ongeldig += Math.min(bevindingen.length, 1);
          expect(JSON.stringify(bevindingen)).not.toContain(MERK);
        },
      ),
      { numRuns: 3000 },
    );
    expect(ongeldig).toBeGreaterThan(1000);
  });

  test.each(BERICHTSOORTEN)('of $code: every element with every forged message of the parser', ({ code }) => {
    const xml = voorbeeld(code);
    for (const tekst of [MERK, ...NAGEMAAKT]) {
      const bytes = Buffer.from(
        xml.replace(/(<[\w:]+>)[^<>]*\S[^<>]*(?=<\/)/g, (_, begin: string) => `${begin}${ontsnap(tekst)}`),
      );
      const { bevindingen } = controleerTot(1, bytes, soort(code));
      expect(bevindingen.length).toBeGreaterThan(5);
      expect(JSON.stringify(bevindingen)).not.toContain(MERK);
    }
  });

  test('not as text between elements, in an attribute, or in XML that is not well-formed either', () => {
    const xml = voorbeeld('WMO301');
    const gevallen = [
      xml.replace('<Client>', `${MERK}<Client>`),
      xml.replace('<Client>', `<Client a="${MERK}">`),
      xml.replace('<Client>', `<Client xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${MERK}">`),
      xml.replace('<Client>', `<Client xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="${MERK}">`),
      xml.replace('<Client>', `<Client xmlns="urn:${MERK}">`),
      xml.replace('<Client>', `<!-- ${MERK} --><?${MERK} ${MERK}?><x/><Client>`),
      xml.replace('<Bsn>', `<Bsn>${MERK}</bsn>`),
      xml.replace('<Bsn>', `<Bsn>&${MERK};`),
      xml.replace('<Bsn>', `<!DOCTYPE ${MERK}><Bsn>`),
      `${MERK}${xml}`,
    ];
    for (const geval of gevallen) {
      const { geldig, bevindingen } = controleerTot(1, Buffer.from(geval), soort('WMO301'));
      expect([geldig, JSON.stringify(bevindingen).includes(MERK)], geval.slice(0, 200)).toEqual([false, false]);
    }
  });
});

describe('an unknown message', () => {
  test.each([
    `Element '{urn:x}Bsn': Something new about '${MERK}'.`,
    `Element '{urn:x}Bsn', attribute 'a': The value '${MERK}' is odd.`,
    `Opening and ending tag mismatch: ${MERK} line 3`,
    `Entity '${MERK}' not defined`,
    MERK,
    '',
  ])('becomes a general sentence: %s', (melding) => {
    const zin = vertaalXsdMelding(melding);
    expect(zin).toMatch(/^[A-Z].*\.$/);
    expect(zin).not.toContain(MERK);
  });
});

describe('a sentence says what must change', () => {
  const GEVALLEN: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['a code that does not exist', { Geslacht: '7' }, /Geslacht staat niet in de codelijst; toegestaan: 0, 1, 2/],
    ['a value that is too long', { Identificatie: 'A'.repeat(13) }, /Identificatie is te lang; ten hoogste 12 tekens/],
    ['a wrong pattern', { Bsn: '12345678' }, /Bsn is niet geldig; vul 9 cijfers/],
    [
      'an impossible date',
      { Ingangsdatum: '2026-02-30' },
      /Ingangsdatum is niet geldig; vul een bestaande datum als JJJJ/,
    ],
    ['a date with a time zone', { Ingangsdatum: '2026-02-28Z' }, /Ingangsdatum is niet geldig; .* zonder tijdzone/],
    ['an impossible time', { Toewijzingstijd: '25:00:00' }, /Toewijzingstijd is niet geldig; vul een bestaande tijd/],
    ['a time with a time zone', { Toewijzingstijd: '12:00:00Z' }, /Toewijzingstijd is niet geldig; .* zonder tijdzone/],
    ['not a number', { Volume: 'drie' }, /Volume is niet geldig; vul een geheel getal/],
    ['nothing but a space', { Plaatsnaam: ' ' }, /Plaatsnaam is niet geldig; vul tekst die niet leeg is/],
  ];
  test.each(GEVALLEN)('for %s', (_naam, waarden, zin) => {
    const { bevindingen } = controleerTot(1, maakBericht('WMO301', { waarden }), soort('WMO301'));
    expect(bevindingen.map(({ melding }) => melding).join('\n')).toMatch(zin);
    for (const { melding } of bevindingen) expect(melding).not.toMatch(/\b(Element '|value|facet|expected)\b|\{http/i);
  });

  test('for an element that is missing, one too many or in the wrong place', () => {
    const xml = voorbeeld('WMO301');
    const zinnen = (tekst: string): string =>
      controleerTot(1, Buffer.from(tekst), soort('WMO301'))
        .bevindingen.map(({ melding }) => melding)
        .join('\n');
    expect(zinnen(xml.replace(/<Bsn>.*<\/Bsn>/, ''))).toMatch(/Geboortedatum hoort hier niet; verwacht wordt Bsn/);
    expect(zinnen(xml.replace(/(<Bsn>.*<\/Bsn>)/, '$1$1'))).toMatch(
      /Bsn hoort hier niet; verwacht wordt Geboortedatum/,
    );
    expect(zinnen(xml.replace(/<iwmo:Dagtekening>.*<\/iwmo:Dagtekening>/, ''))).toMatch(
      /In element BerichtIdentificatie ontbreekt Dagtekening/,
    );
    expect(zinnen(xml.replace('<Bsn>', 'los<Bsn>'))).toMatch(/Client mag alleen elementen bevatten, geen tekst/);
  });

  test('for a part longer than the parser can take: that it is too long, not that the XML is malformed', () => {
    const lang = 'x'.repeat(11_000_000);
    for (const xml of [
      `${voorbeeld('WMO301')}${'\n'.repeat(11_000_000)}`,
      voorbeeld('WMO301').replace('<Client>', `<!--${lang}--><Client>`),
    ]) {
      const { bevindingen } = controleerTot(1, Buffer.from(xml), soort('WMO301'));
      expect(bevindingen.map(({ melding }) => melding)).toEqual([
        'Een onderdeel van het bericht is te lang om te lezen.',
      ]);
    }
  });
});
