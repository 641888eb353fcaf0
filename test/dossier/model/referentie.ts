/**
 * The obvious judge of a lane: it keeps every message with what became of it, and answers each question by reading them all again.
 * Written from the text of the norm (technische regels, logical keys, invulinstructies, bedrijfsregels), without anything of the dossier.
 */
import type { Begin } from './begin.ts';
import { oordeelDeclaratie } from './declaratie.ts';
import { oordeelDeclaratieantwoord, uitkomstVan } from './declaratieantwoord.ts';
import { oordeelLevering } from './leveringen.ts';
import {
  type Bericht,
  Bevindingen,
  botsing,
  type Genoteerd,
  identificatie,
  type Lijst,
  type Prestatie,
  prestatienaam,
  van,
} from './lijst.ts';
import type { Tarieven } from './prestatie.ts';
import { oordeelToewijzing } from './toewijzing.ts';
import { oordeelAanvraag, oordeelAntwoord } from './verzoeken.ts';
import { oordeelWijziging } from './wijziging.ts';

export interface Vraag {
  readonly bericht: Bericht;
  /** Of a 325: place in the lane of the declaratie that intake matched it to. */
  readonly heen: number | null;
  readonly begin: Begin;
  readonly peildatum: string;
  readonly geweigerd: ReadonlySet<string>;
  readonly tarieven: Tarieven | undefined;
}

/** A prestatie that is sent back. */
export interface Terug {
  readonly bsn: string;
  readonly prestatie: Prestatie;
}

export class Referentie {
  #lijst: readonly Genoteerd[] = [];

  /** What the rules across messages have against a message. */
  oordeel({ bericht, heen, begin, peildatum, geweigerd, tarieven }: Vraag): Bevindingen {
    const uit = new Bevindingen();
    const zaak = { bericht, lijst: this.#lijst, begin, peildatum, uit };
    const zelfde = van(this.#lijst, bericht.soort.nummer)
      .filter((een) => identificatie(een).Identificatie === identificatie(bericht).Identificatie)
      .map((een) => ({ bericht: een }));
    const header = bericht.inhoud.Header;
    uit.meld('TR056', '/Bericht/Header', header, 'BerichtIdentificatie.Identificatie', botsing(zaak, zelfde));
    switch (bericht.soort.nummer) {
      case '301':
        oordeelToewijzing(zaak);
        break;
      case '305':
      case '307':
        oordeelLevering(zaak);
        break;
      case '315':
        oordeelAanvraag(zaak);
        break;
      case '317':
        oordeelWijziging(zaak);
        break;
      case '319':
        oordeelAntwoord(zaak);
        break;
      case '323':
        oordeelDeclaratie({ ...zaak, geweigerd, tarieven });
        break;
      case '325':
        oordeelDeclaratieantwoord(zaak, heen);
        break;
    }
    return uit;
  }

  get lijst(): Lijst {
    return this.#lijst;
  }

  /** A message was taken. */
  noteer(bericht: Bericht): void {
    this.#lijst = [...this.#lijst, { ...bericht, telt: true, teruggestuurd: null }];
  }

  /** OP286 */
  isNietVerzonden(volgorde: number): void {
    this.#wijzig(volgorde, { telt: false });
  }

  /** The switch answered a declaratie itself. */
  stuurTerug(volgorde: number, prestaties: readonly Terug[]): void {
    const namen = prestaties.map(({ bsn, prestatie }) => prestatienaam(bsn, prestatie));
    this.#wijzig(volgorde, { teruggestuurd: new Set(namen) });
  }

  /** A 325 decides on the declaratie that it answers. */
  beslis(antwoord: Bericht, volgorde: number): void {
    const teruggestuurd = uitkomstVan(antwoord);
    if (teruggestuurd === null) this.isNietVerzonden(volgorde);
    else this.#wijzig(volgorde, { teruggestuurd });
  }

  #wijzig(volgorde: number, nieuw: Partial<Genoteerd>): void {
    this.#lijst = this.#lijst.map((een) => (een.volgorde === volgorde ? { ...een, ...nieuw } : een));
  }
}
