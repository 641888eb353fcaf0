/** Where a page of answers that are due ended, as a text in an address. */
import { z } from 'zod';
import { KnooppuntFout } from '../fouten.ts';
import type { Plek } from '../koppeling/openstaand.ts';
import { TERMIJNSOORTEN, type Termijnsoort } from '../koppeling/termijnen.ts';

/** A cursor comes back from outside: what PostgreSQL cannot take is none of ours. */
const CURSOR = z.tuple([
  z.iso.datetime().refine((tekst) => tekst > '2000'),
  z.int().min(0).max(2_147_483_647),
  z.int().min(0),
  z.enum(TERMIJNSOORTEN as [Termijnsoort]),
]);

export const schrijfCursor = ({ bezorgdOp, baanId, baanNummer, termijn }: Plek): string =>
  Buffer.from(JSON.stringify([bezorgdOp, baanId, baanNummer, termijn])).toString('base64url');

/** @throws KnooppuntFout invoerOngeldig */
export function leesCursor(tekst: string | undefined): Plek | undefined {
  if (tekst === undefined) return undefined;
  try {
    const [bezorgdOp, baanId, baanNummer, termijn] = CURSOR.parse(
      JSON.parse(Buffer.from(tekst, 'base64url').toString()),
    );
    return { bezorgdOp: new Date(bezorgdOp), baanId, baanNummer, termijn };
  } catch {
    throw new KnooppuntFout('invoerOngeldig', 'De cursor is niet geldig.');
  }
}
