/** The tariffs that a gemeente agreed, as far as it imported them (TR418, TR346). */

import type { Verbinding } from '../../opslag/database.ts';
import { vergelijk } from '../../standards/datum.ts';
import type { Tarieven } from '../te-schouwen.ts';

/** Whose tariffs, for which products. */
export interface Tariefvraag {
  readonly gemeente: string;
  readonly domein: string;
  readonly aanbieder: string;
  readonly productcodes: readonly string[];
}

interface Rij {
  readonly aanbieder: string | null;
  readonly productcode: string;
  readonly eenheid: string;
  readonly tarief: number;
  readonly vanaf: string;
  readonly tot: string | null;
}

const LEES = {
  name: 'tarief-lees',
  text: `
select aanbieder, productcode, eenheid, tarief, vanaf, tot from tarief
where gemeente = $1 and domein = $2 and productcode = any ($3::text[]) and (aanbieder is null or aanbieder = $4)`,
};

/** @returns undefined when the list says nothing of these products */
export async function leesTarieven(
  verbinding: Verbinding,
  { gemeente, domein, aanbieder, productcodes }: Tariefvraag,
): Promise<Tarieven | undefined> {
  const { rows } = await verbinding.query<Rij>({ ...LEES, values: [gemeente, domein, productcodes, aanbieder] });
  if (rows.length === 0) return undefined;
  const perProduct = Map.groupBy(rows, ({ productcode, eenheid }) => `${productcode} ${eenheid}`);
  return {
    tarievenOp(productcode, eenheid, dag) {
      const geldig = (perProduct.get(`${productcode} ${eenheid}`) ?? []).filter(
        ({ vanaf, tot }) => vergelijk(vanaf, dag) <= 0 && (tot === null || vergelijk(dag, tot) <= 0),
      );
      // What was agreed with this aanbieder goes before what holds for everybody.
      const eigen = geldig.filter((rij) => rij.aanbieder !== null);
      return (eigen.length > 0 ? eigen : geldig).map(({ tarief }) => tarief);
    },
  };
}
