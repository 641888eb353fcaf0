/** A folder for one test file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function maakTijdelijkeMap(): Promise<{ readonly pad: string; weg(): Promise<void> }> {
  const pad = await mkdtemp(join(tmpdir(), 'knooppunt-proefmap-'));
  return { pad, weg: () => rm(pad, { recursive: true, force: true }) };
}
