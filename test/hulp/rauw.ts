/** HTTP without the good manners of fetch: any path, any header, a body that comes in pieces, and a client that walks away. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface RauwVerzoek {
  readonly methode?: string;
  /** As it stands on the request line: nothing is normalised. */
  readonly pad: string;
  readonly koppen?: Readonly<OutgoingHttpHeaders>;
  /** Pieces go with chunked transfer, without a Content-Length. */
  readonly lijf?: Uint8Array | string | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface RauwAntwoord {
  readonly status: number;
  readonly koppen: IncomingHttpHeaders;
  readonly lijf: string;
  /** How much of the body had been handed to the network when the answer came. */
  readonly verstuurd: number;
}

type Vraag = ReturnType<typeof request>;

const isStukken = (lijf: RauwVerzoek['lijf']): lijf is Iterable<Uint8Array> | AsyncIterable<Uint8Array> =>
  typeof lijf === 'object' && !(lijf instanceof Uint8Array);

/** Opens a request and leaves the body to the caller. */
export function open(adres: string, { methode = 'POST', pad, koppen = {} }: RauwVerzoek): Vraag {
  const { hostname, port } = new URL(adres);
  const headers = { Connection: 'keep-alive', ...koppen };
  const vraag = request({ hostname, port, path: pad, method: methode, headers, agent: false });
  vraag.on('error', () => undefined);
  return vraag;
}

export async function stuur(adres: string, verzoek: RauwVerzoek): Promise<RauwAntwoord> {
  const { lijf } = verzoek;
  const vraag = open(adres, verzoek);
  let verstuurd = 0;
  const antwoord = new Promise<RauwAntwoord>((klaar, mislukt) => {
    vraag.once('error', mislukt);
    vraag.once('response', (komt) => {
      const bij = verstuurd;
      const stukken: Buffer[] = [];
      komt.on('data', (stuk: Buffer) => stukken.push(stuk));
      komt.once('error', mislukt);
      komt.once('end', () =>
        klaar({
          status: komt.statusCode ?? 0,
          koppen: komt.headers,
          lijf: Buffer.concat(stukken).toString('utf8'),
          verstuurd: bij,
        }),
      );
    });
  });
  if (isStukken(lijf)) {
    const dicht = once(vraag, 'close');
    const schrijf = async (): Promise<void> => {
      for await (const stuk of lijf) {
        if (vraag.destroyed) return;
        verstuurd += stuk.length;
        const ruim = vraag.write(stuk);
        if (!ruim) await Promise.race([once(vraag, 'drain'), dicht]);
      }
      vraag.end();
    };
    schrijf().catch(() => vraag.destroy());
  } else vraag.end(lijf);
  return antwoord.finally(() => vraag.destroy());
}

export interface Gesprek {
  /** All that the server said, as it came over the line. */
  readonly gezegd: string;
  /** Bytes that were sent before the first word of the server, and after it. */
  readonly ervoor: number;
  readonly erna: number;
}

/** Says these bytes over a bare connection, then `herhaal` for as long as the server lets us; hangs up after the last when there is none. */
export function spreek(adres: string, begin: Uint8Array, herhaal?: Uint8Array): Promise<Gesprek> {
  const { hostname, port } = new URL(adres);
  return new Promise((klaar) => {
    let gezegd = '';
    let verstuurd = 0;
    let ervoor: number | undefined;
    const socket = connect(Number(port), hostname, () => {
      if (herhaal === undefined) {
        socket.end(begin);
        return;
      }
      socket.write(begin);
      const door = (): void => {
        while (!socket.destroyed) {
          verstuurd += herhaal.length;
          if (!socket.write(herhaal)) return void socket.once('drain', door);
        }
      };
      door();
    });
    socket.setEncoding('utf8').on('data', (stuk: string) => {
      ervoor ??= verstuurd;
      gezegd += stuk;
    });
    socket.on('error', () => undefined);
    socket.once('close', () => klaar({ gezegd, ervoor: ervoor ?? verstuurd, erna: verstuurd - (ervoor ?? verstuurd) }));
  });
}

/** What the server said, taken apart. */
export function alsAntwoord({ gezegd, ervoor }: Gesprek): RauwAntwoord {
  const [kop = '', lijf = ''] = gezegd.split('\r\n\r\n', 2);
  const [eerste = '', ...regels] = kop.split('\r\n');
  const koppen = Object.fromEntries(
    regels.map((regel) => regel.split(': ', 2)).map(([naam = '', waarde]) => [naam.toLowerCase(), waarde]),
  );
  return { status: Number(eerste.split(' ')[1]), koppen, lijf, verstuurd: ervoor };
}
