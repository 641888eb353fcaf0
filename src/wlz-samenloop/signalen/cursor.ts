/** Where a page of signals begins, as a text for in an address: a moment and the id of a signal, nothing of a person. */
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import type { Plek } from './lezen.ts';

const CURSOR = z.tuple([z.iso.datetime().refine((tekst) => tekst > '2000'), z.uuid()]);

export const schrijfCursor = ({ moment, id }: Plek): string =>
  Buffer.from(JSON.stringify([moment, id])).toString('base64url');

/** @throws KnooppuntFout invoerOngeldig when it is none of ours */
export function leesCursor(tekst: string | undefined): Plek | undefined {
  if (tekst === undefined) return undefined;
  try {
    const [moment, id] = CURSOR.parse(JSON.parse(Buffer.from(tekst, 'base64url').toString()));
    return { moment: new Date(moment), id };
  } catch {
    throw new KnooppuntFout('invoerOngeldig', 'De cursor is niet geldig.');
  }
}
