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

/** On an axis: whole numbers as everywhere, and only of millions a word. The title says of what. */
const MILJOENEN = new Intl.NumberFormat('nl-NL', { notation: 'compact', maximumFractionDigits: 1 });
const asgetal = (waarde: number): string => (waarde < 1_000_000 ? getal(waarde) : MILJOENEN.format(waarde));
export const asschrijver = ({ eenheid }: Indicator): ((waarde: number) => string) => {
  if (eenheid === 'aandeel') return procent;
  return (waarde) => asgetal(eenheid === 'geld' ? waarde / 100 : waarde);
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

/** Below this a share of a count says less than the count. */
const KLEIN = 50;
/** From so many times on nobody reads a percentage. */
const VEELVOUD = 3;

/** The size of a difference: of a share in percentage points, of time and of small counts in itself, of anything else as a part of what it was. */
function grootte(indicator: Indicator, waarde: number, toen: number): string {
  const { eenheid } = indicator;
  const hoger = waarde > toen;
  const af = Math.abs(waarde - toen);
  if (eenheid === 'aandeel') return `${getal(af * 100)} procentpunt ${hoger ? 'hoger' : 'lager'}`;
  if (eenheid === 'tijd' || eenheid === 'dagen' || eenheid === 'werkdagen')
    return `${schrijver(indicator)(af)} ${hoger ? 'langer' : 'korter'}`;
  if (eenheid === 'aantal' && Math.max(waarde, toen) < KLEIN) return `${getal(af)} ${hoger ? 'meer' : 'minder'}`;
  if (toen <= 0) return hoger ? 'meer' : 'minder';
  if (waarde / toen >= VEELVOUD) return `ruim ${getal(Math.floor(waarde / toen))} keer zo veel`;
  return `${procent(af / toen)} ${hoger ? 'meer' : 'minder'}`;
}

/** How a figure compares. */
export function verschil(indicator: Indicator, { waarde, vergelijking }: Uitkomst): Verschil | undefined {
  const toen = vergelijking?.waarde;
  if (waarde === null || toen === null || toen === undefined) return undefined;
  if (waarde === toen) return { tekst: `gelijk gebleven`, toon: 'neutraal' };
  const af = Math.abs(waarde - toen);
  const relatief = indicator.eenheid === 'aandeel' ? af : toen === 0 ? 1 : af / Math.abs(toen);
  const merkbaar = relatief >= MERKBAAR && indicator.beter !== null;
  const richting = waarde > toen ? 'meer' : 'minder';
  return {
    tekst: `${grootte(indicator, waarde, toen)} (was ${schrijver(indicator)(toen)})`,
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
