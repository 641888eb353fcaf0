/**
 * What we show and whom we trust when StUF is pushed over TLS: one certificate of the knooppunt for all receivers, the authorities that it
 * trusts, and where a receiver has an authority of its own, a file for that receiver alone.
 *
 * Files are looked at for every attempt, so a renewed certificate is used by the next one. Changed files that cannot be used change nothing:
 * the ones before go on, as with the certificate that we listen with.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { StufTls } from '../config-verharding.ts';
import { ConfiguratieFout } from '../fouten.ts';

/** For one connection. */
export interface Tlskeuze {
  readonly secureContext: SecureContext;
  /** When the certificate that we show ends; undefined: we show none. */
  readonly certificaatTot: Date | undefined;
}

interface Geladen {
  readonly kenmerk: string;
  /** undefined: these files cannot be used, and there were none before them. */
  readonly keuze: Tlskeuze | undefined;
}

type Soort = 'cert' | 'key' | 'ca';
type Bestanden = readonly (readonly [Soort, string])[];

const kenmerkVan = (bestanden: Bestanden): string =>
  bestanden
    .map(([, pad]) => statSync(pad, { throwIfNoEntry: false }))
    .map((stand) => (stand ? [stand.mtimeMs, stand.size, stand.ino].join() : 'weg'))
    .join(';');

const CERTIFICAAT = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Node takes any text for a list of authorities; one that names nobody would only show as receivers that nobody trusts. */
function eisUitgevers(ca: Buffer): void {
  const uitgevers = ca.toString('latin1').match(CERTIFICAAT) ?? [];
  if (uitgevers.length === 0) throw new Error('no certificate of an authority in the file');
  for (const pem of uitgevers) new X509Certificate(pem);
}

function laad(bestanden: Bestanden, beleid: SecureContextOptions): Tlskeuze {
  const inhoud = Object.fromEntries(bestanden.map(([soort, pad]) => [soort, readFileSync(pad)]));
  if (inhoud.ca) eisUitgevers(inhoud.ca);
  return {
    secureContext: createSecureContext({ ...beleid, ...inhoud }),
    certificaatTot: inhoud.cert && new X509Certificate(inhoud.cert).validToDate,
  };
}

export interface Middelenopties {
  /** Versions, suites and curves: not a setting. */
  readonly beleid: SecureContextOptions;
  /** Hears that changed files could not be used. */
  readonly opFout: (melding: string, fout: unknown) => void;
}

export class Tlsmiddelen {
  readonly #config: StufTls;
  readonly #opties: Middelenopties;
  readonly #geladen = new Map<string, Geladen>();

  /** @throws ConfiguratieFout when the files for all receivers cannot be used */
  constructor(config: StufTls, opties: Middelenopties) {
    this.#config = config;
    this.#opties = opties;
    const bestanden = this.#bestanden(config.ca);
    try {
      this.#geladen.set('', { kenmerk: kenmerkVan(bestanden), keuze: laad(bestanden, opties.beleid) });
    } catch (oorzaak) {
      throw new ConfiguratieFout('Een bestand van KNOOPPUNT_STUF_* is niet te lezen of niet goed.', { cause: oorzaak });
    }
  }

  /** @returns what holds for this receiver now; undefined when the file with its authorities cannot be used */
  voor(organisatie: string): Tlskeuze | undefined {
    const { ca, caMap } = this.#config;
    // Codes of organisations are letters and digits; whatever else one holds, it names no file.
    const eigenCa = caMap && /^[A-Za-z0-9]+$/.test(organisatie) ? join(caMap, `${organisatie}.pem`) : undefined;
    const heeftEigen = eigenCa !== undefined && statSync(eigenCa, { throwIfNoEntry: false }) !== undefined;
    return heeftEigen ? this.#vers(organisatie, this.#bestanden(eigenCa)) : this.#vers('', this.#bestanden(ca));
  }

  #bestanden(ca: string | undefined): Bestanden {
    const { certificaat, sleutel } = this.#config;
    const alle = [
      ['cert', certificaat],
      ['key', sleutel],
      ['ca', ca],
    ] as const;
    return alle.flatMap(([soort, pad]) => (pad === undefined ? [] : [[soort, pad] as const]));
  }

  #vers(wie: string, bestanden: Bestanden): Tlskeuze | undefined {
    const eerder = this.#geladen.get(wie);
    const kenmerk = kenmerkVan(bestanden);
    if (eerder?.kenmerk === kenmerk) return eerder.keuze;
    let keuze = eerder?.keuze;
    try {
      keuze = laad(bestanden, this.#opties.beleid);
    } catch (fout) {
      this.#opties.opFout('bestanden van KNOOPPUNT_STUF_* zijn niet bruikbaar', fout);
    }
    this.#geladen.set(wie, { kenmerk, keuze });
    return keuze;
  }
}
