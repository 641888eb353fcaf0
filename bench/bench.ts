/**
 * `npm run bench [-- [--kort] NAAM...]`: measures what design section 8 asks, prints it as a Markdown table and writes
 * results/latest.json. Rows that were not measured this time stay in that file as they were.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rond } from './getallen.ts';
import { omstandigheden } from './omstandigheden.ts';
import { tabel } from './tabel.ts';
import type { Benchmark, Context, Meting } from './types.ts';

/** Loaded only when asked for: what is not measured must not be in memory. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  'xsd-jw301': async () => (await import('./xsd-jw301.ts')).xsdJw301,
  'niveau2-18mb-s': async () => (await import('./niveau2-groot.ts')).niveau2Groot,
  keten: async () => (await import('./keten.ts')).keten,
  'acceptatie-p99-ms': async () => (await import('./acceptatie.ts')).acceptatie,
  'groot-18mb-s': async () => (await import('./groot.ts')).groot,
  ketendata: async () => (await import('./ketendata.ts')).ketendata,
  dossier: async () => (await import('./dossier.ts')).dossier,
  'wlz-vergelijk-s': async () => (await import('./samenloop.ts')).samenloop,
  'wlz-import-s': async () => (await import('./wlz.ts')).wlz,
  'portaal-p95-ms': async () => (await import('./portaal.ts')).portaal,
  'groei-1m': async () => (await import('./groei.ts')).groei,
};
/** Only when asked for by name: they explain a figure, they are not one. */
const OP_VERZOEK: Readonly<Record<string, () => Promise<(context: Context) => Promise<void>>>> = {
  stappen: async () => (await import('./stappen.ts')).stappen,
};

const RESULTATEN = join(import.meta.dirname, 'results');

function lees(pad: string): readonly Meting[] {
  try {
    return JSON.parse(readFileSync(pad, 'utf8')) as readonly Meting[];
  } catch {
    return [];
  }
}

/** Keeps the rows of earlier runs that were not measured now, in the order of the benchmarks. */
function bewaar(pad: string, metingen: readonly Meting[], volgorde: readonly string[]): void {
  const rijen = new Map([...lees(pad), ...metingen].map((meting) => [meting.naam, meting]));
  const plaats = (naam: string): number => (volgorde.includes(naam) ? volgorde.indexOf(naam) : volgorde.length);
  const gesorteerd = [...rijen.values()].sort((a, b) => plaats(a.naam) - plaats(b.naam));
  writeFileSync(pad, `${JSON.stringify(gesorteerd, null, 2)}\n`);
}

async function hoofd(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { kort: { type: 'boolean' } } });
  const kort = values.kort === true;
  const onbekend = positionals.filter((naam) => !(naam in BENCHMARKS || naam in OP_VERZOEK));
  if (onbekend.length > 0) {
    console.error(
      `Onbekend: ${onbekend.join(', ')}. Kies uit ${Object.keys({ ...BENCHMARKS, ...OP_VERZOEK }).join(', ')}.`,
    );
    return 2;
  }
  const context: Context = { kort, meld: (zin) => console.error(zin) };
  const gekozen = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
  const benchmarks = await Promise.all(Object.values(BENCHMARKS).map((laad) => laad()));
  const metingen: Meting[] = [];
  let mislukt = 0;
  for (const naam of gekozen) {
    try {
      if (OP_VERZOEK[naam]) await (await OP_VERZOEK[naam]())(context);
      const uitslagen = (await (await BENCHMARKS[naam]?.())?.voer(context)) ?? [];
      for (const { omstandigheden: eigen, ...uitslag } of uitslagen) {
        const { knooppunt, referentie } = uitslag;
        const verhouding = knooppunt !== null && referentie ? rond(knooppunt / referentie, 3) : null;
        const alle = { ...omstandigheden(), ...(kort && { kort: 'snelle proef: dit cijfer zegt niets' }), ...eigen };
        metingen.push({ ...uitslag, verhouding, omstandigheden: alle });
      }
    } catch (fout) {
      mislukt += 1;
      console.error(`${naam} mislukte:`, fout);
    }
  }
  const rijen = benchmarks.flatMap((benchmark) => benchmark.rijen);
  if (metingen.length > 0) {
    console.log(tabel(metingen, rijen));
    // A quick run must never pass for a measurement.
    const bestand = join(RESULTATEN, kort ? 'kort.json' : 'latest.json');
    bewaar(
      bestand,
      metingen,
      rijen.map(({ naam }) => naam),
    );
  }
  return mislukt > 0 ? 1 : 0;
}

// A signal must not leave servers behind: leave by the front door, so that bijBreuk sees us go.
for (const signaal of ['SIGINT', 'SIGTERM'] as const) process.once(signaal, () => process.exit(130));
process.exitCode = await hoofd();
