/** What the two parties of a random life believe has happened, and the draw of chance by which it goes on. */
import type { Domein } from '#src/standards/catalogus.ts';
import type { Klasse, Nummer } from '#src/standards/structuren.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { inhoudVan, type Los, soortVan } from '../../hulp/bouwer.ts';
import type { Toeval } from '../../hulp/toeval.ts';
import { dagenLater } from './kalender.ts';
import type { Tarieven } from './prestatie.ts';

export type Product = Los<Klasse<'301', 'ToegewezenProduct'>>;
export type Prestatie = Los<Klasse<'323', 'Prestatie'>>;
export type Start = Los<Klasse<'305', 'StartProduct'>>;
export type Stop = Los<Klasse<'307', 'StopProduct'>>;
export type Wie = 'gemeente' | 'aanbieder';

/** A message on its way, or the news that its receiver rejected it. */
export interface Zending {
  readonly soort: 'bericht';
  readonly nummer: Nummer;
  readonly inhoud: Inhoud;
  /** Day of receipt. */
  readonly ontvangen: string;
  /** Of a 325: the declaratie that intake matches it to; null: none. */
  readonly heen: Zending | null;
  /** Paths that level 4 refused. */
  readonly geweigerd: ReadonlySet<string>;
}
export interface Afkeuring {
  readonly soort: 'afkeuring';
  readonly heen: Zending;
  readonly ontvangen: string;
}
export type Gebeurtenis = Zending | Afkeuring;

export interface Toewijzing {
  readonly bsn: string;
  product: Product;
  weg: boolean;
  /** Declared so far, in the unit of the toewijzing, or in eurocents of its budget. */
  verbruikt: number;
}
export interface Levering {
  readonly bsn: string;
  readonly start: Start;
  stops: Stop[];
  weg: boolean;
}
export interface Verzoek {
  readonly bsn: string;
  readonly referentie: string;
  readonly sinds: string;
  open: boolean;
  inOnderzoek: boolean;
}
export interface Declaratieregel {
  readonly bsn: string;
  readonly prestatie: Prestatie;
  stand: 'ingediend' | 'toegekend' | 'afgewezen';
  gecrediteerd: boolean;
}

/** Names as long as the XSD allows. */
const CATEGORIEEN: Readonly<Record<Domein, readonly string[]>> = {
  iwmo: ['01', '02', '07', '08', '11', '12'],
  ijw: ['42', '45', '46', '50'],
};
/** Test numbers that pass the elfproef. */
export const BSNS = ['999900006', '999900018', '999900031', '999900043'] as const;

export type Kwaliteit = 'goed' | 'fout' | 'twijfel';
export const goedOf = (fout: boolean): Kwaliteit => (fout ? 'fout' : 'goed');

export class Wereld {
  readonly gebeurtenissen: Gebeurtenis[] = [];
  readonly toewijzingen: Toewijzing[] = [];
  readonly leveringen: Levering[] = [];
  readonly verzoeken: Verzoek[] = [];
  readonly regels: Declaratieregel[] = [];
  readonly toeval: Toeval;
  readonly domein: Domein;
  readonly bsns: readonly string[];
  /** Does the receiver answer itself, or the switch for it? */
  readonly antwoordt: Readonly<Record<Wie, 'zelf' | 'knooppunt'>>;
  readonly tarieven: Tarieven | undefined;
  /** How often a message is made wrong on purpose. */
  readonly slordigheid: number;
  vandaag: string;
  #teller = 0;
  #klok = { dag: '', minuten: 0 };
  readonly #identificaties = new Map<Nummer, string[]>();

  constructor(toeval: Toeval, eersteDag: string) {
    this.toeval = toeval;
    this.domein = toeval.kies(['iwmo', 'ijw'] as const);
    this.bsns = BSNS.slice(0, toeval.geheel(1, BSNS.length));
    this.antwoordt = {
      gemeente: toeval.kies(['zelf', 'knooppunt'] as const),
      aanbieder: toeval.kies(['zelf', 'knooppunt'] as const),
    };
    this.slordigheid = toeval.kies([0.1, 0.25, 0.4]);
    this.vandaag = eersteDag;
    this.tarieven = toeval.kans(0.5) ? tariefVan : undefined;
  }

  /** A moment of today, later than those before, or now and then the same (IV013 leaves that to the order of receipt). */
  tijdstip(): string {
    if (this.#klok.dag !== this.vandaag) this.#klok = { dag: this.vandaag, minuten: 8 * 60 };
    this.#klok.minuten += this.toeval.kans(0.05) ? 0 : this.toeval.geheel(1, 30);
    const { minuten } = this.#klok;
    const tijd = [Math.floor(minuten / 60), minuten % 60].map((deel) => String(deel).padStart(2, '0')).join(':');
    return `${tijd}:00${this.toeval.kans(0.1) ? '.5' : ''}`;
  }

  /** A number that nothing else has. */
  nieuwNummer(): number {
    this.#teller += 1;
    return this.#teller;
  }

  bsn(): string {
    return this.toeval.kies(this.bsns);
  }

  /** One that is not this person; undefined in a lane of one person. */
  anderBsn(bsn: string): string | undefined {
    const anderen = this.bsns.filter((een) => een !== bsn);
    return anderen.length === 0 ? undefined : this.toeval.kies(anderen);
  }

  categorie(): string {
    return this.toeval.kies(CATEGORIEEN[this.domein]);
  }

  /** A ToewijzingNummer as somebody may write it. */
  schrijf(nummer: number): string {
    return this.toeval.kans(0.05) ? `00${nummer}` : String(nummer);
  }

  slordig(): boolean {
    return this.toeval.kans(this.slordigheid);
  }

  /** Begins a message of this soort: everything in it that the dossier does not look at is that of our example. */
  kop(nummer: Nummer): Inhoud {
    const gebruikt = this.#identificaties.get(nummer) ?? [];
    const herhaald = gebruikt.length > 0 && this.toeval.kans(0.01);
    const identificatie = herhaald ? this.toeval.kies(gebruikt) : `M${nummer}-${this.nieuwNummer()}`;
    this.#identificaties.set(nummer, [...gebruikt, identificatie]);
    const voorbeeld = voorbeeldVan(this.domein, nummer);
    const header = {
      ...(voorbeeld.Header as Inhoud),
      BerichtIdentificatie: { Identificatie: identificatie, Dagtekening: this.vandaag },
    };
    return { ...voorbeeld, Header: header };
  }

  /**
   * Sends a message.
   * @param hoe fout: made wrong on purpose; twijfel: so odd that its receiver may reject it
   * @param daarna what the parties believe from now on
   */
  stuur(
    nummer: Nummer,
    inhoud: Inhoud,
    hoe: Kwaliteit,
    daarna: () => void,
    meer: Partial<Pick<Zending, 'heen' | 'geweigerd'>> = {},
  ): Zending {
    const { toeval } = this;
    const onderweg = toeval.kans(0.07) ? toeval.geheel(3, 20) : toeval.kans(0.2) ? toeval.geheel(1, 2) : 0;
    const ontvangen = dagenLater(this.vandaag, onderweg);
    const zending: Zending = { soort: 'bericht', nummer, inhoud, ontvangen, heen: null, geweigerd: new Set(), ...meer };
    this.gebeurtenissen.push(zending);
    const ontvanger = ['301', '319', '325'].includes(nummer) ? 'aanbieder' : 'gemeente';
    const metRetour = nummer !== '323' && nummer !== '325' && this.antwoordt[ontvanger] === 'zelf';
    const afgekeurd = metRetour && toeval.kans(hoe === 'goed' ? 0.03 : 0.75);
    if (afgekeurd)
      this.gebeurtenissen.push({
        soort: 'afkeuring',
        heen: zending,
        ontvangen: dagenLater(ontvangen, toeval.geheel(0, 3)),
      });
    // Who hears nothing against it counts on it; what the switch makes of it, nobody here knows.
    if (!afgekeurd && (metRetour || hoe !== 'fout')) daarna();
    return zending;
  }
}

const VOORRAAD = new Map<string, Inhoud>();
export function voorbeeldVan(domein: Domein, nummer: Nummer): Inhoud {
  const sleutel = `${domein} ${nummer}`;
  const bestaand = VOORRAAD.get(sleutel) ?? inhoudVan(soortVan(domein, nummer));
  VOORRAAD.set(sleutel, bestaand);
  return bestaand;
}

/** The contract: of most products it is clear, of some there are two tariffs, of some none; minutes have only an hourly tariff. */
export const tariefVan: Tarieven = (productcode, eenheid) => {
  const soort = productcode.at(-1);
  if (eenheid === '83' || eenheid === '01' || soort === '3') return [];
  const tarief = 1000 + Number(eenheid) * 37;
  return soort === '2' ? [tarief, tarief + 100] : [tarief];
};

/** Runs on the day, or later. */
export const isActueel = ({ product, weg }: Toewijzing, dag: string): boolean =>
  !weg && (product.Einddatum === undefined || product.Einddatum >= dag);
