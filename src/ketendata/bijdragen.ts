/**
 * Contributions as they are kept per subject, and what changes in the figures when they do. Pure.
 *
 * The text of the same contributions is always the same, so that most subjects that are looked at again are seen to be unchanged at once.
 */
import type { Bijdrage, Plaats } from './types.ts';

/** Where cells are put together by; no field holds this character. */
const SCHEIDING = '\u0001';

type Groep = readonly [
  week: string,
  domein: string,
  gemeente: string,
  aanbieder: string,
  berichtsoort: string,
  release: string,
  cijfers: readonly (readonly [meting: string, sleutel: string, aantal: number, som: number])[],
];
interface Bewaard {
  readonly g: readonly Groep[];
  readonly s?: readonly string[];
}

const groepVan = ({ week, domein, gemeente, aanbieder, berichtsoort, release }: Bijdrage): string =>
  [week, domein, gemeente, aanbieder, berichtsoort, release].join(SCHEIDING);
const opTekst =
  <T>(tekst: (waarde: T) => string) =>
  (een: T, ander: T) => {
    const [a, b] = [tekst(een), tekst(ander)];
    return a < b ? -1 : Number(a > b);
  };

/** @returns the text to keep; '' when there is nothing to keep */
export function schrijfBijdragen(bijdragen: readonly Bijdrage[]): string {
  const groepen: Groep[] = [];
  for (const [, groep] of [...Map.groupBy(bijdragen, groepVan)].sort(opTekst(([sleutel]) => sleutel))) {
    const cijfers = new Map<string, [string, string, number, number]>();
    for (const { meting, sleutel, aantal, som } of groep) {
      const hier = cijfers.get(meting + SCHEIDING + sleutel);
      if (hier) {
        hier[2] += aantal;
        hier[3] += som;
      } else cijfers.set(meting + SCHEIDING + sleutel, [meting, sleutel, aantal, som]);
    }
    const echt = [...cijfers.values()].filter(([, , aantal, som]) => aantal !== 0 || som !== 0);
    const { week, domein, gemeente, aanbieder, berichtsoort, release } = groep[0] as Bijdrage;
    echt.sort(opTekst(([meting, sleutel]) => meting + SCHEIDING + sleutel));
    if (echt.length > 0) groepen.push([week, domein, gemeente, aanbieder, berichtsoort, release, echt]);
  }
  const steun = [...new Set(bijdragen.flatMap(({ steuntOp = [] }) => steuntOp))].sort();
  if (groepen.length === 0 && steun.length === 0) return '';
  return JSON.stringify({ g: groepen, ...(steun.length > 0 && { s: steun }) } satisfies Bewaard);
}

/** What a text says: the contributions, and the messages that they rest on. */
export interface Gelezen {
  readonly bijdragen: readonly Bijdrage[];
  readonly steuntOp: readonly string[];
}

export function leesBijdragen(tekst: string): Gelezen {
  if (tekst === '') return { bijdragen: [], steuntOp: [] };
  const { g, s = [] } = JSON.parse(tekst) as Bewaard;
  const bijdragen = g.flatMap(([week, domein, gemeente, aanbieder, berichtsoort, release, cijfers]) =>
    cijfers.map(([meting, sleutel, aantal, som]) => ({
      ...{ week, domein, gemeente, aanbieder, berichtsoort, release },
      ...{ meting, sleutel, aantal, som },
    })),
  );
  return { bijdragen, steuntOp: s };
}

/** A cell, and by how much it changes. */
export interface Celwijziging extends Plaats {
  aantal: number;
  som: number;
}

/** Is this one of the levels that are looked at? */
export type Niveaukeuze = (gemeente: string, aanbieder: string) => boolean;

/** Adds up contributions at their levels. */
export class Celwijzigingen {
  readonly #cellen = new Map<string, Celwijziging>();
  readonly #kies: Niveaukeuze;

  constructor(kies: Niveaukeuze = () => true) {
    this.#kies = kies;
  }

  /** @param teken 1: they count from now on; -1: no longer */
  tel(bijdragen: readonly Bijdrage[], teken: 1 | -1): void {
    // Who has no gemeente, or no aanbieder, has fewer levels: none is counted twice.
    for (const bijdrage of bijdragen)
      for (const gemeente of new Set([bijdrage.gemeente, '']))
        for (const aanbieder of new Set([bijdrage.aanbieder, '']))
          this.telCel({ ...bijdrage, gemeente, aanbieder }, teken);
  }

  /** Of one level only. */
  telCel(bijdrage: Bijdrage, teken: 1 | -1): void {
    const { week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel, aantal, som } = bijdrage;
    if (!this.#kies(gemeente, aanbieder)) return;
    const cel = [gemeente, aanbieder, domein, week, meting, berichtsoort, release, sleutel].join(SCHEIDING);
    const hier = this.#cellen.get(cel);
    if (hier) {
      hier.aantal += teken * aantal;
      hier.som += teken * som;
      return;
    }
    const plaats = { week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel };
    this.#cellen.set(cel, { ...plaats, aantal: teken * aantal, som: teken * som });
  }

  /** What changes, in the order of the key of the table. */
  wijzigingen(): readonly Celwijziging[] {
    return [...this.#cellen]
      .filter(([, { aantal, som }]) => aantal !== 0 || som !== 0)
      .sort(opTekst(([cel]) => cel))
      .map(([, cel]) => cel);
  }
}
