/** Where the classes of a list stand in a message. */
import { stap } from '../standards/toetsing.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Plaats } from './verslag.ts';

/**
 * @param pad XPath of the element that holds them
 * @param naam name of each of them
 * @param lijst classes of the message
 */
export const plaatsenVan = <D>(
  pad: string,
  naam: string,
  lijst: readonly D[],
): readonly (Plaats & { readonly klasse: D })[] =>
  lijst.map((klasse, nr) => ({ pad: `${pad}/${stap(naam, nr, lijst)}`, inhoud: klasse as Inhoud, klasse }));
