/**
 * What a message establishes: its content → facts. Pure, and the only place where facts are made, so that the lane, an import and a rebuild
 * make the same of the same message.
 */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import {
  type Antwoord,
  type Declaratie,
  type Feiten,
  type Herkomst,
  type Levering,
  type Masker,
  type Omvang,
  type Prestatie,
  type Toewijzing,
  VERWIJDEREN,
  type Verzoek,
} from './feiten.ts';

type Deel = Partial<Omit<Feiten, 'bericht'>>;
type Lezer = (inhoud: Inhoud, herkomst: Herkomst, masker: Masker) => Deel;

interface Product {
  readonly Categorie: string;
  readonly Code?: string;
}
const product = (van: Product | undefined): { readonly categorie: string | null; readonly code: string | null } => ({
  categorie: van?.Categorie ?? null,
  code: van?.Code ?? null,
});

const omvang = (van: { Volume: string; Eenheid: string; Frequentie: string } | undefined): Omvang | null =>
  van ? { volume: Number(van.Volume), eenheid: van.Eenheid, frequentie: van.Frequentie } : null;

function leesToewijzingen(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const { Bsn, ToegewezenProducten } = inhoud.Client as unknown as Klasse<'301', 'Client'>;
  const persoon = masker.persoon(Bsn);
  const toewijzingen: readonly Toewijzing[] = ToegewezenProducten.ToegewezenProduct.map((van) => ({
    herkomst,
    persoon,
    nummer: Number(van.ToewijzingNummer),
    toewijzingsdatum: van.Toewijzingsdatum,
    toewijzingstijd: van.Toewijzingstijd,
    ingangsdatum: van.Ingangsdatum,
    einddatum: van.Einddatum ?? null,
    ...product(van.Product),
    omvang: omvang(van.Omvang),
    budget: van.Budget === undefined ? null : Number(van.Budget),
    redenWijziging: van.RedenWijziging ?? null,
    kenmerk: van.ReferentieAanbieder === undefined ? null : masker.kenmerk(van.ReferentieAanbieder),
  }));
  return { toewijzingen };
}

/** The fields that a start and a stop share. */
function levering(
  van: Klasse<'305', 'StartProduct'> | Klasse<'307', 'StopProduct'>,
  persoon: string,
): Omit<Levering, 'herkomst' | 'soort' | 'redenBeeindiging' | 'einddatum'> {
  return {
    persoon,
    toewijzing: van.ToewijzingNummer === undefined ? null : Number(van.ToewijzingNummer),
    ...product(van.Product),
    begindatum: van.Begindatum,
    verwijdert: van.StatusAanlevering === VERWIJDEREN,
  };
}

function leesStarts(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const { Bsn, StartProducten } = inhoud.Client as unknown as Klasse<'305', 'Client'>;
  const persoon = masker.persoon(Bsn);
  const leveringen: readonly Levering[] = StartProducten.StartProduct.map((van) => ({
    herkomst,
    ...levering(van, persoon),
    soort: 'start',
    redenBeeindiging: null,
    einddatum: null,
  }));
  return { leveringen };
}

function leesStops(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const { Bsn, StopProducten } = inhoud.Client as unknown as Klasse<'307', 'Client'>;
  const persoon = masker.persoon(Bsn);
  const leveringen: readonly Levering[] = StopProducten.StopProduct.map((van) => ({
    herkomst,
    ...levering(van, persoon),
    soort: 'stop',
    redenBeeindiging: van.RedenBeeindiging,
    einddatum: van.Einddatum,
  }));
  return { leveringen };
}

function leesAanvragen(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const { Bsn, AangevraagdeProducten } = inhoud.Client as unknown as Klasse<'315', 'Client'>;
  const persoon = masker.persoon(Bsn);
  const verzoeken: readonly Verzoek[] = AangevraagdeProducten.AangevraagdProduct.map(({ ReferentieAanbieder }) => ({
    herkomst,
    persoon,
    kenmerk: masker.kenmerk(ReferentieAanbieder),
  }));
  return { verzoeken };
}

function leesWijziging(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const { Bsn, Verzoek } = inhoud.Client as unknown as Klasse<'317', 'Client'>;
  const verzoek = { herkomst, persoon: masker.persoon(Bsn), kenmerk: masker.kenmerk(Verzoek.ReferentieAanbieder) };
  return { verzoeken: [verzoek] };
}

/** VerzoekAntwoord: the request is under investigation, and a decision will follow. */
const IN_ONDERZOEK = '2';

function leesAntwoord(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const van = inhoud.Antwoord as unknown as Klasse<'319', 'Antwoord'>;
  const antwoord: Antwoord = {
    herkomst,
    kenmerk: masker.kenmerk(van.ReferentieAanbieder),
    inOnderzoek: van.VerzoekAntwoord === IN_ONDERZOEK,
    redenAfwijzing: van.RedenAfwijzingVerzoek ?? null,
  };
  return { antwoorden: [antwoord] };
}

const CREDIT = 'C';

function leesDeclaratie(inhoud: Inhoud, herkomst: Herkomst, masker: Masker): Deel {
  const { BerichtIdentificatie, XsdVersie } = inhoud.Header as unknown as Klasse<'323', 'Header'>;
  const van = inhoud.Declaratie as unknown as Klasse<'323', 'Declaratie'>;
  const declaratie: Declaratie = {
    herkomst,
    identificatie: BerichtIdentificatie.Identificatie,
    nummer: van.DeclaratieNummer,
    periode: van.DeclaratiePeriode.Begindatum,
    dagtekening: van.DeclaratieDagtekening,
    basisVersie: XsdVersie.BasisschemaXsdVersie,
    berichtVersie: XsdVersie.BerichtXsdVersie,
  };
  const prestaties = van.Clienten.Client.flatMap(({ Bsn, Prestaties }) => {
    const persoon = masker.persoon(Bsn);
    return Prestaties.Prestatie.map((deze) => prestatieVan(deze, persoon, herkomst, masker));
  });
  return { declaraties: [declaratie], prestaties };
}

/** One prestatie of a declaratie as a fact, not yet answered. */
export function prestatieVan(
  van: Klasse<'323', 'Prestatie'>,
  persoon: string,
  herkomst: Herkomst,
  masker: Masker,
): Prestatie {
  const { ReferentieNummer, VorigReferentieNummer } = van.ProductReferentie;
  return {
    herkomst,
    persoon,
    kenmerk: masker.kenmerk(ReferentieNummer),
    vorig: VorigReferentieNummer === undefined ? null : masker.kenmerk(VorigReferentieNummer),
    toewijzing: Number(van.ToewijzingNummer),
    categorie: van.ProductCategorie,
    code: van.ProductCode,
    begindatum: van.ProductPeriode.Begindatum,
    einddatum: van.ProductPeriode.Einddatum,
    volume: Number(van.GeleverdVolume),
    eenheid: van.Eenheid,
    tarief: van.ProductTarief === undefined ? null : Number(van.ProductTarief),
    bedrag: Number(van.IngediendBedrag.Bedrag),
    credit: van.IngediendBedrag.DebetCredit === CREDIT,
    stand: 'ingediend',
  };
}

const NIETS: Lezer = () => ({});
/** Number of the soort → how its facts are read. */
const LEZERS: ReadonlyMap<string, Lezer> = new Map([
  ['301', leesToewijzingen],
  ['305', leesStarts],
  ['307', leesStops],
  ['315', leesAanvragen],
  ['317', leesWijziging],
  ['319', leesAntwoord],
  ['323', leesDeclaratie],
  // Only that it was sent (TR056); what it decides is in besluit.ts.
  ['325', NIETS],
]);

const LEEG: Omit<Feiten, 'bericht'> = {
  toewijzingen: [],
  leveringen: [],
  verzoeken: [],
  antwoorden: [],
  declaraties: [],
  prestaties: [],
};

/** Dagtekening of a message. */
export function dagtekeningVan(inhoud: Inhoud): string {
  const { BerichtIdentificatie } = inhoud.Header as { BerichtIdentificatie: { Dagtekening: string } };
  return BerichtIdentificatie.Dagtekening;
}

/**
 * @param inhoud the whole content of a message that satisfies its XSD
 * @returns what it establishes; undefined for a soort that establishes nothing (a retour)
 */
export function feitenVan(
  soort: Berichtsoort,
  inhoud: Inhoud,
  plaats: Pick<Herkomst, 'volgorde' | 'berichtId'>,
  masker: Masker,
): Feiten | undefined {
  const lezer = LEZERS.get(soort.nummer);
  if (!lezer) return undefined;
  const herkomst: Herkomst = { ...plaats, dagtekening: dagtekeningVan(inhoud) };
  const { BerichtIdentificatie } = inhoud.Header as { BerichtIdentificatie: { Identificatie: string } };
  const bericht = { herkomst, nummer: soort.nummer, identificatie: BerichtIdentificatie.Identificatie };
  return { ...LEEG, ...lezer(inhoud, herkomst, masker), bericht };
}
