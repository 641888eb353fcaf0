/**
 * Intake: from bytes on the wire to a stored bericht and a receipt.
 *
 * The promise of the receipt: whoever holds one, holds a message that is on disk and will get exactly one outcome. So the receipt is
 * given after the commit, never before; and a refusal leaves nothing behind but its audit line.
 */
import { createHash } from 'node:crypto';
import { setImmediate as anderenEerst } from 'node:timers/promises';
import { KnooppuntFout } from '../fouten.ts';
import { isUuidV4, nieuwBerichtId } from '../identiteit.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { pseudoniem, Versleutelaar } from '../opslag/versleuteling.ts';
import { bepaalAdres } from '../routering/adres.ts';
import type { Organisaties } from '../routering/organisaties.ts';
import { eisBevoegd } from '../toegang/bevoegdheid.ts';
import type { Client } from '../toegang/clients.ts';
import { VoorbladLezer } from '../xml/voorblad.ts';
import type { NieuwBericht } from './opslaan.ts';
import type { Stapelaar } from './stapelaar.ts';

/** Test BSNs of the chain test environment: the only ones the demo accepts (IB015). */
const EERSTE_TEST_BSN = 999_900_006;
const LAATSTE_TEST_BSN = 999_999_990;
/** Longest identification of the norm is 12 characters; what is longer is refused by the XSD, but must be stored until then. */
const MAX_IDENTIFICATIE = 40;

export interface Aanlevering {
  readonly client: Client;
  /** From the header of that name; made by the switch when absent. */
  readonly referentienummer: string | undefined;
  readonly inhoud: AsyncIterable<Uint8Array>;
}

/** What a sender gets for a message that was taken in. A resend of the same bytes gets the same. */
export interface Ontvangstbewijs {
  readonly berichtId: string;
  readonly referentienummer: string;
  readonly berichtsoort: string;
  readonly release: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly ontvangenOp: Date;
  readonly sha256: string;
  readonly omvang: number;
}

export interface Loket {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly organisaties: Organisaties;
  readonly stapelaar: Stapelaar;
  /** Tells the verwerkers that a lane has work. Never waits and never fails: the sweep finds what it misses. */
  readonly stoot: (baanId: number) => void;
  readonly maxBytes: number;
  readonly alleenTestBsn: boolean;
}

const isTestBsn = (bsn: string): boolean =>
  /^[0-9]{9}$/.test(bsn) && Number(bsn) >= EERSTE_TEST_BSN && Number(bsn) <= LAATSTE_TEST_BSN;

/** Of a message beyond this size, one slice is read per turn of the event loop: some 1 ms of work, then everybody else. */
const SNEL_BYTES = 128 * 1024;
const SNEE_BYTES = 16 * 1024;

interface Gelezen {
  readonly id: string;
  readonly lezer: VoorbladLezer;
  readonly versleutelaar: Versleutelaar;
  readonly sha256: Buffer;
  readonly omvang: number;
}

/** Reads, hashes, checks and encrypts in one pass; stops at the first byte that makes the message unacceptable. */
async function lees(loket: Loket, inhoud: AsyncIterable<Uint8Array>): Promise<Gelezen> {
  const id = nieuwBerichtId();
  const lezer = new VoorbladLezer();
  const versleutelaar = new Versleutelaar(loket.sleutels, id);
  const hash = createHash('sha256');
  let omvang = 0;
  for await (const stuk of inhoud) {
    omvang += stuk.length;
    if (omvang > loket.maxBytes) throw new KnooppuntFout('berichtTeGroot');
    for (let begin = 0; begin < stuk.length; begin += SNEE_BYTES) {
      const snee = stuk.subarray(begin, begin + SNEE_BYTES);
      lezer.lees(snee);
      hash.update(snee);
      versleutelaar.voegToe(snee);
      if (omvang > SNEL_BYTES) await anderenEerst();
    }
  }
  return { id, lezer, versleutelaar, sha256: hash.digest(), omvang };
}

async function eisOntvanger(loket: Loket, ontvanger: string): Promise<void> {
  if (await loket.organisaties.bestaat(ontvanger)) return;
  throw new KnooppuntFout(ontvanger.length === 4 ? 'gemeenteOnbekend' : 'aanbiederOnbekend');
}

async function beoordeel(
  loket: Loket,
  { client, referentienummer }: Aanlevering,
  gelezen: Gelezen,
): Promise<NieuwBericht> {
  const voorblad = gelezen.lezer.einde();
  const adres = bepaalAdres(voorblad);
  eisBevoegd(client, 'bericht aanleveren', adres.afzender);
  if (!(await loket.organisaties.bestaat(adres.afzender))) throw new KnooppuntFout('afzenderOnbekend');
  await eisOntvanger(loket, adres.ontvanger);
  if (loket.alleenTestBsn && [...voorblad.bsns].some((bsn) => !isTestBsn(bsn)))
    throw new KnooppuntFout('persoonsgegevensNietToegestaan');
  return {
    id: gelezen.id,
    adres: { ...adres, identificatie: adres.identificatie?.slice(0, MAX_IDENTIFICATIE) },
    indiener: client.id,
    referentienummer: referentienummer ?? crypto.randomUUID(),
    kruisreferentie: null,
    sha256: gelezen.sha256,
    omvang: gelezen.omvang,
    ontvangenOp: new Date(),
    inhoud: gelezen.versleutelaar.einde(),
    betrokkenen: [...voorblad.bsns].map((bsn) => pseudoniem(loket.sleutels, bsn)),
  };
}

const bewijs = ({ id, adres, referentienummer, ontvangenOp, sha256, omvang }: NieuwBericht): Ontvangstbewijs => ({
  berichtId: id,
  referentienummer,
  berichtsoort: adres.soort.code,
  release: adres.soort.release,
  afzender: adres.afzender,
  ontvanger: adres.ontvanger,
  ontvangenOp,
  sha256: sha256.toString('hex'),
  omvang,
});

/** The first answer again: same bytes, same receipt. Other bytes under a used number are refused (IB016). */
async function eersteBewijs(database: Database, nieuw: NieuwBericht): Promise<Ontvangstbewijs> {
  const { rows } = await database.pool.query<{ id: string; ontvangenOp: Date; sha256: Buffer }>(
    'select id, ontvangen_op as "ontvangenOp", sha256 from bericht where afzender = $1 and referentienummer = $2',
    [nieuw.adres.afzender, nieuw.referentienummer],
  );
  const eerder = rows[0];
  if (!eerder?.sha256.equals(nieuw.sha256)) throw new KnooppuntFout('referentienummerNietUniek');
  // The same bytes have the same header, so only what the first one was given is its own.
  return bewijs({ ...nieuw, id: eerder.id, ontvangenOp: eerder.ontvangenOp });
}

/**
 * Takes in one message.
 * @returns the receipt, when the message is on disk
 * @throws KnooppuntFout when it is refused; nothing is then stored. Errors of the database pass through: the sender may resend
 */
export async function leverAan(loket: Loket, aanlevering: Aanlevering): Promise<Ontvangstbewijs> {
  if (aanlevering.referentienummer !== undefined && !isUuidV4(aanlevering.referentienummer)) {
    throw new KnooppuntFout('referentienummerOngeldig');
  }
  const bericht = await beoordeel(loket, aanlevering, await lees(loket, aanlevering.inhoud));
  const baanId = await loket.stapelaar.bewaar(bericht);
  if (baanId === undefined) return eersteBewijs(loket.database, bericht);
  loket.stoot(baanId);
  return bewijs(bericht);
}
