/**
 * The one registry of refusals: what a user is told, with which HTTP status and which Fo01 code.
 *
 * A refusal is known by its name here, never by a code alone: the same code means different things in the two fault lists,
 * and not every refusal has a code in both (see standards/foutcodes). docs/fouten.md lists these rows; a test keeps the two equal.
 */
import type { FoutSoort } from './standards/foutcodes/lijsten.ts';
import { HTTP_WEIGERINGEN, STOP_WEIGERINGEN } from './weigeringen-http.ts';
import { PORTAAL_WEIGERINGEN } from './weigeringen-portaal.ts';
import { WLZ_WEIGERINGEN } from './weigeringen-wlz.ts';
import { ZIP_WEIGERINGEN } from './weigeringen-zip.ts';

export interface Weigering {
  readonly http: number;
  /** Which fault of the norm this is, if the norm has one. */
  readonly fout: FoutSoort | null;
  /** What went wrong, in one Dutch sentence without any value from the message. */
  readonly titel: string;
  /** May the same request succeed later without a change by the sender? */
  readonly opnieuw: boolean;
}

export const WEIGERINGEN = {
  nietAangemeld: {
    http: 401,
    fout: 'organisatieNietGeautoriseerd',
    titel: 'U bent niet aangemeld, of uw token is niet geldig.',
    opnieuw: false,
  },
  teVeelMislukt: {
    http: 429,
    fout: null,
    titel: 'Er is te vaak achter elkaar verkeerd aangemeld; wacht voor u het opnieuw probeert.',
    opnieuw: true,
  },
  teVeelVerzoeken: {
    http: 429,
    fout: null,
    titel: 'U stuurt te veel verzoeken in korte tijd; probeer het zo opnieuw.',
    opnieuw: true,
  },
  nietBevoegdVoorOrganisatie: {
    http: 403,
    fout: 'organisatieNietGeautoriseerd',
    titel: 'U mag niet namens deze organisatie handelen.',
    opnieuw: false,
  },
  geenToestemmingAfzender: {
    http: 403,
    fout: 'geenToestemming',
    titel: 'U mag geen berichten indienen voor de afzender die in het bericht staat.',
    opnieuw: false,
  },
  nietBevoegdBeheer: { http: 403, fout: null, titel: 'Deze handeling is alleen voor de beheerder.', opnieuw: false },
  afzenderOnbekend: {
    http: 400,
    fout: 'afzenderOnbekend',
    titel: 'De afzender in het bericht is niet bekend bij het knooppunt.',
    opnieuw: false,
  },
  gemeenteOnbekend: {
    http: 400,
    fout: 'gemeenteOnbekend',
    titel: 'De ontvangende gemeente is niet bekend bij het knooppunt.',
    opnieuw: false,
  },
  aanbiederOnbekend: {
    http: 400,
    fout: 'aanbiederOnbekend',
    titel: 'De ontvangende aanbieder is niet bekend bij het knooppunt.',
    opnieuw: false,
  },
  afzenderNietGeldig: {
    http: 403,
    fout: 'organisatieNietGeautoriseerd',
    titel: 'De organisatie van de afzender is nog niet of niet meer geldig.',
    opnieuw: false,
  },
  gemeenteNietGeldig: {
    http: 400,
    fout: 'gemeenteOnbekend',
    titel: 'De ontvangende gemeente is nog niet of niet meer geldig.',
    opnieuw: false,
  },
  aanbiederNietGeldig: {
    http: 400,
    fout: 'aanbiederOnbekend',
    titel: 'De ontvangende aanbieder is nog niet of niet meer geldig.',
    opnieuw: false,
  },
  ...STOP_WEIGERINGEN,
  afzenderZonderDeelname: {
    http: 403,
    fout: 'indienerZonderRol',
    titel: 'De afzender neemt niet deel aan het berichtenverkeer van dit domein.',
    opnieuw: false,
  },
  ontvangerZonderDeelname: {
    http: 400,
    fout: 'geadresseerdeZonderRol',
    titel: 'De ontvanger neemt niet deel aan het berichtenverkeer van dit domein.',
    opnieuw: false,
  },
  berichtsoortOnbekend: {
    http: 400,
    fout: 'berichtsoortOnbekend',
    titel: 'Deze berichtsoort wordt niet ondersteund.',
    opnieuw: false,
  },
  berichtsoortNogNietToegestaan: {
    http: 403,
    fout: 'berichtsoortNietActief',
    titel: 'Deze berichtsoort is in deze release nog niet toegestaan.',
    opnieuw: false,
  },
  berichtsoortNietMeerToegestaan: {
    http: 403,
    fout: 'berichtsoortNietActief',
    titel: 'Deze berichtsoort is in deze release niet meer toegestaan.',
    opnieuw: false,
  },
  // Trying again by itself would only press on: the details say from when the sender can send it again.
  berichtsoortBevroren: {
    http: 403,
    fout: 'berichtsoortBevroren',
    titel: 'Deze berichtsoort is tijdelijk bevroren.',
    opnieuw: false,
  },
  richtingOnjuist: {
    http: 400,
    fout: 'combinatieNietToegestaan',
    titel: 'Afzender en ontvanger passen niet bij deze berichtsoort.',
    opnieuw: false,
  },
  berichtcodeOnjuist: {
    http: 400,
    fout: 'combinatieNietToegestaan',
    titel: 'De BerichtCode in de header past niet bij de namespace van het bericht.',
    opnieuw: false,
  },
  envelopOnjuist: {
    http: 400,
    fout: 'combinatieNietToegestaan',
    titel: 'De envelop past niet bij het bericht dat erin zit.',
    opnieuw: false,
  },
  berichtTeGroot: { http: 413, fout: 'berichtTeGroot', titel: 'Het bericht is groter dan 25 MB.', opnieuw: false },
  geenXml: {
    http: 400,
    fout: 'payloadNietConformXsd',
    titel: 'De inhoud is geen welgevormd XML-bericht in UTF-8 zonder BOM.',
    opnieuw: false,
  },
  xmlDtd: {
    http: 400,
    fout: 'payloadNietConformXsd',
    titel: 'Het bericht bevat een DTD of een entiteit; dat is niet toegestaan.',
    opnieuw: false,
  },
  xmlTeComplex: {
    http: 400,
    fout: 'payloadNietConformXsd',
    titel: 'Het bericht heeft te veel of te diep geneste elementen.',
    opnieuw: false,
  },
  headerOnleesbaar: {
    http: 400,
    fout: 'payloadNietConformXsd',
    titel: 'De header van het bericht ontbreekt of is niet volledig.',
    opnieuw: false,
  },
  virusGevonden: {
    http: 400,
    fout: 'virusGevonden',
    titel: 'In het aangeleverde bestand is een virus gevonden; er is niets van bewaard.',
    opnieuw: false,
  },
  referentienummerOngeldig: {
    http: 400,
    fout: 'referentienummerOngeldig',
    titel: 'Het referentienummer is geen UUID versie 4 in kleine letters.',
    opnieuw: false,
  },
  referentienummerNietUniek: {
    http: 409,
    fout: 'referentienummerNietUniek',
    titel: 'Dit referentienummer is al gebruikt voor een ander bericht.',
    opnieuw: false,
  },
  heenberichtOnbekend: {
    http: 400,
    fout: 'heenberichtOnbekend',
    titel: 'Het bericht waarop dit een antwoord is, is niet gevonden.',
    opnieuw: false,
  },
  tweedeAntwoord: {
    http: 409,
    fout: 'tweedeAntwoord',
    titel: 'Op dit bericht is al een antwoord gegeven.',
    opnieuw: false,
  },
  persoonsgegevensNietToegestaan: {
    http: 400,
    fout: 'persoonsgegevensNietToegestaan',
    titel: 'In deze omgeving zijn alleen testburgerservicenummers toegestaan.',
    opnieuw: false,
  },
  ...ZIP_WEIGERINGEN,
  ...WLZ_WEIGERINGEN,
  inhoudstypeOnjuist: {
    http: 415,
    fout: null,
    titel: 'Het Content-Type, de tekenset of de codering van de inhoud wordt hier niet ondersteund.',
    opnieuw: false,
  },
  invoerTeGroot: {
    http: 413,
    fout: null,
    titel: 'Het bestand is te groot om zo in te voeren; verdeel het over meer bestanden.',
    opnieuw: false,
  },
  invoerOngeldig: { http: 400, fout: null, titel: 'Het verzoek is niet geldig.', opnieuw: false },
  inhoudNietMeerBewaard: {
    http: 410,
    fout: null,
    titel: 'De inhoud van dit bericht wordt niet meer bewaard.',
    opnieuw: false,
  },
  ...HTTP_WEIGERINGEN,
  ...PORTAAL_WEIGERINGEN,
  tijdelijkNietBeschikbaar: {
    http: 503,
    fout: null,
    titel: 'Het knooppunt is tijdelijk niet beschikbaar; probeer het later opnieuw.',
    opnieuw: true,
  },
  interneFout: {
    http: 500,
    fout: null,
    titel: 'Er ging bij het knooppunt iets mis; probeer het later opnieuw.',
    opnieuw: true,
  },
} as const satisfies Record<string, Weigering>;

export type WeigeringSoort = keyof typeof WEIGERINGEN;

/** A refusal on its way to the user. `details` is a Dutch sentence that holds no value from a message. */
export class KnooppuntFout extends Error {
  readonly soort: WeigeringSoort;
  readonly details: string | undefined;
  /** Seconds after which trying again makes sense, where that is known. */
  readonly naSeconden: number | undefined;

  constructor(soort: WeigeringSoort, details?: string, opties?: ErrorOptions & { readonly naSeconden?: number }) {
    super(details ? `${WEIGERINGEN[soort].titel} ${details}` : WEIGERINGEN[soort].titel, opties);
    this.name = 'KnooppuntFout';
    this.soort = soort;
    this.details = details;
    this.naSeconden = opties?.naSeconden;
  }
}

/** A configuration with which the program refuses to start; the message is a Dutch sentence for the operator. */
export class ConfiguratieFout extends Error {
  override readonly name = 'ConfiguratieFout';
}
