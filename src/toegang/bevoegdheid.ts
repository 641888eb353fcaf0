/** May this client do this for this organisation? The one place that says so; the default is no. */
import { KnooppuntFout } from '../fouten.ts';
import type { Client } from './clients.ts';

/** What can be done for an organisation, and who besides its own client may do it. */
const HANDELINGEN = {
  'bericht aanleveren': { ookBeheerder: false, weigering: 'geenToestemmingAfzender' },
  'postbus lezen': { ookBeheerder: false, weigering: 'nietBevoegdVoorOrganisatie' },
  'instelling lezen': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'instelling wijzigen': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
} as const;
export type Handeling = keyof typeof HANDELINGEN;

/** @throws KnooppuntFout with the refusal that belongs to the action */
export function eisBevoegd(client: Client, handeling: Handeling, organisatie: string): void {
  const { ookBeheerder, weigering } = HANDELINGEN[handeling];
  if (client.namens.has(organisatie) || (ookBeheerder && client.beheerder)) return;
  throw new KnooppuntFout(weigering);
}

/** May this client see the message: does it act for the afzender or the ontvanger? */
export const magZien = (client: Client, bericht: { readonly afzender: string; readonly ontvanger: string }): boolean =>
  client.namens.has(bericht.afzender) || client.namens.has(bericht.ontvanger);
