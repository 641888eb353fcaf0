/** Rules across messages on toewijzing, verzoek and antwoord (301, 315, 317, 319). Source: technische regels, berichtoverstijgend. */
import { type Eldersregel, overBerichten, plaats } from './elders-rij.ts';

const TOEWIJZING = 'de toewijzing zoals die nu is';
const VERZOEKEN = 'de verzoeken die eerder gedaan zijn';
const ANTWOORDEN = 'het verzoek en wat daar al op geantwoord is';

export const TOEWIJZINGREGELS_ELDERS: readonly Eldersregel[] = [
  overBerichten('TR332', {
    retourcode: '9332',
    nodig: 'alle toewijzingen van de gemeente',
    tekst: 'Een gemeente geeft een toewijzingnummer binnen de Wmo of de Jeugdwet maar aan één toewijzing.',
    plaatsen: [plaats('301', 'ToegewezenProduct', 'ToewijzingNummer')],
  }),
  overBerichten('TR379', {
    retourcode: '9379',
    nodig: VERZOEKEN,
    tekst:
      'Een toewijzing die een verzoek inwilligt, noemt de eerste keer de referentie van dat verzoek; anders noemt zij er geen.',
    plaatsen: [plaats('301', 'ToegewezenProduct', 'ReferentieAanbieder')],
  }),
  overBerichten('TR385', {
    retourcode: '9385',
    nodig: 'de goedgekeurde declaraties',
    tekst:
      'Een toewijzing kan niet worden verwijderd (RedenWijziging 13) zolang er goedgekeurde prestaties op staan die niet gecrediteerd zijn.',
    plaatsen: [plaats('301', 'ToegewezenProduct', 'RedenWijziging')],
  }),
  overBerichten('TR347', {
    retourcode: '9347',
    nodig: VERZOEKEN,
    tekst: 'Een aanbieder gebruikt een referentie binnen de Wmo of de Jeugdwet maar voor één verzoek.',
    plaatsen: [
      plaats('315', 'AangevraagdProduct', 'ReferentieAanbieder'),
      plaats('317', 'Verzoek', 'ReferentieAanbieder'),
    ],
  }),
  overBerichten('TR374', {
    retourcode: '9374',
    nodig: ANTWOORDEN,
    tekst: 'Zolang een verzoek van de aanbieder voor deze cliënt nog loopt, komt er geen nieuw verzoek.',
    plaatsen: [plaats('315', 'Client', ''), plaats('317', 'Verzoek', '')],
  }),
  overBerichten('TR349', {
    retourcode: '9349',
    nodig: 'alle actuele toewijzingen van de cliënt',
    tekst: 'Een verzoek om wijziging noemt elke actuele toewijzing van de cliënt: als ongewijzigd of als te wijzigen.',
    plaatsen: [plaats('317', 'Verzoek', '')],
  }),
  overBerichten('TR350', {
    retourcode: '9350',
    nodig: TOEWIJZING,
    tekst: 'Het nummer bij een ongewijzigd product is dat van een actuele toewijzing.',
    plaatsen: [plaats('317', 'OngewijzigdProduct', 'ToewijzingNummer')],
  }),
  overBerichten('TR351', {
    retourcode: '9351',
    nodig: TOEWIJZING,
    tekst: 'Het nummer bij een te wijzigen product is dat van een actuele toewijzing.',
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'ToewijzingNummer')],
  }),
  overBerichten('TR357', {
    retourcode: '9357',
    nodig: TOEWIJZING,
    tekst: 'Een wijziging die niet in de toekomst ingaat, geldt vanaf het begin van de toewijzing.',
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'GewensteIngangsdatum')],
  }),
  overBerichten('TR361', {
    retourcode: '9361',
    nodig: 'de toewijzing, want die zegt om welk product het gaat',
    tekst:
      'Hetzelfde product staat in een verzoek om wijziging niet twee keer over dezelfde dagen; bij iWmo mogen de categorieën 11 tot en met 14 wel overlappen.',
    plaatsen: [
      plaats('317', 'OngewijzigdProduct', ''),
      plaats('317', 'TeWijzigenProduct', ''),
      plaats('317', 'NieuwProduct', ''),
    ],
  }),
  overBerichten('TR373', {
    retourcode: '9373',
    nodig: TOEWIJZING,
    tekst:
      'Een ander budget, of een ander totaal over de looptijd, wordt gevraagd vanaf de ingangsdatum van de toewijzing.',
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'GewensteIngangsdatum')],
  }),
  overBerichten('TR375', {
    retourcode: '9375',
    nodig: TOEWIJZING,
    tekst: 'Bij een toewijzing zonder product die na 2020 eindigt of geen einde heeft, wordt geen omvang gevraagd.',
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'Omvang')],
  }),
  overBerichten('TR411', {
    retourcode: '9411',
    nodig: TOEWIJZING,
    tekst: 'Bij een toewijzing met een productcode is de omvang verplicht.',
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'Omvang')],
  }),
  overBerichten('TR412', {
    retourcode: '9412',
    nodig: TOEWIJZING,
    tekst: 'Bij een toewijzing zonder productcode die na 2020 eindigt of geen einde heeft, wordt geen omvang gevraagd.',
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'Omvang')],
  }),
  overBerichten('TR355', {
    retourcode: '9355',
    nodig: VERZOEKEN,
    tekst: 'Een antwoord noemt de referentie van een verzoek dat de aanbieder eerder heeft gedaan.',
    plaatsen: [plaats('319', 'Antwoord', 'ReferentieAanbieder')],
  }),
  overBerichten('TR359', {
    retourcode: '9359',
    nodig: ANTWOORDEN,
    tekst: 'Op een verzoek dat al met een toewijzing is ingewilligd, komt geen antwoord meer.',
    plaatsen: [plaats('319', 'Antwoord', 'ReferentieAanbieder')],
  }),
  overBerichten('TR360', {
    retourcode: '9360',
    nodig: ANTWOORDEN,
    tekst: 'Dat een verzoek in onderzoek is (VerzoekAntwoord 2), kan alleen het eerste antwoord zijn.',
    plaatsen: [plaats('319', 'Antwoord', 'VerzoekAntwoord')],
  }),
  overBerichten('TR365', {
    retourcode: '9365',
    nodig: ANTWOORDEN,
    tekst: 'Een tweede antwoord op een verzoek kan alleen als het eerste zei dat het in onderzoek was.',
    plaatsen: [plaats('319', 'Antwoord', '')],
  }),
];
