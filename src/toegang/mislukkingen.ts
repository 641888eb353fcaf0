/**
 * Failed authentications: counted per address and per client, slowed down, and written in the audit log. The log is not for whoever fails to
 * fill: of one address or client the 1st, 2nd, 4th, 8th, ... failure has a line, and all together no more than some per second.
 */
import { type Logregel, schrijfLogboek } from '../logboek/logboek.ts';
import type { Verbinding } from '../opslag/database.ts';
import { Emmers } from './emmers.ts';
import { Rem } from './rem.ts';

const ADRES_MS = 15 * 60_000;
/** Anybody can fail in the name of a client: it must not be kept out for long by that. */
const CLIENT_MS = 60_000;
/** At the API a good token is never kept waiting; this only answers bad ones more cheaply. */
const TOKEN_MS = 60_000;
/** Behind one address there can be all who work at a gemeente. */
const PORTAAL_MS = 60_000;
const MAX_GOED = 20_000;
const REGELS_PER_SECONDE = 5;

export interface Mislukking {
  readonly adres: string;
  /** Who it said that it was, when there is such a client. */
  readonly client?: string | undefined;
  /** By which way it tried. */
  readonly weg: 'token' | 'certificaat' | 'secret' | 'private_key_jwt' | 'tls_client_auth' | 'portaal' | 'onbekend';
  /** What was wrong, in a word. */
  readonly wat?: string;
}

const isMachtVanTwee = (aantal: number): boolean => (aantal & (aantal - 1)) === 0;

/** What belongs to one subscriber: of IPv6 the first 64 bits. */
export function netwerkVan(adres: string): string {
  const v4 = adres.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!v4.includes(':')) return v4;
  const [voor = '', na] = v4.split('%', 1)[0]?.split('::', 2) ?? [];
  const begin = voor === '' ? [] : voor.split(':');
  const eind = na ? na.split(':') : [];
  const groepen = [
    ...begin,
    ...Array.from({ length: Math.max(0, 8 - begin.length - eind.length) }, () => '0'),
    ...eind,
  ];
  return `${groepen.slice(0, 4).join(':')}::/64`;
}

export class Mislukkingen {
  readonly #verbinding: Verbinding;
  readonly #opFout: (melding: string, fout: unknown) => void;
  readonly #perAdres: Rem;
  readonly #perClient: Rem;
  readonly #tokens: Rem;
  readonly #portaal: Rem;
  readonly #regels = new Emmers(REGELS_PER_SECONDE);
  /** Where each client authenticated well before: there the failures of others do not hold it up. */
  readonly #goed = new Set<string>();

  constructor(verbinding: Verbinding, vrij: number, opFout: (melding: string, fout: unknown) => void) {
    this.#verbinding = verbinding;
    this.#opFout = opFout;
    this.#perAdres = new Rem({ vrij, maxMs: ADRES_MS });
    this.#perClient = new Rem({ vrij, maxMs: CLIENT_MS });
    this.#tokens = new Rem({ vrij, maxMs: TOKEN_MS });
    this.#portaal = new Rem({ vrij, maxMs: PORTAAL_MS });
  }

  /** Milliseconds that this one has to wait before it may try to get a token. */
  wachtVoorToken(adres: string, client: string): number {
    const netwerk = netwerkVan(adres);
    const clientMs = this.#goed.has(`${client} ${netwerk}`) ? 0 : this.#perClient.wacht(client);
    return Math.max(this.#perAdres.wacht(netwerk), clientMs);
  }

  /** No token was given. */
  async geenToken(mislukking: Mislukking & { readonly naam: string }): Promise<void> {
    const netwerk = netwerkVan(mislukking.adres);
    // The name is what was said, known or not: otherwise the waiting would tell which names there are.
    this.#perClient.mislukt(mislukking.naam);
    await this.#boek(mislukking, this.#perAdres.mislukt(netwerk));
  }

  welToken(adres: string, client: string): void {
    const netwerk = netwerkVan(adres);
    this.#perAdres.gelukt(netwerk);
    this.#perClient.gelukt(client);
    const [oudste] = this.#goed;
    if (this.#goed.size >= MAX_GOED && oudste !== undefined) this.#goed.delete(oudste);
    this.#goed.add(`${client} ${netwerk}`);
  }

  /** A token or certificate that is no good was shown. @param metRegel does it need an audit line? @returns milliseconds in which the next one need not be tried; 0: none */
  async slechtToken(mislukking: Mislukking, metRegel = true): Promise<number> {
    const netwerk = netwerkVan(mislukking.adres);
    const wacht = this.#tokens.wacht(netwerk);
    if (wacht > 0) return wacht;
    const aantal = this.#tokens.mislukt(netwerk);
    if (metRegel) await this.#boek(mislukking, aantal);
    return 0;
  }

  /** Milliseconds in which nobody from there can log in at the portal. */
  wachtVoorPortaal(adres: string): number {
    return this.#portaal.wacht(netwerkVan(adres));
  }

  /** Somebody did not get into the portal. @param wat what was wrong, in a word; @param client who it was, when that is known */
  async portaalMislukt(adres: string, wat: string, client?: string): Promise<void> {
    await this.#boek({ adres, client, weg: 'portaal', wat }, this.#portaal.mislukt(netwerkVan(adres)));
  }

  portaalGelukt(adres: string): void {
    this.#portaal.gelukt(netwerkVan(adres));
  }

  async #boek({ adres, client, weg, wat }: Mislukking, aantal: number): Promise<void> {
    if (!isMachtVanTwee(aantal) || this.#regels.neem('') > 0) return;
    await this.boek({
      gebeurtenis: 'aanmelding mislukt',
      actor: client ?? 'onbekend',
      namens: null,
      resultaat: weg,
      berichtId: null,
      details: { adres: netwerkVan(adres), aantal, ...(wat !== undefined && { wat }) },
    });
  }

  /** Never fails: that a line could not be written is for the operator to know. */
  async boek(regel: Logregel): Promise<void> {
    await schrijfLogboek(this.#verbinding, [regel]).catch((fout: unknown) =>
      this.#opFout('auditregel niet geschreven', fout),
    );
  }
}
