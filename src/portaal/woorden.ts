/** What states, steps and soorten are called on a page. */
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { type Bezorging, type Toestand, VERVALMELDING } from '../toestanden.ts';
import { SIGNAALSOORT } from '../wlz-samenloop/signalen/regels/types.ts';
import type { Html } from './html.ts';
import { merk, type Toon } from './onderdelen/tekst.ts';

const EIGEN: Readonly<Record<string, string>> = {
  Fo01: 'Foutbericht',
  [SIGNAALSOORT]: 'Wlz-signaal',
  [VERVALMELDING]: 'Vervalmelding',
};

/** Declaratie, Toewijzing retour, Foutbericht */
export const naamVanSoort = (code: string): string => berichtsoortVanCode(code)?.naam ?? EIGEN[code] ?? code;
/** Declaratie (WMO323) */
export const soortVoluit = (code: string): string =>
  berichtsoortVanCode(code) ? `${naamVanSoort(code)} (${code})` : naamVanSoort(code);

export const DOMEINNAAM: Readonly<Record<string, string>> = { iwmo: 'Wmo', ijw: 'Jeugdwet' };

/** Gemeente Amsterdam (0363); the code alone when the name is not known. */
export const organisatie = (code: string, namen: ReadonlyMap<string, string>): string => {
  if (code === 'knooppunt') return 'het knooppunt';
  const naam = namen.get(code);
  return naam ? `${naam} (${code})` : code;
};

const STATUS: Readonly<Record<Toestand, readonly [string, Toon]>> = {
  ontvangen: ['Wordt gecontroleerd', 'info'],
  verwerkt: ['Goedgekeurd', 'goed'],
  afgekeurd: ['Afgekeurd', 'fout'],
};
const BEZORGING: Readonly<Record<Bezorging, readonly [string, Toon]>> = {
  te_bezorgen: ['Ligt klaar', 'info'],
  opgehaald: ['Opgehaald', 'info'],
  bevestigd: ['Ontvangen', 'goed'],
  onbestelbaar: ['Niet te bezorgen', 'fout'],
  vervallen: ['Vervallen', 'let-op'],
};

/** One badge that says where a message stands: refused, or how far its delivery is. */
export function standmerk(status: Toestand, bezorging: Bezorging | null): Html {
  const [woord, toon] = status === 'verwerkt' && bezorging ? BEZORGING[bezorging] : STATUS[status];
  return merk(woord, toon);
}

export const STATUSWOORDEN: readonly (readonly [Toestand, string])[] = [
  ['ontvangen', STATUS.ontvangen[0]],
  ['verwerkt', STATUS.verwerkt[0]],
  ['afgekeurd', STATUS.afgekeurd[0]],
];
export const bezorgwoord = (bezorging: Bezorging): readonly [string, Toon] => BEZORGING[bezorging];

/** Steps of track & trace (verwerking/stappen.ts) as one reads them. */
const STAPPEN: Readonly<Record<string, readonly [string, Toon]>> = {
  ontvangen: ['Aangeleverd', 'neutraal'],
  opgesteld: ['Opgesteld', 'neutraal'],
  verwerkt: ['Gecontroleerd en goedgekeurd', 'goed'],
  afgekeurd: ['Gecontroleerd en afgekeurd', 'fout'],
  'in postbus': ['In de postbus van de ontvanger gelegd', 'goed'],
  opgehaald: ['Opgehaald door de ontvanger', 'neutraal'],
  aangeboden: ['Aangeboden aan het systeem van de ontvanger, niet aangekomen', 'let-op'],
  onbestelbaar: ['Niet te bezorgen bij het systeem van de ontvanger', 'fout'],
  bevestigd: ['Ontvangst bevestigd', 'goed'],
};
export const stapwoord = (stap: string): readonly [string, Toon] => STAPPEN[stap] ?? [stap, 'neutraal'];

/** What is expected next (koppeling/stap.ts). */
export const VERWACHT: Readonly<Record<string, string>> = {
  verwerken: 'Controleren door het knooppunt',
  ophalen: 'Ophalen door de ontvanger',
  bevestigen: 'Ontvangst bevestigen door de ontvanger',
  beantwoorden: 'Beantwoorden',
};

export const NIVEAUS: Readonly<Record<number, string>> = {
  0: 'envelop',
  1: 'vorm van het bericht (XSD)',
  2: 'regels binnen het bericht',
  3: 'regels over eerdere berichten',
  4: 'vergelijking met lijsten en registers',
};
