/** The two doors of the Wlz, with what each is for. */
import type { Omgeving } from '../../../http/omgeving.ts';
import { vragendeGemeenten } from '../../../wlz-samenloop/toets/gemeente.ts';
import { type Html, html } from '../../html.ts';
import { alinea, inleiding, kaart, knoppen, knopVerwijzing, raster } from '../../onderdelen.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { alleenGemeenten, WLZ, wlzClient } from './gemeenten.ts';

const toetskaart = (): Html =>
  kaart(
    'Wlz-registertoets',
    alinea(
      'U wilt weten of één inwoner een Wlz-indicatie heeft, omdat u een melding of aanvraag voor Wmo-hulp behandelt.',
    ),
    html`<ul class="kp-lijst">
<li>U vult een burgerservicenummer in en kiest waarvoor u het antwoord nodig hebt.</li>
<li>Het antwoord is ja of nee. Meer mag het CIZ niet laten weten.</li>
</ul>`,
    knoppen(knopVerwijzing('/portaal/wlz/toets', 'Registertoets doen')),
  );

const signalenkaart = (): Html =>
  kaart(
    'Wlz-signalen',
    alinea('U wilt een bericht krijgen als een inwoner die al Wmo-hulp heeft, een Wlz-indicatie krijgt of verliest.'),
    html`<ul class="kp-lijst">
<li>U levert een bestand aan met uw inwoners die Wmo-hulp hebben of hebben aangevraagd.</li>
<li>Het knooppunt vergelijkt dat elke dag met het Wlz-register.</li>
<li>Lopen Wmo en Wlz samen, dan krijgt u een signaal. U beoordeelt wat er moet gebeuren.</li>
</ul>`,
    knoppen(
      knopVerwijzing('/portaal/wlz/signalen', 'Signalen bekijken'),
      knopVerwijzing('/portaal/wlz/inwoners', 'Inwoners aanleveren', { soort: 'secondary' }),
    ),
  );

export const wlzStart = ({ routering }: Pick<Omgeving, 'routering'>): Pagina =>
  pagina({
    methode: 'get',
    pad: '/wlz',
    id: 'wlz',
    toegang: 'wlz',
    async voer({ gebruiker }) {
      if (vragendeGemeenten(wlzClient(gebruiker), await routering.feiten(), new Date()).length === 0)
        return alleenGemeenten(WLZ.naam, gebruiker);
      const { diensten } = gebruiker;
      return {
        titel: WLZ.naam,
        inhoud: html`
${inleiding('Wie een indicatie heeft voor de Wet langdurige zorg (Wlz), krijgt zorg uit die wet. Hier ziet u of dat voor uw inwoners met Wmo-hulp gevolgen heeft.')}
${raster(diensten.has('wlz-toets') ? toetskaart() : null, diensten.has('wlz-signalen') ? signalenkaart() : null)}
${alinea('Elke vraag en elke inzage komt in het logboek: wie het deed, wanneer en waarvoor.')}`,
      };
    },
  });
