/** Writing what the switch sends: valid by our XSD and by the official one, and read back as it was meant. */
import fc from 'fast-check';
import { XmlElement, type XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { leesAntwoord } from '#src/envelop/antwoord-lees.ts';
import { schrijfFo01, zenderVan } from '#src/envelop/fo01.ts';
import { type Di01Gegevens, schrijfBv03, schrijfDi01, schrijfDu01, schrijfFo03 } from '#src/envelop/schrijf.ts';
import { inSoap, SOAP } from '#src/envelop/soap.ts';
import { STUF_FOUTEN, StufFout, type StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { stufTijdstip } from '#src/tijd.ts';
import { soort } from '../hulp/berichten.ts';
import { isGeldig, metDocument } from '../xsd/schemas.ts';
import { compileerStuf, heeftStufNorm } from '../xsd/stuf-schemas.ts';
import { di01, GEGEVENS, KRUISREFERENTIE, lees, REFERENTIENUMMER } from './hulp.ts';

const kanten = heeftStufNorm ? (['eigen', 'officieel'] as const) : (['eigen'] as const);
const schemas: readonly XsdValidator[] = kanten.map(compileerStuf);
afterAll(() => {
  for (const schema of schemas) schema.dispose();
});
const geldig = (bytes: Uint8Array): boolean =>
  metDocument(bytes, (document) => schemas.every((schema) => isGeldig(schema, document)));

/** The only element in the body of an envelope, as a document of its own. */
const uitSoap = (bytes: Buffer): string =>
  metDocument(bytes, ({ root }) => {
    const [inhoud, ...meer] = root
      .find('/s:Envelope/s:Body/*', { s: SOAP })
      .filter((deel) => deel instanceof XmlElement);
    expect(meer).toEqual([]);
    return inhoud?.toString() ?? '';
  });

/** Characters that XML can hold, with those that mean something in it. */
const teken = fc.oneof(
  fc.constantFrom(...'<>&"\'\t\n\r ]=;#é\u{1F3E0}\u00a0'),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
);
const tekst = (maxLength: number) => fc.string({ unit: teken, minLength: 1, maxLength });
const uuid = fc.uuid({ version: 4 });
const moment = fc.date({ min: new Date('2015-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });

const heen: fc.Arbitrary<Di01Gegevens> = fc.record(
  {
    zender: tekst(50),
    ontvanger: tekst(50),
    referentienummer: uuid,
    moment,
    soort: fc.record({ code: tekst(10), versie: fc.nat(9999), subversie: fc.nat(9999) }),
    inhoud: fc.uint8Array({ maxLength: 500 }),
    bestandsnaam: fc.stringMatching(/^[A-Za-z0-9._-]{4,255}$/),
  },
  { requiredKeys: ['zender', 'ontvanger', 'referentienummer', 'moment', 'soort', 'inhoud'] },
);
const viercijfers = (getal: number): string => String(getal).padStart(4, '0');

/** What a reader must make of it. */
const verwacht = (gegevens: Di01Gegevens) => ({
  zender: { organisatie: gegevens.zender, applicatie: 'GGKWebservice' },
  ontvanger: { organisatie: gegevens.ontvanger, applicatie: 'GGk' },
  referentienummer: gegevens.referentienummer,
  tijdstipBericht: stufTijdstip(gegevens.moment),
  functie: gegevens.soort.code,
  functieVersie: viercijfers(gegevens.soort.versie),
  functieSubversie: viercijfers(gegevens.soort.subversie),
  applicatieVersie: '0001',
  applicatieSubversie: '0000',
  bestand:
    gegevens.bestandsnaam === undefined
      ? { soort: 'xml', omvang: gegevens.inhoud.length }
      : { soort: 'tekst', bestandsnaam: gegevens.bestandsnaam, omvang: gegevens.inhoud.length },
});

describe('whatever is sent is read back, byte for byte', () => {
  test('as Di01', () => {
    fc.assert(
      fc.property(heen, (gegevens) => {
        const bytes = schrijfDi01(gegevens);
        expect(geldig(bytes), bytes.toString()).toBe(true);
        const { envelop, inhoud } = lees(inSoap(bytes));
        expect(envelop).toEqual({ soort: 'Di01', ...verwacht(gegevens) });
        expect(inhoud.equals(gegevens.inhoud)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('as Du01', () => {
    fc.assert(
      fc.property(
        heen,
        uuid,
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 }),
        (gegevens, kruisreferentie, maten) => {
          const bytes = schrijfDu01({ ...gegevens, kruisreferentie });
          expect(geldig(bytes), bytes.toString()).toBe(true);
          const { envelop, inhoud } = lees(inSoap(bytes), maten);
          expect(envelop).toEqual({ soort: 'Du01', ...verwacht(gegevens), crossRefnummer: kruisreferentie });
          expect(inhoud.equals(gegevens.inhoud)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('for every berichtsoort', () => {
    for (const rij of BERICHTSOORTEN) {
      const { envelop } = lees(di01({ soort: rij }));
      expect(envelop).toMatchObject({ functie: rij.code, functieVersie: '0003', functieSubversie: '0002' });
    }
  });
});

test('a bestandsnaam that the XSD refuses is not sent', () => {
  for (const bestandsnaam of ['a.b', 'a b.csv', '../a.csv', 'a"b.csv', 'x'.repeat(256), ''])
    expect(() => schrijfDi01({ ...GEGEVENS, bestandsnaam })).toThrow('bestandsnaam');
});

describe('the answers', () => {
  const antwoord = fc.record({
    zender: tekst(50),
    ontvanger: fc.option(tekst(50), { nil: undefined }),
    referentienummer: uuid,
    moment,
    kruisreferentie: fc.option(uuid, { nil: undefined }),
  });
  const soorten = Object.keys(STUF_FOUTEN) as readonly StufFoutSoort[];

  test('a Bv03 is valid and says which call it confirms', () => {
    fc.assert(
      fc.property(antwoord, (gegevens) => {
        const bytes = schrijfBv03(gegevens);
        expect(geldig(bytes), bytes.toString()).toBe(true);
        const { kruisreferentie } = gegevens;
        expect(leesAntwoord(inSoap(bytes))).toEqual(
          kruisreferentie === undefined
            ? { soort: 'onbegrepen' }
            : { soort: 'bevestigd', crossRefnummer: kruisreferentie },
        );
      }),
      { numRuns: 300 },
    );
  });

  test('a Fo03 is a fault by SOAP 1.1 with a valid detail', () => {
    fc.assert(
      fc.property(
        antwoord,
        fc.constantFrom(...soorten),
        fc.option(tekst(2000), { nil: undefined }),
        (gegevens, naam, details) => {
          const bytes = schrijfFo03(new StufFout(naam, details), gegevens);
          const { code, plek, faultcode, omschrijving } = STUF_FOUTEN[naam];
          expect(leesAntwoord(bytes)).toEqual({
            soort: 'fo03',
            code,
            plek,
            crossRefnummer: gegevens.kruisreferentie ?? '',
          });
          const fault = uitSoap(bytes);
          metDocument(bytes, ({ root }) => {
            const waarde = (pad: string) => root.get(`/s:Envelope/s:Body/s:Fault/${pad}`, { s: SOAP })?.content;
            expect([waarde('faultcode'), waarde('faultstring')]).toEqual([`soap:${faultcode}`, omschrijving]);
          });
          expect(geldig(Buffer.from(/<StUF:Fo03Bericht.*<\/StUF:Fo03Bericht>/s.exec(fault)?.[0] ?? ''))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('every fault fits the fields of StUF, with a text of its own', () => {
    for (const naam of soorten) {
      const { code, omschrijving, plek, opnieuw } = STUF_FOUTEN[naam];
      expect(code, naam).toMatch(/^StUF\d{3}$/);
      expect(omschrijving, naam).toMatch(/^[A-Z][^<>&]{0,198}\.$/);
      expect(opnieuw, naam).toBe(plek === 'server');
    }
    expect(new Set(soorten.map((naam) => STUF_FOUTEN[naam].omschrijving)).size).toBe(soorten.length);
  });
});

test('a Fo01 is valid by both XSDs, also for a functie that nobody knows', () => {
  const fo01 = schrijfFo01({
    fout: 'berichtsoortOnbekend',
    lijst: '2.1',
    soort: { code: 'Dummy', versie: 2, subversie: 12 },
    ontvanger: '0363',
    referentienummer: REFERENTIENUMMER,
    kruisreferentie: KRUISREFERENTIE,
    moment: GEGEVENS.moment,
    bevindingen: [],
  });
  expect(geldig(fo01)).toBe(true);
  expect(lees(inSoap(fo01)).envelop).toMatchObject({
    zender: { organisatie: zenderVan('2.1') },
    details: 'Dummy-00020012',
  });
});

test('an envelope holds the document as it is, with or without a declaration', () => {
  const bytes = schrijfDi01({ ...GEGEVENS, soort: soort('WMO301') });
  const zonder = Buffer.from(bytes.toString().replace(/^<\?xml.*?\?>/, ''));
  expect(inSoap(bytes).includes(zonder)).toBe(true);
  expect(inSoap(zonder).equals(inSoap(bytes))).toBe(true);
});
