/**
 * Reads a StUF-GGk call as it comes off the wire, or an envelope from a file: the bytes in the base64 go past as they come, the little
 * around them is checked against the XSD at the end. However large the call, no more than some hundred kB of it is in memory.
 */
import { isUuidV4 } from '../identiteit.ts';
import { Base64Lezer } from '../xml/base64.ts';
import { type Bot, kind, schrijfSkelet, sleutel, tekstVan } from '../xml/skelet.ts';
import { BEWAAR, type Wijze } from '../xml/skeletlezer.ts';
import { valideer } from '../xml/xsd.ts';
import type { Bestand, Envelop, Fo01, Systeem } from './envelop.ts';
import { KaalLezer } from './kaal.ts';
import { SoapLezer } from './soap.ts';
import { ENVELOP_XSD, GGK, STUF } from './stuf.ts';
import { StufFout } from './stuf-fout.ts';

const DI01 = sleutel(GGK, 'envelopHeenbericht-ggk_Di01');
const DU01 = sleutel(GGK, 'envelopRetourbericht-ggk_Du01');
const FO01 = sleutel(STUF, 'Fo01Bericht');

const BESTANDEN = ['xmlBestand', 'tekstBestand'];
/** The elements with base64 in them. */
const INHOUD = new Set(
  [DI01, DU01].flatMap((wortel) =>
    BESTANDEN.map((naam) => [wortel, ...['parameters', 'bericht', naam].map((deel) => sleutel(GGK, deel))].join(' ')),
  ),
);
/** Any XML, of any size: it stays in the skeleton without what is in it. */
const DETAILS_XML = [FO01, sleutel(STUF, 'body'), sleutel(STUF, 'detailsXML')].join(' ');

/** A part that may be absent. */
const alsAanwezig = (bot: Bot | undefined, naam: 'administratie' | 'gebruiker'): Partial<Systeem> => {
  const deel = kind(bot, naam);
  return deel ? { [naam]: deel.tekst } : {};
};

/** Of a part of a valid message. */
const systeem = (bot: Bot | undefined): Systeem => ({
  organisatie: tekstVan(bot, 'organisatie'),
  applicatie: tekstVan(bot, 'applicatie'),
  ...alsAanwezig(bot, 'administratie'),
  ...alsAanwezig(bot, 'gebruiker'),
});

function stuurgegevens(bot: Bot | undefined) {
  return {
    zender: systeem(kind(bot, 'zender')),
    ontvanger: systeem(kind(bot, 'ontvanger')),
    referentienummer: tekstVan(bot, 'referentienummer'),
    tijdstipBericht: tekstVan(bot, 'tijdstipBericht'),
  };
}

function bestand(bericht: Bot | undefined, omvang: number): Bestand {
  const tekstBestand = kind(bericht, 'tekstBestand');
  if (!tekstBestand) return { soort: 'xml', omvang };
  const naam = tekstBestand.attributen.find(({ lokaal, namespace }) => lokaal === 'bestandsnaam' && namespace === '');
  return { soort: 'tekst', bestandsnaam: naam?.waarde ?? '', omvang };
}

function alsFo01(wortel: Bot): Fo01 {
  const kop = kind(wortel, 'stuurgegevens');
  const body = kind(wortel, 'body');
  return {
    soort: 'Fo01',
    ...stuurgegevens(kop),
    crossRefnummer: tekstVan(kop, 'crossRefnummer'),
    code: tekstVan(body, 'code'),
    plek: tekstVan(body, 'plek') === 'server' ? 'server' : 'client',
    omschrijving: tekstVan(body, 'omschrijving'),
    details: kind(body, 'details')?.tekst,
    heeftDetailsXml: kind(body, 'detailsXML') !== undefined,
  };
}

function alsEnvelop(wortel: Bot, omvang: number): Envelop {
  const naam = sleutel(wortel.namespace, wortel.naam);
  if (naam === FO01) return alsFo01(wortel);
  const kop = kind(wortel, 'stuurgegevens');
  const parameters = kind(wortel, 'parameters');
  const inhoud = {
    ...stuurgegevens(kop),
    functie: tekstVan(kop, 'functie'),
    functieVersie: tekstVan(parameters, 'functieVersie'),
    functieSubversie: tekstVan(parameters, 'functieSubversie'),
    applicatieVersie: tekstVan(parameters, 'applicatieVersie'),
    applicatieSubversie: tekstVan(parameters, 'applicatieSubversie'),
    bestand: bestand(kind(parameters, 'bericht'), omvang),
  };
  if (naam === DI01) return { soort: 'Di01', ...inhoud };
  return { soort: 'Du01', ...inhoud, crossRefnummer: tekstVan(kop, 'crossRefnummer') };
}

/** How an envelope comes: as a call in SOAP, or as a file without. */
export type Verpakking = 'soap' | 'kaal';

/** The tree with this content in its file. */
const metInhoud = (bot: Bot, base64: string): Bot => ({
  ...bot,
  ...(BESTANDEN.includes(bot.naam) && bot.namespace === GGK && { tekst: base64 }),
  kinderen: bot.kinderen.map((deel) => metInhoud(deel, base64)),
});

/** @throws StufFout with the first thing that the XSD has against the message */
function controleer(wortel: Bot): void {
  const uitslag = valideer(schrijfSkelet(wortel), ENVELOP_XSD);
  if (!uitslag.geldig) throw new StufFout('envelopOngeldig', uitslag.fouten[0]?.melding);
  uitslag.document.dispose();
}

export class EnvelopLezer {
  readonly #soap: SoapLezer | KaalLezer;
  readonly #base64: Base64Lezer;
  readonly #inhoud: Wijze;
  #omvang = 0;
  #bestanden = 0;

  /**
   * @param opInhoud gets the content of xmlBestand or tekstBestand, some kB at a time, before the envelope is judged. What it throws ends
   *   the reading and comes out of lees as it is.
   */
  constructor(opInhoud: (bytes: Buffer) => void, verpakking: Verpakking = 'soap') {
    this.#soap = new { soap: SoapLezer, kaal: KaalLezer }[verpakking]((pad) => this.#wijs(pad));
    this.#base64 = new Base64Lezer((bytes) => {
      this.#omvang += bytes.length;
      opInhoud(bytes);
    });
    this.#inhoud = {
      bewaar: true,
      tekst: (stuk) => {
        if (!this.#base64.lees(stuk)) throw new StufFout('base64Ongeldig');
      },
      kinderen: true,
    };
  }

  /** @throws StufFout at the first byte that makes the call wrong; after that no more may be read */
  lees(stuk: Uint8Array): void {
    this.#soap.lees(stuk);
  }

  /**
   * @returns what the envelope says
   * @throws StufFout when the call is not complete, the base64 is wrong or the envelope is not valid
   */
  einde(): Envelop {
    const wortel = this.#soap.einde();
    if (!this.#base64.einde()) throw new StufFout('base64Ongeldig');
    controleer(wortel);
    return alsEnvelop(wortel, this.#omvang);
  }

  /**
   * The message with its content put back: to any reader of XML what came in.
   * @param inhoud all that opInhoud got
   */
  origineel(inhoud: Uint8Array): Buffer | undefined {
    const wortel = this.#soap.skelet;
    return wortel && schrijfSkelet(metInhoud(wortel, Buffer.from(inhoud).toString('base64')));
  }

  /** referentienummer of a message that was refused or is not complete, for crossRefnummer of the answer; only when it has the right form. */
  get referentienummer(): string | undefined {
    const nummer = tekstVan(kind(this.#soap.skelet, 'stuurgegevens'), 'referentienummer');
    return isUuidV4(nummer) ? nummer : undefined;
  }

  #wijs(pad: readonly string[]): Wijze {
    const [wortel = ''] = pad;
    if (![DI01, DU01, FO01].includes(wortel)) throw new StufFout('berichtOnbekend');
    const plek = pad.join(' ');
    if (plek === DETAILS_XML) return { ...BEWAAR, kinderen: false };
    if (!INHOUD.has(plek)) return BEWAAR;
    this.#bestanden += 1;
    if (this.#bestanden > 1) throw new StufFout('envelopOngeldig', 'Het bericht heeft meer dan één bestand.');
    return this.#inhoud;
  }
}
