/**
 * The rules that a schema enforces. Which classes and elements they are about is not written down again: it follows from the types in the
 * XSD. Source: restricties of both standards, and the three constraints that are a pattern there.
 */
import type { Klasse } from '../xml/structuur.ts';
import { BERICHTSOORTEN, type Berichtsoort } from './catalogus.ts';
import type { Eldersregel, Plaats } from './elders-rij.ts';
import { type Nummer, structuurVan } from './structuren.ts';

interface Xsdregel {
  readonly tekst: string;
  /** Names of types in the basisschema, and Klasse.Element where the type stands inside the element. */
  readonly op: readonly string[];
}

const HOOGSTENS = (tekens: number): string => `Hoogstens ${tekens} ${tekens === 1 ? 'teken' : 'tekens'}.`;
const VERSIES = ['LDT_BerichtVersie', 'LDT_BerichtSubversie'];
const BEDRAGEN = ['LDT_Bedrag', 'LDT_Budget', 'LDT_Volume'];
const DECLARATIENUMMER = 'Declaratie.DeclaratieNummer';
const BERICHTCODE = 'Header.BerichtCode';

const REGELS: Readonly<Record<string, Xsdregel>> = {
  CS015: { tekst: 'De subversie van het bericht is 2.', op: ['LDT_BerichtSubversie'] },
  CS025: { tekst: 'De versie van het bericht is 3.', op: ['LDT_BerichtVersie'] },
  CS319: { tekst: 'Een declaratienummer bestaat uit letters en cijfers, met niets ertussen.', op: [DECLARATIENUMMER] },
  RS001: {
    tekst: 'Niet lager dan 0.',
    op: [...VERSIES, ...BEDRAGEN, 'LDT_Huisnummer', 'LDT_Nummer', 'LDT_RelatieVolgorde', 'LDT_TotaalBedrag'],
  },
  RS002: { tekst: 'Niet hoger dan 99.', op: [...VERSIES, 'LDT_RelatieVolgorde'] },
  RS004: { tekst: 'Niet hoger dan 99999.', op: ['LDT_Huisnummer'] },
  RS005: { tekst: 'Niet hoger dan 99999999.', op: BEDRAGEN },
  RS006: { tekst: 'Niet hoger dan 999999999.', op: ['LDT_Nummer'] },
  RS008: {
    tekst: HOOGSTENS(1),
    op: [
      'LDT_Communicatievorm',
      'LDT_DatumGebruik',
      'LDT_DebetCredit',
      'LDT_Frequentie',
      'LDT_Geslacht',
      'LDT_Huisletter',
      'LDT_JaNee',
      'LDT_NaamGebruik',
      'LDT_RedenVerzoek',
      'LDT_StatusAanlevering',
      'LDT_VerzoekAntwoord',
    ],
  },
  RS009: {
    tekst: HOOGSTENS(2),
    op: [
      'LDT_AanduidingWoonadres',
      'LDT_AdresSoort',
      'LDT_Eenheid',
      'LDT_JuridischeStatus',
      'LDT_LandCode',
      'LDT_ProductCategorie',
      'LDT_RedenAfwijzingVerzoek',
      'LDT_RedenBeeindiging',
      'LDT_RedenWijziging',
      'LDT_SoortRelatie',
      'LDT_TypeVerwijzer',
      'LDT_WettelijkeVertegenwoordiging',
    ],
  },
  RS010: { tekst: HOOGSTENS(3), op: [BERICHTCODE] },
  RS011: { tekst: HOOGSTENS(4), op: ['LDT_HuisnummerToevoeging', 'LDT_Landnummer', 'LDT_RetourCode'] },
  RS012: { tekst: HOOGSTENS(5), op: ['LDT_ProductCode'] },
  RS013: { tekst: HOOGSTENS(6), op: ['LDT_Voorletters'] },
  RS014: { tekst: HOOGSTENS(8), op: ['LDT_AgbCode', 'LDT_Postcode'] },
  RS015: { tekst: HOOGSTENS(9), op: ['LDT_BurgerServicenummer'] },
  RS016: { tekst: HOOGSTENS(10), op: ['LDT_Voorvoegsel'] },
  RS017: {
    tekst: HOOGSTENS(12),
    op: ['LDT_IdentificatieBericht', 'LDT_IdentificatieDeclaratie', DECLARATIENUMMER],
  },
  RS018: { tekst: HOOGSTENS(15), op: ['LDT_Telefoonnummer'] },
  RS019: { tekst: HOOGSTENS(20), op: ['LDT_Persoonsid', 'LDT_ReferentieNummer'] },
  RS020: { tekst: HOOGSTENS(24), op: ['LDT_Straatnaam'] },
  RS021: { tekst: HOOGSTENS(25), op: ['LDT_Taal'] },
  RS023: { tekst: HOOGSTENS(35), op: ['LDT_Organisatienaam'] },
  RS024: { tekst: HOOGSTENS(36), op: ['LDT_Referentie'] },
  RS025: { tekst: HOOGSTENS(64), op: ['LDT_NaamVerwijzer'] },
  RS026: { tekst: HOOGSTENS(80), op: ['LDT_Emailadres', 'LDT_Plaatsnaam'] },
  RS028: { tekst: HOOGSTENS(200), op: ['LDT_Naam'] },
  RS031: { tekst: 'Een commentaar dat er is, bevat tekst.', op: ['LDT_Commentaar'] },
  RS032: { tekst: 'Een datum heeft geen tijdzone.', op: ['LDT_Datum'] },
  RS033: {
    tekst: 'Een element dat er is, heeft inhoud.',
    op: [
      'LDT_Emailadres',
      'LDT_Huisletter',
      'LDT_HuisnummerToevoeging',
      'LDT_IdentificatieBericht',
      'LDT_Landnummer',
      'LDT_Naam',
      'LDT_NaamVerwijzer',
      'LDT_Organisatienaam',
      'LDT_Persoonsid',
      'LDT_Plaatsnaam',
      'LDT_Postcode',
      'LDT_ProductCode',
      'LDT_Referentie',
      'LDT_Straatnaam',
      'LDT_Taal',
      'LDT_Voorvoegsel',
    ],
  },
  RS034: { tekst: 'Een tijdstip heeft geen tijdzone.', op: ['LDT_Tijd'] },
  RS035: { tekst: 'Precies vier cijfers.', op: ['LDT_Gemeente'] },
  RS036: { tekst: 'Precies acht cijfers.', op: ['LDT_AgbCode'] },
  RS037: { tekst: 'Precies negen cijfers.', op: ['LDT_BurgerServicenummer'] },
  RS040: { tekst: 'Niet hoger dan 999999999999.', op: ['LDT_TotaalBedrag'] },
  RS045: { tekst: 'Letters aan elkaar, zonder spatie of punt.', op: ['LDT_Voorletters'] },
  RS046: { tekst: 'Alleen cijfers, aan elkaar.', op: ['LDT_Telefoonnummer'] },
  RS047: { tekst: 'De berichtcode is die van de berichtsoort.', op: [BERICHTCODE] },
  RS048: { tekst: 'Een versie is drie gehele getallen met een punt ertussen.', op: ['LDT_Versie'] },
};

const REDEN = 'De XSD dwingt dit al af (niveau 1): wat hier niet aan voldoet, komt niet verder.';
/** Where there is more to say. */
const REDENEN: Readonly<Record<string, string>> = {
  RS034:
    'De XSD dwingt dit al af (niveau 1), met een eigen patroon: de controle leest dat van de norm zo dat een tijdzone met een min erdoor glipt. Elke fractie van een seconde mag.',
};

/** A leaf of a message, as the norm names it: the class, and the path from there. */
interface Blad {
  readonly klasse: string;
  readonly element: string;
  readonly type: string;
}

/** The leaves below a type. Types of the basisschema are part of the class that uses them. */
function* bladen(type: Klasse, bericht: string, klasse = type.naam, boven = ''): Generator<Blad> {
  for (const veld of type.velden) {
    const element = boven + veld.naam;
    if (!veld.klasse) yield { klasse, element, type: veld.type || `${klasse}.${element}` };
    else if (veld.klasse.namespace === bericht) yield* bladen(veld.klasse, bericht);
    else yield* bladen(veld.klasse, bericht, klasse, `${element}.`);
  }
}

const naam = ({ klasse, element }: Blad): string => `${klasse} ${element}`;

/** The leaves of a message by name; of a retour only what it adds, for the norm names what it repeats at its heenbericht. */
function eigenBladen(soort: Berichtsoort): ReadonlyMap<string, Blad> {
  const { wortel, namespace } = structuurVan(soort);
  const gevonden = new Map([...bladen(wortel, namespace)].map((blad) => [naam(blad), blad]));
  const heen = soort.aard === 'retour' ? BERICHTSOORTEN.find(({ code }) => code === soort.antwoordOp) : undefined;
  if (heen) for (const herhaald of eigenBladen(heen).keys()) gevonden.delete(herhaald);
  return gevonden;
}

function plaatsenPerType(): ReadonlyMap<string, readonly Plaats[]> {
  const gevonden = new Map<string, Plaats[]>();
  for (const soort of BERICHTSOORTEN) {
    for (const { klasse, element, type } of eigenBladen(soort).values()) {
      const plek = { berichten: [soort.nummer as Nummer], domein: soort.domein, klasse, element };
      gevonden.set(type, [...(gevonden.get(type) ?? []), plek]);
    }
  }
  return gevonden;
}

const PLAATSEN = plaatsenPerType();

export const XSD_REGELS: readonly Eldersregel[] = Object.entries(REGELS).map(([code, { tekst, op }]) => ({
  code,
  soort: code.startsWith('CS') ? 'CS' : 'RS',
  niveau: 1,
  retourcode: null,
  waar: 'xsd',
  reden: REDENEN[code] ?? REDEN,
  tekst,
  plaatsen: op.flatMap((type) => PLAATSEN.get(type) ?? []),
}));
