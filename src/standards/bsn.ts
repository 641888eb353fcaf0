/** What can be told of a burgerservicenummer by looking at it. */

/** Test BSNs of the chain test environment: the only ones the demo accepts (IB015). */
const EERSTE_TEST_BSN = 999_900_006;
const LAATSTE_TEST_BSN = 999_999_990;
const NEGEN_CIJFERS = /^[0-9]{9}$/;
/** Passes the elfproef, and is nobody. */
const NIEMAND = '000000000';

/** What each of the nine digits of a bsn counts for; the sum is a multiple of eleven (CS002). */
const GEWICHTEN = [9, 8, 7, 6, 5, 4, 3, 2, -1] as const;

/** @param bsn nine digits */
export function voldoetAanElfproef(bsn: string): boolean {
  let som = 0;
  for (const [plaats, gewicht] of GEWICHTEN.entries()) som += gewicht * Number(bsn[plaats]);
  return som % 11 === 0;
}

/** Can this be somebody's burgerservicenummer? */
export const isBsn = (tekst: string): boolean =>
  NEGEN_CIJFERS.test(tekst) && tekst !== NIEMAND && voldoetAanElfproef(tekst);

/** Is this one of the numbers that the demo accepts? */
export const isTestBsn = (bsn: string): boolean =>
  NEGEN_CIJFERS.test(bsn) && Number(bsn) >= EERSTE_TEST_BSN && Number(bsn) <= LAATSTE_TEST_BSN;
