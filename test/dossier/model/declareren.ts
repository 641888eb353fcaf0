/** What is declared in a random life (323). */
import type { Inhoud } from '#src/xml/structuur.ts';
import { beantwoord, metTeken, totaal } from './beantwoorden.ts';
import { dagenLater, laatsteVan, maandVan } from './kalender.ts';
import { ruimteInPeriode, ruimteInTotaal } from './volume.ts';
import {
  type Declaratieregel,
  goedOf,
  type Prestatie,
  type Toewijzing,
  tariefVan,
  type Wereld,
  type Zending,
} from './wereld.ts';

const MINUUT = '01';
const UUR = '04';
const EURO = '83';

/** Money for a volume in a unit, by the contract or else by a price of our own. */
function geld(code: string, eenheid: string, volume: number): Pick<Prestatie, 'ProductTarief' | 'IngediendBedrag'> {
  if (eenheid === EURO) return { IngediendBedrag: { Bedrag: String(volume), DebetCredit: 'D' } };
  const perUur = eenheid === MINUUT ? tariefVan(code, UUR, '')[0] : undefined;
  const tarief = perUur === undefined ? (tariefVan(code, eenheid, '')[0] ?? 1500) : Math.round(perUur / 60);
  const bedrag = perUur === undefined ? tarief * volume : Math.round((perUur * volume) / 60);
  return { ProductTarief: String(tarief), IngediendBedrag: { Bedrag: String(bedrag), DebetCredit: 'D' } };
}

/** Care of one month on a toewijzing: within what was allocated. undefined: nothing is left. */
function prestatieOp(wereld: Wereld, toewijzing: Toewijzing, dag: string): Prestatie | undefined {
  const { toeval } = wereld;
  const { product } = toewijzing;
  const { eerste, laatste } = maandVan(dag);
  const begin = laatsteVan(product.Ingangsdatum, eerste);
  const einde = product.Einddatum !== undefined && product.Einddatum < laatste ? product.Einddatum : laatste;
  if (begin > einde) return undefined;
  const categorie = product.Product?.Categorie ?? wereld.categorie();
  const code = product.Product?.Code ?? `${categorie}A0${toeval.geheel(1, 3)}`;
  const { Omvang, Budget } = product;
  const inUren = Omvang?.Eenheid === UUR;
  const eenheid = Omvang ? (inUren && toeval.kans(0.4) ? MINUUT : Omvang.Eenheid) : toeval.kies([EURO, EURO, '82']);
  let volume = toeval.geheel(1, 5) * (eenheid === EURO ? 4000 : 1);
  if (Omvang) {
    const toegewezen = {
      ingangsdatum: product.Ingangsdatum,
      einddatum: product.Einddatum,
      categorie: product.Product?.Categorie,
      volume: Number(Omvang.Volume),
      eenheid: Omvang.Eenheid,
      frequentie: Omvang.Frequentie,
    };
    const rest = (ruimteInTotaal(toegewezen) ?? Number.POSITIVE_INFINITY) - toewijzing.verbruikt;
    const ruimte = Math.min(rest, ruimteInPeriode(toegewezen, { begin, einde }, wereld.domein));
    const fijn = inUren && eenheid === MINUUT ? 60 : 1;
    volume = Math.floor(ruimte * fijn * (toeval.kans(0.5) ? 1 : toeval.breuk()));
  } else if (Budget !== undefined && eenheid === EURO && toeval.kans(0.3))
    volume = Number(Budget) - toewijzing.verbruikt;
  if (volume <= 0) return undefined;
  return {
    ProductReferentie: { ReferentieNummer: `RN-${wereld.nieuwNummer()}` },
    ToewijzingNummer: wereld.schrijf(Number(product.ToewijzingNummer)),
    ProductCategorie: categorie,
    ProductCode: code,
    ProductPeriode: { Begindatum: begin, Einddatum: einde },
    GeleverdVolume: String(volume),
    Eenheid: eenheid,
    ...geld(code, eenheid, volume),
  };
}

/** The same with another volume, and the money that belongs to it. */
const metVolume = (prestatie: Prestatie, volume: number): Prestatie => ({
  ...prestatie,
  GeleverdVolume: String(volume),
  ...geld(prestatie.ProductCode, prestatie.Eenheid, volume),
});

function verkeerd(wereld: Wereld, bsn: string, goed: Prestatie): Prestatie {
  const { toeval } = wereld;
  const { Begindatum, Einddatum } = goed.ProductPeriode;
  const periode = (begin: string, einde: string): Prestatie => ({
    ...goed,
    ProductPeriode: { Begindatum: begin, Einddatum: einde < begin ? begin : einde },
  });
  const { eerste, laatste } = maandVan(Begindatum);
  const vanAnderen = wereld.toewijzingen.filter((een) => een.bsn !== bsn);
  const weg = wereld.toewijzingen.filter((een) => een.weg);
  const eerder = wereld.regels.filter(({ prestatie }) => prestatie.IngediendBedrag.DebetCredit === 'D');
  switch (toeval.geheel(1, goed.Eenheid === MINUUT ? 18 : 14)) {
    case 1:
      return { ...goed, ToewijzingNummer: String(900_000 + wereld.nieuwNummer()) };
    case 2:
      return vanAnderen.length === 0
        ? goed
        : { ...goed, ToewijzingNummer: toeval.kies(vanAnderen).product.ToewijzingNummer };
    case 3:
      return periode(eerste, Einddatum);
    case 4:
      return periode(Begindatum, laatste);
    case 5:
      return periode(Begindatum === laatste ? Begindatum : dagenLater(Begindatum, 1), Einddatum);
    case 6:
      return periode(Begindatum, Einddatum === eerste ? Einddatum : dagenLater(Einddatum, -1));
    case 7:
      return { ...goed, ProductCategorie: wereld.categorie() };
    case 8:
      return { ...goed, ProductCode: `${goed.ProductCategorie}A0${toeval.geheel(1, 4)}` };
    case 9: {
      const eenheid = toeval.kies(['01', '16', '82', '84', '83'] as const);
      const { ProductTarief: _, ...zonder } = goed;
      return { ...zonder, Eenheid: eenheid, ...geld(goed.ProductCode, eenheid, Number(goed.GeleverdVolume)) };
    }
    case 10:
      return metVolume(goed, Math.ceil(Number(goed.GeleverdVolume) * toeval.kies([1.01, 1.5, 3, 9])) + 1);
    case 11:
      return eerder.length === 0
        ? goed
        : {
            ...goed,
            ProductReferentie: { ReferentieNummer: toeval.kies(eerder).prestatie.ProductReferentie.ReferentieNummer },
          };
    case 12:
      return weg.length === 0 ? goed : { ...goed, ToewijzingNummer: toeval.kies(weg).product.ToewijzingNummer };
    default: {
      if (goed.ProductTarief === undefined) return goed;
      const { Bedrag } = goed.IngediendBedrag;
      return toeval.kans(0.5)
        ? metTarief(goed, Number(goed.ProductTarief) + 1)
        : { ...goed, IngediendBedrag: { Bedrag: String(Number(Bedrag) + 1), DebetCredit: 'D' } };
    }
  }
}

const metTarief = (prestatie: Prestatie, tarief: number): Prestatie => ({
  ...prestatie,
  ProductTarief: String(tarief),
  IngediendBedrag: { Bedrag: String(tarief * Number(prestatie.GeleverdVolume)), DebetCredit: 'D' },
});

/** IV091: the same, with a reference of its own. */
const credit = (wereld: Wereld, { prestatie }: Declaratieregel): Prestatie => ({
  ...prestatie,
  ProductReferentie: {
    ReferentieNummer: `RN-${wereld.nieuwNummer()}`,
    VorigReferentieNummer: prestatie.ProductReferentie.ReferentieNummer,
  },
  IngediendBedrag: { ...prestatie.IngediendBedrag, DebetCredit: 'C' },
});

interface Regel {
  readonly bsn: string;
  readonly prestatie: Prestatie;
  readonly fout: boolean;
  /** Of a credit: what it takes back. */
  readonly van?: Declaratieregel;
  readonly toewijzing?: Toewijzing;
}

/** RS005 */
const HOOGSTE_BEDRAG = 99_999_999;

/** Lines that would break a rule within the message are left out. */
function zonderDubbel(regels: readonly Regel[]): readonly Regel[] {
  const gezien = new Set<string>();
  const eigen = new Set(regels.map(({ prestatie }) => prestatie.ProductReferentie.ReferentieNummer));
  return regels.filter(({ bsn, prestatie }) => {
    const { ReferentieNummer, VorigReferentieNummer } = prestatie.ProductReferentie;
    if (VorigReferentieNummer !== undefined && eigen.has(VorigReferentieNummer)) return false;
    if (Number(prestatie.IngediendBedrag.Bedrag) > HOOGSTE_BEDRAG) return false;
    const sleutels = [`${bsn} ${ReferentieNummer} ${VorigReferentieNummer}`];
    if (VorigReferentieNummer !== undefined) sleutels.push(`C ${VorigReferentieNummer}`);
    else
      sleutels.push(
        `D ${bsn} ${JSON.stringify([Number(prestatie.ToewijzingNummer), prestatie.ProductPeriode, prestatie.ProductCategorie, prestatie.ProductCode])}`,
      );
    if (sleutels.some((sleutel) => gezien.has(sleutel))) return false;
    for (const sleutel of sleutels) gezien.add(sleutel);
    return true;
  });
}

const perClient = (regels: readonly Regel[]): Map<string, Regel[]> => Map.groupBy(regels, ({ bsn }) => bsn);

function debets(wereld: Wereld, periode: string, vorige: string): readonly Regel[] {
  const { toeval } = wereld;
  const aantal = toeval.geheel(1, 4);
  const gekozen = Array.from({ length: Math.min(aantal, wereld.toewijzingen.length) }, () =>
    toeval.kies(wereld.toewijzingen),
  );
  return gekozen.flatMap((toewijzing): Regel[] => {
    if (toewijzing.weg && !wereld.slordig()) return [];
    const dag = toeval.kans(0.2) ? vorige : toeval.kans(0.6) ? periode : dagenLater(periode, -31 * toeval.geheel(1, 3));
    const goed = prestatieOp(wereld, toewijzing, dag);
    if (!goed) return [];
    const { bsn } = toewijzing;
    const al = wereld.regels.some(
      (een) =>
        Number(een.prestatie.ToewijzingNummer) === Number(goed.ToewijzingNummer) &&
        een.prestatie.ProductPeriode.Begindatum === goed.ProductPeriode.Begindatum &&
        een.stand !== 'afgewezen' &&
        !een.gecrediteerd,
    );
    const slordig = wereld.slordig();
    if (al && !slordig) return [];
    const fout = slordig || toewijzing.weg;
    // Now and then under the name of somebody else.
    const anders = fout && toeval.kans(0.1) ? wereld.anderBsn(bsn) : undefined;
    return [{ bsn: anders ?? bsn, prestatie: fout ? verkeerd(wereld, bsn, goed) : goed, fout, toewijzing }];
  });
}

/** A credit is a copy of what has the reference that it names: of two with the same one, that is the first. */
const eersteMet = ({ regels }: Wereld, dit: Declaratieregel): boolean =>
  regels.find(
    ({ prestatie }) =>
      prestatie.ProductReferentie.ReferentieNummer === dit.prestatie.ProductReferentie.ReferentieNummer,
  ) === dit;

function credits(wereld: Wereld): readonly Regel[] {
  const { toeval } = wereld;
  const mag = ({ stand, gecrediteerd, prestatie }: Declaratieregel): boolean =>
    prestatie.IngediendBedrag.DebetCredit === 'D' && stand === 'toegekend' && !gecrediteerd;
  const aantal = toeval.kans(0.4) ? toeval.geheel(1, 2) : 0;
  return Array.from({ length: aantal }).flatMap((): Regel[] => {
    const fout = wereld.slordig();
    const kandidaten = wereld.regels
      .filter((een) => (fout || mag(een)) && eersteMet(wereld, een))
      .filter(({ prestatie }) => Number(prestatie.IngediendBedrag.Bedrag) > 0);
    if (kandidaten.length === 0) return [];
    const van = toeval.kies(kandidaten);
    const dit = credit(wereld, van);
    const onbekend = fout && toeval.kans(0.2);
    const ProductReferentie = { ...dit.ProductReferentie, VorigReferentieNummer: `RN-X${wereld.nieuwNummer()}` };
    const prestatie = onbekend ? { ...dit, ProductReferentie } : dit;
    const anders = fout && toeval.kans(0.2) ? wereld.anderBsn(van.bsn) : undefined;
    const terug: Regel = { bsn: anders ?? van.bsn, prestatie, fout, van };
    if (fout || toeval.kans(0.4)) return [terug];
    // OP366: and declared anew, with another volume.
    const volume = Math.max(1, Number(van.prestatie.GeleverdVolume) - toeval.geheel(0, 2));
    const nieuw = {
      ...metVolume(van.prestatie, volume),
      ProductReferentie: { ReferentieNummer: `RN-${wereld.nieuwNummer()}` },
    };
    return [terug, { bsn: van.bsn, prestatie: nieuw, fout: false }];
  });
}

/** Declares the month before, or an older one. */
export function declareer(wereld: Wereld): void {
  const { toeval } = wereld;
  const slordig = wereld.slordig();
  const vorige = dagenLater(maandVan(wereld.vandaag).eerste, -1);
  const periode = maandVan(slordig && toeval.kans(0.4) ? dagenLater(vorige, -toeval.geheel(31, 70)) : vorige);
  const gemaakt = [...credits(wereld), ...debets(wereld, periode.laatste, vorige)]
    .map((regel) => ({ regel, wanneer: toeval.breuk() }))
    .sort((a, b) => a.wanneer - b.wanneer)
    .map(({ regel }) => regel);
  const regels = zonderDubbel(gemaakt).filter(({ prestatie }) => prestatie.ProductPeriode.Einddatum <= wereld.vandaag);
  if (regels.length === 0) return;
  // The same reference under two clients: level 2 does not see it.
  const clienten = [...perClient(regels)].map(([bsn, eigen]) => ({
    Bsn: bsn,
    Prestaties: { Prestatie: eigen.map(({ prestatie }) => prestatie) },
  }));
  const kop = wereld.kop('323');
  const eerdere = wereld.gebeurtenissen.filter(
    (een): een is Zending => een.soort === 'bericht' && een.nummer === '323',
  );
  const oudNummer =
    slordig && toeval.kans(0.2) && eerdere.length > 0
      ? ((toeval.kies(eerdere).inhoud.Declaratie as Inhoud).DeclaratieNummer as string)
      : undefined;
  const Declaratie = {
    DeclaratieNummer: oudNummer ?? `D${wereld.nieuwNummer()}`,
    DeclaratiePeriode: { Begindatum: periode.eerste, Einddatum: periode.laatste },
    DeclaratieDagtekening: dagenLater(wereld.vandaag, -toeval.geheel(0, 2)),
    TotaalIngediendBedrag: totaal(regels.reduce((som, { prestatie }) => som + metTeken(prestatie), 0)),
    Clienten: { Client: clienten },
  };
  const geweigerd = new Set(
    clienten.flatMap(({ Prestaties }, nr) =>
      Prestaties.Prestatie.flatMap((_, plaats) => {
        const client = clienten.length > 1 ? `Client[${nr + 1}]` : 'Client';
        const prestatie = Prestaties.Prestatie.length > 1 ? `Prestatie[${plaats + 1}]` : 'Prestatie';
        return toeval.kans(0.02) ? [`/Bericht/Declaratie/Clienten/${client}/Prestaties/${prestatie}`] : [];
      }),
    ),
  );
  const inhoud = { ...kop, Declaratie } as unknown as Inhoud;
  const geheelFout = oudNummer !== undefined;
  const zending = wereld.stuur('323', inhoud, goedOf(geheelFout), () => {}, { geweigerd });
  const zelf = wereld.antwoordt.gemeente === 'zelf';
  const boeken = regels.map(({ bsn, prestatie, fout, van, toewijzing }) => {
    const afgewezen = zelf ? toeval.kans(fout ? 0.8 : 0.05) : fout;
    const stand = zelf ? ('ingediend' as const) : afgewezen ? ('afgewezen' as const) : ('toegekend' as const);
    const regel: Declaratieregel = { bsn, prestatie, stand, gecrediteerd: false };
    if (!afgewezen && van) van.gecrediteerd = true;
    if (!afgewezen && toewijzing) toewijzing.verbruikt += verbruik(toewijzing, prestatie);
    return { regel, afgewezen };
  });
  if (!geheelFout) wereld.regels.push(...boeken.map(({ regel }) => regel));
  if (zelf && toeval.kans(0.9)) beantwoord(wereld, zending, boeken, geheelFout);
}

function verbruik({ product }: Toewijzing, { GeleverdVolume, Eenheid, IngediendBedrag }: Prestatie): number {
  if (product.Budget !== undefined) return Number(IngediendBedrag.Bedrag);
  return Number(GeleverdVolume) / (product.Omvang?.Eenheid === UUR && Eenheid === MINUUT ? 60 : 1);
}
