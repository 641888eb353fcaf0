/**
 * Intake over StUF-GGk: a call with a good envelope is received (Bv03), and what intake then has against the message in it is told with a Fo01,
 * which lies in the postbus of the sender before the Bv03 goes out. A call that is no good StUF is refused as a whole (Fo03).
 *
 * The envelope is read while it comes in; the message in it goes straight on to intake, so 25 MB costs no more memory than over REST.
 */
import { bezwaarTegenEnvelop } from '../envelop/bezwaar.ts';
import type { Di01, Du01, Envelop } from '../envelop/envelop.ts';
import { schrijfFo01, zenderVan } from '../envelop/fo01.ts';
import { EnvelopLezer } from '../envelop/lees.ts';
import { MAX_TERUG } from '../envelop/origineel.ts';
import { StufFout } from '../envelop/stuf-fout.ts';
import { KnooppuntFout, WEIGERINGEN, type WeigeringSoort } from '../fouten.ts';
import { afgeleideUuid } from '../identiteit.ts';
import type { Adres } from '../routering/adres.ts';
import { leesInstelling } from '../routering/instellingen.ts';
import { berichtsoortVanCode, type Domein } from '../standards/catalogus.ts';
import { foutcode, foutsleutel } from '../standards/foutcodes/lijsten.ts';
import { domeinenVoor, handeltNamens } from '../toegang/bevoegdheid.ts';
import type { Client } from '../toegang/clients.ts';
import { type Loket, leverAan, type Ontvangstbewijs } from './aanlevering.ts';
import { bewaarFoutbericht } from './foutbericht.ts';
import { geefFo01Door } from './stuf-fo01.ts';

export interface StufAanroep {
  readonly client: Client;
  readonly inhoud: AsyncIterable<Uint8Array>;
  /** SOAPAction of the call, without quotes. */
  readonly actie: string;
}

export interface Ontvangen {
  readonly envelop: Envelop;
  /** Of a message that was taken in. */
  readonly bewijs?: Ontvangstbewijs;
  /** Why it was not; the sender has a Fo01. */
  readonly weigering?: KnooppuntFout;
}

/** Which call belongs to which SOAPAction of the WSDL. */
const ACTIES: Readonly<Record<Envelop['soort'], string>> = {
  Di01: 'http://www.stufstandaarden.nl/koppelvlak/ggk0210/ggk_Di01',
  Du01: 'http://www.stufstandaarden.nl/koppelvlak/ggk0210/ggk_Du01',
  Fo01: 'http://www.egem.nl/StUF/StUF0301/Fo01',
};

/** A call is read to its end up to so many times the size that is allowed: then its sender can be told with a Fo01 that it is too large. */
const LEESBAAR = 2;
/** The most that is read of a call. */
export const stufPlafond = (maxBytes: number): number => LEESBAAR * maxBytes;

/** Reads the envelope piece by piece, and hands on what is in it. Whoever stops halfway can still read on to its end. */
class Uitpakker {
  readonly #bron: AsyncIterator<Uint8Array>;
  readonly #maxBytes: number;
  readonly #stukken: Buffer[] = [];
  readonly #terug: Buffer[] = [];
  readonly #lezer = new EnvelopLezer((bytes) => this.#neem(bytes));
  #omvang = 0;
  #bytes = 0;
  #envelop: Envelop | undefined;

  constructor(inhoud: AsyncIterable<Uint8Array>, maxBytes: number) {
    this.#bron = inhoud[Symbol.asyncIterator]();
    this.#maxBytes = maxBytes;
  }

  /**
   * The bytes of the message in it.
   * @throws KnooppuntFout berichtTeGroot at the first piece with which the call is larger than allowed
   */
  async *inhoud(): AsyncGenerator<Uint8Array> {
    while (await this.#verder()) {
      if (this.#bytes > this.#maxBytes) throw new KnooppuntFout('berichtTeGroot', 'De envelop met base64 telt mee.');
      yield* this.#stukken.splice(0);
    }
    yield* this.#stukken.splice(0);
  }

  /**
   * Reads on to the end, whatever was read before.
   * @throws StufFout when it is no good call
   */
  async einde(): Promise<Envelop> {
    while (await this.#verder()) this.#stukken.length = 0;
    if (!this.#envelop) throw new Error('the end of the call was not reached');
    return this.#envelop;
  }

  /** What the envelope says, once it was read. */
  get envelop(): Envelop {
    if (!this.#envelop) throw new Error('the envelope was not read yet');
    return this.#envelop;
  }

  /** The message as it came, when it was read to its end and is not too large to give back. */
  get origineel(): Buffer | undefined {
    return this.#omvang > MAX_TERUG ? undefined : this.#lezer.origineel(Buffer.concat(this.#terug));
  }

  /** For the answer to a call that failed. */
  get referentienummer(): string | undefined {
    return this.#lezer.referentienummer;
  }

  #neem(bytes: Buffer): void {
    this.#stukken.push(bytes);
    this.#omvang += bytes.length;
    if (this.#omvang > MAX_TERUG) this.#terug.length = 0;
    else this.#terug.push(bytes);
  }

  async #verder(): Promise<boolean> {
    if (this.#envelop) return false;
    const { value, done } = await this.#bron.next();
    if (done) {
      this.#envelop = this.#lezer.einde();
      return false;
    }
    this.#bytes += value.length;
    if (this.#bytes > stufPlafond(this.#maxBytes)) throw new StufFout('berichtTeGroot');
    this.#lezer.lees(value);
    return true;
  }
}

/** @throws KnooppuntFout envelopOnjuist */
function toetsEnvelop(envelop: Di01 | Du01, adres: Adres): void {
  const bezwaar = bezwaarTegenEnvelop(envelop, adres);
  if (bezwaar !== undefined) throw new KnooppuntFout('envelopOnjuist', bezwaar);
}

/** Who is logged in looks in vain at its password. */
const NIET_NAMENS = 'U bent aangemeld, maar mag nu niet namens deze zender handelen; dat vraagt een machtiging.';

const domeinVan = (functie: string): Domein => (functie.startsWith('JW') ? 'ijw' : 'iwmo');

/** What may not be here, may not stay here in the Fo01 either: personal data, and what is infected. */
const NIET_TERUG: ReadonlySet<WeigeringSoort> = new Set(['persoonsgegevensNietToegestaan', 'virusGevonden']);

/** What of the refused message its sender gets back. */
const terug = (uitpakker: Uitpakker, { soort }: KnooppuntFout): Buffer | undefined =>
  NIET_TERUG.has(soort) ? undefined : uitpakker.origineel;

/** Tells the sender why its message was not taken in, and by which rule. */
async function meldAf(
  loket: Loket,
  client: Client,
  envelop: Di01 | Du01,
  weigering: KnooppuntFout,
  origineel: Buffer | undefined,
): Promise<void> {
  const { fout } = WEIGERINGEN[weigering.soort];
  // Our own failures are no verdict on the message: the sender must try again.
  if (fout === null || WEIGERINGEN[weigering.soort].opnieuw) throw new StufFout('tijdelijkNietBeschikbaar');
  const zender = envelop.zender.organisatie;
  const domein = domeinVan(envelop.functie);
  const { foutlijst } = await leesInstelling(loket.database.pool, zender, domein);
  const soort = berichtsoortVanCode(envelop.functie);
  const referentienummer = afgeleideUuid('referentienummer', 'Fo01', zender, envelop.referentienummer, weigering.soort);
  const bytes = schrijfFo01({
    fout,
    lijst: foutlijst,
    // What the sender called it: its message may be of another release than ours, and be refused for that.
    soort: {
      code: envelop.functie,
      versie: Number(envelop.functieVersie),
      subversie: Number(envelop.functieSubversie),
    },
    ontvanger: zender,
    referentienummer,
    kruisreferentie: envelop.referentienummer,
    moment: new Date(),
    bevindingen: [],
    toelichting: weigering.details,
    origineel,
  });
  await bewaarFoutbericht(loket.database, loket.sleutels, {
    afzender: zenderVan(foutlijst),
    ontvanger: zender,
    domein,
    release: soort?.release ?? '',
    indiener: client.id,
    referentienummer,
    kruisreferentie: envelop.referentienummer,
    heenberichtId: null,
    foutcode: foutsleutel(foutcode(fout, foutlijst)),
    foutsoort: soort?.code ?? null,
    bytes,
  });
}

function eisActie({ soort }: Envelop, actie: string): void {
  if (actie !== ACTIES[soort])
    throw new StufFout('soapActionOnjuist', `Bij ${soort} hoort SOAPAction ${ACTIES[soort]}.`);
}

async function ontvang(
  loket: Loket,
  { client, actie }: Omit<StufAanroep, 'inhoud'>,
  uitpakker: Uitpakker,
): Promise<Ontvangen> {
  /** Everything that makes it a call that this client may do; asked when the envelope was read. */
  const gekeurd = (): Envelop => {
    const { envelop } = uitpakker;
    eisActie(envelop, actie);
    const { soort, zender } = envelop;
    // A Fo01 does not say its domein: for which it may be sent, is asked when the message it is about was found.
    const mag =
      soort === 'Fo01'
        ? domeinenVoor(client, zender.organisatie).length > 0
        : handeltNamens(client, zender.organisatie, domeinVan(envelop.functie));
    if (!mag) throw new StufFout('nietAangemeld', NIET_NAMENS);
    return envelop;
  };
  try {
    const bewijs = await leverAan(loket, {
      client,
      inhoud: uitpakker.inhoud(),
      kenmerken: () => {
        const envelop = gekeurd();
        if (envelop.soort === 'Fo01') throw new GeenInhoud();
        return {
          referentienummer: envelop.referentienummer,
          ...(envelop.soort === 'Du01' && { kruisreferentie: envelop.crossRefnummer }),
          toets: (adres) => toetsEnvelop(envelop, adres),
        };
      },
    });
    return { envelop: uitpakker.envelop, bewijs };
  } catch (fout) {
    if (!(fout instanceof KnooppuntFout || fout instanceof GeenInhoud)) throw fout;
    await uitpakker.einde();
    const envelop = gekeurd();
    if (envelop.soort === 'Fo01') {
      await geefFo01Door(loket, client, envelop);
      return { envelop };
    }
    if (!(fout instanceof KnooppuntFout)) throw fout;
    await meldAf(loket, client, envelop, fout, terug(uitpakker, fout));
    return { envelop, weigering: fout };
  }
}

/** A call without a message in it: a Fo01. */
class GeenInhoud extends Error {}

/** A StUF call that failed, with the number it was about when that could be read. */
export class MislukteAanroep extends Error {
  readonly fout: unknown;
  readonly referentienummer: string | undefined;

  constructor(fout: unknown, referentienummer: string | undefined) {
    super('the call failed', { cause: fout });
    this.fout = fout;
    this.referentienummer = referentienummer;
  }
}

/**
 * Receives one call.
 * @returns what was received; when this returns, the message is on disk, or the reason why not lies in the postbus of the sender
 * @throws MislukteAanroep around a StufFout, or around an error of the database or the program
 */
export async function ontvangStuf(loket: Loket, aanroep: StufAanroep): Promise<Ontvangen> {
  const uitpakker = new Uitpakker(aanroep.inhoud, loket.maxBytes);
  try {
    return await ontvang(loket, aanroep, uitpakker);
  } catch (fout) {
    throw new MislukteAanroep(fout, uitpakker.referentienummer);
  }
}
