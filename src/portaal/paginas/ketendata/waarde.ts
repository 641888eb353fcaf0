/** Figures as people read them: the value in its unit, how it compares, and what it is when it is not there. */
import type { Eenheid, Indicator } from '../../../ketendata/inzicht/regels/indicator.ts';
import type { Uitkomst } from '../../../ketendata/inzicht/regels/vraag.ts';
import { type Weken, weeknummer, zondagVan } from '../../../ketendata/inzicht/regels/weken.ts';
import type { Toon } from '../../onderdelen.ts';
import { aantal, datumKort, datumLang, getal, omvang, procent } from '../../opmaak.ts';

const SECONDE_MS = 1000;
const HONDERDSTE_MS = 10;
const FIJN = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 2 });
const TIJDEN = [
  { ms: 86_400_000, een: 'dag', meer: 'dagen' },
  { ms: 3_600_000, een: 'uur', meer: 'uur' },
  { ms: 60_000, een: 'minuut', meer: 'minuten' },
  { ms: SECONDE_MS, een: 'seconde', meer: 'seconden' },
] as const;

function duur(ms: number): string {
  const maat = TIJDEN.find((een) => ms >= een.ms);
  if (maat) return aantal(Math.round((ms / maat.ms) * 10) / 10, maat.een, maat.meer);
  return ms < HONDERDSTE_MS ? 'minder dan 0,01 seconde' : `${FIJN.format(ms / SECONDE_MS)} seconde`;
}

/** Of sums like these nobody looks at the cents. */
const EURO = new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

const SCHRIJF: Readonly<Record<Eenheid, (waarde: number) => string>> = {
  aantal: getal,
  aandeel: procent,
  bytes: omvang,
  geld: (centen) => EURO.format(centen / 100),
  tijd: duur,
  dagen: (waarde) => aantal(waarde, 'dag', 'dagen'),
  werkdagen: (waarde) => aantal(waarde, 'werkdag', 'werkdagen'),
};
export const schrijver = ({ eenheid }: Indicator): ((waarde: number) => string) => SCHRIJF[eenheid];

/** On an axis there is no room for words. */
const KORT = new Intl.NumberFormat('nl-NL', { notation: 'compact', maximumFractionDigits: 1 });
export const asschrijver = ({ eenheid }: Indicator): ((waarde: number) => string) => {
  if (eenheid === 'aandeel') return procent;
  return (waarde) => KORT.format(eenheid === 'geld' ? waarde / 100 : waarde);
};

/** What stands where there is no figure. */
export const ONBEKEND = '–';
export const TE_WEINIG = 'te weinig gegevens';

export function waardeTekst(indicator: Indicator, waarde: number | null | undefined, landelijk = false): string {
  if (waarde === null || waarde === undefined) return landelijk ? TE_WEINIG : ONBEKEND;
  return schrijver(indicator)(waarde);
}

/** From here on a difference is worth a colour. */
const MERKBAAR = 0.02;

export interface Verschil {
  readonly tekst: string;
  readonly toon: Toon;
}

/** How a figure compares: of a share in percentage points, of anything else as a part of what it was. */
export function verschil(indicator: Indicator, { waarde, vergelijking }: Uitkomst): Verschil | undefined {
  const toen = vergelijking?.waarde;
  if (waarde === null || toen === null || toen === undefined) return undefined;
  const was = `was ${schrijver(indicator)(toen)}`;
  if (waarde === toen) return { tekst: `gelijk gebleven`, toon: 'neutraal' };
  const isAandeel = indicator.eenheid === 'aandeel';
  const relatief = isAandeel ? waarde - toen : toen === 0 ? 1 : (waarde - toen) / Math.abs(toen);
  const richting = waarde > toen ? 'meer' : 'minder';
  const grootte = isAandeel
    ? `${getal(Math.abs(relatief) * 100)} procentpunt ${waarde > toen ? 'hoger' : 'lager'}`
    : toen === 0
      ? 'meer'
      : `${procent(Math.abs(relatief))} ${richting}`;
  const merkbaar = Math.abs(relatief) >= MERKBAAR && indicator.beter !== null;
  return {
    tekst: `${grootte} (${was})`,
    toon: !merkbaar ? 'neutraal' : richting === indicator.beter ? 'goed' : 'let-op',
  };
}

/** week 23 */
export const weekKort = (maandag: string): string => `wk ${weeknummer(maandag).week}`;
/** week 23 van 2026 */
export const weekLang = (maandag: string): string => {
  const { jaar, week } = weeknummer(maandag);
  return `week ${week} van ${jaar}`;
};
/** maandag 1 juni tot en met zondag 28 juni 2026 */
export const periodeTekst = ({ eerste, laatste }: Weken): string =>
  `${datumLang(eerste)} tot en met ${datumLang(zondagVan(laatste))}`;
export const periodeKort = ({ eerste, laatste }: Weken): string =>
  `${datumKort(eerste)} – ${datumKort(zondagVan(laatste))}`;
