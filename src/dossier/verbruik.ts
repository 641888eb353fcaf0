/**
 * What was declared on one toewijzing and still counts. Made once for every toewijzing that a declaratie names, and kept up while the declaratie
 * is walked, so that its cost does not grow with the number of prestaties on it.
 *
 * A debet counts unless it was sent back, or taken back by a credit that was not sent back itself. A credit takes back its debet as a whole
 * (OP366), wherever it says that it belongs; so the credit of a debet that the dossier does not know changes nothing.
 */
import { na } from '../standards/datum.ts';
import { EURO } from '../standards/gedeeld/declaratie.ts';
import type { Dossier } from './dossier.ts';
import type { Kenmerk, Prestatie } from './feiten.ts';
import { MAX_BOTSINGEN } from './vast.ts';
import { inDelen } from './volume.ts';

/** What two debets have in common that are for the same care (TR389). */
const zorg = ({ begindatum, einddatum, categorie, code }: Prestatie): string =>
  `${begindatum} ${einddatum} ${categorie} ${code}`;

/** Sums over prestaties. */
class Som {
  /** In sixtieths of the unit of the toewijzing; what is in a unit that does not go with it is left out. */
  volume = 0;
  /** Eurocents. */
  bedrag = 0;
  /** Eurocents, of the prestaties that are themselves in euros. */
  euro = 0;

  tel({ volume, eenheid, bedrag }: Prestatie, toegewezen: string | undefined): void {
    this.volume += toegewezen === undefined ? 0 : (inDelen(volume, eenheid, toegewezen) ?? 0);
    this.bedrag += bedrag;
    if (eenheid === EURO) this.euro += bedrag;
  }
}

export class Verbruik {
  /** What counts for certain: what an answer or a credit may have undone unseen is not in it. */
  readonly zeker = new Som();
  /** What counts as far as the dossier knows. */
  readonly geheel = new Som();
  /** One prestatie of each earlier message with any that counts; of very many, enough to explain. */
  readonly berichten: Prestatie[] = [];
  readonly #perZorg = new Map<string, Prestatie[]>();
  readonly #toegewezen: string | undefined;

  /** @param toegewezen unit of the toewijzing; undefined: it has no Omvang */
  constructor(toegewezen: string | undefined) {
    this.#toegewezen = toegewezen;
  }

  /** Puts in a debet of an earlier message. */
  eerder(prestatie: Prestatie, isZeker: boolean): void {
    if (isZeker) this.zeker.tel(prestatie, this.#toegewezen);
    this.geheel.tel(prestatie, this.#toegewezen);
    const sleutel = zorg(prestatie);
    const zelfde = this.#perZorg.get(sleutel);
    if (!zelfde) this.#perZorg.set(sleutel, [prestatie]);
    else if (zelfde.length < MAX_BOTSINGEN) zelfde.push(prestatie);
    // Of many, at least one that is certain.
    else if (isZeker) zelfde[0] = prestatie;
    const laatste = this.berichten.at(-1)?.herkomst.volgorde;
    if (prestatie.herkomst.volgorde !== laatste && this.berichten.length < MAX_BOTSINGEN) {
      this.berichten.push(prestatie);
    }
  }

  /** Puts in a debet of the message that is being walked, which nothing refused. */
  neem(prestatie: Prestatie): void {
    this.zeker.tel(prestatie, this.#toegewezen);
    this.geheel.tel(prestatie, this.#toegewezen);
  }

  /** Earlier debets for the same care. */
  zelfdeZorg(prestatie: Prestatie): readonly Prestatie[] {
    return this.#perZorg.get(zorg(prestatie)) ?? [];
  }
}

/**
 * Is it taken back? A credit can hardly be refused (IV085), so one without an answer counts as well. One that was written before the debet is of
 * another one with the same reference, which counts as not sent by now, or broke TR314.
 */
export const isTeruggedraaid = (dossier: Dossier, { kenmerk, herkomst }: Prestatie): boolean =>
  dossier
    .creditsOp(kenmerk)
    .some((credit) => credit.stand !== 'afgewezen' && !na(herkomst.dagtekening, credit.herkomst.dagtekening));

/**
 * Of earlier prestaties, the debets that count.
 * @param teruggedraaid references of the debets that the message itself takes back
 */
export const tellendeDebets = (
  dossier: Dossier,
  prestaties: readonly Prestatie[],
  teruggedraaid: ReadonlySet<Kenmerk>,
): readonly Prestatie[] =>
  prestaties.filter(
    (prestatie) =>
      !prestatie.credit &&
      prestatie.stand !== 'afgewezen' &&
      !teruggedraaid.has(prestatie.kenmerk) &&
      !isTeruggedraaid(dossier, prestatie),
  );
