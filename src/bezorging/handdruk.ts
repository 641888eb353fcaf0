/**
 * Asks a receiver what it thinks of our certificate, by shaking hands and sending nothing.
 *
 * In TLS 1.3 a client is done before the server has looked at its certificate. What the server then says comes after the message was sent,
 * and is often lost with the connection: all that is left to see is a line that broke. Who sends nothing, hears it.
 */
import type { LookupFunction } from 'node:net';
import { connect, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Oorzaak } from './oorzaken.ts';
import { overOnsCertificaat, tlsOorzaak } from './tls-oorzaak.ts';

/** The whole of it, and of that how long we listen after shaking hands. */
const GEDULD_MS = 5000;
const LUISTER_MS = 1000;

export interface Handdrukopties {
  readonly tls?: (SecureContextOptions & { readonly secureContext?: SecureContext }) | undefined;
  readonly lookup?: LookupFunction | undefined;
  readonly signaal: AbortSignal;
}

/** @returns what it has against our certificate; undefined when it says nothing of that */
export function vraagOordeel(url: URL, { tls, lookup, signaal }: Handdrukopties): Promise<Oorzaak | undefined> {
  return new Promise((klaar) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      ...tls,
      rejectUnauthorized: true,
      host,
      port: Number(url.port || 443),
      ...naamVoor(host),
      ...(lookup && { lookup }),
    });
    const einde = (oorzaak?: Oorzaak): void => {
      clearTimeout(klok);
      signaal.removeEventListener('abort', breekAf);
      socket.destroy();
      klaar(overOnsCertificaat(oorzaak) ? oorzaak : undefined);
    };
    const breekAf = (): void => einde();
    let klok = setTimeout(einde, GEDULD_MS);
    signaal.addEventListener('abort', breekAf, { once: true });
    socket.on('error', (fout) => einde(tlsOorzaak(fout)));
    socket.once('close', breekAf);
    socket.once('secureConnect', () => {
      clearTimeout(klok);
      klok = setTimeout(einde, LUISTER_MS);
    });
    socket.resume();
  });
}

/** An address is no name to ask for. */
const naamVoor = (host: string): { readonly servername?: string } =>
  /^[\d.]+$|:/.test(host) ? {} : { servername: host };
