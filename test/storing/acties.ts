/** The disturbances, each carried out on a running set-up. Which process and how long is chance; that it happens is not. */
import { join } from 'node:path';
import { setTimeout as wacht } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { processenIn, schiet } from '../hulp/processen.ts';
import type { Toeval } from '../hulp/toeval.ts';
import type { Opstelling } from './opstelling.ts';
import type { Actie } from './types.ts';

/** Does it, and returns when the set-up may be expected to recover by itself. */
export async function voerUit(actie: Actie, opstelling: Opstelling, toeval: Toeval): Promise<void> {
  const { knooppunt } = opstelling;
  switch (actie.doe) {
    case 'dood':
      knooppunt.dood(actie.rol, (pids) => (actie.wie === 'alle' || pids.length === 0 ? pids : [toeval.kies(pids)]));
      return;
    case 'backend dood': {
      const { postgres } = knooppunt.processen();
      const kinderen = processenIn(join(knooppunt.map, 'postgres')).filter((pid) => pid !== postgres);
      if (kinderen.length > 0) schiet([toeval.kies(kinderen)]);
      return;
    }
    case 'alles dood en weer aan':
      await knooppunt.doodAlles();
      await knooppunt.start();
      return;
    case 'supervisor dood en weer aan':
      knooppunt.dood('supervisor');
      await knooppunt.start();
      return;
    case 'Redis leeg':
      await leegRedis(knooppunt.processen().redisUrl);
      return;
    case 'Redis hangt': {
      const { redis } = knooppunt.processen();
      if (typeof redis !== 'number') throw new Error('This set-up does not run its own Redis.');
      process.kill(redis, 'SIGSTOP');
      await wacht(toeval.geheel(...actie.ms));
      process.kill(redis, 'SIGCONT');
      return;
    }
    case 'Redis weg': {
      const los = eisLos(opstelling);
      await los.doodRedis(false);
      await wacht(toeval.geheel(...actie.ms));
      await los.startRedis();
      return;
    }
    case 'stroom weg': {
      const los = eisLos(opstelling);
      // Chance decides which of them lives a moment longer than the others.
      const einden = [() => los.postgres.dood(), () => knooppunt.doodAlles(), () => los.doodRedis(true)];
      if (toeval.kans(0.5)) einden.reverse();
      await Promise.all(einden.map((einde) => einde()));
      await los.postgres.stroomuitval(actie.bewaar > 0 ? { bewaar: { kans: actie.bewaar, toeval } } : {});
      await Promise.all([los.postgres.start(), los.startRedis()]);
      await knooppunt.start();
    }
  }
}

async function leegRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined);
  try {
    await redis.flushall();
  } finally {
    redis.disconnect();
  }
}

function eisLos(opstelling: Opstelling): NonNullable<Opstelling['los']> {
  if (opstelling.los === undefined) throw new Error('This disturbance needs the set-up "los".');
  return opstelling.los;
}
