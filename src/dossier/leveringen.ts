/**
 * The deliveries of one person: which starts and stops are there, and which were taken back (StatusAanlevering 3). Whatever is asked is
 * found by its key, so that a message with thousands of lines costs no more than its length.
 */
import { type Levering, TIJDELIJK } from './feiten.ts';

/** The stops of one delivery that are there. */
export interface Stops {
  readonly tijdelijk: Levering | undefined;
  readonly definitief: Levering | undefined;
  /** The stop that counts: the last one. */
  readonly laatste: Levering;
}

/** The separator is a character that XML does not have. */
const samen = (...delen: readonly (string | number | null)[]): string => delen.join('\0');

/** What a stop takes over from its start (TR382). */
const startsleutel = ({ toewijzing, categorie, code, begindatum }: Levering): string =>
  samen(toewijzing, categorie, code, begindatum);

/** The whole logical key within the person. */
const sleutel = (levering: Levering): string =>
  levering.soort === 'start'
    ? samen('start', startsleutel(levering))
    : samen('stop', startsleutel(levering), levering.redenBeeindiging, levering.einddatum);

/** Which delivery it is about: by its toewijzing, or without one by its product (IV096). */
const groep = ({ toewijzing, categorie, code, begindatum }: Levering): string =>
  toewijzing === null ? samen('', categorie, code, begindatum) : samen(toewijzing, begindatum);

const NIETS: readonly Levering[] = [];

function voegToe(lijsten: Map<string, Levering[]>, bij: string, levering: Levering): void {
  const lijst = lijsten.get(bij);
  if (lijst) lijst.push(levering);
  else lijsten.set(bij, [levering]);
}

/** In lane order; of one message the removals come first, since what takes their place may stand beside them (IV008). */
const opVolgorde = (leveringen: readonly Levering[]): readonly Levering[] =>
  leveringen.toSorted(
    (a, b) => a.herkomst.volgorde - b.herkomst.volgorde || Number(b.verwijdert) - Number(a.verwijdert),
  );

/** Starts in order, and how many of the first of them are known to be stopped. */
interface Rij {
  readonly lijst: Levering[];
  gestopt: number;
}
const nieuweRij = (): Rij => ({ lijst: [], gestopt: 0 });

export class Leveringstand {
  readonly #aanwezig = new Map<string, Levering[]>();
  readonly #verwijderd = new Map<string, Levering[]>();
  /** Stops that are there, by the start that they belong to and by the delivery that they stop. */
  readonly #stopBij = new Map<string, Levering>();
  readonly #stops = new Map<string, Stops>();
  /** Starts that are there, by their toewijzing: first those that are sure. */
  readonly #starts = new Map<number, readonly [Rij, Rij]>();
  readonly #isVast: (levering: Levering) => boolean;

  /**
   * @param leveringen all of one person, see Dossier.leveringenVan
   * @param isVast is it sure that it is still there? Where one has to be named, it is one that is sure if there is any
   */
  constructor(leveringen: readonly Levering[], isVast: (levering: Levering) => boolean) {
    this.#isVast = isVast;
    for (const levering of opVolgorde(leveringen)) {
      const eigen = sleutel(levering);
      if (levering.verwijdert) {
        for (const oud of this.#aanwezig.get(eigen) ?? NIETS) voegToe(this.#verwijderd, eigen, oud);
        voegToe(this.#verwijderd, eigen, levering);
        this.#aanwezig.delete(eigen);
      } else voegToe(this.#aanwezig, eigen, levering);
    }
    for (const levering of opVolgorde([...this.#aanwezig.values()].flat())) this.#noteer(levering);
  }

  /** Adds one of the message itself, with StatusAanlevering 1. */
  neem(levering: Levering): void {
    voegToe(this.#aanwezig, sleutel(levering), levering);
    this.#noteer(levering);
  }

  #noteer(levering: Levering): void {
    if (levering.soort === 'stop') {
      const bij = startsleutel(levering);
      this.#stopBij.set(bij, this.#liefst(this.#stopBij.get(bij), levering));
      const eerder = this.#stops.get(groep(levering));
      const tijdelijk = levering.redenBeeindiging === TIJDELIJK;
      this.#stops.set(groep(levering), {
        tijdelijk: tijdelijk ? this.#liefst(eerder?.tijdelijk, levering) : eerder?.tijdelijk,
        definitief: tijdelijk ? eerder?.definitief : this.#liefst(eerder?.definitief, levering),
        laatste: levering,
      });
    } else if (levering.toewijzing !== null) {
      const starts = this.#starts.get(levering.toewijzing) ?? [nieuweRij(), nieuweRij()];
      starts[this.#isVast(levering) ? 0 : 1].lijst.push(levering);
      this.#starts.set(levering.toewijzing, starts);
    }
  }

  #liefst(eerder: Levering | undefined, nieuw: Levering): Levering {
    return eerder === undefined || (!this.#isVast(eerder) && this.#isVast(nieuw)) ? nieuw : eerder;
  }

  /** Those with the same logical key that are there. */
  aanwezig(levering: Levering): readonly Levering[] {
    return this.#aanwezig.get(sleutel(levering)) ?? NIETS;
  }

  /** Those with the same logical key that were taken back, and what took them back. */
  verwijderd(levering: Levering): readonly Levering[] {
    return this.#verwijderd.get(sleutel(levering)) ?? NIETS;
  }

  /** A stop that is there of exactly this start. */
  stopVan(start: Levering): Levering | undefined {
    return this.#stopBij.get(startsleutel(start));
  }

  /** The stops that are there of the delivery that this one is about. */
  stops(levering: Levering): Stops | undefined {
    return this.#stops.get(groep(levering));
  }

  /** A start on a toewijzing that is there and not stopped, for a while or for good. */
  lopendeStart(toewijzing: number): Levering | undefined {
    const [vast, rest] = this.#starts.get(toewijzing) ?? [];
    return (vast && this.#eersteLopende(vast)) ?? (rest && this.#eersteLopende(rest));
  }

  #eersteLopende(rij: Rij): Levering | undefined {
    for (;;) {
      const start = rij.lijst[rij.gestopt];
      if (!start || !this.#stops.has(groep(start))) return start;
      // Nothing is taken back any more once everything is noted, so what is stopped stays stopped.
      rij.gestopt += 1;
    }
  }
}

/** The start that a stop belongs to, as a key to ask with. */
export const alsStart = (stop: Levering): Levering => ({
  ...stop,
  soort: 'start',
  redenBeeindiging: null,
  einddatum: null,
});
