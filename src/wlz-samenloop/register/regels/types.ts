/**
 * The words of the Wlz register: what CIZ delivers, what is kept of it, and why something is not. Pure.
 *
 * Nobody outside CIZ knows the layout of a delivery, so there is one model with three forms around it. A form reduces at the border: what
 * tells more than THAT there is an indicatiebesluit (Wmo 5.2.5 lid 3) is read to judge it, and let go in the same breath.
 */

export const VORMEN = ['ciz-dat', 'io31', 'indicatieregister'] as const;
export type Vorm = (typeof VORMEN)[number];

export const LEVERINGSOORTEN = ['VOLLEDIG', 'MUTATIE'] as const;
export type Leveringsoort = (typeof LEVERINGSOORTEN)[number];

/** What CIZ says about a delivery, apart from its rows. */
export interface Manifest {
  readonly soort: Leveringsoort;
  /** The moment for which this is the register. */
  readonly peilmoment: Date;
  /** Rows, those that we reject among them. */
  readonly aantal: number;
  /** Of the bytes after the manifest, in hex. */
  readonly sha256: string;
  readonly volgnummer: number;
  readonly vorigVolgnummer: number | null;
}

/** Why a row is rejected: it cannot be read for what it is. What was known of its besluit stays as it was. */
export const AFKEURREDENEN = {
  regelOnleesbaar: 'de regel is niet leesbaar of heeft niet de afgesproken velden',
  mutatieOngeldig: 'mutatie is geen T, W of V',
  bsnOngeldig: 'bsn heeft geen negen cijfers of voldoet niet aan de elfproef',
  bsnNietToegestaan: 'bsn is geen testnummer; in deze omgeving zijn alleen testnummers toegestaan',
  besluitnummerOngeldig: 'besluitnummer is geen geheel getal groter dan nul',
  ingangsdatumOngeldig: 'ingangsdatum ontbreekt of bestaat niet',
  einddatumOngeldig: 'einddatum bestaat niet',
  vervaldatumOngeldig: 'vervaldatum bestaat niet',
  eindeVoorBegin: 'einddatum ligt voor ingangsdatum',
  zorgzwaartepakketOntbreekt: 'zonder zorgzwaartepakketten is partnerverblijf niet te herkennen',
} as const;
export type Afkeurreden = keyof typeof AFKEURREDENEN;

/** Why a row that can be read is not an entitlement, so not in the register. */
export const GEEN_RECHT = {
  partnerverblijf: 'alleen partnerverblijf; dat geeft geen toegang tot de Wlz',
  nietWlzGefinancierd: 'alleen gefinancierd uit een subsidieregeling of anders, niet uit de Wlz',
  alleenVoorCak: 'alleen een technische code voor het CAK; dit hoort hier niet te staan',
  gemengd: 'geen van de pakketten geeft recht op Wlz-zorg, om verschillende redenen',
} as const;
export type GeenRecht = keyof typeof GEEN_RECHT;

/** What is worth counting of a row that is kept. The row itself does not remember it. */
export const OPMERKINGEN = {
  overgangsgroep: 'mogelijk iemand uit de overgangsgroep van artikel 2.3.5 lid 7',
  oudePakketcode: 'een pakketcode die niet meer wordt afgegeven',
  zonderPakket: 'een besluit zonder zorgzwaartepakketten',
  jeugd: 'een besluit van Bureau Jeugdzorg',
} as const;
export type Opmerking = keyof typeof OPMERKINGEN;

/** What is kept of a besluit. */
export interface Indicatie {
  readonly bsn: string;
  readonly besluitnummer: string;
  readonly ingangsdatum: string;
  readonly einddatum: string | null;
  readonly vervaldatum: string | null;
}

/** What a row of a delivery comes down to. regel: its place in the file, from 1. */
export type Rij = { readonly regel: number } & (
  | ({ readonly soort: 'indicatie'; readonly opmerkingen: readonly Opmerking[] } & Indicatie)
  /** Not, or no longer, in the register: withdrawn by a mutation, or no entitlement. */
  | { readonly soort: 'weg'; readonly besluitnummer: string; readonly reden: GeenRecht | null }
  /** besluitnummer: when at least that can be read. */
  | { readonly soort: 'afgekeurd'; readonly besluitnummer: string | null; readonly reden: Afkeurreden }
);

/** How often each reason occurred; one that did not is absent. */
export type Telling<R extends string> = Readonly<Partial<Record<R, number>>>;

export interface Tellers {
  readonly afgekeurd: Telling<Afkeurreden>;
  readonly geenRecht: Telling<GeenRecht>;
  readonly opgemerkt: Telling<Opmerking | 'dubbel' | 'dubbelMetVerschil'>;
}

export interface Afkeuring {
  readonly regel: number;
  readonly reden: Afkeurreden;
}

/** Reads a delivery in one form, as it comes in. */
export interface Vormlezer {
  /**
   * Takes the next bytes.
   * @returns the rows that became whole
   * @throws KnooppuntFout wlzLeveringOnleesbaar when the file is not in this form
   */
  lees(stuk: Uint8Array): readonly Rij[];
  /** @throws KnooppuntFout wlzLeveringOnleesbaar when the file ends halfway */
  einde(): readonly Rij[];
}
