/** The messages that the benchmarks send: the valid examples, readdressed to many lanes, each with an identification of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import gemeenten from '../src/standards/codelijsten/gemeenten.json' with { type: 'json' };

const VOORBEELDEN = join(import.meta.dirname, '../voorbeelden');
const EERSTE_AANBIEDER = 98_000_001;
/** Longest identification of the norm (LDT_IdentificatieBericht). */
export const IDENTIFICATIE_TEKENS = 12;

const GEMEENTEN = Object.keys(gemeenten).sort();

/** A message for one lane. */
export interface Sjabloon {
  readonly afzender: string;
  readonly ontvanger: string;
  readonly bytes: Buffer;
  /** Where its identification stands: there go IDENTIFICATIE_TEKENS characters, other ones for each message. */
  readonly identificatieOp: number;
}

/** The file of an example message. */
export const bestandVan = (standaard: 'iwmo' | 'ijw', soort: string): string =>
  join(VOORBEELDEN, standaard, '3.2', `${soort}.xml`);

export const voorbeeld = (standaard: 'iwmo' | 'ijw', soort: string): Buffer =>
  readFileSync(bestandVan(standaard, soort));

/** The gemeente and the aanbieder of lane `nr`; the demo knows both. */
export function partijen(nr: number): { readonly gemeente: string; readonly aanbieder: string } {
  const gemeente = GEMEENTEN[nr % GEMEENTEN.length] as string;
  return { gemeente, aanbieder: String(EERSTE_AANBIEDER + (nr % 200)) };
}

/** The example with other parties and a place for its identification. */
export function sjabloon(xml: Buffer, afzender: string, ontvanger: string): Sjabloon {
  const leeg = ''.padEnd(IDENTIFICATIE_TEKENS, '0');
  const tekst = xml
    .toString('utf8')
    .replace(/(<Afzender>)[^<]*/, `$1${afzender}`)
    .replace(/(<Ontvanger>)[^<]*/, `$1${ontvanger}`)
    .replace(/(:Identificatie>)[^<]*/, `$1${leeg}`);
  const bytes = Buffer.from(tekst);
  return {
    afzender,
    ontvanger,
    bytes,
    identificatieOp: bytes.indexOf(`:Identificatie>${leeg}`) + ':Identificatie>'.length,
  };
}

/** Toewijzingen for so many lanes, JW301 and WMO301 by turns. */
export function toewijzingen(banen: number): readonly Sjabloon[] {
  const soorten = [voorbeeld('ijw', 'JW301'), voorbeeld('iwmo', 'WMO301')];
  return Array.from({ length: banen }, (_, nr) => {
    const { gemeente, aanbieder } = partijen(nr);
    return sjabloon(soorten[nr % soorten.length] as Buffer, gemeente, aanbieder);
  });
}
