/** Where the tables are not what the messages say. Pure: rows in, differences out, and of those only tables, counts and places. */
import { plekVan, type Rij, type Rijen, TABELLEN, type Tabel } from '../opslag/rijen.ts';

export interface Verschil {
  /** 'baan': what is known of the lane as a whole. */
  readonly tabel: Tabel | 'baan';
  /** Rows that should be there and are not; that are there and should not be; that say something else. */
  readonly ontbreekt: number;
  readonly teVeel: number;
  readonly anders: number;
  /** Place in the lane, and after a dot in its message; some of them. */
  readonly plekken: readonly string[];
}

const MAX_PLEKKEN = 10;

const kolommen = (een: Rij, ander: Rij): readonly string[] => [
  ...new Set([...Object.keys(een), ...Object.keys(ander)]),
];
const gelijk = (een: Rij, ander: Rij): boolean =>
  kolommen(een, ander).every((kolom) => (een[kolom] ?? null) === (ander[kolom] ?? null));

export class Verschillen {
  readonly #per = new Map<Verschil['tabel'], Verschil>();

  get lijst(): readonly Verschil[] {
    return [...this.#per.values()];
  }

  get aantal(): number {
    return this.lijst.reduce((som, { ontbreekt, teVeel, anders }) => som + ontbreekt + teVeel + anders, 0);
  }

  noteer(tabel: Verschil['tabel'], soort: 'ontbreekt' | 'teVeel' | 'anders', plek: string): void {
    const nu = this.#per.get(tabel) ?? { tabel, ontbreekt: 0, teVeel: 0, anders: 0, plekken: [] };
    const plekken = nu.plekken.length < MAX_PLEKKEN ? [...nu.plekken, plek] : nu.plekken;
    this.#per.set(tabel, { ...nu, [soort]: nu[soort] + 1, plekken });
  }

  /**
   * Holds rows of some places against each other.
   * @returns the places in the lane where they differ
   */
  vergelijk(verwacht: Rijen, gevonden: Rijen): readonly number[] {
    const anders = new Set<number>();
    for (const tabel of TABELLEN) {
      const over = new Map(gevonden[tabel].map((rij) => [plekVan(rij), rij]));
      for (const rij of verwacht[tabel]) {
        const plek = plekVan(rij);
        const hier = over.get(plek);
        over.delete(plek);
        if (hier && gelijk(rij, hier)) continue;
        this.noteer(tabel, hier ? 'anders' : 'ontbreekt', plek);
        anders.add(rij.volgorde);
      }
      for (const [plek, { volgorde }] of over) {
        this.noteer(tabel, 'teVeel', plek);
        anders.add(volgorde);
      }
    }
    return [...anders];
  }
}
