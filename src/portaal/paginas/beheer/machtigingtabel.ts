/** Machtigingen as a table; those that are over stay in sight. */
import { DOMEINNAAM } from '../../../routering/tekst.ts';
import type { Gemachtigde } from '../../../toegang/gebruikers/gemachtigden.ts';
import { type Html, html } from '../../html.ts';
import { merk, tabel, verwijzing, voorgelezen } from '../../onderdelen.ts';
import { tijd } from '../../opmaak.ts';

export interface Tabelkeuze {
  readonly beheerder: boolean;
  readonly metOrganisatie: boolean;
}

export const isVoorbij = ({ tot }: Pick<Gemachtigde, 'tot'>, nu: Date): boolean => tot !== null && tot <= nu;

function stand(rij: Gemachtigde, nu: Date): Html {
  if (isVoorbij(rij, nu)) return merk('voorbij', 'neutraal');
  return rij.vanaf > nu ? merk('gaat nog in', 'info') : merk('geldt nu', 'goed');
}

export function machtigingtabel(rijen: readonly Gemachtigde[], { beheerder, metOrganisatie }: Tabelkeuze): Html {
  const nu = new Date();
  return tabel<Gemachtigde>({
    titel: 'Machtigingen',
    titelVerborgen: true,
    rijen,
    kolommen: [
      { kop: 'Wie', rijkop: true, cel: ({ wie }) => wie },
      ...(metOrganisatie
        ? [
            {
              kop: 'Namens',
              cel: ({ organisatie }: Gemachtigde) =>
                verwijzing(`/portaal/beheer/organisaties/${organisatie}`, organisatie),
            },
          ]
        : []),
      { kop: 'Domein', cel: ({ domein }) => DOMEINNAAM[domein] },
      { kop: 'Vanaf', cel: ({ vanaf }) => tijd(vanaf) },
      { kop: 'Tot', cel: ({ tot }) => (tot ? tijd(tot) : 'zonder einde') },
      { kop: 'Stand', cel: (rij) => stand(rij, nu) },
      ...(beheerder
        ? [
            {
              kop: 'Wijzigen',
              cel: (rij: Gemachtigde) =>
                isVoorbij(rij, nu)
                  ? html``
                  : verwijzing(
                      `/portaal/beheer/machtigingen/${rij.id}/intrekken`,
                      html`Intrekken${voorgelezen(` van de machtiging van ${rij.wie} voor ${rij.organisatie}`)}`,
                    ),
            },
          ]
        : []),
    ],
  });
}
