/** The door of the portal, as the frame around the pages wants it. */
import type { Deur } from '../portaal.ts';
import { eisCsrf } from './csrf.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { metSessie } from './sessie.ts';

/** @param klok milliseconds since 1970 */
export const maakDeur = (omgeving: Aanmeldomgeving, klok?: () => number): Deur => ({
  metSessie: metSessie(omgeving, klok),
  eisCsrf,
});
