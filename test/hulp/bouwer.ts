/**
 * Makes a valid message of any berichtsoort as a plain object, lets a test change one thing in it, and writes it as XML in the order of
 * the XSD. So a test of a rule is one line that says what it breaks.
 */
import { BERICHTSOORTEN, type Berichtsoort, type Domein } from '#src/standards/catalogus.ts';
import { type Klasse, type Nummer, structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import { schrijfInhoud } from '#src/xml/inhoud-schrijver.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { voorbeeld } from './berichten.ts';

/** The content of a message, free to be changed: elements may be removed by setting them to undefined. */
export type Los<T> = T extends string
  ? string
  : T extends readonly (infer D)[]
    ? Los<D>[]
    : { -readonly [K in keyof T]: Los<Exclude<T[K], undefined>> | (undefined extends T[K] ? undefined : never) };
export type Bericht<N extends Nummer> = Los<Klasse<N, 'Root'>>;

export const soortVan = (domein: Domein, nummer: string): Berichtsoort => {
  const gevonden = BERICHTSOORTEN.find((soort) => soort.domein === domein && soort.nummer === nummer);
  if (!gevonden) throw new Error(`There is no ${domein} ${nummer}.`);
  return gevonden;
};

/** The content of the example of this soort, as a fresh object. */
export function inhoudVan(soort: Berichtsoort): Inhoud {
  return leesInhoud(Buffer.from(voorbeeld(soort.code)), structuurVan(soort));
}

/** Content as the bytes of a message. */
export const alsBytes = (inhoud: Inhoud, soort: Berichtsoort): Buffer =>
  schrijfInhoud(inhoud, structuurVan(soort), { bericht: soort.code.toLowerCase(), basis: soort.domein });

/**
 * A message of this soort, valid until the change.
 * @param wijzig changes the content of the root element in place
 */
export function bouw<N extends Nummer>(domein: Domein, nummer: N, wijzig?: (bericht: Bericht<N>) => void): Buffer {
  const soort = soortVan(domein, nummer);
  const inhoud = inhoudVan(soort);
  wijzig?.(inhoud as unknown as Bericht<N>);
  return alsBytes(inhoud, soort);
}
