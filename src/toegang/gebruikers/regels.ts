/** Who may give whom what. One place, and the default is no. Pure. */
import type { Dienst, Gebruiker, Rol } from './types.ts';

/** On whose authority users are managed: of the operator over all, or of one organisation over its own. */
export type Gezag = { readonly soort: 'beheerder' } | { readonly soort: 'organisatie'; readonly organisatie: string };

/** What can be given to a user. */
export interface Recht {
  readonly organisatie: string | null;
  readonly rol: Rol;
  readonly diensten: readonly Dienst[];
}

/** The authority of a user; undefined: none. */
export function gezagVan({ rol, organisatie }: Pick<Gebruiker, 'rol' | 'organisatie'>): Gezag | undefined {
  if (rol === 'beheerder') return { soort: 'beheerder' };
  return rol === 'gebruikersbeheerder' && organisatie !== null ? { soort: 'organisatie', organisatie } : undefined;
}

/** Roles of who is of no organisation, with the diensten that go with them. */
const ZONDER_ORGANISATIE: Readonly<Partial<Record<Rol, readonly Dienst[]>>> = {
  beheerder: [],
  landelijk: ['ketendata'],
};
const ROLLEN_VAN_ORGANISATIE: readonly Rol[] = ['gebruiker', 'gebruikersbeheerder'];

/** The roles that one may give in an organisation; null: none. */
export const rollenVoor = (organisatie: string | null): readonly Rol[] =>
  organisatie === null ? (Object.keys(ZONDER_ORGANISATIE) as Rol[]) : ROLLEN_VAN_ORGANISATIE;

/** The diensten that a user can have at most. @param vanOrganisatie those of its organisation */
export const dienstenVoor = (rol: Rol, vanOrganisatie: readonly Dienst[]): readonly Dienst[] =>
  ZONDER_ORGANISATIE[rol] ?? vanOrganisatie;

export const magBeheren = (gezag: Gezag, organisatie: string | null): boolean =>
  gezag.soort === 'beheerder' || gezag.organisatie === organisatie;

/**
 * @param vanOrganisatie the diensten that the organisation has; of nobody's organisation none
 * @returns a Dutch sentence of what may not be; undefined: it may
 */
export function bezwaarTegen(gezag: Gezag, recht: Recht, vanOrganisatie: readonly Dienst[]): string | undefined {
  const { organisatie, rol, diensten } = recht;
  if (!magBeheren(gezag, organisatie)) return 'U beheert alleen gebruikers van uw eigen organisatie.';
  if (!rollenVoor(organisatie).includes(rol))
    return organisatie === null ? 'Deze rol hoort bij een organisatie.' : 'Deze rol is niet van een organisatie.';
  const mag = dienstenVoor(rol, vanOrganisatie);
  if (diensten.some((dienst) => !mag.includes(dienst)))
    return 'Een gebruiker kan geen dienst hebben die de organisatie niet heeft.';
  return undefined;
}
