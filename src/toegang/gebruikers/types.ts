/** The words of users: people who work in the portal, for one organisation or for the switch itself. */
import type { Client } from '../clients.ts';

export const ROLLEN = ['gebruiker', 'gebruikersbeheerder', 'beheerder', 'landelijk'] as const;
/** beheerder: operator of the switch; landelijk: VNG or Ketenbureau, which see figures only. */
export type Rol = (typeof ROLLEN)[number];

export const DIENSTEN = ['wmo', 'jw', 'wlz-toets', 'wlz-signalen', 'ketendata'] as const;
/** What one is let into, one by one: of two colleagues the one does Wmo, the other Jeugd. */
export type Dienst = (typeof DIENSTEN)[number];

/** How users read them. */
export const ROLNAMEN: Readonly<Record<Rol, string>> = {
  gebruiker: 'Gebruiker',
  gebruikersbeheerder: 'Gebruikersbeheerder',
  beheerder: 'Beheerder van het knooppunt',
  landelijk: 'Landelijk (VNG of Ketenbureau)',
};
export const DIENSTNAMEN: Readonly<Record<Dienst, string>> = {
  wmo: 'Berichten Wmo',
  jw: 'Berichten Jeugdwet',
  'wlz-toets': 'Wlz-registertoets',
  'wlz-signalen': 'Wlz-signalen',
  ketendata: 'Ketendata',
};

export interface Gebruiker {
  /** UUID. */
  readonly id: string;
  readonly naam: string;
  /** null: beheerder and landelijk, who are of no organisation in the chain. */
  readonly organisatie: string | null;
  readonly organisatienaam: string;
  readonly rol: Rol;
  readonly diensten: ReadonlySet<Dienst>;
  /** What the rooms of the switch judge it by: for messages no more than its diensten wmo and jw. */
  readonly client: Client;
  /** The same for what the diensten wlz-toets and wlz-signalen are about, for which one need not do messages; absent: it has neither. */
  readonly wlzClient?: Client;
  /** The same for figures of the chain: of its organisation in both domeinen, or of all together; absent: it sees none. */
  readonly ketendataClient?: Client;
}
