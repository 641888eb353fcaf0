/** Rules across messages on a start (305). Source: TR071 and TR326 of both standards. */
import { plaats } from '../../standards/elders-rij.ts';
import type { Dossierregel, Uitspraak } from '../regel.ts';
import { botstMetEen, type Leveringzicht } from './levering.ts';

const nietGestopt = ({ levering, stand, bericht }: Leveringzicht): Uitspraak =>
  botstMetEen(bericht, stand.stopVan(levering));

/** The rule couples by the number; without one it cannot tell which deliveries are one (taakgericht, IV096). */
const looptNogNiet = ({ levering: { toewijzing }, stand, bericht }: Leveringzicht): Uitspraak =>
  botstMetEen(bericht, toewijzing === null ? undefined : stand.lopendeStart(toewijzing));

/** For StatusAanlevering 3 (verwijderen). */
export const STARTVERWIJDERREGELS: readonly Dossierregel<Leveringzicht>[] = [
  {
    code: 'TR071',
    niveau: 3,
    retourcode: '9071',
    tekst: 'Een start kan niet meer worden verwijderd (StatusAanlevering 3) nadat de stop ervan is gemeld.',
    melding: 'Verwijder eerst de stop van deze levering: zolang die er is, kan de start niet worden verwijderd.',
    plaatsen: [plaats('305', 'StartProduct', 'StatusAanlevering')],
    element: 'StatusAanlevering',
    controleer: nietGestopt,
  },
];

/** For StatusAanlevering 1 (eerste aanlevering). */
export const STARTREGELS: readonly Dossierregel<Leveringzicht>[] = [
  {
    code: 'TR326',
    niveau: 3,
    retourcode: '9326',
    tekst: 'Een levering start alleen als zij niet al loopt: de vorige start is gestopt of verwijderd.',
    melding: 'Op deze toewijzing loopt al een levering: meld eerst de stop daarvan, of verwijder de vorige start.',
    plaatsen: [plaats('305', 'StartProduct', '')],
    element: '',
    controleer: looptNogNiet,
  },
];
