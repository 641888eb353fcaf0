/** Who works in the portal: a person of one organisation, with a role and access per service. */
import type { Client } from '../clients.ts';

/** beheerder: the operator of the switch. landelijk: VNG or Ketenbureau, which sees national figures only. */
export const ROLLEN = ['gebruiker', 'gebruikersbeheerder', 'beheerder', 'landelijk'] as const;
export type Rol = (typeof ROLLEN)[number];

export const DIENSTEN = ['wmo', 'jw', 'wlz-toets', 'wlz-signalen', 'ketendata'] as const;
export type Dienst = (typeof DIENSTEN)[number];

export interface Gebruiker {
  /** UUID. */
  readonly id: string;
  readonly naam: string;
  /** null: the operator, and who is landelijk. */
  readonly organisatie: string | null;
  readonly organisatienaam: string;
  readonly rol: Rol;
  readonly diensten: ReadonlySet<Dienst>;
  /** What this person may do, in the words of every other caller: `gebruiker:<id>`, acting for the organisation in the domeinen of the services. */
  readonly client: Client;
}
