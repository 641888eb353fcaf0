/** What can be done in the section Beheer: for the operator of the switch, and for who manages one organisation. */
import type { Gebruiker } from '../../../toegang/gebruikers/types.ts';
import { type Html, html } from '../../html.ts';
import { alinea, inleiding, kop } from '../../onderdelen.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { ingangen, type Onderdeel, zelfTeRegelen } from './ingangen.ts';
import { BEHEER } from './wijziging.ts';

const groep = (titel: string, onderdelen: readonly Onderdeel[]): Html => html`${kop(2, titel)}${ingangen(onderdelen)}`;

const BEVRIEZINGEN = { pad: '/bevriezingen', naam: 'Bevriezingen' } as const;
const VAN_DE_BEHEERDER: readonly (readonly [string, readonly Onderdeel[]])[] = [
  [
    'Wie doet mee',
    [
      {
        pad: '/organisaties',
        naam: 'Organisaties',
        uitleg: 'Wie meedoet, waar berichten heen gaan en hoe zij worden gecontroleerd.',
      },
      { pad: '/gebruikers', naam: 'Gebruikers', uitleg: 'Wie in dit portaal kan werken, en waarvoor.' },
      {
        pad: '/machtigingen',
        naam: 'Machtigingen',
        uitleg: 'Wie namens een andere organisatie berichten mag versturen en ophalen.',
      },
      {
        pad: '/samenwerkingsverbanden',
        naam: 'Samenwerkingsverbanden',
        uitleg: 'Gemeenten die hun ketendata bij elkaar optellen, en de mandaten die zij daarvoor gaven.',
      },
      { pad: '/clients', naam: 'Clients', uitleg: 'Systemen die zelf aanmelden: geheimen, certificaten en sleutels.' },
    ],
  ],
  [
    'Wanneer mag wat',
    [
      { ...BEVRIEZINGEN, uitleg: 'Berichtsoorten tijdelijk tegenhouden, met vooraf een overzicht van wie dat raakt.' },
      {
        pad: '/vensters',
        naam: 'Vensters',
        uitleg: 'Vanaf en tot wanneer een release van een berichtsoort gebruikt mag worden.',
      },
      {
        pad: '/wlz-adviezen',
        naam: 'Wlz-adviezen',
        uitleg: 'Wat er per soort Wmo-hulp in een Wlz-signaal staat, voor alle gemeenten.',
      },
    ],
  ],
  [
    'Loopt alles',
    [
      { pad: '/stand', naam: 'Stand van het knooppunt', uitleg: 'Of alles werkt, en wat er wacht.' },
      { pad: '/banen', naam: 'Banen', uitleg: 'Per gemeente en aanbieder hoe ver de verwerking is.' },
      {
        pad: '/stop',
        naam: 'Stopschakelaar',
        uitleg: 'Aanleveren of bezorgen voor één organisatie stilzetten, en weer starten.',
      },
    ],
  ],
];

const vanDeOrganisatie = (code: string): readonly Onderdeel[] => [
  {
    pad: `/organisaties/${code}`,
    naam: 'Instellingen van uw organisatie',
    uitleg: 'Hoe streng uw berichten worden gecontroleerd, en wie ze beantwoordt.',
  },
  { pad: '/gebruikers', naam: 'Gebruikers', uitleg: 'Collega’s toegang geven, wijzigen of weghalen.' },
  ...zelfTeRegelen(code),
  { ...BEVRIEZINGEN, uitleg: 'Wanneer bepaalde berichten tijdelijk niet verstuurd kunnen worden.' },
];

const voorWie = ({ rol, organisatie }: Gebruiker): readonly (readonly [string, readonly Onderdeel[]])[] => {
  if (rol === 'beheerder') return VAN_DE_BEHEERDER;
  return organisatie === null ? [] : [['Uw organisatie', vanDeOrganisatie(organisatie)]];
};

export const beheerStart: Pagina = pagina({
  methode: 'get',
  pad: '/beheer',
  id: 'beheer',
  toegang: 'beheer',
  async voer({ gebruiker }) {
    const beheerder = gebruiker.rol === 'beheerder';
    return {
      titel: BEHEER.naam,
      inhoud: html`
${inleiding(beheerder ? 'Hier beheert u het knooppunt. U ziet geen berichten en geen gegevens van inwoners.' : `Hier beheert u ${gebruiker.organisatienaam} in dit portaal.`)}
${voorWie(gebruiker).map(([titel, onderdelen]) => groep(titel, onderdelen))}
${alinea('Bij elke wijziging vragen wij om een reden. De reden staat in het logboek, met uw naam en het tijdstip.')}`,
    };
  },
});
