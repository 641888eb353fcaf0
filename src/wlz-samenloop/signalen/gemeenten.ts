/** For which gemeenten a client may see signals. Default: none. */
import { KnooppuntFout } from '../../fouten.ts';
import type { Feiten } from '../../routering/feiten.ts';
import { handeltNamens } from '../../toegang/bevoegdheid.ts';
import type { Client } from '../../toegang/clients.ts';

/** Signals are for the Wmo only, so who acts for a gemeente in the Jeugdwet alone sees none. */
const DOMEIN = 'iwmo';

const isEigen = (client: Client, feiten: Feiten, code: string): boolean =>
  feiten.organisaties.get(code)?.soort === 'gemeente' && handeltNamens(client, code, DOMEIN);

/**
 * @param gevraagd one gemeente, or all that the client acts for: those it succeeded included
 * @throws KnooppuntFout signalenAlleenGemeenten, the same for a gemeente that does not exist and one of somebody else
 */
export function eigenGemeenten(client: Client, feiten: Feiten, gevraagd?: string): readonly string[] {
  const codes = gevraagd === undefined ? [...client.namens, ...(client.machtigingen?.keys() ?? [])] : [gevraagd];
  const eigen = [...new Set(codes)].filter((code) => isEigen(client, feiten, code)).sort();
  if (eigen.length === 0) throw new KnooppuntFout('signalenAlleenGemeenten');
  return eigen;
}
