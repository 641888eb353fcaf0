/** How moments and domeinen are written for people. */
import type { Domein } from '../standards/catalogus.ts';

const MOMENT = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `30 maart 2026 om 08:00`, in Dutch time. */
export const leesbaarMoment = (moment: number | Date): string => MOMENT.format(moment);

export const DOMEINNAAM: Readonly<Record<Domein, string>> = { iwmo: 'iWmo', ijw: 'iJw' };
