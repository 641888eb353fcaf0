/**
 * The seed of every test that draws. Without a word it is always the same one: whether a change passes depends on the change, and not on the
 * day. `ZAAD=los npm test` draws another and prints it, `ZAAD=1234 npm test` plays that one again; RONDES=… plays more of the same.
 */
import { randomInt } from 'node:crypto';

const VAST = 20_261_129;
const LOS = 'los';

/** What ZAAD in the environment becomes for a whole run. @returns a whole number, as text */
export function kiesZaad(gevraagd: string | undefined): string {
  if (gevraagd === undefined) return String(VAST);
  if (gevraagd === LOS) return String(randomInt(1_000_000_000));
  if (!/^\d{1,10}$/.test(gevraagd)) throw new Error(`ZAAD is a number or '${LOS}'`);
  return gevraagd;
}

/** One for the whole run: diensten.ts puts the choice in the environment before the first worker starts. */
export const ZAAD = Number(kiesZaad(process.env.ZAAD));
