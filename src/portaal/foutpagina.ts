/** A refusal as a page: what happened, what to do now, and the code by which it can be looked up. */
import type { Probleem } from '../http/probleem.ts';
import { html } from './html.ts';
import { alinea, code, knoppen, knopVerwijzing, melding } from './onderdelen.ts';
import type { Scherm } from './pagina.ts';

const TITELS: Readonly<Record<number, string>> = {
  401: 'U bent niet ingelogd',
  403: 'Dit mag u niet openen',
  404: 'Deze pagina is er niet',
  413: 'Dit is te groot',
  429: 'Even wachten',
  503: 'Even niet beschikbaar',
};
const RAAD: Readonly<Record<number, string>> = {
  401: 'Log in en probeer het opnieuw.',
  403: 'Vraag de gebruikersbeheerder van uw organisatie om toegang, als u die nodig hebt voor uw werk.',
  404: 'Misschien is het adres niet goed overgenomen, of is het bericht van een andere organisatie.',
  429: 'Wacht een minuut en probeer het opnieuw.',
  503: 'Probeer het over een paar minuten opnieuw. Wat al is aangeleverd, raakt niet kwijt.',
};

/** @param soort name of the refusal in the registry */
export function foutscherm({ status, title, detail }: Probleem, soort: string): Scherm {
  const titel = TITELS[status] ?? (status >= 500 ? 'Er ging iets mis' : 'Dit kan niet');
  return {
    titel,
    status,
    inhoud: html`
${melding(status >= 500 ? 'error' : 'warning', title, detail === undefined ? undefined : alinea(detail))}
${alinea(RAAD[status] ?? (status >= 500 ? 'Dat ligt aan ons. Probeer het later opnieuw.' : 'Ga terug en pas aan wat u invulde.'))}
<p class="nl-paragraph kp-zacht">Code: ${code(soort)}</p>
${knoppen(knopVerwijzing('/portaal', 'Naar de startpagina'))}`,
  };
}
