/** HTTP without the good manners of fetch: any path, any header, a body that comes in pieces, and a client that walks away. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

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
  // The connection is not used again; an endless body goes on until the server ends it.
  return antwoord.finally(() => isStukken(lijf) || vraag.destroy());
}
