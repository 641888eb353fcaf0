/** Rules across messages that every request shares (315, 317). Source: TR347 and TR374 of both standards. */
import { plaats } from '../../standards/elders-rij.ts';
import type { Kenmerk, Persoon } from '../feiten.ts';
import type { Dossierregel } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { botstMet } from '../vast.ts';
import { openVerzoeken } from '../verzoeken.ts';

/** An AangevraagdProduct, or a Verzoek. */
export interface Kenmerkzicht {
  readonly kenmerk: Kenmerk;
  readonly bericht: TeSchouwen;
}

/** The person that a message asks something for. */
export interface Persoonzicht {
  readonly persoon: Persoon;
  readonly bericht: TeSchouwen;
}

export const KENMERKREGELS: readonly Dossierregel<Kenmerkzicht>[] = [
  {
    code: 'TR347',
    niveau: 3,
    retourcode: '9347',
    tekst: 'Een aanbieder gebruikt een referentie binnen de Wmo of de Jeugdwet maar voor één verzoek.',
    melding: 'Geef dit verzoek een eigen ReferentieAanbieder: deze is al bij een eerder verzoek gebruikt.',
    plaatsen: [
      plaats('315', 'AangevraagdProduct', 'ReferentieAanbieder'),
      plaats('317', 'Verzoek', 'ReferentieAanbieder'),
    ],
    element: 'ReferentieAanbieder',
    controleer: ({ kenmerk, bericht }) => botstMet(bericht, bericht.dossier.verzoekenMet(kenmerk)),
  },
];

export const AANVRAAGREGELS: readonly Dossierregel<Persoonzicht>[] = [
  {
    code: 'TR374',
    niveau: 3,
    retourcode: '9374',
    tekst: 'Zolang een verzoek van de aanbieder voor deze cliënt nog loopt, komt er geen nieuw verzoek.',
    melding:
      'Wacht met dit verzoek tot het eerdere verzoek voor deze cliënt is afgehandeld met een toewijzing of een afwijzing.',
    plaatsen: [plaats('315', 'Client', ''), plaats('317', 'Verzoek', '')],
    element: '',
    controleer: ({ persoon, bericht }) => botstMet(bericht, openVerzoeken(bericht.dossier, persoon)),
  },
];
