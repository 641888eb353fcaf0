/** What a request shows of its caller. */
import type { Request } from 'express';
import type { Aanroep } from '../toegang/portier.ts';
import { certificaatVan } from './tls.ts';

interface Kenmerken {
  /** In place of the header, for who writes it in another form. */
  readonly authorization: string | undefined;
  /** Does every call that is refused here leave an audit line? */
  readonly eigenRegel: boolean;
}

export const aanroepVan = (req: Request, kenmerken: Partial<Kenmerken> = {}): Aanroep => ({
  authorization: req.get('Authorization'),
  eigenRegel: false,
  ...kenmerken,
  certificaat: certificaatVan(req.socket),
  // By Express: the address of the connection, or what a proxy of ours says of it.
  adres: req.ip ?? '',
});
