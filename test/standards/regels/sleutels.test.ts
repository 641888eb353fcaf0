/** Keys: what TR101 must let through, and that every class with a key of its own is looked at. */
import { describe, expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';
import { controleer } from '#src/standards/controle.ts';
import { herhaald, SLEUTELREGELS } from '#src/standards/gedeeld/sleutels.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import type { Klasse } from '#src/xml/structuur.ts';
import { type Bericht, bouw, soortVan } from '../../hulp/bouwer.ts';

const bronnen = { peildatum: '2026-11-22', gemeenten: GEMEENTEN_2026, productcodes: { iwmo: {}, ijw: {} } };
const regelsIn = (bytes: Buffer, nummer: '307' | '317' | '323') =>
  controleer(bytes, soortVan('iwmo', nummer), { niveau: 2, bronnen }).bevindingen.map(({ regel, pad }) => [regel, pad]);

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
  const begin = performance.now();
  expect(herhaald(lijst, (sleutel) => sleutel)).toHaveLength(29_999);
  expect(performance.now() - begin).toBeLessThan(1000);
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
