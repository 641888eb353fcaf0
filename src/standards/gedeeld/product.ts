/**
 * What an allocation, a request or a change of a product must fill: Product, Omvang and Budget, and the end date that belongs to them.
 * Source: condities and constraints of 301, 315 and 317, the same in both standards.
 */
import type { Inhoud } from '../../xml/structuur.ts';
import { na } from '../datum.ts';
import { conditie, constraint, type Regel, type Toepassing, type Uitslag } from '../regels.ts';
import type { Nummer } from '../structuren.ts';

/** What the four classes have in common. */
interface Afspraak {
  readonly Product?: { readonly Categorie: string; readonly Code?: string };
  readonly Omvang?: { readonly Eenheid: string; readonly Frequentie: string };
  readonly Budget?: string;
}

/** Class → the message it is in and the name of its end date. */
const KLASSEN = {
  ToegewezenProduct: { bericht: '301', einde: 'Einddatum' },
  AangevraagdProduct: { bericht: '315', einde: 'ToewijzingEinddatum' },
  NieuwProduct: { bericht: '317', einde: 'Einddatum' },
  TeWijzigenProduct: { bericht: '317', einde: 'Einddatum' },
} as const satisfies Readonly<Record<string, { readonly bericht: Nummer; readonly einde: string }>>;
type Klassenaam = keyof typeof KLASSEN;

const ALLE: readonly Klassenaam[] = ['ToegewezenProduct', 'AangevraagdProduct', 'NieuwProduct', 'TeWijzigenProduct'];
/** Those that name a Product. */
const MET_PRODUCT: readonly Klassenaam[] = ['ToegewezenProduct', 'AangevraagdProduct', 'NieuwProduct'];

type Einddatum = string | undefined;

/** The same check for several of the classes. @param element where a finding is placed; einde is the end date under its own name */
function voor(
  klassen: readonly Klassenaam[],
  element: 'Omvang' | 'Budget' | 'Product' | 'einde',
  controleer: (afspraak: Afspraak, einde: Einddatum) => Uitslag,
): readonly Toepassing[] {
  return klassen.map((klasse) => {
    const { bericht, einde } = KLASSEN[klasse];
    return {
      berichten: [bericht],
      klasse,
      element: element === 'einde' ? einde : element,
      controleer: (inhoud: Inhoud): Uitslag => controleer(inhoud as Afspraak, inhoud[einde] as Einddatum),
    };
  });
}

/** From 2021 on Omvang needs a product code, and some units allow only some frequencies (CD080, CS338 and their counterparts). */
const LAATSTE_DAG_OUDE_REGEL = '2020-12-31';
const looptDoor = (einde: Einddatum): boolean => einde === undefined || na(einde, LAATSTE_DAG_OUDE_REGEL);

/** Units of Omvang that CS338 and CS343 are about: etmaal, dagdeel, euro and stuks (inspanning). They are not counted per day. */
const EENHEDEN_NIET_PER_DAG: ReadonlySet<string> = new Set(['14', '16', '83', '84']);
const FREQUENTIES_NIET_PER_DAG: ReadonlySet<string> = new Set(['2', '4', '6']);

const frequentiePast = ({ Omvang }: Afspraak, einde: Einddatum): boolean =>
  !Omvang ||
  !EENHEDEN_NIET_PER_DAG.has(Omvang.Eenheid) ||
  !looptDoor(einde) ||
  FREQUENTIES_NIET_PER_DAG.has(Omvang.Frequentie);
const geenOmvangZonderCode = ({ Omvang, Product }: Afspraak, einde: Einddatum): boolean =>
  Omvang === undefined || Product?.Code !== undefined || !looptDoor(einde);

const OMVANG_ZONDER_CODE = {
  tekst: 'Zonder productcode mag er geen omvang zijn, tenzij de einddatum vóór 2021 ligt.',
  melding:
    'Laat Omvang weg, of vul de productcode: zonder productcode mag een product dat na 2020 doorloopt geen omvang hebben.',
};
const FREQUENTIE = {
  tekst: 'Bij de eenheden 14, 16, 83 en 84 is de frequentie 2, 4 of 6, tenzij de einddatum vóór 2021 ligt.',
  melding: 'Kies in Omvang de frequentie per week (2), per maand (4) of totaal (6): bij deze eenheid mag geen andere.',
};

export const PRODUCTREGELS: readonly Regel[] = [
  conditie('CD041', {
    tekst: 'Met een productcode is de omvang verplicht.',
    melding: 'Vul Omvang: bij een product met een code is die verplicht.',
    toepassingen: voor(
      MET_PRODUCT,
      'Omvang',
      ({ Product, Omvang }) => Product?.Code === undefined || Omvang !== undefined,
    ),
  }),
  conditie('CD075', {
    tekst: 'Met een budget is de einddatum verplicht.',
    melding: 'Vul de einddatum: bij een budget is die verplicht.',
    toepassingen: voor(ALLE, 'einde', ({ Budget }, einde) => Budget === undefined || einde !== undefined),
  }),
  conditie('CD076', {
    tekst: 'Met een frequentie per week is de einddatum verplicht.',
    melding: 'Vul de einddatum: bij een omvang per week is die verplicht.',
    toepassingen: voor(ALLE, 'einde', ({ Omvang }, einde) => Omvang?.Frequentie !== '2' || einde !== undefined),
  }),
  conditie('CD077', {
    tekst: 'Met een budget is er geen omvang.',
    melding: 'Laat Omvang weg: een budget en een omvang gaan niet samen.',
    toepassingen: voor(ALLE, 'Omvang', ({ Budget, Omvang }) => Budget === undefined || Omvang === undefined),
  }),
  conditie('CD078', {
    tekst: 'Met een omvang is er geen budget.',
    melding: 'Laat Budget weg: een omvang en een budget gaan niet samen.',
    toepassingen: voor(ALLE, 'Budget', ({ Budget, Omvang }) => Budget === undefined || Omvang === undefined),
  }),
  conditie('CD079', {
    tekst: 'Zonder budget is het product verplicht.',
    melding: 'Vul Product: zonder budget is dat verplicht.',
    toepassingen: voor(MET_PRODUCT, 'Product', ({ Budget, Product }) => Budget !== undefined || Product !== undefined),
  }),
  conditie('CD080', {
    ...OMVANG_ZONDER_CODE,
    toepassingen: voor(['ToegewezenProduct'], 'Omvang', geenOmvangZonderCode),
  }),
  conditie('CD095', {
    ...OMVANG_ZONDER_CODE,
    toepassingen: voor(['AangevraagdProduct'], 'Omvang', geenOmvangZonderCode),
  }),
  conditie('CD096', { ...OMVANG_ZONDER_CODE, toepassingen: voor(['NieuwProduct'], 'Omvang', geenOmvangZonderCode) }),
  constraint('CS338', {
    ...FREQUENTIE,
    toepassingen: voor(['ToegewezenProduct', 'NieuwProduct', 'TeWijzigenProduct'], 'Omvang', frequentiePast),
  }),
  constraint('CS343', { ...FREQUENTIE, toepassingen: voor(['AangevraagdProduct'], 'Omvang', frequentiePast) }),
];
