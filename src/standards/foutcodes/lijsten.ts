/**
 * The fault codes of Fo01 messages, by list. A code means nothing without its list: IB007 is "too large" in the list of 2018
 * and "function and organisation do not go together" in that of 2025. Texts are ours; codes and meanings are the norm's.
 *
 * Source: Fo01 foutcodelijst of November 2025, and Foutcodes asynchroon berichtenverkeer 2.1 patch 04 revisie 3.
 */

export const FOUTLIJSTEN = ['2025-11', '2.1'] as const;
export type Foutlijst = (typeof FOUTLIJSTEN)[number];
export const STANDAARD_FOUTLIJST = '2025-11' satisfies Foutlijst;

export interface Foutcode {
  readonly code: string;
  readonly lijst: Foutlijst;
  /** One Dutch sentence, at most 200 characters (StUF Foutomschrijving). */
  readonly omschrijving: string;
}

interface Betekenis {
  readonly '2025-11': string;
  /** null: the older list has no code for it. */
  readonly '2.1': string | null;
  readonly omschrijving: string;
}

/** One row per meaning: the code in each list. The list of 2025 has no code for an invalid UUID; the envelope XSD demands it, hence IB001. */
const BETEKENISSEN = {
  organisatieNietGeautoriseerd: {
    '2025-11': 'IB002',
    '2.1': 'IB002',
    omschrijving: 'De verzendende organisatie mag het knooppunt niet gebruiken.',
  },
  berichtTeGroot: { '2025-11': 'IB003', '2.1': 'IB007', omschrijving: 'Het bericht is groter dan 25 MB.' },
  berichtsoortOnbekend: { '2025-11': 'IB004', '2.1': 'IB102', omschrijving: 'De berichtsoort wordt niet ondersteund.' },
  // Freezes and windows share the code of 2025; the older list has one for what is blocked for a while only.
  berichtsoortBevroren: {
    '2025-11': 'IB023',
    '2.1': 'IB103',
    omschrijving: 'De berichtsoort is bevroren; bied het bericht na de bevriezing opnieuw aan.',
  },
  berichtsoortNietActief: {
    '2025-11': 'IB023',
    '2.1': 'IB102',
    omschrijving: 'De berichtsoort mag in deze release nog niet of niet meer worden verstuurd.',
  },
  gemeenteOnbekend: {
    '2025-11': 'IB005',
    '2.1': 'IB210',
    omschrijving: 'De gemeentecode is niet bekend bij het knooppunt.',
  },
  afzenderOnbekend: {
    '2025-11': 'IB005',
    '2.1': 'IB213',
    omschrijving: 'De verzendende organisatie is niet bekend bij het knooppunt.',
  },
  combinatieNietToegestaan: {
    '2025-11': 'IB007',
    '2.1': 'IB234',
    omschrijving: 'Deze organisatie mag deze berichtsoort niet zo versturen.',
  },
  indienerZonderRol: {
    '2025-11': 'IB008',
    '2.1': 'BRS02',
    omschrijving: 'De afzender neemt niet deel aan het berichtenverkeer van dit domein.',
  },
  geadresseerdeZonderRol: {
    '2025-11': 'IB011',
    '2.1': 'BRS05',
    omschrijving: 'De geadresseerde neemt niet deel aan het berichtenverkeer van dit domein.',
  },
  geenToestemming: {
    '2025-11': 'IB009',
    '2.1': 'BRS03',
    omschrijving: 'De indiener heeft geen toestemming van de afzender voor deze berichtsoort.',
  },
  aanbiederOnbekend: {
    '2025-11': 'IB010',
    '2.1': 'BRS04',
    omschrijving: 'De geadresseerde aanbieder is niet aangesloten, of de AGB-code is onjuist.',
  },
  payloadNietConformXsd: {
    '2025-11': 'IB014',
    '2.1': 'StUF055',
    omschrijving: 'De inhoud van het bericht voldoet niet aan de XSD.',
  },
  virusGevonden: {
    '2025-11': 'IB013',
    '2.1': null,
    omschrijving: 'In het bestand is een virus gevonden; er is niets van bewaard.',
  },
  persoonsgegevensNietToegestaan: {
    '2025-11': 'IB015',
    '2.1': null,
    omschrijving: 'Het bericht bevat persoonsgegevens die hier niet zijn toegestaan.',
  },
  referentienummerNietUniek: {
    '2025-11': 'IB016',
    '2.1': 'CC08',
    omschrijving: 'Het referentienummer is niet uniek voor deze afzender.',
  },
  // IB020 and IB022 say the same as the codes here. The older list has a code for a second declaratie-antwoord only, none for an unknown message.
  tweedeAntwoord: {
    '2025-11': 'IB019',
    '2.1': 'CC11',
    omschrijving: 'Op het heenbericht is al eerder een antwoord gegeven; per heenbericht is er één antwoord.',
  },
  heenberichtOnbekend: {
    '2025-11': 'IB021',
    '2.1': null,
    omschrijving: 'Het heenbericht waarop dit bericht antwoordt, is niet bekend bij het knooppunt of niet bezorgd.',
  },
  referentienummerOngeldig: {
    '2025-11': 'IB001',
    '2.1': 'IB009',
    omschrijving: 'Het referentienummer is geen geldige UUID versie 4.',
  },
  zipOngeldig: {
    '2025-11': 'IB901',
    '2.1': null,
    omschrijving: 'De aanlevering of een bestand daarin kan niet als ZIP-bestand worden gelezen.',
  },
  zipTeVeelBestanden: { '2025-11': 'IB902', '2.1': null, omschrijving: 'Het ZIP-bestand bevat meer dan 30 bestanden.' },
  zipWachtwoord: { '2025-11': 'IB903', '2.1': null, omschrijving: 'Het ZIP-bestand is met een wachtwoord beveiligd.' },
  zipBestandTeGroot: {
    '2025-11': 'IB904',
    '2.1': null,
    omschrijving: 'Een bestand in het ZIP-bestand is groter dan 25 MB.',
  },
  zipLeeg: { '2025-11': 'IB905', '2.1': null, omschrijving: 'Het ZIP-bestand bevat geen enkel bestand.' },
} as const satisfies Record<string, Betekenis>;

export type FoutSoort = keyof typeof BETEKENISSEN;
export const FOUT_SOORTEN = Object.keys(BETEKENISSEN) as readonly FoutSoort[];

/**
 * The code that says this in the given list, or, where that list has none, in the list of November 2025.
 * @param soort what is wrong
 * @param lijst the list that the receiver of the fault reads
 */
export function foutcode(soort: FoutSoort, lijst: Foutlijst = STANDAARD_FOUTLIJST): Foutcode {
  const rij: Betekenis = BETEKENISSEN[soort];
  const eigen: string | null = rij[lijst];
  const { omschrijving } = rij;
  if (eigen !== null) return { code: eigen, lijst, omschrijving };
  return { code: rij[STANDAARD_FOUTLIJST], lijst: STANDAARD_FOUTLIJST, omschrijving };
}

/** A code with its list, in one word. */
export const foutsleutel = ({ lijst, code }: Pick<Foutcode, 'lijst' | 'code'>): string => `${lijst}:${code}`;
