/** The national figures: worked out from what was published and from nothing else. Pure. */
import { GROEPEN } from './groepen.ts';
import type { Indicator } from './indicator.ts';
import { aandeel, type Cijfer } from './maat.ts';
import type { Geheel } from './onderdruk.ts';
import { type Filter, richtingVan, type Splitsing, type Uitkomst } from './vraag.ts';

/** A whole as it was published, with where it belongs. */
export interface Gepubliceerd extends Geheel {
  readonly domein: string;
  /** The Monday that its block begins with. */
  readonly blok: string;
}

/** By what national figures can be split. A week is the block of four that it begins. */
const DEEL_VAN: Partial<Readonly<Record<Splitsing, (geheel: Gepubliceerd) => string | undefined>>> = {
  week: ({ blok }) => blok,
  domein: ({ domein }) => domein,
  berichtsoort: ({ berichtsoort }) => berichtsoort,
  richting: ({ berichtsoort }) => richtingVan(berichtsoort),
  release: ({ release }) => release,
};
export const LANDELIJKE_SPLITSINGEN = Object.keys(DEEL_VAN) as readonly Splitsing[];

const GEHEEL_VAN_EEN = new Map(GROEPEN.map(({ naam, delen }) => [naam, delen.length === 1]));

function cijferVan({ landelijk, eenheid }: Indicator, gehelen: readonly Gepubliceerd[]): Cijfer {
  const cellen = gehelen.flatMap(({ cellen }) => cellen ?? []);
  if (!landelijk || cellen.length === 0) return { waarde: null, teller: null, noemer: null };
  const som = (welke: typeof cellen): number =>
    welke.reduce((totaal, cel) => totaal + (landelijk.som ? cel.som : cel.aantal), 0);
  const teller = som(cellen.filter(({ deel }) => landelijk.teller.includes(deel)));
  if (eenheid !== 'aandeel' || GEHEEL_VAN_EEN.get(landelijk.groep))
    return { waarde: teller, teller: null, noemer: null };
  return aandeel(teller, som(cellen));
}

const onderdruktVan = (gehelen: readonly Gepubliceerd[]): number =>
  gehelen.filter(({ cellen }) => cellen === null).length;

/** Does a whole fit what was asked for? */
export const pastBij =
  ({ domeinen, berichtsoorten, releases }: Filter) =>
  ({ domein, berichtsoort, release }: Gepubliceerd): boolean =>
    domeinen.some((naam) => naam === domein) &&
    (berichtsoorten?.includes(berichtsoort) ?? true) &&
    (releases?.includes(release) ?? true);

/**
 * @param nu published wholes of the period; @param toen of the other period; undefined: nothing to hold it against
 * @returns figures, with how many wholes of each are withheld: those do not count in it
 */
export function landelijkeCijfers(
  indicatoren: readonly Indicator[],
  nu: readonly Gepubliceerd[],
  toen: readonly Gepubliceerd[] | undefined,
  splitsing: Splitsing | undefined,
): readonly Uitkomst[] {
  const deelVan = splitsing === undefined ? () => null : (DEEL_VAN[splitsing] ?? (() => undefined));
  return indicatoren.flatMap((indicator) => {
    const hoort = ({ groep }: Gepubliceerd): boolean => groep === indicator.landelijk?.groep;
    const nuPer = Map.groupBy(nu.filter(hoort), deelVan);
    const toenPer = splitsing === 'week' ? undefined : toen && Map.groupBy(toen.filter(hoort), deelVan);
    const delen = splitsing === undefined ? [null] : [...new Set([...nuPer.keys(), ...(toenPer?.keys() ?? [])])];
    return delen
      .filter((deel) => deel !== undefined)
      .toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
      .map((deel): Uitkomst => {
        const gehelen = nuPer.get(deel) ?? [];
        const ander = toenPer ? { vergelijking: cijferVan(indicator, toenPer.get(deel) ?? []) } : {};
        return {
          indicator: indicator.id,
          deel,
          ...cijferVan(indicator, gehelen),
          ...ander,
          onderdrukt: onderdruktVan(gehelen),
        };
      });
  });
}
