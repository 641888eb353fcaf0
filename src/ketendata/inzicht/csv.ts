/** Figures as CSV for a spreadsheet: semicolons, a comma in numbers, as Dutch spreadsheets read them. Pure. */
import type { Antwoord } from './regels/vraag.ts';

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULE = /^[=+\-@\t\r]/;

/** Text of others: never a formula, and never more than one cell. */
export function tekstcel(tekst: string): string {
  const veilig = FORMULE.test(tekst) ? `'${tekst}` : tekst;
  return /[";\r\n]/.test(veilig) ? `"${veilig.replaceAll('"', '""')}"` : veilig;
}
/** A number of ours: a minus is no formula here. */
const getalcel = (getal: number | null | undefined): string =>
  getal === null || getal === undefined ? '' : String(getal).replace('.', ',');

const KOP = [
  'indicator',
  'deel',
  'vanaf',
  'tot',
  'waarde',
  'teller',
  'noemer',
  'vergelijking_vanaf',
  'vergelijking_tot',
  'vergelijking_waarde',
  'onderdrukt',
];

/** @param tot the last day of the week that a period ends with */
export function alsCsv({ weken, vergelijking, cijfers }: Antwoord, tot: (maandag: string) => string): string {
  const regels = cijfers.map((cijfer) =>
    [
      tekstcel(cijfer.indicator),
      tekstcel(cijfer.deel ?? ''),
      weken.eerste,
      tot(weken.laatste),
      getalcel(cijfer.waarde),
      getalcel(cijfer.teller),
      getalcel(cijfer.noemer),
      vergelijking?.eerste ?? '',
      vergelijking ? tot(vergelijking.laatste) : '',
      getalcel(cijfer.vergelijking?.waarde),
      getalcel(cijfer.onderdrukt),
    ].join(';'),
  );
  return `${[KOP.join(';'), ...regels].join('\r\n')}\r\n`;
}
