/** The Wmo side: what a gemeente says about its own residents, or what its messages say. Words first; pure. */

/** AANGEVRAAGD: asked for, nothing decided yet. */
export const WMO_STATUSSEN = ['AANGEVRAAGD', 'LOPEND'] as const;
export type WmoStatus = (typeof WMO_STATUSSEN)[number];

/** One voorziening of one resident, as the gemeente delivers it. Dates YYYY-MM-DD, both included. */
export interface Voorziening {
  readonly bsn: string;
  /** The gemeente's own number; '' when it only says that there is something. */
  readonly voorzieningId: string;
  readonly status: WmoStatus;
  /** null: since the day on which the gemeente first named it. */
  readonly vanaf: string | null;
  /** null: no end. */
  readonly tot: string | null;
  /** WMO020. */
  readonly productcategorie: string | null;
  readonly productcode: string | null;
  readonly agb: string | null;
}

/** Why a row is not taken in: reason → what to do about it, without the value. */
export const AFWIJZINGEN = {
  bsnOngeldig: 'Bsn is geen bestaand burgerservicenummer.',
  bsnGeenTest: 'In deze omgeving zijn alleen testburgerservicenummers toegestaan.',
  geenWmo: 'Dit is geen Wmo-voorziening; Jeugdwet en andere wetten horen hier niet.',
  voorzieningIdOngeldig: 'voorzieningId heeft hoogstens 40 zichtbare tekens.',
  statusOngeldig: 'status is AANGEVRAAGD of LOPEND.',
  datumOngeldig: 'ingangsdatum of einddatum is geen bestaande datum (JJJJ-MM-DD).',
  eindeVoorBegin: 'De einddatum ligt voor de ingangsdatum.',
  productcodeOngeldig: 'productcode heeft 1 tot 5 tekens, zonder spaties.',
  agbOngeldig: 'agbAanbieder heeft 8 cijfers.',
  dubbel: 'Deze voorziening van deze inwoner staat al eerder in de levering.',
  regelOnleesbaar: 'De regel is niet te lezen, of heeft een onbekend veld.',
} as const;
export type Afwijzing = keyof typeof AFWIJZINGEN;

/** The columns of a delivery. */
export const KOLOMMEN = [
  'bsn',
  'voorzieningId',
  'status',
  'ingangsdatum',
  'einddatum',
  'productcategorie',
  'productcode',
  'agbAanbieder',
  'domein',
] as const;
export type Kolom = (typeof KOLOMMEN)[number];

/** A row as it was read: text, or absent. */
export type RuweRij = Readonly<Partial<Record<Kolom, string>>>;

/** A row with its place in the delivery, from 1. */
export interface Gelezen {
  readonly regel: number;
  /** null: it could not be read as a row. */
  readonly rij: RuweRij | null;
}
