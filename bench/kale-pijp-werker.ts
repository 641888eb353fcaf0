/** The other process of the bare pipe: takes the jobs and does nothing with them. */
import { Worker } from 'bullmq';
import { WACHTRIJ } from './kale-pijp.ts';

const TEGELIJK = 32;

const worker = new Worker(WACHTRIJ, async () => undefined, {
  connection: { url: process.env.REDIS_URL ?? '', maxRetriesPerRequest: null },
  concurrency: TEGELIJK,
});
await worker.waitUntilReady();
process.once('disconnect', () => process.exit(0));
process.send?.({ gereed: true });
