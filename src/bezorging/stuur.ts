/**
 * One HTTP POST to a receiver that may be dead, slow, half-open or hostile: every phase has its time, the answer its size, no redirect is
 * followed and no connection is kept. It never throws: what went wrong comes back as a cause, by the phase in which it happened, because
 * that tells whether the message can have arrived.
 */
import http from 'node:http';
import https from 'node:https';
import { ADRES_BESLOTEN } from './doelen.ts';
import { type Handdrukopties, vraagOordeel } from './handdruk.ts';
import type { Oorzaak } from './oorzaken.ts';
import { type TlsFout, tlsOorzaak } from './tls-oorzaak.ts';
import type { Tijden, Verkeer, Zending } from './types.ts';

/** A Bv03 or Fo03 is a few kB. */
const MAX_ANTWOORD_BYTES = 64 * 1024;

type Fase = keyof Tijden;

/** Per phase: the cause when its time is up, and when the connection breaks. */
const OORZAAK: Readonly<Record<Fase, { readonly teLaat: Oorzaak; readonly breuk: Oorzaak }>> = {
  verbinden: { teLaat: 'geenVerbinding', breuk: 'geenVerbinding' },
  verzenden: { teLaat: 'verzendenMislukt', breuk: 'verzendenMislukt' },
  wachten: { teLaat: 'geenAntwoord', breuk: 'verbroken' },
  lezen: { teLaat: 'antwoordTeTraag', breuk: 'verbroken' },
};

/** Codes of Node and OpenSSL that say more than the phase does. */
const OP_CODE: readonly (readonly [RegExp, Oorzaak])[] = [
  [new RegExp(`^${ADRES_BESLOTEN}$`), 'adresNietToegestaan'],
  [/^ECONNREFUSED$/, 'verbindingGeweigerd'],
  [/^(ENOTFOUND|EAI_)/, 'naamOnbekend'],
  // What answers is no HTTP server, or not one that can be understood.
  [/^HPE_/, 'geenBv03'],
];

function oorzaakVan(fout: TlsFout, fase: Fase): Oorzaak {
  const { code = '' } = fout;
  return OP_CODE.find(([vorm]) => vorm.test(code))?.[1] ?? tlsOorzaak(fout) ?? OORZAAK[fase].breuk;
}

/** tls: trust and identity, without it the certificate authorities of Node. signaal: breaks off, when we stop. */
export interface Stuuropties extends Handdrukopties {
  readonly tijden: Tijden;
}

/** What is seen of a server that, once hands were shaken, hangs up without a word. */
const ZONDER_WOORD: readonly Oorzaak[] = ['verbroken', 'verzendenMislukt'];

/** @returns the answer, whatever it says, or why there is none */
export async function stuur(url: URL, zending: Zending, opties: Stuuropties): Promise<Verkeer> {
  const verkeer = await post(url, zending, opties);
  const zweeg = verkeer.status === undefined && ZONDER_WOORD.includes(verkeer.oorzaak);
  const oorzaak = zweeg && url.protocol === 'https:' ? await vraagOordeel(url, opties) : undefined;
  return oorzaak ? { oorzaak } : verkeer;
}

function post(url: URL, zending: Zending, { tijden, tls, lookup, signaal }: Stuuropties): Promise<Verkeer> {
  return new Promise((klaar) => {
    let fase: Fase = 'verbinden';
    let klok: NodeJS.Timeout | undefined;
    let af = false;
    const naar = (volgende: Fase): void => {
      fase = volgende;
      clearTimeout(klok);
      klok = setTimeout(() => einde({ oorzaak: OORZAAK[volgende].teLaat }), tijden[volgende]);
    };
    const versleuteld = url.protocol === 'https:';
    const verzoek = (versleuteld ? https : http).request(url, {
      method: 'POST',
      agent: false,
      // Said here, so that no variable of the environment can turn it off.
      ...(versleuteld && { ...tls, rejectUnauthorized: true }),
      ...(lookup && { lookup }),
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        'Content-Length': zending.lijf.length,
        SOAPAction: `"${zending.soapAction}"`,
        ...(zending.traceparent && { traceparent: zending.traceparent }),
        Accept: 'text/xml',
        'Accept-Encoding': 'identity',
        'User-Agent': 'knooppunt',
        Connection: 'close',
      },
    });
    const breekAf = (): void => einde({ oorzaak: 'afgebroken' });
    const einde = (uitkomst: Verkeer): void => {
      if (af) return;
      af = true;
      clearTimeout(klok);
      signaal.removeEventListener('abort', breekAf);
      // Whatever the socket still has to say, nobody listens; without this listener it would end the process.
      verzoek.on('error', () => undefined);
      verzoek.destroy();
      klaar(uitkomst);
    };
    const opFout = (fout: Error): void => einde({ oorzaak: oorzaakVan(fout, fase) });

    naar('verbinden');
    signaal.addEventListener('abort', breekAf, { once: true });
    verzoek.on('socket', (socket) => {
      socket.once(versleuteld ? 'secureConnect' : 'connect', () => {
        if (fase === 'verbinden') naar('verzenden');
      });
    });
    verzoek.on('finish', () => {
      if (fase === 'verzenden') naar('wachten');
    });
    verzoek.on('error', opFout);
    verzoek.on('response', (antwoord) => {
      naar('lezen');
      const stukken: Buffer[] = [];
      let bytes = 0;
      antwoord.on('data', (stuk: Buffer) => {
        bytes += stuk.length;
        if (bytes > MAX_ANTWOORD_BYTES) einde({ oorzaak: 'antwoordTeGroot' });
        else stukken.push(stuk);
      });
      antwoord.on('error', opFout);
      antwoord.on('aborted', () => einde({ oorzaak: 'verbroken' }));
      antwoord.on('end', () => einde({ status: antwoord.statusCode ?? 0, lijf: Buffer.concat(stukken) }));
    });
    if (signaal.aborted) breekAf();
    else verzoek.end(zending.lijf);
  });
}
