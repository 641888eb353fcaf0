/**
 * Who may go now. Receivers stand in a row: whoever was served goes to the end of it, so a receiver with much post delays nobody. Places
 * are limited, and those that failed last time share a small part of them: however many receivers hang, the others keep the rest.
 */

export interface Plaatsen {
  /** Attempts under way at the same time. */
  readonly totaal: number;
  /** Of those, at most so many with receivers whose last attempt failed. */
  readonly verdacht: number;
  /** Of one receiver. */
  readonly perOntvanger: number;
}

interface Wachtend {
  readonly naam: string;
  readonly verdacht: boolean;
}

export class Rij {
  readonly #plaatsen: Plaatsen;
  #wachtend: Wachtend[] = [];
  /** Those whose last attempt here failed. */
  readonly #gezakt = new Set<string>();
  #bezet = 0;
  #verdacht = 0;
  readonly #perOntvanger = new Map<string, number>();

  constructor(plaatsen: Plaatsen) {
    this.#plaatsen = plaatsen;
  }

  /** At the end of the row, unless it stands there. @param verdacht by what is known elsewhere; what was told here counts too */
  sluitAan(naam: string, verdacht: boolean): void {
    if (!this.#wachtend.some((ander) => ander.naam === naam))
      this.#wachtend.push({ naam, verdacht: verdacht || this.#gezakt.has(naam) });
  }

  /**
   * How its last attempt ended. It may stand in the row already for its next message, put there before this was known; and who puts it
   * there next may have looked before that too.
   */
  onthoud(naam: string, gezakt: boolean): void {
    if (!gezakt) return void this.#gezakt.delete(naam);
    this.#gezakt.add(naam);
    this.#wachtend = this.#wachtend.map((ander) => (ander.naam === naam ? { naam, verdacht: true } : ander));
  }

  #mag({ naam, verdacht }: Wachtend): boolean {
    if ((this.#perOntvanger.get(naam) ?? 0) >= this.#plaatsen.perOntvanger) return false;
    return !verdacht || this.#verdacht < this.#plaatsen.verdacht;
  }

  /**
   * Gives a place to the first that may have one.
   * @returns who it is, and how it gives its place back; undefined when nobody may go
   */
  volgende(): { readonly naam: string; readonly klaar: () => void } | undefined {
    if (this.#bezet >= this.#plaatsen.totaal) return undefined;
    const plek = this.#wachtend.findIndex((ander) => this.#mag(ander));
    const [gekozen] = plek < 0 ? [] : this.#wachtend.splice(plek, 1);
    if (!gekozen) return undefined;
    this.#neem(gekozen, 1);
    return { naam: gekozen.naam, klaar: () => this.#neem(gekozen, -1) };
  }

  #neem({ naam, verdacht }: Wachtend, aantal: 1 | -1): void {
    this.#bezet += aantal;
    if (verdacht) this.#verdacht += aantal;
    const eigen = (this.#perOntvanger.get(naam) ?? 0) + aantal;
    if (eigen > 0) this.#perOntvanger.set(naam, eigen);
    else this.#perOntvanger.delete(naam);
  }
}
