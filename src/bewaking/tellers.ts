/**
 * Counters of the processes that nobody can scrape. What is counted goes to PostgreSQL every few seconds, added up over all processes and all
 * their lives, so it only ever grows. A process that is killed loses its last seconds: these are figures, not records.
 */
import type { Verbinding } from '../opslag/database.ts';

/** Per counter: what its help says, and its labels, all with few values. */
export const TELLERS = {
  verwerkt: { help: 'Berichten die een uitkomst kregen', labels: ['berichtsoort', 'uitkomst'] },
  beurten: { help: 'Beurten van banen', labels: ['uitslag'] },
  beurt_seconden: { help: 'Tijd die beurten samen duurden', labels: [] },
} as const satisfies Record<string, { readonly help: string; readonly labels: readonly string[] }>;
export type Teller = keyof typeof TELLERS;

export interface Telling {
  readonly naam: string;
  /** The values of its labels. */
  readonly reeks: readonly string[];
  readonly aantal: number;
}

const TUSSEN = ' ';

export class Tellers {
  #erbij = new Map<string, number>();

  /** @param reeks the values of the labels, in their order; none holds a space */
  tel(naam: Teller, reeks: readonly string[] = [], aantal = 1): void {
    const sleutel = [naam, ...reeks].join(TUSSEN);
    this.#erbij.set(sleutel, (this.#erbij.get(sleutel) ?? 0) + aantal);
  }

  /** Adds what was counted since the last time. What cannot be written is kept for the next time. */
  async schrijf(verbinding: Verbinding): Promise<void> {
    if (this.#erbij.size === 0) return;
    const erbij = this.#erbij;
    this.#erbij = new Map();
    // In one order everywhere: two processes that add to the same counters then wait for each other, and never in a circle.
    const rijen = [...erbij].sort(([een], [ander]) => (een < ander ? -1 : 1));
    const naam = (sleutel: string): string => sleutel.split(TUSSEN, 1)[0] ?? '';
    try {
      await verbinding.query({
        name: 'tellers-schrijf',
        text: `insert into telling as t (naam, reeks, aantal) select * from unnest($1::text[], $2::text[], $3::float8[])
          on conflict (naam, reeks) do update set aantal = t.aantal + excluded.aantal`,
        values: [
          rijen.map(([sleutel]) => naam(sleutel)),
          rijen.map(([sleutel]) => sleutel.slice(naam(sleutel).length + 1)),
          rijen.map(([, aantal]) => aantal),
        ],
      });
    } catch (fout) {
      for (const [sleutel, aantal] of erbij) this.#erbij.set(sleutel, (this.#erbij.get(sleutel) ?? 0) + aantal);
      throw fout;
    }
  }
}

/** All counters, of all processes together. */
export async function leesTellingen(verbinding: Verbinding): Promise<readonly Telling[]> {
  const { rows } = await verbinding.query<{ naam: string; reeks: string; aantal: number }>({
    name: 'tellers-lees',
    text: 'select naam, reeks, aantal from telling order by naam, reeks',
  });
  return rows.map(({ reeks, ...rij }) => ({ ...rij, reeks: reeks === '' ? [] : reeks.split(TUSSEN) }));
}
