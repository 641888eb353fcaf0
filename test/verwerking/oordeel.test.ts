/** The verdict on one message: who gets what, and the same again for a turn that runs twice. */
import { describe, expect, test } from 'vitest';
import { isUuidV4 } from '#src/identiteit.ts';
import type { Bevinding } from '#src/standards/bevinding.ts';
import type { Controle } from '#src/standards/controle.ts';
import { oordeel, type TeVerwerken } from '#src/verwerking/oordeel.ts';
import { HEENBERICHTEN, maakBericht, partijen, soort as soortVan } from '../hulp/berichten.ts';
import { inhoudVan } from '../hulp/bouwer.ts';
import { controleerTot } from '../hulp/controle.ts';

const MOMENT = new Date('2026-03-15T12:00:00Z');
const XML = Buffer.from('<a/>');
const ID = '0195a000-0000-7000-8000-000000000001';

function bericht(soort: TeVerwerken['soort'], keuze: Partial<TeVerwerken['instelling']> = {}, id = ID): TeVerwerken {
  return {
    id,
    soort,
    ...partijen(soort.code),
    referentienummer: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    kruisreferentie: null,
    ontvangenOp: MOMENT,
    instelling: { controleniveau: 2, retour: 'knooppunt', ...keuze },
    foutlijst: '2025-11',
    dossier: null,
    nza: false,
    heen: null,
  };
}

describe.each(HEENBERICHTEN)('$code', (soort) => {
  const goed = controleerTot(1, maakBericht(soort.code), soort);
  const fout = controleerTot(1, maakBericht(soort.code, { geldig: false }), soort);

  test('a second time the same verdict, down to every byte and every number', () => {
    for (const controle of [goed, fout]) {
      const een = oordeel(bericht(soort), controle, MOMENT, XML);
      expect(oordeel(bericht(soort), controle, MOMENT, XML)).toEqual(een);
      expect(een.gemaakt).toHaveLength(1);
    }
  });

  test('two berichten never have the same number for their answer', () => {
    const anders = oordeel(bericht(soort, {}, '0195a000-0000-7000-8000-000000000002'), goed, MOMENT, XML).gemaakt[0];
    const een = oordeel(bericht(soort), goed, MOMENT, XML).gemaakt[0];
    const veld = ['id', 'referentienummer', 'identificatie'] as const;
    for (const naam of veld) expect(anders?.[naam]).not.toBe(een?.[naam]);
    expect(isUuidV4(String(een?.referentienummer))).toBe(true);
  });

  test('an answer goes from ontvanger to afzender and names the number it answers', () => {
    const { afzender, ontvanger } = partijen(soort.code);
    const kruisreferentie = bericht(soort).referentienummer;
    const [antwoord] = oordeel(bericht(soort), goed, MOMENT, XML).gemaakt;
    expect(antwoord).toMatchObject({
      afzender: ontvanger,
      ontvanger: afzender,
      kruisreferentie,
      heenbericht: ID,
      berichtsoort: soort.antwoord,
    });
    const [foutbericht] = oordeel(bericht(soort), fout, MOMENT, XML).gemaakt;
    expect(foutbericht).toMatchObject({
      afzender: 'BIDN',
      ontvanger: afzender,
      kruisreferentie,
      heenbericht: ID,
      berichtsoort: 'Fo01',
    });
  });

  test('exactly one outcome: delivered, or rejected with a bericht to the afzender', () => {
    expect(oordeel(bericht(soort), goed, MOMENT, XML)).toMatchObject({
      toestand: 'verwerkt',
      bezorgen: true,
      bevindingen: [],
    });
    expect(oordeel(bericht(soort, { retour: 'zelf' }), goed, MOMENT, XML).gemaakt).toEqual([]);
    const afgekeurd = oordeel(bericht(soort, { retour: 'zelf' }), fout, MOMENT, XML);
    expect(afgekeurd).toMatchObject({
      toestand: 'afgekeurd',
      bezorgen: false,
      niveau: 1,
      bevindingen: fout.bevindingen,
    });
    expect(afgekeurd.gemaakt).toHaveLength(1);
  });
});

/** A check that found this in a message that satisfies its XSD. */
function gevonden(code: string, vondst: Partial<Bevinding>): Controle {
  const bevinding = {
    ernst: 'fout',
    niveau: 2,
    regel: 'TR000',
    retourcode: '0001',
    regelnummer: 1,
    melding: '',
  } as const;
  const bevindingen = [{ ...bevinding, pad: '/Bericht', ...vondst }];
  return {
    geldig: bevindingen.every(({ ernst }) => ernst !== 'fout'),
    niveau: 2,
    bevindingen,
    inhoud: inhoudVan(soortVan(code)),
  };
}
const PRESTATIE = '/Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]';

describe('what a finding leads to', () => {
  const gevallen: readonly (readonly [
    string,
    string,
    Partial<Bevinding>,
    'zelf' | 'knooppunt',
    string,
    boolean,
    string | null,
  ])[] = [
    ['level 2: back to the afzender, whoever answers', 'WMO301', {}, 'zelf', 'afgekeurd', false, 'WMO302'],
    ['level 2 in a declaratie: the 325 says so', 'JW323', {}, 'zelf', 'afgekeurd', false, 'JW325'],
    [
      'level 2 in what has no answer: delivered, with its bevindingen',
      'JW325',
      {},
      'knooppunt',
      'verwerkt',
      true,
      null,
    ],
    ['a waarschuwing: nothing', 'WMO301', { ernst: 'waarschuwing' }, 'zelf', 'verwerkt', true, null],
    [
      'a waarschuwing where the knooppunt answers: approved',
      'WMO301',
      { ernst: 'waarschuwing' },
      'knooppunt',
      'verwerkt',
      true,
      'WMO302',
    ],
    [
      'level 4 where the ontvanger answers: delivered',
      'WMO301',
      { niveau: 4, retourcode: '8848', pad: '/Bericht/Header' },
      'zelf',
      'verwerkt',
      true,
      null,
    ],
    [
      'level 4 where the knooppunt answers: refused',
      'WMO301',
      { niveau: 4, retourcode: '8848', pad: '/Bericht/Header' },
      'knooppunt',
      'afgekeurd',
      false,
      'WMO302',
    ],
    [
      'a prestatie: delivered together with its 325',
      'WMO323',
      { niveau: 4, retourcode: '9346', pad: PRESTATIE },
      'knooppunt',
      'verwerkt',
      true,
      'WMO325',
    ],
    [
      'the Declaratie itself: not delivered',
      'WMO323',
      { niveau: 3, retourcode: '9333', pad: '/Bericht/Declaratie/DeclaratieNummer' },
      'knooppunt',
      'afgekeurd',
      false,
      'WMO325',
    ],
  ];
  test.each(gevallen)('%s', (_naam, code, vondst, retour, toestand, bezorgen, berichtsoort) => {
    const controle = gevonden(code, vondst);
    const uitkomst = oordeel(bericht(soortVan(code), { retour }), controle, MOMENT, XML);
    expect(uitkomst).toMatchObject({ toestand, bezorgen, bevindingen: controle.bevindingen });
    expect(uitkomst.gemaakt.map((stuk) => stuk.berichtsoort)).toEqual(berichtsoort === null ? [] : [berichtsoort]);
    for (const { bytes, berichtsoort: soort } of uitkomst.gemaakt)
      expect(controleerTot(1, bytes, soortVan(soort)).bevindingen).toEqual([]);
  });
});
