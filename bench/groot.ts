/**
 * A declaratie of 18 MB with 20,000 prestaties: how long until it is in the postbus, how much memory does it take, and do the senders of
 * small messages notice? For the last the large ones come one after another, so that the small ones meet them all the time.
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as wacht } from 'node:timers/promises';
import { partijen, sjabloon, voorbeeld } from './berichten.ts';
import { groteDeclaratie } from './declaratie.ts';
import { mediaan, percentiel, rond } from './getallen.ts';
import { BANEN, doorvoer } from './keten.ts';
import { type Lader, startLader } from './lading.ts';
import { type Doelwit, startDiensten, startKnooppunt } from './opstelling.ts';
import type { Benchmark } from './types.ts';

const PRESTATIES = 20_000;
const PER_SECONDE = 40;
const MAX_VERBINDINGEN = 256;
/** A lane that the small messages do not use. */
const BAAN = BANEN;
const KIJK_MS = 10;

/** The most memory that a process ever had, in MB. */
function piekgeheugen(pid: number): number {
  const kB = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return rond(Number(kB) / 1024, 0);
}

function post(poort: number, afzender: string, bytes: Buffer): Promise<void> {
  return new Promise((klaar, mislukt) => {
    const koppen = {
      Authorization: `Bearer demo-${afzender}`,
      'Content-Type': 'application/xml',
      'Content-Length': bytes.length,
    };
    request({ port: poort, host: '127.0.0.1', path: '/v1/berichten', method: 'POST', headers: koppen }, (antwoord) => {
      antwoord.resume();
      if (antwoord.statusCode === 202) antwoord.once('end', klaar);
      else mislukt(new Error(`the large message was answered with ${antwoord.statusCode}`));
    })
      .once('error', mislukt)
      .end(bytes);
  });
}

interface Groot {
  readonly afzender: string;
  readonly bytes: Buffer;
}

function maakGroot(prestaties: number): Groot {
  const { gemeente, aanbieder } = partijen(BAAN);
  return {
    afzender: aanbieder,
    bytes: groteDeclaratie(sjabloon(voorbeeld('ijw', 'JW323'), aanbieder, gemeente), prestaties),
  };
}

/** Seconds from the first byte of the POST until it is in the postbus, when nothing else is going on. */
async function reistijd(knooppunt: Doelwit, { afzender, bytes }: Groot): Promise<number> {
  const vooraf = await knooppunt.aangekomen();
  const begin = performance.now();
  await post(knooppunt.poort, afzender, bytes);
  while (!(await knooppunt.isLeeg())) await wacht(KIJK_MS);
  const seconden = (performance.now() - begin) / 1000;
  if ((await knooppunt.aangekomen()) !== vooraf + 1) throw new Error('the large message did not arrive');
  return seconden;
}

/** p99 in ms of the receipts of small messages. */
async function wachttijd(lader: Lader, knooppunt: Doelwit, seconden: number): Promise<number> {
  const { latenties } = await lader.stuur({
    poort: knooppunt.poort,
    aantal: PER_SECONDE * seconden,
    banen: BANEN,
    gelijktijdig: MAX_VERBINDINGEN,
    perSeconde: PER_SECONDE,
  });
  return percentiel(latenties, 0.99);
}

/** Sends large messages, each when the one before was accepted and had a second to be handled, until told to stop. */
async function stroom(knooppunt: Doelwit, { afzender, bytes }: Groot, stop: AbortSignal): Promise<number> {
  let aantal = 0;
  for (; !stop.aborted; aantal += 1) {
    await post(knooppunt.poort, afzender, bytes);
    await wacht(1000);
  }
  return aantal;
}

export const groot: Benchmark = {
  rijen: [
    {
      naam: 'groot-18mb-s',
      wat: 'JW323 van 18 MB met 20.000 prestaties, van verzenden tot in de postbus',
      doel: { tekst: '≤ 10 s', gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= 10 },
    },
    {
      naam: 'groot-18mb-rss-mb',
      wat: 'Grootste geheugengebruik van één proces daarbij',
      doel: { tekst: '≤ 1024 MB', gehaald: ({ knooppunt }) => knooppunt !== null && knooppunt <= 1024 },
    },
    {
      naam: 'groot-18mb-p99-ms',
      wat: `Wachttijd (p99) op kleine ontvangstbewijzen (${PER_SECONDE}/s) tijdens grote berichten; referentie: zonder`,
      doel: { tekst: '≤ 2 × zonder', gehaald: ({ verhouding }) => verhouding !== null && verhouding <= 2 },
    },
  ],
  async voer(context) {
    const seconden = context.kort ? 5 : 30;
    const bericht = maakGroot(context.kort ? PRESTATIES / 10 : PRESTATIES);
    await using stapel = new AsyncDisposableStack();
    const diensten = stapel.use(await startDiensten(context));
    const lader = stapel.use(await startLader());
    const knooppunt = stapel.use(await startKnooppunt(diensten));
    await doorvoer(lader, knooppunt, context.kort ? 300 : 3000);
    const tijden: number[] = [];
    for (let ronde = 0; ronde < (context.kort ? 1 : 5); ronde += 1) tijden.push(await reistijd(knooppunt, bericht));
    context.meld(`groot: ${tijden.map((tijd) => rond(tijd, 2)).join(', ')} s`);

    const zonder: number[] = [];
    const met: number[] = [];
    let verstuurd = 0;
    for (let ronde = 0; ronde < (context.kort ? 1 : 3); ronde += 1) {
      zonder.push(await wachttijd(lader, knooppunt, seconden));
      const stop = new AbortController();
      const groten = stroom(knooppunt, bericht, stop.signal);
      met.push(await wachttijd(lader, knooppunt, seconden));
      stop.abort();
      verstuurd += await groten;
      while (!(await knooppunt.isLeeg())) await wacht(KIJK_MS);
      context.meld(`groot: p99 zonder ${rond(zonder.at(-1) ?? 0)} ms, met ${rond(met.at(-1) ?? 0)} ms`);
    }
    const piek = Object.fromEntries(Object.entries(knooppunt.pids).map(([rol, pid]) => [rol, piekgeheugen(pid)]));
    const gedeeld = { ...(await diensten.omstandigheden()), bericht: `JW323, ${bericht.bytes.length} bytes` };
    return [
      {
        naam: 'groot-18mb-s',
        eenheid: 's',
        knooppunt: rond(mediaan(tijden), 2),
        referentie: null,
        omstandigheden: {
          ...gedeeld,
          rondesS: tijden.map((tijd) => rond(tijd, 2)),
          methode: 'een tegelijk, verder niets; mediaan',
        },
      },
      {
        naam: 'groot-18mb-rss-mb',
        eenheid: 'MB',
        knooppunt: Math.max(...Object.values(piek)),
        referentie: null,
        omstandigheden: {
          ...gedeeld,
          piekPerProcesMB: piek,
          groteBerichten: tijden.length + verstuurd,
          methode: 'VmHWM aan het eind',
        },
      },
      {
        naam: 'groot-18mb-p99-ms',
        eenheid: 'ms',
        knooppunt: rond(mediaan(met)),
        referentie: rond(mediaan(zonder)),
        omstandigheden: {
          ...gedeeld,
          rondesMetMs: met.map((ms) => rond(ms)),
          rondesZonderMs: zonder.map((ms) => rond(ms)),
          groteBerichten: verstuurd,
          methode: `om en om, open lus ${PER_SECONDE}/s gedurende ${seconden} s; de grote steeds een seconde na het vorige bewijs`,
        },
      },
    ];
  },
};
