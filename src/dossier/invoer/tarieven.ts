/** The tariff list of a gemeente: replaced as a whole, or not at all. productcode;eenheid;tarief;aanbieder;vanaf;tot. */
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database } from '../../opslag/database.ts';
import type { Domein } from '../../standards/catalogus.ts';
import { type Csvfout, datum, type Gelezen, leesCsv, verplichteDatum } from '../../standards/codelijsten/csv.ts';
import { strijdig } from '../../standards/codelijsten/periodes.ts';
import { na } from '../../standards/datum.ts';

const KOLOMMEN = z.object({
  productcode: z.string().regex(/^\S{1,5}$/, 'moet 1 tot 5 tekens hebben, zonder spaties'),
  eenheid: z.string().regex(/^\d{2}$/, 'moet uit twee cijfers bestaan, ook als het eerste een 0 is'),
  tarief: z
    .string()
    .regex(/^\d{1,8}$/, 'moet een bedrag in hele eurocenten zijn')
    .transform(Number),
  aanbieder: z
    .string()
    .regex(/^(?:\d{8})?$/, 'moet leeg zijn of een AGB-code (8 cijfers)')
    .transform((code) => code || null),
  vanaf: verplichteDatum,
  tot: datum,
});
type Tarief = z.output<typeof KOLOMMEN>;

/** @param tekst the file, decoded */
function leesTarievenlijst(tekst: string): Gelezen<readonly Tarief[]> {
  const gelezen = leesCsv(tekst, KOLOMMEN);
  if (gelezen.fouten) return gelezen;
  const achterstevoren = gelezen.lijst.flatMap(({ regel, waarde: { vanaf, tot } }): readonly Csvfout[] =>
    tot !== undefined && na(vanaf, tot) ? [{ regel, melding: 'tot ligt voor vanaf.' }] : [],
  );
  if (achterstevoren.length > 0) return { fouten: achterstevoren };
  const sleutel = ({ productcode, eenheid, aanbieder }: Tarief): string =>
    `${productcode} ${eenheid} ${aanbieder ?? ''}`;
  const fouten = strijdig(gelezen.lijst, sleutel);
  return fouten.length > 0 ? { fouten } : { lijst: gelezen.lijst.map(({ waarde }) => waarde) };
}

export interface Tariefopdracht {
  readonly gemeente: string;
  readonly domein: Domein;
  readonly actor: string;
  /** Why, when who asks said so. */
  readonly reden?: string | undefined;
}

/**
 * Replaces the tariffs of a gemeente in a domein. A declaratie that is judged meanwhile sees the old list or the new one.
 * @param tekst the file, decoded
 * @returns how many lines there are now, or every fault with its line
 * @throws KnooppuntFout invoerOngeldig when there is no such gemeente
 */
export async function vervangTarieven(
  database: Database,
  { gemeente, domein, actor, reden }: Tariefopdracht,
  tekst: string,
): Promise<Gelezen<number>> {
  const { lijst, fouten } = leesTarievenlijst(tekst);
  if (fouten) return { fouten };
  return database.transactie(async (verbinding) => {
    // Also keeps two imports for one gemeente apart.
    const { rowCount } = await verbinding.query(
      `select from organisatie where code = $1 and soort = 'gemeente' for no key update`,
      [gemeente],
    );
    if (rowCount === 0) throw new KnooppuntFout('invoerOngeldig', 'Deze gemeente is niet bekend.');
    await verbinding.query('delete from tarief where gemeente = $1 and domein = $2', [gemeente, domein]);
    const kolom = <T>(lees: (rij: Tarief) => T): readonly T[] => lijst.map(lees);
    await verbinding.query(
      `insert into tarief (gemeente, domein, aanbieder, productcode, eenheid, tarief, vanaf, tot)
       select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[])`,
      [
        gemeente,
        domein,
        kolom((rij) => rij.aanbieder),
        kolom((rij) => rij.productcode),
        kolom((rij) => rij.eenheid),
        kolom((rij) => rij.tarief),
        kolom((rij) => rij.vanaf),
        kolom((rij) => rij.tot ?? null),
      ],
    );
    const details = { domein, regels: lijst.length, ...(reden !== undefined && { reden }) };
    await schrijfLogboek(verbinding, [
      { gebeurtenis: 'tarieven gewijzigd', actor, namens: gemeente, resultaat: 'gewijzigd', berichtId: null, details },
    ]);
    return { lijst: lijst.length };
  });
}
