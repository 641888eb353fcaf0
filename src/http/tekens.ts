/** Characters that JSON and an address can hold and PostgreSQL can not: refused before they get there. */

const isBewaarbaar = (tekst: string): boolean => !tekst.includes('\0') && tekst.isWellFormed();

/**
 * Is there a NUL, or half a character, in a value or in whatever it is made of?
 * @param waarde bounded before: the fields of a query, a parsed body
 */
export const heeftOnbewaarbaarTeken = (waarde: unknown): boolean =>
  typeof waarde === 'string'
    ? !isBewaarbaar(waarde)
    : typeof waarde === 'object' && waarde !== null && Object.values(waarde).some(heeftOnbewaarbaarTeken);
