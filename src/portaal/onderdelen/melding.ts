/** Alerts: something the reader must know now. */
import { type Deel, type Html, html } from '../html.ts';

export type Meldingsoort = 'info' | 'ok' | 'warning' | 'error';
const TEKEN: Readonly<Record<Meldingsoort, string>> = { info: 'i', ok: '✓', warning: '!', error: '!' };
const WOORD: Readonly<Record<Meldingsoort, string>> = {
  info: 'Ter informatie',
  ok: 'Gelukt',
  warning: 'Let op',
  error: 'Fout',
};

/**
 * @param titel one line
 * @param tekst more, when one line does not say it all
 * @param meteen it appears because of what the reader just did: then it is read aloud at once
 */
export const melding = (soort: Meldingsoort, titel: Deel, tekst?: Deel, meteen = false): Html => html`
<div class="utrecht-alert utrecht-alert--${soort}"${meteen ? html` role="${soort === 'error' ? 'alert' : 'status'}" tabindex="-1" data-focus` : null}>
  <span class="kp-melding__teken kp-melding__teken--${soort}" aria-hidden="true">${TEKEN[soort]}</span>
  <div class="utrecht-alert__content"><div class="utrecht-alert__message">
    <p class="nl-paragraph kp-melding__titel"><span class="kp-voorgelezen">${WOORD[soort]}: </span>${titel}</p>
    ${tekst === undefined || tekst === null ? null : html`<div class="kp-melding__tekst">${tekst}</div>`}
  </div></div>
</div>`;

/** There is nothing to show, and that is good or bad: say which, and what to do. */
export const leeg = (titel: Deel, tekst?: Deel, actie?: Html): Html => html`
<div class="kp-leeg">
  <p class="kp-leeg__titel">${titel}</p>
  ${tekst === undefined ? null : html`<p class="nl-paragraph kp-zacht">${tekst}</p>`}
  ${actie ?? null}
</div>`;
