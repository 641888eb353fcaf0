/** Rules across messages on start and stop (305, 307), and the one on every header. Source: technische regels, berichtoverstijgend. */
import { type Eldersregel, overBerichten, plaats } from './elders-rij.ts';

const LEVERINGEN = 'de starts en stops die eerder gemeld zijn';

export const LEVERINGREGELS_ELDERS: readonly Eldersregel[] = [
  overBerichten('TR056', {
    retourcode: '9056',
    nodig: 'alle berichten die deze verzender eerder stuurde',
    tekst: 'Een verzender gebruikt een berichtidentificatie bij elke berichtsoort maar één keer.',
    plaatsen: [
      plaats(['301', '305', '307', '315', '317', '319', '323', '325'], 'Header', 'BerichtIdentificatie.Identificatie'),
    ],
  }),
  overBerichten('TR019', {
    retourcode: '9019',
    nodig: 'de toewijzing',
    tekst: 'Een start of stop noemt het nummer van een toewijzing, tenzij de werkwijze taakgericht is.',
    plaatsen: [plaats('305', 'StartProduct', 'ToewijzingNummer'), plaats('307', 'StopProduct', 'ToewijzingNummer')],
  }),
  overBerichten('TR063', {
    retourcode: '9063',
    nodig: LEVERINGEN,
    tekst:
      'Alleen een melding die eerder met dezelfde sleutel is gestuurd, kan worden verwijderd (StatusAanlevering 3).',
    plaatsen: [plaats('305', 'StartProduct', 'StatusAanlevering'), plaats('307', 'StopProduct', 'StatusAanlevering')],
  }),
  overBerichten('TR071', {
    retourcode: '9071',
    nodig: LEVERINGEN,
    tekst: 'Een start kan niet meer worden verwijderd (StatusAanlevering 3) nadat de stop ervan is gemeld.',
    plaatsen: [plaats('305', 'StartProduct', 'StatusAanlevering')],
  }),
  overBerichten('TR074', {
    retourcode: '9074',
    nodig: LEVERINGEN,
    tekst:
      'Een eerste aanlevering heeft een sleutel die nog niet eerder is gemeld; wat weer verwijderd is, telt niet mee.',
    plaatsen: [plaats('305', 'StartProduct', ''), plaats('307', 'StopProduct', '')],
  }),
  overBerichten('TR326', {
    retourcode: '9326',
    nodig: LEVERINGEN,
    tekst: 'Een levering start alleen als zij niet al loopt: de vorige start is gestopt of verwijderd.',
    plaatsen: [plaats('305', 'StartProduct', '')],
  }),
  overBerichten('TR382', {
    retourcode: '9069',
    nodig: LEVERINGEN,
    tekst: 'Een stop heeft in de sleutelelementen dezelfde waarden als de start die erbij hoort.',
    plaatsen: [plaats('307', 'StopProduct', '')],
  }),
  overBerichten('TR413', {
    retourcode: '9413',
    nodig: LEVERINGEN,
    tekst: 'Een levering die al tijdelijk gestopt is (RedenBeeindiging 20), wordt niet nog eens tijdelijk gestopt.',
    plaatsen: [plaats('307', 'StopProduct', 'RedenBeeindiging')],
  }),
  overBerichten('TR414', {
    retourcode: '9414',
    nodig: LEVERINGEN,
    tekst: 'Een volgende stop van dezelfde levering eindigt niet eerder dan de stop die nu geldt.',
    plaatsen: [plaats('307', 'StopProduct', 'Einddatum')],
  }),
  overBerichten('TR415', {
    retourcode: '9415',
    nodig: LEVERINGEN,
    tekst:
      'Na een definitieve stop (RedenBeeindiging anders dan 20) komt er voor dezelfde levering geen stop meer bij.',
    plaatsen: [plaats('307', 'StopProduct', 'RedenBeeindiging')],
  }),
];
