/** Rules across messages on the answer to a request (319), which the aanbieder judges. Source: TR355, TR359, TR360, TR365 of both standards. */
import { plaats } from '../../standards/elders-rij.ts';
import type { Antwoord } from '../feiten.ts';
import { botst, type Dossierregel, GOED, ontbreekt, type Uitspraak } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { botstOngekruist, kruist } from '../toewijzingen.ts';
import { botstMet } from '../vast.ts';
import { kentVerzoek } from '../verzoeken.ts';

/** An Antwoord of a message. */
export interface Antwoordzicht {
  readonly antwoord: Antwoord;
  readonly bericht: TeSchouwen;
}

function opVerzoek({ antwoord, bericht }: Antwoordzicht): Uitspraak {
  return bericht.dossier.verzoekenMet(antwoord.kenmerk).length > 0 ? GOED : ontbreekt(kentVerzoek(bericht));
}

const nietIngewilligd = ({ antwoord, bericht }: Antwoordzicht): Uitspraak =>
  botstOngekruist(bericht, bericht.dossier.toewijzingenOp(antwoord.kenmerk));

/** Two answers of one kind are wrong in any order; of two that differ, the other may have been written later and come before this one. */
function botstMetAntwoorden({ antwoord, bericht }: Antwoordzicht, eerder: readonly Antwoord[]): Uitspraak {
  const zeker = eerder.filter((deze) => deze.inOnderzoek === antwoord.inOnderzoek || !kruist(deze, bericht));
  return eerder.length > 0 && zeker.length === 0 ? botst('twijfel', eerder) : botstMet(bericht, zeker);
}

const onderzoekEerst = (zicht: Antwoordzicht): Uitspraak =>
  botstMetAntwoorden(
    zicht,
    zicht.antwoord.inOnderzoek ? zicht.bericht.dossier.antwoordenOp(zicht.antwoord.kenmerk) : [],
  );

const eersteInOnderzoek = (zicht: Antwoordzicht): Uitspraak =>
  botstMetAntwoorden(
    zicht,
    zicht.bericht.dossier.antwoordenOp(zicht.antwoord.kenmerk).filter(({ inOnderzoek }) => !inOnderzoek),
  );

const GEKRUIST =
  'Een waarschuwing als het eerdere bericht van dezelfde dag of later is: aan de volgorde van ontvangst kan geen betekenis worden gehecht.';

export const ANTWOORDREGELS: readonly Dossierregel<Antwoordzicht>[] = [
  {
    code: 'TR355',
    niveau: 3,
    retourcode: '9355',
    tekst: 'Een antwoord noemt de referentie van een verzoek dat de aanbieder eerder heeft gedaan.',
    melding: 'Neem de ReferentieAanbieder over van het verzoek waarop dit het antwoord is.',
    plaatsen: [plaats('319', 'Antwoord', 'ReferentieAanbieder')],
    element: 'ReferentieAanbieder',
    controleer: opVerzoek,
  },
  {
    code: 'TR359',
    niveau: 3,
    retourcode: '9359',
    tekst: 'Op een verzoek dat al met een toewijzing is ingewilligd, komt geen antwoord meer.',
    melding: 'Stuur geen antwoord meer: dit verzoek is al met een toewijzing ingewilligd.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('319', 'Antwoord', 'ReferentieAanbieder')],
    element: 'ReferentieAanbieder',
    controleer: nietIngewilligd,
  },
  {
    code: 'TR360',
    niveau: 3,
    retourcode: '9360',
    tekst: 'Dat een verzoek in onderzoek is (VerzoekAntwoord 2), kan alleen het eerste antwoord zijn.',
    melding: 'Op dit verzoek is al geantwoord: stuur nu een toewijzing of een afwijzing.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('319', 'Antwoord', 'VerzoekAntwoord')],
    element: 'VerzoekAntwoord',
    controleer: onderzoekEerst,
  },
  {
    code: 'TR365',
    niveau: 3,
    retourcode: '9365',
    tekst: 'Een tweede antwoord op een verzoek kan alleen als het eerste zei dat het in onderzoek was.',
    melding: 'Stuur geen antwoord meer: dit verzoek is al afgewezen.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('319', 'Antwoord', '')],
    element: '',
    controleer: eersteInOnderzoek,
  },
];
