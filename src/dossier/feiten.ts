/**
 * The facts that a dossier holds: what the messages of one lane established, and only what a rule across messages asks for.
 *
 * A fact belongs to the message that brought it. A message that counts as not sent (OP286) takes its facts with it, so nothing is ever
 * changed by a correction: what is true now follows from the facts that are left. The one exception is the stand of a prestatie, which the
 * declaratie-antwoord gives.
 *
 * No names, no BSN, no free text: persons and references are masked before they get here.
 */

/** A person in the form in which the dossier knows him; equal for equal BSNs, and telling nothing about them. */
export type Persoon = string;
/** Free text by which parties refer to each other (ReferentieAanbieder, ReferentieNummer), masked likewise. */
export type Kenmerk = string;

/** How BSNs and references become what the dossier holds. */
export interface Masker {
  persoon(bsn: string): Persoon;
  kenmerk(tekst: string): Kenmerk;
}

/** Which message brought a fact. */
export interface Herkomst {
  /** Place in the lane: the order of receipt. Negative: imported from before the switch came. */
  readonly volgorde: number;
  /** null: imported. */
  readonly berichtId: string | null;
  /** Header/BerichtIdentificatie/Dagtekening. */
  readonly dagtekening: string;
}

/** The message itself: TR056. */
export interface Berichtfeit {
  readonly herkomst: Herkomst;
  /** 301, 305, ... */
  readonly nummer: string;
  readonly identificatie: string;
}

export interface Omvang {
  readonly volume: number;
  readonly eenheid: string;
  readonly frequentie: string;
}

/** One version of a ToegewezenProduct, as a 301 gave it. */
export interface Toewijzing {
  readonly herkomst: Herkomst;
  readonly persoon: Persoon;
  /** ToewijzingNummer, by value: 007 is 7. */
  readonly nummer: number;
  /** The version with the last moment counts (IV013). */
  readonly toewijzingsdatum: string;
  readonly toewijzingstijd: string;
  readonly ingangsdatum: string;
  readonly einddatum: string | null;
  readonly categorie: string | null;
  readonly code: string | null;
  readonly omvang: Omvang | null;
  /** Eurocents. */
  readonly budget: number | null;
  readonly redenWijziging: string | null;
  /** ReferentieAanbieder. */
  readonly kenmerk: Kenmerk | null;
}

/** What a levering is known by: its toewijzing, or without one (taakgericht, IV096) its product; and the day it began. */
export interface Leveringsleutel {
  readonly persoon: Persoon;
  readonly toewijzing: number | null;
  readonly categorie: string | null;
  readonly code: string | null;
  readonly begindatum: string;
}

/** A StartProduct (305) or StopProduct (307), or the removal of one (StatusAanlevering 3). */
export interface Levering extends Leveringsleutel {
  readonly herkomst: Herkomst;
  readonly soort: 'start' | 'stop';
  /** StatusAanlevering 3: takes back what was sent before with the same key. */
  readonly verwijdert: boolean;
  /** Of a stop. */
  readonly redenBeeindiging: string | null;
  readonly einddatum: string | null;
}

/** An AangevraagdProduct (315) or a Verzoek (317). */
export interface Verzoek {
  readonly herkomst: Herkomst;
  readonly persoon: Persoon;
  readonly kenmerk: Kenmerk;
}

/** A 319. Of a 301 that answers a request, the kenmerk stands with its toewijzing. */
export interface Antwoord {
  readonly herkomst: Herkomst;
  readonly kenmerk: Kenmerk;
  /** VerzoekAntwoord 2: only a first answer, a decision follows. */
  readonly inOnderzoek: boolean;
  /** RedenAfwijzingVerzoek. No rule asks for it: 8 says that the term of the woonplaatsbeginsel held (OP359). null: not rejected. */
  readonly redenAfwijzing: string | null;
}

export interface Declaratie {
  readonly herkomst: Herkomst;
  readonly identificatie: string;
  readonly nummer: string;
  /** First day of DeclaratiePeriode. */
  readonly periode: string;
  readonly dagtekening: string;
  /** XsdVersie of the message: BasisschemaXsdVersie and BerichtXsdVersie (TR371). */
  readonly basisVersie: string;
  readonly berichtVersie: string;
}

/** ingediend: no answer yet. An answer makes it toegekend or afgewezen; what was afgewezen counts for nothing any more. */
export type Stand = 'ingediend' | 'toegekend' | 'afgewezen';

/** ProductCode of what stands for a sum: how much was declared on a toewijzing before the switch came, without the prestaties themselves. */
export const OPGAVE = '';

export interface Prestatie {
  readonly herkomst: Herkomst;
  readonly persoon: Persoon;
  /** ReferentieNummer. */
  readonly kenmerk: Kenmerk;
  /** VorigReferentieNummer: of a credit, the debet that it takes back. */
  readonly vorig: Kenmerk | null;
  readonly toewijzing: number;
  readonly categorie: string;
  readonly code: string;
  readonly begindatum: string;
  readonly einddatum: string;
  readonly volume: number;
  readonly eenheid: string;
  /** Eurocents; null with eenheid 83. */
  readonly tarief: number | null;
  /** Eurocents, without a sign. */
  readonly bedrag: number;
  readonly credit: boolean;
  readonly stand: Stand;
}

/** What one message brings, by kind. */
export interface Feiten {
  readonly bericht: Berichtfeit;
  readonly toewijzingen: readonly Toewijzing[];
  readonly leveringen: readonly Levering[];
  readonly verzoeken: readonly Verzoek[];
  readonly antwoorden: readonly Antwoord[];
  readonly declaraties: readonly Declaratie[];
  readonly prestaties: readonly Prestatie[];
}

/** StatusAanlevering that takes back an earlier one (OP033). */
export const VERWIJDEREN = '3';
/** RedenBeeindiging of a stop that is only for a while; every other one is definitive. */
export const TIJDELIJK = '20';
