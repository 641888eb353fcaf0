/** SOAP 1.1, as far as StUF uses it: an envelope with one message in its body. */
import { type Bot, isWit, sleutel } from '../xml/skelet.ts';
import { type Begin, NEGEER, SkeletLezer, type Wijze } from '../xml/skeletlezer.ts';
import { StufFout, type StufFoutSoort } from './stuf-fout.ts';

export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** @throws StufFout, always */
export const weiger = (soort: StufFoutSoort, details?: string): never => {
  throw new StufFout(soort, details);
};

/** The envelope itself holds elements and no text, and is no part of the message. */
const RAAM: Wijze = {
  bewaar: false,
  tekst: (stuk) => {
    if (!isWit(stuk)) weiger('geenSoap');
  },
  kinderen: true,
};

/**
 * Says what happens with an element of the message.
 * @param pad from the root of the message to the element itself, as {namespace}name
 */
export type Berichtwijzer = (pad: readonly string[]) => Wijze;

/** What may stand in the envelope, by number of elements around it. */
const WORTEL = 0;
const DELEN = 1;
const INHOUD = 2;

const moetBegrepen = ({ attributen }: Begin): boolean =>
  attributen.some(
    ({ lokaal, namespace, waarde }) =>
      namespace === SOAP && lokaal === 'mustUnderstand' && !['0', 'false'].includes(waarde.trim()),
  );

/** Reads an envelope as it comes off the wire. */
export class SoapLezer {
  readonly #lezer: SkeletLezer;
  readonly #wijs: Berichtwijzer;
  /** The parts of the envelope that were seen: Header, Body. */
  readonly #delen: string[] = [];
  #berichten = 0;

  constructor(wijs: Berichtwijzer) {
    this.#wijs = wijs;
    this.#lezer = new SkeletLezer({ wijs: (begin) => this.#wijsAan(begin), weiger });
  }

  /** @throws StufFout at the first byte that makes the envelope wrong, and whatever the guide throws */
  lees(bytes: Uint8Array): void {
    this.#lezer.lees(bytes);
  }

  /**
   * @returns the skeleton of the message
   * @throws StufFout when the envelope is not complete or has no message
   */
  einde(): Bot {
    return this.#lezer.einde() ?? weiger('geenSoap');
  }

  /** The skeleton of the message, as far as it was read. */
  get skelet(): Bot | undefined {
    return this.#lezer.skelet;
  }

  #wijsAan(begin: Begin): Wijze {
    const { omgeving, naam, namespace } = begin;
    if (omgeving.length === WORTEL) {
      if (naam !== 'Envelope') weiger('geenSoap');
      return namespace === SOAP ? RAAM : weiger('soapVersie');
    }
    if (omgeving.length === DELEN) return this.#deel(begin);
    if (omgeving[DELEN] === sleutel(SOAP, 'Header') && omgeving.length === INHOUD)
      return moetBegrepen(begin) ? weiger('soapHeader') : NEGEER;
    if (omgeving.length === INHOUD) this.#berichten += 1;
    if (this.#berichten > 1) weiger('geenSoap', 'De body bevat meer dan één bericht.');
    return this.#wijs([...omgeving.slice(INHOUD), sleutel(namespace, naam)]);
  }

  /** First a Header, which may be absent, and then a Body. */
  #deel({ naam, namespace }: Begin): Wijze {
    const mag = { Header: this.#delen.length === 0, Body: !this.#delen.includes('Body') };
    if (namespace !== SOAP || !(naam === 'Header' || naam === 'Body') || !mag[naam]) weiger('geenSoap');
    this.#delen.push(naam);
    return RAAM;
  }
}

/** The document without its XML declaration. */
function zonderDeclaratie(bytes: Buffer): Buffer {
  const einde = bytes.subarray(0, 5).toString('latin1') === '<?xml' ? bytes.indexOf('?>') + 2 : 0;
  return bytes.subarray(einde);
}

const BEGIN = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?>\r\n<soap:Envelope xmlns:soap="${SOAP}"><soap:Body>`,
  'utf8',
);
const EINDE = Buffer.from('</soap:Body></soap:Envelope>\r\n', 'utf8');

/** @returns the document in an envelope; its bytes are copied, but for its XML declaration */
export const inSoap = (bytes: Buffer): Buffer => Buffer.concat([BEGIN, zonderDeclaratie(bytes), EINDE]);

/**
 * A fault in an envelope.
 * @param faultstring text without characters that mean something in XML
 * @param detail the document that explains it
 */
export function inSoapFault(faultcode: string, faultstring: string, detail: Buffer): Buffer {
  // In SOAP 1.1 the elements of a fault stand in no namespace.
  const begin = `<soap:Fault><faultcode>soap:${faultcode}</faultcode><faultstring>${faultstring}</faultstring><detail>`;
  return inSoap(Buffer.concat([Buffer.from(begin), zonderDeclaratie(detail), Buffer.from('</detail></soap:Fault>')]));
}
