/**
 * Rules across messages on a prestatie and the ones before it (323), which the gemeente judges. Source: TR314, TR319, TR323, TR389 and TR390 of
 * both standards.
 */
import { na } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import type { Debetzicht, Prestatiezicht } from '../declaraties.ts';
import { botst, type Dossierregel, FOUT, GOED, ONBEKEND, type Uitspraak } from '../regel.ts';
import { botstMet, MAX_BOTSINGEN } from '../vast.ts';

const opPrestatie = (element: string) => ({ element, plaatsen: [plaats('323', 'Prestatie', element)] });

/**
 * TR323. What was sent back, or has no answer yet, cannot be taken back (IV085). That such a debet is there is not enough to refuse: one with the
 * same reference may have been granted before, unseen, and be the reason why this one was sent back (TR314).
 */
function debetToegekend({ bericht, prestatie: { vorig, persoon, begindatum } }: Prestatiezicht): Uitspraak {
  if (vorig === null) return GOED;
  const { dossier, kennis } = bericht;
  const debets = dossier.prestatiesMet(vorig).filter(({ credit }) => !credit);
  if (debets.some((debet) => debet.stand === 'toegekend' && debet.persoon === persoon)) return GOED;
  return kennis.zagVanaf(begindatum) ? botst('fout', debets.slice(0, MAX_BOTSINGEN)) : ONBEKEND;
}

function nietEerderTeruggedraaid({ bericht, prestatie: { vorig } }: Prestatiezicht): Uitspraak {
  if (vorig === null) return GOED;
  return botstMet(
    bericht,
    bericht.dossier.creditsOp(vorig).filter(({ stand }) => stand !== 'afgewezen'),
  );
}

/** On every prestatie. */
export const PRESTATIEREGELS: readonly Dossierregel<Prestatiezicht>[] = [
  {
    code: 'TR314',
    niveau: 3,
    retourcode: '8021',
    tekst: 'Een aanbieder gebruikt een referentienummer binnen de Wmo of de Jeugdwet maar voor één prestatie.',
    melding:
      'Geef de prestatie een ReferentieNummer dat nog niet is gebruikt; alleen dat van een afgewezen prestatie komt vrij.',
    ...opPrestatie('ProductReferentie.ReferentieNummer'),
    controleer: ({ prestatie, gebruikt, eerderGebruikt }) => (gebruikt.has(prestatie.kenmerk) ? FOUT : eerderGebruikt),
  },
];

/** On a credit, which can only be refused for what it refers to (IV085). */
export const CREDITREGELS: readonly Dossierregel<Prestatiezicht>[] = [
  {
    code: 'TR323',
    niveau: 3,
    retourcode: '8017',
    tekst: 'Een creditprestatie verwijst naar een debetprestatie die eerder is ingediend en goedgekeurd.',
    melding:
      'Verwijs met VorigReferentieNummer naar een debetprestatie van deze cliënt die is toegekend. Wat is afgewezen, wordt niet gecrediteerd; wat nog niet is beantwoord, pas na het antwoord.',
    ...opPrestatie('ProductReferentie.VorigReferentieNummer'),
    controleer: debetToegekend,
  },
  {
    code: 'TR390',
    niveau: 3,
    retourcode: '9390',
    tekst: 'Een prestatie wordt hoogstens één keer gecrediteerd.',
    melding: 'Verwijder deze creditprestatie: de prestatie waarnaar zij verwijst, is al gecrediteerd.',
    ...opPrestatie('IngediendBedrag.DebetCredit'),
    controleer: nietEerderTeruggedraaid,
  },
];

/** On a debet, besides what its toewijzing says. */
export const DEBETREGELS: readonly Dossierregel<Debetzicht>[] = [
  {
    code: 'TR319',
    niveau: 3,
    retourcode: '9319',
    tekst: 'Een prestatie valt in de maand van de declaratie zelf of in een eerdere declaratiemaand.',
    melding: 'Declareer deze prestatie later: haar ProductPeriode ligt na de DeclaratiePeriode.',
    ...opPrestatie('ProductPeriode'),
    controleer: ({ prestatie, periodeEinde }) => (na(prestatie.einddatum, periodeEinde) ? FOUT : GOED),
  },
  {
    code: 'TR389',
    niveau: 3,
    retourcode: '9389',
    tekst:
      'Voor dezelfde toewijzing, periode en hetzelfde product komt er pas een nieuwe debetprestatie als de vorige gecrediteerd is.',
    melding: 'Crediteer eerst de eerdere prestatie voor deze toewijzing, periode en dit product.',
    ...opPrestatie('IngediendBedrag.DebetCredit'),
    controleer: ({ bericht, prestatie, verbruik }) => botstMet(bericht, verbruik.zelfdeZorg(prestatie)),
  },
];
