/** What is allocated in simulated lives: products of both standards, with the amounts that are usual for them. */
import type { Domein } from '../../standards/catalogus.ts';

export interface Product {
  readonly categorie: string;
  /** null: allocated as a budget, without a code. */
  readonly code: string | null;
  readonly eenheid: '01' | '04' | '14' | '16' | '83' | '84';
  /** Per week (2), per month (4). */
  readonly frequentie: '2' | '4';
  /** Least and most volume of a toewijzing; of a budget, in eurocents. */
  readonly volume: readonly [number, number];
  /** Eurocents per unit; of a budget none. */
  readonly tarief: number | null;
  /** How often it is chosen, against the others. */
  readonly gewicht: number;
}

export const PRODUCTEN: Readonly<Record<Domein, readonly Product[]>> = {
  iwmo: [
    { categorie: '01', code: '01A03', eenheid: '04', frequentie: '2', volume: [2, 5], tarief: 3480, gewicht: 6 },
    { categorie: '02', code: '02A05', eenheid: '04', frequentie: '2', volume: [1, 6], tarief: 6250, gewicht: 5 },
    { categorie: '07', code: '07A11', eenheid: '16', frequentie: '2', volume: [2, 8], tarief: 4520, gewicht: 3 },
    { categorie: '08', code: '08A03', eenheid: '84', frequentie: '2', volume: [2, 8], tarief: 1145, gewicht: 2 },
    { categorie: '15', code: '15A01', eenheid: '14', frequentie: '2', volume: [7, 7], tarief: 11_890, gewicht: 1 },
  ],
  ijw: [
    { categorie: '45', code: '45A04', eenheid: '01', frequentie: '4', volume: [240, 960], tarief: 168, gewicht: 6 },
    { categorie: '50', code: '50A12', eenheid: '16', frequentie: '2', volume: [2, 6], tarief: 9840, gewicht: 2 },
    { categorie: '44', code: '44A10', eenheid: '14', frequentie: '2', volume: [7, 7], tarief: 21_350, gewicht: 1 },
    {
      categorie: '54',
      code: null,
      eenheid: '83',
      frequentie: '4',
      volume: [250_000, 900_000],
      tarief: null,
      gewicht: 3,
    },
  ],
};
