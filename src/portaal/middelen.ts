/** Styles and scripts of the portal: read once, named after their bytes, and then kept by the browser for good. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { afdruk } from './koppen.ts';

const WEB = new URL('./web/', import.meta.url);

/** NL Design System first, in the order of its own layers; then our tokens and what we add. */
const STIJLEN = [
  ...['heading', 'paragraph', 'link', 'button', 'data-badge', 'number-badge', 'skip-link', 'code', 'mark'].map(
    (naam) => `@nl-design-system-candidate/${naam}-css/${naam}.css`,
  ),
  ...[
    ...['alert', 'breadcrumb-nav', 'button-group', 'checkbox', 'data-list', 'form-field', 'form-field-description'],
    ...['form-field-error-message', 'form-fieldset', 'form-label', 'nav-bar', 'page-header', 'page-footer'],
    ...['pagination', 'radio-button', 'select', 'table', 'textarea', 'textbox'],
  ].map((naam) => `@utrecht/${naam}-css/dist/index.css`),
];
const EIGEN = ['tokens.css', 'thema.css', 'raamwerk.css', 'onderdelen.css', 'beheer.css', 'grafiek.css'];

interface Bestand {
  readonly pad: string;
  readonly type: string;
  readonly bytes: Buffer;
}

function maakBestand(naam: string, type: string, inhoud: string): readonly [string, Bestand] {
  const bytes = Buffer.from(inhoud);
  const punt = naam.lastIndexOf('.');
  return [naam, { pad: `/portaal/web/${naam.slice(0, punt)}.${afdruk(bytes)}${naam.slice(punt)}`, type, bytes }];
}

const pakket = (adres: string): string =>
  readFileSync(fileURLToPath(import.meta.resolve(adres)), 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\//g, '');
const eigen = (naam: string): string => readFileSync(new URL(naam, WEB), 'utf8');

function leesMiddelen(): ReadonlyMap<string, Bestand> {
  const namen = readdirSync(WEB);
  const stijl = [...STIJLEN.map(pakket), ...EIGEN.filter((naam) => namen.includes(naam)).map(eigen)].join('\n');
  return new Map([
    maakBestand('stijl.css', 'text/css; charset=utf-8', stijl),
    ...namen
      .filter((naam) => naam.endsWith('.js'))
      .map((naam) => maakBestand(naam, 'text/javascript; charset=utf-8', eigen(naam))),
    ...namen
      .filter((naam) => naam.endsWith('.svg'))
      .map((naam) => maakBestand(naam, 'image/svg+xml; charset=utf-8', eigen(naam))),
  ]);
}

export interface Middelen {
  /** Address of a file in web/ (or of stijl.css), with the print of its bytes in it. */
  adres(naam: string): string;
  readonly router: Router;
}

/** @throws when a style of a package is not where it should be: then the portal has no face */
export function maakMiddelen(): Middelen {
  const bestanden = leesMiddelen();
  const opPad = new Map([...bestanden.values()].map((bestand) => [bestand.pad, bestand]));
  const router = Router();
  router.get('/web/:naam', (req, res, next) => {
    const bestand = opPad.get(`/portaal/web/${req.params.naam}`);
    if (!bestand) return next();
    res.set('Cache-Control', 'public, max-age=31536000, immutable').type(bestand.type).send(bestand.bytes);
  });
  return {
    router,
    adres(naam) {
      const bestand = bestanden.get(naam);
      if (!bestand) throw new Error(`no file ${naam} in the portal`);
      return bestand.pad;
    },
  };
}
