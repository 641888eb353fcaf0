/** Infected messages do not come in, by whatever door, and nothing of them stays. Against a real clamd. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schrijfDi01 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { maakBericht, soort, vervang, voorbeeld, waardeVan } from '../hulp/berichten.ts';
import { Browser, tokenVan } from '../hulp/browser.ts';
import { type Draaiend, EICAR, heeftClamd, startClamd } from '../hulp/clamd.ts';
import { type Opstelling, startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { bytesVan, haalOp } from '../hulp/reis.ts';
import { laatNietsAchter, telling, verwachtWeigering } from '../hulp/weigering.ts';
import { cizDat, indicatie } from '../hulp/wlz.ts';
import { maakZip } from '../hulp/zipbouwer.ts';

const KOPPEN = { Authorization: 'Bearer demo-0363' };
const MIB = 1024 * 1024;
/** In XML the ampersand and the less-than of a text are written otherwise; the test string has neither. */
const besmet = (): string => vervang(voorbeeld('WMO301'), 'Straatnaam', EICAR);
/** A message of this size, with this just before its end; the white space is spread, because one text has a bound of its own. */
const vanOmvang = (bytes: number, staart = ''): Buffer => {
  const regels = voorbeeld('WMO301').replace('</Bericht>', `<!-- ${staart} --></Bericht>`).split('\n');
  const elk = ' '.repeat(Math.floor((bytes - Buffer.byteLength(regels.join('\n'))) / (regels.length - 2)));
  return Buffer.from(
    regels.map((regel, nr) => (nr === 0 || nr === regels.length - 1 ? regel : elk + regel)).join('\n'),
  );
};

describe.skipIf(!heeftClamd)('with clamd', () => {
  let clamd: Draaiend;
  let knooppunt: Opstelling;
  beforeAll(async () => {
    clamd = await startClamd();
    knooppunt = await startOpstelling({
      rollen: ['api'],
      omgeving: { KNOOPPUNT_CLAMD: `127.0.0.1:${clamd.poort}` },
    });
  });
  afterAll(async () => {
    await knooppunt?.stop();
    await clamd?.weg();
  });
  const lever = (lijf: Uint8Array | string | Iterable<Uint8Array>, koppen = {}): Promise<RauwAntwoord> =>
    stuur(knooppunt.adres, { pad: '/v1/berichten', koppen: { ...KOPPEN, ...koppen }, lijf });

  test('what is clean comes in', async () => {
    expect((await lever(voorbeeld('WMO301'))).status).toBe(202);
    expect((await lever(vanOmvang(2 * MIB))).status).toBe(202);
    expect((await lever(vanOmvang(25 * MIB))).status).toBe(202);
  });

  test.each<readonly [string, () => Uint8Array | string]>([
    ['the test file itself', () => EICAR],
    ['a message with it in a field', besmet],
    ['a message with it in a comment', () => vanOmvang(20_000, EICAR)],
    ['a message of 2 MB with it at the end', () => vanOmvang(2 * MIB, EICAR)],
    ['a message of 25 MB with it at the end', () => vanOmvang(25 * MIB, EICAR)],
  ])('%s is refused with IB013, and nothing stays behind', async (_naam, lijf) => {
    const antwoord = await laatNietsAchter(knooppunt.database, 'virusGevonden', () => lever(lijf()));
    expect(JSON.parse(antwoord.lijf)).toMatchObject({ foutcode: 'IB013', foutlijst: '2025-11' });
    expect(antwoord.lijf).not.toContain('EICAR');
  });

  test('it is found also when it comes in pieces of a byte', async () => {
    const bytes = Buffer.from(besmet());
    const stukken = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, nr) => bytes.subarray(nr * 7, nr * 7 + 7));
    verwachtWeigering(await lever(stukken), 'virusGevonden');
  });

  test('of a ZIP the infected file is refused, and the others come in', async () => {
    const zip = maakZip([
      { naam: 'goed.xml', inhoud: Buffer.from(voorbeeld('WMO301')) },
      { naam: 'kwaad.xml', inhoud: Buffer.from(besmet()) },
    ]);
    const { status, lijf } = await lever(zip, { 'Content-Type': 'application/zip' });
    expect(status, lijf).toBe(207);
    const { berichten } = JSON.parse(lijf);
    expect(berichten.map((een: { status: number }) => een.status)).toEqual([202, 400]);
    expect(berichten[1].probleem.foutcode).toBe('IB013');
  });

  test('over StUF its sender finds a Fo01 with IB013 in its postbus, without the infected content', async () => {
    const referentienummer = crypto.randomUUID();
    const di01 = schrijfDi01({
      zender: '0363',
      ontvanger: '98000001',
      referentienummer,
      moment: new Date(),
      soort: soort('WMO301'),
      inhoud: Buffer.from(besmet()),
    });
    const { status, lijf } = await stuur(knooppunt.adres, {
      pad: '/stuf/ggk0210/OntvangAsynchroon',
      koppen: {
        ...KOPPEN,
        'Content-Type': 'text/xml; charset=utf-8',
        SOAPAction: '"http://www.stufstandaarden.nl/koppelvlak/ggk0210/ggk_Di01"',
      },
      lijf: inSoap(di01),
    });
    expect(status, lijf).toBe(200);
    const post = await haalOp(knooppunt.client('0363'), '0363', { aantal: 10 });
    const fo01 = post.find(({ crossReferentienummer }) => crossReferentienummer === referentienummer);
    if (!fo01) throw new Error('no Fo01');
    const tekst = bytesVan(fo01).toString();
    expect(waardeVan(tekst, 'code')).toBe('IB013');
    expect(tekst).not.toMatch(/EICAR|xmlBestand/);
  });

  test('no call that takes a file lets it in: all of them, as the API describes itself', async () => {
    interface Operatie {
      readonly requestBody?: {
        readonly content: Readonly<Record<string, { readonly schema: { readonly format?: string } }>>;
      };
    }
    const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/v1/openapi.json' });
    const { paths } = JSON.parse(lijf) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, Operatie>>>>;
    };
    const deuren = Object.entries(paths).flatMap(([pad, operaties]) =>
      Object.entries(operaties).flatMap(([methode, { requestBody }]) =>
        Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema }]) =>
          schema.format === 'binary' ? [{ methode: methode.toUpperCase(), pad, type }] : [],
        ),
      ),
    );
    expect(deuren.length).toBeGreaterThan(8);
    // What is read line by line is refused for its first line before its last was seen; so there only the last one is wrong.
    const perRegel: Readonly<Record<string, () => string>> = {
      '/v1/wlz-leveringen': () => `${cizDat([indicatie(1)])}${EICAR}`,
      '/v1/organisaties/{code}/wmo-voorzieningen': () =>
        `bsn;voorzieningId;ingangsdatum;productcategorie\n999900006;a;2024-01-01;01\n${EICAR}`,
    };
    const zip = (): Uint8Array => maakZip([{ naam: 'kwaad.xml', inhoud: Buffer.from(besmet()) }]);
    const gevraagd = deuren.filter(({ pad, type }) => !(pad in perRegel) || type === 'text/csv');
    const geboekt = async (): Promise<number> =>
      Number(
        (
          await knooppunt.database.pool.query(
            `select count(*) as n from logboek where gebeurtenis = 'bericht geweigerd' and resultaat = 'virusGevonden'`,
          )
        ).rows[0].n,
      );
    const eerst = await geboekt();
    for (const { methode, pad, type } of gevraagd) {
      const naar = pad.replace('{code}', '0363').replace('{domein}', 'iwmo');
      const antwoord = await stuur(knooppunt.adres, {
        methode,
        pad: naar.endsWith('/invoer') ? `${naar}?peildatum=2026-01-01` : naar,
        koppen: {
          Authorization: `Bearer demo-${pad === '/v1/wlz-leveringen' ? 'beheer' : '0363'}`,
          'Content-Type': type,
        },
        lijf: perRegel[pad]?.() ?? (type === 'application/zip' ? zip() : besmet()),
      });
      expect([`${methode} ${pad} ${type}`, antwoord.lijf]).toEqual([
        expect.any(String),
        expect.stringContaining('virusGevonden'),
      ]);
    }
    expect((await geboekt()) - eerst).toBe(gevraagd.length);
  });

  test.each([
    ['gemeente', '/portaal/aanleveren', 'bestanden'],
    ['gemeente', '/portaal/wlz/inwoners', 'bestand'],
  ])('the portal neither: %s at %s', async (wie, pad, veld) => {
    const browser = new Browser(knooppunt.adres);
    await browser.wordt(wie as 'gemeente');
    const lijf = new FormData();
    lijf.append('_csrf', tokenVan((await browser.haal(pad)).tekst));
    lijf.append('opdracht', 'controleren');
    lijf.append(veld, new Blob([EICAR]), 'inwoners.csv');
    const { status, tekst } = await browser.haal(pad, { method: 'POST', body: lijf });
    expect([status, tekst]).toEqual([400, expect.stringContaining('virus gevonden')]);
  });

  test('the metric counts them', async () => {
    const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' });
    expect(lijf).toMatch(/knooppunt_virusscans_total\{uitslag="besmet"\} [1-9]/);
    expect(lijf).toMatch(/knooppunt_virusscans_total\{uitslag="schoon"\} [1-9]/);
  });

  test('forty at the same time are all scanned', async () => {
    const lijven = Array.from({ length: 40 }, (_, nr) => (nr % 4 === 0 ? besmet() : maakBericht('WMO301')));
    const antwoorden = await Promise.all(lijven.map((lijf) => lever(lijf)));
    expect(antwoorden.map(({ status }) => status)).toEqual(lijven.map((_, nr) => (nr % 4 === 0 ? 400 : 202)));
  });

  test('while clamd is away senders are told to try again, nothing is stored, and when it is back all goes on', async () => {
    await clamd.dood();
    const { berichten } = await telling(knooppunt.database);
    for (const lijf of [voorbeeld('WMO301'), vanOmvang(MIB)]) {
      const antwoord = await lever(lijf);
      verwachtWeigering(antwoord, 'tijdelijkNietBeschikbaar');
      expect(antwoord.koppen['retry-after']).toBeDefined();
    }
    expect((await telling(knooppunt.database)).berichten).toBe(berichten);
    expect(knooppunt.log()).toContain('geen oordeel van de virusscanner');
    await clamd.start();
    expect((await lever(maakBericht('WMO301'))).status).toBe(202);
  });

  test('an installation can choose to go on without it, and does so only while it is away', async () => {
    const anders = await startOpstelling({
      rollen: ['api'],
      omgeving: { KNOOPPUNT_CLAMD: clamd.socket, KNOOPPUNT_CLAMD_UITVAL: 'doorlaten' },
    });
    const hier = (lijf: string): Promise<RauwAntwoord> =>
      stuur(anders.adres, { pad: '/v1/berichten', koppen: KOPPEN, lijf });
    try {
      verwachtWeigering(await hier(besmet()), 'virusGevonden');
      await clamd.dood();
      expect((await hier(voorbeeld('WMO301'))).status).toBe(202);
      await clamd.start();
      verwachtWeigering(await hier(besmet()), 'virusGevonden');
    } finally {
      await anders.stop();
    }
  });
});

describe.skipIf(!heeftClamd)('with a clamd that takes less than we do', () => {
  test('what it cannot take is refused, whatever the installation chose: its sender would choose otherwise', async () => {
    const krap = await startClamd({ maxMb: 1 });
    const knooppunt = await startOpstelling({
      rollen: ['api'],
      omgeving: { KNOOPPUNT_CLAMD: `127.0.0.1:${krap.poort}`, KNOOPPUNT_CLAMD_UITVAL: 'doorlaten' },
    });
    try {
      const antwoord = await stuur(knooppunt.adres, { pad: '/v1/berichten', koppen: KOPPEN, lijf: vanOmvang(2 * MIB) });
      verwachtWeigering(antwoord, 'tijdelijkNietBeschikbaar');
    } finally {
      await knooppunt.stop();
      await krap.weg();
    }
  });
});
