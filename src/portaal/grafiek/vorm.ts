/**
 * What charts have in common: the drawing with its words for who hears it, axes, and patterns. An SVG scales with its box (viewBox), has no style
 * of its own and no script: its classes are in web/grafiek.css, so both themes apply. Colour is never the only sign: series differ in pattern or
 * dash too, and have their names beside them. The same figures are always in a table as well.
 */
import { type Deel, type Html, html } from '../html.ts';

export const BREEDTE = 640;
export const HOOGTE = 260;
/** Room around the plot: left for numbers, below for names. */
export const RAND = { links: 84, rechts: 16, boven: 28, onder: 36 } as const;
export const VLAK = {
  x0: RAND.links,
  x1: BREEDTE - RAND.rechts,
  y0: HOOGTE - RAND.onder,
  y1: RAND.boven,
} as const;

/** As many series as there are colours and patterns. */
export const MAX_REEKSEN = 6;

/** How a value is written on an axis and beside a point. */
export type Schrijf = (waarde: number) => string;

export interface Grafiekkop {
  /** Unique on the page: names the title and the patterns. */
  readonly id: string;
  readonly titel: string;
  /** What one sees, in a sentence. */
  readonly omschrijving: string;
}

/** One decimal is finer than any screen; a number as text that is the same everywhere. */
export const pt = (waarde: number): string => String(Math.round(waarde * 10) / 10);

export const tekening = ({ id, titel, omschrijving }: Grafiekkop, hoogte: number, ...delen: readonly Deel[]): Html =>
  html`<div class="kp-grafiekvak" tabindex="0" role="group" aria-label="${titel}"><svg class="kp-grafiek" viewBox="0 0 ${BREEDTE} ${pt(hoogte)}" role="img" aria-labelledby="${id}-titel ${id}-uitleg" focusable="false"><title id="${id}-titel">${titel}</title><desc id="${id}-uitleg">${omschrijving}</desc>${delen}</svg></div>`;

/** Patterns over the colour of a series: stripes and dots, so that series differ without colour. */
const LIJNEN: readonly (string | null)[] = [null, 'M0 8L8 0', 'M0 0L8 8', 'M4 0V8', 'M0 4H8', 'M0 8L8 0M0 0L8 8'];
export const patronen = (id: string, aantal: number): Html =>
  html`<defs>${LIJNEN.slice(0, aantal).map((lijn, nr) =>
    lijn === null
      ? null
      : html`<pattern id="${id}-p${nr}" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="kp-reeks-${nr + 1}" width="8" height="8"/><path class="kp-patroon" d="${lijn}"/></pattern>`,
  )}</defs>`;
/** How a face of a series is filled: its colour, or its pattern. */
export const vulling = (id: string, nr: number): Html =>
  (LIJNEN[nr] ?? null) === null ? html`class="kp-reeks-${nr + 1}"` : html`fill="url(#${id}-p${nr})"`;

/** Lines across with their numbers on the left. */
export const waardeas = (streepjes: readonly number[], y: (waarde: number) => number, schrijf: Schrijf): Html =>
  html`${streepjes.map(
    (waarde) =>
      html`<line class="kp-as" x1="${VLAK.x0}" x2="${VLAK.x1}" y1="${pt(y(waarde))}" y2="${pt(y(waarde))}"/><text class="kp-astekst kp-astekst--getal" x="${VLAK.x0 - 8}" y="${pt(y(waarde) + 4)}">${schrijf(waarde)}</text>`,
  )}`;

/** Names below, no more than fit. */
const MAX_NAMEN = 7;
export function naamas(namen: readonly string[], x: (nr: number) => number, y: number = VLAK.y0): Html {
  const stap = Math.ceil(namen.length / MAX_NAMEN);
  return html`${namen.map((naam, nr) =>
    nr % stap === 0
      ? html`<text class="kp-astekst kp-astekst--naam" x="${pt(x(nr))}" y="${pt(y + 20)}">${naam}</text>`
      : null,
  )}`;
}

/** The names of the series, with the face that each has. */
export const legenda = (id: string, namen: readonly string[], lijn = false): Html => html`
<ul class="kp-legenda">${namen.map(
  (naam, nr) =>
    html`<li><svg class="kp-legenda__teken" viewBox="0 0 24 16" aria-hidden="true" focusable="false">${
      lijn
        ? html`<line class="kp-lijn kp-lijn-${nr + 1}" x1="0" x2="24" y1="8" y2="8"/>`
        : html`<rect width="24" height="16" ${vulling(id, nr)}/>`
    }</svg>${naam}</li>`,
)}</ul>`;

/** A chart with what belongs to it. */
export const figuur = (...delen: readonly Deel[]): Html => html`<div class="kp-figuur">${delen}</div>`;
