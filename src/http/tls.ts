/**
 * The server of the api role: plain HTTP behind a proxy of one's own, or TLS when a certificate is configured. With issuers of client
 * certificates configured, TLS asks for one: who shows none is known by its token, and who shows one that is not right is cut off.
 */

import { constants } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket, type TlsOptions } from 'node:tls';
import type { Tlsconfig } from '../config-toegang.ts';
import { ConfiguratieFout } from '../fouten.ts';
import { type Clientcertificaat, leesCertificaat } from '../toegang/certificaat.ts';
import { TLS_IN } from './tls-beleid.ts';

/** A certificate that was renewed is used within this time, without a restart. */
const HERLEES_MS = 30_000;

/** What the configuration does not choose. */
const VAST: TlsOptions = TLS_IN;

function leesBestanden({ certificaat, sleutel, clientCa, crl }: Tlsconfig): TlsOptions {
  try {
    return {
      cert: readFileSync(certificaat),
      key: readFileSync(sleutel),
      // Without a ticket every connection is checked anew, against the issuers and the lists of now.
      ...(clientCa && { ca: readFileSync(clientCa), secureOptions: constants.SSL_OP_NO_TICKET }),
      ...(crl && { crl: readFileSync(crl) }),
    };
  } catch (oorzaak) {
    throw new ConfiguratieFout('Een bestand van KNOOPPUNT_TLS_* is niet te lezen.', { cause: oorzaak });
  }
}

/** @throws ConfiguratieFout when the files cannot be used */
export function eisTls(tls: Tlsconfig): void {
  const bestanden = leesBestanden(tls);
  try {
    createSecureContext(bestanden);
  } catch (oorzaak) {
    throw new ConfiguratieFout('Het certificaat of de sleutel van KNOOPPUNT_TLS_* is niet goed.', { cause: oorzaak });
  }
}

const kenmerkVan = ({ certificaat, sleutel, clientCa, crl }: Tlsconfig): string =>
  [certificaat, sleutel, clientCa, crl]
    .flatMap((pad) => (pad === undefined ? [] : [statSync(pad)]))
    .map(({ mtimeMs, size, ino }) => [mtimeMs, size, ino].join())
    .join();

/**
 * @param opFout hears that changed files could not be used; the ones before go on
 * @throws ConfiguratieFout when the files are not right
 */
export function maakServer(
  opties: ServerOptions,
  app: RequestListener,
  tls: Tlsconfig | undefined,
  opFout: (melding: string, fout: unknown) => void,
  herleesMs = HERLEES_MS,
): Server {
  if (!tls) return createHttp(opties, app);
  // Not refused by TLS itself: that would refuse whoever has none.
  const vraag: TlsOptions = { requestCert: tls.clientCa !== undefined, rejectUnauthorized: false };
  eisTls(tls);
  const server = createHttps({ ...opties, ...VAST, ...vraag, ...leesBestanden(tls) }, app);
  server.on('secureConnection', (socket) => {
    if (socket.getPeerX509Certificate() && !socket.authorized) socket.destroy();
  });
  let kenmerk = kenmerkVan(tls);
  const herlees = setInterval(() => {
    try {
      const nu = kenmerkVan(tls);
      if (nu === kenmerk) return;
      server.setSecureContext({ ...VAST, ...leesBestanden(tls) });
      kenmerk = nu;
    } catch (fout) {
      opFout('gewijzigde bestanden van KNOOPPUNT_TLS_* zijn niet bruikbaar', fout);
    }
  }, herleesMs).unref();
  server.once('close', () => clearInterval(herlees));
  return server;
}

interface Bekend {
  readonly certificaat: Clientcertificaat;
  readonly tot: number;
}
const bekend = new WeakMap<TLSSocket, Bekend>();

/** The client certificate of a connection, when TLS found it right; a connection may outlive it, its trust may not. */
export function certificaatVan(socket: Socket): Clientcertificaat | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const eerder = bekend.get(socket);
  const x509 = eerder ? undefined : socket.getPeerX509Certificate();
  const van = eerder ?? (x509 && { certificaat: leesCertificaat(x509), tot: Date.parse(x509.validTo) });
  if (!van) return undefined;
  bekend.set(socket, van);
  return Date.now() < van.tot ? van.certificaat : undefined;
}
