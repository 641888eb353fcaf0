/** How a page is divided: cards, key figures, a timeline, something to unfold. */
import { type Deel, type Html, html } from '../html.ts';
import { kop, type Toon } from './tekst.ts';

export const kaart = (titel: Deel, ...inhoud: readonly Deel[]): Html =>
  html`<section class="kp-kaart">${kop(2, titel)}${inhoud}</section>`;

export const raster = (...vlakken: readonly Deel[]): Html => html`<div class="kp-raster">${vlakken}</div>`;

export interface Kerncijfer {
  readonly titel: Deel;
  readonly cijfer: Deel;
  /** What it means, or how it compares. */
  readonly uitleg?: Deel;
  readonly toon?: Toon;
  /** Where the figure comes from. */
  readonly pad?: string;
}

/** A few large figures beside each other. */
export const kerncijfers = (cijfers: readonly Kerncijfer[]): Html => html`
<ul class="kp-kerncijfers">${cijfers.map(
  ({ titel, cijfer, uitleg, toon, pad }) => html`<li class="kp-kerncijfer kp-kerncijfer--${toon ?? 'neutraal'}">
  <span class="kp-kerncijfer__titel">${pad ? html`<a class="nl-link" href="${pad}">${titel}</a>` : titel}</span>
  <span class="kp-kerncijfer__cijfer">${cijfer}</span>
  ${uitleg === undefined ? null : html`<span class="kp-kerncijfer__uitleg">${uitleg}</span>`}
</li>`,
)}</ul>`;

export interface Stap {
  readonly titel: Deel;
  readonly wanneer?: Deel;
  readonly tekst?: Deel;
  readonly toon?: Toon;
  /** Still to come. */
  readonly verwacht?: boolean;
}

export const tijdlijn = (stappen: readonly Stap[]): Html => html`
<ol class="kp-tijdlijn">${stappen.map(
  ({
    titel,
    wanneer,
    tekst,
    toon,
    verwacht,
  }) => html`<li class="kp-tijdlijn__stap kp-tijdlijn__stap--${toon ?? 'neutraal'}${verwacht ? ' kp-tijdlijn__stap--verwacht' : ''}">
  <p class="kp-tijdlijn__titel">${titel}</p>
  ${wanneer === undefined ? null : html`<p class="kp-tijdlijn__wanneer">${wanneer}</p>`}
  ${tekst === undefined ? null : html`<div class="kp-tijdlijn__tekst">${tekst}</div>`}
</li>`,
)}</ol>`;

export const uitklap = (titel: Deel, ...inhoud: readonly Deel[]): Html =>
  html`<details class="kp-uitklap"><summary>${titel}</summary><div class="kp-uitklap__inhoud">${inhoud}</div></details>`;

/** Pages that belong together, beside each other above the page. */
export const tabbladen = (
  label: string,
  huidig: string,
  bladen: readonly { readonly naam: string; readonly pad: string }[],
): Html => html`
<nav class="kp-tabs" aria-label="${label}"><ul>${bladen.map(
  ({ naam, pad }) => html`<li><a href="${pad}"${pad === huidig ? html` aria-current="page"` : null}>${naam}</a></li>`,
)}</ul></nav>`;
