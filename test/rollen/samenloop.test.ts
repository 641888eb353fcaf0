/** When the planner compares: every day, after a new register, and what was missed or broken off. Redis may be empty all the while. */
import { afterAll, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { laatsteGepland } from '#src/rollen/samenloop.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { zetRegister } from '../wlz-samenloop/signalen/wereld.ts';

describe('the last planned moment', () => {
  test.each([
    ['05:30', '2026-06-15T03:29:59Z', '2026-06-14T03:30:00.000Z'],
    ['05:30', '2026-06-15T03:30:00Z', '2026-06-15T03:30:00.000Z'],
    // In winter time, and just after midnight.
    ['05:30', '2026-12-15T23:30:00Z', '2026-12-15T04:30:00.000Z'],
    ['00:00', '2026-12-15T22:59:00Z', '2026-12-14T23:00:00.000Z'],
  ])('of %s at %s is %s', (om, nu, verwacht) => {
    expect(laatsteGepland(om, new Date(nu)).toISOString()).toBe(verwacht);
  });
});

describe('the planner', async () => {
  const knooppunt = await startOpstelling({ rollen: [] });
  afterAll(() => knooppunt.stop());
  const runs = async () =>
    (
      await knooppunt.database.pool.query<{ nr: number; peildatum: string; klaar: boolean; deel: number }>(
        'select nr, peildatum::text, geeindigd_op is not null as klaar, deel from wlz_run order by nr',
      )
    ).rows;
  const eenRonde = async (aantal: number): Promise<void> => {
    const planner = await knooppunt.start('planner');
    const klaar = async (): Promise<boolean> => (await runs()).filter(({ klaar }) => klaar).length === aantal;
    await wachtTot(klaar, { ms: 30_000, wat: `${aantal} runs` });
    await planner.stop();
  };

  test('waits for a register, and compares when there is one', async () => {
    await zetRegister(knooppunt, []);
    await eenRonde(1);
  });
  test('does it again for a newer register, not for the same one', async () => {
    await zetRegister(knooppunt, [{ bsn: '999900006', nummer: 1, ingang: '2026-01-01' }], new Date(Date.now() + 1000));
    await eenRonde(2);
    const planner = await knooppunt.start('planner');
    await knooppunt.leegRedis();
    await planner.stop();
    expect(await runs()).toHaveLength(2);
  });
  test('makes up for a day that was missed', async () => {
    await knooppunt.database.pool.query(`update wlz_run set begonnen_op = begonnen_op - interval '2 days'`);
    await eenRonde(3);
  });
  test('goes on with what was broken off, with the day that it had', async () => {
    await knooppunt.database.pool.query(
      `update wlz_run set geeindigd_op = null, deel = 30, peildatum = '2026-01-02' where nr = (select max(nr) from wlz_run)`,
    );
    await eenRonde(3);
    expect((await runs()).at(-1)).toMatchObject({ peildatum: '2026-01-02', deel: 64, klaar: true });
  });
});
