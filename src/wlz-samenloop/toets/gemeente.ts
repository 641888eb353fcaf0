/** Which gemeente asks. Default: nobody may. */
import { KnooppuntFout } from '../../fouten.ts';
import type { Feiten } from '../../routering/feiten.ts';
import { binnen } from '../../routering/periode.ts';
import { handeltNamens } from '../../toegang/bevoegdheid.ts';
import type { Client } from '../../toegang/clients.ts';

const DOMEIN = 'iwmo';

/** The gemeenten on whose behalf the client may ask: each exists at that moment and takes part in iwmo. */
export function vragendeGemeenten(client: Client, feiten: Feiten, moment: Date): readonly string[] {
  const mag = (code: string): boolean => {
    const wie = feiten.organisaties.get(code);
    const deelname = wie?.deelname.get(DOMEIN);
    return (
      wie?.soort === 'gemeente' &&
      binnen(wie.geldig, +moment) &&
      deelname !== undefined &&
      binnen(deelname, +moment) &&
      handeltNamens(client, code, DOMEIN)
    );
  };
  const codes = [...client.namens, ...(client.machtigingen?.keys() ?? [])];
  return [...new Set(codes.filter(mag))].sort();
}

/**
 * The gemeente on whose behalf the client asks: the one that it names, or the only one that it acts for. It must exist at that moment and take
 * part in iwmo; an aanbieder, a client for ijw alone and the operator may ask nothing.
 * @throws KnooppuntFout wlzAlleenGemeenten, the same for a gemeente that does not exist and one of somebody else
 */
export function vragendeGemeente(client: Client, feiten: Feiten, gevraagd: string | undefined, moment: Date): string {
  const gemeenten = new Set(vragendeGemeenten(client, feiten, moment));
  if (gevraagd !== undefined && gemeenten.has(gevraagd)) return gevraagd;
  const [enige, ...meer] = gemeenten;
  if (gevraagd !== undefined || enige === undefined) throw new KnooppuntFout('wlzAlleenGemeenten');
  if (meer.length > 0) throw new KnooppuntFout('invoerOngeldig', 'U vertegenwoordigt meer gemeenten: noem er één.');
  return enige;
}
