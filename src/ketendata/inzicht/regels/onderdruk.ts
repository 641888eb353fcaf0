/**
 * What may be published of all organisations together, and what must be withheld. Pure.
 *
 * Promise: whoever has everything that was ever published learns nothing of a cell that was withheld but that it was. Its true value can be any
 * other that is withheld too, and not one byte of what is published changes. What makes this so: whether a whole is published depends on
 * nothing but its own cells and on whether other wholes are; what is published of it is its own cells; and there is nothing else.
 */
import { GROEPEN, type Groep, type Kant } from './groepen.ts';

/** A cell with fewer than this is withheld; one with none is not a cell. */
export const MIN_AANTAL = 5;
/** On every side a cell comes from at least so many organisations. */
export const MIN_ORGANISATIES = 3;
/** Of which none has more than this part of it: then the cell would tell of that one. */
export const MAX_AANDEEL = 0.75;

/** What one organisation adds to a cell, seen from its side; the two sides count the same messages. */
export interface Inbreng {
  readonly kant: Kant;
  readonly organisatie: string;
  readonly berichtsoort: string;
  readonly release: string;
  readonly groep: string;
  readonly deel: string;
  readonly aantal: number;
  readonly som: number;
}

export interface Cel {
  readonly deel: string;
  readonly aantal: number;
  readonly som: number;
}

/** A whole in one block of weeks. */
export interface Geheel {
  readonly berichtsoort: string;
  readonly release: string;
  readonly groep: string;
  /** Every part, in the order of the groep; null: withheld. */
  readonly cellen: readonly Cel[] | null;
}

const optel = (rijen: readonly Inbreng[], wat: 'aantal' | 'som'): number =>
  rijen.reduce((som, rij) => som + rij[wat], 0);

/** Is this spread over enough organisations, none of which stands out? */
function gespreid(rijen: readonly Inbreng[], wat: 'aantal' | 'som'): boolean {
  if (rijen.every((rij) => rij[wat] === 0)) return true;
  const totaal = optel(rijen, wat);
  const perOrganisatie = [...Map.groupBy(rijen, ({ organisatie }) => organisatie).values()].map((van) =>
    optel(van, wat),
  );
  return (
    perOrganisatie.filter((deel) => deel !== 0).length >= MIN_ORGANISATIES &&
    perOrganisatie.every((deel) => Math.abs(deel) <= MAX_AANDEEL * Math.abs(totaal))
  );
}

/** May this cell be known? None at all may. */
export function magBekend(rijen: readonly Inbreng[], kanten: readonly Kant[]): boolean {
  return kanten.every((kant) => {
    const hier = rijen.filter((rij) => rij.kant === kant);
    const aantal = optel(hier, 'aantal');
    return aantal === 0
      ? rijen.length === 0
      : aantal >= MIN_AANTAL && gespreid(hier, 'aantal') && gespreid(hier, 'som');
  });
}

function oordeel({ naam, delen, kanten }: Groep, rijen: readonly Inbreng[]): readonly Cel[] | null {
  const cellen = delen.map((deel) => ({ deel, rijen: rijen.filter((rij) => rij.deel === deel && rij.groep === naam) }));
  if (!cellen.every((cel) => magBekend(cel.rijen, kanten))) return null;
  return cellen.map((cel) => {
    const eenKant = cel.rijen.filter(({ kant }) => kant === kanten[0]);
    return { deel: cel.deel, aantal: optel(eenKant, 'aantal'), som: optel(eenKant, 'som') };
  });
}

/**
 * Decides about one block of weeks in one domein.
 * @param inbreng what every organisation adds, on both sides; rows of nothing are passed over
 * @returns wholes that there are, published or withheld, in a fixed order; nothing of those that hang on one that is withheld
 */
export function publiceer(inbreng: readonly Inbreng[]): readonly Geheel[] {
  const iets = inbreng.filter(({ aantal, som }) => aantal !== 0 || som !== 0);
  const perSoort = Map.groupBy(iets, ({ berichtsoort, release }) => `${berichtsoort} ${release}`);
  return [...perSoort]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rijen]) => {
      const { berichtsoort, release } = rijen[0] as Inbreng;
      const perGroep = Map.groupBy(rijen, ({ groep }) => groep);
      const achter = new Set<string>();
      return GROEPEN.flatMap((groep): readonly Geheel[] => {
        // Of what hangs on a whole that is withheld, not even whether there is any.
        if (groep.na.some((naam) => achter.has(naam))) {
          achter.add(groep.naam);
          return [];
        }
        const hier = perGroep.get(groep.naam);
        if (!hier) return [];
        const cellen = oordeel(groep, hier);
        if (!cellen) achter.add(groep.naam);
        return [{ berichtsoort, release, groep: groep.naam, cellen }];
      });
    });
}
