/** The answers that the switch composes: valid whatever a valid header holds, and with that header's content unchanged. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goedkeuring } from '#src/retourberichten/antwoord.ts';
import { BERICHTSOORTEN, type Berichtsoort } from '#src/standards/catalogus.ts';
import { controleer } from '#src/standards/controle.ts';
import { HEENBERICHTEN, maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
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

interface Gegeven {
  readonly bytes: Buffer;
  readonly antwoord: Berichtsoort;
  readonly identificatie: string;
}

/** The approval of a valid message, or undefined when the message is not valid. */
function keurGoed(heen: Berichtsoort, xml: Uint8Array, id = ID, moment = MOMENT): Gegeven | undefined {
  const { delen } = controleer(xml, heen, 1, true);
  const gegeven = delen && goedkeuring(heen, delen, id, moment);
  return gegeven && { bytes: gegeven.bytes, antwoord: gegeven.soort, identificatie: gegeven.identificatie };
}

/** All that must be true of an approval, given the message it answers. */
function controleerGoedkeuring(xml: Uint8Array, { bytes, antwoord, identificatie }: Gegeven): void {
  expect(controleer(bytes, antwoord, 1).bevindingen).toEqual([]);
  const kop = bladeren(xml, 'Header');
  const nieuw = bladeren(bytes, 'Header');
  if (antwoord.aard === 'retour') {
    const zoals = kop.map(([pad, tekst]) => [pad, pad === 'BerichtCode' ? antwoord.berichtcode : tekst]);
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
    BerichtCode: antwoord.berichtcode,
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
    expect(gegeven?.antwoord.code).toBe(heen.antwoord);
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

test.each(BERICHTSOORTEN.filter(({ aard }) => aard !== 'heen'))('$code gets no answer', (rij) => {
  const { delen } = controleer(Buffer.from(voorbeeld(rij.code)), rij, 1, true);
  expect(delen && goedkeuring(rij, delen, ID, MOMENT)).toBeUndefined();
});
