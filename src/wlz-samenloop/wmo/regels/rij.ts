/** May this row of a gemeente be compared with the Wlz register? Only the Wmo may (Wmo 5.2.5 lid 3); the Jeugdwet may not. Pure. */
import { z } from 'zod';
import { isBsn, isTestBsn } from '../../../standards/bsn.ts';
import { type Afwijzing, type RuweRij, type Voorziening, WMO_STATUSSEN, type WmoStatus } from './types.ts';

/** WMO020 has categories 01 to 18; those of the Jeugdwet (JZ020) have other numbers. */
const WMO_CATEGORIE = /^(0[1-9]|1[0-8])$/;
const DATUM = z.iso.date();
/** How systems that must fill an end date write that there is none. */
const EEUWIG = '9999-12-31';

const leeg = (tekst: string | undefined): tekst is undefined | '' => tekst === undefined || tekst === '';
const past = (vorm: RegExp, tekst: string | undefined): boolean => leeg(tekst) || vorm.test(tekst);
const datumOf = (tekst: string | undefined): string | null | undefined => {
  if (leeg(tekst) || tekst === EEUWIG) return null;
  // PostgreSQL and this project know the same days from year 1 on; nobody has had a voorziening that long.
  return DATUM.safeParse(tekst).success && tekst > '1900' ? tekst : undefined;
};

const BEZWAREN: readonly (readonly [Afwijzing, (rij: RuweRij, alleenTest: boolean) => boolean])[] = [
  ['bsnOngeldig', ({ bsn = '' }) => !isBsn(bsn)],
  ['bsnGeenTest', ({ bsn = '' }, alleenTest) => alleenTest && !isTestBsn(bsn)],
  ['geenWmo', ({ domein, productcategorie }) => !past(/^i?wmo$/i, domein) || !past(WMO_CATEGORIE, productcategorie)],
  ['voorzieningIdOngeldig', ({ voorzieningId }) => !past(/^[^\p{C}\s]{1,40}$/u, voorzieningId)],
  ['statusOngeldig', ({ status }) => !leeg(status) && !(WMO_STATUSSEN as readonly string[]).includes(status)],
  ['datumOngeldig', (rij) => datumOf(rij.ingangsdatum) === undefined || datumOf(rij.einddatum) === undefined],
  [
    'eindeVoorBegin',
    (rij) => {
      const [vanaf, tot] = [datumOf(rij.ingangsdatum), datumOf(rij.einddatum)];
      return typeof vanaf === 'string' && typeof tot === 'string' && tot < vanaf;
    },
  ],
  ['productcodeOngeldig', ({ productcode }) => !past(/^[^\p{C}\s]{1,5}$/u, productcode)],
  ['agbOngeldig', ({ agbAanbieder }) => !past(/^[0-9]{8}$/, agbAanbieder)],
];

/**
 * @param rij a row as it was read; without a status it runs
 * @param alleenTest take no BSN that can be of a person
 * @returns the voorziening, or the first reason against it
 */
export function keurRij(
  rij: RuweRij,
  alleenTest: boolean,
): { readonly voorziening: Voorziening } | { readonly afwijzing: Afwijzing } {
  const bezwaar = BEZWAREN.find(([, tegen]) => tegen(rij, alleenTest));
  if (bezwaar) return { afwijzing: bezwaar[0] };
  return {
    voorziening: {
      bsn: rij.bsn ?? '',
      voorzieningId: rij.voorzieningId ?? '',
      status: (rij.status || 'LOPEND') as WmoStatus,
      vanaf: datumOf(rij.ingangsdatum) ?? null,
      tot: datumOf(rij.einddatum) ?? null,
      productcategorie: rij.productcategorie || null,
      productcode: rij.productcode || null,
      agb: rij.agbAanbieder || null,
    },
  };
}
