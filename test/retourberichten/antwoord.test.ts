/** The answers that the switch composes: valid whatever a valid header holds, and with that header's content unchanged. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Antwoord, antwoord } from '#src/retourberichten/antwoord.ts';
import type { Bevinding } from '#src/standards/bevinding.ts';
import { BERICHTSOORTEN, type Berichtsoort } from '#src/standards/catalogus.ts';
import { HEENBERICHTEN, maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
import { inhoudVan } from '../hulp/bouwer.ts';
import { controleerTot } from '../hulp/controle.ts';
import { type Knoop, kinderen, leesBoom, ontsnap } from '../xsd/boom.ts';

const MOMENT = new Date('2026-03-15T12:00:00Z');
const ID = '0195a000-0000-7000-8000-000000000001';

/** The leaves of a part of a message in document order: path by local names, and text. */
function bladeren(bytes: Uint8Array, deel: string): readonly (readonly [string, string])[] {
  const loop = (knoop: Knoop, pad: string): readonly (readonly [string, string])[] => {
    const onder = kinderen(knoop);
    const hier = pad === '' ? knoop.naam : `${pad}/${knoop.naam}`;
    return onder.length > 0 ? onder.flatMap((kind) => loop(kind, hier)) : [[hier, knoop.inhoud.join('')]];
  };
  return kinderen(leesBoom(bytes))
    .filter(({ naam }) => naam === deel)
    .flatMap((knoop) => kinderen(knoop).flatMap((kind) => loop(kind, '')));
}
const opNaam = (bytes: Uint8Array, deel: string): Readonly<Record<string, string>> =>
  Object.fromEntries(bladeren(bytes, deel));

/** The approval of a valid message, or undefined when the message is not valid. */
function keurGoed(heen: Berichtsoort, xml: Uint8Array, id = ID, moment = MOMENT): Antwoord | undefined {
  const { inhoud } = controleerTot(1, xml, heen);
  return inhoud && antwoord(heen, inhoud, [], { heenId: id, moment });
}

/** All that must be true of an approval, given the message it answers. */
function controleerGoedkeuring(xml: Uint8Array, { bytes, soort: terug, identificatie }: Antwoord): void {
  expect(controleerTot(1, bytes, terug).bevindingen).toEqual([]);
  const kop = bladeren(xml, 'Header');
  const nieuw = bladeren(bytes, 'Header');
  if (terug.aard === 'retour') {
    const zoals = kop.map(([pad, tekst]) => [pad, pad === 'BerichtCode' ? terug.berichtcode : tekst]);
    expect(nieuw).toEqual([
      ...zoals,
      ['IdentificatieRetour', identificatie],
      ['DagtekeningRetour', '2026-03-15'],
      ['XsdVersieRetour/BasisschemaXsdVersie', '1.0.0'],
      ['XsdVersieRetour/BerichtXsdVersie', '1.0.0'],
    ]);
    return;
  }
  const van = Object.fromEntries(kop);
  expect(Object.fromEntries(nieuw)).toEqual({
    ...van,
    BerichtCode: terug.berichtcode,
    Afzender: van.Ontvanger,
    Ontvanger: van.Afzender,
    'BerichtIdentificatie/Identificatie': identificatie,
    'BerichtIdentificatie/Dagtekening': '2026-03-15',
    'XsdVersie/BasisschemaXsdVersie': '1.0.0',
    'XsdVersie/BerichtXsdVersie': '1.0.0',
    'DeclaratieIdentificatie/Identificatie': van['BerichtIdentificatie/Identificatie'],
    'DeclaratieIdentificatie/Dagtekening': van['BerichtIdentificatie/Dagtekening'],
    'XsdVersieDeclaratie/BasisschemaXsdVersie': van['XsdVersie/BasisschemaXsdVersie'],
    'XsdVersieDeclaratie/BerichtXsdVersie': van['XsdVersie/BerichtXsdVersie'],
    'RetourCodes/RetourCode': '0200',
  });
  const regels = opNaam(bytes, 'DeclaratieAntwoord');
  const ingediend = opNaam(xml, 'Declaratie');
  for (const veld of ['TotaalBedrag', 'DebetCredit']) {
    expect(regels[`TotaalToegekendBedrag/${veld}`]).toBe(ingediend[`TotaalIngediendBedrag/${veld}`]);
    expect(regels[`TotaalIngediendBedrag/${veld}`]).toBe(ingediend[`TotaalIngediendBedrag/${veld}`]);
  }
  expect([regels['RetourCodes/RetourCode'], regels.DeclaratieNummer]).toEqual(['8001', ingediend.DeclaratieNummer]);
}

/** Characters that are special somewhere: in XML, in a pattern, in UTF-16. */
const tekens = fc.constantFrom(...'&<>"\'];/\\{}$%0Aaé ߷€�', '\t', '🏠', ']]>', '&amp;', '\u0085', '\u2028', '\u00a0');
const cijfers = fc.integer({ min: 0, max: 999 });
const kopwaarden = fc.record({
  Identificatie: fc
    .array(tekens, { minLength: 1, maxLength: 12 })
    .map((delen) => [...delen.join('')].slice(0, 12).join('')),
  Dagtekening: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((dag) => dag.toISOString().slice(0, 10)),
  BasisschemaXsdVersie: fc.tuple(cijfers, cijfers, cijfers).map((delen) => delen.join('.')),
  BerichtXsdVersie: fc.tuple(cijfers, cijfers, cijfers).map((delen) => delen.join('.')),
});

describe.each(HEENBERICHTEN)('the answer to $code', (heen) => {
  test('is valid and takes over the header unchanged', () => {
    const xml = maakBericht(heen.code);
    const gegeven = keurGoed(heen, xml);
    expect(gegeven?.soort.code).toBe(heen.antwoord);
    if (gegeven) controleerGoedkeuring(xml, gegeven);
  });

  test('with every other valid header too, with characters that mean something in XML', () => {
    let geldig = 0;
    fc.assert(
      fc.property(kopwaarden, (waarden) => {
        const ontsnapt = Object.fromEntries(Object.entries(waarden).map(([naam, tekst]) => [naam, ontsnap(tekst)]));
        const xml = maakBericht(heen.code, { waarden: ontsnapt });
        const gegeven = keurGoed(heen, xml);
        // What the XSD refuses is not answered.
        fc.pre(gegeven !== undefined);
        geldig += 1;
        if (gegeven) controleerGoedkeuring(xml, gegeven);
      }),
      { numRuns: 100 },
    );
    expect(geldig).toBeGreaterThan(50);
  });

  test('misses nothing because of comments, CDATA and processing instructions between the elements', () => {
    const gewoon = voorbeeld(heen.code);
    const kop = keurGoed(heen, Buffer.from(gewoon));
    const versierd = ['Bericht', 'Header', 'Declaratie', 'BerichtIdentificatie']
      .reduce((xml, naam) => xml.replace(new RegExp(`(<${naam}(?: [^>]*)?>)`), '$1<!-- a --><?b c?>'), gewoon)
      .replace(/(<Afzender>)(\d+)/, '$1<![CDATA[$2]]>');
    expect(keurGoed(heen, Buffer.from(versierd))?.bytes.toString()).toBe(kop?.bytes.toString());
  });

  test('is always the same for the same bericht, and different for another', () => {
    const xml = maakBericht(heen.code);
    const [een, weer, ander] = [ID, ID, randomUUID()].map((id) => keurGoed(heen, xml, id));
    expect(weer?.bytes.equals(een?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(ander?.identificatie).not.toBe(een?.identificatie);
    expect(een?.identificatie).toMatch(/^[0-9A-Z]{12}$/);
  });

  test('has CR/LF line ends and UTF-8 without a BOM, and starts with the XML declaration', () => {
    const { bytes } = keurGoed(heen, maakBericht(heen.code)) ?? { bytes: Buffer.alloc(0) };
    const tekst = bytes.toString('utf8');
    expect(tekst.startsWith('<?xml version="1.0" encoding="UTF-8"?>\r\n<')).toBe(true);
    expect(tekst.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('a declaratie-antwoord', () => {
  const bedragen = fc.record({
    TotaalBedrag: fc
      .integer({ min: 0, max: 99_999_999 })
      .chain((n) => fc.constantFrom(String(n), String(n).padStart(8, '0'))),
    DebetCredit: fc.constantFrom('D', 'C'),
  });
  test.each(['WMO323', 'JW323'])('to %s grants what was claimed, with leading zeros and in credit too', (code) => {
    const heen = soort(code);
    fc.assert(
      fc.property(bedragen, (waarden) => {
        const xml = maakBericht(code, { waarden });
        const gegeven = keurGoed(heen, xml);
        fc.pre(gegeven !== undefined);
        if (gegeven) controleerGoedkeuring(xml, gegeven);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the dagtekening', () => {
  test.each([
    ['2026-01-01T22:59:59Z', '2026-01-01'],
    ['2026-01-01T23:00:00Z', '2026-01-02'],
    ['2026-07-01T21:59:59Z', '2026-07-01'],
    ['2026-07-01T22:00:00Z', '2026-07-02'],
    ['2026-12-31T23:30:00Z', '2027-01-01'],
  ])('is the date in the Netherlands: at %s it is %s', (moment, dag) => {
    const heen = soort('WMO301');
    const { bytes } = keurGoed(heen, maakBericht('WMO301'), ID, new Date(moment)) ?? { bytes: Buffer.alloc(0) };
    expect(opNaam(bytes, 'Header').DagtekeningRetour).toBe(dag);
  });
});

const bevinding = (pad: string, retourcode: string | null, anders: Partial<Bevinding> = {}): Bevinding => ({
  ernst: 'fout',
  niveau: 3,
  regel: 'TR000',
  retourcode,
  pad,
  regelnummer: 0,
  melding: '',
  ...anders,
});
const OPTIES = { heenId: ID, moment: MOMENT };
const stel = (code: string, ...bevindingen: readonly Bevinding[]): Antwoord | undefined =>
  antwoord(soort(code), inhoudVan(soort(code)), bevindingen, OPTIES);
const codes = (gegeven: Antwoord | undefined, deel: string): readonly string[] =>
  bladeren(gegeven?.bytes ?? Buffer.alloc(0), deel).flatMap(([pad, code]) =>
    pad.endsWith('RetourCode') ? [code] : [],
  );

describe('no answer', () => {
  test.each(BERICHTSOORTEN.filter(({ aard }) => aard !== 'heen'))('to $code', ({ code }) => {
    expect(stel(code)).toBeUndefined();
  });

  test('to a message that its XSD refuses: that is for a Fo01', () => {
    expect(stel('WMO305', bevinding('/Bericht/Client/Bsn', null, { niveau: 1, regel: 'XSD' }))).toBeUndefined();
  });
});

describe('where a finding counts', () => {
  const PRODUCT = '/Bericht/Client/StartProducten/StartProduct';

  test.each(['/', '/Bericht', '/Bericht/Header', '/Bericht/Header/Afzender'])('%s: the Header', (pad) => {
    const gegeven = stel('JW305', bevinding(pad, '8848'), bevinding('/Bericht/Client', '9056'), bevinding(pad, '9056'));
    expect([codes(gegeven, 'Header'), codes(gegeven, 'Client')]).toEqual([['8848', '9056'], []]);
  });

  test('a class that is wrong twice for one reason names it once; one that is wrong in two ways names both in order', () => {
    const gegeven = stel(
      'JW301',
      bevinding('/Bericht/Client', '9056'),
      bevinding('/Bericht/Client/Bsn', 'S300'),
      bevinding('/Bericht/Client/Naam/NaamGebruik', '9056'),
    );
    expect(codes(gegeven, 'Header')).toEqual(['0200']);
    expect(codes(gegeven, 'Client').slice(-2)).toEqual(['9056', 'S300']);
  });

  test('a position may be written although there is only one', () => {
    const [zonder, met] = ['', '[1]'].map((plek) => stel('JW319', bevinding(`/Bericht/Antwoord${plek}`, '9360')));
    expect(met?.bytes.toString()).toBe(zonder?.bytes.toString());
    expect(codes(met, 'Antwoord')).toContain('9360');
  });

  test('level 2 goes before all else: 0001, and nothing but the Header', () => {
    const gegeven = stel('WMO323', bevinding('/Bericht/Header', '8848'), bevinding('/Bericht', '0001', { niveau: 2 }));
    expect([codes(gegeven, 'Header'), codes(gegeven, 'DeclaratieAntwoord')]).toEqual([['0001'], []]);
    expect(opNaam(gegeven?.bytes ?? Buffer.alloc(0), 'Header').XsltVersie).toBe('1.0.0');
  });

  test('a place that does not exist, or a refusal without a code, is a fault of the program', () => {
    expect(() => stel('JW305', bevinding(`${PRODUCT}[9]`, '9056'))).toThrow(`${PRODUCT}[9]`);
    expect(() => stel('JW305', bevinding(PRODUCT, null))).toThrow('TR000');
  });

  test('in a declaratie, a client of which nothing was kept is not blamed on the Declaratie', () => {
    const { Declaratie, ...rest } = inhoudVan(soort('JW323'));
    const inhoud = { ...rest, Declaratie: { ...(Declaratie as object), Clienten: { Client: new Array(3) } } };
    const pad = '/Bericht/Declaratie/Clienten/Client[2]';
    expect(() => antwoord(soort('JW323'), inhoud, [bevinding(pad, '9056')], OPTIES)).toThrow(pad);
  });
});
