/** Dates and times as the chain writes them: local Dutch time, whatever the clock of the machine says. */

const DELEN = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function delen(moment: Date): Readonly<Record<string, string>> {
  return Object.fromEntries(DELEN.formatToParts(moment).map(({ type, value }) => [type, value]));
}

/** YYYY-MM-DD in the Netherlands at that moment. */
export function datum(moment: Date): string {
  const { year, month, day } = delen(moment);
  return `${year}-${month}-${day}`;
}

/** StUF tijdstip: 17 digits, to the millisecond. */
export function stufTijdstip(moment: Date): string {
  const { year, month, day, hour, minute, second } = delen(moment);
  return `${year}${month}${day}${hour}${minute}${second}${String(moment.getMilliseconds()).padStart(3, '0')}`;
}

/**
 * The first moment of a date in the Netherlands.
 * @param dag YYYY-MM-DD
 */
export function beginVanDag(dag: string): Date {
  // The offset of the Netherlands is one or two hours; the date changes at midnight by one of the two.
  const zomer = new Date(`${dag}T00:00:00+02:00`);
  return datum(zomer) === dag ? zomer : new Date(`${dag}T00:00:00+01:00`);
}
