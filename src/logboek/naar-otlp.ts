/** Export to a collector, over OTLP/HTTP in JSON. At least once: identifiers are the same every time, so what comes twice can be seen. */
import { setTimeout as wacht } from 'node:timers/promises';
import type { Bestemming } from './exporteren.ts';
import { otlpVerzoek } from './otlp.ts';
import type { Logrecord } from './record.ts';
import { Exportfout, Voortgang } from './voortgang.ts';

const PAD = '/v1/traces';
const TIJD_MS = 30_000;
const MAX_ANTWOORD_BYTES = 64 * 1024;
/** What OTLP says may be tried again. */
const OPNIEUW: readonly number[] = [429, 502, 503, 504];
const PAUZES_MS: readonly number[] = [500, 2000, 8000, 30_000];
/** Who answers on our own machine needs no TLS. */
const LOKAAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * @param tekst address of the collector, with or without /v1/traces
 * @throws Exportfout when lines would go over a network without TLS
 */
export function otlpAdres(tekst: string): URL {
  const url = URL.canParse(tekst) ? new URL(tekst) : undefined;
  const veilig = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOKAAL.test(url.hostname));
  if (!url || !veilig || url.username || url.password)
    throw new Exportfout(
      'Het OTLP-adres is een https-adres, zonder naam of wachtwoord; http mag alleen naar deze machine.',
    );
  if (!url.pathname.endsWith(PAD)) url.pathname = url.pathname.replace(/\/*$/, PAD);
  return url;
}

/** @param tekst OTEL_EXPORTER_OTLP_HEADERS: naam=waarde, separated by commas. Secrets do not belong among arguments. */
export const otlpKoppen = (tekst = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tekst.split(',').flatMap((deel) => {
      const [naam = '', ...waarde] = deel.split('=');
      return naam.trim() && waarde.length > 0 ? [[naam.trim(), decodeURIComponent(waarde.join('=').trim())]] : [];
    }),
  );

async function lees(antwoord: Response): Promise<string> {
  const stukken: Uint8Array[] = [];
  let bytes = 0;
  for await (const stuk of antwoord.body ?? []) {
    bytes += stuk.length;
    if (bytes > MAX_ANTWOORD_BYTES) throw new Exportfout('De ontvanger geeft een te groot antwoord.');
    stukken.push(stuk);
  }
  return Buffer.concat(stukken).toString('utf8');
}

/** Some of it was refused: then it is not there, whatever the status says. */
function eisAlles(lijf: string): void {
  let geweigerd: unknown;
  try {
    geweigerd = (JSON.parse(lijf || '{}') as { partialSuccess?: { rejectedSpans?: unknown } }).partialSuccess
      ?.rejectedSpans;
  } catch {
    throw new Exportfout('De ontvanger antwoordt niet in JSON.');
  }
  if (Number(geweigerd ?? 0) !== 0) throw new Exportfout('De ontvanger heeft regels geweigerd.');
}

export interface Otlpopties {
  readonly url: URL;
  /** File in which is kept how far it is. */
  readonly voortgang: string;
  readonly koppen?: Readonly<Record<string, string>>;
  readonly pauzesMs?: readonly number[];
}

export function naarOtlp({ url, voortgang: pad, koppen = {}, pauzesMs = PAUZES_MS }: Otlpopties): Bestemming {
  const voortgang = new Voortgang(pad, url.href);
  const eenKeer = async (body: string): Promise<number | undefined> => {
    const antwoord = await fetch(url, {
      method: 'POST',
      headers: { ...koppen, 'Content-Type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIJD_MS),
    });
    const lijf = await lees(antwoord);
    if (OPNIEUW.includes(antwoord.status)) return Number(antwoord.headers.get('Retry-After')) * 1000 || 0;
    if (!antwoord.ok) throw new Exportfout(`De ontvanger antwoordt met status ${antwoord.status}.`);
    eisAlles(lijf);
    return undefined;
  };
  return {
    begin: async (periode) => voortgang.lees(periode)?.na ?? 0,
    async lever(records: readonly Logrecord[]) {
      const body = JSON.stringify(otlpVerzoek(records));
      for (const pauze of [...pauzesMs, undefined]) {
        const gevraagd = await eenKeer(body).catch((fout: unknown) => {
          if (fout instanceof Exportfout) throw fout;
          return 0;
        });
        if (gevraagd === undefined) return;
        if (pauze === undefined) break;
        await wacht(Math.max(pauze, Math.min(gevraagd, Math.max(...pauzesMs))));
      }
      throw new Exportfout(
        'De ontvanger is niet bereikbaar, of heeft geen plaats. Dezelfde opdracht gaat later verder.',
      );
    },
    onthoud: async (na) => voortgang.bewaar({ na, bytes: 0 }),
    klaar: async () => voortgang.wis(),
  };
}
