/** What the rules of level 4 may know from outside the message. Plain data, so that it can be handed to a thread. */
import type { Gemeentelijst } from './codelijsten/gemeenten.ts';
import type { Productcodelijst } from './codelijsten/productcodes.ts';

export interface Bronnen {
  /** The day of the check, YYYY-MM-DD (TR135). */
  readonly peildatum: string;
  /** The list of the CBS (TR378). */
  readonly gemeenten: Gemeentelijst;
  /** The product codes that were agreed; absent when no list is configured, and then TR381 is not judged. */
  readonly productcodes?: Productcodelijst | undefined;
}
