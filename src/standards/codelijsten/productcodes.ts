/** The product codes that gemeente and aanbieder work with, and the category each belongs to (TR381). Not part of the norm: configured. */
import type { Domein } from '../catalogus.ts';
import type { Geldigheid } from './geldigheid.ts';

export interface Productcode extends Geldigheid {
  readonly categorie: string;
}

/** Domein → product code → the categories it fits, with their days. A domein without any code has no list. */
export type Productcodelijst = Readonly<Record<Domein, Readonly<Record<string, readonly Productcode[]>>>>;

/** Counted once: a declaratie asks it for every prestatie. */
const gevuld = new WeakMap<object, boolean>();

/** Does the list say anything about this domein? */
export function heeftCodes(lijst: Productcodelijst, domein: Domein): boolean {
  const codes = lijst[domein];
  const bekend = gevuld.get(codes);
  if (bekend !== undefined) return bekend;
  const nieuw = Object.keys(codes).length > 0;
  gevuld.set(codes, nieuw);
  return nieuw;
}

const GEEN: readonly Productcode[] = [];

/** @returns the categories that a code fits, on whatever day; none when the list does not have it */
export const categorieen = (lijst: Productcodelijst, domein: Domein, code: string): readonly Productcode[] =>
  (Object.hasOwn(lijst[domein], code) ? lijst[domein][code] : undefined) ?? GEEN;
