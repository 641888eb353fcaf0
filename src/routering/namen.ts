/** What organisations are called, for who reads their codes. */
import type { Verbinding } from '../opslag/database.ts';

/** @returns code → name; a code that is not known is not in it */
export async function leesNamen(verbinding: Verbinding, codes: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const gevraagd = [...new Set(codes)];
  if (gevraagd.length === 0) return new Map();
  const { rows } = await verbinding.query<{ code: string; naam: string }>({
    name: 'organisatie-namen',
    text: 'select code, naam from organisatie where code = any ($1::text[])',
    values: [gevraagd],
  });
  return new Map(rows.map(({ code, naam }) => [code, naam]));
}
