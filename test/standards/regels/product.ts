/** Breaks of the rules in gedeeld/product.ts: the same cases for each of the four classes that they are about. */
import type { Nummer } from '#src/standards/structuren.ts';
import type { Bericht } from '../../hulp/bouwer.ts';
import type { Breuk } from './breuk.ts';
import { eerste } from './persoon.ts';

/** What a test may change in any of the classes. */
interface Afspraak {
  Product?: { Categorie: string; Code?: string | undefined } | undefined;
  Omvang?: Omvang | undefined;
  Budget?: string | undefined;
  Toewijzingsdatum?: string;
  Ingangsdatum?: string;
  Einddatum?: string | undefined;
  ToewijzingIngangsdatum?: string;
  ToewijzingEinddatum?: string | undefined;
  GewensteIngangsdatum?: string;
}
interface Omvang {
  Volume: string;
  Eenheid: string;
  Frequentie: string;
}

/** Where one of the classes is, and what its dates are called there. */
export interface Plaats {
  readonly nummer: Nummer;
  readonly pad: string;
  readonly begin: 'Ingangsdatum' | 'ToewijzingIngangsdatum' | 'GewensteIngangsdatum';
  readonly einde: 'Einddatum' | 'ToewijzingEinddatum';
  /** The only one of its class; made when the example has none. */
  readonly pak: (bericht: never) => Afspraak;
}

export const AFSPRAKEN = {
  ToegewezenProduct: {
    nummer: '301',
    pad: '/Bericht/Client/ToegewezenProducten/ToegewezenProduct',
    begin: 'Ingangsdatum',
    einde: 'Einddatum',
    pak: ({ Client }: Bericht<'301'>) => eerste(Client.ToegewezenProducten.ToegewezenProduct),
  },
  AangevraagdProduct: {
    nummer: '315',
    pad: '/Bericht/Client/AangevraagdeProducten/AangevraagdProduct',
    begin: 'ToewijzingIngangsdatum',
    einde: 'ToewijzingEinddatum',
    pak: ({ Client }: Bericht<'315'>) => eerste(Client.AangevraagdeProducten.AangevraagdProduct),
  },
  NieuwProduct: {
    nummer: '317',
    pad: '/Bericht/Client/Verzoek/NieuweProducten/NieuwProduct',
    begin: 'GewensteIngangsdatum',
    einde: 'Einddatum',
    pak: ({ Client }: Bericht<'317'>) => eerste(Client.Verzoek.NieuweProducten?.NieuwProduct ?? []),
  },
  TeWijzigenProduct: {
    nummer: '317',
    pad: '/Bericht/Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct',
    begin: 'GewensteIngangsdatum',
    einde: 'Einddatum',
    pak: ({ Client: { Verzoek } }: Bericht<'317'>) => {
      Verzoek.TeWijzigenProducten ??= {
        TeWijzigenProduct: [{ ToewijzingNummer: '34407009', GewensteIngangsdatum: '2026-06-01' }],
      };
      return eerste(Verzoek.TeWijzigenProducten.TeWijzigenProduct);
    },
  },
} as const satisfies Readonly<Record<string, Plaats>>;
type Klassenaam = keyof typeof AFSPRAKEN;

/** What a class is to say: absent leaves it as it is, null leaves the element out. */
export interface Stand {
  readonly product?: 'met code' | 'zonder code' | null;
  readonly omvang?: Omvang | null;
  readonly budget?: string | null;
  readonly einde?: string | null;
  /** Agreed before 2020, from the first day of that year: the years in which Omvang had other rules. */
  readonly uit2020?: boolean;
}

/** A product code of each category in the examples; those are on the list that the tests judge codes by. */
const CODES: Readonly<Record<string, string>> = { '02': '02A05', '08': '08A03', '45': '45A04', '54': '54B11' };

function zetProduct(afspraak: Afspraak, product: Stand['product']): void {
  const Categorie = afspraak.Product?.Categorie ?? '';
  if (product === 'met code') afspraak.Product = { Categorie, Code: CODES[Categorie] };
  else afspraak.Product = product === null ? undefined : { Categorie };
}

/** Makes a message say this of its only product. */
export function zet({ pak, begin, einde: naam }: Plaats, bericht: never, stand: Stand): void {
  const afspraak = pak(bericht);
  const { product, omvang, budget, einde, uit2020 } = stand;
  if (product !== undefined && afspraak.Product) zetProduct(afspraak, product);
  if (omvang !== undefined) afspraak.Omvang = omvang ?? undefined;
  if (budget !== undefined) afspraak.Budget = budget ?? undefined;
  if (einde !== undefined) afspraak[naam] = einde ?? undefined;
  if (!uit2020) return;
  const { Header }: Bericht<'301'> = bericht;
  Header.BerichtIdentificatie.Dagtekening = '2019-12-02';
  if (afspraak.Toewijzingsdatum) afspraak.Toewijzingsdatum = '2019-12-02';
  afspraak[begin] = '2020-01-01';
}

export const PER_MAAND: Omvang = { Volume: '3', Eenheid: '04', Frequentie: '4' };
const BUDGET = '185000';
const SPECIFIEK: Stand = { product: 'met code', omvang: PER_MAAND, budget: null, einde: '2026-12-31' };
const ASPECIFIEK: Stand = { product: 'zonder code', omvang: null, budget: null, einde: '2026-12-31' };
/** An allocation without a product: for whatever care is needed, within a budget. */
export const GENERIEK: Stand = { product: null, omvang: null, budget: BUDGET, einde: '2026-12-31' };

interface Geval {
  readonly goed: Stand;
  readonly fout: Stand;
  readonly ook?: readonly string[];
}

/** The cases of a rule in these classes. @param pad of the finding, from the class */
const inKlassen = (
  regel: string,
  klassen: readonly Klassenaam[],
  element: 'Omvang' | 'Budget' | 'Product' | 'einde',
  pad: '' | '/Omvang' | '/Budget',
  gevallen: readonly Geval[],
): readonly Breuk[] =>
  klassen.flatMap((klasse) => {
    const plaats: Plaats = AFSPRAKEN[klasse];
    return gevallen.map(({ goed, fout, ook }) => ({
      regel,
      nummer: plaats.nummer,
      klasse,
      element: element === 'einde' ? plaats.einde : element,
      vooraf: (bericht: never) => zet(plaats, bericht, goed),
      breek: (bericht: never) => zet(plaats, bericht, fout),
      pad: plaats.pad + pad,
      ...(ook && { ook }),
    }));
  });

const ALLE: readonly Klassenaam[] = ['ToegewezenProduct', 'AangevraagdProduct', 'NieuwProduct', 'TeWijzigenProduct'];
const MET_PRODUCT: readonly Klassenaam[] = ['ToegewezenProduct', 'AangevraagdProduct', 'NieuwProduct'];

/** The last day on which the old rules held; the day after is one too late, and no end at all is later still. */
const totEnMet2020 = (stand: Stand): readonly Geval[] => {
  const goed = { ...SPECIFIEK, ...stand, einde: '2020-12-31', uit2020: true };
  return [
    { goed, fout: { einde: '2021-01-01' } },
    { goed, fout: { einde: null } },
  ];
};

const OMVANG_ZONDER_CODE: readonly Geval[] = [
  { goed: ASPECIFIEK, fout: { omvang: PER_MAAND } },
  { goed: SPECIFIEK, fout: { product: 'zonder code' } },
  // A budget is what makes it generic, so the two that forbid Omvang beside Budget speak as well.
  { goed: GENERIEK, fout: { omvang: PER_MAAND }, ook: ['CD077', 'CD078'] },
  ...totEnMet2020({ product: 'zonder code' }),
];

const FREQUENTIE: readonly Geval[] = [
  ...['14', '16', '83', '84'].map((Eenheid) => ({
    goed: { ...SPECIFIEK, omvang: { ...PER_MAAND, Eenheid } },
    fout: { omvang: { ...PER_MAAND, Eenheid, Frequentie: '1' } },
  })),
  // Per hour, any frequency will do.
  {
    goed: { ...SPECIFIEK, omvang: { ...PER_MAAND, Frequentie: '1' } },
    fout: { omvang: { ...PER_MAAND, Eenheid: '14', Frequentie: '1' } },
  },
  ...totEnMet2020({ omvang: { ...PER_MAAND, Eenheid: '14', Frequentie: '1' } }),
];

export const PRODUCTBREUKEN: readonly Breuk[] = [
  ...inKlassen('CD041', MET_PRODUCT, 'Omvang', '', [
    { goed: SPECIFIEK, fout: { omvang: null } },
    { goed: ASPECIFIEK, fout: { product: 'met code' } },
  ]),
  ...inKlassen('CD075', ALLE, 'einde', '', [
    { goed: { ...ASPECIFIEK, budget: BUDGET }, fout: { einde: null } },
    { goed: GENERIEK, fout: { einde: null } },
  ]),
  ...inKlassen('CD076', ALLE, 'einde', '', [
    { goed: { ...SPECIFIEK, omvang: { ...PER_MAAND, Frequentie: '2' } }, fout: { einde: null } },
    { goed: { ...SPECIFIEK, einde: null }, fout: { omvang: { ...PER_MAAND, Frequentie: '2' } } },
  ]),
  // These two are one demand, placed at both elements.
  ...inKlassen('CD077', ALLE, 'Omvang', '/Omvang', [{ goed: SPECIFIEK, fout: { budget: BUDGET }, ook: ['CD078'] }]),
  ...inKlassen('CD078', ALLE, 'Budget', '/Budget', [{ goed: SPECIFIEK, fout: { budget: BUDGET }, ook: ['CD077'] }]),
  ...inKlassen('CD079', MET_PRODUCT, 'Product', '', [
    { goed: ASPECIFIEK, fout: { product: null } },
    { goed: GENERIEK, fout: { budget: null } },
  ]),
  ...inKlassen('CD080', ['ToegewezenProduct'], 'Omvang', '/Omvang', OMVANG_ZONDER_CODE),
  ...inKlassen('CD095', ['AangevraagdProduct'], 'Omvang', '/Omvang', OMVANG_ZONDER_CODE),
  ...inKlassen('CD096', ['NieuwProduct'], 'Omvang', '/Omvang', OMVANG_ZONDER_CODE),
  ...inKlassen('CS338', ['ToegewezenProduct', 'NieuwProduct', 'TeWijzigenProduct'], 'Omvang', '/Omvang', FREQUENTIE),
  ...inKlassen('CS343', ['AangevraagdProduct'], 'Omvang', '/Omvang', FREQUENTIE),
];
