/** The gemeenten as CSV: code,naam,geldigVanaf,geldigTot. An empty geldigTot means: as far as the list knows, still there. */
import { z } from 'zod';
import { na } from '../datum.ts';
import { datum, type Gelezen, leesCsv, verplichteDatum } from './csv.ts';
import type { Gemeente, Gemeentelijst } from './gemeenten.ts';
import { strijdig } from './periodes.ts';

const KOLOMMEN = z.object({
  code: z.string().regex(/^[0-9]{4}$/, 'moet uit vier cijfers bestaan, ook als het eerste een 0 is'),
  naam: z.string().min(1, 'moet gevuld zijn'),
  geldigVanaf: verplichteDatum,
  geldigTot: datum,
});

interface Rij extends Gemeente {
  readonly code: string;
  readonly vanaf: string;
}

const eerste = (a: string, b: string): string => (na(a, b) ? b : a);
const laatste = (a: string, b: string): string => (na(a, b) ? a : b);

/** By code, the lines about its gemeente. */
type Groepen = ReadonlyMap<string, readonly Rij[]>;

/** The day on which a gemeente was gone, whatever its names were; undefined when it still exists. */
const einde = (rijen: readonly Rij[]): string | undefined =>
  rijen.map(({ tot }) => tot).reduce((a, b) => (a === undefined || b === undefined ? undefined : laatste(a, b)));

/**
 * Between which days does the list have every gemeente? The file does not say so, and within these days an unknown code refuses a message,
 * so we claim no more than its dates show.
 *
 * - The last day. A list cannot know a herindeling after it was made. The CBS makes one classification a year, so the list holds until
 *   the end of the year of its last date, first or last day alike. A list for 2026 can say so by filling geldigTot with 2026-12-31.
 * - The first day. A list that keeps gemeenten that are gone is complete from the last day of the first that went: before that day others
 *   may have gone that it does not have. A list where none went before its newest gemeente began shows one moment, and is complete from
 *   that beginning.
 */
function volledig(groepen: Groepen): Pick<Gemeentelijst, 'volledigVanaf' | 'volledigTot'> {
  const rijen = [...groepen.values()];
  const begin = rijen.flatMap((groep) => groep.map(({ vanaf }) => vanaf)).reduce(laatste);
  const eindes = rijen.flatMap((groep) => einde(groep) ?? []);
  const jaar = eindes.reduce(laatste, begin).slice(0, 4);
  return { volledigVanaf: eindes.reduce(eerste, begin), volledigTot: `${jaar}-12-31` };
}

/**
 * Takes the place of the list that ships.
 * @param tekst the file, decoded
 */
export function leesGemeenten(tekst: string): Gelezen<Gemeentelijst> {
  const gelezen = leesCsv(tekst, KOLOMMEN);
  if (gelezen.fouten) return gelezen;
  const regels = gelezen.lijst.map(({ regel, waarde: { code, naam, geldigVanaf: vanaf, geldigTot: tot } }) => ({
    regel,
    waarde: { code, naam, vanaf, tot },
  }));
  const fouten = strijdig(regels, ({ code }) => code);
  if (fouten.length > 0) return { fouten };
  const groepen = Map.groupBy(
    regels.map(({ waarde }) => waarde),
    ({ code }) => code,
  );
  const gemeenten = Object.fromEntries(
    [...groepen].map(([code, rijen]) => [code, rijen.map(({ naam, vanaf, tot }) => ({ naam, vanaf, tot }))]),
  );
  return { lijst: { ...volledig(groepen), gemeenten } };
}
