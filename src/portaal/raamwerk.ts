/** Around every page: the document, the header with the menu, what was just done, the footer. */
import { type Html, html } from './html.ts';
import { menuVoor, sectieVan } from './menu.ts';
import { melding } from './onderdelen/melding.ts';
import { kop, verwijzing } from './onderdelen/tekst.ts';
import type { Melding, Scherm, Sessie } from './pagina.ts';

export const THEMAS = ['systeem', 'licht', 'donker'] as const;
export type Thema = (typeof THEMAS)[number];

export interface Omlijsting {
  /** Whole path with its query, to come back to. */
  readonly adres: string;
  readonly sessie: Sessie | undefined;
  readonly melding: Melding | undefined;
  readonly thema: Thema;
  readonly demo: boolean;
  /** Address of a file in web/. */
  readonly middel: (naam: string) => string;
}

function menu(sessie: Sessie, pad: string): Html {
  const huidig = sectieVan(pad);
  const punten = menuVoor(sessie.gebruiker).map(
    (punt) =>
      html`<li><a class="kp-menu__punt" href="${punt.pad}"${punt.pad === huidig ? html` aria-current="${punt.pad === pad ? 'page' : 'true'}"` : null}>${punt.naam}</a></li>`,
  );
  return html`<nav class="utrecht-nav-bar kp-menu" aria-label="Hoofdmenu"><details class="kp-menu__schuif"><summary>Menu</summary><ul>${punten}</ul></details><ul class="kp-menu__balk">${punten}</ul></nav>`;
}

const wie = ({ gebruiker, csrf }: Sessie): Html => html`
<div class="kp-wie">
  <p class="kp-wie__naam"><a class="nl-link" href="/portaal/mijn-gegevens">${gebruiker.naam}</a><span class="kp-wie__organisatie">${gebruiker.organisatienaam}</span></p>
  <form method="post" action="/portaal/afmelden"><input type="hidden" name="_csrf" value="${csrf}"><button class="nl-button nl-button--subtle kp-wie__uit" type="submit">Uitloggen</button></form>
</div>`;

const kopbalk = ({ sessie, demo, adres }: Omlijsting): Html => html`
<header class="utrecht-page-header kp-kopbalk">
  ${demo ? html`<p class="kp-demo">Demonstratie: alle personen en berichten zijn verzonnen.</p>` : null}
  <div class="utrecht-page-header__content kp-kopbalk__inhoud">
    <a class="kp-merknaam" href="/portaal"><span class="kp-merknaam__teken" aria-hidden="true"></span>Knooppunt</a>
    ${sessie ? wie(sessie) : null}
  </div>
  ${sessie ? menu(sessie, adres.split('?', 1)[0] ?? adres) : null}
</header>`;

const themakeuze = ({ thema, adres }: Omlijsting): Html => html`
<form class="kp-themakeuze" method="get" action="/portaal/weergave"><input type="hidden" name="terug" value="${adres}">
<fieldset><legend>Kleuren</legend>${THEMAS.map(
  (naam) =>
    html`<button type="submit" name="thema" value="${naam}" aria-pressed="${naam === thema ? 'true' : 'false'}">${naam === 'systeem' ? 'als mijn apparaat' : naam}</button>`,
)}</fieldset></form>`;

const voet = (omlijsting: Omlijsting): Html => html`
<footer class="utrecht-page-footer kp-voet"><div class="utrecht-page-footer__content kp-voet__inhoud">
  <ul class="kp-voet__lijst"><li>${verwijzing('/portaal/toegankelijkheid', 'Toegankelijkheid')}</li><li>${verwijzing('/portaal/privacy', 'Privacy')}</li><li>${verwijzing('/portaal/over', 'Over Knooppunt')}</li></ul>
  ${themakeuze(omlijsting)}
</div></footer>`;

const kruimelpad = (kruimels: NonNullable<Scherm['kruimels']>, titel: string): Html => html`
<nav class="utrecht-breadcrumb-nav" aria-label="Kruimelpad"><ol class="utrecht-breadcrumb-nav__list utrecht-breadcrumb-nav__list--html-ol">
${kruimels.map(({ naam, pad }) => html`<li class="utrecht-breadcrumb-nav__item"><a class="utrecht-breadcrumb-nav__link nl-link" href="${pad}">${naam}</a></li>`)}
<li class="utrecht-breadcrumb-nav__item" aria-current="page">${titel}</li></ol></nav>`;

/** @returns the whole document */
export function schrijfDocument(scherm: Scherm, omlijsting: Omlijsting): string {
  const { titel, inhoud, kruimels, scripts = [], breed } = scherm;
  const { melding: gedaan, thema, middel } = omlijsting;
  return html`<!doctype html>
<html lang="nl"${thema === 'systeem' ? null : html` data-thema="${thema}"`}>
<head>
<meta charset="utf-8">
<title>${titel} · Knooppunt</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${thema === 'donker' ? 'dark' : thema === 'licht' ? 'light' : 'light dark'}">
<link rel="stylesheet" href="${middel('stijl.css')}">
<link rel="icon" type="image/svg+xml" href="${middel('teken.svg')}">
${['portaal.js', ...scripts].map((naam) => html`<script type="module" src="${middel(naam)}"></script>`)}
</head>
<body class="kp-document">
<a class="nl-skip-link nl-skip-link--visible-on-focus" href="#inhoud">Direct naar de inhoud</a>
${kopbalk(omlijsting)}
<main id="inhoud" class="kp-inhoud${breed ? ' kp-inhoud--breed' : ''}" tabindex="-1">
${kruimels && kruimels.length > 0 ? kruimelpad(kruimels, titel) : null}
${kop(1, titel)}
${gedaan ? melding(gedaan.soort === 'ok' ? 'ok' : 'error', gedaan.tekst, undefined, true) : null}
${inhoud}
</main>
${voet(omlijsting)}
</body>
</html>`.toString();
}
