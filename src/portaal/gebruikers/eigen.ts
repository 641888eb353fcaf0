/** What is known here of who is logged in. */
import { ROLNAMEN } from '../../toegang/gebruikers/types.ts';
import { html } from '../html.ts';
import { alinea, gegevens, inleiding, kop } from '../onderdelen.ts';
import { type Pagina, pagina } from '../pagina.ts';
import { dienstnamen } from './schermen.ts';

export const eigenPaginas: readonly Pagina[] = [
  pagina({
    methode: 'get',
    pad: '/mijn-gegevens',
    id: 'mijnGegevens',
    toegang: 'aangemeld',
    async voer({ gebruiker }) {
      const { naam, organisatie, organisatienaam, rol, diensten, client } = gebruiker;
      const ook = [...new Set([...client.namens, ...(client.machtigingen?.keys() ?? [])])].filter(
        (code) => code !== organisatie,
      );
      return {
        titel: 'Mijn gegevens',
        inhoud: html`
${inleiding('Wat dit portaal van u weet, en wat u mag.')}
${gegevens([
  ['Naam', naam],
  ['Organisatie', organisatie === null ? organisatienaam : `${organisatienaam} (${organisatie})`],
  ['Rol', ROLNAMEN[rol]],
  ['Diensten', dienstnamen(diensten)],
  ['Ook voor', ook.length > 0 ? ook.sort().join(', ') : null],
])}
${kop(2, 'Klopt er iets niet?')}
${alinea('De gebruikersbeheerder van uw organisatie kan uw naam, rol en diensten wijzigen.')}
${kop(2, 'Wat er van u wordt bewaard')}
${alinea('Uw naam, uw rol en diensten, wanneer u voor het laatst inlogde, en een code waaraan het portaal uw inlogmiddel herkent. In het logboek staat wat u met persoonsgegevens van inwoners doet; die regels worden ten minste vijf jaar bewaard.')}`,
      };
    },
  }),
];
