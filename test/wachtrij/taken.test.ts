/** Tasks by the clock: planned once, planned again after Redis forgot, and nothing in them. */
import { randomBytes } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { Taken } from '#src/wachtrij/taken.ts';
import { sleutelsVan } from '../hulp/opstelling.ts';

const prefix = `proef-${randomBytes(8).toString('hex')}`;
const url = inject('redisUrl');
const redis = new Redis(url, { maxRetriesPerRequest: null });
const gedaan: string[] = [];
const taken = new Taken({ url, prefix, opFout: () => undefined }, async (naam) => {
  gedaan.push(naam);
});
const queue = new Queue('taken', { connection: redis, prefix });
afterAll(async () => {
  await taken.sluit();
  await queue.close();
  const weer = await sleutelsVan(redis, prefix);
  if (weer.length > 0) await redis.del(...weer);
  redis.disconnect();
});

/** Redis may still be connecting. */
const plan = (om: string): Promise<unknown> =>
  wachtTot(
    () =>
      taken.plan('wlz-vergelijk', { om }).then(
        () => true,
        () => false,
      ),
    { ms: 10_000, wat: 'a connection with Redis' },
  );

test('planned any number of times it is there once, at its time in the Netherlands, with nothing in it', async () => {
  for (const om of ['05:30', '05:30', '06:15']) await plan(om);
  const [planning, ...meer] = await queue.getJobSchedulers();
  expect(meer).toEqual([]);
  expect(planning).toMatchObject({ key: 'wlz-vergelijk', pattern: '0 15 6 * * *', tz: 'Europe/Amsterdam' });
  const uur = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' });
  expect(uur.format(new Date(planning?.next ?? 0))).toBe('06:15');
  const [taak] = await queue.getJobs(['delayed']);
  expect([taak?.name, taak?.data]).toEqual(['wlz-vergelijk', {}]);
});

test('what Redis forgot is planned again', async () => {
  await redis.del(...(await sleutelsVan(redis, prefix)));
  expect(await queue.getJobSchedulers()).toEqual([]);
  await plan('05:30');
  expect(await queue.getJobSchedulers()).toHaveLength(1);
});

test('when it is time it is done', async () => {
  const taak = (await queue.getJobs(['delayed']))[0];
  await taak?.promote();
  await wachtTot(() => gedaan.length === 1, { ms: 10_000, wat: 'the task' });
  expect(gedaan).toEqual(['wlz-vergelijk']);
  expect(await queue.getJobSchedulers()).toHaveLength(1);
});
