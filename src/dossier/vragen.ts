/**
 * What must be loaded of a dossier before a message can be inspected: the keys by which its rules, and the booking of its outcome, look
 * facts up. Pure, and beside the rules: a rule that looks something up by another key must ask for it here.
 */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Kenmerk, Masker, Persoon } from './feiten.ts';

export interface Vragen {
  readonly identificatie: string;
  /** Numbers of toewijzingen that it names. */
  readonly toewijzingen: readonly number[];
  /** Whose toewijzingen count. */
  readonly personen: readonly Persoon[];
  /** Also the starts and stops of these persons. */
  readonly leveringen: boolean;
  /** Also the requests of these persons, with what answers them. */
  readonly verzoeken: boolean;
  /** References of requests. */
  readonly kenmerken: readonly Kenmerk[];
  /** Numbers of toewijzingen of which all prestaties count. */
  readonly gedeclareerd: readonly number[];
  /** References of prestaties, of its own and of those that it takes back. */
  readonly prestaties: readonly Kenmerk[];
  readonly declaratienummers: readonly string[];
  /** Of a declaratie: the one with the latest period. */
  readonly laatsteDeclaratie: boolean;
  /** Identificaties of declaraties, with all their prestaties. */
  readonly declaraties: readonly string[];
}

type Deel = Partial<Omit<Vragen, 'identificatie'>>;

const nummers = (klassen: readonly { readonly ToewijzingNummer?: string }[]): readonly number[] =>
  klassen.flatMap(({ ToewijzingNummer }) => (ToewijzingNummer === undefined ? [] : [Number(ToewijzingNummer)]));

/** RedenWijziging by which a toewijzing is removed; only then it matters what was declared on it (TR385). */
const VERWIJDERD = '13';

function voorToewijzing(inhoud: Inhoud, masker: Masker): Deel {
  const { Bsn, ToegewezenProducten } = inhoud.Client as unknown as Klasse<'301', 'Client'>;
  const producten = ToegewezenProducten.ToegewezenProduct;
  return {
    toewijzingen: nummers(producten),
    personen: [masker.persoon(Bsn)],
    kenmerken: producten.flatMap(({ ReferentieAanbieder: tekst }) =>
      tekst === undefined ? [] : [masker.kenmerk(tekst)],
    ),
    gedeclareerd: nummers(producten.filter(({ RedenWijziging }) => RedenWijziging === VERWIJDERD)),
  };
}

function voorStart(inhoud: Inhoud, masker: Masker): Deel {
  const { Bsn, StartProducten } = inhoud.Client as unknown as Klasse<'305', 'Client'>;
  return { toewijzingen: nummers(StartProducten.StartProduct), personen: [masker.persoon(Bsn)], leveringen: true };
}

function voorStop(inhoud: Inhoud, masker: Masker): Deel {
  const { Bsn, StopProducten } = inhoud.Client as unknown as Klasse<'307', 'Client'>;
  return { toewijzingen: nummers(StopProducten.StopProduct), personen: [masker.persoon(Bsn)], leveringen: true };
}

function voorAanvraag(inhoud: Inhoud, masker: Masker): Deel {
  const { Bsn, AangevraagdeProducten } = inhoud.Client as unknown as Klasse<'315', 'Client'>;
  const kenmerken = AangevraagdeProducten.AangevraagdProduct.map(({ ReferentieAanbieder }) =>
    masker.kenmerk(ReferentieAanbieder),
  );
  return { personen: [masker.persoon(Bsn)], verzoeken: true, kenmerken };
}

function voorWijziging(inhoud: Inhoud, masker: Masker): Deel {
  const { Bsn, Verzoek } = inhoud.Client as unknown as Klasse<'317', 'Client'>;
  return {
    toewijzingen: nummers([
      ...(Verzoek.OngewijzigdeProducten?.OngewijzigdProduct ?? []),
      ...(Verzoek.TeWijzigenProducten?.TeWijzigenProduct ?? []),
    ]),
    personen: [masker.persoon(Bsn)],
    verzoeken: true,
    kenmerken: [masker.kenmerk(Verzoek.ReferentieAanbieder)],
  };
}

function voorAntwoord(inhoud: Inhoud, masker: Masker): Deel {
  const { ReferentieAanbieder } = inhoud.Antwoord as unknown as Klasse<'319', 'Antwoord'>;
  return { kenmerken: [masker.kenmerk(ReferentieAanbieder)] };
}

function voorDeclaratie(inhoud: Inhoud, masker: Masker): Deel {
  const { DeclaratieNummer, Clienten } = inhoud.Declaratie as unknown as Klasse<'323', 'Declaratie'>;
  const prestaties = Clienten.Client.flatMap(
    ({ Prestaties }): readonly Klasse<'323', 'Prestatie'>[] => Prestaties.Prestatie,
  );
  return {
    toewijzingen: nummers(prestaties),
    personen: Clienten.Client.map(({ Bsn }) => masker.persoon(Bsn)),
    gedeclareerd: nummers(prestaties),
    prestaties: prestaties.flatMap(({ ProductReferentie: { ReferentieNummer, VorigReferentieNummer } }) =>
      [ReferentieNummer, VorigReferentieNummer].flatMap((tekst) =>
        tekst === undefined ? [] : [masker.kenmerk(tekst)],
      ),
    ),
    declaratienummers: [DeclaratieNummer],
    laatsteDeclaratie: true,
  };
}

function voorDeclaratieantwoord(inhoud: Inhoud): Deel {
  const { DeclaratieIdentificatie } = inhoud.Header as unknown as Klasse<'325', 'Header'>;
  const antwoord = inhoud.DeclaratieAntwoord as Klasse<'325', 'DeclaratieAntwoord'> | undefined;
  return {
    declaraties: [DeclaratieIdentificatie.Identificatie],
    declaratienummers: antwoord ? [antwoord.DeclaratieNummer] : [],
  };
}

/** Number of the soort → what its rules look up. */
const VRAGERS: ReadonlyMap<string, (inhoud: Inhoud, masker: Masker) => Deel> = new Map([
  ['301', voorToewijzing],
  ['305', voorStart],
  ['307', voorStop],
  ['315', voorAanvraag],
  ['317', voorWijziging],
  ['319', voorAntwoord],
  ['323', voorDeclaratie],
  ['325', voorDeclaratieantwoord],
]);

const NIETS: Omit<Vragen, 'identificatie'> = {
  toewijzingen: [],
  personen: [],
  leveringen: false,
  verzoeken: false,
  kenmerken: [],
  gedeclareerd: [],
  prestaties: [],
  declaratienummers: [],
  laatsteDeclaratie: false,
  declaraties: [],
};

/** @returns the keys of this message; undefined for a soort of which nothing is looked up */
export function vragenVan(soort: Berichtsoort, inhoud: Inhoud, masker: Masker): Vragen | undefined {
  const vrager = VRAGERS.get(soort.nummer);
  if (!vrager) return undefined;
  const { BerichtIdentificatie } = inhoud.Header as { BerichtIdentificatie: { Identificatie: string } };
  return { ...NIETS, ...vrager(inhoud, masker), identificatie: BerichtIdentificatie.Identificatie };
}
