/** A sender that lost its answer sends again. It gets the first answer, and there is one message; anything else under a used number is refused. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { maakBericht, partijen } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { bevestig, haalOp, verstuur, vraagJson } from '../hulp/reis.ts';
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

describe('the same number and the same bytes', () => {
  test('give the same answer, character for character, and no second bericht', async () => {
    const nummer = randomUUID();
    const eerste = await lever(nummer);
    const eerst = await berichten();
    for (let nr = 0; nr < 3; nr += 1) {
      const weer = await lever(nummer);
      expect([weer.status, weer.lijf, weer.koppen.location]).toEqual([202, eerste.lijf, eerste.koppen.location]);
    }
    expect(await berichten()).toBe(eerst);
  });

  test('twenty times at once: one bericht, twenty equal answers', async () => {
    const eerst = await berichten();
    const nummer = randomUUID();
    const antwoorden = await Promise.all(Array.from({ length: 20 }, () => lever(nummer)));
    expect(new Set(antwoorden.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(antwoorden.map(({ lijf }) => lijf)).size).toBe(1);
    expect(await berichten()).toBe(eerst + 1);
  });

  test('a large bericht too, which has a commit of its own, twenty times at once', async () => {
    const groot = Buffer.concat([bericht, Buffer.alloc(600 * 1024, ' ')]);
    const eerst = await berichten();
    const nummer = randomUUID();
    const antwoorden = await Promise.all(Array.from({ length: 20 }, () => lever(nummer, groot)));
    expect(new Set(antwoorden.map(({ status, lijf }) => `${status} ${lijf}`)).size).toBe(1);
    expect(await berichten()).toBe(eerst + 1);
  });

  test('still the same answer after processing, and after the ontvanger has confirmed', async () => {
    const nummer = randomUUID();
    const eerste = await lever(nummer);
    const { berichtId } = await verstuur(knooppunt.client('0363'), bericht, nummer);
    expect((await lever(nummer)).lijf).toBe(eerste.lijf);
    const ontvanger = knooppunt.client('98000001');
    await haalOp(ontvanger, '98000001', { aantal: 100 });
    await bevestig(ontvanger, '98000001', [berichtId]);
    expect((await lever(nummer)).lijf).toBe(eerste.lijf);
  });

  test('whoever waits for the outcome gets the same outcome when sending again', async () => {
    const nummer = randomUUID();
    const kapot = maakBericht('WMO301', { geldig: false });
    const [een, twee] = [
      await lever(nummer, kapot, '0363', { Prefer: 'wait=30' }),
      await lever(nummer, kapot, '0363', { Prefer: 'wait=30' }),
    ];
    expect(JSON.parse(een.lijf)).toMatchObject({ status: 'afgekeurd', antwoorden: [{ berichtsoort: 'Fo01' }] });
    expect(twee.lijf).toBe(een.lijf);
  });

  test('the second request writes no second reception in the logboek', async () => {
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

describe('the same number and other bytes', () => {
  test('are refused (IB016), with nothing stored', async () => {
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

  test('at once: one wins, every other is refused', async () => {
    const eerst = await berichten();
    const nummer = randomUUID();
    const lijven = Array.from({ length: 10 }, (_, nr) => maakBericht('WMO301', { identificatie: `GELIJK${nr}` }));
    const antwoorden = await Promise.all(lijven.map((lijf) => lever(nummer, lijf)));
    expect(antwoorden.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const antwoord of antwoorden)
      if (antwoord.status !== 202) verwachtWeigering(antwoord, 'referentienummerNietUniek');
    expect(await berichten()).toBe(eerst + 1);
  });

  test('for another ontvanger and another domein too: the number belongs to the afzender', async () => {
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

test('the same number from another afzender is another bericht', async () => {
  const nummer = randomUUID();
  const een = JSON.parse((await lever(nummer)).lijf);
  const twee = JSON.parse((await lever(nummer, maakBericht('WMO305'), '98000001')).lijf);
  expect(twee.berichtId).not.toBe(een.berichtId);
});

test('a refusal does not remember the number: once corrected, it is accepted', async () => {
  const nummer = randomUUID();
  const { status } = await lever(nummer, maakBericht('WMO301', { ontvanger: '99999999' }));
  expect(status).toBe(400);
  expect((await lever(nummer, Buffer.from('<half'))).status).toBe(400);
  expect((await lever(nummer)).status).toBe(202);
});

test('without a number the knooppunt makes one, and two equal berichten are two berichten', async () => {
  const koppen = { Authorization: 'Bearer demo-0363' };
  const [een, twee] = await Promise.all(
    [1, 2].map(() => stuur(knooppunt.adres, { pad: '/v1/berichten', koppen, lijf: bericht })),
  );
  const [a, b] = [een, twee].map((antwoord) => JSON.parse(antwoord?.lijf ?? ''));
  expect(a.referentienummer).toMatch(/^[0-9a-f-]{14}4/);
  expect([a.referentienummer, a.berichtId]).not.toEqual([b.referentienummer, b.berichtId]);
  expect((await lever(a.referentienummer)).lijf).toBe(een?.lijf);
});

test('a resend during a freeze gets the first receipt; a new message is refused, and a client without rights stays outside', async () => {
  const { afzender } = partijen('WMO301');
  const client = knooppunt.client(afzender);
  const bytes = maakBericht('WMO301');
  const referentienummer = randomUUID();
  const { berichtId } = await verstuur(client, bytes, referentienummer);
  const minuut = new Date();
  minuut.setUTCSeconds(0, 0);
  const bevriezing = await vraagJson<{ readonly id: number }>(
    knooppunt.client('beheer'),
    'POST',
    '/v1/beheer/bevriezingen',
    { vanaf: minuut.toISOString(), berichtsoorten: ['WMO301'], reden: 'proef met een bevriezing' },
  );
  try {
    const { status, lichaam } = await client.leverAan(bytes, referentienummer);
    expect([status, lichaam.berichtId]).toEqual([202, berichtId]);
    expect((await client.leverAan(bytes, randomUUID())).status).toBeGreaterThanOrEqual(400);
    expect((await knooppunt.client('0344').leverAan(bytes, referentienummer)).status).toBe(403);
  } finally {
    await vraagJson(knooppunt.client('beheer'), 'POST', `/v1/beheer/bevriezingen/${bevriezing.id}/opheffing`, {
      reden: 'einde van de proef',
    });
  }
});
