/** As whom a user manages an organisation: the operator each of them, a gebruikersbeheerder its own. Which messages it does plays no part. */
import { KnooppuntFout } from '../../fouten.ts';
import type { Client } from '../clients.ts';
import { gezagVan, magBeheren } from './regels.ts';
import type { Gebruiker } from './types.ts';

/** @throws KnooppuntFout nietGevonden: of an organisation of others one does not even learn whether it is there */
export function eisBeheerVan(gebruiker: Gebruiker, code: string): void {
  const gezag = gezagVan(gebruiker);
  if (!gezag || !magBeheren(gezag, code)) throw new KnooppuntFout('nietGevonden');
}

/** @returns the client by which a change of settings is judged; it may do nothing for whoever manages nothing */
export function beheerclient(gebruiker: Gebruiker): Client {
  const gezag = gezagVan(gebruiker);
  const namens = new Set(gezag?.soort === 'organisatie' ? [gezag.organisatie] : []);
  return { id: gebruiker.client.id, namens, beheerder: gezag?.soort === 'beheerder' };
}
