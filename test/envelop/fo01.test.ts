/** The Fo01 that the switch composes: a fault message as StUF 0301 describes it, whatever the findings are. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { type Fo01Gegevens, schrijfFo01 } from '#src/envelop/fo01.ts';
import type { Bevinding } from '#src/standards/bevinding.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { FOUT_SOORTEN, FOUTLIJSTEN } from '#src/standards/foutcodes/lijsten.ts';
import { soort, waardeVan } from '../hulp/berichten.ts';
import { isGeldig, metDocument, NORM } from '../xsd/schemas.ts';

const GEGEVENS: Fo01Gegevens = {
  fout: 'payloadNietConformXsd',
  lijst: '2025-11',
  soort: soort('WMO301'),
  ontvanger: '0363',
  referentienummer: '0f8fad5b-d9cb-4d69-a165-70867728950e',
  kruisreferentie: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  moment: new Date('2026-03-15T22:30:15.042Z'),
  bevindingen: [],
};
const bevinding = (melding: string, pad = '/Bericht'): Bevinding => ({
  ernst: 'fout',
  niveau: 1,
  regel: 'XSD',
  retourcode: null,
  pad,
  regelnummer: 3,
  melding,
});

const STUF = path.join(NORM, 'xsd', 'stuf', '0301', 'stuf0301.xsd');
const heeftStuf = existsSync(STUF);
if (!heeftStuf) console.warn(`Skipped: no StUF schema in ${NORM}. Set KNOOPPUNT_NORM.`);

/** Findings in all sizes, with characters that mean something in XML. */
const bevindingen = fc.array(
  fc
    .record({
      melding: fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constant('x'.repeat(5000)),
        fc.constant('🏠'.repeat(150)),
      ),
      pad: fc.constantFrom('/', '/Bericht/Client[1]/Bsn', '/Bericht/Header'),
    })
    .map(({ melding, pad }) =>
      bevinding(melding.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''), pad),
    ),
  { maxLength: 5 },
);
const gegevens: fc.Arbitrary<Fo01Gegevens> = fc
  .record({
    fout: fc.constantFrom(...FOUT_SOORTEN),
    lijst: fc.constantFrom(...FOUTLIJSTEN),
    soort: fc.constantFrom(...BERICHTSOORTEN),
    bevindingen,
    toelichting: fc.option(fc.string({ unit: fc.constantFrom('a', 'é', '🏠', ' ', '<', '&'), maxLength: 400 }), {
      nil: undefined,
    }),
    origineel: fc.constantFrom(undefined, Buffer.from('<a xmlns="urn:b"><c>&lt;/StUF:detailsXML&gt;</c></a>')),
  })
  .map((keuze) => ({ ...GEGEVENS, ...keuze }));

describe('the limits of StUF', () => {
  test('code, omschrijving and details are never too long, and omschrijving never cuts a character in half', () => {
    fc.assert(
      fc.property(gegevens, (keuze) => {
        const xml = schrijfFo01(keuze);
        const lengte = (naam: string) =>
          metDocument(xml, ({ root }) => root.get(`//*[local-name()='${naam}']`)?.content ?? '');
        expect(lengte('code').length).toBeLessThanOrEqual(7);
        expect([...lengte('omschrijving')].length).toBeLessThanOrEqual(200);
        expect(lengte('omschrijving')).not.toContain('\uFFFD');
        expect(lengte('details').length).toBeLessThanOrEqual(1000);
      }),
      { numRuns: 200 },
    );
  });

  test.skipIf(!heeftStuf)('the bericht is valid against the official schema of StUF 0301', () => {
    const schema = XmlDocument.fromBuffer(readFileSync(STUF), { url: 'stuf0301.xsd' });
    const validator = XsdValidator.fromDoc(schema);
    try {
      fc.assert(
        fc.property(gegevens, (keuze) => {
          const xml = schrijfFo01(keuze);
          expect(
            metDocument(xml, (document) => isGeldig(validator, document)),
            xml.toString(),
          ).toBe(true);
        }),
        { numRuns: 100 },
      );
    } finally {
      validator.dispose();
      schema.dispose();
    }
  });
});

describe('the content', () => {
  test('gives the first error with its line in omschrijving, and names all of them in detailsXML', () => {
    const xml = schrijfFo01({
      ...GEGEVENS,
      bevindingen: [bevinding('Eerste.'), bevinding('Tweede.', '/Bericht/Header')],
    }).toString();
    expect(waardeVan(xml, 'omschrijving')).toMatch(/ Regel 3: Eerste\.$/);
    expect([...xml.matchAll(/<knooppunt:melding>([^<]*)</g)].map(([, zin]) => zin)).toEqual(['Eerste.', 'Tweede.']);
    expect([...xml.matchAll(/<knooppunt:pad>([^<]*)</g)].map(([, pad]) => pad)).toEqual([
      '/Bericht',
      '/Bericht/Header',
    ]);
  });

  test('has no detailsXML without bevindingen and without the message', () => {
    expect(schrijfFo01(GEGEVENS).toString()).not.toContain('detailsXML');
  });

  test('names the rule that refused, and gives the message back as it is', () => {
    const origineel = Buffer.from('<a xmlns="urn:b">c</a>');
    const xml = schrijfFo01({ ...GEGEVENS, toelichting: 'Regel venster: nu niet.', origineel }).toString();
    expect(waardeVan(xml, 'omschrijving')).toMatch(/XSD\. Regel venster: nu niet\.$/);
    expect(xml).toContain('<a xmlns="urn:b">c</a></StUF:detailsXML>');
  });

  test('states the time in the Netherlands, to the millisecond', () => {
    expect(waardeVan(schrijfFo01(GEGEVENS), 'tijdstipBericht')).toBe('20260315233015042');
  });

  test('says who speaks and to whom, by the list of its reader', () => {
    const organisaties = (lijst: (typeof FOUTLIJSTEN)[number]) =>
      [
        ...schrijfFo01({ ...GEGEVENS, lijst })
          .toString()
          .matchAll(/<StUF:organisatie>(\w+)</g),
      ].map(([, naam]) => naam);
    expect(organisaties('2025-11')).toEqual(['BIDN', '0363']);
    expect(organisaties('2.1')).toEqual(['IB', '0363']);
  });
});
