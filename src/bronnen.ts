/** The lists that an installation may bring itself: read once at the start, from the files that the configuration names. */
import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import { ConfiguratieFout } from './fouten.ts';
import type { Bronnen } from './standards/bronnen.ts';
import type { Csvfout, Gelezen } from './standards/codelijsten/csv.ts';
import { GEMEENTEN_2026 } from './standards/codelijsten/gemeenten.ts';
import { leesGemeenten } from './standards/codelijsten/gemeenten-csv.ts';
import { leesProductcodes } from './standards/codelijsten/productcodes-csv.ts';

/** More than these help nobody; the rest is counted. */
const MAX_FOUTEN = 10;

function opgesomd(fouten: readonly Csvfout[]): string {
  const regels = fouten.slice(0, MAX_FOUTEN).map(({ regel, melding }) => `\n  regel ${regel}: ${melding}`);
  const rest = fouten.length - regels.length;
  return `${regels.join('')}${rest > 0 ? `\n  en nog ${rest} andere.` : ''}`;
}

function lees<T>(instelling: string, bestand: string, lezer: (tekst: string) => Gelezen<T>): T {
  const wat = `Het bestand ${bestand} (${instelling})`;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(bestand);
  } catch (oorzaak) {
    throw new ConfiguratieFout(`${wat} ontbreekt of is niet leesbaar.`, { cause: oorzaak });
  }
  let tekst: string;
  try {
    tekst = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (oorzaak) {
    throw new ConfiguratieFout(`${wat} is geen tekst in UTF-8; bewaar het als CSV UTF-8.`, { cause: oorzaak });
  }
  const { lijst, fouten } = lezer(tekst);
  if (fouten) throw new ConfiguratieFout(`${wat} is niet goed:${opgesomd(fouten)}`);
  return lijst;
}

/**
 * Everything outside the messages that the rules may know, except the day of the check.
 * @throws ConfiguratieFout naming the file and the lines, in Dutch: half a list would let through or refuse the wrong messages
 */
export function leesBronnen({
  gemeentenbestand,
  productcodesbestand,
}: Pick<Config, 'gemeentenbestand' | 'productcodesbestand'>): Omit<Bronnen, 'peildatum'> {
  return {
    gemeenten: gemeentenbestand ? lees('KNOOPPUNT_GEMEENTEN', gemeentenbestand, leesGemeenten) : GEMEENTEN_2026,
    productcodes: productcodesbestand
      ? lees('KNOOPPUNT_PRODUCTCODES', productcodesbestand, leesProductcodes)
      : undefined,
  };
}
