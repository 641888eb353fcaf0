/** From what a broker says of a person to a user. The default is no: who was never invited is nobody here. */
import { createHash } from 'node:crypto';
import type { Verbinding } from '../../opslag/database.ts';

export interface Persoon {
  /** Who says so. */
  readonly uitgever: string;
  /** Its pseudonym for the person. */
  readonly persoon: string;
  /** Its number for the legal entity. */
  readonly organisatie: string;
}

/** Who may become a user with an invitation: a person at a legal entity that we know. */
export interface Kandidaat {
  /** sha256, in hexadecimal digits. */
  readonly persoon: string;
  /** The organisations that the legal entity is; null: the operator of the switch, or a national one. */
  readonly organisaties: readonly (string | null)[];
}

export type Herkenning =
  | { readonly soort: 'bekend'; readonly gebruiker: string }
  | { readonly soort: 'onbekend'; readonly kandidaat: Kandidaat }
  | { readonly soort: 'ingetrokken'; readonly gebruiker: string; readonly kandidaat: Kandidaat }
  | { readonly soort: 'organisatieOnbekend' };

/** The same person at another legal entity is somebody else. */
export const persoonHash = ({ uitgever, organisatie, persoon }: Persoon): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([uitgever, organisatie, persoon]))
    .digest();

interface Rij {
  readonly id: string;
  readonly organisatie: string | null;
  readonly ingetrokken: boolean;
}

/** Who is this? */
export async function herken(verbinding: Verbinding, wie: Persoon): Promise<Herkenning> {
  const persoon = persoonHash(wie);
  const [namens, gebruikers] = await Promise.all([
    verbinding.query<{ organisatie: string | null }>(
      'select organisatie from organisatie_identificatie where identificatie = $1',
      [wie.organisatie],
    ),
    verbinding.query<Rij>(
      `select id, organisatie, ingetrokken_op is not null as ingetrokken from gebruiker where persoon = $1
       order by ingetrokken_op desc nulls first limit 1`,
      [persoon],
    ),
  ]);
  const organisaties = namens.rows.map(({ organisatie }) => organisatie);
  if (organisaties.length === 0) return { soort: 'organisatieOnbekend' };
  const gebruiker = gebruikers.rows[0];
  const kandidaat = { persoon: persoon.toString('hex'), organisaties };
  if (!gebruiker) return { soort: 'onbekend', kandidaat };
  if (gebruiker.ingetrokken) return { soort: 'ingetrokken', gebruiker: gebruiker.id, kandidaat };
  // The legal entity can have lost the organisation since.
  return organisaties.includes(gebruiker.organisatie)
    ? { soort: 'bekend', gebruiker: gebruiker.id }
    : { soort: 'organisatieOnbekend' };
}
