/** Care that was allocated and is delivered: what a declaratie can be about. */
import type { Domein } from '../../standards/catalogus.ts';
import type { Inhoud } from '../../xml/structuur.ts';
import type { Persoon } from './personen.ts';
import { PRODUCTEN, type Product } from './producten.ts';
import type { Toeval } from './toeval.ts';

/** A toewijzing as both parties know it. */
export interface Toewijzing {
  readonly nummer: string;
  readonly product: Product;
  /** Of the Omvang, or the Budget in eurocents. */
  readonly volume: number;
  readonly ingang: string;
  readonly einde: string;
}

export interface Zorg {
  readonly persoon: Persoon;
  toewijzing: Toewijzing;
  readonly begin: string;
  /** Last day of delivery; null: as long as the toewijzing. */
  einde: string | null;
  /** From when on the gemeente knows that it started. */
  readonly bekend: number;
  /** Months, YYYY-MM, that were declared. */
  readonly gedeclareerd: Set<string>;
  /** In the unit of the toewijzing. */
  verbruikt: number;
}

export const laatsteDag = ({ einde, toewijzing }: Zorg): string =>
  einde !== null && einde < toewijzing.einde ? einde : toewijzing.einde;

/** As 301, 305 and 307 name it. */
export const productVan = ({ categorie, code }: Product): Inhoud => ({ Categorie: categorie, Code: code ?? undefined });

export const hoeveel = ({ code, eenheid, frequentie }: Product, volume: number): Inhoud =>
  code === null
    ? { Budget: String(volume) }
    : { Omvang: { Volume: String(volume), Eenheid: eenheid, Frequentie: frequentie } };

export function kiesProduct(toeval: Toeval, domein: Domein, metOmvang: boolean): Product {
  const lijst = PRODUCTEN[domein].filter(({ code }) => !metOmvang || code !== null);
  let rest = toeval.breuk() * lijst.reduce((som, { gewicht }) => som + gewicht, 0);
  const gekozen = lijst.find(({ gewicht }) => {
    rest -= gewicht;
    return rest < 0;
  });
  return gekozen ?? (lijst[0] as Product);
}
