/** As whom a user manages settings: the operator those of all, a gebruikersbeheerder those of its own organisation. Messages play no part in it. */
import { KnooppuntFout } from '../../fouten.ts';
import type { Client } from '../clients.ts';
import type { Gebruiker } from './types.ts';

/** @returns the client to be judged by; one that may do nothing for whoever manages nothing */
export function beheerclient({ client, rol, organisatie }: Gebruiker): Client {
  const eigen = rol === 'gebruikersbeheerder' && organisatie !== null ? [organisatie] : [];
  return { id: client.id, namens: new Set(eigen), beheerder: rol === 'beheerder' };
}

/** @throws KnooppuntFout nietGevonden: of an organisation of others one does not even learn whether it is there */
export function eisBeheerVan(gebruiker: Gebruiker, code: string): void {
  const { beheerder, namens } = beheerclient(gebruiker);
  if (!beheerder && !namens.has(code)) throw new KnooppuntFout('nietGevonden');
}
