/** Keys: what TR101 must let through, and that every class with a key of its own is looked at. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';
import { controleer } from '#src/standards/controle.ts';
import { herhaald, SLEUTELREGELS } from '#src/standards/gedeeld/sleutels.ts';
import { type Nummer, structuurVan } from '#src/standards/structuren.ts';
import type { Inhoud, Klasse } from '#src/xml/structuur.ts';
import { type Bericht, bouw, soortVan } from '../../hulp/bouwer.ts';
import { rekentijd } from '../../hulp/duur.ts';
import { NORM } from '../../xsd/schemas.ts';

const ONGEWIJZIGD = () => ({ OngewijzigdProduct: [{ ToewijzingNummer: '1' }] });
const bronnen = { peildatum: '2026-11-22', gemeenten: GEMEENTEN_2026, productcodes: { iwmo: {}, ijw: {} } };
const regelsIn = (bytes: Buffer, nummer: Nummer) =>
  controleer(bytes, soortVan('iwmo', nummer), { niveau: 2, bronnen }).bevindingen.map(({ regel, pad }) => [regel, pad]);

test('a finding about two parts of a message names the line of the other, unless it is the same', () => {
  const bytes = bouw('iwmo', '307', ({ Client: { StopProducten } }) => {
    const [eerste] = StopProducten.StopProduct;
    if (eerste) StopProducten.StopProduct.push(structuredClone(eerste));
  });
  const opEen = Buffer.from(bytes.toString().replaceAll('\n', ''));
  const [plat] = controleer(opEen, soortVan('iwmo', '307'), { niveau: 2, bronnen }).bevindingen;
  expect(plat?.melding).not.toMatch(/regel/);
  const [bevinding] = controleer(bytes, soortVan('iwmo', '307'), { niveau: 2, bronnen }).bevindingen;
  const [eerste, tweede] = bytes
    .toString()
    .split('\n')
    .flatMap((regel, nr) => (/<(?:\w+:)?StopProduct>/.test(regel) ? [nr + 1] : []));
  expect(bevinding).toMatchObject({ regel: 'TR101', regelnummer: tweede });
  expect(bevinding?.melding).toMatch(new RegExp(`Vergelijk regel ${eerste}\\.$`));
});

describe('TR101 lets through', () => {
  test('one allocation both unchanged and to be changed: those are two classes', () => {
    const bytes = bouw('iwmo', '317', ({ Client: { Verzoek } }) => {
      const [wijzig] = Verzoek.TeWijzigenProducten?.TeWijzigenProduct ?? [];
      if (!wijzig) return;
      Verzoek.OngewijzigdeProducten = { OngewijzigdProduct: [{ ToewijzingNummer: wijzig.ToewijzingNummer }] };
    });
    expect(regelsIn(bytes, '317')).toEqual([]);
  });

  test('a temporary and a final stop of the same product', () => {
    const bytes = bouw('iwmo', '307', ({ Client: { StopProducten } }) => {
      const [eerste] = StopProducten.StopProduct;
      if (!eerste) return;
      StopProducten.StopProduct.push({ ...structuredClone(eerste), RedenBeeindiging: '20' });
    });
    expect(regelsIn(bytes, '307')).toEqual([]);
  });

  test('the same reference of a line under two clients', () => {
    const bytes = bouw('iwmo', '323', ({ Declaratie: { Clienten } }) => {
      const [eerste, tweede] = Clienten.Client;
      const [lijn] = eerste?.Prestaties.Prestatie ?? [];
      const ander = tweede?.Prestaties.Prestatie.find(({ IngediendBedrag }) => IngediendBedrag.DebetCredit === 'D');
      if (!lijn || !ander) throw new Error('The example has changed.');
      ander.ProductReferentie = { ...lijn.ProductReferentie };
    });
    expect(regelsIn(bytes, '323').filter(([regel]) => regel === 'TR101')).toEqual([]);
  });
});

/** Message and class → its list in the example, and the parts of its key with another value. */
const DELEN: Readonly<Record<string, readonly [lijst: string, delen: Readonly<Record<string, string>>]>> = {
  '301 Relatie': ['Client.Relaties.Relatie', { Nummer: 'R-anders' }],
  '301 Contact': ['Client.Contactgegevens.Contact', { Soort: '02' }],
  '301 ToegewezenProduct': ['Client.ToegewezenProducten.ToegewezenProduct', { ToewijzingNummer: '4711' }],
  '305 StartProduct': [
    'Client.StartProducten.StartProduct',
    { ToewijzingNummer: '4711', 'Product.Categorie': '08', 'Product.Code': '08A03', Begindatum: '2026-03-02' },
  ],
  '307 StopProduct': [
    'Client.StopProducten.StopProduct',
    {
      ToewijzingNummer: '4711',
      'Product.Categorie': '08',
      'Product.Code': '08A03',
      Begindatum: '2026-03-02',
      RedenBeeindiging: '20',
      Einddatum: '2026-03-30',
    },
  ],
  '315 AangevraagdProduct': ['Client.AangevraagdeProducten.AangevraagdProduct', { ReferentieAanbieder: 'anders' }],
  '317 OngewijzigdProduct': ['Client.Verzoek.OngewijzigdeProducten.OngewijzigdProduct', { ToewijzingNummer: '4711' }],
  '317 TeWijzigenProduct': ['Client.Verzoek.TeWijzigenProducten.TeWijzigenProduct', { ToewijzingNummer: '4711' }],
  '317 NieuwProduct': [
    'Client.Verzoek.NieuweProducten.NieuwProduct',
    { 'Product.Categorie': '02', 'Product.Code': '02A05', GewensteIngangsdatum: '2026-06-02' },
  ],
  '323 Client': ['Declaratie.Clienten.Client', { Bsn: '999990184' }],
  '323 Prestatie': [
    'Declaratie.Clienten.Client.0.Prestaties.Prestatie',
    { 'ProductReferentie.ReferentieNummer': 'anders', 'ProductReferentie.VorigReferentieNummer': 'anders' },
  ],
  '325 Client': ['DeclaratieAntwoord.Clienten.Client', { Bsn: '999990184' }],
  '325 Prestatie': [
    'DeclaratieAntwoord.Clienten.Client.0.Prestaties.Prestatie',
    { 'ProductReferentie.ReferentieNummer': 'anders', 'ProductReferentie.VorigReferentieNummer': 'anders' },
  ],
};

/** The object in which the last name of a path stands. */
function houder(van: Inhoud, pad: readonly string[]): Record<string, unknown> {
  return pad.slice(0, -1).reduce<unknown>((hier, naam) => (hier as Inhoud)[naam], van) as Record<string, unknown>;
}

describe.each(Object.entries(DELEN))('TR101, the key of %s', (geval, [lijst, delen]) => {
  const nummer = geval.slice(0, 3) as Nummer;
  const inDeRij = (wijzig: (kopie: Inhoud) => void): boolean => {
    const bytes = bouw('iwmo', nummer, (bericht) => {
      if (nummer === '317') (bericht as Bericht<'317'>).Client.Verzoek.OngewijzigdeProducten ??= ONGEWIJZIGD();
      const namen = lijst.split('.');
      const waar = houder(bericht as unknown as Inhoud, namen);
      const rij = waar[namen.at(-1) ?? ''] as Inhoud[];
      const kopie = structuredClone(rij[0] as Inhoud);
      wijzig(kopie);
      waar[namen.at(-1) ?? ''] = [rij[0], kopie];
    });
    const regels = regelsIn(bytes, nummer).map(([regel]) => regel);
    expect(regels).not.toContain('XSD');
    return regels.includes('TR101');
  };

  test('is broken by a copy', () => {
    expect(inDeRij(() => undefined)).toBe(true);
  });
  test.each(Object.entries(delen))('is kept by another %s alone', (deel, waarde) => {
    const pad = deel.split('.');
    const anders = (kopie: Inhoud): void => {
      houder(kopie, pad)[pad.at(-1) ?? ''] = waarde;
    };
    expect(inDeRij(anders)).toBe(false);
  });
  test('has the parts of the norm', ({ skip }) => {
    const bestand = path.join(NORM, 'logical-keys.json');
    if (!existsSync(bestand)) skip(`no logical keys in ${NORM}; KNOOPPUNT_NORM names another folder`);
    const { items } = JSON.parse(readFileSync(bestand, 'utf8')) as {
      readonly items: readonly { readonly messages: readonly string[]; klasse: string; key: readonly string[] }[];
    };
    const norm = items.find(({ messages, klasse }) => geval === `${messages[0]?.slice(-3)} ${klasse}`);
    expect(Object.keys(delen)).toEqual(norm?.key);
  });
});

test('every repetition is named, not only the second', () => {
  const bytes = bouw('iwmo', '317', ({ Client: { Verzoek } }: Bericht<'317'>) => {
    const OngewijzigdProduct = ['7', '8', '7', '07', '8'].map((ToewijzingNummer) => ({ ToewijzingNummer }));
    Verzoek.OngewijzigdeProducten = { OngewijzigdProduct };
  });
  const pad = '/Bericht/Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct';
  expect(regelsIn(bytes, '317')).toEqual([3, 4, 5].map((nr) => ['TR101', `${pad}[${nr}]`]));
});

test('30,000 equal lines take well under a second', () => {
  const lijst = Array.from({ length: 30_000 }, () => 'R1');
  const duur = rekentijd(() => expect(herhaald(lijst, (sleutel) => sleutel)).toHaveLength(29_999));
  expect(duur).toBeLessThan(1000);
});

/** Every class that repeats, below a class, as `houder/klasse`. */
const herhaalbare = ({ naam, velden }: Klasse): readonly string[] =>
  velden.flatMap((veld) =>
    veld.klasse ? [...(veld.herhaalbaar ? [`${naam}/${veld.naam}`] : []), ...herhaalbare(veld.klasse)] : [],
  );

test.each(DOMEINEN)('%s: every class that may repeat has its key looked at', (domein) => {
  const toepassingen = SLEUTELREGELS.flatMap((regel) => regel.toepassingen);
  for (const nummer of ['301', '305', '307', '315', '317', '323', '325'] as const) {
    const gedaan = toepassingen.filter(({ berichten }) => berichten.includes(nummer));
    const namen = gedaan.map(({ klasse, element }) => `${klasse}/${element}`);
    expect(namen.toSorted()).toEqual(herhaalbare(structuurVan(soortVan(domein, nummer)).wortel).toSorted());
  }
});
