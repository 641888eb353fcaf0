/** Pages with a text that is the same for everybody: accessibility, privacy, what this is. */
import { API_VERSIE } from '../../http/openapi.ts';
import { html } from '../html.ts';
import { alinea, gegevens, inleiding, kop, verwijzing } from '../onderdelen.ts';
import { type Pagina, pagina } from '../pagina.ts';

const toegankelijkheid = pagina({
  methode: 'get',
  pad: '/toegankelijkheid',
  id: 'toegankelijkheid',
  toegang: 'iedereen',
  voer: async () => ({
    titel: 'Toegankelijkheid',
    inhoud: html`
${inleiding('Iedereen moet dit portaal kunnen gebruiken, ook met een beperking.')}
${kop(2, 'Waar wij ons aan houden')}
${alinea('Dit portaal is gebouwd volgens WCAG 2.2, niveau A en AA. Dat is meer dan de wet vraagt (EN 301 549, WCAG 2.1).')}
<ul class="kp-lijst">
<li>Alles werkt met het toetsenbord, ook zonder muis.</li>
<li>Alles werkt zonder JavaScript.</li>
<li>Pagina’s zijn leesbaar van 320 tot 1920 pixels breed, en in een lichte en een donkere kleurstelling.</li>
<li>Grafieken hebben dezelfde cijfers als tabel eronder.</li>
</ul>
${kop(2, 'Hoe dit is onderzocht')}
${alinea('Elke wijziging wordt automatisch getest: elke pagina, in beide kleurstellingen en bij verschillende breedtes. Een onderzoek door mensen die van hulpmiddelen gebruikmaken is nog niet gedaan. Daarom is de status van dit portaal nu B: het voldoet gedeeltelijk.')}
${kop(2, 'Werkt er iets niet voor u?')}
${alinea('Meld het bij de beheerder van dit knooppunt. Bent u niet tevreden met het antwoord, dan kunt u naar de Nationale ombudsman.')}`,
  }),
});

const privacy = pagina({
  methode: 'get',
  pad: '/privacy',
  id: 'privacy',
  toegang: 'iedereen',
  voer: async () => ({
    titel: 'Privacy',
    inhoud: html`
${inleiding('Dit portaal laat alleen zien wat u voor uw werk nodig hebt.')}
<ul class="kp-lijst">
<li>U ziet berichten van uw eigen organisatie, en alleen van de diensten waarvoor u toegang hebt.</li>
<li>De inhoud van berichten is versleuteld opgeslagen, en blijft niet langer bewaard dan nodig is.</li>
<li>Van elke handeling met persoonsgegevens komt er een regel in het logboek: wie, wat, wanneer en namens wie.</li>
<li>Een burgerservicenummer staat nooit in een adres, in een foutmelding of in de statistiek.</li>
<li>Dit portaal plaatst alleen cookies die nodig zijn: één voor uw aanmelding, en één voor de kleuren die u kiest.</li>
</ul>
${alinea('Wilt u weten wat er over uzelf is vastgelegd? Vraag inzage aan uw gemeente, of aan de beheerder van dit knooppunt.')}`,
  }),
});

const over = pagina({
  methode: 'get',
  pad: '/over',
  id: 'over',
  toegang: 'iedereen',
  voer: async () => ({
    titel: 'Over Knooppunt',
    inhoud: html`
${inleiding('Knooppunt brengt iWmo- en iJw-berichten van gemeenten naar zorgaanbieders, en terug.')}
${alinea('Elk bericht wordt getoetst aan de standaard. Klopt het, dan ligt het in de postbus van de ontvanger. Klopt het niet, dan hoort de afzender wat er mis is.')}
${gegevens([
  ['Standaarden', 'iWmo 3.2 en iJw 3.2'],
  ['Koppelvlakken', 'StUF-GGk 2.1 en REST'],
  ['Versie van de API', verwijzing('/v1/openapi.json', API_VERSIE)],
  ['Licentie', 'EUPL-1.2, open broncode'],
])}`,
  }),
});

export const vastePaginas: readonly Pagina[] = [toegankelijkheid, privacy, over];
