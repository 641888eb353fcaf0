/** What the aanbieder of a random life sends about care: starts (305), stops (307) and requests (315, 317). */
import type { Klasse, Nummer } from '#src/standards/structuren.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import type { Los } from '../../hulp/bouwer.ts';
import { dagenLater, laatsteVan } from './kalender.ts';
import { goedOf, isActueel, type Levering, type Start, type Stop, type Toewijzing, type Wereld } from './wereld.ts';

function stuurOver(wereld: Wereld, nummer: Nummer, bsn: string, deel: object, fout: boolean, daarna: () => void): void {
  const kop = wereld.kop(nummer);
  const inhoud = { ...kop, Client: { ...(kop.Client as Inhoud), Bsn: bsn, ...deel } };
  wereld.stuur(nummer, inhoud as Inhoud, goedOf(fout), daarna);
}
const stuurStarts = (wereld: Wereld, bsn: string, starts: readonly Start[], fout: boolean, daarna: () => void): void =>
  stuurOver(wereld, '305', bsn, { StartProducten: { StartProduct: starts } }, fout, daarna);
const stuurStops = (wereld: Wereld, bsn: string, stops: readonly Stop[], fout: boolean, daarna: () => void): void =>
  stuurOver(wereld, '307', bsn, { StopProducten: { StopProduct: stops } }, fout, daarna);

const isGestopt = ({ stops }: Levering): boolean => stops.length > 0;
const loopt = (levering: Levering): boolean => !levering.weg && !isGestopt(levering);

/** A day on which care that is reported today can have begun. */
function begindag({ toeval, vandaag }: Wereld, ingangsdatum: string): string {
  const dag = dagenLater(vandaag, -toeval.geheel(0, 15));
  return laatsteVan(dag, ingangsdatum);
}

function startOp(wereld: Wereld, { product }: Toewijzing): Start {
  const { toeval } = wereld;
  return {
    ToewijzingNummer: wereld.schrijf(Number(product.ToewijzingNummer)),
    ...(product.Product && toeval.kans(0.9) && { Product: product.Product }),
    ...(toeval.kans(0.9) && { ToewijzingIngangsdatum: product.Ingangsdatum }),
    Begindatum: begindag(wereld, product.Ingangsdatum),
    StatusAanlevering: '1',
  };
}

const taakgericht = (wereld: Wereld): Start => ({
  Product: { Categorie: wereld.categorie(), ...(wereld.toeval.kans(0.5) && { Code: 'T0001' }) },
  Begindatum: begindag(wereld, '2019-01-01'),
  StatusAanlevering: '1',
});

/** The number of a toewijzing that is not his, and never was. */
function vreemdNummer(wereld: Wereld, bsn: string): string {
  const nummer = ({ product }: Toewijzing): number => Number(product.ToewijzingNummer);
  const eigen = new Set(wereld.toewijzingen.filter((een) => een.bsn === bsn).map(nummer));
  const vanAnderen = wereld.toewijzingen.filter((een) => een.bsn !== bsn && !eigen.has(nummer(een)));
  return vanAnderen.length > 0 && wereld.toeval.kans(0.6)
    ? wereld.toeval.kies(vanAnderen).product.ToewijzingNummer
    : String(900_000 + wereld.nieuwNummer());
}

/** Care begins. */
export function start(wereld: Wereld): void {
  const { toeval, vandaag, leveringen } = wereld;
  const bsn = wereld.bsn();
  const lopend = leveringen.filter((een) => een.bsn === bsn && loopt(een));
  const fout = wereld.slordig();
  const eigen = wereld.toewijzingen.filter((een) => een.bsn === bsn && (fout || isActueel(een, vandaag)));
  const isBegonnen = ({ product }: Toewijzing): boolean =>
    lopend.some(({ start: { ToewijzingNummer } }) => Number(ToewijzingNummer) === Number(product.ToewijzingNummer));
  const kandidaten = eigen.filter((een) => isBegonnen(een) === fout && een.product.Ingangsdatum <= vandaag);
  const op = kandidaten.length > 0 && toeval.kans(0.85) ? toeval.kies(kandidaten) : undefined;
  let dit = op ? startOp(wereld, op) : taakgericht(wereld);
  if (fout) {
    const nogEens = lopend.length > 0 && toeval.kans(0.3);
    if (nogEens) dit = toeval.kies(lopend).start;
    else if (toeval.kans(0.5)) dit = { ...dit, ToewijzingNummer: vreemdNummer(wereld, bsn) };
  }
  // A second one in the same message.
  const extra = toeval.kans(0.15) ? taakgericht(wereld) : undefined;
  const starts = [dit, ...(extra && extra.Begindatum !== dit.Begindatum ? [extra] : [])];
  stuurStarts(wereld, bsn, starts, fout, () => {
    for (const een of starts) leveringen.push({ bsn, start: een, stops: [], weg: false });
  });
}

/** A start is taken back, and mostly another one comes in its place (IV008). */
export function herstelStart(wereld: Wereld): void {
  const { toeval } = wereld;
  const fout = wereld.slordig();
  const kandidaten = wereld.leveringen.filter((een) => loopt(een) !== fout);
  if (kandidaten.length === 0) return;
  const levering = toeval.kies(kandidaten);
  const { bsn } = levering;
  const nooitGestuurd = fout && toeval.kans(0.4);
  const weg: Start = {
    ...levering.start,
    ...(nooitGestuurd && { Begindatum: dagenLater(levering.start.Begindatum, -1) }),
    StatusAanlevering: '3',
  };
  const anders = { ...levering.start, Begindatum: dagenLater(levering.start.Begindatum, toeval.kies([-2, 1, 2])) };
  const beide = toeval.kans(0.6);
  const starts = !beide ? [weg] : toeval.kans(0.5) ? [weg, anders] : [anders, weg];
  stuurStarts(wereld, bsn, starts, fout, () => {
    levering.weg = true;
    if (beide) wereld.leveringen.push({ bsn, start: anders, stops: [], weg: false });
  });
  // The same key once more, in a message of its own.
  if (!beide && !fout && toeval.kans(0.6))
    stuurStarts(wereld, bsn, [levering.start], false, () => {
      wereld.leveringen.push({ bsn, start: levering.start, stops: [], weg: false });
    });
}

const DEFINITIEF = ['31', '36', '38'] as const;

function stopVan(wereld: Wereld, { start: begin, stops }: Levering): Stop {
  const { toeval, vandaag } = wereld;
  const vroegst =
    stops
      .map(({ Einddatum }) => Einddatum)
      .sort()
      .at(-1) ?? begin.Begindatum;
  const dag = dagenLater(vandaag, -toeval.geheel(0, 8));
  return {
    ...begin,
    RedenBeeindiging: stops.length === 0 && toeval.kans(0.4) ? '20' : toeval.kies(DEFINITIEF),
    Einddatum: laatsteVan(dag, vroegst),
  };
}

/** Care stops, for a while or for good; or a stop is taken back. */
export function stop(wereld: Wereld): void {
  const { toeval } = wereld;
  const magNog = ({ stops, weg }: Levering): boolean =>
    !weg && stops.every(({ RedenBeeindiging }) => RedenBeeindiging === '20');
  const fout = wereld.slordig();
  const kandidaten = wereld.leveringen.filter((een) => fout || magNog(een));
  if (kandidaten.length === 0) return;
  const levering = toeval.kies(kandidaten);
  const { bsn, stops } = levering;
  const laatste = stops.at(-1);
  if (laatste && toeval.kans(0.3)) {
    const dit = fout ? { ...laatste, Einddatum: dagenLater(laatste.Einddatum, 1) } : laatste;
    stuurStops(wereld, bsn, [{ ...dit, StatusAanlevering: '3' }], fout, () => {
      levering.stops = stops.slice(0, -1);
    });
    return;
  }
  let dit = stopVan(wereld, levering);
  if (fout) {
    const soort = toeval.kies(['begin', 'product', 'nummer', 'nog eens', 'eerder'] as const);
    if (soort === 'begin') dit = { ...dit, Begindatum: dagenLater(dit.Begindatum, -1) };
    if (soort === 'product') dit = { ...dit, Product: { Categorie: wereld.categorie(), Code: 'X9999' } };
    if (soort === 'nummer') dit = { ...dit, ToewijzingNummer: vreemdNummer(wereld, bsn) };
    if (soort === 'nog eens') dit = { ...dit, RedenBeeindiging: '20' };
    if (soort === 'eerder') dit = { ...dit, Einddatum: dit.Begindatum };
  }
  const tweede: Stop = { ...dit, RedenBeeindiging: '39' };
  const beide = dit.RedenBeeindiging === '20' && toeval.kans(0.15);
  stuurStops(wereld, bsn, beide ? [dit, tweede] : [dit], fout, () => {
    levering.stops = [...stops, dit, ...(beide ? [tweede] : [])];
  });
}

/** Asks for a toewijzing. */
export function vraagAan(wereld: Wereld): void {
  const { toeval, vandaag, verzoeken } = wereld;
  const bsn = wereld.bsn();
  const heeftOpen = verzoeken.some((een) => een.bsn === bsn && een.open);
  const fout = wereld.slordig();
  if (heeftOpen && !fout) return;
  const [voorbeeld] = ((wereld.kop('315').Client as Inhoud).AangevraagdeProducten as Inhoud)
    .AangevraagdProduct as readonly Inhoud[];
  const categorieen = [...new Set([wereld.categorie(), wereld.categorie()])].slice(0, toeval.geheel(1, 2));
  const producten = categorieen.map((categorie) => ({
    ...voorbeeld,
    ReferentieAanbieder:
      fout && verzoeken.length > 0 && toeval.kans(0.5)
        ? toeval.kies(verzoeken).referentie
        : `VOT-${wereld.nieuwNummer()}`,
    Product: { Categorie: categorie, Code: `${categorie}A01` },
    ToewijzingIngangsdatum: vandaag,
    ToewijzingEinddatum: dagenLater(vandaag, 90),
  }));
  const enkel = producten.filter(
    ({ ReferentieAanbieder }, nr) =>
      producten.findIndex((een) => een.ReferentieAanbieder === ReferentieAanbieder) === nr,
  );
  stuurOver(wereld, '315', bsn, { AangevraagdeProducten: { AangevraagdProduct: enkel } }, fout, () => {
    for (const { ReferentieAanbieder } of enkel)
      verzoeken.push({ bsn, referentie: ReferentieAanbieder, sinds: vandaag, open: true, inOnderzoek: false });
  });
}

type TeWijzigen = Los<Klasse<'317', 'TeWijzigenProduct'>>;

/** What may be asked of a toewijzing: of a budget or a total from its begin on, of another omvang from some day to come. */
function wens(wereld: Wereld, { product }: Toewijzing): TeWijzigen {
  const { toeval, vandaag } = wereld;
  const { Omvang, Budget, Ingangsdatum } = product;
  const nummer = { ToewijzingNummer: wereld.schrijf(Number(product.ToewijzingNummer)) };
  const straks = dagenLater(laatsteVan(vandaag, Ingangsdatum), toeval.geheel(1, 20));
  const Einddatum = dagenLater(straks, toeval.geheel(1, 90));
  if (Budget !== undefined)
    return { ...nummer, GewensteIngangsdatum: Ingangsdatum, Einddatum, Budget: String(Number(Budget) + 10_000) };
  if (!Omvang) return { ...nummer, GewensteIngangsdatum: toeval.kies([Ingangsdatum, straks]), Einddatum };
  const nieuw = { ...Omvang, Volume: String(Number(Omvang.Volume) + toeval.geheel(0, 2)) };
  const vanaf = Omvang.Frequentie === '6' ? Ingangsdatum : straks;
  return { ...nummer, GewensteIngangsdatum: vanaf, Einddatum, Omvang: nieuw };
}

function verkeerdeWens(wereld: Wereld, toewijzing: Toewijzing): TeWijzigen {
  const { toeval, vandaag } = wereld;
  const goed = wens(wereld, toewijzing);
  const { Omvang, Budget, ...kaal } = goed;
  const zonderCode = toewijzing.product.Product?.Code === undefined;
  const soorten = ['verleden', 'omvang', 'budget', 'nummer'] as const;
  const generiek = toewijzing.product.Product === undefined;
  const soort = zonderCode && toeval.kans(generiek ? 0.7 : 0.3) ? 'omvang' : toeval.kies(soorten);
  if (soort === 'verleden') return { ...goed, GewensteIngangsdatum: dagenLater(vandaag, -toeval.geheel(0, 9)) };
  if (soort === 'nummer') return { ...goed, ToewijzingNummer: vreemdNummer(wereld, toewijzing.bsn) };
  if (soort === 'budget') {
    const straks = dagenLater(vandaag, toeval.geheel(1, 9));
    const later = { GewensteIngangsdatum: straks, Einddatum: dagenLater(straks, 9) };
    const heeftGeheel = Budget !== undefined || Omvang?.Frequentie === '6';
    return heeftGeheel ? { ...goed, ...later } : { ...kaal, ...later, Budget: '70000' };
  }
  return Omvang ? kaal : { ...kaal, Omvang: { Volume: '3', Eenheid: '04', Frequentie: '4' } };
}

/** Asks for a change of all that runs. */
export function vraagWijziging(wereld: Wereld): void {
  const { toeval, vandaag, verzoeken } = wereld;
  const bsn = wereld.bsn();
  const fout = wereld.slordig();
  const heeftOpen = verzoeken.some((een) => een.bsn === bsn && een.open);
  if (heeftOpen && !(fout && toeval.kans(0.3))) return;
  const alle = wereld.toewijzingen.filter((een) => een.bsn === bsn);
  const actueel = alle.filter((een) => isActueel(een, vandaag));
  let genoemd = fout && toeval.kans(0.3) ? actueel.slice(1) : actueel;
  const oud = alle.filter((een) => !isActueel(een, vandaag));
  if (fout && oud.length > 0 && toeval.kans(0.4)) genoemd = [...genoemd, toeval.kies(oud)];
  const [eerste, ...rest] = genoemd;
  if (!eerste) return;
  const metWens = genoemd.filter(() => toeval.kans(0.4));
  const metNieuw = metWens.length === 0 || toeval.kans(0.4);
  const wensen = metWens.map((een) => (fout && toeval.kans(0.6) ? verkeerdeWens(wereld, een) : wens(wereld, een)));
  const ongewijzigd = genoemd
    .filter((een) => !metWens.includes(een))
    .map(({ product }) => ({ ToewijzingNummer: wereld.schrijf(Number(product.ToewijzingNummer)) }));
  if (fout && rest.length === 0 && toeval.kans(0.3)) ongewijzigd.push({ ToewijzingNummer: vreemdNummer(wereld, bsn) });
  const GewensteIngangsdatum = dagenLater(vandaag, toeval.geheel(1, 30));
  const categorie = fout && eerste.product.Product ? eerste.product.Product.Categorie : wereld.categorie();
  const nieuw = {
    Product: { Categorie: categorie, ...(toeval.kans(0.7) && { Code: `${categorie}A0${toeval.geheel(1, 3)}` }) },
    GewensteIngangsdatum,
    Einddatum: dagenLater(GewensteIngangsdatum, toeval.geheel(0, 60)),
  };
  const metOmvang = {
    ...nieuw,
    ...(nieuw.Product.Code && { Omvang: { Volume: '2', Eenheid: '04', Frequentie: '2' } }),
  };
  const referentie =
    fout && verzoeken.length > 0 && toeval.kans(0.2)
      ? toeval.kies(verzoeken).referentie
      : `VOW-${wereld.nieuwNummer()}`;
  const Verzoek = {
    ReferentieAanbieder: referentie,
    RedenVerzoek: '1',
    ...(ongewijzigd.length > 0 && { OngewijzigdeProducten: { OngewijzigdProduct: ongewijzigd } }),
    ...(wensen.length > 0 && { TeWijzigenProducten: { TeWijzigenProduct: wensen } }),
    ...(metNieuw && { NieuweProducten: { NieuwProduct: [metOmvang] } }),
  };
  stuurOver(wereld, '317', bsn, { Verzoek }, fout, () => {
    verzoeken.push({ bsn, referentie, sinds: vandaag, open: true, inOnderzoek: false });
  });
}
