/**
 * The bare pipe: what every message switch does at the least, and nothing more. Express, one PostgreSQL insert and commit per
 * message, one BullMQ job per message; no validation, no encryption, no audit log. The yardstick of `keten`.
 *
 * It is written as one would write it for speed: a pool of prepared inserts, ids that grow with time, one keep-alive Redis
 * connection on which the commands of all requests are pipelined.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Queue } from 'bullmq';
import express from 'express';
import pg from 'pg';
import { v7 } from 'uuid';

/** The name of its queue; see kale-pijp-werker.ts. */
export const WACHTRIJ = 'kale-pijp';
const VERBINDINGEN = 16;

const TABEL = `create table if not exists pijp (
  id uuid primary key, ontvangen_op timestamptz not null default now(), inhoud bytea not null
)`;
const VOEG_IN = { name: 'pijp', text: 'insert into pijp (id, inhoud) values ($1, $2)' };

/** @returns the port it listens on */
async function start(databaseUrl: string, redisUrl: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: VERBINDINGEN });
  await pool.query(TABEL);
  const queue = new Queue(WACHTRIJ, { connection: { url: redisUrl } });
  const app = express().disable('x-powered-by').disable('etag');
  app.post('/v1/berichten', express.raw({ type: () => true, limit: '25mb' }), async (req, res) => {
    const id = v7();
    await pool.query({ ...VOEG_IN, values: [id, req.body] });
    await queue.add('bericht', { id }, { removeOnComplete: true, removeOnFail: true });
    res.status(202).json({ id });
  });
  const server = createServer({ keepAliveTimeout: 30_000 }, app);
  await new Promise<void>((klaar) => server.listen(0, '127.0.0.1', klaar));
  return (server.address() as AddressInfo).port;
}

if (import.meta.main) {
  const poort = await start(process.env.DATABASE_URL ?? '', process.env.REDIS_URL ?? '');
  process.once('disconnect', () => process.exit(0));
  process.send?.({ poort });
}
