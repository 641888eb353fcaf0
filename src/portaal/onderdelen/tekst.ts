/** Headings, paragraphs, links, badges: the words of a page. NL Design System candidate components. */
import { type Deel, type Html, html } from '../html.ts';

export const kop = (niveau: 1 | 2 | 3 | 4, tekst: Deel, id?: string): Html => {
  const eigen = id === undefined ? null : html` id="${id}"`;
  const klasse = `nl-heading nl-heading--level-${niveau}`;
  if (niveau === 1) return html`<h1 class="${klasse}"${eigen}>${tekst}</h1>`;
  if (niveau === 2) return html`<h2 class="${klasse}"${eigen}>${tekst}</h2>`;
  if (niveau === 3) return html`<h3 class="${klasse}"${eigen}>${tekst}</h3>`;
  return html`<h4 class="${klasse}"${eigen}>${tekst}</h4>`;
};

export const alinea = (...tekst: readonly Deel[]): Html => html`<p class="nl-paragraph">${tekst}</p>`;
/** The first paragraph of a page: what one does here. */
export const inleiding = (...tekst: readonly Deel[]): Html =>
  html`<p class="nl-paragraph nl-paragraph--lead">${tekst}</p>`;
export const zacht = (...tekst: readonly Deel[]): Html => html`<span class="kp-zacht">${tekst}</span>`;
export const verwijzing = (pad: string, tekst: Deel): Html => html`<a class="nl-link" href="${pad}">${tekst}</a>`;
export const code = (tekst: Deel): Html => html`<code class="nl-code">${tekst}</code>`;

/** What a badge means; it always has a word too, so colour is never the only sign. */
export type Toon = 'neutraal' | 'goed' | 'let-op' | 'fout' | 'info';
export const merk = (tekst: Deel, toon: Toon = 'neutraal'): Html =>
  html`<span class="nl-data-badge kp-merk kp-merk--${toon}">${tekst}</span>`;

/** A count beside a word; `uitleg` is read aloud. */
export const teller = (aantal: number | string, uitleg: string): Html =>
  html`<span class="nl-number-badge"><span class="nl-number-badge__visible-label" aria-hidden="true">${aantal}</span><span class="nl-number-badge__hidden-label">${uitleg}</span></span>`;

/** For who hears the page. */
export const voorgelezen = (tekst: Deel): Html => html`<span class="kp-voorgelezen">${tekst}</span>`;
