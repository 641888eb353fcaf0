/** Places for scans that are under way: clamd has a thread for each, and a sender that is slow keeps its place until it is done. */
export class GeenPlek extends Error {
  override readonly name = 'GeenPlek';
}

interface Wachtend {
  readonly client: string;
  readonly neem: () => void;
}

export class Plekken {
  readonly #totaal: number;
  readonly #perClient: number;
  readonly #geduldMs: number;
  readonly #bezet = new Map<string, number>();
  readonly #rij: Wachtend[] = [];
  #aantal = 0;

  /** @param perClient so many at the same time for one client, so that the others keep theirs */
  constructor(totaal: number, perClient: number, geduldMs: number) {
    this.#totaal = totaal;
    this.#perClient = perClient;
    this.#geduldMs = geduldMs;
  }

  /**
   * Waits for a place.
   * @returns gives it back; calling it again does nothing
   * @throws GeenPlek when there was none in time
   */
  async neem(client: string): Promise<() => void> {
    if (!this.#vrij(client)) await this.#wacht(client);
    else this.#tel(client, 1);
    let terug = false;
    return () => {
      if (terug) return;
      terug = true;
      this.#tel(client, -1);
      this.#deelUit();
    };
  }

  #vrij(client: string): boolean {
    return this.#aantal < this.#totaal && (this.#bezet.get(client) ?? 0) < this.#perClient;
  }

  #tel(client: string, erbij: 1 | -1): void {
    this.#aantal += erbij;
    const eigen = (this.#bezet.get(client) ?? 0) + erbij;
    if (eigen > 0) this.#bezet.set(client, eigen);
    else this.#bezet.delete(client);
  }

  #wacht(client: string): Promise<void> {
    return new Promise((klaar, mislukt) => {
      const wachtend: Wachtend = {
        client,
        neem: () => {
          clearTimeout(geduld);
          klaar();
        },
      };
      const geduld = setTimeout(() => {
        this.#rij.splice(this.#rij.indexOf(wachtend), 1);
        mislukt(new GeenPlek('no place for a scan'));
      }, this.#geduldMs);
      this.#rij.push(wachtend);
    });
  }

  /** The first in line that may have a place gets it; who has enough of them waits on. */
  #deelUit(): void {
    const nr = this.#rij.findIndex(({ client }) => this.#vrij(client));
    const eerste = nr < 0 ? undefined : this.#rij.splice(nr, 1)[0];
    if (!eerste) return;
    this.#tel(eerste.client, 1);
    eerste.neem();
  }
}
