/**
 * Reads a list that an organisation keeps as CSV, as a spreadsheet writes it: semicolons or commas, with or without a BOM, any line ends.
 *
 * Strict about everything that could change what a rule decides: a column that is misspelt, a date that does not exist and a line that
 * contradicts another (see periodes.ts) are refused. Text in, list or faults out; the reading of the file is elsewhere.
 */
import { CsvError, type CsvErrorCode, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { dag } from '../dag.ts';

/** What is wrong with a list. */
export interface Csvfout {
  /** Line in the file, from 1. */
  readonly regel: number;
  /** Dutch, without a value from the file. */
  readonly melding: string;
}

export type Gelezen<T> =
  | { readonly lijst: T; readonly fouten?: never }
  | { readonly lijst?: never; readonly fouten: readonly Csvfout[] };

export interface Csvregel<T> {
  readonly regel: number;
  readonly waarde: T;
}

const BESTAANDE_DATUM = dag('moet een bestaande datum zijn (JJJJ-MM-DD)');
/** How systems that must fill an end date write that there is none. */
const EEUWIG = '9999-12-31';

/** A date that must be filled. */
export const verplichteDatum = BESTAANDE_DATUM;
/** A date that may be empty. */
export const datum = z
  .union([z.literal(['', EEUWIG]), BESTAANDE_DATUM], 'moet leeg zijn of een bestaande datum (JJJJ-MM-DD)')
  .transform((tekst) => (tekst === '' || tekst === EEUWIG ? undefined : tekst));

const QUOTE = 'Een aanhalingsteken staat waar dat niet mag.';
const TE_LANG = 'De regel is te lang, of een aanhalingsteken is niet gesloten.';
const MELDINGEN: Partial<Record<CsvErrorCode, string>> = {
  CSV_INVALID_CLOSING_QUOTE: QUOTE,
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: QUOTE,
  INVALID_OPENING_QUOTE: QUOTE,
  CSV_MAX_RECORD_SIZE: TE_LANG,
  CSV_QUOTE_NOT_CLOSED: TE_LANG,
};
/** Keeps one forgotten quote from swallowing the rest of the file. */
const MAX_REGEL = 1000;

/** The cells of all lines that are not empty. */
function cellen(tekst: string): Gelezen<readonly Csvregel<readonly string[]>[]> {
  const regels: Csvregel<readonly string[]>[] = [];
  const [kop = ''] = tekst.trimStart().split(/[\r\n]/, 1);
  try {
    parse(tekst, {
      bom: true,
      delimiter: kop.includes(';') ? ';' : ',',
      record_delimiter: ['\r\n', '\n', '\r'],
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      max_record_size: MAX_REGEL,
      on_record: (waarde: string[], { lines: regel }) => {
        regels.push({ regel, waarde });
        return null;
      },
    });
  } catch (fout) {
    if (!(fout instanceof CsvError)) throw fout;
    const melding = MELDINGEN[fout.code] ?? 'De regel is niet leesbaar.';
    // Of a quote that is not closed, the parser knows where it gave up; the fault is after the last line that was right.
    const regel = melding === TE_LANG ? (regels.at(-1)?.regel ?? 0) + 1 : Number(fout.lines);
    return { fouten: [{ regel, melding }] };
  }
  return { lijst: regels };
}

const meldingen = (regel: number, { issues }: z.ZodError): readonly Csvfout[] =>
  issues.map(({ path, message }) => ({ regel, melding: `${String(path[0])} ${message}.` }));

/** The lines that are right and what is wrong with the others. */
export interface Deels<T> {
  readonly lijst: readonly Csvregel<T>[];
  readonly fouten: readonly Csvfout[];
}

/**
 * Reads what can be read: for a list in which every line stands on its own.
 * @param tekst the file, decoded
 * @param vorm the columns, in the order of the docs; the file may have another order. The messages continue a sentence that begins with
 * the name of the column.
 * @returns every line below the header that is right, and the faults of the others; of a file that is no such list, only its faults
 */
export function leesCsvDeels<V extends z.ZodObject>(tekst: string, vorm: V): Deels<z.output<V>> {
  const gelezen = cellen(tekst);
  if (gelezen.fouten) return { lijst: [], fouten: gelezen.fouten };
  const [kop, ...rest] = gelezen.lijst;
  const nodig = Object.keys(vorm.shape);
  const namen = kop?.waarde ?? [];
  const los = (melding: string): Deels<never> => ({ lijst: [], fouten: [{ regel: kop?.regel ?? 1, melding }] });
  if (namen.length !== nodig.length || nodig.some((naam) => !namen.includes(naam)))
    return los(`De eerste regel moet de namen van de kolommen bevatten: ${nodig.join(', ')}.`);
  if (!kop || rest.length === 0) return los('De lijst is leeg.');
  const lijst: Csvregel<z.output<V>>[] = [];
  const fouten: Csvfout[] = [];
  for (const { regel, waarde } of rest) {
    if (waarde.length !== namen.length) {
      fouten.push({ regel, melding: `De regel heeft ${waarde.length} velden in plaats van ${namen.length}.` });
      continue;
    }
    const uitkomst = vorm.safeParse(Object.fromEntries(namen.map((naam, nr) => [naam, waarde[nr]])));
    if (uitkomst.success) lijst.push({ regel, waarde: uitkomst.data });
    else fouten.push(...meldingen(regel, uitkomst.error));
  }
  return { lijst, fouten };
}

/** Reads a list of which half would be worse than none: see leesCsvDeels. */
export function leesCsv<V extends z.ZodObject>(tekst: string, vorm: V): Gelezen<readonly Csvregel<z.output<V>>[]> {
  const { lijst, fouten } = leesCsvDeels(tekst, vorm);
  return fouten.length > 0 ? { fouten } : { lijst };
}
