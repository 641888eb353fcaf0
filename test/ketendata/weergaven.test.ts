/**
 * Who sees which figures, and whether they are the right ones: held against a sum made by hand from what was written, through the API, the
 * command line and the pages.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publiceerLandelijk } from '#src/ketendata/inzicht/publicatie.ts';
import { laatsteGesloten, plusWeken, zondagVan } from '#src/ketendata/inzicht/regels/weken.ts';
import { bewaarVerband } from '#src/ketendata/inzicht/verbanden.ts';
import { datum } from '#src/tijd.ts';
import { Browser } from '../hulp/browser.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { AANBIEDERS, type Bijdrage, GEMEENTEN, leven, tel } from './cijferwereld.ts';

const NU = new Date();
const LAATSTE = laatsteGesloten(datum(NU));
const WEKEN = 30;
const LEVEN = leven(LAATSTE, WEKEN);
const [G, H, I, J] = GEMEENTEN;
const [A, B] = AANBIEDERS;
const OPDRACHT = { actor: 'proef', reden: 'voor de proef' };

const knooppunt = await startOpstelling({ rollen: ['api'], bereid: (database) => tel(database, LEVEN) });
afterAll(() => knooppunt.stop());

interface Cijfer {
  readonly indicator: string;
  readonly deel: string | null;
  readonly waarde: number | null;
  readonly teller: number | null;
  readonly noemer: number | null;
  readonly vergelijking?: { readonly waarde: number | null };
  readonly onderdrukt?: number;
}

const vraag = (wie: string, velden: Record<string, string>, koppen: Record<string, string> = {}) =>
  stuur(knooppunt.adres, {
    methode: 'GET',
    pad: `/v1/ketendata/cijfers?${new URLSearchParams(velden)}`,
    koppen: { Authorization: `Bearer demo-${wie}`, ...koppen },
  });
async function cijfers(wie: string, velden: Record<string, string>): Promise<readonly Cijfer[]> {
  const { status, lijf } = await vraag(wie, velden);
  expect(status, lijf).toBe(200);
  return JSON.parse(lijf).cijfers;
}
const waarde = async (wie: string, velden: Record<string, string>): Promise<number | null | undefined> =>
  (await cijfers(wie, velden))[0]?.waarde;

const som = (past: (bijdrage: Bijdrage) => boolean): number =>
  LEVEN.filter(past).reduce((totaal, { aantal }) => totaal + aantal, 0);
/** The usual period: thirteen weeks. */
const recent = ({ week }: Bijdrage): boolean => week > plusWeken(LAATSTE, -13);
const volume = ({ meting }: Bijdrage): boolean => meting === 'volume';
const gemeente = { weergave: 'gemeente', code: G };

describe('figures of oneself', () => {
  test('are the sum of what was counted, of a gemeente and of an aanbieder', async () => {
    expect(await waarde(G, { ...gemeente, indicator: 'berichten' })).toBe(
      som((b) => volume(b) && recent(b) && b.gemeente === G),
    );
    expect(await waarde(A, { weergave: 'aanbieder', code: A, indicator: 'berichten' })).toBe(
      som((b) => volume(b) && recent(b) && b.aanbieder === A),
    );
  });

  test('by part they add up to the whole, and each part is right', async () => {
    const heel = som((b) => volume(b) && recent(b) && b.gemeente === G);
    const verwacht = {
      tegenpartij: (deel: string) => (b: Bijdrage) => b.aanbieder === deel,
      berichtsoort: (deel: string) => (b: Bijdrage) => (b.berichtsoort ?? 'WMO301') === deel,
      week: (deel: string) => (b: Bijdrage) => b.week === deel,
    } as const;
    for (const [splitsing, van] of Object.entries(verwacht)) {
      const delen = await cijfers(G, { ...gemeente, indicator: 'berichten', splitsing });
      expect(delen.reduce((totaal, deel) => totaal + (deel.waarde ?? 0), 0)).toBe(heel);
      for (const { deel, waarde: gekregen } of delen)
        expect(gekregen, `${splitsing} ${deel}`).toBe(
          som((b) => volume(b) && recent(b) && b.gemeente === G && van(deel ?? '')(b)),
        );
    }
    for (const splitsing of ['maand', 'richting', 'release', 'domein'])
      expect(
        (await cijfers(G, { ...gemeente, indicator: 'berichten', splitsing })).reduce((n, c) => n + (c.waarde ?? 0), 0),
      ).toBe(heel);
  });

  test('many indicators of every tegenpartij are those of each tegenpartij alone', async () => {
    const velden = { ...gemeente, indicator: 'berichten,retour,R1-op-tijd,geld-toegekend,doorlooptijd-midden' };
    const samen = await cijfers(G, { ...velden, splitsing: 'tegenpartij' });
    const alleen = await cijfers(G, { ...velden, tegenpartij: B });
    expect(samen.filter(({ deel }) => deel === B).map(({ indicator, waarde }) => [indicator, waarde])).toEqual(
      alleen.map(({ indicator, waarde }) => [indicator, waarde]),
    );
    const gemeenten = await cijfers(A, {
      weergave: 'aanbieder',
      code: A,
      indicator: 'berichten',
      splitsing: 'tegenpartij',
    });
    expect(gemeenten.map(({ deel }) => deel)).toEqual([...GEMEENTEN].sort());
  });

  test('on time is of all that was answered or is overdue; the median and the overdue are those of the keys', async () => {
    const r1 = (sleutel: string, meting = 'norm-R1') =>
      som((b) => recent(b) && b.gemeente === G && b.meting === meting && b.sleutel === sleutel);
    const open = r1('2020-01-06', 'norm-R1-open');
    const [opTijd, mediaan, teLaat] = await cijfers(G, {
      ...gemeente,
      indicator: 'R1-op-tijd,R1-mediaan,R1-te-laat',
    });
    expect(opTijd).toMatchObject({ teller: r1('1') + r1('2'), noemer: r1('1') + r1('2') + r1('5') + open });
    expect([mediaan?.waarde, teLaat?.waarde]).toEqual([2, open]);
  });

  test('beside them stand those of the period before', async () => {
    const [cijfer] = await cijfers(G, { ...gemeente, indicator: 'berichten', vergelijk: 'vorige' });
    const ervoor = ({ week }: Bijdrage): boolean => week <= plusWeken(LAATSTE, -13) && week > plusWeken(LAATSTE, -26);
    expect(cijfer?.vergelijking?.waarde).toBe(som((b) => volume(b) && ervoor(b) && b.gemeente === G));
  });

  test.each([
    ['a period that ends before it begins', { vanaf: '2026-02-02', tot: '2026-01-05' }],
    ['a period of a lifetime', { vanaf: '2016-01-01', tot: '2026-01-01' }],
    ['an indicator that is not there', { indicator: 'geheim' }],
    ['codes of what has none', { indicator: 'berichten', splitsing: 'code' }],
    ['a split that is not there', { splitsing: 'bsn' }],
  ])('%s is refused', async (_, velden) => {
    expect((await vraag(G, { ...gemeente, ...velden } as Record<string, string>)).status).toBe(400);
  });

  test('as CSV, with numbers as a Dutch spreadsheet reads them', async () => {
    const antwoord = await vraag(G, { ...gemeente, indicator: 'retour' }, { Accept: 'text/csv' });
    expect(antwoord.koppen['content-type']).toMatch(/^text\/csv/);
    const [kop, regel] = antwoord.lijf.split('\r\n');
    expect(kop).toMatch(/^indicator;deel;vanaf;tot;waarde;/);
    expect(regel).toMatch(new RegExp(`^retour;;${plusWeken(LAATSTE, -12)};${zondagVan(LAATSTE)};0,\\d+;\\d+;\\d+;`));
    expect((await vraag(G, { ...gemeente, vorm: 'csv' })).koppen['content-type']).toMatch(/^text\/csv/);
  });
});

describe('a samenwerkingsverband', () => {
  const cli = path.resolve(import.meta.dirname, '../../src/cli.ts');
  const knoop = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [cli, ...args], {
      env: {
        ...process.env,
        DATABASE_URL: alsOpdracht(knooppunt.config.databaseUrl ?? '', args),
        KNOOPPUNT_DATA: knooppunt.config.data,
      },
    });
  const samen = { weergave: 'samenwerking', code: 'regio', indicator: 'berichten' };
  const geef = async (wie: string): Promise<number> => {
    const { status, lijf } = await stuur(knooppunt.adres, {
      methode: 'POST',
      pad: `/v1/organisaties/${wie}/ketendatamandaten`,
      koppen: { Authorization: `Bearer demo-${wie}`, 'Content-Type': 'application/json' },
      lijf: JSON.stringify({ verband: 'regio', vanaf: plusWeken(LAATSTE, -60), reden: 'samen kijken' }),
    });
    expect(status, lijf).toBe(201);
    return JSON.parse(lijf).id;
  };
  const trekIn = (wie: string, nummer: number) =>
    stuur(knooppunt.adres, {
      methode: 'POST',
      pad: `/v1/organisaties/${wie}/ketendatamandaten/${nummer}/intrekking`,
      koppen: { Authorization: `Bearer demo-${wie}`, 'Content-Type': 'application/json' },
      lijf: JSON.stringify({ reden: 'niet meer samen' }),
    });
  let vanI = 0;
  beforeAll(async () => {
    await bewaarVerband(knooppunt.database, OPDRACHT, { code: 'regio', naam: 'Regio Midden' });
    await geef(G);
    await geef(H);
  });

  test('of two gemeenten shows nothing: each could take off its own', async () => {
    expect(await waarde(G, samen)).toBe(0);
  });

  test('is the sum of who gave a mandaat, for those alone', async () => {
    vanI = await geef(I);
    expect(await waarde(G, samen)).toBe(som((b) => volume(b) && recent(b) && b.gemeente !== J));
    for (const wie of [J, A, 'beheer', 'landelijk']) expect((await vraag(wie, samen)).status).toBe(403);
  });

  test('tells of no single aanbieder', async () => {
    for (const velden of [{ splitsing: 'tegenpartij' }, { tegenpartij: A }])
      expect((await vraag(G, { ...samen, ...velden } as Record<string, string>)).status).toBe(400);
  });

  test('ends for who takes it back, who alone can', async () => {
    expect((await trekIn(H, vanI)).status).toBe(404);
    expect((await trekIn(I, vanI)).status).toBe(200);
    expect((await vraag(I, samen)).status).toBe(403);
    expect(await waarde(G, samen)).toBe(0);
  });

  test('from the command line, with a line in the audit log', async () => {
    await knoop(
      'mandaat',
      'geef',
      I,
      'regio',
      '--vanaf',
      plusWeken(LAATSTE, -3),
      '--tot',
      LAATSTE,
      '--reden',
      'op verzoek',
    );
    // Of the last week it no longer holds, and for the three before it did.
    const [eerste, laatste] = [plusWeken(LAATSTE, -3), plusWeken(LAATSTE, -1)];
    expect(await waarde(G, samen)).toBe(
      som((b) => volume(b) && b.gemeente !== J && b.week >= eerste && b.week <= laatste),
    );
    const { rows } = await knooppunt.database.pool.query<{ gebeurtenis: string; actor: string }>(
      `select distinct gebeurtenis, actor from logboek where gebeurtenis ~ '^(ketendatamandaat|samenwerkingsverband)' order by 1, 2`,
    );
    expect(rows.map(({ gebeurtenis }) => gebeurtenis)).toContain('ketendatamandaat ingetrokken');
    expect(rows.some(({ actor }) => actor.startsWith('cli:'))).toBe(true);
  });
});

describe('national figures', () => {
  const landelijk = { weergave: 'landelijk', indicator: 'berichten' };
  const heel = { vanaf: plusWeken(LAATSTE, -52), tot: LAATSTE };

  test('are published once: what comes later changes nothing', async () => {
    expect(await waarde('landelijk', { ...landelijk, ...heel })).toBeNull();
    const eerste = await publiceerLandelijk(knooppunt.database, OPDRACHT, NU);
    expect(eerste.length).toBeGreaterThan(3);
    const voor = (await vraag('landelijk', { weergave: 'landelijk', ...heel })).lijf;
    const oud = { week: plusWeken(LAATSTE, -20), gemeente: G, aanbieder: A, meting: 'volume', aantal: 1 };
    await tel(knooppunt.database, [oud]);
    expect(await publiceerLandelijk(knooppunt.database, OPDRACHT, NU)).toEqual([]);
    expect((await vraag('landelijk', { weergave: 'landelijk', ...heel })).lijf).toBe(voor);
  });

  test('are the sum of blocks that are over, and of no organisation', async () => {
    const blokken = await cijfers('landelijk', { ...landelijk, ...heel, splitsing: 'week' });
    for (const { deel, waarde: gekregen } of blokken.slice(1))
      expect(gekregen).toBe(som((b) => volume(b) && b.week >= (deel ?? '') && b.week < plusWeken(deel ?? '', 4)));
    expect(blokken.every(({ deel }) => plusWeken(deel ?? '', 8) <= LAATSTE)).toBe(true);
    for (const velden of [{ tegenpartij: A }, { splitsing: 'tegenpartij' }, { indicator: 'retourcodes' }])
      expect((await vraag('landelijk', { ...landelijk, ...velden } as Record<string, string>)).status).toBe(400);
  });

  test('who sees them sees nobody’s own', async () => {
    expect((await vraag('landelijk', gemeente)).status).toBe(403);
    expect((await vraag(G, landelijk)).status).toBe(403);
  });
});

describe('in the portal', () => {
  const BLADEN = ['', '/volume', '/kwaliteit', '/reactietijd', '/doorstroom', '/geld', '/wlz'];
  const browsers = new Map<string, Browser>();
  beforeAll(async () => {
    for (const wie of ['gemeente', 'aanbieder', 'landelijk', 'beheerder']) {
      const browser = new Browser(knooppunt.adres);
      await browser.wordt(wie);
      browsers.set(wie, browser);
    }
  });
  const open = async (wie: string, pad: string) => {
    const bladzijde = await browsers.get(wie)?.haal(`/portaal/ketendata${pad}`);
    if (!bladzijde) throw new Error(`nobody is ${wie}`);
    return bladzijde;
  };

  test.each(['gemeente', 'aanbieder', 'landelijk'])(
    'every page opens for %s, without style or script of its own',
    async (wie) => {
      for (const blad of BLADEN) {
        const { status, tekst } = await open(wie, blad);
        expect(status, blad).toBe(200);
        expect(tekst).not.toMatch(/ style=|<style|<script(?! type="module" src=)/);
        // Every chart has its words, and its figures as a table.
        for (const [svg] of tekst.matchAll(/<svg class="kp-grafiek"[\s\S]*?<\/svg>/g))
          expect(svg).toMatch(/role="img"[\s\S]*<title[^>]*>[^<]+<\/title><desc[^>]*>[^<]+<\/desc>/);
        expect(tekst.match(/<svg class="kp-grafiek"/g)?.length ?? 0).toBe(tekst.match(/Toon als tabel/g)?.length ?? 0);
      }
    },
  );

  test('a page shows the figure that the API gives', async () => {
    const berichten = await waarde(G, { ...gemeente, indicator: 'berichten' });
    expect((await open('gemeente', '/volume')).tekst).toContain(
      `>${new Intl.NumberFormat('nl-NL').format(berichten ?? 0)}<`,
    );
  });

  test('another code in the address shows one’s own figures all the same', async () => {
    const eigen = (await open('gemeente', '/volume')).tekst;
    const ander = (await open('gemeente', '/volume?van=gemeente:0344')).tekst;
    const landelijk = (await open('gemeente', '/volume?van=landelijk')).tekst;
    const cijfer = (tekst: string) => /kp-kerncijfer__cijfer">([^<]+)</.exec(tekst)?.[1];
    expect([cijfer(ander), cijfer(landelijk)]).toEqual([cijfer(eigen), cijfer(eigen)]);
  });

  test('what is wrong in the address is passed over; what is empty says so', async () => {
    expect((await open('gemeente', '?weken=9999&vanaf=x&berichtsoort=<script>')).status).toBe(200);
    const leeg = (await open('gemeente', '?vanaf=2016-01-04&tot=2016-02-01')).tekst;
    expect(leeg).toContain('Er zijn geen cijfers in deze periode');
  });

  test('national pages tell what is left out, and lead to no message', async () => {
    const { tekst } = await open('landelijk', '/reactietijd');
    expect(tekst).toContain('te weinig gegevens');
    expect(tekst).not.toMatch(/href="\/portaal\/berichten|9800000/);
  });

  test('a download has the figures of the page; who may not see figures gets none', async () => {
    const { koppen, tekst } = await open('gemeente', '/csv?blad=geld');
    expect(koppen.get('content-disposition')).toContain('ketendata-geld.csv');
    expect(tekst).toMatch(/^geld-toegekend;\d{4}-\d\d-\d\d;/m);
    for (const pad of ['', '/csv']) expect((await open('beheerder', pad)).status).toBe(403);
  });
});

// Last: routering knows it from here on.
test('a successor sees those of whom it succeeded, and nobody else does', async () => {
  await knooppunt.database.pool.query(
    `update organisatie set geldig_tot = '2020-12-31', opvolger = $2 where code = $1`,
    [J, I],
  );
  await expect
    .poll(() => waarde(I, { weergave: 'gemeente', code: I, indicator: 'berichten' }), { timeout: 10_000 })
    .toBe(som((b) => volume(b) && recent(b) && (b.gemeente === I || b.gemeente === J)));
  expect((await vraag(H, { weergave: 'gemeente', code: J })).status).toBe(403);
});
