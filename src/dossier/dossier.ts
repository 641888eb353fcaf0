/**
 * The dossier of one lane, as far as it was loaded: the facts that are left, and the questions that rules ask about them. In memory only;
 * what changed in it is kept apart, so that a turn can write it down at its end.
 *
 * A fact that was not loaded is not there: whoever asks about something must have asked the store for it first (see vragen.ts).
 */
import { vergelijk } from '../standards/datum.ts';
import type {
  Antwoord,
  Berichtfeit,
  Declaratie,
  Feiten,
  Herkomst,
  Kenmerk,
  Levering,
  Persoon,
  Prestatie,
  Stand,
  Toewijzing,
  Verzoek,
} from './feiten.ts';

type Feit = { readonly herkomst: Herkomst };

/** Facts by a key, each list in lane order. */
class Register<F extends Feit> {
  readonly #op = new Map<string, F[]>();
  readonly #sleutels: (feit: F) => readonly string[];

  constructor(sleutels: (feit: F) => readonly string[]) {
    this.#sleutels = sleutels;
  }

  zet(feit: F): void {
    for (const sleutel of this.#sleutels(feit)) {
      const lijst = this.#op.get(sleutel);
      if (lijst) lijst.push(feit);
      else this.#op.set(sleutel, [feit]);
    }
  }

  /** Old fact → the one that takes its place, under the same keys. */
  vervang(nieuw: ReadonlyMap<F, F>): void {
    const sleutels = new Set([...nieuw.keys()].flatMap((feit) => this.#sleutels(feit)));
    for (const sleutel of sleutels) {
      const lijst = this.#op.get(sleutel) ?? [];
      this.#op.set(
        sleutel,
        lijst.map((feit) => nieuw.get(feit) ?? feit),
      );
    }
  }

  vergeet(van: (feit: F) => boolean): void {
    for (const [sleutel, lijst] of this.#op) {
      const over = lijst.filter((feit) => !van(feit));
      if (over.length < lijst.length) this.#op.set(sleutel, over);
    }
  }

  op(sleutel: string): readonly F[] {
    return this.#op.get(sleutel) ?? [];
  }
}

/** What the answer to a declaratie says. */
export interface Besluit {
  /** Place in the lane of the declaratie. */
  readonly volgorde: number;
  /** Its prestaties that were sent back, see prestatiesleutel; all others are granted. */
  readonly afgewezen: ReadonlySet<string>;
}

/** What a prestatie is known by inside its declaratie: both parts of ProductReferentie, which may only stand twice for different persons (TR101). */
export const prestatiesleutel = ({
  persoon,
  kenmerk,
  vorig,
}: Pick<Prestatie, 'persoon' | 'kenmerk' | 'vorig'>): string => `${persoon} ${kenmerk} ${vorig ?? ''}`;

/** What a turn has to write down of a dossier. */
export interface Wijzigingen {
  /** Messages whose facts come in. */
  readonly nieuw: readonly Feiten[];
  /** Places in the lane of messages that count as not sent from now on. */
  readonly vergeten: readonly number[];
  /** Declaraties of earlier turns that got their answer. */
  readonly besloten: readonly Besluit[];
}

/** Does b count rather than a (IV013)? Of two of the same moment: the one that came last. Times are HH:MM:SS, with a fraction or without. */
function isNieuwer(a: Toewijzing, b: Toewijzing): boolean {
  const dagen = vergelijk(a.toewijzingsdatum, b.toewijzingsdatum);
  if (dagen !== 0) return dagen < 0;
  if (a.toewijzingstijd !== b.toewijzingstijd) return a.toewijzingstijd < b.toewijzingstijd;
  return a.herkomst.volgorde <= b.herkomst.volgorde;
}
const nieuwste = (a: Toewijzing, b: Toewijzing): Toewijzing => (isNieuwer(a, b) ? b : a);

export class Dossier {
  readonly #berichten = new Register<Berichtfeit>(({ nummer, identificatie }) => [`${nummer} ${identificatie}`]);
  readonly #toewijzingen = new Register<Toewijzing>(({ nummer, persoon, kenmerk }) => [
    `nummer ${nummer}`,
    `persoon ${persoon}`,
    ...(kenmerk === null ? [] : [`kenmerk ${kenmerk}`]),
  ]);
  readonly #leveringen = new Register<Levering>(({ persoon }) => [persoon]);
  readonly #verzoeken = new Register<Verzoek>(({ persoon, kenmerk }) => [`persoon ${persoon}`, `kenmerk ${kenmerk}`]);
  readonly #antwoorden = new Register<Antwoord>(({ kenmerk }) => [kenmerk]);
  readonly #declaraties = new Register<Declaratie>(({ nummer, identificatie, herkomst }) => [
    'alle',
    `nummer ${nummer}`,
    `identificatie ${identificatie}`,
    `volgorde ${herkomst.volgorde}`,
  ]);
  readonly #prestaties = new Register<Prestatie>(({ kenmerk, vorig, toewijzing, herkomst }) => [
    `kenmerk ${kenmerk}`,
    `toewijzing ${toewijzing}`,
    `volgorde ${herkomst.volgorde}`,
    ...(vorig === null ? [] : [`vorig ${vorig}`]),
  ]);
  readonly #nieuw = new Map<number, Feiten>();
  readonly #vergeten = new Set<number>();
  readonly #besloten = new Map<number, Besluit>();

  /** Puts in what the store had. */
  laad(feiten: Omit<Feiten, 'bericht'> & { readonly berichten: readonly Berichtfeit[] }): void {
    for (const feit of feiten.berichten) this.#berichten.zet(feit);
    this.#zet(feiten);
  }

  /** Puts in what a message established. */
  neem(feiten: Feiten): void {
    this.#nieuw.set(feiten.bericht.herkomst.volgorde, feiten);
    this.#berichten.zet(feiten.bericht);
    this.#zet(feiten);
  }

  #zet(feiten: Omit<Feiten, 'bericht'>): void {
    for (const feit of feiten.toewijzingen) this.#toewijzingen.zet(feit);
    for (const feit of feiten.leveringen) this.#leveringen.zet(feit);
    for (const feit of feiten.verzoeken) this.#verzoeken.zet(feit);
    for (const feit of feiten.antwoorden) this.#antwoorden.zet(feit);
    for (const feit of feiten.declaraties) this.#declaraties.zet(feit);
    for (const feit of feiten.prestaties) this.#prestaties.zet(feit);
  }

  /** A message counts as not sent (OP286): its facts go. */
  vergeet(volgorde: number): void {
    const van = ({ herkomst }: Feit): boolean => herkomst.volgorde === volgorde;
    const registers = [
      this.#berichten,
      this.#toewijzingen,
      this.#leveringen,
      this.#verzoeken,
      this.#antwoorden,
      this.#declaraties,
      this.#prestaties,
    ] as const;
    for (const register of registers) register.vergeet(van);
    if (!this.#nieuw.delete(volgorde)) this.#vergeten.add(volgorde);
    this.#besloten.delete(volgorde);
  }

  /** A declaratie got its answer: each of its prestaties is granted or sent back. */
  beslis(besluit: Besluit): void {
    const { volgorde, afgewezen } = besluit;
    const standVan = (prestatie: Prestatie): Stand =>
      afgewezen.has(prestatiesleutel(prestatie)) ? 'afgewezen' : 'toegekend';
    const nu = new Map(this.prestatiesVan(volgorde).map((oud) => [oud, { ...oud, stand: standVan(oud) }]));
    this.#prestaties.vervang(nu);
    const nieuw = this.#nieuw.get(volgorde);
    if (nieuw) this.#nieuw.set(volgorde, { ...nieuw, prestaties: nieuw.prestaties.map((oud) => nu.get(oud) ?? oud) });
    else this.#besloten.set(volgorde, besluit);
  }

  get wijzigingen(): Wijzigingen {
    return {
      nieuw: [...this.#nieuw.values()],
      vergeten: [...this.#vergeten],
      besloten: [...this.#besloten.values()],
    };
  }

  /** Messages of this soort (301, ...) with this identificatie. */
  berichtenMet(nummer: string, identificatie: string): readonly Berichtfeit[] {
    return this.#berichten.op(`${nummer} ${identificatie}`);
  }

  /** Every version of the toewijzing with this number, of whomever it is. */
  versies(nummer: number): readonly Toewijzing[] {
    return this.#toewijzingen.op(`nummer ${nummer}`);
  }

  /** The version that counts of the toewijzing that this person has under this number (IV013). */
  toewijzing(nummer: number, persoon: Persoon): Toewijzing | undefined {
    const versies = this.versies(nummer).filter((versie) => versie.persoon === persoon);
    return versies.length === 0 ? undefined : versies.reduce(nieuwste);
  }

  /** The version that counts of every toewijzing of a person. */
  toewijzingenVan(persoon: Persoon): readonly Toewijzing[] {
    const perNummer = new Map<number, Toewijzing>();
    for (const versie of this.#toewijzingen.op(`persoon ${persoon}`)) {
      const eerder = perNummer.get(versie.nummer);
      perNummer.set(versie.nummer, eerder ? nieuwste(eerder, versie) : versie);
    }
    return [...perNummer.values()];
  }

  /** Versions of toewijzingen that answer the request with this reference. */
  toewijzingenOp(kenmerk: Kenmerk): readonly Toewijzing[] {
    return this.#toewijzingen.op(`kenmerk ${kenmerk}`);
  }

  /** Starts, stops and removals of a person, in lane order. */
  leveringenVan(persoon: Persoon): readonly Levering[] {
    return this.#leveringen.op(persoon);
  }

  verzoekenMet(kenmerk: Kenmerk): readonly Verzoek[] {
    return this.#verzoeken.op(`kenmerk ${kenmerk}`);
  }

  verzoekenVan(persoon: Persoon): readonly Verzoek[] {
    return this.#verzoeken.op(`persoon ${persoon}`);
  }

  antwoordenOp(kenmerk: Kenmerk): readonly Antwoord[] {
    return this.#antwoorden.op(kenmerk);
  }

  declaratiesMet(nummer: string): readonly Declaratie[] {
    return this.#declaraties.op(`nummer ${nummer}`);
  }

  declaratiesVan(identificatie: string): readonly Declaratie[] {
    return this.#declaraties.op(`identificatie ${identificatie}`);
  }

  /** The declaratie that a message was. */
  declaratieOp(volgorde: number): Declaratie | undefined {
    return this.#declaraties.op(`volgorde ${volgorde}`)[0];
  }

  /** The declaratie with the latest DeclaratiePeriode; of more, the first that came. */
  laatsteDeclaratie(): Declaratie | undefined {
    return this.#declaraties
      .op('alle')
      .reduce<Declaratie | undefined>(
        (a, b) => (a === undefined || vergelijk(b.periode, a.periode) > 0 ? b : a),
        undefined,
      );
  }

  prestatiesMet(kenmerk: Kenmerk): readonly Prestatie[] {
    return this.#prestaties.op(`kenmerk ${kenmerk}`);
  }

  /** Credits that take back the debet with this reference. */
  creditsOp(kenmerk: Kenmerk): readonly Prestatie[] {
    return this.#prestaties.op(`vorig ${kenmerk}`);
  }

  prestatiesOp(toewijzing: number): readonly Prestatie[] {
    return this.#prestaties.op(`toewijzing ${toewijzing}`);
  }

  /** The prestaties of a declaratie. */
  prestatiesVan(volgorde: number): readonly Prestatie[] {
    return this.#prestaties.op(`volgorde ${volgorde}`);
  }
}
