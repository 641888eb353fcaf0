/** The export: a record per person with all field groups, in bounded pages, that goes on where it was broken off and takes no refusal for a yes. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import { type Bestemming, exporteer } from '#src/logboek/exporteren.ts';
import { legHerkomstVast } from '#src/logboek/herkomst.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import { GEBEURTENISSEN, schrijfLogboek } from '#src/logboek/logboek.ts';
import { naarBestand, naarStroom } from '#src/logboek/naar-bestand.ts';
import { naarOtlp, otlpAdres, otlpKoppen } from '#src/logboek/naar-otlp.ts';
import type { Logrecord } from '#src/logboek/record.ts';
import { metSpoor, spoorVan } from '#src/logboek/spoor.ts';
import { ACTIVITEITEN, VERKLARINGEN } from '#src/logboek/verklaring.ts';
import { Exportfout } from '#src/logboek/voortgang.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';

const { database, weg } = await maakGegevensbank();
const { pool } = database;
const map = await maakTijdelijkeMap();
afterAll(async () => {
  await weg();
  await map.weg();
});

const SLEUTEL = zegelsleutel(createSecretKey(randomBytes(32)));
const HERKOMST = { register: 'https://register.voorbeeld.nl/v2/', bron: 'urn:nld:oin:0000' };
const PERIODE = { vanaf: new Date(0), tot: new Date(Date.now() + 3_600_000) };
const [EEN, TWEE] = [Buffer.alloc(32, 0xe1), Buffer.alloc(32, 0xe2)] as const;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const BERICHT = crypto.randomUUID();
const LOSSE = 450;

beforeAll(async () => {
  await legHerkomstVast(pool, HERKOMST);
  await pool.query(
    `insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, betrokkenen)
     values ('bericht ontvangen', 'demo-0363', '0363', 'aangenomen', $1, $2), ('bericht opgehaald', 'demo-98000001', '98000001', 'uitgegeven', $1, '{}')`,
    [BERICHT, [EEN, TWEE]],
  );
  await metSpoor(spoorVan({ traceparent: `00-${TRACE}-00f067aa0ba902b7-01` }), () =>
    schrijfLogboek(pool, [
      {
        gebeurtenis: 'wlz-registertoets',
        actor: 'demo-0363',
        namens: '0363',
        resultaat: 'ja',
        berichtId: null,
        betrokkenen: [EEN],
        details: { toetsId: 'toets-1', doel: 'onderzoek' },
      },
    ]),
  );
  await schrijfLogboek(
    pool,
    Array.from({ length: LOSSE }, (_, nr) => ({
      gebeurtenis: 'bericht gecontroleerd' as const,
      actor: 'demo-0363',
      namens: null,
      resultaat: 'geldig',
      berichtId: null,
      details: { bevindingen: nr },
    })),
  );
  await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
  // Not in the chain yet, so it may not be the last of its moment: the next export has it.
  await schrijfLogboek(pool, [
    { gebeurtenis: 'bericht gecontroleerd', actor: 'later', namens: null, resultaat: 'geldig', berichtId: null },
  ]);
});
const REGELS = LOSSE + 3;
/** Two lines are about two persons: each is three records. */
const RECORDS = REGELS + 2 * 2;

const leesRecords = (pad: string): readonly Logrecord[] =>
  readFileSync(pad, 'utf8')
    .split('\n')
    .filter((regel) => regel !== '')
    .map((regel) => JSON.parse(regel) as Logrecord);
let teller = 0;
const nieuwPad = (): string => {
  teller += 1;
  return join(map.pad, `export-${teller}.jsonl`);
};

describe('a record', () => {
  let records: readonly Logrecord[];
  beforeAll(async () => {
    const pad = nieuwPad();
    expect(await exporteer(database, HERKOMST, PERIODE, naarBestand(pad))).toEqual({
      regels: REGELS,
      records: RECORDS,
    });
    records = leesRecords(pad);
    expect(records).toHaveLength(RECORDS);
  });

  test('is made for each person of a line, under that line', () => {
    const [regel, ...personen] = records.filter(({ nr }) => nr === 1);
    expect(regel).toMatchObject({ betrokkene: null, object: { identificatortype: 'bericht', identificator: BERICHT } });
    expect(personen.map(({ betrokkene, parentSpanId }) => [betrokkene?.id, parentSpanId])).toEqual([
      [EEN.toString('hex'), regel?.spanId],
      [TWEE.toString('hex'), regel?.spanId],
    ]);
    expect(new Set(records.map(({ spanId }) => spanId)).size).toBe(RECORDS);
  });

  test('names the persons of its message where its line names none', () => {
    const wie = records.filter(({ nr }) => nr === 2).map(({ betrokkene }) => betrokkene?.id);
    expect(wie).toEqual([undefined, EEN.toString('hex'), TWEE.toString('hex')]);
  });

  test('has every field group', () => {
    expect(records.find(({ nr }) => nr === 3)).toEqual({
      nr: 3,
      traceId: TRACE,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      parentSpanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      vreemdeSpanId: '00f067aa0ba902b7',
      gebeurtenis: {
        code: 'wlz-registertoets',
        actiecode: 'R',
        tijdstip: expect.stringMatching(/Z$/),
        resultaat: 'ja',
        mislukt: false,
      },
      gebruiker: { id: 'demo-0363', rol: 'client', toegangspunt: 'http', initiator: true, verantwoordelijke: '0363' },
      object: { identificatortype: 'persoon', identificator: 'toets-1', autorisatieprotocol: 'knooppunt:bevoegdheid' },
      betrokkene: { id: EEN.toString('hex'), type: 'BSN-HMAC-SHA256' },
      verwerkingsactiviteit: 'https://register.voorbeeld.nl/v2/wlz-registertoets',
      loggegevens: { bron: 'urn:nld:oin:0000', type: 'toepassing' },
      details: { toetsId: 'toets-1', doel: 'onderzoek' },
    });
  });

  test('is the same at the next export', async () => {
    const pad = nieuwPad();
    await exporteer(database, HERKOMST, PERIODE, naarBestand(pad));
    expect(leesRecords(pad)).toEqual(records);
  });

  test('keeps the register it was written under, when that gets a new version', async () => {
    const pad = nieuwPad();
    await legHerkomstVast(pool, { ...HERKOMST, register: 'https://register.voorbeeld.nl/v3/' });
    await legHerkomstVast(pool, { ...HERKOMST, register: 'https://register.voorbeeld.nl/v3/' });
    expect((await pool.query('select 1 from logboek_herkomst')).rowCount).toBe(2);
    await exporteer(database, HERKOMST, PERIODE, naarBestand(pad));
    expect(leesRecords(pad)[2]?.verwerkingsactiviteit).toContain('/v2/');
  });

  test('of every event there is an action code and an activity', () => {
    for (const gebeurtenis of GEBEURTENISSEN) {
      expect(VERKLARINGEN[gebeurtenis].actie).toMatch(/^[CRUDE]$/);
      expect(ACTIVITEITEN[VERKLARINGEN[gebeurtenis].activiteit]).toBeDefined();
    }
  });
});

test('a period has its lines and no others, and an empty one makes an empty file', async () => {
  const { rows } = await pool.query<{ tijdstip: Date }>('select tijdstip from logboek where nr = 3');
  const vanaf = rows[0]?.tijdstip ?? new Date();
  const tel = async (van: Date, tot: Date): Promise<number> =>
    (await exporteer(database, HERKOMST, { vanaf: van, tot }, naarBestand(nieuwPad()))).regels;
  const [voor, erna] = [await tel(new Date(0), vanaf), await tel(vanaf, PERIODE.tot)];
  expect([voor + erna, voor >= 2, erna >= LOSSE]).toEqual([REGELS, true, true]);
  expect(await tel(new Date('2001-01-01'), new Date('2002-01-01'))).toBe(0);
});

describe('an export to a file that is broken off', () => {
  /** Ends after so many deliveries, as if the process died. */
  const sterft = (bestemming: Bestemming, na: number): Bestemming => {
    let keren = 0;
    return {
      ...bestemming,
      async lever(records) {
        keren += 1;
        await bestemming.lever(records);
        if (keren > na) throw new Error('died');
      },
    };
  };

  test('goes on from its last whole page, with nothing twice and nothing left out', async () => {
    const heel = nieuwPad();
    await exporteer(database, HERKOMST, PERIODE, naarBestand(heel));
    const pad = nieuwPad();
    for (const na of [0, 1]) {
      await expect(exporteer(database, HERKOMST, PERIODE, sterft(naarBestand(pad), na))).rejects.toThrow('died');
      expect(existsSync(`${pad}.voortgang`)).toBe(true);
    }
    await exporteer(database, HERKOMST, PERIODE, naarBestand(pad));
    expect(readFileSync(pad)).toEqual(readFileSync(heel));
    expect(existsSync(`${pad}.voortgang`)).toBe(false);
  });

  test('is not taken up by an export of another period, and a file that is whole is not written over', async () => {
    const pad = nieuwPad();
    await expect(exporteer(database, HERKOMST, PERIODE, sterft(naarBestand(pad), 0))).rejects.toThrow('died');
    const ander = { ...PERIODE, tot: new Date() };
    await expect(exporteer(database, HERKOMST, ander, naarBestand(pad))).rejects.toThrow(Exportfout);
    await exporteer(database, HERKOMST, PERIODE, naarBestand(pad));
    await expect(exporteer(database, HERKOMST, PERIODE, naarBestand(pad))).rejects.toThrow('bestaat al');
  });

  test('to a reader that is slow, waits for it', async () => {
    const stroom = new PassThrough({ highWaterMark: 100 });
    let tekst = '';
    const gelezen = (async () => {
      for await (const stuk of stroom) {
        tekst += stuk;
        await new Promise((klaar) => setImmediate(klaar));
      }
    })();
    await exporteer(database, HERKOMST, PERIODE, naarStroom(stroom));
    stroom.end();
    await gelezen;
    expect(tekst.split('\n')).toHaveLength(RECORDS + 1);
  });
});

describe('OTLP', () => {
  interface Span {
    readonly traceId: string;
    readonly spanId: string;
    readonly parentSpanId?: string;
    readonly name: string;
    readonly startTimeUnixNano: string;
    readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  }
  interface Aanvraag {
    readonly resourceSpans: readonly {
      readonly resource: {
        readonly attributes: readonly { readonly key: string; readonly value: { stringValue: string } }[];
      };
      readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
    }[];
  }
  type Antwoord = readonly [status: number, lijf: string, koppen?: Record<string, string>];
  const GOED: Antwoord = [200, '{}'];
  let antwoorden: Antwoord[] = [];
  let gekregen: { readonly pad: string; readonly koppen: http.IncomingHttpHeaders; readonly lijf: Aanvraag }[] = [];
  const server = http.createServer((req, res) => {
    let tekst = '';
    req.setEncoding('utf8').on('data', (stuk: string) => {
      tekst += stuk;
    });
    req.on('end', () => {
      gekregen.push({ pad: req.url ?? '', koppen: req.headers, lijf: JSON.parse(tekst) as Aanvraag });
      const [status, lijf, koppen = {}] = antwoorden.shift() ?? GOED;
      res.writeHead(status, { 'Content-Type': 'application/json', ...koppen }).end(lijf);
    });
  });
  beforeAll(() => new Promise<void>((klaar) => server.listen(0, '127.0.0.1', klaar)));
  afterAll(() => void server.close());
  beforeEach(() => {
    antwoorden = [];
    gekregen = [];
  });
  const adres = (): URL => otlpAdres(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const naar = (voortgang = nieuwPad(), koppen = {}) => naarOtlp({ url: adres(), voortgang, koppen, pauzesMs: [1, 1] });
  const spans = (): readonly Span[] =>
    gekregen.flatMap(({ lijf }) =>
      lijf.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: s }) => s)),
    );

  test('gets each record as a span, in pages, with the attributes of both standards', async () => {
    await exporteer(database, HERKOMST, PERIODE, naar(undefined, otlpKoppen('Authorization=Bearer%20geheim, x-a = b')));
    expect(gekregen.length).toBeGreaterThan(2);
    expect(gekregen[0]).toMatchObject({ pad: '/v1/traces', koppen: { authorization: 'Bearer geheim', 'x-a': 'b' } });
    expect(gekregen[0]?.lijf.resourceSpans[0]?.resource.attributes).toContainEqual({
      key: 'nen7513.AuditSourceId',
      value: { stringValue: HERKOMST.bron },
    });
    const alle = spans();
    expect(alle).toHaveLength(RECORDS);
    const toets = alle.find(({ name }) => name === 'wlz-registertoets');
    expect(toets).toMatchObject({ traceId: TRACE, startTimeUnixNano: expect.stringMatching(/^\d{19}$/) });
    const waarden = new Map(toets?.attributes.map(({ key, value }) => [key, value.stringValue]));
    expect(waarden.get('dpl.core.processing_activity_id')).toBe('https://register.voorbeeld.nl/v2/wlz-registertoets');
    expect(waarden.get('dpl.core.data_subject_id')).toBe(EEN.toString('hex'));
    expect(waarden.get('dpl.core.data_subject_id_type')).toBe('BSN-HMAC-SHA256');
    expect(waarden.get('dpl.nen7513.eventActionCode')).toBe('R');
    expect([...waarden.keys()]).toContain('dpl.nen7513.users');
  });

  test('that has no room for a moment is tried again', async () => {
    antwoorden = [[503, ''], [429, '', { 'Retry-After': '0' }], GOED];
    await exporteer(database, HERKOMST, PERIODE, naar());
    expect(new Set(spans().map(({ spanId }) => spanId)).size).toBe(RECORDS);
  });

  test.each<readonly [string, Antwoord, string]>([
    ['refuses a part', [200, '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"x"}}'], 'geweigerd'],
    ['says that it is wrong', [400, '{}'], 'status 400'],
    ['answers with a page', [200, '<html>'], 'JSON'],
    ['sends us elsewhere', [302, '', { Location: 'http://127.0.0.1:1/' }], 'niet bereikbaar'],
    ['answers without end', [200, ' '.repeat(70_000)], 'te groot'],
  ])('that %s has not got it', async (_, antwoord, zin) => {
    antwoorden = Array(4).fill(antwoord);
    await expect(exporteer(database, HERKOMST, PERIODE, naar())).rejects.toThrow(zin);
  });

  test('that goes away is gone on with later, from the last page that it acknowledged', async () => {
    const voortgang = nieuwPad();
    antwoorden = [GOED, ...Array(3).fill([503, ''])];
    await expect(exporteer(database, HERKOMST, PERIODE, naar(voortgang))).rejects.toThrow('niet bereikbaar');
    const eerst = new Set(gekregen[0]?.lijf.resourceSpans[0]?.scopeSpans[0]?.spans.map(({ spanId }) => spanId));
    gekregen = [];
    await exporteer(database, HERKOMST, PERIODE, naar(voortgang));
    const daarna = spans().map(({ spanId }) => spanId);
    expect(daarna.filter((id) => eerst.has(id))).toEqual([]);
    expect(eerst.size + daarna.length).toBe(RECORDS);
    expect(existsSync(voortgang)).toBe(false);
  });

  test.each([
    ['http://collector.voorbeeld.nl/', 'no TLS'],
    ['https://naam:wachtwoord@collector.voorbeeld.nl/', 'a password'],
    ['ftp://collector.voorbeeld.nl/', 'no HTTP'],
    ['collector', 'no address'],
  ])('%s is no place to send it: %s', (tekst) => {
    expect(() => otlpAdres(tekst)).toThrow(Exportfout);
  });

  test('an address may have the path or leave it out', () => {
    for (const tekst of ['https://a.nl', 'https://a.nl/', 'https://a.nl/v1/traces'])
      expect(otlpAdres(tekst).href).toBe('https://a.nl/v1/traces');
    expect(otlpAdres('https://a.nl/otlp/').href).toBe('https://a.nl/otlp/v1/traces');
  });
});
