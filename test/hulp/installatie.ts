/** Settings for a Knooppunt that is no demo, with one client who is the operator. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** @returns the environment for startOpstelling; the clients file is gone when the test is over */
export async function alsInstallatie(token: string): Promise<Readonly<Record<string, string>>> {
  const map = await mkdtemp(join(tmpdir(), 'knooppunt-clients-'));
  onTestFinished(() => rm(map, { recursive: true, force: true }));
  const tokenSha256 = createHash('sha256').update(token).digest('hex');
  const pad = join(map, 'clients.json');
  await writeFile(pad, JSON.stringify([{ id: 'beheer', tokenSha256, beheerder: true }]));
  return { KNOOPPUNT_DEMO: '0', KNOOPPUNT_CLIENTS: pad };
}
