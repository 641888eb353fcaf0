/**
 * All that the reference judge remembers: the messages of one lane in the order of receipt, each with what became of it. Whoever asks
 * something reads the whole list again.
 */
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import type { Klasse } from '#src/standards/structuren.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { type Begin, isActueel, kent } from './begin.ts';

export interface Bericht {
  readonly soort: Berichtsoort;
  readonly inhoud: Inhoud;
  /** Place in the lane. */
  readonly volgorde: number;
  /** Told by its receiver, of before the switch came. */
  readonly ingevoerd: boolean;
}

/** A message that was taken, and what happened to it since. */
export interface Genoteerd extends Bericht {
  /** false: it counts as not sent (OP286). */
  readonly telt: boolean;
  /** Of a declaratie: which prestaties its answer sent back, see prestatienaam; null: no answer yet. */
  readonly teruggestuurd: ReadonlySet<string> | null;
}

export type Lijst = readonly Genoteerd[];
export type Prestatie = Klasse<'323', 'Prestatie'>;

export const identificatie = ({ inhoud }: Bericht): { readonly Identificatie: string; readonly Dagtekening: string } =>
  (inhoud.Header as unknown as Klasse<'323', 'Header'>).BerichtIdentificatie;
export const dagtekening = (bericht: Bericht): string => identificatie(bericht).Dagtekening;

export const prestatienaam = (bsn: string, { ProductReferentie }: Pick<Prestatie, 'ProductReferentie'>): string =>
  JSON.stringify([bsn, ProductReferentie.ReferentieNummer, ProductReferentie.VorigReferentieNummer]);

export type Oordeel = 'fout' | 'twijfel' | 'onbekend';
/** goed is the absence of a finding. */
export type Uitkomst = Oordeel | 'goed';
export interface Vondst {
  readonly regel: string;
  readonly pad: string;
  readonly oordeel: Oordeel;
}

/** Collects findings, and counts how often each rule was asked something and what came out. */
export class Bevindingen {
  readonly vondsten: Vondst[] = [];
  readonly goed: string[] = [];

  /**
   * @param klasse path of the class
   * @param element below it; of one that is not there, the part above it is named
   */
  meld(regel: string, klasse: string, inhoud: unknown, element: string, oordeel: Uitkomst): void {
    if (oordeel === 'goed') {
      this.goed.push(regel);
      return;
    }
    let pad = klasse;
    let hier = inhoud as Inhoud;
    for (const naam of element.split('.')) {
      if (naam === '' || hier[naam] === undefined) break;
      pad += `/${naam}`;
      hier = hier[naam] as Inhoud;
    }
    this.vondsten.push({ regel, pad, oordeel });
  }

  heeftFout(klasse: string): boolean {
    return this.vondsten.some(
      ({ pad, oordeel }) => oordeel === 'fout' && (pad === klasse || pad.startsWith(`${klasse}/`)),
    );
  }
}

/** What a judge is given besides the message. */
export interface Zaak {
  readonly bericht: Bericht;
  readonly lijst: Lijst;
  readonly begin: Begin;
  readonly peildatum: string;
  readonly uit: Bevindingen;
}

/** A step of an XPath: with its position when there are more. */
export const stap = (naam: string, nr: number, lijst: readonly unknown[]): string =>
  lijst.length === 1 ? naam : `${naam}[${nr + 1}]`;

/** The messages of one kind that count. */
export const van = (lijst: Lijst, nummer: string): readonly Genoteerd[] =>
  lijst.filter(({ soort, telt }) => telt && soort.nummer === nummer);

// The toewijzingen.

export interface Toewijzing {
  readonly bericht: Genoteerd;
  readonly bsn: string;
  readonly product: Klasse<'301', 'ToegewezenProduct'>;
}

/** Every version of every toewijzing. */
export const versies = (lijst: Lijst): readonly Toewijzing[] =>
  van(lijst, '301').flatMap((bericht) => {
    const { Bsn, ToegewezenProducten } = bericht.inhoud.Client as unknown as Klasse<'301', 'Client'>;
    return ToegewezenProducten.ToegewezenProduct.map((product) => ({ bericht, bsn: Bsn, product }));
  });

const nummerVan = ({ product }: Toewijzing): number => Number(product.ToewijzingNummer);
/** IV013; of the same moment, the last that came. */
const moment = ({ product }: Toewijzing): string => `${product.Toewijzingsdatum} ${product.Toewijzingstijd}`;

/** The versions under this number of this person, and those of others. */
export function onderNummer(
  lijst: Lijst,
  bsn: string,
  nummer: string,
): { readonly eigen: readonly Toewijzing[]; readonly ander: readonly Toewijzing[] } {
  const alle = versies(lijst).filter((versie) => nummerVan(versie) === Number(nummer));
  return { eigen: alle.filter((versie) => versie.bsn === bsn), ander: alle.filter((versie) => versie.bsn !== bsn) };
}

/** The version that counts. The list is in the order of receipt, and sorting keeps that order where moments are equal. */
export function geldend(eigen: readonly Toewijzing[]): Toewijzing | undefined {
  const opVolgorde = [...eigen].sort((a, b) => a.bericht.volgorde - b.bericht.volgorde);
  return opVolgorde.sort((a, b) => (moment(a) < moment(b) ? -1 : moment(a) > moment(b) ? 1 : 0)).at(-1);
}

/** The version that counts of every toewijzing of a person. */
export function geldendeVan(lijst: Lijst, bsn: string): readonly Toewijzing[] {
  const eigen = versies(lijst).filter((versie) => versie.bsn === bsn);
  return [...new Set(eigen.map(nummerVan))].map(
    (nummer) => geldend(eigen.filter((versie) => nummerVan(versie) === nummer)) as Toewijzing,
  );
}

/** OP087, OP259: 13, or 01 that ends where it begins. */
export const isVerwijderd = ({ product }: Toewijzing): boolean =>
  (product.RedenWijziging === '13' || product.RedenWijziging === '01') && product.Einddatum === product.Ingangsdatum;

/** OP095: a toewijzing of this day or later can have crossed the message in the mail. */
export const kanGekruistZijn = (toewijzing: Toewijzing, bericht: Bericht): boolean =>
  dagtekening(toewijzing.bericht) >= dagtekening(bericht);

/** Was everything seen that came after it, and could have undone it? */
export const isVast = (bericht: Genoteerd, begin: Begin): boolean =>
  isActueel(begin, {
    ingevoerd: bericht.ingevoerd,
    dagtekening: dagtekening(bericht),
    toewijzingsdatum: dagtekening(bericht),
  });

/** What earlier messages stand in the way? Something that may have been undone unseen proves nothing. */
export function botsing(
  zaak: Pick<Zaak, 'begin' | 'bericht'>,
  eerder: readonly { readonly bericht: Genoteerd }[],
): Uitkomst {
  if (eerder.length === 0) return 'goed';
  const isZeker = (een: Genoteerd): boolean => een.volgorde === zaak.bericht.volgorde || isVast(een, zaak.begin);
  return eerder.some(({ bericht }) => isZeker(bericht)) ? 'fout' : 'onbekend';
}

/**
 * A number that this person does not have, as far as is known, and somebody else has. A number should have one owner (TR332), but whether it
 * has, only who saw everything can say.
 * @param dag the first day on which a toewijzing of his own must have played a part
 */
export function vanAnder(
  { begin, bericht }: Pick<Zaak, 'begin' | 'bericht'>,
  ander: readonly Toewijzing[],
  dag: string,
): Uitkomst {
  if (ander.every((toewijzing) => kanGekruistZijn(toewijzing, bericht))) return 'twijfel';
  return kent(begin, dag) ? 'fout' : 'onbekend';
}

/** How sure is a fault that follows from the values of a toewijzing? */
export function zwaarte(toewijzing: Toewijzing, { bericht, begin }: Pick<Zaak, 'bericht' | 'begin'>): Oordeel {
  const versie = {
    ingevoerd: toewijzing.bericht.ingevoerd,
    dagtekening: dagtekening(toewijzing.bericht),
    toewijzingsdatum: toewijzing.product.Toewijzingsdatum,
  };
  if (!isActueel(begin, versie)) return 'onbekend';
  return kanGekruistZijn(toewijzing, bericht) ? 'twijfel' : 'fout';
}

/** Of several outcomes, the one that counts. */
export function zwaarste(uitkomsten: readonly Uitkomst[]): Uitkomst {
  return (['fout', 'twijfel', 'onbekend'] as const).find((oordeel) => uitkomsten.includes(oordeel)) ?? 'goed';
}
