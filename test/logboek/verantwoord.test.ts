/**
 * Every call of the API and every command: what it writes in the audit log when it touches what is about a person, or why it writes nothing.
 * A call or command that is not in these tables fails, so that no new one is forgotten.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GEBEURTENISSEN, type Gebeurtenis } from '#src/logboek/logboek.ts';
import { ACTIVITEITEN, VERKLARINGEN } from '#src/logboek/verklaring.ts';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { alsCsv, CSV_REGEL } from '../dossier/invoer/opzet.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { verstuur } from '../hulp/reis.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';
import { cizDat, indicatie, testBsn } from '../hulp/wlz.ts';
import { vergelijkIneens } from '../wlz-samenloop/signalen/proef.ts';
import { plekVan } from '../wlz-samenloop/signalen/wereld.ts';

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
const knooppunt = await startOpstelling({ rollen: ['api', 'verwerker'] });
const map = await maakTijdelijkeMap();
const { database, sleutels } = knooppunt;
afterAll(async () => {
  await knooppunt.stop();
  await map.weg();
});

const [G, A] = ['0363', '98000001'] as const;
const BSN = testBsn(0);
const HMAC = pseudoniem(sleutels, BSN).toString('hex');
const REDEN = 'proef van de verantwoording';
const bericht = (identificatie: string): Buffer =>
  maakBericht('WMO301', { afzender: G, ontvanger: A, bsn: BSN, identificatie });
const CSV = `bsn;voorzieningId;ingangsdatum;productcategorie\n${BSN};a;2024-01-01;01`;

const TARIEVEN = 'productcode;eenheid;tarief;aanbieder;vanaf;tot\n02A05;04;6250;;2026-01-01;';
/** A toewijzing of this person, as an import has it. */
const toegewezen = (nummer: string): string => CSV_REGEL.replace('999900006', BSN).replace('1001', nummer);

interface Regel {
  readonly nr: number;
  readonly gebeurtenis: Gebeurtenis;
  readonly actor: string;
  readonly namens: string | null;
  readonly wie: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}
/** Lines from a number on, with the persons as the model has them. */
async function regelsNa(nr: number): Promise<readonly Regel[]> {
  const { rows } = await database.pool.query<Regel>(
    `select l.nr::float8 as nr, gebeurtenis, actor, namens, details, array(select encode(b, 'hex') from unnest(
       case when l.betrokkenen <> '{}' then l.betrokkenen else (select o.betrokkenen from logboek o
         where o.bericht_id = l.bericht_id and o.betrokkenen <> '{}' order by o.nr limit 1) end) as b) as wie
     from logboek l where l.nr > $1 order by l.nr`,
    [nr],
  );
  return rows;
}
const laatsteNr = async (): Promise<number> =>
  (await database.pool.query<{ nr: number }>('select coalesce(max(nr), 0)::float8 as nr from logboek')).rows[0]?.nr ??
  0;

let berichtId = '';
let signaalId = '';
beforeAll(async () => {
  await database.pool.query(`update venster set tot = null`);
  const { status, lijf } = await stuur(knooppunt.adres, {
    methode: 'POST',
    pad: '/v1/wlz-leveringen',
    koppen: { Authorization: 'Bearer demo-beheer', 'Content-Type': 'text/csv' },
    lijf: cizDat([indicatie(1), indicatie(2)]),
  });
  expect(status, lijf).toBe(201);
  berichtId = (await verstuur(knooppunt.client(G), bericht('EERSTE'))).berichtId;
  const gemeente = knooppunt.client(G);
  await gemeente.vraag('PUT', `/v1/organisaties/${G}/wmo-voorzieningen`, new Uint8Array(Buffer.from(CSV)), {
    'Content-Type': 'text/csv',
  });
  await vergelijkIneens(plekVan(knooppunt), new Date().toISOString().slice(0, 10));
  const { rows } = await database.pool.query<{ id: string }>('select id from wlz_signaal');
  signaalId = rows[0]?.id ?? '';
  expect(signaalId).not.toBe('');
});

interface Aanroep {
  readonly wie: string;
  readonly methode: string;
  readonly pad: () => string;
  readonly lijf?: () => object | Buffer;
  readonly type?: string;
  /** What is written; no persons: the line is about nobody. */
  readonly schrijft: Gebeurtenis;
  readonly personen: boolean;
}
const op = (
  schrijft: Gebeurtenis,
  wie: string,
  methode: string,
  pad: string | (() => string),
  lijf?: object | Buffer | (() => object | Buffer),
  { personen = true, type }: { readonly personen?: boolean; readonly type?: string } = {},
): Aanroep => ({
  wie,
  methode,
  pad: typeof pad === 'string' ? () => pad : pad,
  ...(lijf !== undefined && { lijf: typeof lijf === 'function' ? (lijf as () => object | Buffer) : () => lijf }),
  ...(type !== undefined && { type }),
  schrijft,
  personen,
});
const beheer = (schrijft: Gebeurtenis, methode: string, pad: string, lijf: object): Aanroep =>
  op(schrijft, 'beheer', methode, `/v1/beheer/${pad}`, { ...lijf, reden: REDEN }, { personen: false });
const vanBericht = (deel: string) => (): string => `/v1/berichten/${berichtId}${deel}`;

/** Calls that write nothing, and why. */
const ENVELOP = 'shows parties, kinds, numbers and times of own messages, and nobody who is in them';
const TELLING = 'shows counts and moments';
const INRICHTING = 'shows how the switch is set up';
const ZONDER: Readonly<Record<string, string>> = {
  zoekBerichten: ENVELOP,
  bladerPostbus: ENVELOP,
  zoekOpenstaand: ENVELOP,
  leesInstelling: INRICHTING,
  leesAangekondigdeBevriezingen: INRICHTING,
  leesOrganisaties: INRICHTING,
  leesOrganisatie: INRICHTING,
  leesMachtigingen: INRICHTING,
  leesVensters: INRICHTING,
  leesBevriezingen: INRICHTING,
  leesStop: INRICHTING,
  leesStops: INRICHTING,
  bezorgingOverzicht: TELLING,
  leesStand: TELLING,
  leesBanen: ENVELOP,
  leesWlzLevering: TELLING,
  leesWlzRegister: TELLING,
  leesWmoLeveringen: TELLING,
  leesWlzInstelling: INRICHTING,
  leesIndicatoren: INRICHTING,
  leesKetencijfers: TELLING,
  leesKetendatamandaten: INRICHTING,
  leesSamenwerkingsverbanden: INRICHTING,
};

const AANROEPEN: Readonly<Record<string, Aanroep>> = {
  leverBerichtAan: op('bericht ontvangen', G, 'POST', '/v1/berichten', () => bericht('TWEEDE')),
  // Its parties see what is theirs; the operator is no party.
  volgBericht: op('bericht gevolgd', 'beheer', 'GET', vanBericht('')),
  leesBevindingen: op('bericht gevolgd', 'beheer', 'GET', vanBericht('/bevindingen')),
  volgBezorging: op('bericht gevolgd', 'beheer', 'GET', vanBericht('/bezorging')),
  leesInhoud: op('bericht ingezien', G, 'GET', vanBericht('/inhoud')),
  voerZoekopdrachtUit: op('berichten gezocht', G, 'POST', '/v1/zoekopdrachten', { bsn: BSN }),
  controleerBericht: op('bericht gecontroleerd', G, 'POST', '/v1/controles', () => bericht('CONTROLE')),
  haalPostbusOp: op('bericht opgehaald', A, 'POST', `/v1/postbussen/${A}/ophalingen`, { aantal: 1 }),
  bevestigBerichten: op('bericht bevestigd', A, 'POST', `/v1/postbussen/${A}/bevestigingen`, () => ({
    berichtIds: [berichtId],
  })),
  wijzigInstelling: op(
    'instelling gewijzigd',
    G,
    'PUT',
    `/v1/organisaties/${G}/instellingen/iwmo`,
    { retour: 'zelf', reden: REDEN },
    { personen: false },
  ),
  wijzigOrganisatie: beheer('organisatie gewijzigd', 'PUT', `organisaties/${G}`, {
    naam: 'Een andere naam',
    stuf: { url: 'http://127.0.0.1:9/', gestopt: true, budgetPerMinuut: 1 },
  }),
  geefMachtiging: beheer('machtiging gegeven', 'POST', 'machtigingen', {
    client: 'iemand',
    organisatie: G,
    domein: 'iwmo',
  }),
  trekMachtigingIn: beheer('machtiging ingetrokken', 'POST', 'machtigingen/1/intrekking', {}),
  wijzigSamenwerkingsverband: beheer('samenwerkingsverband gewijzigd', 'PUT', 'samenwerkingsverbanden/regio', {
    naam: 'Regio',
  }),
  geefKetendatamandaat: op(
    'ketendatamandaat gegeven',
    G,
    'POST',
    `/v1/organisaties/${G}/ketendatamandaten`,
    { verband: 'regio', vanaf: '2026-01-01', reden: REDEN },
    { personen: false },
  ),
  trekKetendatamandaatIn: op(
    'ketendatamandaat ingetrokken',
    G,
    'POST',
    `/v1/organisaties/${G}/ketendatamandaten/1/intrekking`,
    { reden: REDEN },
    { personen: false },
  ),
  wijzigVensters: beheer('venster gewijzigd', 'PUT', 'vensters/JW319/3.2', {
    vensters: [{ vanaf: '2023-05-01T00:00:00+02:00', tot: null }],
  }),
  kondigBevriezingAan: beheer('bevriezing aangekondigd', 'POST', 'bevriezingen', {
    vanaf: '2099-01-01T00:00:00Z',
    tot: '2099-01-02T00:00:00Z',
  }),
  hefBevriezingOp: beheer('bevriezing opgeheven', 'POST', 'bevriezingen/1/opheffing', {}),
  zetStop: beheer('stop gezet', 'PUT', 'organisaties/0344/stop', { aanlevering: true, bezorging: true }),
  hervatBezorging: beheer('bezorging hervat', 'POST', `bezorging/${G}/opnieuw`, {}),
  voerWlzRegistertoetsUit: op('wlz-registertoets', G, 'POST', '/v1/wlz-registertoetsen', {
    bsn: BSN,
    doel: '2.3.5',
  }),
  leverWlzRegisterAan: op(
    'wlz-register bijgewerkt',
    'ciz',
    'POST',
    '/v1/wlz-leveringen',
    () => Buffer.from(cizDat([indicatie(1, { einddatum: '2031-01-01' }), indicatie(2)], { volgnummer: 2 })),
    { type: 'text/csv' },
  ),
  leesWlzSignalen: op('wlz-signalen ingezien', G, 'GET', '/v1/wlz-signalen'),
  leesWlzSignaal: op('wlz-signalen ingezien', G, 'GET', () => `/v1/wlz-signalen/${signaalId}`),
  behandelWlzSignaal: op('wlz-signaal behandeld', G, 'POST', () => `/v1/wlz-signalen/${signaalId}/stappen`, {
    naar: 'in_behandeling',
  }),
  leverWmoVoorzieningen: op(
    'wmo-voorzieningen aangeleverd',
    G,
    'PUT',
    `/v1/organisaties/${G}/wmo-voorzieningen`,
    Buffer.from(CSV),
    {
      type: 'text/csv',
    },
  ),
  voerDossierIn: op(
    'dossier ingevoerd',
    G,
    'POST',
    `/v1/organisaties/${G}/dossiers/iwmo/invoer?peildatum=2026-01-01`,
    alsCsv(toegewezen('1001')),
    { type: 'text/csv' },
  ),
  vervangTarieven: op('tarieven gewijzigd', G, 'PUT', `/v1/organisaties/${G}/tarieven/iwmo`, Buffer.from(TARIEVEN), {
    type: 'text/csv',
    personen: false,
  }),
  wijzigWlzInstelling: op(
    'wlz-instelling gewijzigd',
    G,
    'PUT',
    `/v1/organisaties/${G}/wlz-instelling`,
    { dossierAlsBron: false, reden: REDEN },
    { personen: false },
  ),
};

test('the tables hold every call of the API', async () => {
  const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/v1/openapi.json' });
  const paden: Record<string, Record<string, { operationId?: string }>> = JSON.parse(lijf).paths;
  const ids = Object.values(paden).flatMap((pad) => Object.values(pad).flatMap(({ operationId }) => operationId ?? []));
  expect([...Object.keys(AANROEPEN), ...Object.keys(ZONDER)].sort()).toEqual(ids.sort());
});

describe('a call', () => {
  test.each(Object.entries(AANROEPEN))(
    '%s leaves its line',
    async (_, { wie, methode, pad, lijf, type, schrijft, personen }) => {
      const voor = await laatsteNr();
      const inhoud = lijf?.();
      const { status, lijf: antwoord } = await stuur(knooppunt.adres, {
        methode,
        pad: pad(),
        koppen: {
          Authorization: `Bearer demo-${wie}`,
          Prefer: 'wait=10',
          ...(inhoud && { 'Content-Type': type ?? (Buffer.isBuffer(inhoud) ? 'application/xml' : 'application/json') }),
        },
        ...(inhoud && { lijf: Buffer.isBuffer(inhoud) ? inhoud : JSON.stringify(inhoud) }),
      });
      expect(Math.floor(status / 100), antwoord).toBe(2);
      const geschreven = (await regelsNa(voor)).filter(({ gebeurtenis }) => gebeurtenis === schrijft);
      expect(geschreven.length).toBeGreaterThan(0);
      for (const { actor } of geschreven) expect(actor).toBe(`demo-${wie}`);
      expect(new Set(geschreven.flatMap((regel) => regel.wie)).has(HMAC)).toBe(personen);
      if (inhoud && 'reden' in inhoud) expect(geschreven[0]?.details).toMatchObject({ reden: REDEN });
    },
  );

  test('over StUF leaves the same line as over REST', async () => {
    const voor = await laatsteNr();
    await stuur(knooppunt.adres, {
      methode: 'POST',
      pad: '/stuf/ggk0210/OntvangAsynchroon',
      koppen: { Authorization: `Bearer demo-${G}`, 'Content-Type': 'text/xml', SOAPAction: '""' },
      lijf: '<x/>',
    });
    expect((await regelsNa(voor)).map(({ gebeurtenis, actor }) => [gebeurtenis, actor])).toEqual([
      ['bericht geweigerd', `demo-${G}`],
    ]);
  });
});

/** Commands that write nothing, and why; those of routering are driven in test/cli/routering.test.ts and test/routering. */
const ZONDER_DATABASE = 'reads files of the user and no database: there is no log to write in';
const IN_ROUTERING = 'about nobody; its line with a reden is tested with routering';
const OPDRACHTEN_ZONDER: Readonly<Record<string, string>> = {
  start: 'runs the roles',
  demo: 'runs the roles',
  simuleer: 'its messages go through the API; its own line is tested with the simulator',
  controleer: ZONDER_DATABASE,
  retour: ZONDER_DATABASE,
  regels: ZONDER_DATABASE,
  organisaties: IN_ROUTERING,
  machtiging: IN_ROUTERING,
  venster: IN_ROUTERING,
  bevries: IN_ROUTERING,
  stop: IN_ROUTERING,
  client: 'about nobody; its lines with a reden are tested with the command',
  gebruiker: 'about who works here, by number; its lines with a reden are tested with the portal',
  database: 'about nobody; its line is tested with the rights',
  bewaren: 'what it removed is one line without persons, tested in test/bewaren',
  // Listing shows counts; rotating is about nobody; removing says how many messages. Both lines are tested with the keys.
  sleutel: 'about nobody',
  herstel: 'checking shows counts; releasing is about nobody, its line is tested with the restore',
  'ketendata stand': TELLING,
  'wlz stand': TELLING,
  'wlz advies': 'about nobody',
  samenwerking: 'about nobody; its lines with a reden are tested with the figures',
  mandaat: 'about nobody; its lines with a reden are tested with the figures',
  landelijk: 'about nobody; its line with a reden is tested with the figures',
  'nza aan': 'about nobody; its line is tested with the set',
  'nza uit': 'removes the registrations of a gemeente; its line, with how many, is tested with the set',
};
const bestand = (naam: string, inhoud: string): string => {
  const pad = path.join(map.pad, naam);
  writeFileSync(pad, inhoud);
  return pad;
};
const OPDRACHTEN: Readonly<
  Record<
    string,
    {
      readonly args: () => readonly string[];
      readonly invoer?: string;
      readonly schrijft: Gebeurtenis;
      readonly personen: boolean;
    }
  >
> = {
  'dossier invoer': {
    args: () => [
      ...['dossier', 'invoer', '--organisatie', G, '--domein', 'iwmo', '--peildatum', '2026-01-01'],
      bestand('lopend.csv', String(alsCsv(toegewezen('1002')))),
    ],
    schrijft: 'dossier ingevoerd',
    personen: true,
  },
  'dossier herbouw': {
    args: () => ['dossier', 'herbouw', '--organisatie', G],
    schrijft: 'dossier herbouwd',
    personen: false,
  },
  'ketendata herbouw': { args: () => ['ketendata', 'herbouw'], schrijft: 'ketendata herbouwd', personen: false },
  'tarieven invoer': {
    args: () => ['tarieven', 'invoer', '--gemeente', G, '--domein', 'iwmo', bestand('tarieven.csv', TARIEVEN)],
    schrijft: 'tarieven gewijzigd',
    personen: false,
  },
  'wlz import': {
    args: () => ['wlz', 'import', bestand('register.csv', cizDat([indicatie(1), indicatie(2)], { volgnummer: 3 }))],
    schrijft: 'wlz-register bijgewerkt',
    personen: true,
  },
  'wlz voorzieningen': {
    args: () => ['wlz', 'voorzieningen', G, bestand('wmo.csv', CSV)],
    schrijft: 'wmo-voorzieningen aangeleverd',
    personen: true,
  },
  'wlz vergelijk': { args: () => ['wlz', 'vergelijk', '--reden', REDEN], schrijft: 'wlz vergeleken', personen: false },
  'logboek controleer': {
    args: () => ['logboek', 'controleer', '--reden', REDEN],
    schrijft: 'logboek gecontroleerd',
    personen: false,
  },
  'logboek exporteer': {
    args: () => ['logboek', 'exporteer', '--reden', REDEN],
    schrijft: 'logboek geëxporteerd',
    personen: false,
  },
  'nza uitvoer': {
    args: () => ['nza', 'uitvoer', '--vanaf', '2026-01-01', '--tot', '2026-12-31', '--reden', REDEN],
    schrijft: 'nza-set geleverd',
    // Of all at once, and under pseudonyms: whom it was about is not looked up.
    personen: false,
  },
  inzage: { args: () => ['inzage', '--reden', REDEN], invoer: `${BSN}\n`, schrijft: 'inzage gegeven', personen: true },
};

function voerUit(
  args: readonly string[],
  invoer = '',
): Promise<{ readonly code: number | null; readonly fout: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: alsOpdracht(knooppunt.config.databaseUrl ?? '', args),
    KNOOPPUNT_DATA: knooppunt.config.data,
    KNOOPPUNT_DEMO: '1',
  };
  const kind = spawn(process.execPath, [CLI, ...args], { env });
  let fout = '';
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => {
    fout += stuk;
  });
  kind.stdout.resume();
  kind.stdin.end(invoer);
  return new Promise((klaar) => kind.once('close', (code) => klaar({ code, fout })));
}

test('the tables hold every command of the help', () => {
  const hulp = readFileSync(CLI, 'utf8').match(/const HULP = `([^`]*)`/)?.[1] ?? '';
  const regels = hulp.split('\n').filter((regel) => /^ {2}[a-z]/.test(regel));
  // Of a command with parts its second word counts; the commands of routering are one each.
  const woorden = regels.flatMap((regel) =>
    regel
      .split(' | ')
      .flatMap(
        (deel) => /^\s*((?:wlz|logboek|dossier|ketendata|tarieven|nza) [a-z]+|[a-z]+)(?= |$)/.exec(deel)?.[1] ?? [],
      ),
  );
  const bekend = new Set([...Object.keys(OPDRACHTEN), ...Object.keys(OPDRACHTEN_ZONDER)]);
  const onbekend = woorden.filter(
    (woord) =>
      !bekend.has(woord) && !['lijst', 'zet', 'toon', 'draai', 'verwijder', 'vrijgeven', 'wlz runs'].includes(woord),
  );
  expect(onbekend).toEqual([]);
  for (const opdracht of bekend) expect(hulp).toContain(opdracht);
});

describe('a command', () => {
  test.each(Object.entries(OPDRACHTEN))('%s leaves its line', async (_, { args, invoer, schrijft, personen }) => {
    const voor = await laatsteNr();
    const { code, fout } = await voerUit(args(), invoer);
    expect(code, fout).toBe(0);
    const geschreven = (await regelsNa(voor)).filter(({ gebeurtenis }) => gebeurtenis === schrijft);
    expect(geschreven.length).toBeGreaterThan(0);
    for (const { actor } of geschreven) expect(actor).toMatch(/^cli:/);
    expect(geschreven.some(({ wie }) => wie.includes(HMAC))).toBe(personen);
    if (args().includes(REDEN)) expect(geschreven[0]?.details).toMatchObject({ reden: REDEN });
  });
});

test('the page about the log names every activity as the code does', () => {
  const pagina = readFileSync(path.resolve(import.meta.dirname, '../../docs/logboek.md'), 'utf8');
  for (const [naam, uitleg] of Object.entries(ACTIVITEITEN)) expect(pagina).toContain(`| \`${naam}\` | ${uitleg} |`);
});

test('every event that some table or part of the switch writes has a meaning, and every meaning an event', () => {
  expect(Object.keys(VERKLARINGEN).sort()).toEqual([...GEBEURTENISSEN].sort());
});
