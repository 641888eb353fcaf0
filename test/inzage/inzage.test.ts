/** An inzageverzoek gives everything about one person and nothing about another, and writes itself down. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { geefInzage } from '#src/inzage/inzage.ts';
import { schrijfInzage } from '#src/inzage/tekst.ts';
import type { Inzage } from '#src/inzage/types.ts';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { SIGNAALSOORT } from '#src/wlz-samenloop/signalen/regels/types.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, haalOp, stelIn, verstuur, vraagJson } from '../hulp/reis.ts';
import { vergelijkIneens } from '../wlz-samenloop/signalen/proef.ts';
import { bsnVan, plekVan, zetRegister } from '../wlz-samenloop/signalen/wereld.ts';

const knooppunt = await startOpstelling({ rollen: ['api', 'verwerker'] });
afterAll(() => knooppunt.stop());
const { database, sleutels } = knooppunt;
const { pool } = database;
const [G, A] = ['0363', '98000001'] as const;
const [IK, BUUR, NIEMAND] = [bsnVan(0), bsnVan(1), bsnVan(2)] as const;
const REDEN = 'verzoek 2026-114';
const AANTEKENING = 'Geheimeaantekening';

const vraag = (bsn: string): Promise<Inzage> =>
  geefInzage(database, sleutels, { bsn, actor: 'cli:proef', reden: REDEN });
const deel = (inzage: Inzage, naam: string) => inzage.delen.find((een) => een.naam === naam)?.rijen ?? [];
const gebeurtenissen = ({ logboek }: Inzage) => logboek.map(({ gebeurtenis }) => gebeurtenis);

const ids: Record<string, { readonly mijn: string; readonly buur: string }> = {};
beforeAll(async () => {
  const [gemeente, aanbieder] = [knooppunt.client(G), knooppunt.client(A)];
  await stelIn(aanbieder, A, 'iwmo', { retour: 'knooppunt' });
  const stuurVoor = async (bsn: string, identificatie: string) =>
    (await verstuur(gemeente, maakBericht('WMO301', { afzender: G, ontvanger: A, bsn, identificatie }))).berichtId;
  ids.bericht = { mijn: await stuurVoor(IK, 'MIJN'), buur: await stuurVoor(BUUR, 'BUUR') };
  await bevestig(
    aanbieder,
    A,
    (await haalOp(aanbieder, A, { aantal: 10 })).map(({ berichtId }) => berichtId),
  );
  await zetRegister(
    knooppunt,
    [IK, BUUR].map((bsn, nr) => ({ bsn, nummer: 7001 + nr, ingang: '2026-06-01' })),
  );
  const csv = [
    'bsn;voorzieningId;ingangsdatum;productcategorie',
    `${IK};mijnhulp;2026-01-01;01`,
    `${BUUR};buurhulp;2026-01-01;01`,
  ];
  await gemeente.vraag('PUT', `/v1/organisaties/${G}/wmo-voorzieningen`, new Uint8Array(Buffer.from(csv.join('\n'))), {
    'Content-Type': 'text/csv',
  });
  await vergelijkIneens(plekVan(knooppunt), '2026-06-15');
  const { signalen } = await vraagJson<{ signalen: { signaalId: string; bsn: string }[] }>(
    gemeente,
    'GET',
    '/v1/wlz-signalen',
  );
  for (const { signaalId, bsn } of signalen)
    if (bsn === IK)
      await vraagJson(gemeente, 'POST', `/v1/wlz-signalen/${signaalId}/stappen`, {
        naar: 'in_behandeling',
        behandelaar: AANTEKENING,
      });
  await vraagJson(gemeente, 'POST', '/v1/zoekopdrachten', { bsn: IK });
  // Whatever table of the dossier knows a person.
  await pool.query(`
    create table dossier_proef (baan_id integer, volgorde bigint, persoon bytea, nummer integer, ingangsdatum text, kenmerk bytea);`);
  const voeg = (bsn: string, nummer: number) =>
    pool.query(
      `insert into dossier_proef (baan_id, volgorde, persoon, nummer, ingangsdatum, kenmerk)
       select id, 1, $1, $2, '2026-01-01', '\\x01' from baan where gemeente = $3 limit 1`,
      [pseudoniem(sleutels, bsn), nummer, G],
    );
  await voeg(IK, 4711);
  await voeg(BUUR, 4712);
});

describe('everything about a person', () => {
  let mijn: Inzage;
  beforeAll(async () => {
    mijn = await vraag(IK);
  });

  test('the messages, with their answers: what stands on the envelope, and how it went', () => {
    const berichten = deel(mijn, 'berichten');
    expect(berichten.map(({ berichtsoort, oorsprong }) => [berichtsoort, oorsprong])).toEqual([
      ['WMO301', 'aanlevering'],
      ['WMO302', 'knooppunt'],
      [SIGNAALSOORT, 'knooppunt'],
    ]);
    expect(berichten[0]).toMatchObject({
      berichtId: ids.bericht?.mijn,
      afzender: G,
      ontvanger: A,
      indiener: `demo-${G}`,
      identificatie: 'MIJN',
      toestand: 'verwerkt',
      bezorging: 'bevestigd',
      inhoudBewaard: true,
    });
  });

  test('the indicatie, the signal with its steps, the voorziening, the dossier', () => {
    expect(deel(mijn, 'wlzIndicaties')).toMatchObject([{ besluitnummer: '7001', ingangsdatum: '2026-06-01' }]);
    const [signaal] = deel(mijn, 'wlzSignalen');
    expect(signaal).toMatchObject({ gemeente: G, workflow: 'in_behandeling', productcategorie: '01' });
    expect(signaal?.stappen).toContainEqual(expect.objectContaining({ stap: expect.any(String), aantekening: true }));
    expect(deel(mijn, 'wmoVoorzieningen')).toMatchObject([
      { gemeente: G, voorzieningId: 'mijnhulp', levering: 'actueel' },
    ]);
    expect(deel(mijn, 'dossier_proef')).toEqual([
      { gemeente: G, aanbieder: A, domein: 'iwmo', volgorde: '1', nummer: 4711, ingangsdatum: '2026-01-01' },
    ]);
  });

  test('every line of the log: of the messages, and of who searched and looked', () => {
    expect(gebeurtenissen(mijn)).toEqual([
      'bericht ontvangen',
      'bericht verwerkt',
      'antwoord opgesteld',
      'bericht opgehaald',
      'bericht bevestigd',
      'wmo-voorzieningen aangeleverd',
      'wlz-signaal gemaakt',
      'wlz-signalen ingezien',
      'wlz-signaal behandeld',
      'wlz-signalen ingezien',
      'berichten gezocht',
    ]);
  });

  test('nothing of the neighbour, no BSN, no hash, no ciphertext, no note of an employee', () => {
    for (const tekst of [JSON.stringify(mijn), schrijfInzage(mijn)]) {
      for (const vreemd of [IK, BUUR, ids.bericht?.buur ?? 'x', 'buurhulp', '7002', '4712', AANTEKENING])
        expect(tekst).not.toContain(vreemd);
      for (const bsn of [IK, BUUR]) expect(tekst).not.toContain(pseudoniem(sleutels, bsn).toString('hex'));
      expect(tekst).not.toMatch(/"type":"Buffer"|cijfertekst|hmac/i);
    }
  });

  test('the question itself is in the log, and in the next answer', async () => {
    const nog = await vraag(IK);
    expect(nog.logboek.at(-1)).toMatchObject({
      gebeurtenis: 'inzage gegeven',
      actor: 'cli:proef',
      resultaat: 'gevonden',
      details: { reden: REDEN, logregels: mijn.logboek.length },
    });
  });

  test('as text it is Dutch, with a part per heading, and no value that is empty', () => {
    const tekst = schrijfInzage(mijn);
    for (const kop of [
      'Berichten (3)',
      'Wlz-indicaties (1)',
      'Wlz-signalen (1)',
      'Wmo-voorzieningen (1)',
      'Dossier, proef (1)',
      'Logboek (11)',
    ])
      expect(tekst).toContain(kop);
    expect(tekst).toContain('bericht opgehaald door demo-98000001 voor 98000001: uitgegeven');
    expect(tekst).toContain('inhoud bewaard ja');
    expect(tekst).not.toMatch(/null|undefined|\[object/);
  });
});

test('what outlived its message is still told: the log is kept longer', async () => {
  const oud = crypto.randomUUID();
  await pool.query(
    `insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, betrokkenen) values
      ('bericht ontvangen', 'toen', '0363', 'aangenomen', $1, array[$2::bytea]), ('bericht ingezien', 'toen', '0363', 'getoond', $1, '{}')`,
    [oud, pseudoniem(sleutels, IK)],
  );
  const regels = (await vraag(IK)).logboek.filter(({ berichtId }) => berichtId === oud);
  expect(regels.map(({ gebeurtenis }) => gebeurtenis)).toEqual(['bericht ontvangen', 'bericht ingezien']);
});

test('of somebody who is not there that is said, and written down', async () => {
  const leeg = await vraag(NIEMAND);
  expect(schrijfInzage(leeg)).toContain('Er is niets over deze persoon bewaard.');
  expect(leeg.logboek).toEqual([]);
  expect((await vraag(NIEMAND)).logboek).toMatchObject([
    { gebeurtenis: 'inzage gegeven', resultaat: 'niets gevonden' },
  ]);
});

test('with the keys of another installation nothing is answered: "nothing" would not be true', async () => {
  await werkKetenBij(database, zegelsleutel(sleutels.hmac), { ms: 10_000 });
  const anders = { ...sleutels, hmac: createSecretKey(randomBytes(32)) };
  await expect(geefInzage(database, anders, { bsn: IK, actor: 'cli:proef', reden: REDEN })).rejects.toThrow('sleutels');
});
