/**
 * The registry of what can be wrong with a StUF call: the answer is a SOAP fault with a Fo03. What is wrong with a message inside a good
 * call is told later, with a Fo01.
 *
 * Source of the codes: StUF 03.01, the table of faults. It has no code for XML or SOAP that cannot be read; those are told as a body that
 * does not follow its schema (StUF055). By SOAP 1.1 every fault has HTTP status 500.
 */

export type Foutplek = 'client' | 'server';
/** By SOAP 1.1; local name in the namespace of the envelope. */
export type Faultcode = 'Client' | 'Server' | 'VersionMismatch' | 'MustUnderstand';

export interface StufFoutrij {
  readonly code: string;
  /** On whose side the fault is. */
  readonly plek: Foutplek;
  readonly faultcode: Faultcode;
  /** One Dutch sentence of at most 200 characters, without any value from the call. */
  readonly omschrijving: string;
  /** May the same call succeed later without a change by the sender? */
  readonly opnieuw: boolean;
}

const client = (code: string, omschrijving: string, faultcode: Faultcode = 'Client'): StufFoutrij => ({
  code,
  plek: 'client',
  faultcode,
  omschrijving,
  opnieuw: false,
});
const server = (code: string, omschrijving: string): StufFoutrij => ({
  code,
  plek: 'server',
  faultcode: 'Server',
  omschrijving,
  opnieuw: true,
});

export const STUF_FOUTEN = {
  geenXml: client('StUF055', 'De aanroep is geen welgevormd XML-document in UTF-8.'),
  xmlDtd: client('StUF055', 'De aanroep bevat een DTD of een entiteit; dat is niet toegestaan.'),
  xmlTeComplex: client('StUF055', 'De aanroep heeft te veel, te lange of te diep geneste onderdelen.'),
  berichtTeGroot: client('StUF055', 'De aanroep is groter dan 50 MB, en niet tot het einde gelezen.'),
  geenSoap: client('StUF055', 'De aanroep is geen envelop van SOAP 1.1 met precies één bericht in de body.'),
  soapVersie: client('StUF055', 'Alleen SOAP 1.1 wordt ondersteund.', 'VersionMismatch'),
  soapHeader: client(
    'StUF055',
    'De aanroep heeft een SOAP-header die begrepen moet worden (mustUnderstand) en die het knooppunt niet kent.',
    'MustUnderstand',
  ),
  berichtOnbekend: client('StUF022', 'De body bevat geen bericht dat hier wordt aangenomen: Di01, Du01 of Fo01.'),
  soapActionOnjuist: client('StUF022', 'De SOAPAction past niet bij het bericht in de body.'),
  envelopOngeldig: client('StUF055', 'Het bericht in de body voldoet niet aan de XSD van StUF-GGk 2.1.'),
  base64Ongeldig: client('StUF055', 'De inhoud van het bericht is geen geldige base64.'),
  nietAangemeld: client('StUF013', 'Het zendende systeem is niet aangemeld, of mag niet namens de zender handelen.'),
  teVeelVerzoeken: server('StUF046', 'U doet te veel aanroepen in korte tijd; probeer het zo opnieuw.'),
  tijdelijkNietBeschikbaar: server('StUF046', 'Het bericht kan nu niet worden opgeslagen; probeer het later opnieuw.'),
  interneFout: server('StUF058', 'Er ging bij het knooppunt iets mis; probeer het later opnieuw.'),
} as const satisfies Record<string, StufFoutrij>;

export type StufFoutSoort = keyof typeof STUF_FOUTEN;

/** A StUF call that is refused. `details` is a Dutch sentence that holds no value from the call. */
export class StufFout extends Error {
  readonly soort: StufFoutSoort;
  readonly details: string | undefined;

  constructor(soort: StufFoutSoort, details?: string, opties?: ErrorOptions) {
    super(details ? `${STUF_FOUTEN[soort].omschrijving} ${details}` : STUF_FOUTEN[soort].omschrijving, opties);
    this.name = 'StufFout';
    this.soort = soort;
    this.details = details;
  }

  get code(): string {
    return STUF_FOUTEN[this.soort].code;
  }

  get plek(): Foutplek {
    return STUF_FOUTEN[this.soort].plek;
  }

  get omschrijving(): string {
    return STUF_FOUTEN[this.soort].omschrijving;
  }
}
