/**
 * Which besluit is an entitlement to Wlz care, told from its zorgzwaartepakketten. They are looked at here and kept nowhere.
 *
 * Partnerverblijf is the trap: it stands in the register of CIZ and is no entitlement. In March 2017 a naive match withdrew help in the home
 * from partners of residents. Sources: codelijsten COD163 (zzp), COD169 (soort) and COD998 (financiering) of iWlz.
 */
import type { GeenRecht, Opmerking } from './types.ts';

export interface Pakket {
  readonly zzpCode: string | undefined;
  readonly financiering: string | undefined;
}

/** What the besluit is to us: an entitlement, with what is worth counting, or none, and why. */
export type Recht =
  | { readonly geenRecht: GeenRecht; readonly opmerkingen?: never }
  | { readonly geenRecht?: never; readonly opmerkingen: readonly Opmerking[] };

/** zzpCode without leading zeros → why that package gives no entitlement. */
const CODES_ZONDER_RECHT: Readonly<Record<string, GeenRecht>> = { 999: 'partnerverblijf', 997: 'alleenVoorCak' };
const FINANCIERING_ZONDER_RECHT: ReadonlySet<string> = new Set(['3', '4']);
/** Wlz-indiceerbaar: the group of art. 11.1.1 lid 3 Wlz, for whom Wmo 2.3.5 lid 6 does not apply. */
const CODE_OVERGANG = '996';
const FINANCIERING_OVERGANG = '2';
const OUDE_CODES: ReadonlySet<string> = new Set(['190', '191']);
const SOORT_JEUGD = '2';

const kaal = (code: string | undefined): string => (code ?? '').trim().replace(/^0+/, '');

function zonderRecht({ zzpCode, financiering }: Pakket): GeenRecht | undefined {
  const code = CODES_ZONDER_RECHT[kaal(zzpCode)];
  if (code) return code;
  return FINANCIERING_ZONDER_RECHT.has(kaal(financiering)) ? 'nietWlzGefinancierd' : undefined;
}

/**
 * @param pakketten of the besluit; one that gives an entitlement is enough
 * @param soort COD169
 */
export function rechtVan(pakketten: readonly Pakket[], soort: string | undefined): Recht {
  const redenen = new Set(pakketten.map(zonderRecht));
  if (pakketten.length > 0 && !redenen.has(undefined)) {
    const [reden = 'gemengd', ...meer] = redenen;
    return { geenRecht: meer.length > 0 ? 'gemengd' : reden };
  }
  const telt = pakketten.filter((pakket) => zonderRecht(pakket) === undefined);
  const opmerkingen: Opmerking[] = [];
  if (telt.length === 0) opmerkingen.push('zonderPakket');
  if (telt.some((p) => kaal(p.zzpCode) === CODE_OVERGANG || kaal(p.financiering) === FINANCIERING_OVERGANG))
    opmerkingen.push('overgangsgroep');
  if (telt.some(({ zzpCode }) => OUDE_CODES.has(kaal(zzpCode)))) opmerkingen.push('oudePakketcode');
  if (kaal(soort) === SOORT_JEUGD) opmerkingen.push('jeugd');
  return { opmerkingen };
}
