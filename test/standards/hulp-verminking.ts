/** Damages messages: bytes, slices, fragments of XML and texts, so that some are still XML and a few are still valid. */
import type { Toeval } from '../hulp/toeval.ts';
import { ontsnap } from '../xsd/boom.ts';
import { ALGEMEEN } from '../xsd/waarden.ts';

const FRAGMENTEN: readonly string[] = [
  ...['<a>', '</a>', '<a/>', '<', '>', '/>', '</', '&', '&amp;', '&#65;', '&#x1F600;', '&#0;', '&x;', "'", '"', '='],
  ...[
    '<!-- x -->',
    '<!--',
    '-->',
    '<![CDATA[x]]>',
    '<![CDATA[',
    ']]>',
    '<?x y?>',
    '<?',
    '?>',
    '<!DOCTYPE a>',
    '<!ENTITY a "b">',
  ],
  ...[
    ' xmlns="urn:x"',
    ' xmlns:iwmo="urn:x"',
    ' xmlns=""',
    ' xsi:nil="true"',
    ' a="1"',
    ' xml:space="preserve"',
    'iwmo:',
    'ijw:',
  ],
  ...['<Bsn>', '</Bsn>', '<Header>', '</Client>', '<__proto__>', '</constructor>', '<Client/>', '<Bericht>'],
  ...[
    '\0',
    '\r',
    '\n',
    '\t',
    ' ',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\ud83d\ude00',
    'e\u0301',
    '\u202e',
  ],
];

/** What may be done to a message; `ander` is another message, to take from. */
type Verminking = (bericht: Buffer, ander: Buffer, toeval: Toeval) => Buffer;

const plek = (bericht: Buffer, toeval: Toeval): number => toeval.geheel(0, bericht.length);
function stuk(bericht: Buffer, toeval: Toeval, langst: number): readonly [van: number, tot: number] {
  const van = plek(bericht, toeval);
  return [van, Math.min(bericht.length, van + toeval.geheel(1, langst))];
}
const voegIn = (bericht: Buffer, plaats: number, tekst: string | Uint8Array): Buffer =>
  Buffer.concat([
    bericht.subarray(0, plaats),
    typeof tekst === 'string' ? Buffer.from(tekst) : tekst,
    bericht.subarray(plaats),
  ]);

/** The places of the texts of leaf elements. */
function bladeren(xml: string): readonly (readonly [van: number, tot: number])[] {
  return [...xml.matchAll(/>([^<>]*[^<>\s][^<>]*)<\//g)].map(({ index, 1: tekst = '' }) => [
    index + 1,
    index + 1 + tekst.length,
  ]);
}
/** Changes the text of a random leaf. */
function metBlad(bericht: Buffer, toeval: Toeval, wijzig: (tekst: string) => string): Buffer {
  const xml = bericht.toString();
  const plaatsen = bladeren(xml);
  if (plaatsen.length === 0) return bericht;
  const [van, tot] = toeval.kies(plaatsen);
  return Buffer.from(xml.slice(0, van) + wijzig(xml.slice(van, tot)) + xml.slice(tot));
}
function willekeurigeTekst(bericht: Buffer, toeval: Toeval): string {
  const xml = bericht.toString();
  const plaatsen = bladeren(xml);
  return plaatsen.length > 0 ? xml.slice(...toeval.kies(plaatsen)) : '';
}
/** A whole element with everything in it, or nothing. */
function element(bericht: Buffer, toeval: Toeval): readonly [van: number, tot: number] | undefined {
  const xml = bericht.toString('latin1');
  const begins = [...xml.matchAll(/<([\w:]+)>/g)];
  if (begins.length === 0) return undefined;
  const { index, 1: naam = '' } = toeval.kies(begins);
  const tot = xml.indexOf(`</${naam}>`, index);
  return tot < 0 ? undefined : [index, tot + naam.length + 3];
}

export const VERMINKINGEN: Readonly<Record<string, Verminking>> = {
  bit(bericht, _ander, toeval) {
    const uit = Buffer.from(bericht);
    const plaats = toeval.geheel(0, uit.length - 1);
    uit[plaats] = (uit[plaats] ?? 0) ^ (1 << toeval.geheel(0, 7));
    return uit;
  },
  byte(bericht, _ander, toeval) {
    return voegIn(bericht, plek(bericht, toeval), toeval.bytes(toeval.geheel(1, 4)));
  },
  weg(bericht, _ander, toeval) {
    const [van, tot] = stuk(bericht, toeval, toeval.kies([1, 10, 300]));
    return Buffer.concat([bericht.subarray(0, van), bericht.subarray(tot)]);
  },
  kap(bericht, _ander, toeval) {
    return bericht.subarray(0, plek(bericht, toeval));
  },
  dubbel(bericht, _ander, toeval) {
    const [van, tot] = stuk(bericht, toeval, toeval.kies([5, 100, 1000]));
    return voegIn(bericht, plek(bericht, toeval), bericht.subarray(van, tot));
  },
  las(bericht, ander, toeval) {
    return Buffer.concat([bericht.subarray(0, plek(bericht, toeval)), ander.subarray(plek(ander, toeval))]);
  },
  fragment(bericht, _ander, toeval) {
    return voegIn(bericht, plek(bericht, toeval), toeval.kies(FRAGMENTEN));
  },
  fragmentBijTag(bericht, _ander, toeval) {
    const tags = [...bericht.toString('latin1').matchAll(/[<>]/g)];
    return tags.length > 0
      ? voegIn(bericht, toeval.kies(tags).index + toeval.geheel(0, 1), toeval.kies(FRAGMENTEN))
      : bericht;
  },
  tekstVanElders(bericht, ander, toeval) {
    return metBlad(bericht, toeval, () => willekeurigeTekst(toeval.kies([bericht, ander]), toeval));
  },
  tekst(bericht, _ander, toeval) {
    return metBlad(bericht, toeval, () => ontsnap(toeval.kies(ALGEMEEN)));
  },
  tekstAnders(bericht, _ander, toeval) {
    return metBlad(bericht, toeval, (tekst) =>
      toeval.kies([
        `<![CDATA[${tekst}]]>`,
        `${tekst.slice(0, 2)}<!-- x -->${tekst.slice(2)}`,
        `<?x?>${tekst}`,
        [...tekst].map((teken) => `&#${teken.codePointAt(0)};`).join(''),
        ` ${tekst}\n`,
        `0${tekst}`,
        `+${tekst}`,
      ]),
    );
  },
  elementVanElders(bericht, ander, toeval) {
    const bron = toeval.kies([bericht, ander]);
    const van = element(bron, toeval);
    const naar = element(bericht, toeval);
    return van && naar ? voegIn(bericht, toeval.kies(naar), bron.subarray(...van)) : bericht;
  },
  elementWeg(bericht, _ander, toeval) {
    const weg = element(bericht, toeval);
    return weg ? Buffer.concat([bericht.subarray(0, weg[0]), bericht.subarray(weg[1])]) : bericht;
  },
  opmaak(bericht, _ander, toeval) {
    const xml = bericht.toString();
    return Buffer.from(
      toeval.kies([
        () => xml.replaceAll('\n', '\r\n'),
        () => xml.replaceAll('\n', '\r'),
        () => xml.replaceAll(/>\s+</g, '><'),
        () => xml.replaceAll('><', '>\n<'),
        () => xml.replaceAll(/(xmlns:)i(?:wmo|jw)=/g, '$1x=').replaceAll(/(<\/?)i(?:wmo|jw):/g, '$1x:'),
        () => xml.replace('version="1.0"', 'version="1.1"'),
        () => xml.replace(/^<\?xml[^>]*>\s*/, ''),
      ])(),
    );
  },
};

const NAMEN = Object.keys(VERMINKINGEN);

export interface Verminkt {
  readonly bericht: Buffer;
  /** What was done, in order. */
  readonly verminkingen: readonly string[];
}

/** One to four damages. */
export function vermink(bericht: Buffer, ander: Buffer, toeval: Toeval): Verminkt {
  const verminkingen = Array.from({ length: toeval.kies([1, 1, 1, 2, 4]) }, () => toeval.kies(NAMEN));
  return {
    bericht: verminkingen.reduce((uit, naam) => VERMINKINGEN[naam]?.(uit, ander, toeval) ?? uit, bericht),
    verminkingen,
  };
}
