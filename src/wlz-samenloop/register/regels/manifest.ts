/** The manifest of a delivery: what CIZ says it delivers, so that half a file is never taken for a whole one. Pure. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import { LEVERINGSOORTEN, type Manifest } from './types.ts';

/** A manifest is a few hundred characters. */
export const MAX_MANIFEST = 4096;
const MAX_AANTAL = 20_000_000;

const volgnummer = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const MANIFEST = z.strictObject({
  versie: z.literal(1),
  soort: z.enum(LEVERINGSOORTEN),
  peilmoment: z.iso.datetime({ offset: true }).transform((tekst) => new Date(tekst)),
  aantal: z.int().min(0).max(MAX_AANTAL),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .transform((hex) => hex.toLowerCase()),
  volgnummer,
  vorigVolgnummer: volgnummer.nullable(),
});

/**
 * @param tekst one JSON object
 * @throws KnooppuntFout wlzManifestOngeldig, naming the fields that are wrong
 */
export function leesManifest(tekst: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(tekst.slice(0, MAX_MANIFEST));
  } catch {
    throw new KnooppuntFout('wlzManifestOngeldig', 'Het is geen JSON-object op één regel.');
  }
  const uitslag = MANIFEST.safeParse(json);
  if (uitslag.success) {
    const { versie: _, ...manifest } = uitslag.data;
    return manifest;
  }
  const velden = new Set(uitslag.error.issues.map(({ path }) => path[0]).filter((naam) => naam !== undefined));
  const zin = velden.size > 0 ? `Niet goed: ${[...velden].map(String).join(', ')}.` : 'Er staan onbekende velden in.';
  throw new KnooppuntFout('wlzManifestOngeldig', zin);
}
