/** Tables and lists of facts. On a narrow screen a table scrolls in its own box, which the keyboard can reach. */
import { type Deel, type Html, html } from '../html.ts';

export interface Kolom<R> {
  readonly kop: Deel;
  readonly cel: (rij: R) => Deel;
  /** Numbers line up on the right. */
  readonly getal?: boolean;
  /** Says what the row is about: its cell is the header of the row. One column at most. */
  readonly rijkop?: boolean;
}

export interface Tabelkeuze<R> {
  /** What the table shows; always there, for who hears the page. */
  readonly titel: Deel;
  readonly titelVerborgen?: boolean;
  readonly kolommen: readonly Kolom<R>[];
  readonly rijen: readonly R[];
  readonly voet?: Html;
}

const klasse = (kolom: Kolom<never>, cel: 'cell' | 'header-cell'): string =>
  `utrecht-table__${cel}${kolom.getal ? ` utrecht-table__${cel}--numeric-column` : ''}`;

export function tabel<R>({ titel, titelVerborgen, kolommen, rijen, voet }: Tabelkeuze<R>): Html {
  const cel = (kolom: Kolom<R>, rij: R): Html =>
    kolom.rijkop
      ? html`<th scope="row" class="${klasse(kolom as Kolom<never>, 'cell')} kp-rijkop">${kolom.cel(rij)}</th>`
      : html`<td class="${klasse(kolom as Kolom<never>, 'cell')}">${kolom.cel(rij)}</td>`;
  return html`
<div class="utrecht-table-container utrecht-table-container--overflow-inline kp-tabel" tabindex="0" role="group" aria-label="${titelTekst(titel)}">
<table class="utrecht-table utrecht-table--html-table">
  <caption class="utrecht-table__caption${titelVerborgen ? ' kp-voorgelezen' : ''}">${titel}</caption>
  <thead class="utrecht-table__header"><tr class="utrecht-table__row">${kolommen.map((kolom) => html`<th scope="col" class="${klasse(kolom as Kolom<never>, 'header-cell')}">${kolom.kop}</th>`)}</tr></thead>
  <tbody class="utrecht-table__body">${rijen.map((rij) => html`<tr class="utrecht-table__row">${kolommen.map((kolom) => cel(kolom, rij))}</tr>`)}</tbody>
  ${voet ?? null}
</table></div>`;
}

/** Of a title with markup in it, the words. */
const titelTekst = (titel: Deel): string =>
  String(titel ?? '')
    .replace(/<[^>]*>/g, '')
    .trim();

/** Facts of one thing: key and value. Values that are null or undefined are left out. */
export const gegevens = (rijen: readonly (readonly [Deel, Deel])[]): Html => html`
<dl class="utrecht-data-list utrecht-data-list--rows">${rijen
  .filter(([, waarde]) => waarde !== null && waarde !== undefined)
  .map(
    ([sleutel, waarde]) => html`<div class="utrecht-data-list__item">
  <dt class="utrecht-data-list__item-key">${sleutel}</dt>
  <dd class="utrecht-data-list__item-value utrecht-data-list__item-value--html-dd">${waarde}</dd>
</div>`,
  )}</dl>`;

/** To the next page, and back to the first; pages are found by a cursor, so they have no numbers. */
export const bladeren = (eerste: string | null, volgende: string | null): Html | null =>
  eerste === null && volgende === null
    ? null
    : html`
<nav class="utrecht-pagination" aria-label="Meer resultaten">
  ${eerste === null ? null : html`<a class="utrecht-pagination__relative-link utrecht-pagination__relative-link--prev" href="${eerste}" rel="first">Naar het begin</a>`}
  ${volgende === null ? null : html`<a class="utrecht-pagination__relative-link utrecht-pagination__relative-link--next" href="${volgende}" rel="next">Volgende pagina</a>`}
</nav>`;
