/** Simulated time: on which days and hours organisations work. Moments are epoch milliseconds. */
import { type Kalender, plusDagen } from '../../koppeling/kalender.ts';
import { beginVanDag, datum } from '../../tijd.ts';
import type { Toeval } from './toeval.ts';
import type { Ophaalwijze } from './types.ts';

export const MINUUT = 60_000;
export const UUR = 60 * MINUUT;
export const DAG = 24 * UUR;

export class Klok {
  readonly van: number;
  readonly tot: number;
  readonly kalender: Kalender;
  readonly #begin = new Map<string, number>();

  /** @param eersteDag and @param laatsteDag of the simulated time */
  constructor(kalender: Kalender, eersteDag: string, laatsteDag: string) {
    this.kalender = kalender;
    this.van = beginVanDag(eersteDag).getTime();
    this.tot = beginVanDag(plusDagen(laatsteDag, 1)).getTime();
  }

  beginVan(dag: string): number {
    const bekend = this.#begin.get(dag) ?? beginVanDag(dag).getTime();
    this.#begin.set(dag, bekend);
    return bekend;
  }

  dagVan(moment: number): string {
    return datum(new Date(moment));
  }

  isWerkdag(moment: number): boolean {
    return this.kalender.isWerkdag(this.dagVan(moment));
  }

  /** A moment of that day: in office hours, or now and then in the evening. */
  opDag(dag: string, toeval: Toeval): number {
    const avond = toeval.kans(0.05);
    const minuut = avond
      ? toeval.geheel(18 * 60, 22 * 60)
      : Math.round(450 + 600 * ((toeval.breuk() + toeval.breuk()) / 2));
    return this.beginVan(dag) + minuut * MINUUT + toeval.geheel(0, 59_999);
  }

  /** So many working days after a moment, at some time of that day; 0 is the same day, an hour or more later. */
  naWerkdagen(moment: number, aantal: number, toeval: Toeval): number {
    if (aantal === 0) return moment + toeval.geheel(20, 200) * MINUUT;
    return this.opDag(this.kalender.naWerkdagen(this.dagVan(moment), aantal), toeval);
  }

  /** When a receiver that works like this has what was delivered at that moment. */
  ophaling(wijze: Ophaalwijze, bezorgd: number, toeval: Toeval): number {
    if (wijze.soort === 'systeem') return bezorgd + toeval.geheel(5000, wijze.minuten * MINUUT);
    const opUur = (dag: string): number => this.beginVan(dag) + wijze.uur * UUR + toeval.geheel(0, 25 * MINUUT);
    for (let dag = this.dagVan(bezorgd); ; dag = plusDagen(dag, 1)) {
      const past =
        wijze.soort === 'dagelijks' ? this.kalender.isWerkdag(dag) : new Date(`${dag}T12:00:00Z`).getUTCDay() === 1;
      const moment = past ? opUur(dag) : 0;
      if (moment > bezorgd) return moment;
    }
  }
}
