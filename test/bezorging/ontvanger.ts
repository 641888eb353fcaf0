/** The StUF endpoint of a receiver, on a real socket: by itself it answers Bv03, and it can be told to do anything else. */
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { schrijfBv03, schrijfFo03 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { StufFout, type StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import { waardeVan } from '../hulp/berichten.ts';

export interface Ontvangen {
  readonly soapAction: string;
  readonly koppen: http.IncomingHttpHeaders;
  readonly lijf: string;
  readonly referentienummer: string;
}

/** What the receiver does with a request that it read. */
export type Gedrag = (bericht: Ontvangen, antwoord: http.ServerResponse) => void;

export interface Ontvanger {
  readonly url: string;
  /** Every request that was read to its end, in order. */
  readonly gekregen: Ontvangen[];
  /** Most requests that were under way at the same time. */
  readonly meesteTegelijk: () => number;
  readonly onderweg: () => number;
  doe(gedrag: Gedrag): void;
  /** Waits until so many requests were read in all. */
  tot(aantal: number): Promise<void>;
  weg(): Promise<void>;
}

const soap = (status: number, bytes: Buffer) => (antwoord: http.ServerResponse) => {
  antwoord.writeHead(status, { 'Content-Type': 'text/xml; charset=utf-8' }).end(bytes);
};
const kop = (kruisreferentie: string) => ({
  zender: '98000001',
  ontvanger: 'BIDN',
  referentienummer: crypto.randomUUID(),
  moment: new Date(),
  kruisreferentie,
});

/** Confirms a message, or another one than it was given. */
export const bv03 =
  (van: (bericht: Ontvangen) => string = ({ referentienummer }) => referentienummer): Gedrag =>
  (bericht, antwoord) =>
    soap(200, inSoap(schrijfBv03(kop(van(bericht)))))(antwoord);

export const fo03 =
  (soort: StufFoutSoort): Gedrag =>
  (bericht, antwoord) =>
    soap(500, schrijfFo03(new StufFout(soort), kop(bericht.referentienummer)))(antwoord);

export const status =
  (code: number, lijf = '<html><body>Helaas</body></html>', koppen: Readonly<Record<string, string>> = {}): Gedrag =>
  (_bericht, antwoord) => {
    antwoord.writeHead(code, { 'Content-Type': 'text/html', ...koppen }).end(lijf);
  };

/** Reads, and then says nothing. */
export const zwijg: Gedrag = () => undefined;

/** Behaves in turn as these, and as the last one from then on. */
export const achtereen = (...gedragingen: readonly Gedrag[]): Gedrag => {
  let keer = 0;
  return (bericht, antwoord) => {
    gedragingen[Math.min(keer, gedragingen.length - 1)]?.(bericht, antwoord);
    keer += 1;
  };
};

/** @param tls key and certificate: the endpoint is then https */
export async function startOntvanger(gedrag: Gedrag = bv03(), tls?: https.ServerOptions): Promise<Ontvanger> {
  const gekregen: Ontvangen[] = [];
  const gebeurd = new EventEmitter();
  const sockets = new Set<Socket>();
  let nu = gedrag;
  let onderweg = 0;
  let meeste = 0;
  const behandel = async (verzoek: http.IncomingMessage, antwoord: http.ServerResponse): Promise<void> => {
    onderweg += 1;
    meeste = Math.max(meeste, onderweg);
    antwoord.once('close', () => {
      onderweg -= 1;
    });
    const stukken: Buffer[] = [];
    try {
      for await (const stuk of verzoek) stukken.push(stuk as Buffer);
    } catch {
      return;
    }
    const lijf = Buffer.concat(stukken).toString('utf8');
    const bericht = {
      soapAction: String(verzoek.headers.soapaction),
      koppen: verzoek.headers,
      lijf,
      referentienummer: waardeVan(lijf, 'referentienummer') ?? '',
    };
    gekregen.push(bericht);
    nu(bericht, antwoord);
    gebeurd.emit('gekregen');
  };
  const opVerzoek = (verzoek: http.IncomingMessage, antwoord: http.ServerResponse): void =>
    void behandel(verzoek, antwoord);
  const server = tls ? https.createServer(tls, opVerzoek) : http.createServer(opVerzoek);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/stuf`,
    gekregen,
    meesteTegelijk: () => meeste,
    onderweg: () => onderweg,
    doe(gedrag) {
      nu = gedrag;
    },
    async tot(aantal) {
      while (gekregen.length < aantal) await once(gebeurd, 'gekregen');
    },
    async weg() {
      const dicht = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await dicht;
    },
  };
}
