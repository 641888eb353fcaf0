/** Rules across messages on a toewijzing (301), which the aanbieder judges. Source: TR332, TR379 and TR385 of both standards. */

import { plaats } from '../../standards/elders-rij.ts';
import { VERWIJDERD } from '../../standards/gedeeld/toewijzing.ts';
import type { Toewijzing } from '../feiten.ts';
import { botst, type Dossierregel, GOED, ONBEKEND, type Uitspraak } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { isVerwijderd } from '../toewijzingen.ts';
import { botstMet, MAX_BOTSINGEN } from '../vast.ts';
import { isTeruggedraaid } from '../verbruik.ts';
import { kentVerzoek } from '../verzoeken.ts';

/** A ToegewezenProduct of a message, as the version that it is. */
export interface Toewijzingzicht {
  readonly toewijzing: Toewijzing;
  readonly bericht: TeSchouwen;
}

const zelfdeProduct = (a: Toewijzing, b: Toewijzing): boolean =>
  a.categorie === b.categorie && a.code === b.code && a.ingangsdatum === b.ingangsdatum;

function nummerUniek({ toewijzing, bericht }: Toewijzingzicht): Uitspraak {
  const { dossier } = bericht;
  const { nummer, persoon } = toewijzing;
  const versies = dossier.versies(nummer);
  const vanAnderen = versies.filter((versie) => versie.persoon !== persoon);
  const geldig = vanAnderen.filter((versie) => {
    const nu = dossier.toewijzing(nummer, versie.persoon);
    return nu !== undefined && !isVerwijderd(nu);
  });
  if (geldig.length > 0) return botstMet(bericht, geldig);
  const anders = versies.filter((versie) => versie.persoon !== persoon || !zelfdeProduct(versie, toewijzing));
  return anders.length === 0 ? GOED : botst('twijfel', anders);
}

function kenmerkVanVerzoek({ toewijzing, bericht }: Toewijzingzicht): Uitspraak {
  const { kenmerk, persoon, nummer } = toewijzing;
  if (kenmerk === null) return GOED;
  const { dossier } = bericht;
  const eerder = dossier
    .toewijzingenOp(kenmerk)
    .filter((versie) => versie.nummer === nummer && versie.persoon === persoon);
  if (eerder.length > 0) return botst('twijfel', eerder.slice(0, MAX_BOTSINGEN));
  const verzoeken = dossier.verzoekenMet(kenmerk);
  if (verzoeken.some((verzoek) => verzoek.persoon === persoon)) return GOED;
  // That somebody else asked under this reference does not yet say that this person did not: two may have used it (TR347).
  return kentVerzoek(bericht, toewijzing.toewijzingsdatum)
    ? botst('fout', verzoeken.slice(0, MAX_BOTSINGEN))
    : ONBEKEND;
}

function nietGedeclareerd({ toewijzing, bericht }: Toewijzingzicht): Uitspraak {
  const { dossier } = bericht;
  if (toewijzing.redenWijziging !== VERWIJDERD) return GOED;
  const { nummer, persoon } = toewijzing;
  const toegekend = dossier
    .prestatiesOp(nummer)
    .filter(
      (prestatie) =>
        prestatie.persoon === persoon &&
        !prestatie.credit &&
        prestatie.stand === 'toegekend' &&
        !isTeruggedraaid(dossier, prestatie),
    );
  return botstMet(bericht, toegekend);
}

export const TOEWIJZINGREGELS: readonly Dossierregel<Toewijzingzicht>[] = [
  {
    code: 'TR332',
    niveau: 3,
    retourcode: '9332',
    tekst: 'Een gemeente geeft een toewijzingnummer binnen de Wmo of de Jeugdwet maar aan één toewijzing.',
    melding: 'Geef deze toewijzing een eigen ToewijzingNummer: dit nummer is al van een andere toewijzing.',
    twijfel:
      'Een waarschuwing als de eerdere toewijzing met dit nummer van dezelfde cliënt was maar een ander product of een andere ingangsdatum had, of van een andere cliënt was en is verwijderd: de norm zegt niet of het dan een andere toewijzing is.',
    plaatsen: [plaats('301', 'ToegewezenProduct', 'ToewijzingNummer')],
    element: 'ToewijzingNummer',
    controleer: nummerUniek,
  },
  {
    code: 'TR379',
    niveau: 3,
    retourcode: '9379',
    tekst:
      'Een toewijzing die een verzoek inwilligt, noemt de eerste keer de referentie van dat verzoek; anders noemt zij er geen.',
    melding:
      'Neem de ReferentieAanbieder over van het verzoek van deze cliënt dat wordt ingewilligd, of laat haar weg als er geen verzoek is.',
    twijfel:
      'Een waarschuwing als dezelfde toewijzing deze referentie al eerder noemde: wie een toewijzing op verzoek nog eens stuurt, verandert er niets aan.',
    plaatsen: [plaats('301', 'ToegewezenProduct', 'ReferentieAanbieder')],
    element: 'ReferentieAanbieder',
    controleer: kenmerkVanVerzoek,
  },
  {
    code: 'TR385',
    niveau: 3,
    retourcode: '9385',
    tekst:
      'Een toewijzing kan niet worden verwijderd (RedenWijziging 13) zolang er goedgekeurde prestaties op staan die niet gecrediteerd zijn.',
    melding:
      'Verwijder deze toewijzing niet: er zijn goedgekeurde prestaties op gedeclareerd. Laat die eerst crediteren, of beëindig de toewijzing.',
    plaatsen: [plaats('301', 'ToegewezenProduct', 'RedenWijziging')],
    element: 'RedenWijziging',
    controleer: nietGedeclareerd,
  },
];
