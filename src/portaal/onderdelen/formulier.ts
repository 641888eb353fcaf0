/** Forms: each field with its label, what is expected, and what is wrong with it. */
import { alsWaar, type Deel, type Html, html } from '../html.ts';
import type { Sessie, Veldfouten } from '../pagina.ts';
import { melding } from './melding.ts';

/** What a form shows again after it was refused. */
export interface Ingevuld {
  readonly veldfouten?: Veldfouten;
  readonly ingevuld?: Readonly<Record<string, string>>;
}

export interface Veld extends Ingevuld {
  readonly naam: string;
  readonly label: string;
  readonly uitleg?: Deel;
  readonly waarde?: string | undefined;
  readonly verplicht?: boolean;
}

export interface Tekstveld extends Veld {
  readonly type?: 'text' | 'date' | 'datetime-local' | 'email' | 'search' | 'url' | 'number';
  readonly autocomplete?: string;
  /** Width in characters. */
  readonly breedte?: number;
  readonly maxlengte?: number;
  readonly inputmode?: 'numeric';
}

export interface Keuze {
  readonly waarde: string;
  readonly tekst: string;
  readonly uitleg?: string;
}

const waardeVan = ({ naam, waarde, ingevuld }: Veld): string => ingevuld?.[naam] ?? waarde ?? '';
const foutVan = ({ naam, veldfouten }: Veld): string | undefined => veldfouten?.get(naam);

function omlijsting(veld: Veld, invoer: Html, id: string): Html {
  const fout = foutVan(veld);
  return html`
<div class="utrecht-form-field utrecht-form-field--text${fout ? ' utrecht-form-field--invalid' : ''}">
  <div class="utrecht-form-field__label"><label class="utrecht-form-label" for="${id}">${veld.label}${veld.verplicht ? null : html` <span class="kp-zacht">(niet verplicht)</span>`}</label></div>
  ${veld.uitleg === undefined ? null : html`<div class="utrecht-form-field-description" id="${id}-uitleg">${veld.uitleg}</div>`}
  ${fout === undefined ? null : html`<div class="utrecht-form-field-error-message" id="${id}-fout"><span aria-hidden="true">⚠ </span>${fout}</div>`}
  <div class="utrecht-form-field__input">${invoer}</div>
</div>`;
}

function verwijzingen(veld: Veld, id: string): Html {
  const fout = foutVan(veld) !== undefined;
  const delen = [...(veld.uitleg === undefined ? [] : [`${id}-uitleg`]), ...(fout ? [`${id}-fout`] : [])];
  return html`${delen.length > 0 ? html` aria-describedby="${delen.join(' ')}"` : null}${fout ? html` aria-invalid="true"` : null}${alsWaar('required', veld.verplicht === true)}`;
}

const idVan = ({ naam }: Veld): string => `veld-${naam}`;

export function tekstveld(veld: Tekstveld): Html {
  const id = idVan(veld);
  const invoer = html`<input class="utrecht-textbox utrecht-textbox--html-input" id="${id}" name="${veld.naam}" type="${veld.type ?? 'text'}" value="${waardeVan(veld)}" autocomplete="${veld.autocomplete ?? 'off'}"${veld.breedte ? html` size="${veld.breedte}" data-breedte` : null}${veld.maxlengte ? html` maxlength="${veld.maxlengte}"` : null}${veld.inputmode ? html` inputmode="${veld.inputmode}"` : null}${verwijzingen(veld, id)}>`;
  return omlijsting(veld, invoer, id);
}

export function tekstvak(veld: Veld & { readonly regels?: number }): Html {
  const id = idVan(veld);
  return omlijsting(
    veld,
    html`<textarea class="utrecht-textarea utrecht-textarea--html-textarea" id="${id}" name="${veld.naam}" rows="${veld.regels ?? 3}"${verwijzingen(veld, id)}>${waardeVan(veld)}</textarea>`,
    id,
  );
}

/** @param leegste text of the first choice, with the empty value; undefined: there is none */
export function keuzelijst(veld: Veld & { readonly keuzes: readonly Keuze[]; readonly leegste?: string }): Html {
  const id = idVan(veld);
  const nu = waardeVan(veld);
  const optie = (waarde: string, tekst: string): Html =>
    html`<option value="${waarde}"${alsWaar('selected', waarde === nu)}>${tekst}</option>`;
  return omlijsting(
    veld,
    html`<select class="utrecht-select utrecht-select--html-select" id="${id}" name="${veld.naam}"${verwijzingen(veld, id)}>${veld.leegste === undefined ? null : optie('', veld.leegste)}${veld.keuzes.map(({ waarde, tekst }) => optie(waarde, tekst))}</select>`,
    id,
  );
}

/** A file, or more of them. */
export function bestandsveld(veld: Veld & { readonly meer?: boolean; readonly soorten?: string }): Html {
  const id = idVan(veld);
  return omlijsting(
    veld,
    html`<input class="kp-bestand" id="${id}" name="${veld.naam}" type="file"${alsWaar('multiple', veld.meer === true)}${veld.soorten ? html` accept="${veld.soorten}"` : null}${verwijzingen(veld, id)}><p class="kp-bestand__tip kp-zacht">U kunt ook slepen: laat ${veld.meer ? 'uw bestanden' : 'uw bestand'} los op dit vak.</p>`,
    id,
  );
}

/** One or more of a few, all in sight. */
export function keuzes(
  veld: Veld & {
    readonly soort: 'radio' | 'checkbox';
    readonly keuzes: readonly Keuze[];
    readonly gekozen?: readonly string[];
  },
): Html {
  const id = idVan(veld);
  const fout = foutVan(veld);
  const nu = veld.gekozen ?? [waardeVan(veld)];
  const klasse =
    veld.soort === 'radio'
      ? 'utrecht-radio-button utrecht-radio-button--html-input'
      : 'utrecht-checkbox utrecht-checkbox--html-input';
  return html`
<div class="utrecht-form-fieldset utrecht-form-fieldset--html-div${fout ? ' utrecht-form-fieldset--invalid' : ''}"><fieldset class="utrecht-form-fieldset__fieldset utrecht-form-fieldset__fieldset--html-fieldset" id="${id}"${fout === undefined ? null : html` aria-describedby="${id}-fout"`}>
  <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">${veld.label}</legend>
  ${veld.uitleg === undefined ? null : html`<div class="utrecht-form-field-description">${veld.uitleg}</div>`}
  ${fout === undefined ? null : html`<div class="utrecht-form-field-error-message" id="${id}-fout"><span aria-hidden="true">⚠ </span>${fout}</div>`}
  ${veld.keuzes.map(
    ({ waarde, tekst, uitleg }, nr) => html`<div class="kp-keuze">
    <input class="${klasse}" type="${veld.soort}" id="${id}-${nr}" name="${veld.naam}" value="${waarde}"${alsWaar('checked', nu.includes(waarde))}${uitleg ? html` aria-describedby="${id}-${nr}-uitleg"` : null}>
    <label class="utrecht-form-label utrecht-form-label--${veld.soort}" for="${id}-${nr}">${tekst}</label>
    ${uitleg ? html`<div class="utrecht-form-field-description kp-keuze__uitleg" id="${id}-${nr}-uitleg">${uitleg}</div>` : null}
  </div>`,
  )}
</fieldset></div>`;
}

export interface Formulierkeuze {
  /** Whole path; default the page itself. */
  readonly naar?: string;
  readonly sessie: Pick<Sessie, 'csrf'>;
  /** multipart/form-data; the token is its first field. */
  readonly bestanden?: boolean;
  readonly klasse?: string;
}

/** A form that changes something: POST, with the token that says it was our own page that was filled in. */
export const formulier = ({ naar, sessie, bestanden, klasse }: Formulierkeuze, ...inhoud: readonly Deel[]): Html =>
  html`<form method="post"${naar === undefined ? null : html` action="${naar}"`}${bestanden ? html` enctype="multipart/form-data"` : null} class="kp-formulier ${klasse ?? ''}"><input type="hidden" name="_csrf" value="${sessie.csrf}">${inhoud}</form>`;

/** A form that only looks: GET, so its answer has an address of its own. The browser holds nothing back: an empty field asks for everything. */
export const zoekformulier = (naar: string, ...inhoud: readonly Deel[]): Html =>
  html`<form method="get" action="${naar}" class="kp-filter" role="search" novalidate>${inhoud}</form>`;

/** At the top of a form that was refused: what is wrong, each with a link to its field. */
export const foutenoverzicht = (fouten: Veldfouten): Html | null =>
  fouten.size === 0
    ? null
    : melding(
        'error',
        fouten.size === 1 ? 'Eén antwoord klopt nog niet' : `${fouten.size} antwoorden kloppen nog niet`,
        html`<ul class="kp-lijst">${[...fouten].map(([veld, tekst]) => html`<li><a class="nl-link" href="#veld-${veld}">${tekst}</a></li>`)}</ul>`,
        true,
      );
