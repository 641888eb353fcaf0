/** Rules across messages on declaratie and declaratie-antwoord (323, 325). Source: technische regels, berichtoverstijgend. */
import { type Eldersregel, overBerichten, plaats } from './elders-rij.ts';

const TOEWIJZING = 'de toewijzing';
const PRESTATIES = 'de prestaties die eerder gedeclareerd zijn';
const DECLARATIES = 'de declaraties die eerder zijn ingediend';
const DECLARATIE = 'de declaratie waarop het antwoord volgt';

const prestatie = (element: string) => [plaats('323', 'Prestatie', element)];

/** On the declaratie, by what it has to agree with. */
const DECLARATIE_323: readonly Eldersregel[] = [
  overBerichten('TR304', {
    retourcode: '8187',
    nodig: 'de cliënten uit eerdere berichten',
    tekst: 'Het Bsn hoort bij een cliënt die de ontvanger kent.',
    plaatsen: [plaats(['317', '323', '325'], 'Client', 'Bsn')],
  }),
  overBerichten('TR314', {
    retourcode: '8021',
    nodig: PRESTATIES,
    tekst: 'Een aanbieder gebruikt een referentienummer binnen de Wmo of de Jeugdwet maar voor één prestatie.',
    plaatsen: prestatie('ProductReferentie.ReferentieNummer'),
  }),
  overBerichten('TR318', {
    retourcode: '8214',
    nodig: DECLARATIES,
    tekst: 'Wie elke maand zorg levert, slaat bij het declareren geen maand over.',
    plaatsen: [plaats('323', 'Declaratie', 'DeclaratiePeriode')],
  }),
  overBerichten('TR319', {
    retourcode: '9319',
    nodig: DECLARATIES,
    tekst: 'Een prestatie valt in de maand van de declaratie zelf of in een eerdere declaratiemaand.',
    plaatsen: prestatie('ProductPeriode'),
  }),
  overBerichten('TR323', {
    retourcode: '8017',
    nodig: PRESTATIES,
    tekst: 'Een creditprestatie verwijst naar een debetprestatie die eerder is ingediend en goedgekeurd.',
    plaatsen: prestatie('ProductReferentie.VorigReferentieNummer'),
  }),
  overBerichten('TR333', {
    retourcode: '9333',
    nodig: DECLARATIES,
    tekst: 'Een aanbieder gebruikt een declaratienummer binnen de Wmo of de Jeugdwet maar één keer.',
    plaatsen: [plaats('323', 'Declaratie', 'DeclaratieNummer')],
  }),
  overBerichten('TR389', {
    retourcode: '9389',
    nodig: PRESTATIES,
    tekst:
      'Voor dezelfde toewijzing, periode en hetzelfde product komt er pas een nieuwe debetprestatie als de vorige gecrediteerd is.',
    plaatsen: prestatie('IngediendBedrag.DebetCredit'),
  }),
  overBerichten('TR390', {
    retourcode: '9390',
    nodig: PRESTATIES,
    tekst: 'Een prestatie wordt hoogstens één keer gecrediteerd.',
    plaatsen: prestatie('IngediendBedrag.DebetCredit'),
  }),
];

const TEGEN_DE_TOEWIJZING: readonly Eldersregel[] = [
  overBerichten('TR307', {
    retourcode: '9307',
    nodig: TOEWIJZING,
    tekst: 'Een prestatie begint niet voor de ingangsdatum van haar toewijzing.',
    plaatsen: prestatie('ProductPeriode.Begindatum'),
  }),
  overBerichten('TR308', {
    retourcode: '9308',
    nodig: TOEWIJZING,
    tekst: 'Een prestatie eindigt niet na de einddatum van haar toewijzing, als die er een heeft.',
    plaatsen: prestatie('ProductPeriode.Einddatum'),
  }),
  overBerichten('TR321', {
    retourcode: '9321',
    nodig: TOEWIJZING,
    tekst:
      'Een prestatie past in de omvang die voor haar periode is toegewezen; bij iWmo mag hulp bij het huishouden per week tot zes keer het weekvolume.',
    plaatsen: prestatie('GeleverdVolume'),
  }),
  overBerichten('TR322', {
    retourcode: '9322',
    nodig: 'de toewijzing met alle prestaties daarop',
    tekst: 'Alle prestaties op een toewijzing samen passen in de omvang over haar hele looptijd.',
    plaatsen: prestatie('GeleverdVolume'),
  }),
  overBerichten('TR369', {
    retourcode: '9369',
    nodig: 'de toewijzing met alle prestaties daarop',
    tekst: 'Alle prestaties op een toewijzing met een budget blijven samen binnen dat budget.',
    plaatsen: prestatie('GeleverdVolume'),
  }),
  overBerichten('TR338', {
    retourcode: '9338',
    nodig: TOEWIJZING,
    tekst: 'Een prestatie noemt het nummer van een toewijzing die er is.',
    plaatsen: prestatie('ToewijzingNummer'),
  }),
  overBerichten('TR339', {
    retourcode: '9339',
    nodig: TOEWIJZING,
    tekst: 'Noemt de toewijzing een productcategorie, dan heeft de prestatie dezelfde.',
    plaatsen: prestatie('ProductCategorie'),
  }),
  overBerichten('TR340', {
    retourcode: '9340',
    nodig: TOEWIJZING,
    tekst: 'Noemt de toewijzing een productcode, dan heeft de prestatie dezelfde.',
    plaatsen: prestatie('ProductCode'),
  }),
  overBerichten('TR341', {
    retourcode: '9341',
    nodig: TOEWIJZING,
    tekst: 'Een prestatie telt in de eenheid van haar toewijzing; wat in uren is toegewezen, mag ook in minuten.',
    plaatsen: prestatie('Eenheid'),
  }),
  overBerichten('TR384', {
    retourcode: '9384',
    nodig: TOEWIJZING,
    tekst: 'Op een toewijzing die verwijderd is (RedenWijziging 13), wordt niet gedeclareerd.',
    plaatsen: prestatie('ToewijzingNummer'),
  }),
  overBerichten('TR387', {
    retourcode: '9387',
    nodig: TOEWIJZING,
    tekst:
      'Een prestatie begint op de eerste van de maand, of op de ingangsdatum als haar toewijzing later in die maand begint.',
    plaatsen: prestatie('ProductPeriode.Begindatum'),
  }),
  overBerichten('TR388', {
    retourcode: '9388',
    nodig: TOEWIJZING,
    tekst:
      'Een prestatie eindigt op de laatste van de maand, of op de einddatum als haar toewijzing eerder in die maand eindigt.',
    plaatsen: prestatie('ProductPeriode.Einddatum'),
  }),
  {
    code: 'TR418',
    soort: 'TR',
    niveau: 3,
    retourcode: '0611',
    waar: 'bron',
    reden: 'Het afgesproken tarief staat in geen enkel bericht: de gemeente vergelijkt het zelf met haar contract.',
    tekst: 'Het tarief is wat in het contract voor die productcode is afgesproken.',
    plaatsen: prestatie('ProductTarief'),
  },
];

const ANTWOORD_325: readonly Eldersregel[] = [
  overBerichten('TR337', {
    retourcode: null,
    nodig: DECLARATIE,
    tekst: 'Het antwoord noemt de berichtidentificatie van een declaratie die de gemeente heeft ontvangen.',
    plaatsen: [plaats('325', 'Header', 'DeclaratieIdentificatie')],
  }),
  overBerichten('TR371', {
    retourcode: null,
    nodig: DECLARATIE,
    tekst: 'Het antwoord herhaalt de XSD-versie van de declaratie.',
    plaatsen: [plaats('325', 'Header', 'XsdVersieDeclaratie')],
  }),
  overBerichten('TR376', {
    retourcode: null,
    nodig: DECLARATIE,
    tekst: 'Het antwoord noemt het nummer van een declaratie die de gemeente heeft ontvangen.',
    plaatsen: [plaats('325', 'DeclaratieAntwoord', 'DeclaratieNummer')],
  }),
  overBerichten('TR366', {
    retourcode: '9366',
    nodig: DECLARATIE,
    tekst: 'Elke prestatie in het antwoord komt met haar referentie in de declaratie voor.',
    plaatsen: [plaats('325', 'Prestatie', 'ProductReferentie')],
  }),
  overBerichten('TR367', {
    retourcode: '9367',
    nodig: DECLARATIE,
    tekst: 'Wat het antwoord van een prestatie herhaalt, staat er precies zo in als in de declaratie.',
    plaatsen: [plaats('325', 'Prestatie', '')],
  }),
];

export const DECLARATIEREGELS_ELDERS: readonly Eldersregel[] = [
  ...DECLARATIE_323,
  ...TEGEN_DE_TOEWIJZING,
  ...ANTWOORD_325,
];
