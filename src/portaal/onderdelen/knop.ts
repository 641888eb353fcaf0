/** Buttons. An address that is followed is a link; a button changes something. */
import { type Deel, type Html, html } from '../html.ts';

export type Knopsoort = 'primary' | 'secondary' | 'subtle';
export interface Knopkeuze {
  readonly soort?: Knopsoort;
  /** What it does is hard to undo. */
  readonly gevaar?: boolean;
  readonly naam?: string;
  readonly waarde?: string;
  /** What is read aloud, when the words on it do not say enough by themselves (a button in a row of a table). */
  readonly label?: string;
}

const klasse = ({ soort = 'primary', gevaar }: Knopkeuze): string =>
  `nl-button nl-button--${soort}${gevaar ? ' nl-button--negative' : ''}`;

export const knop = (tekst: Deel, keuze: Knopkeuze = {}): Html =>
  html`<button type="submit" class="${klasse(keuze)}"${keuze.naam ? html` name="${keuze.naam}" value="${keuze.waarde ?? ''}"` : null}${keuze.label ? html` aria-label="${keuze.label}"` : null}>${tekst}</button>`;

/** A link that looks like a button, for the one thing to do next. */
export const knopVerwijzing = (pad: string, tekst: Deel, keuze: Knopkeuze = {}): Html =>
  html`<a class="${klasse(keuze)}" href="${pad}"${keuze.label ? html` aria-label="${keuze.label}"` : null}>${tekst}</a>`;

export const knoppen = (...delen: readonly Deel[]): Html => html`<div class="utrecht-button-group">${delen}</div>`;
