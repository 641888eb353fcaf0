/** What later messages did to earlier ones, gathered, so that a rebuild can go through the facts once. Pure. */
import { prestatiesleutel, type Wijzigingen } from '../dossier.ts';
import { perTabel, type Rij, type Rijen } from './rijen.ts';

/** A masked value as the facts have it. */
const hex = (waarde: unknown): string => String(waarde).slice('\\x'.length);

export class Gevolgen {
  readonly #vergeten = new Set<number>();
  readonly #besloten = new Map<number, ReadonlySet<string>>();

  /** Of two decisions on one declaratie, the one that is put in last counts. */
  neem({ vergeten, besloten }: Pick<Wijzigingen, 'vergeten' | 'besloten'>): void {
    for (const volgorde of vergeten) this.#vergeten.add(volgorde);
    for (const { volgorde, afgewezen } of besloten) this.#besloten.set(volgorde, afgewezen);
  }

  #besluit(rij: Rij): Rij {
    const afgewezen = this.#besloten.get(rij.volgorde);
    if (!afgewezen) return rij;
    const vorig = rij.vorig === null ? null : hex(rij.vorig);
    const sleutel = prestatiesleutel({ persoon: hex(rij.persoon), kenmerk: hex(rij.kenmerk), vorig });
    return { ...rij, stand: afgewezen.has(sleutel) ? 'afgewezen' : 'toegekend' };
  }

  /** @returns what is left of these rows */
  pasToe(rijen: Rijen): Rijen {
    return perTabel((tabel) => {
      const over = rijen[tabel].filter(({ volgorde }) => !this.#vergeten.has(volgorde));
      return tabel === 'prestatie' ? over.map((rij) => this.#besluit(rij)) : over;
    });
  }
}
