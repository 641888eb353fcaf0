/**
 * What a client certificate says of its holder. Only of a certificate that TLS has checked against the configured issuers: nothing is checked
 * here again. Source: Digikoppeling, the OIN of a party is the serialNumber of the Subject of its PKIoverheid certificate.
 */
import type { X509Certificate } from 'node:crypto';

export interface Clientcertificaat {
  /** Of the whole certificate, in hexadecimal digits. */
  readonly sha256: string;
  readonly oin: string | undefined;
}

export const OIN = /^[0-9]{20}$/;

/** @returns the certificate as the register knows it; a Subject with more than one serialNumber has no OIN */
export function leesCertificaat(certificaat: X509Certificate): Clientcertificaat {
  // By OpenSSL a field that is there twice is a list, so it is no OIN.
  const nummer: unknown = (certificaat.toLegacyObject().subject as unknown as Record<string, unknown>).serialNumber;
  return {
    sha256: certificaat.fingerprint256.replaceAll(':', '').toLowerCase(),
    oin: typeof nummer === 'string' && OIN.test(nummer) ? nummer : undefined,
  };
}

/** As RFC 8705 writes it in a token: x5t#S256. */
export const afdruk = ({ sha256 }: Clientcertificaat): string => Buffer.from(sha256, 'hex').toString('base64url');
