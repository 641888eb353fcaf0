/** A sender that lost its answer sends again. It gets the first answer, and there is one message; anything else under a used number is refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { bevestig, haalOp, verstuur } from '../hulp/reis.ts';
import { laatNietsAchter, telling, verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const bericht = maakBericht('WMO301');
const ander = maakBericht('WMO301', { identificatie: 'ANDER' });

const lever = (referentienummer: string, lijf = bericht, wie = '0363', extra = {}): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, {
    pad: '/v1/berichten',
    koppen: { Authorization: `Bearer demo-${wie}`, Referentienummer: referentienummer, ...extra },
    lijf,
  });
const berichten = async (): Promise<number> => (await telling(knooppunt.database)).berichten;

describe('hetzelfde nummer en dezelfde bytes', () => {
  test('geven hetzelfde antwoord, teken voor teken, en geen tweede bericht', async () => {
    const nummer = randomUUID();
    const eerste = await lever(nummer);
    const eerst = await berichten();
    for (let nr = 0; nr < 3; nr += 1) {
      const weer = await lever(nummer);
      expect([weer.status, weer.lijf, weer.koppen.location]).toEqual([202, eerste.lijf, eerste.koppen.location]);
    }
    expect(await berichten()).toBe(eerst);
  });

  test('twintig keer tegelijk: één bericht, twintig gelijke antwoorden', async () => {
    const eerst = await berichten();
    const nummer = randomUUID();
    const antwoorden = await Promise.all(Array.from({ length: 20 }, () => lever(nummer)));
    expect(new Set(antwoorden.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(antwoorden.map(({ lijf }) => lijf)).size).toBe(1);
    expect(await berichten()).toBe(eerst + 1);
  });

  test('ook een groot bericht, dat een eigen vastlegging heeft, twintig keer tegelijk', async () => {
    const groot = Buffer.concat([bericht, Buffer.alloc(600 * 1024, ' ')]);
    const eerst = await berichten();
    const nummer = randomUUID();
    const antwoorden = await Promise.all(Array.from({ length: 20 }, () => lever(nummer, groot)));
    expect(new Set(antwoorden.map(({ status, lijf }) => `${status} ${lijf}`)).size).toBe(1);
    expect(await berichten()).toBe(eerst + 1);
  });

  test('na de verwerking, en na de bevestiging door de ontvanger, nog steeds hetzelfde antwoord', async () => {
    const nummer = randomUUID();
    const eerste = await lever(nummer);
    const { berichtId } = await verstuur(knooppunt.client('0363'), bericht, nummer);
    expect((await lever(nummer)).lijf).toBe(eerste.lijf);
    const ontvanger = knooppunt.client('98000001');
    await haalOp(ontvanger, '98000001', { aantal: 100 });
    await bevestig(ontvanger, '98000001', [berichtId]);
    expect((await lever(nummer)).lijf).toBe(eerste.lijf);
  });

  test('wie op de uitkomst wacht, krijgt bij het opnieuw insturen dezelfde uitkomst', async () => {
    const nummer = randomUUID();
    const kapot = maakBericht('WMO301', { geldig: false });
    const [een, twee] = [
      await lever(nummer, kapot, '0363', { Prefer: 'wait=30' }),
      await lever(nummer, kapot, '0363', { Prefer: 'wait=30' }),
    ];
    expect(JSON.parse(een.lijf)).toMatchObject({ status: 'afgekeurd', antwoorden: [{ berichtsoort: 'Fo01' }] });
    expect(twee.lijf).toBe(een.lijf);
  });

  test('het tweede verzoek schrijft geen tweede ontvangst in het logboek', async () => {
    const nummer = randomUUID();
    const { berichtId } = JSON.parse((await lever(nummer)).lijf);
    await lever(nummer);
    const { rows } = await knooppunt.database.pool.query(
      `select count(*)::int as aantal from logboek where gebeurtenis = 'bericht ontvangen' and bericht_id = $1`,
      [berichtId],
    );
    expect(rows).toEqual([{ aantal: 1 }]);
  });
});

describe('hetzelfde nummer en andere bytes', () => {
  test('worden geweigerd (IB016), zonder iets te bewaren', async () => {
    const nummer = randomUUID();
    await verstuur(knooppunt.client('0363'), bericht, nummer);
    const eenByte = Buffer.concat([bericht, Buffer.from(' ')]);
    for (const anders of [ander, eenByte]) {
      const { lijf } = await laatNietsAchter(knooppunt.database, 'referentienummerNietUniek', () =>
        lever(nummer, anders),
      );
      expect(JSON.parse(lijf).foutcode).toBe('IB016');
    }
  });

  test('tegelijk: één wint, elk ander wordt geweigerd', async () => {
    const eerst = await berichten();
    const nummer = randomUUID();
    const lijven = Array.from({ length: 10 }, (_, nr) => maakBericht('WMO301', { identificatie: `GELIJK${nr}` }));
    const antwoorden = await Promise.all(lijven.map((lijf) => lever(nummer, lijf)));
    expect(antwoorden.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const antwoord of antwoorden)
      if (antwoord.status !== 202) verwachtWeigering(antwoord, 'referentienummerNietUniek');
    expect(await berichten()).toBe(eerst + 1);
  });

  test('ook voor een andere ontvanger en een ander domein: het nummer is van de afzender', async () => {
    const nummer = randomUUID();
    await verstuur(knooppunt.client('0363'), bericht, nummer);
    for (const anders of [
      maakBericht('WMO301', { ontvanger: '98000003' }),
      maakBericht('JW301', { afzender: '0363' }),
    ]) {
      verwachtWeigering(await lever(nummer, anders), 'referentienummerNietUniek');
    }
  });
});

test('hetzelfde nummer van een andere afzender is een ander bericht', async () => {
  const nummer = randomUUID();
  const een = JSON.parse((await lever(nummer)).lijf);
  const twee = JSON.parse((await lever(nummer, maakBericht('WMO305'), '98000001')).lijf);
  expect(twee.berichtId).not.toBe(een.berichtId);
});

test('een weigering onthoudt het nummer niet: na verbetering wordt het aangenomen', async () => {
  const nummer = randomUUID();
  const { status } = await lever(nummer, maakBericht('WMO301', { ontvanger: '99999999' }));
  expect(status).toBe(400);
  expect((await lever(nummer, Buffer.from('<half'))).status).toBe(400);
  expect((await lever(nummer)).status).toBe(202);
});

test('zonder nummer maakt het knooppunt er een, en zijn twee gelijke berichten twee berichten', async () => {
  const koppen = { Authorization: 'Bearer demo-0363' };
  const [een, twee] = await Promise.all(
    [1, 2].map(() => stuur(knooppunt.adres, { pad: '/v1/berichten', koppen, lijf: bericht })),
  );
  const [a, b] = [een, twee].map((antwoord) => JSON.parse(antwoord?.lijf ?? ''));
  expect(a.referentienummer).toMatch(/^[0-9a-f-]{14}4/);
  expect([a.referentienummer, a.berichtId]).not.toEqual([b.referentienummer, b.berichtId]);
  expect((await lever(a.referentienummer)).lijf).toBe(een?.lijf);
});
