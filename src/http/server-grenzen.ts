/**
 * What a caller may cost before its request is one: bytes of headers, time for each part, idle time, connections. The same for http and
 * https. And what it hears when it goes beyond, because then there is no request for the application to answer.
 */
import { type IncomingMessage, type Server, type ServerOptions, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WEIGERINGEN, type WeigeringSoort } from '../fouten.ts';
import { vasteKoppen } from './koppen.ts';

/** A caller that takes longer than this for its headers, or for its whole request, is cut off. */
const MAX_KOPPEN_MS = 10_000;
const MAX_VERZOEK_MS = 300_000;
/** How often that is looked at. */
const KIJK_MS = 1000;
const MAX_KOP_BYTES = 16 * 1024;
const MAX_KOPPEN = 100;
/** Idle between two requests, and idle within one: longer than anybody may wait for post (60 s). */
const RUST_MS = 30_000;
const STILTE_MS = 180_000;
/** A caller that opens more finds the door shut; those that are inside notice nothing. */
const MAX_VERBINDINGEN = 8192;

/** Options for http.createServer and https.createServer. */
export const SERVER_GRENZEN = Object.freeze({
  headersTimeout: MAX_KOPPEN_MS,
  requestTimeout: MAX_VERZOEK_MS,
  connectionsCheckingInterval: KIJK_MS,
  maxHeaderSize: MAX_KOP_BYTES,
  keepAliveTimeout: RUST_MS,
  requireHostHeader: true,
  insecureHTTPParser: false,
} as const satisfies ServerOptions);

/** What the parser of Node says, as one of our refusals; anything else is a request that is no HTTP. */
const OP_CODE: Readonly<Record<string, WeigeringSoort>> = {
  HPE_HEADER_OVERFLOW: 'koppenTeGroot',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'koppenTeGroot',
  ERR_HTTP_REQUEST_TIMEOUT: 'verzoekTeTraag',
};

/** The whole answer, without anything of what was sent. */
export function platAntwoord(soort: WeigeringSoort): string {
  const { http, titel } = WEIGERINGEN[soort];
  const lijf = JSON.stringify({ type: `urn:x-knooppunt:fout:${soort}`, title: titel, status: http });
  const koppen = {
    ...vasteKoppen(),
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(lijf)),
    Connection: 'close',
  };
  const regels = Object.entries(koppen).map(([naam, waarde]) => `${naam}: ${waarde}`);
  return [`HTTP/1.1 ${http} ${STATUS_CODES[http]}`, ...regels, '', lijf].join('\r\n');
}

/** Node keeps here what it is answering on a connection. */
type MetAntwoord = Socket & { readonly _httpMessage?: { readonly headersSent: boolean } | null };

/**
 * Bounds a server, http or https.
 * @param opWeigering hears of each request that never became one
 */
export function begrens(server: Server, opWeigering: (soort: WeigeringSoort) => void = () => undefined): void {
  server.maxHeadersCount = MAX_KOPPEN;
  server.maxConnections = MAX_VERBINDINGEN;
  server.setTimeout(STILTE_MS);
  server.on('clientError', (fout: Error & { readonly code?: string }, ruw) => {
    const socket = ruw as MetAntwoord;
    if (fout.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const soort = OP_CODE[fout.code ?? ''] ?? 'invoerOngeldig';
    opWeigering(soort);
    // An answer that is on its way already may not be followed by another.
    if (socket._httpMessage?.headersSent) return void socket.destroy();
    socket.end(platAntwoord(soort), () => socket.destroy());
  });
  // What a caller expects beside 100-continue, nobody can give it.
  server.on('checkExpectation', ({ socket }: IncomingMessage) => {
    opWeigering('invoerOngeldig');
    socket.end(platAntwoord('invoerOngeldig'), () => socket.destroy());
  });
}
