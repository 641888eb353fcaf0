/** The names and small parts that all StUF-GGk messages share. */
import type { Berichtsoort } from '../standards/catalogus.ts';
import { ENVELOP_XSD, GGK, STUF } from '../standards/stuf.ts';
import { blad, type Element, tak } from '../xml/boom.ts';
import { schrijfXml } from '../xml/schrijver.ts';

export { ENVELOP_XSD, GGK, STUF };

/** What an envelope says of the message in it. */
export type Functie = Pick<Berichtsoort, 'code' | 'versie' | 'subversie'>;

/** Under which name the switch is known as a system, and its version (four digits each). */
export const APPLICATIE = { naam: 'GGKWebservice', versie: '0001', subversie: '0000' } as const;
/** ontvanger/applicatie of every message. */
const ONTVANGENDE_APPLICATIE = 'GGk';

const VOORVOEGSELS: readonly (readonly [string, string])[] = [
  [STUF, 'StUF'],
  [GGK, 'GGK'],
];

/** A leaf in the namespace of StUF. */
export const stuf = (naam: string, tekst: string): Element => blad(naam, STUF, tekst);
/** A StUF Versienr: four digits. */
export const versienummer = (getal: number): string => String(getal).padStart(4, '0');

const systeem = (naam: string, organisatie: string | undefined, applicatie: string): Element =>
  tak(naam, STUF, [
    ...(organisatie === undefined ? [] : [stuf('organisatie', organisatie)]),
    stuf('applicatie', applicatie),
  ]);

/** For whom the switch signs, and for whom it is. */
export interface Partijen {
  readonly zender: string;
  /** undefined: nobody knows, because the call could not be read. */
  readonly ontvanger: string | undefined;
}

/** The elements zender and ontvanger of a message that the switch sends. */
export const partijen = ({ zender, ontvanger }: Partijen): readonly Element[] => [
  systeem('zender', zender, APPLICATIE.naam),
  systeem('ontvanger', ontvanger, ONTVANGENDE_APPLICATIE),
];

/** Writes a message; of the namespaces only those that it uses are declared. */
export function schrijfStuf(wortel: Element, overige: readonly (readonly [string, string])[] = []): Buffer {
  const namespaces = wortel.namespace === STUF ? VOORVOEGSELS.slice(0, 1) : VOORVOEGSELS;
  return schrijfXml(wortel, new Map([...namespaces, ...overige]));
}
