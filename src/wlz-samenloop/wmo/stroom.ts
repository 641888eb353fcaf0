/** Reads the rows of a delivery as it comes in: CSV with a header, or JSON objects (in a list, or one per line). Holds one row at a time. */
import { CsvError, parse } from 'csv-parse';
import { KnooppuntFout } from '../../fouten.ts';
import { type Gelezen, KOLOMMEN, type Kolom, type RuweRij } from './regels/types.ts';

export const LEVERINGSVORMEN = ['csv', 'json'] as const;
export type Leveringsvorm = (typeof LEVERINGSVORMEN)[number];

/** Longer is no row of ours; it keeps one forgotten quote or brace from swallowing the rest. */
const MAX_RIJ = 2000;

const onleesbaar = (uitleg: string): KnooppuntFout => new KnooppuntFout('wmoLeveringOnleesbaar', uitleg);
const isKolom = (naam: string): naam is Kolom => (KOLOMMEN as readonly string[]).includes(naam);

async function* tekstVan(stroom: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const stuk of stroom) yield decoder.decode(stuk, { stream: true });
    yield decoder.decode();
  } catch (fout) {
    if (fout instanceof TypeError) throw onleesbaar('De levering is geen tekst in UTF-8.');
    throw fout;
  }
}

/** The first line tells which of the two a spreadsheet wrote. */
const scheidingVan = (kop: string): string => (kop.split(/[\r\n]/, 1)[0]?.includes(';') ? ';' : ',');

/** Puts back what was read to see the first line. */
async function* metBegin(begin: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield begin;
  yield* rest;
}

function kolommenVan(kop: readonly string[]): readonly Kolom[] {
  const namen = kop.filter(isKolom);
  if (namen.length !== kop.length || !namen.includes('bsn') || new Set(namen).size !== namen.length)
    throw onleesbaar(
      `De eerste regel noemt de kolommen; bsn is verplicht, en verder kan alleen: ${KOLOMMEN.join(', ')}.`,
    );
  return namen;
}

async function* leesCsv(tekst: AsyncGenerator<string>): AsyncGenerator<Gelezen> {
  let begin = '';
  while (!/[\r\n]/.test(begin) && begin.length <= MAX_RIJ) {
    const { value, done } = await tekst.next();
    if (done) break;
    begin += value;
  }
  const lezer = parse({
    bom: true,
    delimiter: scheidingVan(begin),
    record_delimiter: ['\r\n', '\n', '\r'],
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_RIJ,
    info: true,
  });
  // Errors of the source must end the reader, and an end of the reader the source.
  const schrijf = async (): Promise<void> => {
    for await (const stuk of metBegin(begin, tekst)) {
      if (lezer.destroyed) return;
      if (!lezer.write(stuk)) await new Promise<void>((klaar) => lezer.once('drain', klaar).once('close', klaar));
    }
    lezer.end();
  };
  const schrijven = schrijf().catch((fout: unknown) => void lezer.destroy(fout as Error));
  let kolommen: readonly Kolom[] | undefined;
  try {
    for await (const { record, info } of lezer as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (!kolommen) {
        kolommen = kolommenVan(record);
        continue;
      }
      const rij: RuweRij | null =
        record.length === kolommen.length ? Object.fromEntries(kolommen.map((naam, nr) => [naam, record[nr]])) : null;
      yield { regel: info.lines, rij };
    }
  } catch (fout) {
    if (fout instanceof CsvError) throw onleesbaar(`Regel ${Number(fout.lines ?? 0)} of een daarna is niet te lezen.`);
    throw fout;
  } finally {
    lezer.destroy();
    await schrijven;
  }
  if (!kolommen) throw onleesbaar('De levering is leeg; ook zonder voorzieningen is er een eerste regel met kolommen.');
}

/** Of a JSON object the row, or null when it is none: another field, or a value that is no text. */
function rijVan(tekst: string): RuweRij | null {
  let waarde: unknown;
  try {
    waarde = JSON.parse(tekst);
  } catch {
    return null;
  }
  const velden = Object.entries(waarde as object).filter(([, inhoud]) => inhoud !== null);
  const goed = velden.every(([naam, inhoud]) => isKolom(naam) && typeof inhoud === 'string');
  return goed ? Object.fromEntries(velden) : null;
}

/** Cuts the objects out of the text, without reading what is in them. */
async function* leesJson(tekst: AsyncGenerator<string>): AsyncGenerator<Gelezen> {
  let object = '';
  let diepte = 0;
  let inTekst = false;
  let ontsnapt = false;
  let regel = 0;
  let buiten = '';
  for await (const stuk of tekst) {
    let begin = 0;
    for (let plek = 0; plek < stuk.length; plek += 1) {
      const teken = stuk[plek] as string;
      if (diepte === 0) {
        if (teken === '{') {
          begin = plek;
          diepte = 1;
        } else if (!/[\s\uFEFF,[\]]/.test(teken)) throw onleesbaar('Er staat iets anders dan objecten in.');
        else if (/\S/.test(teken)) buiten = `${buiten}${teken}`.slice(0, 3);
      } else if (inTekst) {
        if (!ontsnapt && teken === '"') inTekst = false;
        ontsnapt = !ontsnapt && teken === '\\';
      } else if (teken === '"') inTekst = true;
      else if (teken === '{' || teken === '[') diepte += 1;
      else if (teken === '}' || teken === ']') {
        diepte -= 1;
        if (diepte > 0) continue;
        regel += 1;
        yield { regel, rij: rijVan(object + stuk.slice(begin, plek + 1)) };
        object = '';
      }
    }
    if (diepte > 0) object += stuk.slice(begin);
    if (object.length > MAX_RIJ) throw onleesbaar(`Object ${regel + 1} is te lang.`);
  }
  if (diepte > 0) throw onleesbaar('Het laatste object houdt niet op.');
  // An empty list is a list; nothing at all is a mistake.
  if (regel === 0 && buiten !== '[]')
    throw onleesbaar('De levering is leeg; zonder voorzieningen is zij een lege lijst.');
}

/**
 * @param stroom the bytes, in UTF-8
 * @returns every row, with its line (CSV) or its number (JSON)
 * @throws KnooppuntFout wmoLeveringOnleesbaar when it is not what it should be as a whole
 */
export const leesRijen = (vorm: Leveringsvorm, stroom: AsyncIterable<Uint8Array>): AsyncGenerator<Gelezen> =>
  (vorm === 'csv' ? leesCsv : leesJson)(tekstVan(stroom));
