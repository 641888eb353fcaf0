/** The one time that a secret is shown. */
import { type Html, html } from '../../html.ts';
import { alinea, code, gegevens, knoppen, knopVerwijzing, melding } from '../../onderdelen.ts';
import type { Scherm } from '../../pagina.ts';
import { CLIENTS, clientpad } from './clients.ts';
import { BEHEER } from './wijziging.ts';

/** @param oud what becomes of the secret before it */
export const geheimscherm = (client: string, geheim: string, oud?: Html): Scherm => ({
  titel: 'Bewaar dit geheim nu',
  kruimels: [BEHEER, CLIENTS, { naam: client, pad: clientpad(client) }],
  inhoud: html`
${melding('warning', 'U ziet dit geheim maar één keer', alinea('Sluit u deze pagina, dan is het niet meer te zien. Geef het via een veilige weg aan wie het systeem beheert; niet per mail.'), true)}
${gegevens([
  ['Client', code(client)],
  ['Geheim', html`<code class="nl-code kp-geheim">${geheim}</code>`],
])}
${oud ?? null}
${knoppen(knopVerwijzing(clientpad(client), 'Ik heb het geheim bewaard'))}`,
});
