/** What organisations are called. */
import type { Verbinding } from '../opslag/database.ts';

/** @returns code → name, of those that are known */
export async function leesNamen(verbinding: Verbinding, codes: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await verbinding.query<{ code: string; naam: string }>({
    name: 'organisatie-namen',
    text: 'select code, naam from organisatie where code = any ($1::text[])',
    values: [[...new Set(codes)]],
  });
  return new Map(rows.map(({ code, naam }) => [code, naam]));
}
