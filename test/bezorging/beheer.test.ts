/** What the operator can do about pushing: begin again, stop, and set a budget. */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { hervat } from '#src/bezorging/hervatten.ts';
import { bv03, type Gedrag, type Ontvangen, type Ontvanger, startOntvanger, status } from './ontvanger.ts';
import { maakKlok, maakProefbank } from './proefbank.ts';

const bank = await maakProefbank();
const open: Ontvanger[] = [];
afterEach(async () => {
  await bank.rust();
  await Promise.all(open.splice(0).map((ontvanger) => ontvanger.weg()));
});
afterAll(() => bank.weg());

const UUR = 3_600_000;

async function nieuw(gedrag?: Gedrag, keuze = {}) {
  const ontvanger = await startOntvanger(gedrag);
  open.push(ontvanger);
  const code = await bank.ontvanger(ontvanger.url, keuze);
  return { ontvanger, code, klok: maakKlok() };
}
const nummers = (berichten: readonly Pick<Ontvangen, 'referentienummer'>[]) =>
  berichten.map(({ referentienummer }) => referentienummer);

describe('the operator', () => {
  test('says "again": all of it is due at once, in order, also what was given up; with an audit line', async () => {
    const { ontvanger, code, klok } = await nieuw(status(503));
    const gelegd = await bank.leg(code, { aantal: 3 });
    bank.bezorger({ nu: klok.nu });
    await bank.totOnbestelbaar(gelegd[2]?.id ?? '', klok, 6 * UUR);
    const [erbij] = await bank.leg(code);
    ontvanger.doe(bv03());
    const { length } = ontvanger.gekregen;
    const gedaan = await hervat(bank.database, { organisatie: code, actor: 'demo-beheer', nu: klok.nu() });
    expect(gedaan).toEqual({ berichten: 4, onbestelbaar: 3 });
    await bank.bevestigd(erbij?.id ?? '');
    expect(nummers(ontvanger.gekregen).slice(length)).toEqual(nummers([...gelegd, erbij as (typeof gelegd)[number]]));
    const { rows } = await bank.database.pool.query(
      `select actor, namens, details from logboek where gebeurtenis = 'bezorging hervat'`,
    );
    expect(rows).toEqual([{ actor: 'demo-beheer', namens: code, details: { berichten: 4, onbestelbaar: 3 } }]);
  });

  test('says "again" of an organisation without an endpoint: nothing happens', async () => {
    expect(await hervat(bank.database, { organisatie: '0001', actor: 'demo-beheer', nu: new Date() })).toBeUndefined();
  });

  test('and what failed again after that has its whole time again', async () => {
    const { code, klok } = await nieuw(status(503));
    const [stuk] = await bank.leg(code);
    const id = stuk?.id ?? '';
    bank.bezorger({ nu: klok.nu });
    await bank.totOnbestelbaar(id, klok, 6 * UUR);
    await hervat(bank.database, { organisatie: code, actor: 'demo-beheer', nu: klok.nu() });
    const begin = Number(klok.nu());
    await bank.totOnbestelbaar(id, klok, 6 * UUR);
    expect(Number(klok.nu()) - begin).toBeGreaterThanOrEqual(24 * UUR);
  });

  test('throws the stop switch: nothing goes out and no clock runs; when it is lifted everything is due', async () => {
    const { ontvanger, code, klok } = await nieuw(status(503));
    const gelegd = await bank.leg(code, { aantal: 2 });
    const id = gelegd[0]?.id ?? '';
    bank.bezorger({ nu: klok.nu });
    await bank.pogingen(id, 1);
    await bank.zet(code, { gestopt: true });
    klok.vooruit(72 * UUR);
    const { ontvanger: ander, code: andere } = await nieuw();
    await bank.leg(andere);
    await ander.tot(1);
    expect(ontvanger.gekregen).toHaveLength(1);
    expect((await bank.stand(id)).volgendePoging).toBeNull();
    await bank.zet(code, { gestopt: false });
    for (const keer of [2, 3, 4, 5, 6]) {
      expect(await bank.pogingen(id, keer)).toMatchObject({ bezorging: 'te_bezorgen' });
      klok.vooruit(UUR);
    }
    ontvanger.doe(bv03());
    klok.vooruit(UUR);
    await bank.bevestigd(gelegd[1]?.id ?? '');
  });

  test('stops a receiver before it ever was asked: not one message goes out', async () => {
    const { ontvanger, code, klok } = await nieuw(bv03(), { gestopt: true });
    await bank.leg(code);
    const { ontvanger: ander, code: andere } = await nieuw();
    await bank.leg(andere, { aantal: 3 });
    bank.bezorger({ nu: klok.nu });
    await ander.tot(3);
    expect(ontvanger.gekregen).toEqual([]);
  });
});

describe('the budget per minute', () => {
  test.each([1, 7, 60])('of %i is never exceeded in any minute, and used', async (budget) => {
    const { ontvanger, code, klok } = await nieuw(bv03(), { budget });
    const gelegd = await bank.leg(code, { aantal: budget * 2 + 1 });
    bank.bezorger({ nu: klok.nu, tikMs: 5 });
    for (const { id } of gelegd) {
      const { pogingen, volgendePoging } = await bank.totStand(
        id,
        (stand) => stand.pogingen > 0 || Number(stand.volgendePoging) > Number(klok.nu()),
      );
      if (pogingen === 0) klok.vooruit(Number(volgendePoging) - Number(klok.nu()));
      await bank.bevestigd(id);
    }
    const tijden = await Promise.all(gelegd.map(async ({ id }) => Number((await bank.stand(id)).laatstePoging)));
    expect(ontvanger.gekregen).toHaveLength(tijden.length);
    const inMinuut = tijden.map((begin) => tijden.filter((t) => t >= begin && t < begin + 60_000).length);
    expect(Math.max(...inMinuut)).toBeLessThanOrEqual(budget);
    expect(Math.max(...inMinuut)).toBeGreaterThanOrEqual(budget);
    expect((tijden.at(-1) ?? 0) - (tijden[0] ?? 0)).toBeLessThan(3 * 60_000);
  });
});
