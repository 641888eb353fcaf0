/** May this delivery become the register? Half a delivery, or one out of order, would tell gemeenten that indications ended. Pure. */
import { KnooppuntFout } from '../../../fouten.ts';
import type { Manifest } from './types.ts';

/** What the operator can let pass, by name and with a reason. Never a client. */
export const TOE_TE_STAAN = ['gat', 'krimp', 'afgekeurd'] as const;
export type Toegestaan = (typeof TOE_TE_STAAN)[number];

/** What the register is now. */
export interface Registerstand {
  readonly volgnummer: number;
  readonly peilmoment: Date;
  readonly aantal: number;
}

/** Clocks differ a little. A peilmoment far ahead would keep the register from ever being too old. */
const SPELING_MS = 5 * 60_000;

/** Is this the very delivery that was processed under its number? Then there is nothing to do. */
export const isHerhaling = (a: Manifest, b: Manifest | undefined): boolean =>
  b !== undefined &&
  a.volgnummer === b.volgnummer &&
  a.sha256 === b.sha256 &&
  a.soort === b.soort &&
  a.aantal === b.aantal &&
  +a.peilmoment === +b.peilmoment;

export interface Aanbod {
  readonly manifest: Manifest;
  /** undefined: there is no register yet. */
  readonly stand: Registerstand | undefined;
  readonly nu: Date;
  readonly toegestaan: ReadonlySet<Toegestaan>;
}

/**
 * Judges a delivery, no repetition, before its rows are read.
 * @throws KnooppuntFout wlzPeilmomentOngeldig, wlzVolgnummerGebruikt or wlzVolgordeOnderbroken
 */
export function laatToe({ manifest, stand, nu, toegestaan }: Aanbod): void {
  const { soort, volgnummer, vorigVolgnummer, peilmoment } = manifest;
  if (+peilmoment > +nu + SPELING_MS) throw new KnooppuntFout('wlzPeilmomentOngeldig', 'Het ligt in de toekomst.');
  if (!stand) {
    if (soort === 'VOLLEDIG') return;
    throw new KnooppuntFout('wlzVolgordeOnderbroken', 'Er is nog geen register: begin met een volledige levering.');
  }
  if (volgnummer <= stand.volgnummer) throw new KnooppuntFout('wlzVolgnummerGebruikt');
  if (peilmoment < stand.peilmoment)
    throw new KnooppuntFout('wlzPeilmomentOngeldig', 'Het ligt voor dat van het register.');
  // A full delivery heals a gap, but then somebody must have looked at it; mutations after a gap never make sense.
  const magGat = soort === 'VOLLEDIG' && toegestaan.has('gat');
  if (vorigVolgnummer !== stand.volgnummer && !magGat)
    throw new KnooppuntFout('wlzVolgordeOnderbroken', `Het register is levering ${stand.volgnummer}.`);
}

export interface Omvang {
  /** Indications before; undefined: there was no register. */
  readonly voor: number | undefined;
  readonly na: number;
  readonly maxProcent: number;
  readonly toegestaan: ReadonlySet<Toegestaan>;
}

/** @throws KnooppuntFout wlzKrimp when the register would lose more than the allowed part, or be empty */
export function eisOmvang({ voor, na, maxProcent, toegestaan }: Omvang): void {
  if (toegestaan.has('krimp')) return;
  if (na === 0) throw new KnooppuntFout('wlzKrimp', 'Het register zou leeg zijn.');
  if (voor !== undefined && na * 100 < voor * (100 - maxProcent))
    throw new KnooppuntFout(
      'wlzKrimp',
      `Het zou van ${voor} naar ${na} indicaties gaan; toegestaan is ${maxProcent} %.`,
    );
}

/** @throws KnooppuntFout wlzTeVeelAfgekeurd when more rows are rejected than the allowed part */
export function eisLeesbaar(
  afgekeurd: number,
  aantal: number,
  maxProcent: number,
  toegestaan: ReadonlySet<Toegestaan>,
): void {
  if (!toegestaan.has('afgekeurd') && afgekeurd * 100 > aantal * maxProcent)
    throw new KnooppuntFout('wlzTeVeelAfgekeurd', `Het zijn er ${afgekeurd} van ${aantal}.`);
}
