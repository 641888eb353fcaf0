/** Who may try to log in now: not who failed too often from where it is, nor who begins without end. */
import type { Request } from 'express';
import { KnooppuntFout } from '../../fouten.ts';
import { Emmers } from '../../toegang/emmers.ts';
import { type Mislukkingen, netwerkVan } from '../../toegang/mislukkingen.ts';

/** By Express: the address of the connection, or what a proxy of ours says of it. */
export const adresVan = (req: Request): string => req.ip ?? '';

/** Of one address, in a second; ten seconds' worth at once. All who work at a gemeente can have the same. */
const BEGINS_PER_SECONDE = 2;

/** @throws KnooppuntFout teVeelMislukt when too often somebody from there did not get in */
export function eisRust({ mislukkingen }: { readonly mislukkingen: Mislukkingen }, req: Request): void {
  const wacht = mislukkingen.wachtVoorPortaal(adresVan(req));
  if (wacht > 0) throw new KnooppuntFout('teVeelMislukt', undefined, { naSeconden: Math.ceil(wacht / 1000) });
}

/** Each beginning leaves a row behind for a while. */
export class Beginrem {
  readonly #emmers = new Emmers(BEGINS_PER_SECONDE);

  /** @throws KnooppuntFout teVeelVerzoeken */
  eis(req: Request): void {
    const wacht = this.#emmers.neem(netwerkVan(adresVan(req)));
    if (wacht > 0) throw new KnooppuntFout('teVeelVerzoeken', undefined, { naSeconden: Math.ceil(wacht / 1000) });
  }
}
