/** What the gemeente of a random life sends: toewijzingen (301) and answers (319). */
import type { Inhoud } from '#src/xml/structuur.ts';
import { dagenLater, laatsteVan } from './kalender.ts';
import {
  goedOf,
  isActueel,
  type Kwaliteit,
  type Product,
  type Toewijzing,
  type Verzoek,
  type Wereld,
} from './wereld.ts';

/** Eenheid and frequentie as they may stand together (CS338). */
const OMVANGEN = [
  ...['01', '04', '82'].flatMap((eenheid) => ['1', '2', '4', '6'].map((frequentie) => [eenheid, frequentie] as const)),
  ...['14', '16', '83', '84'].flatMap((eenheid) => ['2', '4', '6'].map((frequentie) => [eenheid, frequentie] as const)),
];

/** An omvang of which a month is neither nothing nor much. */
function omvang({ toeval }: Wereld): NonNullable<Product['Omvang']> {
  const [eenheid, frequentie] = toeval.kies(OMVANGEN);
  const groot = eenheid === '83' ? 5000 : eenheid === '01' ? 60 : 1;
  const keer = frequentie === '6' ? 20 : 1;
  return {
    Volume: String(groot * keer * toeval.geheel(1, 8)),
    Eenheid: eenheid,
    Frequentie: frequentie as '2',
  };
}

function nieuwProduct(wereld: Wereld, bsn: string): Product {
  const { toeval, vandaag } = wereld;
  const ingang = dagenLater(vandaag, toeval.geheel(-20, 25));
  const dagen = toeval.kies([3, 12, 40, 90, 200, 364]) + toeval.geheel(0, 9);
  const einde = dagenLater(ingang, dagen);
  const basis = {
    ToewijzingNummer: wereld.schrijf(wereld.nieuwNummer()),
    Toewijzingsdatum: vandaag,
    Toewijzingstijd: wereld.tijdstip(),
    Ingangsdatum: ingang,
  };
  const inGebruik = wereld.toewijzingen
    .filter((een) => een.bsn === bsn && isActueel(een, vandaag))
    .map(({ product }) => product.Product?.Categorie);
  const categorieen = [wereld.categorie(), wereld.categorie(), wereld.categorie()];
  const categorie = categorieen.find((een) => !inGebruik.includes(een)) ?? wereld.categorie();
  const soort = toeval.kies([
    'specifiek',
    'specifiek',
    'specifiek',
    'specifiek',
    'budget',
    'generiek',
    'generiek',
    'zonder',
  ]);
  const budget = String(toeval.geheel(1, 20) * 10_000);
  if (soort === 'generiek') return { ...basis, Einddatum: einde, Budget: budget };
  const Product = { Categorie: categorie };
  if (soort === 'budget') return { ...basis, Product, Einddatum: einde, Budget: budget };
  const open = toeval.kans(0.25);
  if (soort === 'zonder') return { ...basis, Product, ...(!open && { Einddatum: einde }) };
  const Omvang = omvang(wereld);
  const metEinde = !open || Omvang.Frequentie === '2';
  const code = `${categorie}A0${toeval.geheel(1, 3)}`;
  return { ...basis, Product: { ...Product, Code: code }, ...(metEinde && { Einddatum: einde }), Omvang };
}

/** A later version of a toewijzing: another end, budget or total (OP033x1). */
function gewijzigd(wereld: Wereld, { product }: Toewijzing): Product {
  const { toeval, vandaag } = wereld;
  const nu = { ...product, Toewijzingsdatum: vandaag, Toewijzingstijd: wereld.tijdstip(), RedenWijziging: '04' };
  delete (nu as { ReferentieAanbieder?: string }).ReferentieAanbieder;
  if (product.Budget !== undefined && toeval.kans(0.5))
    return { ...nu, Budget: String(Math.max(1, Number(product.Budget) + toeval.geheel(-3, 8) * 10_000)) };
  if (product.Omvang?.Frequentie === '6' && toeval.kans(0.5))
    return {
      ...nu,
      Omvang: { ...product.Omvang, Volume: String(Number(product.Omvang.Volume) + toeval.geheel(1, 9)) },
    };
  const einde = dagenLater(vandaag, toeval.geheel(-10, 90));
  return { ...nu, Einddatum: laatsteVan(einde, product.Ingangsdatum) };
}

/** Two products in one message may not overlap (TR302): keep those that differ enough. */
function zonderOverlap(producten: readonly Product[]): readonly Product[] {
  const over: Product[] = [];
  for (const product of producten) {
    const botst = over.some(
      (een) =>
        een.Product === undefined ||
        product.Product === undefined ||
        een.Product.Categorie === product.Product.Categorie,
    );
    const dubbel = over.some((een) => Number(een.ToewijzingNummer) === Number(product.ToewijzingNummer));
    if (!botst && !dubbel) over.push(product);
  }
  return over;
}

function stuur301(
  wereld: Wereld,
  bsn: string,
  producten: readonly Product[],
  hoe: Kwaliteit,
  daarna: () => void,
): void {
  const kop = wereld.kop('301');
  const client = kop.Client as Inhoud;
  const inhoud = { ...kop, Client: { ...client, Bsn: bsn, ToegewezenProducten: { ToegewezenProduct: producten } } };
  wereld.stuur('301', inhoud as unknown as Inhoud, hoe, daarna);
}

/** A request is answered within weeks; what a year later still answers it, nobody expects. */
const isVers = ({ sinds }: Verzoek, dag: string): boolean => dagenLater(sinds, 300) >= dag;

/** A number that is there already is another version of it. */
function neemOp({ toewijzingen }: Wereld, bsn: string, product: Product): void {
  const bestaand = toewijzingen.find(
    (een) => een.bsn === bsn && Number(een.product.ToewijzingNummer) === Number(product.ToewijzingNummer),
  );
  if (bestaand) Object.assign(bestaand, { product, weg: false });
  else toewijzingen.push({ bsn, product, weg: false, verbruikt: 0 });
}

/** Something new, on request or not; with what else runs (OP087). */
export function wijsToe(wereld: Wereld): void {
  const { toeval, vandaag } = wereld;
  const bsn = wereld.bsn();
  const open = wereld.verzoeken.filter((een) => een.bsn === bsn && een.open && isVers(een, vandaag));
  const verzoek = open.length > 0 && toeval.kans(0.7) ? toeval.kies(open) : undefined;
  const nieuw = Array.from({ length: toeval.kies([1, 1, 1, 2]) }, () => nieuwProduct(wereld, bsn));
  let hoe: Kwaliteit = 'goed';
  let producten: readonly Product[] = nieuw.map((product) => ({
    ...product,
    ...(verzoek && { ReferentieAanbieder: verzoek.referentie }),
  }));
  if (wereld.slordig()) {
    hoe = 'fout';
    const [eerste] = producten as [Product];
    const vanAnderen = wereld.toewijzingen.filter((een) => een.bsn !== bsn);
    const eigen = wereld.toewijzingen.filter((een) => een.bsn === bsn);
    const verzoekVanAnderen = wereld.verzoeken.filter((een) => een.bsn !== bsn);
    const soort = toeval.kies(['nummer', 'eigen nummer', 'onbekend', 'van ander'] as const);
    if (soort === 'nummer' && vanAnderen.length > 0)
      producten = [{ ...eerste, ToewijzingNummer: toeval.kies(vanAnderen).product.ToewijzingNummer }];
    else if (soort === 'eigen nummer' && eigen.length > 0) {
      hoe = 'twijfel';
      const { ToewijzingNummer, Ingangsdatum } = toeval.kies(eigen).product;
      const { Einddatum } = eerste;
      const einde = Einddatum && { Einddatum: laatsteVan(Einddatum, Ingangsdatum) };
      producten = [{ ...eerste, ToewijzingNummer, Ingangsdatum, ...einde }];
    } else if (soort === 'van ander' && verzoekVanAnderen.length > 0)
      producten = [{ ...eerste, ReferentieAanbieder: toeval.kies(verzoekVanAnderen).referentie }];
    else producten = [{ ...eerste, ReferentieAanbieder: `ONBEKEND-${wereld.nieuwNummer()}` }];
  }
  const lopend = wereld.toewijzingen
    .filter((een) => een.bsn === bsn && isActueel(een, vandaag) && toeval.kans(0.5))
    .map(({ product: { ReferentieAanbieder: _, ...product } }) => product);
  stuur301(wereld, bsn, zonderOverlap([...producten, ...lopend]), hoe, () => {
    for (const product of zonderOverlap(producten)) neemOp(wereld, bsn, product);
    if (verzoek) verzoek.open = false;
  });
}

/** Another version of something that runs; or the same once more; or away with it. */
export function wijzigToewijzing(wereld: Wereld): void {
  const { toeval, vandaag } = wereld;
  const kandidaten = wereld.toewijzingen.filter((een) => !een.weg);
  if (kandidaten.length === 0) return;
  const toewijzing = toeval.kies(kandidaten);
  const { bsn, product } = toewijzing;
  const soort = toeval.kies(['wijzig', 'wijzig', 'wijzig', 'herzend', 'verwijder'] as const);
  if (soort === 'herzend') {
    const nogmaals = toeval.kans(0.7) ? product : { ...product, Product: { Categorie: wereld.categorie() } };
    const { Omvang, Budget, ...kaal } = nogmaals;
    const geldig = nogmaals === product ? product : { ...kaal, ...(Budget !== undefined && { Budget }) };
    stuur301(wereld, bsn, [geldig], nogmaals === product ? 'goed' : 'twijfel', () => {
      toewijzing.product = geldig;
    });
    return;
  }
  if (soort === 'wijzig') {
    const nieuw = gewijzigd(wereld, toewijzing);
    const vreemd = wereld.slordig() && toeval.kans(0.3);
    const dit = vreemd ? { ...nieuw, Ingangsdatum: dagenLater(nieuw.Ingangsdatum, -3) } : nieuw;
    stuur301(wereld, bsn, [dit], vreemd ? 'twijfel' : 'goed', () => {
      toewijzing.product = dit;
    });
    return;
  }
  const gedeclareerd = wereld.regels.some(
    ({ prestatie, stand, gecrediteerd }) =>
      Number(prestatie.ToewijzingNummer) === Number(product.ToewijzingNummer) && stand !== 'afgewezen' && !gecrediteerd,
  );
  if (gedeclareerd && !wereld.slordig()) return;
  const { ReferentieAanbieder: _, ...zonderReferentie } = product;
  const weg: Product = {
    ...zonderReferentie,
    Toewijzingsdatum: vandaag,
    Toewijzingstijd: wereld.tijdstip(),
    Einddatum: product.Ingangsdatum,
    RedenWijziging: '13',
  };
  stuur301(wereld, bsn, [weg], gedeclareerd ? 'twijfel' : 'goed', () => {
    toewijzing.product = weg;
    toewijzing.weg = true;
  });
}

/** Rejects a request, or says that it is under investigation. */
export function antwoordt(wereld: Wereld): void {
  const { toeval } = wereld;
  const fout = wereld.slordig();
  const kandidaten = wereld.verzoeken.filter((een) => een.open !== fout && isVers(een, wereld.vandaag));
  const verzoek = kandidaten.length > 0 ? toeval.kies(kandidaten) : undefined;
  if (!verzoek && !fout) return;
  const onbekend = !verzoek || (fout && toeval.kans(0.3));
  const inOnderzoek = verzoek?.inOnderzoek && !fout ? false : toeval.kans(0.5);
  const kop = wereld.kop('319');
  const Antwoord = {
    ReferentieAanbieder: onbekend ? `ONBEKEND-${wereld.nieuwNummer()}` : verzoek.referentie,
    VerzoekAntwoord: inOnderzoek ? '2' : '1',
    ...(!inOnderzoek && { RedenAfwijzingVerzoek: '3' }),
  };
  wereld.stuur('319', { ...kop, Antwoord }, goedOf(fout), () => {
    if (!verzoek) return;
    if (inOnderzoek) verzoek.inOnderzoek = true;
    else verzoek.open = false;
  });
}
