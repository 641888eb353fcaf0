/** How a CSV file looks that is imported: its columns, and an example. */
import { type Html, html } from '../../html.ts';
import { code, tabel } from '../../onderdelen.ts';

export const csvuitleg = (
  kolommen: readonly (readonly [naam: string, uitleg: string])[],
  voorbeeld: string,
): Html => html`
${tabel({
  titel: 'Kolommen van het CSV-bestand',
  titelVerborgen: true,
  kolommen: [
    { kop: 'Kolom', rijkop: true, cel: ([naam]) => code(naam) },
    { kop: 'Wat erin staat', cel: ([, uitleg]) => uitleg },
  ],
  rijen: kolommen,
})}
<pre class="kp-voorbeeld" tabindex="0" aria-label="Voorbeeld van een CSV-bestand">${voorbeeld}</pre>`;
