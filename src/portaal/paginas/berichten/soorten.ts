/** Which soorten a person may see. Signals of the Wlz travel as post too, but are a service of their own. */
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { eigen } from '../../../http/zicht.ts';
import { isUuid } from '../../../identiteit.ts';
import type { Gebruiker } from '../../../toegang/gebruikers/types.ts';
import type { BerichtStand } from '../../../verwerking/stand.ts';
import { SIGNAALSOORT } from '../../../wlz-samenloop/signalen/regels/types.ts';

export const magSoort = ({ diensten }: Gebruiker, berichtsoort: string): boolean =>
  berichtsoort !== SIGNAALSOORT || diensten.has('wlz-signalen');

/** @throws KnooppuntFout nietGevonden when there is no such message for this person */
export async function eigenBericht(omgeving: Omgeving, gebruiker: Gebruiker, id = ''): Promise<BerichtStand> {
  if (!isUuid(id)) throw new KnooppuntFout('nietGevonden');
  const stand = await eigen(omgeving, gebruiker.client, id);
  if (!magSoort(gebruiker, stand.berichtsoort)) throw new KnooppuntFout('nietGevonden');
  return stand;
}
