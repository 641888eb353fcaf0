/**
 * Judges a debet by its toewijzing and by the contract. Source: TR307, TR308, TR321, TR322, TR339..TR341, TR346, TR369, TR387, TR388, TR418;
 * IV081, IV089.
 */
import { type Gedeclareerd, isGecrediteerd, telt } from './declaraties.ts';
import { maandVan } from './kalender.ts';
import { botsing, type Prestatie, type Toewijzing, type Uitkomst, type Zaak, zwaarte } from './lijst.ts';
import { perEenheid, ruimteInPeriode, ruimteInTotaal, type Toegewezen } from './volume.ts';

const EURO = '83';
const TOTAAL = '6';
const MINUUT = '01';
const UUR = '04';
const STUKS_OUTPUT = '82';

/** The tariffs of a product in a unit on a day, in eurocents; none: the contract does not say. */
export type Tarieven = (productcode: string, eenheid: string, dag: string) => readonly number[];

const toegewezen = ({ product }: Toewijzing): Toegewezen | undefined =>
  product.Omvang && {
    ingangsdatum: product.Ingangsdatum,
    einddatum: product.Einddatum,
    categorie: product.Product?.Categorie,
    volume: Number(product.Omvang.Volume),
    eenheid: product.Omvang.Eenheid,
    frequentie: product.Omvang.Frequentie,
  };

/** The debets on this toewijzing that count: not sent back, and not taken back. */
const opToewijzing = (toewijzing: Toewijzing, alle: readonly Gedeclareerd[]): readonly Gedeclareerd[] =>
  alle.filter(
    (een) =>
      een.debet &&
      telt(een) &&
      een.bsn === toewijzing.bsn &&
      Number(een.prestatie.ToewijzingNummer) === Number(toewijzing.product.ToewijzingNummer) &&
      !isGecrediteerd(een, alle),
  );

const som = (posten: readonly Gedeclareerd[], wat: (prestatie: Prestatie) => number): number =>
  posten.reduce((tot, { prestatie }) => tot + wat(prestatie), 0);

/** Does it exceed a maximum, together with what was declared before? Certain only as far as that still stands. */
function teVeel(
  zaak: Zaak,
  toewijzing: Toewijzing,
  posten: readonly Gedeclareerd[],
  maximum: number,
  wat: (prestatie: Prestatie) => number,
): Uitkomst {
  if (som(posten, wat) <= maximum) return 'goed';
  const zeker = posten.filter(({ bericht }) => botsing(zaak, [{ bericht }]) === 'fout');
  return som(zeker, wat) > maximum ? zwaarte(toewijzing, zaak) : 'onbekend';
}

/** TR321, TR322 */
function oordeelOmvang(
  zaak: Zaak,
  pad: string,
  dit: Gedeclareerd,
  toewijzing: Toewijzing,
  alle: readonly Gedeclareerd[],
): void {
  const { prestatie } = dit;
  const omvang = toegewezen(toewijzing);
  const past = omvang && perEenheid(omvang.eenheid, prestatie.Eenheid);
  const als = (geschonden: boolean): Uitkomst => (geschonden ? zwaarte(toewijzing, zaak) : 'goed');
  zaak.uit.meld('TR341', pad, prestatie, 'Eenheid', als(omvang !== undefined && past === undefined));
  if (!omvang || past === undefined) return;
  const { Begindatum: begin, Einddatum: einde } = prestatie.ProductPeriode;
  const inPeriode = ruimteInPeriode(omvang, { begin, einde }, zaak.bericht.soort.domein);
  zaak.uit.meld('TR321', pad, prestatie, 'GeleverdVolume', als(Number(prestatie.GeleverdVolume) > inPeriode * past));

  const inTotaal = ruimteInTotaal(omvang);
  if (inTotaal === undefined) return;
  // Everything in the smallest unit that there is: minutes against hours. What is in another unit cannot be added.
  const fijn = omvang.eenheid === UUR ? 60 : 1;
  const inFijn = ({ GeleverdVolume, Eenheid }: Prestatie): number => {
    const keer = perEenheid(omvang.eenheid, Eenheid);
    return keer === undefined ? 0 : (Number(GeleverdVolume) * fijn) / keer;
  };
  const posten = [...opToewijzing(toewijzing, alle), dit];
  zaak.uit.meld('TR322', pad, prestatie, 'GeleverdVolume', teVeel(zaak, toewijzing, posten, inTotaal * fijn, inFijn));
}

/**
 * TR369: money against money. A volume in euros is an amount; of prestaties in another unit the norm does not say what they take from a
 * budget (open point 14), so with them it is only a doubt.
 */
function budget(zaak: Zaak, dit: Gedeclareerd, toewijzing: Toewijzing, alle: readonly Gedeclareerd[]): Uitkomst {
  const { Budget } = toewijzing.product;
  if (Budget === undefined) return 'goed';
  const bedrag = ({ IngediendBedrag }: Prestatie): number => Number(IngediendBedrag.Bedrag);
  const posten = [...opToewijzing(toewijzing, alle), dit];
  const inEuro = posten.filter(({ prestatie }) => prestatie.Eenheid === EURO);
  const alleenEuro = teVeel(zaak, toewijzing, inEuro, Number(Budget), bedrag);
  const samen = teVeel(zaak, toewijzing, posten, Number(Budget), bedrag);
  if (alleenEuro !== 'goed' && alleenEuro !== 'onbekend') return alleenEuro;
  return samen === 'fout' ? 'twijfel' : samen;
}

/** Rules that compare a debet with its toewijzing. */
export function oordeelTegenToewijzing(
  zaak: Zaak,
  pad: string,
  dit: Gedeclareerd,
  toewijzing: Toewijzing,
  alle: readonly Gedeclareerd[],
): void {
  const { prestatie } = dit;
  const { product } = toewijzing;
  const { Begindatum, Einddatum } = prestatie.ProductPeriode;
  const als = (geschonden: boolean): Uitkomst => (geschonden ? zwaarte(toewijzing, zaak) : 'goed');
  const meld = (regel: string, element: string, uitkomst: Uitkomst): void =>
    zaak.uit.meld(regel, pad, prestatie, element, uitkomst);

  meld('TR307', 'ProductPeriode.Begindatum', als(Begindatum < product.Ingangsdatum));
  meld('TR308', 'ProductPeriode.Einddatum', als(product.Einddatum !== undefined && Einddatum > product.Einddatum));
  const { Categorie, Code } = product.Product ?? {};
  meld('TR339', 'ProductCategorie', als(Categorie !== undefined && Categorie !== prestatie.ProductCategorie));
  meld('TR340', 'ProductCode', als(Code !== undefined && Code !== prestatie.ProductCode));

  // IV089: of an outcome that is paid from a whole in euros, the parties may agree on other moments.
  const { Omvang, Budget } = product;
  const traject =
    Budget === undefined
      ? Omvang?.Eenheid === EURO && Omvang.Frequentie === TOTAAL
      : [EURO, STUKS_OUTPUT].includes(prestatie.Eenheid);
  const periode = (geschonden: boolean): Uitkomst => {
    const uitkomst = als(geschonden);
    return uitkomst === 'fout' && traject ? 'twijfel' : uitkomst;
  };
  const { eerste } = maandVan(Begindatum);
  const { laatste } = maandVan(Einddatum);
  const later = product.Ingangsdatum > eerste && product.Ingangsdatum <= maandVan(Begindatum).laatste;
  meld('TR387', 'ProductPeriode.Begindatum', periode(Begindatum !== (later ? product.Ingangsdatum : eerste)));
  const einde = product.Einddatum;
  const eerder = einde !== undefined && einde < laatste && einde >= maandVan(Einddatum).eerste;
  meld('TR388', 'ProductPeriode.Einddatum', periode(Einddatum !== (eerder ? einde : laatste)));

  oordeelOmvang(zaak, pad, dit, toewijzing, alle);
  meld('TR369', 'GeleverdVolume', budget(zaak, dit, toewijzing, alle));
}

/** TR418, TR346, against the contract. */
export function oordeelTarief({ uit }: Zaak, tarieven: Tarieven | undefined, pad: string, prestatie: Prestatie): void {
  const { ProductTarief, ProductCode, Eenheid, ProductPeriode, GeleverdVolume, IngediendBedrag } = prestatie;
  if (!tarieven || ProductTarief === undefined) return;
  const dag = ProductPeriode.Begindatum;
  const tarief = Number(ProductTarief);
  const perEenheidAfgesproken = tarieven(ProductCode, Eenheid, dag);
  const perUur = Eenheid === MINUUT ? tarieven(ProductCode, UUR, dag) : [];
  if (perEenheidAfgesproken.length + perUur.length === 0) return;
  const uurtarieven = perUur.filter((uur) => Math.round(uur / 60) === tarief);
  const gewoon = perEenheidAfgesproken.includes(tarief);
  uit.meld('TR418', pad, prestatie, 'ProductTarief', gewoon || uurtarieven.length > 0 ? 'goed' : 'fout');
  // Of every other unit the message itself shows the amount: a rule of level 4 without a dossier.
  if (Eenheid !== MINUUT || uurtarieven.length === 0) return;
  const bedrag = Number(IngediendBedrag.Bedrag);
  const klopt = uurtarieven.some((uur) => Math.round((uur * Number(GeleverdVolume)) / 60) === bedrag);
  uit.meld('TR346', pad, prestatie, 'IngediendBedrag', klopt ? 'goed' : 'fout');
}
