/** How one signal looks. */
import type { SignaalStand, Signaalstap } from '../../../wlz-samenloop/signalen/lezen.ts';
import type { Uitkomst } from '../../../wlz-samenloop/signalen/regels/workflow.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  formulier,
  foutenoverzicht,
  gegevens,
  kaart,
  keuzes,
  knop,
  knoppen,
  kop,
  melding,
  merk,
  raster,
  tekstvak,
  tijdlijn,
} from '../../onderdelen.ts';
import { datumLang, tijd, tijdstip } from '../../opmaak.ts';
import type { Paginaverzoek, Scherm } from '../../pagina.ts';
import { WLZ } from './gemeenten.ts';
import {
  ADVIEZEN,
  bsnLeesbaar,
  categorieTekst,
  STANDEN,
  TYPEN,
  UITKOMSTWOORDEN,
  WMO_STATUS,
} from './signaalwoorden.ts';
import { overlapTekst, SIGNALEN } from './signalen.ts';

/** How someone can close a signal; `vervallen` is for the comparison to say. */
export const KEUZES = ['gestopt', 'terecht_samen', 'onjuist'] as const satisfies readonly Uitkomst[];

type Vorm = Pick<Paginaverzoek, 'sessie' | 'veldfouten' | 'ingevuld'>;
type Signaal = SignaalStand & { readonly stappen: readonly Signaalstap[] };

/** A name someone gave; else who it was in general: nobody learns here how a machine or a colleague is numbered. */
const doorWie = ({ door, behandelaar }: Signaalstap): string =>
  behandelaar ?? (door.startsWith('knooppunt') ? 'het knooppunt' : 'een medewerker of een gekoppeld systeem');

const geschiedenis = (stappen: readonly Signaalstap[]): Html =>
  tijdlijn(
    stappen.map((stap) => ({
      titel: `${stap.stap.charAt(0).toUpperCase()}${stap.stap.slice(1)}${stap.uitkomst ? `: ${UITKOMSTWOORDEN[stap.uitkomst].naam}` : ''}`,
      wanneer: html`${tijd(stap.tijdstip, tijdstip)}, door ${doorWie(stap)}`,
      tekst: stap.reden === null ? undefined : alinea(stap.reden),
      toon: stap.workflow === 'afgehandeld' ? 'goed' : 'neutraal',
    })),
  );

const neem = ({ sessie, veldfouten, ingevuld }: Vorm): Html => html`
${alinea('Neem het signaal in behandeling. Uw collega’s zien dan dat u ernaar kijkt.')}
${formulier(
  { sessie },
  html`<input type="hidden" name="naar" value="in_behandeling">`,
  tekstvak({
    naam: 'reden',
    label: 'Opmerking',
    uitleg: 'Bijvoorbeeld met wie u contact zoekt.',
    regels: 2,
    veldfouten,
    ingevuld,
  }),
  knoppen(knop('In behandeling nemen')),
)}`;

const sluit = ({ sessie, veldfouten, ingevuld }: Vorm): Html => html`
${alinea('Hebt u het uitgezocht met de inwoner en de aanbieder? Leg dan vast wat er is besloten.')}
${alinea('Stopt de hulp? Stuur dan zelf het bericht daarover (301 met reden 06, of de aanbieder een 307). Het knooppunt stopt niets uit zichzelf.')}
${formulier(
  { sessie },
  html`<input type="hidden" name="naar" value="afgehandeld">`,
  keuzes({
    soort: 'radio',
    naam: 'uitkomst',
    label: 'Wat is er besloten?',
    keuzes: KEUZES.map((waarde) => ({
      waarde,
      tekst: UITKOMSTWOORDEN[waarde].naam,
      uitleg: UITKOMSTWOORDEN[waarde].uitleg,
    })),
    veldfouten,
    ingevuld,
  }),
  tekstvak({
    naam: 'reden',
    label: 'Reden',
    uitleg: 'Hoogstens 500 tekens. Alleen uw gemeente kan dit lezen.',
    verplicht: true,
    veldfouten,
    ingevuld,
  }),
  knoppen(knop('Afhandelen')),
)}`;

function volgende(signaal: Signaal, vorm: Vorm): Html {
  if (signaal.workflow === 'nieuw') return neem(vorm);
  if (signaal.workflow === 'in_behandeling') return sluit(vorm);
  const { uitkomst } = signaal;
  return melding(
    'ok',
    uitkomst === null ? 'Dit signaal is afgehandeld' : `Afgehandeld: ${UITKOMSTWOORDEN[uitkomst].naam}`,
    alinea('U hoeft niets meer te doen. Verandert de samenloop, dan krijgt u een nieuw signaal.'),
  );
}

const feiten = (signaal: Signaal): Html =>
  gegevens([
    ['Burgerservicenummer', bsnLeesbaar(signaal.bsn)],
    ['Soort signaal', html`${merk(TYPEN[signaal.type].naam, TYPEN[signaal.type].toon)} ${TYPEN[signaal.type].uitleg}`],
    [
      'Stand',
      html`${merk(STANDEN[signaal.workflow].naam, STANDEN[signaal.workflow].toon)} ${STANDEN[signaal.workflow].uitleg}`,
    ],
    ['Samenloop', overlapTekst(signaal.overlap)],
    [
      'Wlz-indicatie',
      signaal.indicatie
        ? html`${datumLang(signaal.indicatie.vanaf)} ${signaal.indicatie.totEnMet === null ? 'zonder einde' : html`tot en met ${datumLang(signaal.indicatie.totEnMet)}`}`
        : null,
    ],
    ['Stand van het register', tijd(signaal.registerPeilmoment)],
  ]);

const voorziening = (signaal: Signaal): Html =>
  gegevens([
    ['Nummer', signaal.voorzieningId === '' ? 'niet opgegeven' : signaal.voorzieningId],
    ['Status', WMO_STATUS[signaal.status] ?? signaal.status],
    ['Productcategorie', categorieTekst(signaal.productcategorie)],
    ['Productcode', signaal.productcode],
    ['Aanbieder (AGB)', signaal.agbAanbieder],
  ]);

export const signaalscherm = (signaal: Signaal, vorm: Vorm): Scherm => ({
  titel: 'Wlz-signaal',
  status: vorm.veldfouten.size > 0 ? 400 : 200,
  kruimels: [WLZ, SIGNALEN],
  inhoud: html`
${foutenoverzicht(vorm.veldfouten)}
${feiten(signaal)}
${melding(signaal.advies.klasse === 'VERWACHT' ? 'warning' : 'info', `Advies: ${ADVIEZEN[signaal.advies.klasse].naam}`, html`${alinea(signaal.advies.tekst)}${alinea('Dit is een hulpmiddel. De gemeente beslist, na overleg met de inwoner en de aanbieder.')}`)}
${raster(
  kaart(signaal.workflow === 'afgehandeld' ? 'Afloop' : 'Wat u nu kunt doen', volgende(signaal, vorm)),
  kaart('De Wmo-voorziening', voorziening(signaal)),
)}
${kop(2, 'Wat er gebeurde')}
${geschiedenis(signaal.stappen)}`,
});
