/**
 * Tables and lists of facts. On a narrow screen a table of words is put in one column, each cell with the head of its column before it; a table of
 * figures, which are read against each other, scrolls in its own box, which the keyboard can reach.
 */
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

/** Two columns always fit; two columns of figures are there to be compared. */
const kanOpElkaar = (kolommen: readonly Kolom<never>[]): boolean =>
  kolommen.length > 2 && kolommen.filter(({ getal }) => getal).length < 2;

export function tabel<R>({ titel, titelVerborgen, kolommen, rijen, voet }: Tabelkeuze<R>): Html {
  const stapel = voet === undefined && kanOpElkaar(kolommen as readonly Kolom<never>[]);
  // What is laid out as something else keeps being a table for who hears it only when it says so.
  const rol = (naam: string): Html | null => (stapel ? html` role="${naam}"` : null);
  const cel = (kolom: Kolom<R>, rij: R): Html => {
    const klassen = klasse(kolom as Kolom<never>, 'cell');
    if (kolom.rijkop)
      return html`<th scope="row" class="${klassen} kp-rijkop"${rol('rowheader')}>${kolom.cel(rij)}</th>`;
    const kop = stapel && typeof kolom.kop === 'string' && kolom.kop !== '' ? html` data-kop="${kolom.kop}"` : null;
    return html`<td class="${klassen}"${rol('cell')}${kop}>${kolom.cel(rij)}</td>`;
  };
  return html`
<div class="utrecht-table-container utrecht-table-container--overflow-inline kp-tabel${stapel ? ' kp-tabel--stapel' : ''}" tabindex="0" role="group" aria-label="${titelTekst(titel)}">
<table class="utrecht-table utrecht-table--html-table"${rol('table')}>
  <caption class="utrecht-table__caption${titelVerborgen ? ' kp-voorgelezen' : ''}">${titel}</caption>
  <thead class="utrecht-table__header"${rol('rowgroup')}><tr class="utrecht-table__row"${rol('row')}>${kolommen.map((kolom) => html`<th scope="col" class="${klasse(kolom as Kolom<never>, 'header-cell')}"${rol('columnheader')}>${kolom.kop}</th>`)}</tr></thead>
  <tbody class="utrecht-table__body"${rol('rowgroup')}>${rijen.map((rij) => html`<tr class="utrecht-table__row"${rol('row')}>${kolommen.map((kolom) => cel(kolom, rij))}</tr>`)}</tbody>
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
