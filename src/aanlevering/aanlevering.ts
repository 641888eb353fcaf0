/**
 * Intake: from bytes on the wire to a stored bericht and a receipt.
 *
 * The promise of the receipt: whoever holds one, holds a message that is on disk and will get exactly one outcome. So the receipt is
 * given after the commit, never before; and a refusal leaves nothing behind but its audit line.
 */
import { createHash } from 'node:crypto';
import { setImmediate as anderenEerst } from 'node:timers/promises';
import { KnooppuntFout, type WeigeringSoort } from '../fouten.ts';
import { isUuidV4, nieuwBerichtId } from '../identiteit.ts';
import { dagtekeningVan, tweedeAntwoord, zoekHeenbericht } from '../koppeling/heenbericht.ts';
import { huidigSpoor } from '../logboek/spoor.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { pseudoniem, Versleutelaar } from '../opslag/versleuteling.ts';
import { type Adres, bepaalAdres } from '../routering/adres.ts';
import type { Routering } from '../routering/routering.ts';
import { isTestBsn } from '../standards/bsn.ts';
import type { Client } from '../toegang/clients.ts';
import type { Virusscanner } from '../virusscan/scanner.ts';
import { gescand } from '../virusscan/stroom.ts';
import { VoorbladLezer } from '../xml/voorblad.ts';
import type { NieuwBericht } from './opslaan.ts';
import type { Stapelaar } from './stapelaar.ts';

/** Longest identification of the norm is 12 characters; what is longer is refused by the XSD, but must be stored until then. */
const MAX_IDENTIFICATIE = 40;

/** What the sender says about a message outside it: in headers, or in the StUF envelope around it. */
export interface Kenmerken {
  /** Made by the switch when absent. */
  readonly referentienummer: string | undefined;
  /** referentienummer of the message that this one answers. */
  readonly kruisreferentie?: string | undefined;
  /** Holds the message against its envelope; throws the refusal. */
  readonly toets?: ((adres: Adres) => void) | undefined;
}

/** @throws KnooppuntFout referentienummerOngeldig */
export function metGeldigeNummers(kenmerken: Kenmerken): Kenmerken {
  const { referentienummer, kruisreferentie } = kenmerken;
  if ([referentienummer, kruisreferentie].some((nummer) => nummer !== undefined && !isUuidV4(nummer)))
    throw new KnooppuntFout('referentienummerOngeldig');
  return kenmerken;
}

export interface Aanlevering {
  readonly client: Client;
  /** Asked when the last byte was read: an envelope may say it only then. */
  readonly kenmerken: () => Kenmerken;
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
  readonly routering: Routering;
  readonly stapelaar: Stapelaar;
  /** Tells the verwerkers that a lane has work. Never waits and never fails: the sweep finds what it misses. */
  readonly stoot: (baanId: number) => void;
  readonly maxBytes: number;
  readonly alleenTestBsn: boolean;
  /** Looks at every byte that comes in, when the installation has one. */
  readonly virusscanner?: Virusscanner | undefined;
}

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
async function lees(loket: Loket, { client, inhoud }: Aanlevering): Promise<Gelezen> {
  const id = nieuwBerichtId();
  const lezer = new VoorbladLezer();
  const versleutelaar = new Versleutelaar(loket.sleutels, id);
  const hash = createHash('sha256');
  let omvang = 0;
  // The verdict of the scanner comes with the last byte, before anything else is judged: of what is infected, its sender hears that first.
  for await (const stuk of gescand(loket.virusscanner, client.id, inhoud)) {
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

/** What may be refused today although it was right when it was first sent. Who may send for whom is asked again every time. */
const NIET_BIJ_HERHALING: ReadonlySet<WeigeringSoort> = new Set([
  'berichtsoortBevroren',
  'berichtsoortNietMeerToegestaan',
  'gemeenteNietGeldig',
  'aanbiederNietGeldig',
  'aanleveringGestopt',
  'afzenderZonderDeelname',
  'ontvangerZonderDeelname',
  'heenberichtOnbekend',
  'tweedeAntwoord',
]);

/**
 * A resend is not judged again: storing it will show that it is there already, and the sender gets its first receipt.
 * @returns what the question gives; undefined for the resend of a message that would be refused now
 */
async function ofHerhaling<T>(
  { database }: Loket,
  { afzender }: Adres,
  { referentienummer }: Kenmerken,
  vraag: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await vraag();
  } catch (fout) {
    const mag = fout instanceof KnooppuntFout && NIET_BIJ_HERHALING.has(fout.soort) && referentienummer !== undefined;
    if (mag && (await zoekEerder(database, afzender, referentienummer))) return undefined;
    throw fout;
  }
}

async function beoordeel(loket: Loket, { client, kenmerken }: Aanlevering, gelezen: Gelezen): Promise<NieuwBericht> {
  const geldig = metGeldigeNummers(kenmerken());
  const { referentienummer, toets } = geldig;
  const voorblad = gelezen.lezer.einde();
  const adres = bepaalAdres(voorblad);
  toets?.(adres);
  await ofHerhaling(loket, adres, geldig, () => loket.routering.eis(adres, client, new Date()));
  if (loket.alleenTestBsn && [...voorblad.bsns].some((bsn) => !isTestBsn(bsn)))
    throw new KnooppuntFout('persoonsgegevensNietToegestaan');
  const paar = await ofHerhaling(loket, adres, geldig, () =>
    zoekHeenbericht(loket.database, adres, voorblad, geldig.kruisreferentie),
  );
  return {
    id: gelezen.id,
    adres: { ...adres, identificatie: adres.identificatie?.slice(0, MAX_IDENTIFICATIE) },
    indiener: client.id,
    referentienummer: referentienummer ?? crypto.randomUUID(),
    kruisreferentie: paar?.kruisreferentie ?? null,
    heenberichtId: paar?.heenberichtId ?? null,
    dagtekening: dagtekeningVan(adres, voorblad),
    sha256: gelezen.sha256,
    omvang: gelezen.omvang,
    ontvangenOp: new Date(),
    inhoud: gelezen.versleutelaar.einde(),
    betrokkenen: [...voorblad.bsns].map((bsn) => pseudoniem(loket.sleutels, bsn)),
    spoor: huidigSpoor(),
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

interface Eerder {
  readonly id: string;
  readonly ontvangenOp: Date;
  readonly sha256: Buffer;
}

/** The message that this sender sent under this number before. */
async function zoekEerder(database: Database, afzender: string, referentienummer: string): Promise<Eerder | undefined> {
  const { rows } = await database.pool.query<Eerder>({
    name: 'bericht-eerder',
    text: 'select id, ontvangen_op as "ontvangenOp", sha256 from bericht where afzender = $1 and referentienummer = $2',
    values: [afzender, referentienummer],
  });
  return rows[0];
}

/** The first answer again: same bytes, same receipt. Other bytes under a used number are refused (IB016). */
async function eersteBewijs(database: Database, nieuw: NieuwBericht): Promise<Ontvangstbewijs> {
  const eerder = await zoekEerder(database, nieuw.adres.afzender, nieuw.referentienummer);
  // Nothing under its number, and yet not new: another answer to the same heenbericht was a moment earlier.
  if (!eerder) throw tweedeAntwoord(nieuw.adres.soort);
  if (!eerder.sha256.equals(nieuw.sha256)) throw new KnooppuntFout('referentienummerNietUniek');
  // The same bytes have the same header, so only what the first one was given is its own.
  return bewijs({ ...nieuw, id: eerder.id, ontvangenOp: eerder.ontvangenOp });
}

/**
 * Takes in one message.
 * @returns the receipt, when the message is on disk
 * @throws KnooppuntFout when it is refused; nothing is then stored. Errors of the database pass through: the sender may resend
 */
export async function leverAan(loket: Loket, aanlevering: Aanlevering): Promise<Ontvangstbewijs> {
  const bericht = await beoordeel(loket, aanlevering, await lees(loket, aanlevering));
  const baanId = await loket.stapelaar.bewaar(bericht);
  if (baanId === undefined) return eersteBewijs(loket.database, bericht);
  loket.stoot(baanId);
  return bewijs(bericht);
}
