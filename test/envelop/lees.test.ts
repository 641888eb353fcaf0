/** Reading calls: what the sender says is what we read, in whatever way it is written and wherever the network cuts it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { schrijfFo01 } from '#src/envelop/fo01.ts';
import { EnvelopLezer } from '#src/envelop/lees.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { GGK, STUF } from '#src/envelop/stuf.ts';
import { KnooppuntFout } from '#src/fouten.ts';
import { soort } from '../hulp/berichten.ts';
import { NORM } from '../xsd/schemas.ts';
import { di01, du01, foutVan, GEGEVENS, KRUISREFERENTIE, lees, REFERENTIENUMMER, teruggegeven } from './hulp.ts';

const SAMPLES = path.join(NORM, 'samples/ggk');
const heeftSamples = existsSync(SAMPLES);
if (!heeftSamples) console.warn(`Skipped: no official envelopes in ${SAMPLES}. Set KNOOPPUNT_NORM.`);
const sample = (naam: string): Buffer => inSoap(readFileSync(path.join(SAMPLES, naam)));

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

describe('giving a message back', () => {
  test.each([
    ['Di01', di01()],
    ['Du01', du01()],
    ['tekstBestand', di01({ bestandsnaam: 'een-bestand.xml' })],
    ['with other prefixes', di01().replaceAll('StUF:', 's:').replaceAll('xmlns:StUF', 'xmlns:s')],
    ['without content', di01({ inhoud: Buffer.alloc(0) })],
  ])('%s: who reads it again reads the same', (_naam, aanroep) => {
    expect(lees(inSoap(teruggegeven(aanroep)))).toEqual(lees(aanroep));
  });

  test.skipIf(!heeftSamples)('the official samples', () => {
    for (const naam of readdirSync(SAMPLES).filter((bestand) => bestand.startsWith('envelop')))
      expect(lees(inSoap(teruggegeven(sample(naam))))).toEqual(lees(sample(naam)));
  });
});

describe.skipIf(!heeftSamples)('the official samples', () => {
  const gemeente = { organisatie: '0548', applicatie: 'Wmo Applicatie' };
  const versies = {
    functieVersie: '0002',
    functieSubversie: '0002',
    applicatieVersie: '0004',
    applicatieSubversie: '0003',
  };
  const heen = {
    soort: 'Di01',
    zender: gemeente,
    referentienummer: '9c0f7b90-5c69-41e5-a837-0800200c9a66',
    tijdstipBericht: '20160421132514',
    ...versies,
  };

  test('Di01 with xmlBestand', () => {
    expect(lees(sample('envelopHeenbericht-ggk_Di01_v21-xml.xml'))).toEqual({
      envelop: {
        ...heen,
        ontvanger: { organisatie: '01023456', applicatie: 'GGk' },
        functie: 'WMO301',
        bestand: { soort: 'xml', omvang: 36 },
      },
      inhoud: Buffer.from('Hier staat een iWmo/iJw-heenbericht.'),
    });
  });

  test('Di01 with tekstBestand', () => {
    expect(lees(sample('envelopHeenbericht-ggk_Di01_v21-tekst.xml'))).toEqual({
      envelop: {
        ...heen,
        ontvanger: { organisatie: 'CBS', applicatie: 'GGk' },
        functie: 'Dummy',
        bestand: { soort: 'tekst', bestandsnaam: 'AanleveringQ1.csv', omvang: 34 },
      },
      inhoud: Buffer.from('Hier staat een dummy-tekstbericht.'),
    });
  });

  test('Du01', () => {
    expect(lees(sample('envelopRetourbericht-ggk_Du01-v21.xml'))).toEqual({
      envelop: {
        soort: 'Du01',
        zender: { organisatie: '01023456', applicatie: 'Applicatie leverancier' },
        ontvanger: { organisatie: '0484', applicatie: 'GGk' },
        referentienummer: 'b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0',
        tijdstipBericht: '20160422142804',
        crossRefnummer: '9c0f7b90-5c69-41e5-a837-0800200c9a66',
        functie: 'WMO302',
        ...versies,
        bestand: { soort: 'xml', omvang: 38 },
      },
      inhoud: Buffer.from('Hier staat een iWmo/iJw-retourbericht.'),
    });
  });

  test('Fo01', () => {
    expect(lees(sample('Fo01.xml')).envelop).toEqual({
      soort: 'Fo01',
      zender: { organisatie: 'IB', applicatie: 'GGK' },
      ontvanger: {
        organisatie: '54540051',
        applicatie: 'JW Applicatie',
        administratie: 'test',
        gebruiker: 'gebruiker1',
      },
      referentienummer: '78002f23-5bc5-4e3e-96ad-1d209d32a5d5',
      tijdstipBericht: '20160421144534',
      crossRefnummer: '9c0f7b90-5c69-11e5-a837-0800200c9a66',
      code: 'IB210',
      plek: 'client',
      omschrijving: 'Ontvangende organisatie onbekend. Organisatie 99999',
      details: 'JW315-00010004',
      heeftDetailsXml: true,
    });
  });
});

describe('wherever the network cuts', () => {
  const inhoud = Buffer.from('<é>🏠 a bit of content, long enough to be cut</é>');
  const regels = (xml: string): string =>
    xml.replace(/(?<=<GGK:xmlBestand>)[^<]+/, (base64) => (base64.match(/.{1,16}/g) ?? []).join('\r\n&#13;'));
  const aanroep = Buffer.from(
    regels(du01({ inhoud })).replace('</StUF:zender>', '<StUF:gebruiker>é🏠</StUF:gebruiker></StUF:zender>'),
  );
  const verwacht = lees(aanroep);

  test('at any one byte', () => {
    expect(verwacht.inhoud.equals(inhoud)).toBe(true);
    expect(verwacht.envelop.zender.gebruiker).toBe('é🏠');
    for (let hier = 1; hier < aanroep.length; hier += 1)
      expect(lees(aanroep, [hier, aanroep.length]), `byte ${hier}`).toEqual(verwacht);
  });

  test('after every byte, or every few', () => {
    for (const maten of [[1], [2], [3, 1], [7, 11], [64]]) expect(lees(aanroep, maten)).toEqual(verwacht);
  });

  test('at any one byte of an official sample', { skip: !heeftSamples }, () => {
    const tekst = sample('envelopHeenbericht-ggk_Di01_v21-tekst.xml');
    const heel = lees(tekst);
    for (let hier = 1; hier < tekst.length; hier += 1) expect(lees(tekst, [hier, tekst.length])).toEqual(heel);
  });
});

describe('the same call in other words', () => {
  const xml = du01();
  const verwacht = lees(xml);
  const GEVALLEN: readonly (readonly [string, (xml: string) => string])[] = [
    ['with a BOM', (tekst) => `\uFEFF${tekst}`],
    ['without XML declaration', (tekst) => tekst.replace(/^<\?xml.*?\?>\s*/, '')],
    [
      'with other prefixes',
      (tekst) =>
        tekst
          .replaceAll('StUF:', 's:')
          .replaceAll(':StUF', ':s')
          .replaceAll(/\bsoap(?=[:=])/g, 'S'),
    ],
    [
      'with the namespaces declared on the envelope',
      (tekst) =>
        tekst
          .replace(/ xmlns:StUF="[^"]*" xmlns:GGK="[^"]*"/, '')
          .replace('<soap:Envelope', `<soap:Envelope xmlns:StUF="${STUF}" xmlns:GGK="${GGK}"`),
    ],
    ['with a default namespace', (tekst) => tekst.replaceAll('GGK:', '').replace('xmlns:GGK', 'xmlns')],
    ['with comments and instructions', (tekst) => tekst.replaceAll('</', '<!-- > --><?a b > c?></')],
    ['with comments in the base64', (tekst) => tekst.replace(/(?<=xmlBestand>)../, '$&<!-- x -->')],
    ['with the base64 in CDATA', (tekst) => tekst.replace(/(?<=xmlBestand>)[^<]+/, '<![CDATA[$&]]>')],
    ['with the base64 indented', (tekst) => tekst.replace(/(?<=xmlBestand>)[^<]+/, '\r\n\t\t $&\r\n\t\t')],
    ['with base64 in lines', (tekst) => tekst.replace(/(?<=xmlBestand>)[^<]+/, (b) => b.replace(/.{8}/g, '$&&#xD;\n'))],
    ['with references in values', (tekst) => tekst.replace('>WMO302<', '>&#87;MO&#x33;02<')],
    ['with CDATA in values', (tekst) => tekst.replace('>WMO302<', '><![CDATA[WMO]]>302<')],
    [
      'with a header',
      (tekst) => tekst.replace('<soap:Body>', '<soap:Header><x xmlns="y">z</x></soap:Header><soap:Body>'),
    ],
    ['with an empty header', (tekst) => tekst.replace('<soap:Body>', '<soap:Header/>\n<soap:Body>')],
    [
      'with a header that need not be understood',
      (tekst) => tekst.replace('<soap:Body>', '<soap:Header><x soap:mustUnderstand="0"/></soap:Header><soap:Body>'),
    ],
    [
      'with the place of a schema that nobody fetches',
      (tekst) => tekst.replace('ggk_Du01 ', `ggk_Du01 ${XSI} xsi:schemaLocation="${STUF} http://127.0.0.1:9/x.xsd" `),
    ],
  ];
  test.each(GEVALLEN)('%s', (_wat, verander) => {
    const anders = verander(xml);
    expect(anders).not.toBe(xml);
    expect(lees(anders)).toEqual(verwacht);
    expect(lees(anders, [1])).toEqual(verwacht);
  });
});

describe('a Fo01', () => {
  const fo01 = inSoap(
    schrijfFo01({
      fout: 'payloadNietConformXsd',
      lijst: '2025-11',
      soort: soort('WMO301'),
      ontvanger: '0363',
      referentienummer: REFERENTIENUMMER,
      kruisreferentie: KRUISREFERENTIE,
      moment: GEGEVENS.moment,
      bevindingen: [],
    }),
  ).toString();
  const metDetails = (xml: string): string =>
    fo01.replace('</StUF:body>', `<StUF:detailsXML>${xml}</StUF:detailsXML></StUF:body>`);

  test('of our own is read back', () => {
    expect(lees(fo01).envelop).toMatchObject({
      soort: 'Fo01',
      zender: { organisatie: 'BIDN', applicatie: 'GGKWebservice' },
      crossRefnummer: KRUISREFERENTIE,
      code: 'IB014',
      plek: 'client',
      details: 'WMO301-00030002',
      heeftDetailsXml: false,
    });
  });

  test('without details and without organisaties', () => {
    const kaal = fo01
      .replace(/<StUF:details>.*<\/StUF:details>/, '')
      .replaceAll(/<StUF:organisatie>.*<\/StUF:organisatie>/g, '');
    expect(lees(kaal).envelop).toMatchObject({
      zender: { organisatie: '', applicatie: 'GGKWebservice' },
      details: undefined,
    });
  });

  test('may carry the whole refused message, which is not taken for the call itself', () => {
    const binnen = di01({ inhoud: Buffer.alloc(300_000, 'x') }).replace(/^<\?xml.*?\?>/, '');
    const { envelop, inhoud } = lees(metDetails(binnen));
    expect(envelop).toMatchObject({ referentienummer: REFERENTIENUMMER, heeftDetailsXml: true });
    expect(inhoud).toHaveLength(0);
  });

  test('may have a detailsXML of any element, of many, or of none; not of text', () => {
    for (const xml of ['', ' \n', '<x/>', '<x y="z">1</x><y xmlns="z"/>'])
      expect(lees(metDetails(xml)).envelop).toMatchObject({ heeftDetailsXml: true });
    expect(foutVan(metDetails('text')).soort).toBe('envelopOngeldig');
    expect(foutVan(metDetails('<x/>text')).soort).toBe('envelopOngeldig');
  });
});

describe('the content', () => {
  test('of nothing is nothing: to judge that is for who judges the message', () => {
    for (const leeg of [
      '<GGK:xmlBestand></GGK:xmlBestand>',
      '<GGK:xmlBestand/>',
      '<GGK:xmlBestand>\n</GGK:xmlBestand>',
    ]) {
      const { envelop, inhoud } = lees(di01().replace(/<GGK:xmlBestand>.*<\/GGK:xmlBestand>/, leeg));
      expect([envelop, inhoud.length]).toMatchObject([{ bestand: { soort: 'xml', omvang: 0 } }, 0]);
    }
  });

  test('comes before the envelope is complete', () => {
    let omvang = 0;
    const aanroep = Buffer.from(di01({ inhoud: Buffer.alloc(100_000) }));
    const lezer = new EnvelopLezer((stuk) => {
      omvang += stuk.length;
    });
    lezer.lees(aanroep.subarray(0, 100_000));
    expect(omvang).toBeGreaterThan(50_000);
  });

  test('whoever takes it can stop the reading with an error of his own', () => {
    const eigen = new KnooppuntFout('berichtTeGroot');
    const lezer = new EnvelopLezer(() => {
      throw eigen;
    });
    expect(() => lezer.lees(Buffer.from(di01({ inhoud: Buffer.alloc(100_000) })))).toThrow(eigen);
  });
});

describe('the referentienummer of a call that is refused', () => {
  const lezerVan = (aanroep: string): EnvelopLezer => {
    const lezer = new EnvelopLezer(() => {});
    try {
      lezer.lees(Buffer.from(aanroep));
      lezer.einde();
    } catch {}
    return lezer;
  };
  test('is known as soon as it was read, for the answer', () => {
    expect(lezerVan(di01().replace('</soap:Body>', '')).referentienummer).toBe(REFERENTIENUMMER);
    expect(lezerVan(di01().replace(/(?<=xmlBestand>)/, '-')).referentienummer).toBe(REFERENTIENUMMER);
    expect(lezerVan(di01().replace('>0003<', '>3<')).referentienummer).toBe(REFERENTIENUMMER);
  });
  test('is not repeated when it is anything but a UUID', () => {
    expect(lezerVan(di01().replace(REFERENTIENUMMER, '999900006')).referentienummer).toBeUndefined();
    expect(lezerVan('<x/>').referentienummer).toBeUndefined();
  });
});
