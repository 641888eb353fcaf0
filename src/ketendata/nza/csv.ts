/** Rows as lines of CSV that a spreadsheet can only read as what they are. Pure. */

const SCHEIDING = ';';
const REGELEINDE = '\r\n';
/** What makes a spreadsheet take a cell for a formula. */
const FORMULE = /^[=+\-@\t\r]/;
const AANHALEN = /[;"\r\n]/;

/** Text of whatever origin; null: an empty cell. */
export function tekstcel(tekst: string | null): string {
  if (tekst === null) return '';
  const veilig = FORMULE.test(tekst) ? `'${tekst}` : tekst;
  return AANHALEN.test(veilig) ? `"${veilig.replaceAll('"', '""')}"` : veilig;
}

const GETAL = /^-?\d+$/;
/** A whole number of our own, with its sign. @throws what is none */
export function getalcel(getal: string | number | null): string {
  if (getal === null) return '';
  const tekst = String(getal);
  if (!GETAL.test(tekst)) throw new Error('not a whole number');
  return tekst;
}

export const regel = (cellen: readonly string[]): string => `${cellen.join(SCHEIDING)}${REGELEINDE}`;
