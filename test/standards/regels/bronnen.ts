/** Breaks of the rules in gedeeld/bronnen.ts. */
import { GEMEENTEN_2026, type Gemeentelijst } from '#src/standards/codelijsten/gemeenten.ts';
import type { Productcodelijst } from '#src/standards/codelijsten/productcodes.ts';
import { type Breuk, breuk } from './breuk.ts';

const VERLOPEN = { vanaf: '2020-01-01', tot: '2025-12-31' };

/** The list that TR381 is judged by: every code of the examples, and one that has come to an end. */
export const PRODUCTCODES: Productcodelijst = {
  iwmo: {
    '02A05': [{ categorie: '02' }],
    '07A11': [{ categorie: '07' }],
    '08A03': [{ categorie: '08' }],
    OUD: [{ categorie: '02', ...VERLOPEN }],
  },
  ijw: {
    '45A04': [{ categorie: '45' }],
    '54B11': [{ categorie: '54' }],
    OUD: [{ categorie: '45', ...VERLOPEN }],
  },
};

const GEEN_GEMEENTE = '9999';
const GEEN_CODE = 'XXXXX';

type Kant = 'Afzender' | 'Ontvanger';
interface MetHeader {
  readonly Header: Record<Kant, string> & { readonly BerichtIdentificatie: { Dagtekening: string } };
}
const dagtekening =
  (dag: string) =>
  ({ Header }: MetHeader): void => {
    Header.BerichtIdentificatie.Dagtekening = dag;
  };
const gemeente =
  (kant: Kant) =>
  ({ Header }: MetHeader): void => {
    Header[kant] = GEEN_GEMEENTE;
  };

/** The day of the check in these tests is 2026-11-22: a message of that day is right. */
const TOEKOMST = {
  vooraf: dagtekening('2026-11-22'),
  breek: dagtekening('2026-11-23'),
  pad: '/Bericht/Header/BerichtIdentificatie/Dagtekening',
};
const toekomst = (['301', '305', '307', '315', '319', '323', '325'] as const).map((nummer) =>
  breuk('TR135', nummer, 'Header', 'BerichtIdentificatie.Dagtekening', TOEKOMST),
);

/** Where the gemeente of a message stands, and in which class the rule looks for it. */
const KANTEN = [
  ['301', 'Root', 'Afzender'],
  ['305', 'Root', 'Ontvanger'],
  ['307', 'Root', 'Ontvanger'],
  ['315', 'Root', 'Ontvanger'],
  ['317', 'Header', 'Ontvanger'],
  ['319', 'Header', 'Afzender'],
  ['323', 'Header', 'Ontvanger'],
  ['325', 'Header', 'Afzender'],
] as const;
/** The list that ships, as if no gemeente had gone since there are allocations. */
const VOLLEDIG: Gemeentelijst = { ...GEMEENTEN_2026, volledigVanaf: '2015-01-01' };
const onbekendeGemeenten = KANTEN.flatMap(([nummer, klasse, kant]) => {
  const gegevens = { breek: gemeente(kant), pad: `/Bericht/Header/${kant}` };
  const element = klasse === 'Root' ? `Header.${kant}` : kant;
  if (klasse === 'Root') return [breuk('TR378', nummer, klasse, element, gegevens)];
  return [
    breuk('TR378', nummer, klasse, element, { ...gegevens, gemeenten: VOLLEDIG }),
    // A list of one year does not know which codes the allocation may be of.
    breuk('TR378', nummer, klasse, element, { ...gegevens, ernst: 'waarschuwing' }),
  ];
});
const PRODUCT_301 = '/Bericht/Client/ToegewezenProducten/ToegewezenProduct';

export const BRONBREUKEN: readonly Breuk[] = [
  ...toekomst,
  breuk('TR135', '317', 'Header', 'BerichtIdentificatie.Dagtekening', {
    ...TOEKOMST,
    // A request is about days to come.
    vooraf: (bericht) => {
      TOEKOMST.vooraf(bericht);
      const { TeWijzigenProducten, NieuweProducten } = bericht.Client.Verzoek;
      for (const product of [
        ...(TeWijzigenProducten?.TeWijzigenProduct ?? []),
        ...(NieuweProducten?.NieuwProduct ?? []),
      ]) {
        product.GewensteIngangsdatum = '2026-12-01';
        product.Einddatum = '2026-12-31';
      }
    },
  }),
  ...onbekendeGemeenten,
  breuk('TR378', '301', 'Root', 'Header.Afzender', {
    vooraf: ({ Client }) => {
      for (const product of Client.ToegewezenProducten.ToegewezenProduct) product.Ingangsdatum = '2025-12-31';
    },
    breek: gemeente('Afzender'),
    pad: '/Bericht/Header/Afzender',
    ernst: 'waarschuwing',
  }),
  breuk('TR378', '319', 'Woonplaatsbeginsel', 'Gemeente', {
    domein: 'ijw',
    breek: ({ Antwoord }) => {
      if ('Woonplaatsbeginsel' in Antwoord && Antwoord.Woonplaatsbeginsel)
        Antwoord.Woonplaatsbeginsel.Gemeente = GEEN_GEMEENTE;
    },
    pad: '/Bericht/Antwoord/Woonplaatsbeginsel/Gemeente',
    ernst: 'waarschuwing',
  }),
  breuk('TR381', '301', 'ToegewezenProduct', 'Product.Code', {
    breek: ({ Client }) => {
      const [eerste] = Client.ToegewezenProducten.ToegewezenProduct;
      if (eerste?.Product) eerste.Product.Code = GEEN_CODE;
    },
    pad: `${PRODUCT_301}/Product/Code`,
  }),
  breuk('TR381', '301', 'ToegewezenProduct', 'Product.Code', {
    breek: ({ Client }) => {
      const [eerste] = Client.ToegewezenProducten.ToegewezenProduct;
      if (eerste?.Product) eerste.Product.Code = 'OUD';
    },
    pad: `${PRODUCT_301}/Product/Code`,
    ernst: 'waarschuwing',
  }),
  breuk('TR381', '305', 'StartProduct', 'Product.Code', {
    breek: ({ Client }) => {
      const [eerste] = Client.StartProducten.StartProduct;
      if (eerste?.Product) eerste.Product.Code = GEEN_CODE;
    },
    pad: '/Bericht/Client/StartProducten/StartProduct/Product/Code',
  }),
  breuk('TR381', '307', 'StopProduct', 'Product.Code', {
    breek: ({ Client }) => {
      const [eerste] = Client.StopProducten.StopProduct;
      if (eerste?.Product) eerste.Product.Code = GEEN_CODE;
    },
    pad: '/Bericht/Client/StopProducten/StopProduct/Product/Code',
  }),
  breuk('TR381', '315', 'AangevraagdProduct', 'Product.Code', {
    breek: ({ Client }) => {
      const [eerste] = Client.AangevraagdeProducten.AangevraagdProduct;
      if (eerste?.Product) eerste.Product.Code = GEEN_CODE;
    },
    pad: '/Bericht/Client/AangevraagdeProducten/AangevraagdProduct/Product/Code',
  }),
  breuk('TR381', '317', 'NieuwProduct', 'Product.Code', {
    // The example of iJw asks for a category without a code.
    vooraf: ({ Client }) => {
      for (const product of Client.Verzoek.NieuweProducten?.NieuwProduct ?? []) {
        const { Product } = product;
        if (Product) Product.Code = Product.Categorie === '54' ? '54B11' : '08A03';
        product.Budget = undefined;
        product.Omvang = { Volume: '4', Eenheid: '04', Frequentie: '4' };
      }
    },
    breek: ({ Client }) => {
      const [eerste] = Client.Verzoek.NieuweProducten?.NieuwProduct ?? [];
      if (eerste?.Product) eerste.Product.Code = GEEN_CODE;
    },
    pad: '/Bericht/Client/Verzoek/NieuweProducten/NieuwProduct/Product/Code',
  }),
  breuk('TR381', '323', 'Prestatie', 'ProductCode', {
    breek: ({ Declaratie }) => {
      const [prestatie] = Declaratie.Clienten.Client[0]?.Prestaties.Prestatie ?? [];
      if (prestatie) prestatie.ProductCode = GEEN_CODE;
    },
    pad: '/Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie/ProductCode',
  }),
];
