/** Reads a user for a request: what it may do is looked up each time, so that a change holds at once. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Routering } from '../../routering/routering.ts';
import { clientId, clientsVan } from './rechten.ts';
import type { Dienst, Gebruiker, Rol } from './types.ts';

interface Rij {
  readonly id: string;
  readonly naam: string;
  readonly organisatie: string | null;
  readonly organisatienaam: string | null;
  readonly rol: Rol;
  readonly diensten: readonly Dienst[];
}

const LEES = {
  name: 'gebruiker-lezen',
  text: `
select g.id, g.naam, g.organisatie, o.naam as organisatienaam, g.rol,
  array(select d.dienst from gebruiker_dienst d where d.gebruiker = g.id) as diensten
from gebruiker g left join organisatie o on o.code = g.organisatie
where g.id = $1 and g.ingetrokken_op is null and g.gekoppeld_op is not null`,
};

/** Who is of no organisation. */
const ZONDER_ORGANISATIE: Readonly<Partial<Record<Rol, string>>> = {
  beheerder: 'Beheer van het knooppunt',
  landelijk: 'Landelijk',
};

/** @returns the user; undefined when it was withdrawn, or has never come in */
export async function leesGebruiker(
  { verbinding, routering }: { readonly verbinding: Verbinding; readonly routering: Routering },
  id: string,
): Promise<Gebruiker | undefined> {
  const { rows } = await verbinding.query<Rij>({ ...LEES, values: [id] });
  const rij = rows[0];
  if (!rij) return undefined;
  const { naam, organisatie, rol } = rij;
  const diensten = new Set(rij.diensten);
  const eigen = { id: clientId(id), namens: new Set(organisatie === null ? [] : [organisatie]) };
  const rechten = await routering.rechten(eigen, new Date());
  return Object.freeze({
    id,
    naam,
    organisatie,
    organisatienaam: rij.organisatienaam ?? ZONDER_ORGANISATIE[rol] ?? '',
    rol,
    diensten,
    ...clientsVan({ id, rol, diensten }, rechten),
  });
}
