/**
 * What a declaratie-antwoord decides on the declaratie that it answers. Pure. It reads a 325 of the switch and one of a gemeente alike.
 * Source: IV085, IV087, TR342.
 *
 * What is granted is not in the answer, so whatever stands in it was sent back: also a prestatie with 0233, because what was not judged was not
 * granted, and whatever the code of its client is, because then all its prestaties are listed.
 */
import type { Klasse } from '../standards/structuren.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { type Besluit, prestatiesleutel } from './dossier.ts';
import type { Masker } from './feiten.ts';
import { NIET_BEOORDEELD } from './verslag.ts';

/** Checked, nothing to remark; and a declaratie that is granted as submitted. */
const GOEDGEKEURD: ReadonlySet<string> = new Set(['0200', '8001']);

/** Nothing of the declaratie was granted, as far as the total says. */
const niets = ({ TotaalToegekendBedrag }: Klasse<'325', 'DeclaratieAntwoord'>): boolean =>
  Number(TotaalToegekendBedrag.TotaalBedrag) === 0;

/**
 * Was the declaratie refused as a whole? A code of a rule on it says so. Not judged (0233) says so too, unless money was granted all the same:
 * then only what the answer lists was sent back.
 */
function isGeheelAfgewezen(antwoord: Klasse<'325', 'DeclaratieAntwoord'>): boolean {
  const codes: readonly string[] = antwoord.RetourCodes.RetourCode;
  const andere = codes.filter((code) => !GOEDGEKEURD.has(code));
  if (andere.some((code) => code !== NIET_BEOORDEELD)) return true;
  return andere.length > 0 && niets(antwoord);
}

/**
 * @param antwoord content of a 325
 * @param declaratie place in the lane of the 323 that it answers
 * @returns which prestaties were sent back; undefined when the declaratie counts as not sent
 */
export function besluitVan(antwoord: Inhoud, declaratie: number, masker: Masker): Besluit | undefined {
  const { RetourCodes } = antwoord.Header as unknown as Klasse<'325', 'Header'>;
  if (RetourCodes.RetourCode.some((code) => !GOEDGEKEURD.has(code))) return undefined;
  const deel = antwoord.DeclaratieAntwoord as Klasse<'325', 'DeclaratieAntwoord'> | undefined;
  if (deel && isGeheelAfgewezen(deel)) return undefined;
  const afgewezen = new Set<string>();
  for (const { Bsn, Prestaties } of deel?.Clienten?.Client ?? []) {
    const persoon = masker.persoon(Bsn);
    for (const { ProductReferentie } of Prestaties.Prestatie) {
      const { ReferentieNummer, VorigReferentieNummer } = ProductReferentie;
      const vorig = VorigReferentieNummer === undefined ? null : masker.kenmerk(VorigReferentieNummer);
      afgewezen.add(prestatiesleutel({ persoon, kenmerk: masker.kenmerk(ReferentieNummer), vorig }));
    }
  }
  return { volgorde: declaratie, afgewezen };
}
