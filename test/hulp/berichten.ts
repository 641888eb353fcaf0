/** Messages to send: the examples of this project with other values, by simple substitution of text, and broken when asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BERICHTSOORTEN, type Berichtsoort, berichtsoortVanCode } from '#src/standards/catalogus.ts';

const VOORBEELDEN = join(import.meta.dirname, '../../voorbeelden');
const voorraad = new Map<string, string>();

export interface Wijziging {
  /** Header/Afzender: of a retour, the one who sent the heenbericht. */
  readonly afzender?: string;
  readonly ontvanger?: string;
  readonly identificatie?: string;
  /** Takes the place of every Bsn. */
  readonly bsn?: string;
  /** Element → text of the first element of that name. */
  readonly waarden?: Readonly<Record<string, string>>;
  /** false: a thirteenth month in the Header, which every XSD refuses. */
  readonly geldig?: boolean;
}

/** The soort with this code; one that must be there. */
export function soort(code: string): Berichtsoort {
  const gevonden = berichtsoortVanCode(code);
  if (!gevonden) throw new Error(`There is no berichtsoort ${code}.`);
  return gevonden;
}

/** All soorten that open an exchange. */
export const HEENBERICHTEN: readonly Berichtsoort[] = BERICHTSOORTEN.filter(({ aard }) => aard === 'heen');

export const voorbeeld = (code: string): string => {
  const { domein, release } = soort(code);
  const xml = voorraad.get(code) ?? readFileSync(join(VOORBEELDEN, domein, release, `${code}.xml`), 'utf8');
  voorraad.set(code, xml);
  return xml;
};

/** The text of the first element of this name, whatever its prefix. */
export function waardeVan(xml: string | Buffer, element: string): string | undefined {
  return new RegExp(`<(?:\\w+:)?${element}>([^<]*)<`).exec(String(xml))?.[1];
}

/** Replaces the text of the first element of this name; the text stands in the XML as it is given. */
export function vervang(xml: string, element: string, tekst: string): string {
  if (waardeVan(xml, element) === undefined) throw new Error(`The message has no element ${element}.`);
  return xml.replace(new RegExp(`(<(?:\\w+:)?${element}>)[^<]*`), (_, begin: string) => `${begin}${tekst}`);
}

/** The example of a soort, changed. */
export function maakBericht(code: string, wijziging: Wijziging = {}): Buffer {
  const { afzender, ontvanger, identificatie, bsn, waarden, geldig = true } = wijziging;
  const eerste = {
    ...(afzender !== undefined && { Afzender: afzender }),
    ...(ontvanger !== undefined && { Ontvanger: ontvanger }),
    ...(identificatie !== undefined && { Identificatie: identificatie }),
    ...(!geldig && { Dagtekening: '2026-13-01' }),
    ...waarden,
  };
  const xml = Object.entries(eerste).reduce((tekst, [naam, waarde]) => vervang(tekst, naam, waarde), voorbeeld(code));
  return Buffer.from(bsn === undefined ? xml : xml.replace(/(<(?:\w+:)?Bsn>)[^<]*/g, `$1${bsn}`));
}

/**
 * The example that this soort answers, between the same parties: an answer is only taken in when there is something to answer.
 * @param echt who really sends the answer to whom
 */
export function heenberichtVoor(code: string, { afzender, ontvanger }: Partijen): Buffer | undefined {
  const heen = soort(code).antwoordOp;
  return heen === null ? undefined : maakBericht(heen, { afzender: ontvanger, ontvanger: afzender });
}

export interface Partijen {
  readonly afzender: string;
  readonly ontvanger: string;
}

/** Who really sends the example and who really receives it: of a retour the header says it the other way round. */
export function partijen(code: string): Partijen {
  const xml = voorbeeld(code);
  const [een = '', ander = ''] = ['Afzender', 'Ontvanger'].map((naam) => waardeVan(xml, naam));
  return soort(code).aard === 'retour' ? { afzender: ander, ontvanger: een } : { afzender: een, ontvanger: ander };
}
