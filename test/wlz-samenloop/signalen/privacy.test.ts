/** One gemeente cannot learn of a resident of another: not by an answer, a count, an id, or what an answer costs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leesSignaal, leesSignalen } from '#src/wlz-samenloop/signalen/lezen.ts';
import { leesLeveringen } from '#src/wlz-samenloop/wmo/levering.ts';
import type { Client } from '../../hulp/client.ts';
import { startOpstelling } from '../../hulp/opstelling.ts';
import { gebruikt, gelezen, zonderVoorwaarde } from '../../hulp/plannen.ts';
import { vraagJson } from '../../hulp/reis.ts';
import * as sporen from '../../hulp/sporen.ts';
import { maakLeeg, vergelijkIneens } from './proef.ts';
import { bsnVan, plekVan, zetRegister } from './wereld.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const { database, sleutels } = knooppunt;
const PEILDATUM = '2026-06-15';
const MIJN = bsnVan(0);
const REDEN = 'Geheimereden';
const BEHANDELAAR = 'Merkbaarnaam';

const lever = async (client: Client, code: string, regels: readonly string[]): Promise<string> => {
  const lijf = Buffer.from(['bsn;voorzieningId;ingangsdatum;productcategorie', ...regels].join('\n'));
  const pad = `/v1/organisaties/${code}/wmo-voorzieningen?leeg=true`;
  const { status, lichaam } = await client.vraag('PUT', pad, new Uint8Array(lijf), { 'Content-Type': 'text/csv' });
  expect(status, lichaam.toString()).toBe(200);
  return lichaam.toString();
};

/** Everything that gemeente 0363 can see, without the moments and numbers that are new every time. */
async function zicht(vanAnderen: readonly string[]): Promise<string> {
  await maakLeeg({ database });
  const ik = knooppunt.client('0363');
  const antwoorden: string[] = [];
  await zetRegister(
    knooppunt,
    [
      { bsn: MIJN, nummer: 1, ingang: '2026-06-01' },
      ...[1, 2, 3].map((nr) => ({ bsn: bsnVan(nr), nummer: nr + 1, ingang: '2026-06-01' })),
    ],
    new Date('2026-06-15T04:00:00Z'),
  );
  await lever(knooppunt.client('0344'), '0344', vanAnderen);
  antwoorden.push(await lever(ik, '0363', [`${MIJN};a;2026-01-01;01`]));
  await vergelijkIneens(plekVan(knooppunt), PEILDATUM);
  const lees = async (pad: string): Promise<string> => JSON.stringify(await vraagJson(ik, 'GET', pad));
  const lijst = await vraagJson<{ signalen: readonly { signaalId: string }[] }>(ik, 'GET', '/v1/wlz-signalen');
  for (const pad of [
    '/v1/wlz-signalen?aantal=1',
    `/v1/wlz-signalen/${lijst.signalen[0]?.signaalId}`,
    '/v1/organisaties/0363/wmo-voorzieningen',
    '/v1/organisaties/0363/wlz-instelling',
    '/v1/berichten?aantal=100',
    '/v1/postbussen/0363/berichten?aantal=100',
    '/v1/openstaand',
  ])
    antwoorden.push(await lees(pad));
  return antwoorden
    .join('\n')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replace(/"leveringId":"[^"]+"/g, 'LEVERING');
}

test('everything a gemeente sees is the same, whoever its residents are to another', async () => {
  const alleen = await zicht([]);
  expect(alleen).toContain(MIJN);
  expect(await zicht([`${MIJN};a;2026-01-01;01`])).toBe(alleen);
  expect(await zicht([`${MIJN};b;2026-01-01;`, `${bsnVan(1)};a;2026-01-01;`, `${bsnVan(2)};a;2026-01-01;`])).toBe(
    alleen,
  );
});

describe('with a thousand signals of others about the same people', () => {
  beforeAll(async () => {
    await maakLeeg({ database });
    const bsns = Array.from({ length: 300 }, (_, nr) => bsnVan(nr));
    await zetRegister(
      knooppunt,
      bsns.map((bsn, nr) => ({ bsn, nummer: nr + 1, ingang: '2026-06-01' })),
    );
    for (const code of ['0344', '0014', '0518'])
      await lever(
        knooppunt.client(code),
        code,
        bsns.map((bsn) => `${bsn};a;2026-01-01;01`),
      );
    await lever(knooppunt.client('0363'), '0363', [`${MIJN};a;2026-01-01;01`]);
    await vergelijkIneens(plekVan(knooppunt), PEILDATUM);
    await database.pool.query('analyze wlz_signaal');
  });
  const lees = (bron: typeof database) => leesSignalen(bron, sleutels, 'proef', { gemeenten: ['0363'], aantal: 100 });

  test('a list reads the signals of its own gemeente and no other', async () => {
    expect((await lees(database)).signalen).toHaveLength(1);
    expect(await gelezen(database, 'wlz_signaal', lees)).toBe(1);
  });
  test('no question of a gemeente walks through the tables of all', async () => {
    const knopen = await gebruikt(database, async (bron) => {
      const { signalen } = await lees(bron);
      await leesSignaal(bron, sleutels, 'proef', signalen[0]?.signaalId ?? '', ['0363']);
      await leesLeveringen(bron, '0363', 10);
    });
    expect(zonderVoorwaarde(knopen, ['wlz_signaal', 'wmo_levering', 'wmo_voorziening', 'wlz_indicatie'])).toEqual([]);
    // What a gemeente is shown does not depend on the register as it is now.
    expect(knopen.filter((knoop) => knoop['Relation Name'] === 'wlz_indicatie')).toEqual([]);
  });
  test('a delivery does not look at the register, nor at those of others', async () => {
    const { rows } = await database.pool.query<{ ervoor: string }>(
      `select coalesce(sum(idx_scan + seq_scan), 0)::text as ervoor from pg_stat_user_tables where relname = 'wlz_indicatie'`,
    );
    await lever(knooppunt.client('0363'), '0363', [`${MIJN};a;2026-01-01;01`, `${bsnVan(5)};b;2026-01-01;01`]);
    const { rows: erna } = await database.pool.query<{ ervoor: string }>(
      `select coalesce(sum(idx_scan + seq_scan), 0)::text as ervoor from pg_stat_user_tables where relname = 'wlz_indicatie'`,
    );
    expect(erna).toEqual(rows);
  });
  test.each(['GET', 'POST'])('a signal of another is not there (%s), as one that does not exist', async (methode) => {
    const { rows } = await database.pool.query<{ id: string }>(
      `select id from wlz_signaal where gemeente = '0344' limit 1`,
    );
    const vraag = async (id: string) => {
      const pad = methode === 'GET' ? `/v1/wlz-signalen/${id}` : `/v1/wlz-signalen/${id}/stappen`;
      const lijf = methode === 'GET' ? undefined : { naar: 'in_behandeling' };
      const { status, lichaam } = await knooppunt.client('0363').vraag(methode, pad, lijf);
      return [status, lichaam.toString()];
    };
    const echt = await vraag(rows[0]?.id ?? '');
    expect(echt[0]).toBe(404);
    expect(await vraag(crypto.randomUUID())).toEqual(echt);
  });
});

describe('who is no gemeente', () => {
  test.each([
    ['GET', '/v1/wlz-signalen'],
    ['GET', `/v1/wlz-signalen/${crypto.randomUUID()}`],
    ['POST', `/v1/wlz-signalen/${crypto.randomUUID()}/stappen`],
    ['GET', '/v1/organisaties/0363/wmo-voorzieningen'],
    ['PUT', '/v1/organisaties/0363/wmo-voorzieningen'],
    ['GET', '/v1/organisaties/0363/wlz-instelling'],
    ['PUT', '/v1/organisaties/0363/wlz-instelling'],
  ])('%s %s is refused to an aanbieder, to another gemeente, to CIZ', async (methode, pad) => {
    const lijf = methode === 'GET' ? undefined : { naar: 'in_behandeling' };
    for (const code of ['98000001', 'ciz', ...(pad.includes('0363') ? ['0344'] : [])]) {
      const { status } = await knooppunt
        .client(code)
        .vraag(methode, pad, pad.endsWith('instelling') && lijf ? {} : lijf);
      expect([code, status]).toEqual([code, 403]);
    }
  });
  test('the operator sees no signals, and only the operator says whether dates are shown', async () => {
    expect((await knooppunt.client('beheer').vraag('GET', '/v1/wlz-signalen')).status).toBe(403);
    const pad = '/v1/organisaties/0363/wlz-instelling';
    expect((await knooppunt.client('0363').vraag('PUT', pad, { indicatieTonen: true })).status).toBe(403);
    expect((await knooppunt.client('beheer').vraag('PUT', pad, { indicatieTonen: true })).status).toBe(200);
    expect((await knooppunt.client('beheer').vraag('GET', '/v1/organisaties/98000001/wlz-instelling')).status).toBe(
      400,
    );
    await knooppunt.client('beheer').vraag('PUT', pad, { indicatieTonen: false });
  });
  test('a BSN in the address is refused', async () => {
    expect((await knooppunt.client('0363').vraag('GET', `/v1/wlz-signalen?bsn=${MIJN}`)).status).toBe(400);
  });
});

describe('what is kept', () => {
  beforeAll(async () => {
    const ik = knooppunt.client('0363');
    const { signalen } = await vraagJson<{ signalen: readonly { signaalId: string }[] }>(ik, 'GET', '/v1/wlz-signalen');
    const pad = `/v1/wlz-signalen/${signalen[0]?.signaalId}/stappen`;
    await vraagJson(ik, 'POST', pad, { naar: 'in_behandeling', behandelaar: BEHANDELAAR });
    await vraagJson(ik, 'POST', pad, { naar: 'afgehandeld', uitkomst: 'onjuist', reden: REDEN });
  });
  test('no BSN, reason or name stands in any column, in Redis or in the log', async () => {
    const plekken = [
      ...(await sporen.database(database)),
      ...(await sporen.redis(knooppunt.redis, knooppunt.wachtrij.prefix)),
      { waar: 'log', inhoud: Buffer.from(knooppunt.log()) },
    ];
    expect(sporen.sporenVan([MIJN, bsnVan(1), REDEN, BEHANDELAAR], plekken)).toEqual([]);
  });
  test('no column has a name of what CIZ may not tell', async () => {
    const { rows } = await database.pool.query<{ naam: string }>(
      `select table_name || '.' || column_name as naam from information_schema.columns where table_schema = 'public'
       and (table_name like 'wlz%' or table_name like 'wmo%') and column_name ~ '(zzp|zorgprofiel|grondslag|stoornis|beperking|financier|naam|adres)'`,
    );
    expect(rows).toEqual([]);
  });
  test('every look and every step is in the audit log, with the person as an HMAC', async () => {
    const { rows } = await database.pool.query<{ gebeurtenis: string; namens: string; wie: number }>(
      `select distinct gebeurtenis, namens, cardinality(betrokkenen) as wie from logboek
       where gebeurtenis in ('wlz-signalen ingezien', 'wlz-signaal behandeld') and actor = 'demo-0363' and cardinality(betrokkenen) > 0 order by 1`,
    );
    expect(rows).toEqual([
      { gebeurtenis: 'wlz-signaal behandeld', namens: '0363', wie: 1 },
      { gebeurtenis: 'wlz-signalen ingezien', namens: '0363', wie: 1 },
    ]);
  });
});
