/** What a failed TLS connection says, by the codes of Node and OpenSSL. Pure. */
import type { Oorzaak } from './oorzaken.ts';

/** What the other side says of the certificate that we show, by the numbers of RFC 8446. */
const OP_ALERT: Readonly<Record<string, Oorzaak>> = {
  41: 'certificaatGevraagd',
  42: 'certificaatGeweigerd',
  43: 'certificaatGeweigerd',
  44: 'certificaatGeweigerd',
  45: 'certificaatVerlopen',
  46: 'certificaatGeweigerd',
  48: 'certificaatGeweigerd',
  49: 'certificaatGeweigerd',
  116: 'certificaatGevraagd',
};
/** What we find of the other side. In order: the first that fits. */
const OP_CODE: readonly (readonly [RegExp, Oorzaak])[] = [
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, 'eindpuntVerlopen'],
  [/^(ERR_TLS_CERT_ALTNAME_|HOSTNAME_MISMATCH)/, 'eindpuntAndereNaam'],
  [
    /^(UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|CERT_REJECTED|CERT_CHAIN_|INVALID_(CA|PURPOSE)|PATH_LENGTH_)/,
    'eindpuntNietVertrouwd',
  ],
  [/^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|CRL_|UNABLE_TO_|ERROR_IN_)/, 'tls'],
];

/** An error of Node: a code, and the message of OpenSSL, which ends with the number of the alert. */
export type TlsFout = Error & { readonly code?: string };

/** @returns undefined for an error that is not of TLS */
export function tlsOorzaak({ code = '', message }: TlsFout): Oorzaak | undefined {
  const soort = OP_CODE.find(([vorm]) => vorm.test(code))?.[1];
  const alert = /:SSL alert number ([0-9]+)\s*$/.exec(message)?.[1];
  return soort && alert ? (OP_ALERT[alert] ?? soort) : soort;
}

/** Is it about the certificate that we show? Then the message cannot have arrived. */
export const overOnsCertificaat = (oorzaak: Oorzaak | undefined): boolean =>
  oorzaak?.startsWith('certificaat') === true;

/** What is seen of a server that does not like a certificate: not all of them say why, and some hang up without a word. */
const BIJ_VERLOOP: ReadonlySet<string> = new Set(['certificaatGeweigerd', 'verbroken', 'verzendenMislukt', 'tls']);

/** That ours has expired is what the operator must hear first, whatever the other side says of it. @param tot when ours ends */
export const metVerloop = <T extends string>(uitslag: T, tot: Date | undefined, nu: Date): T | Oorzaak =>
  BIJ_VERLOOP.has(uitslag) && tot !== undefined && tot <= nu ? 'certificaatVerlopen' : uitslag;
