/** The cursor of a search of messages, as it goes out and comes back. */
import { KnooppuntFout } from '../fouten.ts';
import type { Plek } from '../verwerking/zoekvraag.ts';

export const schrijfCursor = ({ moment, id }: Plek): string => Buffer.from(`${moment} ${id}`).toString('base64url');

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{6}Z ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * A cursor is only a place: whoever has one of somebody else, sees no more with it. But it comes from outside, so it is checked.
 * @throws KnooppuntFout invoerOngeldig
 */
export function leesCursor(tekst: string | undefined): Plek | undefined {
  if (tekst === undefined) return undefined;
  const open = Buffer.from(tekst, 'base64url').toString();
  const [, seconde = '', id = ''] = CURSOR.exec(open) ?? [];
  const tijd = Date.parse(`${seconde}Z`);
  // A day that does not exist would be read as another one, and refused by the database.
  if (!(tijd > 0) || !new Date(tijd).toISOString().startsWith(seconde))
    throw new KnooppuntFout('invoerOngeldig', 'De cursor is niet geldig.');
  return { moment: open.slice(0, open.indexOf(' ')), id };
}
