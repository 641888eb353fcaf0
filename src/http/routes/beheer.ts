/** Health and metrics, for the operator's tooling. Without authentication and without anything about messages or persons. */
import type { Express } from 'express';
import type { Omgeving } from '../omgeving.ts';

/** A database that does not answer within this time is not available. */
const GEDULD_MS = 2000;

async function postgresBereikbaar(omgeving: Omgeving): Promise<boolean> {
  const vraag = omgeving.database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  const teLaat = new Promise<false>((klaar) => setTimeout(klaar, GEDULD_MS, false).unref());
  return Promise.race([vraag, teLaat]);
}

/**
 * A Redis that hangs keeps its connections, so it is asked. Shorter than the patience of whoever asks for our health: an api that takes in
 * messages must not be taken for dead.
 */
const REDIS_GEDULD_MS = 1000;
async function redisAntwoordt({ bewaking }: Omgeving): Promise<boolean> {
  const teLaat = new Promise<undefined>((klaar) => setTimeout(klaar, REDIS_GEDULD_MS, undefined).unref());
  return (await Promise.race([bewaking.redis(), teLaat])) !== undefined;
}

export function beheerRoutes(app: Express, omgeving: Omgeving): void {
  app.get('/health/live', (_req, res) => {
    res.json({ status: 'ok', onderdelen: {} });
  });
  app.get('/health/ready', async (_req, res) => {
    const [postgres, redis] = await Promise.all([postgresBereikbaar(omgeving), redisAntwoordt(omgeving)]);
    // Without Redis messages are taken in and handed out as ever; they are only processed when it is back.
    const status = postgres ? (redis ? 'ok' : 'gedegradeerd') : 'niet beschikbaar';
    const woord = (goed: boolean): string => (goed ? 'ok' : 'niet bereikbaar');
    res.status(postgres ? 200 : 503).json({ status, onderdelen: { postgres: woord(postgres), redis: woord(redis) } });
  });
  app.get('/metrics', async (_req, res) => {
    const { register } = omgeving.metriek;
    res.type(register.contentType).send(await register.metrics());
  });
}
