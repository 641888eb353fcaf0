/**
 * What is checked against a source outside the messages: the calendar, the gemeenten of the CBS and the agreed product codes. Level 4.
 * Source: technische regels TR135, TR378 and TR381, the same in both standards.
 */
import type { Bronnen } from '../bronnen.ts';
import { geldigOp } from '../codelijsten/geldigheid.ts';
import { isBekend, isGemeente, wasGemeente } from '../codelijsten/gemeenten.ts';
import { categorieen, heeftCodes } from '../codelijsten/productcodes.ts';
import { na } from '../datum.ts';
import { alleen, bronregel, type Omgeving, op, type Regel, type Uitslag } from '../regels.ts';

/** Days on which an allocation begins; undefined for one that the message is about but does not date. */
type Dagen = readonly (string | undefined)[];
const GEEN_DAGEN: Dagen = [];
const NIET_GENOEMD: Dagen = [undefined];

/** The Wmo 2015 and the Jeugdwet: no allocation began before. */
const EERSTE_TOEWIJZING = '2015-01-01';

/**
 * After a herindeling a party may still use the code that was valid when the care or its allocation began. So the code is right when it is
 * valid on one of the days, and only wrong when the list is complete for all of them. A day that the message does not name may be any day
 * since there are allocations.
 */
function gemeente({ gemeenten }: Bronnen, code: string, dagtekening: string, ingangsdatums: Dagen): Uitslag {
  let onzeker = false;
  let verzwegen = false;
  for (const dag of [dagtekening, ...ingangsdatums]) {
    if (dag === undefined) verzwegen = true;
    else {
      const geldig = isGemeente(gemeenten, code, dag);
      if (geldig) return true;
      onzeker ||= geldig === undefined;
    }
  }
  if (onzeker && isBekend(gemeenten, code)) return true;
  const mogelijk = verzwegen && wasGemeente(gemeenten, code, EERSTE_TOEWIJZING, dagtekening) !== false;
  return (onzeker || mogelijk) && 'twijfel';
}

/** Messages of a gemeente, and to a gemeente, that do not say when the allocation began. */
const afzender = ({ Afzender }: { readonly Afzender: string }, { bronnen, dagtekening }: Omgeving): Uitslag =>
  gemeente(bronnen, Afzender, dagtekening, NIET_GENOEMD);
const ontvanger = ({ Ontvanger }: { readonly Ontvanger: string }, { bronnen, dagtekening }: Omgeving): Uitslag =>
  gemeente(bronnen, Ontvanger, dagtekening, NIET_GENOEMD);

interface Product {
  readonly Categorie: string;
  readonly Code?: string;
}

/**
 * The norm does not say on which day the code must fit the category. The day of the message and the day on which the product begins are
 * both right; a code that fits only on other days may be one that an older allocation still has, so that is no reason to refuse.
 * @param begin first day of the product, as far as the message has it
 */
function productcode({ bronnen, soort, dagtekening }: Omgeving, { Categorie, Code }: Product, begin?: string): Uitslag {
  const lijst = bronnen.productcodes;
  if (Code === undefined || !lijst || !heeftCodes(lijst, soort.domein)) return true;
  let past = false;
  for (const mogelijk of categorieen(lijst, soort.domein, Code)) {
    if (mogelijk.categorie !== Categorie) continue;
    if (geldigOp(mogelijk, dagtekening) || (begin !== undefined && geldigOp(mogelijk, begin))) return true;
    past = true;
  }
  return past && 'twijfel';
}

/** A class with a Product that may be absent. */
const metProduct = (omgeving: Omgeving, product: Product | undefined, begin: string | undefined): Uitslag =>
  product === undefined || productcode(omgeving, product, begin);

export const BRONREGELS: readonly Regel[] = [
  bronregel('TR135', '8848', {
    tekst: 'De dagtekening van het bericht ligt niet in de toekomst.',
    melding: 'Pas de dagtekening aan: die ligt na de dag van de controle.',
    toepassingen: [
      op(
        ['301', '305', '307', '315', '317', '319', '323', '325'],
        'Header',
        'BerichtIdentificatie.Dagtekening',
        (_, { bronnen, dagtekening }) => !na(dagtekening, bronnen.peildatum),
      ),
    ],
  }),
  bronregel('TR378', 'S300', {
    tekst:
      'De code van de gemeente staat in de gemeentelijke indeling van het CBS: op de dagtekening, of op de dag waarop een product van het bericht ingaat.',
    melding:
      'Vul de code van een gemeente uit de indeling van het CBS die geldig is op de dagtekening of op de ingangsdatum van een product.',
    twijfel:
      'Waarschuwing als de code onbekend is en de lijst een van de dagen niet volledig dekt: de code kan van een oudere of nieuwere indeling zijn. Evenzo als de code eerder, sinds 2015, geldig kan zijn geweest en het bericht van een toewijzing de ingangsdatum niet noemt (317, 319, 323, 325, en een start of stop zonder ToewijzingIngangsdatum). Ook bij de gemeente van het woonplaatsbeginsel (319, iJw), omdat de norm niet zegt dat de regel daar geldt.',
    toepassingen: [
      op('301', 'Root', 'Header.Afzender', ({ Header, Client }, { bronnen, dagtekening }) => {
        const dagen = Client.ToegewezenProducten.ToegewezenProduct.map(({ Ingangsdatum }) => Ingangsdatum);
        return gemeente(bronnen, Header.Afzender, dagtekening, dagen);
      }),
      op('305', 'Root', 'Header.Ontvanger', ({ Header, Client }, { bronnen, dagtekening }) => {
        const dagen = Client.StartProducten.StartProduct.map(({ ToewijzingIngangsdatum }) => ToewijzingIngangsdatum);
        return gemeente(bronnen, Header.Ontvanger, dagtekening, dagen);
      }),
      op('307', 'Root', 'Header.Ontvanger', ({ Header, Client }, { bronnen, dagtekening }) => {
        const dagen = Client.StopProducten.StopProduct.map(({ ToewijzingIngangsdatum }) => ToewijzingIngangsdatum);
        return gemeente(bronnen, Header.Ontvanger, dagtekening, dagen);
      }),
      op('315', 'Root', 'Header.Ontvanger', ({ Header, Client }, { bronnen, dagtekening }) => {
        const dagen = Client.AangevraagdeProducten.AangevraagdProduct.map((product) => product.ToewijzingIngangsdatum);
        return gemeente(bronnen, Header.Ontvanger, dagtekening, dagen);
      }),
      op(['319', '325'], 'Header', 'Afzender', afzender),
      op(['317', '323'], 'Header', 'Ontvanger', ontvanger),
      alleen(
        'ijw',
        op('319', 'Woonplaatsbeginsel', 'Gemeente', ({ Gemeente }, { bronnen, dagtekening }) =>
          gemeente(bronnen, Gemeente, dagtekening, GEEN_DAGEN) === true ? true : 'twijfel',
        ),
      ),
    ],
  }),
  bronregel('TR381', 'S329', {
    tekst: 'De productcode hoort volgens de afgesproken lijst bij de productcategorie.',
    melding:
      'Vul een productcode die volgens de afgesproken lijst bij de productcategorie hoort, of pas de categorie aan.',
    twijfel:
      'Waarschuwing als code en categorie bij elkaar horen, maar niet op de dagtekening of op de dag waarop het product begint: de norm noemt geen dag. Evenzo bij een creditprestatie: zij herhaalt haar debetprestatie, en de gemeente mag haar alleen om technische redenen afkeuren.',
    toepassingen: [
      op('301', 'ToegewezenProduct', 'Product.Code', (product, omgeving) =>
        metProduct(omgeving, product.Product, product.Ingangsdatum),
      ),
      op('305', 'StartProduct', 'Product.Code', (product, omgeving) =>
        metProduct(omgeving, product.Product, product.ToewijzingIngangsdatum ?? product.Begindatum),
      ),
      op('307', 'StopProduct', 'Product.Code', (product, omgeving) =>
        metProduct(omgeving, product.Product, product.ToewijzingIngangsdatum ?? product.Begindatum),
      ),
      op('315', 'AangevraagdProduct', 'Product.Code', (product, omgeving) =>
        metProduct(omgeving, product.Product, product.ToewijzingIngangsdatum),
      ),
      op('317', 'NieuwProduct', 'Product.Code', (product, omgeving) =>
        metProduct(omgeving, product.Product, product.GewensteIngangsdatum),
      ),
      op('323', 'Prestatie', 'ProductCode', (prestatie, omgeving) => {
        const { ProductCategorie, ProductCode, ProductPeriode, IngediendBedrag } = prestatie;
        const product = { Categorie: ProductCategorie, Code: ProductCode };
        // A credit repeats its debet (IV091), and only a technical fault may refuse it (IV085).
        return (
          productcode(omgeving, product, ProductPeriode.Begindatum) ||
          (IngediendBedrag.DebetCredit === 'C' && 'twijfel')
        );
      }),
    ],
  }),
];
