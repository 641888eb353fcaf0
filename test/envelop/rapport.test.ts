/** A file as its owner has it: an envelope of the exchange is opened and the message in it judged; a file that is neither is unknown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rapporteerBestand } from '#src/envelop/rapport.ts';
import { type Di01Gegevens, schrijfDi01, schrijfDu01 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { berichtUit } from '#src/envelop/uitpakken.ts';
import { rapporteer } from '#src/standards/rapport.ts';
import { maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { GEGEVENS, STUF_BERICHTEN, STUF_FO01 } from './hulp.ts';

const OPDRACHT = { niveau: 4, bronnen: BRONNEN } as const;
const rapport = (bytes: string | Buffer) => rapporteerBestand('bestand.xml', Buffer.from(bytes), OPDRACHT);
const GEEN_SOORT = { bestand: 'bestand.xml', berichtsoort: null, release: null, niveau: 0 };

const PARTIJEN = { afzender: '0363', ontvanger: '98000001' };
const toewijzing = (bsn?: string): Buffer => maakBericht('WMO301', { ...PARTIJEN, ...(bsn && { bsn }) });
const inDi01 = (xml: Buffer, gegevens: Partial<Di01Gegevens> = {}): Buffer =>
  schrijfDi01({ ...GEGEVENS, soort: soort('WMO301'), inhoud: xml, ...gegevens });

describe('the message in an envelope', () => {
  const goed = toewijzing();
  const fout = toewijzing('999900007');
  test.each([
    ['as a file', (xml: Buffer) => inDi01(xml)],
    ['as a call in SOAP', (xml: Buffer) => inSoap(inDi01(xml))],
    [
      'after a comment, with other prefixes',
      (xml: Buffer) =>
        `<!-- <Bericht> -->\n${inDi01(xml)
          .toString()
          .replace(/^<\?xml[^>]*\?>/, '')
          .replaceAll('GGK:', 'a:')
          .replaceAll('xmlns:GGK', 'xmlns:a')}`,
    ],
  ])('is judged as if it came without, %s', (_naam, verpak) => {
    for (const xml of [goed, fout, goed.subarray(0, 900), maakBericht('WMO301', { ...PARTIJEN, geldig: false })]) {
      const zonder = rapporteer('bestand.xml', xml, OPDRACHT);
      expect(rapport(verpak(xml))).toEqual({ ...zonder, envelop: 'Di01' });
      expect(berichtUit(Buffer.from(verpak(xml))).equals(xml)).toBe(true);
    }
  });

  test('of a retour: the header has the parties the other way round', () => {
    const xml = maakBericht('WMO302', PARTIJEN);
    const du01 = (zender: string, ontvanger: string) =>
      rapport(schrijfDu01({ ...GEGEVENS, soort: soort('WMO302'), zender, ontvanger, inhoud: xml }));
    expect(du01('98000001', '0363')).toMatchObject({ berichtsoort: 'WMO302', geldig: true, envelop: 'Du01' });
    expect(du01('0363', '98000001')).toMatchObject({ berichtsoort: 'WMO302', geldig: false });
  });

  test.each([
    ['of another soort than the envelope says', inDi01(goed, { soort: soort('WMO305') }), /functie/],
    ['of other parties', inDi01(goed, { zender: '0518' }), /zender en ontvanger/],
    ['in the envelope of an answer', schrijfDu01({ ...GEGEVENS, soort: soort('WMO301'), inhoud: goed }), /Di01/],
  ])('%s: right in itself, but not in this envelope', (_naam, bytes, melding) => {
    const { geldig, berichtsoort, bevindingen } = rapport(bytes);
    expect([geldig, berichtsoort]).toEqual([false, 'WMO301']);
    expect(bevindingen).toEqual([expect.objectContaining({ niveau: 0, melding: expect.stringMatching(melding) })]);
  });

  test('of more than libxml2 reads in one text is judged too', () => {
    const inhoud = Buffer.concat([Buffer.from(voorbeeld('JW323')), Buffer.alloc(9_000_000, '\n')]);
    const partij = (naam: string): string =>
      new RegExp(`<(?:\\w+:)?${naam}>(\\d+)<`).exec(voorbeeld('JW323'))?.[1] ?? '';
    const groot = schrijfDi01({
      ...GEGEVENS,
      soort: soort('JW323'),
      zender: partij('Afzender'),
      ontvanger: partij('Ontvanger'),
      inhoud,
    });
    expect(groot.length).toBeGreaterThan(12_000_000);
    expect(rapport(groot)).toMatchObject({ berichtsoort: 'JW323', geldig: true });
  });
});

test.each(Object.entries(STUF_BERICHTEN))('%s with another XML document in it: that is no message', (soort_, xml) => {
  expect(rapport(xml)).toMatchObject({ ...GEEN_SOORT, geldig: false, envelop: soort_ });
});

test('an envelope without XML in it is right as an envelope, and that is said', () => {
  const { bevindingen, ...rest } = rapport(inDi01(Buffer.from('Hier staat een bericht.')));
  expect(rest).toEqual({ ...GEEN_SOORT, geldig: true, envelop: 'Di01' });
  expect(bevindingen).toEqual([expect.objectContaining({ ernst: 'waarschuwing', niveau: 0 })]);
});

test('a Fo01 is right, and there is no message in it', () => {
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

test.each([
  ['base64 that is none', inDi01(toewijzing()).toString().replace('Bestand>', 'Bestand>!')],
  ['an envelope that is not complete', inDi01(toewijzing()).toString().slice(0, 1500)],
  ['a call that is not complete', inSoap(inDi01(toewijzing())).toString().slice(0, 1500)],
  ['a call in SOAP 1.2', '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>'],
  ['an envelope with a DTD', `<!DOCTYPE x [<!ENTITY a "b">]>${STUF_BERICHTEN.Di01.replace(/^<\?xml[^>]*\?>/, '')}`],
])('%s: a finding, and no exception', (_naam, xml) => {
  const { geldig, bevindingen } = rapport(xml);
  expect([geldig, bevindingen.length]).toEqual([false, 1]);
});

test('whatever is done to an envelope, there is a report', () => {
  const heel = inDi01(toewijzing());
  const schade = fc.record({ waar: fc.nat(heel.length), weg: fc.nat(200), erin: fc.uint8Array({ maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(schade, { minLength: 1, maxLength: 3 }), fc.boolean(), (alle, soap) => {
      const stuk = alle.reduce<Buffer>(
        (tot, { waar, weg, erin }) => Buffer.concat([tot.subarray(0, waar), erin, tot.subarray(waar + weg)]),
        soap ? inSoap(heel) : heel,
      );
      const { geldig, bevindingen } = rapport(stuk);
      expect(geldig).toBe(bevindingen.every(({ ernst }) => ernst !== 'fout'));
    }),
    { numRuns: 300, seed: ZAAD },
  );
});

test.each([
  '<html/>',
  '<Envelope/>',
  '<Fo01Bericht xmlns="urn:x"/>',
  '<Fo02Bericht xmlns="http://www.egem.nl/StUF/StUF0301"/>',
])('%s is no message that is known', (xml) => {
  const { geldig, bevindingen } = rapport(xml);
  expect([geldig, bevindingen.map(({ niveau }) => niveau)]).toEqual([false, [0]]);
});
