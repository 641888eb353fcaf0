/** Counts what happens to the rows of a delivery: per reason, and the places of the first that were rejected. */
import type { Telstand } from './leveringen.ts';
import type { Afkeuring, Rij, Tellers } from './regels/types.ts';
import type { Dubbel } from './schaduw.ts';

/** Whoever must repair more than these rows, repairs what makes them. */
const MAX_AFKEURINGEN = 1000;

export class Telling {
  #gelezen = 0;
  #afgekeurd = 0;
  readonly #per: Readonly<Record<keyof Tellers, Record<string, number>>> = {
    afgekeurd: {},
    geenRecht: {},
    opgemerkt: {},
  };
  readonly #afkeuringen: Afkeuring[] = [];

  get gelezen(): number {
    return this.#gelezen;
  }

  get afgekeurd(): number {
    return this.#afgekeurd;
  }

  tel(rijen: readonly Rij[]): void {
    for (const rij of rijen) {
      this.#gelezen += 1;
      if (rij.soort === 'indicatie') for (const opmerking of rij.opmerkingen) this.#hoog('opgemerkt', opmerking, 1);
      else if (rij.soort === 'weg') {
        if (rij.reden) this.#hoog('geenRecht', rij.reden, 1);
      } else {
        this.#afgekeurd += 1;
        this.#hoog('afgekeurd', rij.reden, 1);
        if (this.#afkeuringen.length < MAX_AFKEURINGEN) this.#afkeuringen.push({ regel: rij.regel, reden: rij.reden });
      }
    }
  }

  telDubbel({ dubbel, dubbelMetVerschil }: Dubbel): void {
    if (dubbel > 0) this.#hoog('opgemerkt', 'dubbel', dubbel);
    if (dubbelMetVerschil > 0) this.#hoog('opgemerkt', 'dubbelMetVerschil', dubbelMetVerschil);
  }

  stand(): Telstand {
    return { gelezen: this.#gelezen, tellers: structuredClone(this.#per), afkeuringen: [...this.#afkeuringen] };
  }

  #hoog(soort: keyof Tellers, reden: string, aantal: number): void {
    this.#per[soort][reden] = (this.#per[soort][reden] ?? 0) + aantal;
  }
}
