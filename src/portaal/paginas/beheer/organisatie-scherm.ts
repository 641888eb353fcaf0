/** How one organisation looks. */
import type { Ontvangerstand } from '../../../bezorging/inzage.ts';
import { oorzaaksoort } from '../../../bezorging/oorzaken.ts';
import type { Instelling } from '../../../routering/instellingen.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import { DOMEINEN, type Domein } from '../../../standards/catalogus.ts';
import { datum } from '../../../tijd.ts';
import type { Clientoverzicht } from '../../../toegang/clientbeheer.ts';
import type { Gemachtigde } from '../../../toegang/gebruikers/gemachtigden.ts';
import { type Html, html } from '../../html.ts';
import { alinea, gegevens, inleiding, knoppen, knopVerwijzing, kop, leeg, merk, verwijzing } from '../../onderdelen.ts';
import { aantal, getal, tijd } from '../../opmaak.ts';
import type { Scherm } from '../../pagina.ts';
import { padVan } from './eigen.ts';
import { ingangen, zelfTeRegelen } from './ingangen.ts';
import { DOMEINTITEL, leesbaar, VELDEN } from './instellingwoorden.ts';
import { machtigingtabel } from './machtigingtabel.ts';
import { dagenTekst, geldigheid, ligging, ORGANISATIES, SOORTNAAM } from './organisaties.ts';
import { BEHEER } from './wijziging.ts';

export interface Organisatiestand {
  readonly kaart: Kaart;
  readonly beheerder: boolean;
  readonly instellingen: readonly { readonly domein: Domein; readonly instelling: Instelling }[];
  readonly machtigingen: readonly Gemachtigde[];
  readonly clients: readonly Clientoverzicht[];
  readonly identificaties: readonly string[];
  readonly stand: Ontvangerstand | undefined;
  readonly voorgangers: readonly string[];
  readonly namen: ReadonlyMap<string, string>;
}

function gegevensDeel({ kaart, beheerder, voorgangers, namen }: Organisatiestand): Html {
  const naam = (code: string): string => `${namen.get(code) ?? 'Onbekend'} (${code})`;
  const link = (code: string): Html | string => (beheerder ? verwijzing(padVan(code), naam(code)) : naam(code));
  const dag = datum(new Date());
  return html`
${gegevens([
  ['Code', kaart.code],
  ['Soort', SOORTNAAM[kaart.soort]],
  ['Geldigheid', html`${geldigheid(kaart)} ${dagenTekst({ vanaf: kaart.geldigVanaf, tot: kaart.geldigTot })}`],
  ['Opvolger', kaart.opvolger ? link(kaart.opvolger) : null],
  ['Opvolger van', voorgangers.length === 0 ? null : voorgangers.map((code, nr) => [nr > 0 ? ', ' : '', link(code)])],
  ...DOMEINEN.map((domein): readonly [string, Html | string] => {
    const dagen = kaart.deelname[domein];
    if (!dagen) return [DOMEINTITEL[domein], 'doet niet mee'];
    return [
      DOMEINTITEL[domein],
      html`${ligging(dagen, dag) === 'nu' ? 'doet mee' : 'doet nu niet mee'}, ${dagenTekst(dagen)}`,
    ];
  }),
])}
${beheerder ? knoppen(knopVerwijzing(`${padVan(kaart.code)}/gegevens`, 'Gegevens wijzigen', { soort: 'secondary' })) : null}`;
}

function instellingDeel({ kaart, instellingen }: Organisatiestand): Html {
  const meedoend = instellingen.filter(({ domein }) => kaart.deelname[domein] !== null);
  if (meedoend.length === 0) return leeg('Geen instellingen', 'Deze organisatie doet aan geen enkel domein mee.');
  return html`
<div class="kp-raster">${meedoend.map(({ domein, instelling }) => {
    const waarden = leesbaar(instelling);
    return html`<section class="kp-kaart">${kop(3, DOMEINTITEL[domein])}
${gegevens(VELDEN.map(([veld, naam]) => [naam, waarden[veld]]))}
${knoppen(knopVerwijzing(`${padVan(kaart.code)}/instellingen/${domein}`, 'Wijzigen', { soort: 'secondary', label: `Instellingen voor ${DOMEINTITEL[domein]} wijzigen` }))}</section>`;
  })}</div>`;
}

function bezorgDeel({ kaart: { code, stuf }, beheerder, stand }: Organisatiestand): Html {
  const wijzig = `${padVan(code)}/bezorging`;
  if (!stuf)
    return leeg(
      'Geen StUF-eindpunt',
      'Berichten liggen in de postbus tot de organisatie ze ophaalt.',
      beheerder ? knoppen(knopVerwijzing(wijzig, 'Eindpunt instellen', { soort: 'secondary' })) : undefined,
    );
  return html`
${gegevens([
  ['Adres', html`<span class="kp-breekbaar">${stuf.url}</span>`],
  [
    'Bezorgen',
    stuf.gestopt ? html`${merk('gestopt', 'let-op')} Berichten wachten in de postbus.` : merk('aan', 'goed'),
  ],
  ['Hoogstens', `${getal(stuf.budgetPerMinuut)} berichten per minuut`],
  ['Wacht op bezorging', stand ? aantal(stand.wachtend, 'bericht', 'berichten') : null],
  ['Oudste sinds', stand?.oudste ? tijd(stand.oudste) : null],
  ['Onbestelbaar', stand && stand.onbestelbaar > 0 ? aantal(stand.onbestelbaar, 'bericht', 'berichten') : null],
  ['Waarom het niet lukt', stand?.oorzaak ? (oorzaaksoort(stand.oorzaak)?.tekst ?? stand.oorzaak) : null],
])}
${
  beheerder
    ? knoppen(
        knopVerwijzing(wijzig, stuf.gestopt ? 'Wijzigen of weer aanzetten' : 'Wijzigen of stoppen', {
          soort: 'secondary',
        }),
        knopVerwijzing(`${wijzig}/opnieuw`, 'Alles opnieuw proberen', { soort: 'secondary' }),
      )
    : null
}`;
}

function toegangDeel({ kaart, beheerder, identificaties, clients }: Organisatiestand): Html {
  return gegevens([
    [
      'Aanmelden van medewerkers',
      identificaties.length === 0
        ? 'nog geen nummer voor eHerkenning bekend'
        : html`<ul class="kp-lijst">${identificaties.map((een) => html`<li>${een}</li>`)}</ul>`,
    ],
    [
      'Gekoppelde systemen',
      clients.length === 0
        ? 'geen'
        : html`<ul class="kp-lijst">${clients.map(({ id }) => html`<li>${beheerder ? verwijzing(`${BEHEER.pad}/clients/${id}`, id) : id}</li>`)}</ul>`,
    ],
    [
      'Gebruikers',
      verwijzing(`${BEHEER.pad}/gebruikers${beheerder ? `?organisatie=${kaart.code}` : ''}`, 'Gebruikers bekijken'),
    ],
    [
      'Stilzetten',
      beheerder
        ? verwijzing(
            `${BEHEER.pad}/stop?organisatie=${kaart.code}`,
            'Aanleveren of bezorgen tegenhouden of weer starten',
          )
        : null,
    ],
  ]);
}

export function organisatiescherm(stand: Organisatiestand): Scherm {
  const { kaart, beheerder, machtigingen } = stand;
  const zelf = zelfTeRegelen(kaart.code);
  return {
    titel: kaart.naam,
    kruimels: beheerder ? [BEHEER, ORGANISATIES] : [BEHEER],
    inhoud: html`
${beheerder ? null : inleiding('Zo staat uw organisatie in het knooppunt. U regelt zelf hoe berichten worden gecontroleerd en beantwoord, en wat u meeneemt. De rest doet de beheerder van het knooppunt.')}
${gegevensDeel(stand)}
${kop(2, 'Controle en antwoorden')}
${instellingDeel(stand)}
${zelf.length === 0 ? null : html`${kop(2, beheerder ? 'Wat de organisatie zelf regelt' : 'Wat u zelf regelt')}${ingangen(zelf)}`}
${kop(2, 'Bezorgen bij het eigen systeem')}
${bezorgDeel(stand)}
${kop(2, 'Machtigingen')}
${alinea('Wie namens deze organisatie berichten mag versturen en ophalen.')}
${machtigingen.length === 0 ? leeg('Geen machtigingen', 'Alleen de organisatie zelf handelt voor zichzelf.') : machtigingtabel(machtigingen, { beheerder, metOrganisatie: false })}
${beheerder ? knoppen(knopVerwijzing(`${BEHEER.pad}/machtigingen/nieuw?organisatie=${kaart.code}`, 'Machtiging geven', { soort: 'secondary' })) : null}
${kop(2, 'Wie komt binnen')}
${toegangDeel(stand)}`,
  };
}
