/** What one sees while logging in. */
import { DEMOGEBRUIKERS } from '../../toegang/gebruikers/demo.ts';
import { type Html, html } from '../html.ts';
import {
  alinea,
  formulier,
  foutenoverzicht,
  inleiding,
  kaart,
  knop,
  knoppen,
  knopVerwijzing,
  kop,
  melding,
  raster,
  tekstveld,
} from '../onderdelen.ts';
import type { Scherm, Veldfouten } from '../pagina.ts';
import { AANMELDFOUTEN, type Aanmeldfoutsoort } from './fouten.ts';
import { PADEN } from './paden.ts';

export interface Aanmeldkeuze {
  readonly broker: boolean;
  /** The form token of the demo; undefined: no demo. */
  readonly demo: string | undefined;
  readonly terug: string;
}

const metTerug = (pad: string, terug: string): string => `${pad}?terug=${encodeURIComponent(terug)}`;

const viaBroker = (terug: string): Html => html`
${inleiding('U logt in met eHerkenning van uw organisatie, op niveau EH3 of hoger.')}
${knoppen(knopVerwijzing(metTerug(PADEN.start, terug), 'Inloggen met eHerkenning'))}
${kop(2, 'Voor het eerst hier?')}
${alinea('Vraag de gebruikersbeheerder van uw organisatie om een uitnodiging. Log daarna in met eHerkenning en vul de code in die u kreeg.')}`;

const viaDemo = (csrf: string, terug: string): Html => html`
${inleiding('Dit is een demonstratie. Kies wie u wilt zijn; alle personen en berichten zijn verzonnen.')}
${formulier(
  { sessie: { csrf }, naar: PADEN.demo },
  html`<input type="hidden" name="terug" value="${terug}">`,
  raster(
    ...DEMOGEBRUIKERS.map(({ wie, naam, uitleg }) =>
      kaart(
        naam,
        alinea(uitleg),
        knop('Inloggen', { soort: 'secondary', naam: 'wie', waarde: wie, label: `Inloggen als ${naam}` }),
      ),
    ),
  ),
)}`;

export function aanmeldscherm({ broker, demo, terug }: Aanmeldkeuze): Scherm {
  if (!broker && demo === undefined) return foutscherm('nietIngericht');
  // A demo beside a broker is for who tries the broker out.
  return {
    titel: 'Inloggen',
    inhoud: html`${broker ? viaBroker(terug) : null}${demo === undefined ? null : viaDemo(demo, terug)}`,
  };
}

export function foutscherm(soort: Aanmeldfoutsoort): Scherm {
  const { titel, raad, status } = AANMELDFOUTEN[soort];
  const opnieuw = soort === 'nietIngericht' ? null : knoppen(knopVerwijzing(PADEN.aanmelden, 'Opnieuw inloggen'));
  return { titel, status, inhoud: html`${alinea(raad)}${opnieuw}` };
}

export interface Uitnodigingskeuze {
  readonly csrf: string;
  /** This person had access before. */
  readonly ingetrokken: boolean;
  readonly veldfouten: Veldfouten;
  readonly ingevuld: Readonly<Record<string, string>>;
}

export function uitnodigingsscherm({ csrf, ingetrokken, veldfouten, ingevuld }: Uitnodigingskeuze): Scherm {
  const inhoud = html`
${foutenoverzicht(veldfouten)}
${
  ingetrokken
    ? melding(
        'warning',
        'Uw toegang is ingetrokken',
        alinea(
          'Vraag de gebruikersbeheerder van uw organisatie waarom. Kreeg u een nieuwe uitnodiging, vul dan hieronder de code in.',
        ),
      )
    : inleiding(
        'eHerkenning kent u, maar dit portaal nog niet. Vul de code in die u van de gebruikersbeheerder van uw organisatie kreeg.',
      )
}
${formulier(
  { sessie: { csrf }, naar: PADEN.uitnodiging },
  tekstveld({
    naam: 'code',
    label: 'Uitnodigingscode',
    uitleg:
      'Twintig letters en cijfers, bijvoorbeeld ABCDE-12345-FGHJK-67890. Hoofdletters en streepjes maken niet uit.',
    verplicht: true,
    breedte: 26,
    maxlengte: 40,
    veldfouten,
    ingevuld,
  }),
  knop('Verder'),
)}
${kop(2, 'Hebt u geen code?')}
${alinea('Vraag er een aan de gebruikersbeheerder van uw organisatie. Een code is zeven dagen geldig en werkt één keer.')}`;
  return { titel: 'Uw uitnodiging', inhoud, ...(veldfouten.size > 0 && { status: 400 }) };
}

/** @param bijBroker address to log out there too */
export const afgemeldscherm = (bijBroker: string | undefined): Scherm => ({
  titel: 'U bent uitgelogd',
  inhoud: html`
${inleiding('Sluit uw browser als anderen dit apparaat ook gebruiken.')}
${bijBroker === undefined ? null : alinea(html`U wordt nu ook bij eHerkenning uitgelogd. Gebeurt er niets? <a class="nl-link" href="${bijBroker}">Uitloggen bij eHerkenning</a>.`)}
${knoppen(knopVerwijzing(PADEN.aanmelden, 'Opnieuw inloggen'))}`,
});
