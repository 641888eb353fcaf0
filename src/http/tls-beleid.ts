/**
 * How we speak TLS, in and out: what the ICT-beveiligingsrichtlijnen voor TLS of the NCSC call goed, and of TLS 1.2 what they call voldoende or
 * better. Digikoppeling asks the same: 1.2 at least, 1.3 preferred, signatures over SHA-256 or better.
 *
 * Only suites with forward secrecy and authenticated encryption: no CBC, no RSA key exchange, no finite-field Diffie-Hellman, no SHA-1.
 */
import { constants } from 'node:crypto';
import type { SecureContextOptions, TlsOptions } from 'node:tls';

/** In order of preference; the first three are of TLS 1.3. */
export const SUITES = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
] as const;

/** Groups for the key exchange. */
export const KROMMEN = ['X25519', 'prime256v1', 'secp384r1', 'X448'] as const;

/** Signatures in the handshake, in certificates as well. */
export const HANDTEKENINGEN = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ed25519',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pss_pss_sha256',
  'rsa_pss_pss_sha384',
  'rsa_pss_pss_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
] as const;

/** For what we ask of others. */
export const TLS_UIT = Object.freeze({
  minVersion: 'TLSv1.2',
  ciphers: SUITES.join(':'),
  ecdhCurve: KROMMEN.join(':'),
  sigalgs: HANDTEKENINGEN.join(':'),
} as const satisfies SecureContextOptions);

/** A caller that has not finished its handshake by then is no caller. */
const HANDDRUK_MS = 10_000;
const SESSIE_S = 300;

/** For what listens: our order counts, and nobody negotiates again on a connection that stands. Key and certificate are the installation's. */
export const TLS_IN = Object.freeze({
  ...TLS_UIT,
  honorCipherOrder: true,
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_COMPRESSION,
  handshakeTimeout: HANDDRUK_MS,
  sessionTimeout: SESSIE_S,
} as const satisfies TlsOptions);
