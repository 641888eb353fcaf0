/** Rules across messages on a declaratie and its clients (323), which the gemeente judges. Source: TR304, TR318 and TR333 of both standards. */
import { na, vergelijk } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import type { Clientzicht, Declaratiezicht } from '../declaraties.ts';
import { botst, type Dossierregel, GOED, ontbreekt, type Uitspraak } from '../regel.ts';
import { botstMet } from '../vast.ts';

/**
 * TR318. A month that is passed over is no finding: the switch cannot know that there was care in it. To go back is (IV090), if the declaratie
 * of the later month was written before: their order of receipt means nothing (OP080).
 */
function nietTerug({ bericht, declaratie }: Declaratiezicht): Uitspraak {
  const laatste = bericht.dossier.laatsteDeclaratie();
  if (!laatste || vergelijk(declaratie.periode, laatste.periode) >= 0) return GOED;
  return na(declaratie.dagtekening, laatste.dagtekening) ? botstMet(bericht, [laatste]) : botst('twijfel', [laatste]);
}

/**
 * TR304. To refuse a client is to refuse all his prestaties; but a credit cannot be refused (IV085), so somebody with a credit that stands
 * is known, and each of his debets is judged by itself.
 */
function isBekend({ bericht, persoon, debets, heeftCredit }: Clientzicht): Uitspraak {
  const [eerste, ...rest] = debets.map(({ begindatum }) => begindatum);
  if (eerste === undefined || heeftCredit || bericht.dossier.toewijzingenVan(persoon).length > 0) return GOED;
  return ontbreekt(bericht.kennis.kent(rest.reduce((a, b) => (na(a, b) ? b : a), eerste)));
}

export const DECLARATIEKLASSEREGELS: readonly Dossierregel<Declaratiezicht>[] = [
  {
    code: 'TR318',
    niveau: 3,
    retourcode: '8214',
    tekst:
      'Wie elke maand zorg levert, slaat bij het declareren geen maand over en gaat niet terug achter de laatste maand.',
    melding:
      'Declareer met de laatst gedeclareerde maand of een latere: er is al een declaratie over een latere maand. De prestaties zelf mogen wel ouder zijn.',
    twijfel:
      'Een waarschuwing als de declaratie over de latere maand niet eerder gedateerd is dan deze: dan kan deze eerst verstuurd zijn. Een overgeslagen maand is nooit een bevinding: er kan geen zorg geleverd zijn.',
    plaatsen: [plaats('323', 'Declaratie', 'DeclaratiePeriode')],
    element: 'DeclaratiePeriode',
    controleer: nietTerug,
  },
  {
    code: 'TR333',
    niveau: 3,
    retourcode: '9333',
    tekst: 'Een aanbieder gebruikt een declaratienummer binnen de Wmo of de Jeugdwet maar één keer.',
    melding: 'Geef de declaratie een DeclaratieNummer dat nog niet is gebruikt.',
    plaatsen: [plaats('323', 'Declaratie', 'DeclaratieNummer')],
    element: 'DeclaratieNummer',
    controleer: ({ bericht, declaratie }) => botstMet(bericht, bericht.dossier.declaratiesMet(declaratie.nummer)),
  },
];

export const CLIENTREGELS: readonly Dossierregel<Clientzicht>[] = [
  {
    code: 'TR304',
    niveau: 3,
    retourcode: '8187',
    tekst: 'Van een cliënt voor wie gedeclareerd wordt, is er een toewijzing.',
    melding: 'Controleer het BSN: voor deze cliënt is geen toewijzing bekend.',
    plaatsen: [plaats('323', 'Client', 'Bsn')],
    element: 'Bsn',
    controleer: isBekend,
  },
];
