/** Against sources outside the messages: a herindeling, a list that is not complete, and product codes that come and go. */
import { describe, expect, test } from 'vitest';
import type { Domein } from '#src/standards/catalogus.ts';
import type { Gemeentelijst } from '#src/standards/codelijsten/gemeenten.ts';
import { leesGemeenten } from '#src/standards/codelijsten/gemeenten-csv.ts';
import type { Productcodelijst } from '#src/standards/codelijsten/productcodes.ts';
import { controleer } from '#src/standards/controle.ts';
import type { Nummer } from '#src/standards/structuren.ts';
import { type Bericht, bouw, soortVan } from '../../hulp/bouwer.ts';
import { LIJSTEN } from '../../hulp/controle.ts';

/** Weesp went into Amsterdam on 24 March 2022; Dijk en Waard took the place of Heerhugowaard on 1 January of that year. */
const WEESP = '0457';
const AMSTERDAM = '0363';
const HEERHUGOWAARD = '0398';
const DIJK_EN_WAARD = '1980';
const HERINDELING = leesGemeenten(`code,naam,geldigVanaf,geldigTot
${AMSTERDAM},Amsterdam,1830-01-01,
${WEESP},Weesp,1830-01-01,2022-03-23
${HEERHUGOWAARD},Heerhugowaard,1830-01-01,2021-12-31
${DIJK_EN_WAARD},Dijk en Waard,2022-01-01,2026-12-31
`).lijst as Gemeentelijst;
/** The same, with a gemeente that was gone before there were allocations; so the list is complete for all of them. */
const REIDERLAND = '1661';
const HERINDELING_VOLLEDIG = leesGemeenten(`code,naam,geldigVanaf,geldigTot
${AMSTERDAM},Amsterdam,1830-01-01,
${WEESP},Weesp,1830-01-01,2022-03-23
${HEERHUGOWAARD},Heerhugowaard,1830-01-01,2021-12-31
${DIJK_EN_WAARD},Dijk en Waard,2022-01-01,2026-12-31
${REIDERLAND},Reiderland,1990-01-01,2009-12-31
`).lijst as Gemeentelijst;
const ONBEKEND = '9999';

interface Bronnen {
  readonly gemeenten?: Gemeentelijst;
  readonly productcodes?: Productcodelijst;
}

/** What one rule has against a message: nothing, or the ernst of its finding. */
function oordeel<N extends Nummer>(
  regel: string,
  domein: Domein,
  nummer: N,
  bronnen: Bronnen,
  wijzig: (bericht: Bericht<N>) => void,
): string {
  const opdracht = { niveau: 4, bronnen: { ...LIJSTEN, peildatum: '2026-11-22', ...bronnen } } as const;
  const { bevindingen } = controleer(bouw(domein, nummer, wijzig), soortVan(domein, nummer), opdracht);
  const gevonden = bevindingen.filter((bevinding) => bevinding.regel === regel);
  expect(bevindingen).toEqual(gevonden);
  return gevonden.map(({ ernst }) => ernst).join() || 'goed';
}

describe('TR378 with a herindeling', () => {
  const toewijzing = (code: string, dagtekening: string, ingangsdatum: string): string =>
    oordeel('TR378', 'iwmo', '301', { gemeenten: HERINDELING }, ({ Header, Client }) => {
      Header.Afzender = code;
      Header.BerichtIdentificatie.Dagtekening = dagtekening;
      for (const product of Client.ToegewezenProducten.ToegewezenProduct) {
        product.Toewijzingsdatum = dagtekening;
        product.Ingangsdatum = ingangsdatum;
        product.Einddatum = '20000-12-31';
      }
    });

  test.each([
    // Weesp, on its last day and the day after.
    [WEESP, '2022-03-23', '2022-03-23', 'goed'],
    [WEESP, '2022-03-24', '2022-03-23', 'goed'],
    [WEESP, '2022-03-24', '2022-03-24', 'fout'],
    [WEESP, '2026-03-10', '2022-01-01', 'goed'],
    [WEESP, '2026-03-10', '2026-03-16', 'fout'],
    // A new gemeente, before it was there: the list of the day of the message counts, and that of the product.
    [DIJK_EN_WAARD, '2022-01-01', '2021-12-31', 'goed'],
    [DIJK_EN_WAARD, '2021-12-31', '2022-01-01', 'goed'],
    [DIJK_EN_WAARD, '2021-12-31', '2021-12-31', 'fout'],
    // Before the list is complete it cannot tell; a code that it has is then not even doubted.
    [DIJK_EN_WAARD, '2021-12-30', '2021-12-30', 'goed'],
    [ONBEKEND, '2021-12-30', '2021-12-30', 'waarschuwing'],
    [ONBEKEND, '2021-12-31', '2021-12-30', 'waarschuwing'],
    [ONBEKEND, '2026-03-10', '2021-12-30', 'waarschuwing'],
    [ONBEKEND, '2026-03-10', '2021-12-31', 'fout'],
    // And after it.
    [HEERHUGOWAARD, '2026-11-22', '2027-01-01', 'goed'],
    [ONBEKEND, '2026-11-22', '2027-01-01', 'waarschuwing'],
    [ONBEKEND, '2026-11-22', '12026-01-01', 'waarschuwing'],
    [AMSTERDAM, '2026-11-22', '2027-01-01', 'goed'],
  ])('gemeente %s in a toewijzing of %s from %s on: %s', (code, dagtekening, ingangsdatum, verwacht) => {
    expect(toewijzing(code, dagtekening, ingangsdatum)).toBe(verwacht);
  });

  test('one product of before the herindeling is enough', () => {
    const uitslag = oordeel('TR378', 'iwmo', '301', { gemeenten: HERINDELING }, ({ Header, Client }) => {
      Header.Afzender = WEESP;
      const { ToegewezenProducten } = Client;
      const [eerste] = ToegewezenProducten.ToegewezenProduct;
      if (!eerste) throw new Error('the example has no product');
      ToegewezenProducten.ToegewezenProduct = [
        eerste,
        { ...eerste, ToewijzingNummer: '4711', Ingangsdatum: '2022-01-01', Einddatum: '2022-12-31' },
      ];
    });
    expect(uitslag).toBe('goed');
  });

  test.each([
    ['2022-03-23', 'goed'],
    ['2022-03-24', 'fout'],
    // An allocation of which the message does not say when it began may be of before.
    [undefined, 'waarschuwing'],
  ])('a start and a stop may still go to the gemeente that allocated on %s: %s', (dag, verwacht) => {
    const start = oordeel('TR378', 'ijw', '305', { gemeenten: HERINDELING }, ({ Header, Client }) => {
      Header.Ontvanger = WEESP;
      for (const product of Client.StartProducten.StartProduct) product.ToewijzingIngangsdatum = dag;
    });
    const stop = oordeel('TR378', 'ijw', '307', { gemeenten: HERINDELING }, ({ Header, Client }) => {
      Header.Ontvanger = WEESP;
      for (const product of Client.StopProducten.StopProduct) product.ToewijzingIngangsdatum = dag;
    });
    expect([start, stop]).toEqual([verwacht, verwacht]);
  });

  test('a request may name the gemeente of the day from which it asks', () => {
    const vraag = (dag: string): string =>
      oordeel('TR378', 'iwmo', '315', { gemeenten: HERINDELING }, ({ Header, Client }) => {
        Header.Ontvanger = WEESP;
        for (const product of Client.AangevraagdeProducten.AangevraagdProduct) product.ToewijzingIngangsdatum = dag;
      });
    expect([vraag('2022-03-23'), vraag('2022-03-24')]).toEqual(['goed', 'fout']);
  });

  const declaratie = (code: string, dagtekening: string): string =>
    oordeel('TR378', 'iwmo', '323', { gemeenten: HERINDELING_VOLLEDIG }, ({ Header, Declaratie }) => {
      Header.Ontvanger = code;
      Header.BerichtIdentificatie.Dagtekening = dagtekening;
      Declaratie.DeclaratieDagtekening = dagtekening;
      const alle = Declaratie.Clienten.Client.flatMap(({ Prestaties }) => Prestaties.Prestatie);
      for (const { ProductPeriode } of [{ ProductPeriode: Declaratie.DeclaratiePeriode }, ...alle]) {
        ProductPeriode.Begindatum = '2021-11-01';
        ProductPeriode.Einddatum = '2021-11-30';
      }
    });
  test.each([
    [AMSTERDAM, '2026-11-22', 'goed'],
    // The header still has the code of the day on which the allocation began.
    [WEESP, '2026-11-22', 'waarschuwing'],
    [HEERHUGOWAARD, '2026-11-22', 'waarschuwing'],
    // Gone before the first allocation, or never there.
    [REIDERLAND, '2026-11-22', 'fout'],
    [ONBEKEND, '2026-11-22', 'fout'],
    // Not there yet.
    [DIJK_EN_WAARD, '2021-12-31', 'fout'],
  ])('a message that does not say when the allocation began: gemeente %s on %s: %s', (code, dagtekening, verwacht) => {
    expect(declaratie(code, dagtekening)).toBe(verwacht);
  });

  test('a list that is not complete since the first allocation cannot tell', () => {
    const uitslag = oordeel('TR378', 'iwmo', '323', { gemeenten: HERINDELING }, ({ Header }) => {
      Header.Ontvanger = ONBEKEND;
    });
    expect(uitslag).toBe('waarschuwing');
  });

  test('the other messages of that kind that do not say it', () => {
    const bronnen = { gemeenten: HERINDELING_VOLLEDIG };
    const uitslagen = [
      oordeel('TR378', 'ijw', '317', bronnen, ({ Header }) => {
        Header.Ontvanger = WEESP;
      }),
      oordeel('TR378', 'iwmo', '319', bronnen, ({ Header }) => {
        Header.Afzender = WEESP;
      }),
      oordeel('TR378', 'ijw', '325', bronnen, ({ Header }) => {
        Header.Afzender = WEESP;
      }),
    ];
    expect(uitslagen).toEqual(['waarschuwing', 'waarschuwing', 'waarschuwing']);
  });
});

describe('TR381', () => {
  const declaratie = (
    productcodes: Productcodelijst | undefined,
    code: string,
    categorie: '02' | '07',
    begin?: string,
    debetCredit: 'D' | 'C' = 'D',
  ) =>
    oordeel('TR381', 'iwmo', '323', productcodes ? { productcodes } : {}, ({ Declaratie }) => {
      const alle = Declaratie.Clienten.Client.flatMap(({ Prestaties }) => Prestaties.Prestatie);
      for (const prestatie of alle) prestatie.ProductCode = '00000';
      const [eerste] = alle;
      if (!eerste) throw new Error('the example has no prestatie');
      eerste.ProductCode = code;
      eerste.ProductCategorie = categorie;
      if (begin) eerste.ProductPeriode.Begindatum = begin;
      if (debetCredit === 'D') return;
      eerste.IngediendBedrag.DebetCredit = 'C';
      eerste.ProductReferentie.VorigReferentieNummer = 'EERDER-1';
      const som = alle.reduce(
        (tot, { IngediendBedrag: { Bedrag, DebetCredit } }) => tot + (DebetCredit === 'C' ? -1 : 1) * Number(Bedrag),
        0,
      );
      Declaratie.TotaalIngediendBedrag = { TotaalBedrag: `${Math.abs(som)}`, DebetCredit: som < 0 ? 'C' : 'D' };
    });
  const rest = { '00000': [{ categorie: '02' }, { categorie: '07' }] };
  const lijst = (geldig: { readonly vanaf?: string; readonly tot?: string } = {}): Productcodelijst => ({
    iwmo: { ...rest, X: [{ categorie: '02', ...geldig }] },
    ijw: { Y: [{ categorie: '45' }] },
  });

  test('a code fits its category and no other', () => {
    expect(declaratie(lijst(), 'X', '02')).toBe('goed');
    expect(declaratie(lijst(), 'X', '07')).toBe('fout');
  });

  test('a code of the other domein is unknown, and so is the name of what every object has', () => {
    expect(declaratie(lijst(), 'Y', '02')).toBe('fout');
    expect(declaratie(lijst(), 'at', '02')).toBe('fout');
  });

  test('a code may come or go between the care and the declaratie; on other days it is only doubted', () => {
    // The declaratie is of 4 May, about April.
    expect(declaratie(lijst({ vanaf: '2026-05-04' }), 'X', '02')).toBe('goed');
    expect(declaratie(lijst({ vanaf: '2026-05-05' }), 'X', '02')).toBe('waarschuwing');
    expect(declaratie(lijst({ tot: '2026-04-01' }), 'X', '02')).toBe('goed');
    expect(declaratie(lijst({ tot: '2026-03-31' }), 'X', '02')).toBe('waarschuwing');
    expect(declaratie(lijst({ tot: '2026-03-31' }), 'X', '07')).toBe('fout');
  });

  test('a credit is only doubted: it repeats its debet, and the gemeente may not refuse it for this', () => {
    expect(declaratie(lijst(), 'X', '07', undefined, 'C')).toBe('waarschuwing');
    expect(declaratie(lijst(), 'X', '02', undefined, 'C')).toBe('goed');
  });

  test('without a list, or without any code of this domein, nothing is judged', () => {
    expect(declaratie(undefined, 'X', '07')).toBe('goed');
    expect(declaratie({ iwmo: {}, ijw: { Y: [{ categorie: '45' }] } }, 'X', '07')).toBe('goed');
  });

  test('a product without a code, or no product at all, is not judged', () => {
    const zonder = (wijzig: (bericht: Bericht<'305'>) => void) =>
      oordeel('TR381', 'iwmo', '305', { productcodes: lijst() }, wijzig);
    expect(
      zonder(({ Client }) => {
        for (const { Product } of Client.StartProducten.StartProduct) if (Product) Product.Code = undefined;
      }),
    ).toBe('goed');
    expect(
      zonder(({ Client }) => {
        for (const product of Client.StartProducten.StartProduct) product.Product = undefined;
      }),
    ).toBe('goed');
  });
});

describe('TR135', () => {
  const antwoord = (dag: string): string =>
    oordeel('TR135', 'ijw', '325', {}, ({ Header }) => {
      Header.BerichtIdentificatie.Dagtekening = dag;
    });

  test('a year of five digits is far in the future', () => {
    expect(antwoord('12026-01-01')).toBe('fout');
  });
});
