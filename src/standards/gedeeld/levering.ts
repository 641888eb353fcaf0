/** The delivery of care: start (305) and stop (307). Source: conditions of 305 and 307, the same in both standards. */
import { constraint, op, type Regel } from '../regels.ts';

/** Eerste aanlevering and verwijderen aanlevering. The XSD also lets 2 and 9 through, left over from older releases. */
const TOEGESTAAN: ReadonlySet<string> = new Set(['1', '3']);

const toegestaan = ({ StatusAanlevering }: { readonly StatusAanlevering: string }): boolean =>
  TOEGESTAAN.has(StatusAanlevering);

export const LEVERINGREGELS: readonly Regel[] = [
  constraint('CS058', {
    tekst: 'Een start of stop wordt aangeleverd (1) of verwijderd (3); een andere status is er niet.',
    melding:
      'Vul StatusAanlevering met 1 (eerste aanlevering) of 3 (verwijderen); verwijder voor een correctie eerst de oude aanlevering.',
    toepassingen: [
      op('305', 'StartProduct', 'StatusAanlevering', toegestaan),
      op('307', 'StopProduct', 'StatusAanlevering', toegestaan),
    ],
  }),
];
