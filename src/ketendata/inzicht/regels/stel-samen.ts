/** From rows to figures: splits them, works out every indicator, and holds the two periods against each other. Pure. */
import type { Indicator } from './indicator.ts';
import { bereken, metingenVan, type Telling } from './maat.ts';
import { richtingVan, type Splitsing, type Uitkomst } from './vraag.ts';
import { maandVan } from './weken.ts';

/** A row of ketencijfer, summed over what was not asked for; `deel` is what it was split by. */
export interface Rij extends Telling {
  readonly deel: string | null;
}

/** From what the database groups by to what the user sees as one part; what has no part is left out of a split. */
const DEEL_VAN: Partial<Readonly<Record<Splitsing, (deel: string) => string | undefined>>> = {
  maand: maandVan,
  richting: richtingVan,
};

type Delen = ReadonlyMap<string | null, readonly Telling[]>;

function verdeel(rijen: readonly Rij[], splitsing: Splitsing | undefined): Delen {
  if (splitsing === undefined) return new Map([[null, rijen]]);
  const naar = DEEL_VAN[splitsing] ?? ((deel: string) => deel);
  const perDeel = Map.groupBy(rijen, (rij) => (splitsing === 'code' ? rij.sleutel : naar(rij.deel ?? '')));
  perDeel.delete(undefined);
  return perDeel as Delen;
}

export interface Perioden {
  readonly nu: readonly Rij[];
  /** undefined: nothing to hold it against. */
  readonly toen: readonly Rij[] | undefined;
}

/**
 * @param vandaag on which day things are overdue or not; the same for both periods: what is late now
 * @returns per indicator its figure, or when split one for each part that has rows, in the order of the parts
 */
export function stelSamen(
  indicatoren: readonly Indicator[],
  { nu, toen }: Perioden,
  splitsing: Splitsing | undefined,
  vandaag: string,
): readonly Uitkomst[] {
  const nuPer = verdeel(nu, splitsing);
  const toenPer = toen && verdeel(toen, splitsing);
  return indicatoren.flatMap(({ id, maat }) => {
    const metingen = metingenVan(maat);
    const raakt = (delen: Delen | undefined): readonly (string | null)[] =>
      [...(delen ?? [])].filter(([, van]) => van.some(({ meting }) => metingen.includes(meting))).map(([deel]) => deel);
    // Weeks and months of the other period have other names: there is nothing to hold them against.
    const apart = splitsing === 'week' || splitsing === 'maand';
    const delen = splitsing === undefined ? [null] : [...new Set([...raakt(nuPer), ...(apart ? [] : raakt(toenPer))])];
    return delen
      .toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
      .map((deel): Uitkomst => {
        const cijfer = bereken(maat, nuPer.get(deel) ?? [], vandaag);
        const ander = toenPer && !apart ? { vergelijking: bereken(maat, toenPer.get(deel) ?? [], vandaag) } : {};
        return { indicator: id, deel, ...cijfer, ...ander };
      });
  });
}
