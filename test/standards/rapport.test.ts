/** Files that are no message: an envelope of the exchange is judged as one and says so, a call over the wire is named, the rest is unknown. */
import { describe, expect, test } from 'vitest';
import { rapporteer } from '#src/standards/rapport.ts';
import { STUF_BERICHTEN, STUF_FO01 } from '../envelop/hulp.ts';
import { BRONNEN } from '../hulp/controle.ts';

const rapport = (xml: string) => rapporteer('bestand.xml', Buffer.from(xml), { niveau: 4, bronnen: BRONNEN });
const GEEN_SOORT = { bestand: 'bestand.xml', berichtsoort: null, release: null, niveau: 0 };

describe('an envelope', () => {
  test.each(Object.entries(STUF_BERICHTEN))('%s: right, with a word about the message in it', (_naam, xml) => {
    const { bevindingen, ...rest } = rapport(xml);
    expect(rest).toEqual({ ...GEEN_SOORT, geldig: true });
    expect(bevindingen).toEqual([
      expect.objectContaining({
        ernst: 'waarschuwing',
        niveau: 0,
        melding: expect.stringMatching(/controleer dat apart/),
      }),
    ]);
  });

  test('Fo01: right, and there is no message in it', () => {
    expect(rapport(STUF_FO01)).toEqual({ ...GEEN_SOORT, geldig: true, bevindingen: [] });
  });

  test.each(Object.entries({ ...STUF_BERICHTEN, Fo01: STUF_FO01 }))(
    '%s that breaks the XSD: with line and path',
    (_naam, xml) => {
      const { bevindingen, ...rest } = rapport(xml.replace(/<(\w+:)zender>/, '<$1zender><$1GEHEIM/>'));
      expect(rest).toEqual({ ...GEEN_SOORT, geldig: false });
      const [eerste] = bevindingen;
      expect(eerste).toMatchObject({ ernst: 'fout', niveau: 0, regel: 'XSD', retourcode: null });
      expect(eerste?.pad).toMatch(/stuurgegevens\/zender/);
      expect(eerste?.regelnummer).toBeGreaterThan(1);
    },
  );

  test('in SOAP: no message, and where to find it', () => {
    for (const xml of Object.values(STUF_BERICHTEN)) {
      const inhoud = xml.replace(/^<\?xml[^>]*\?>/, '');
      const { geldig, bevindingen } = rapport(
        `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inhoud}</s:Body></s:Envelope>`,
      );
      expect([geldig, bevindingen.map(({ melding }) => melding)]).toEqual([
        false,
        [expect.stringMatching(/SOAP-aanroep/)],
      ]);
    }
  });
});

test.each([
  '<html/>',
  '<Envelope/>',
  '<Fo01Bericht xmlns="urn:x"/>',
  '<Fo02Bericht xmlns="http://www.egem.nl/StUF/StUF0301"/>',
])('%s is no message that is known', (xml) => {
  const { bevindingen, ...rest } = rapport(xml);
  expect(rest).toEqual({ ...GEEN_SOORT, geldig: false });
  expect(bevindingen.map(({ melding }) => melding)).toEqual([expect.stringMatching(/niet ondersteund/)]);
});
