/** Writes a tree as XML bytes: UTF-8 without BOM, CR/LF line ends (OP192), one prefix per namespace, declared on the root. */
import { XMLBuilder } from 'fast-xml-parser';
import type { Element } from './boom.ts';

type Knoop = Record<string, unknown>;

const bouwer = (format: boolean): XMLBuilder =>
  new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    suppressEmptyNode: false,
    format,
    indentBy: '  ',
  });
const leesbaar = bouwer(true);
const dicht = bouwer(false);

/** Nobody reads so many elements, and without indentation the answer to a message of 18 MB stays below the limit of the envelope. */
const MAX_LEESBAAR = 20_000;

const telling = ({ kinderen }: Element): number => kinderen.reduce((som, deel) => som + telling(deel), 1);

function knoop(
  element: Element,
  voorvoegsels: ReadonlyMap<string, string>,
  attributen?: Readonly<Record<string, string>>,
): Knoop {
  const voorvoegsel = voorvoegsels.get(element.namespace);
  if (voorvoegsel === undefined) throw new Error(`no prefix for namespace of element ${element.naam}`);
  const inhoud =
    element.kinderen.length > 0
      ? element.kinderen.map((deel) => knoop(deel, voorvoegsels))
      : [{ '#text': element.tekst }];
  return { [`${voorvoegsel}:${element.naam}`]: inhoud, ...(attributen && { ':@': attributen }) };
}

/**
 * @param wortel the root element
 * @param voorvoegsels namespace → prefix, for every namespace in the tree
 * @returns the bytes of the document, with XML declaration
 */
export function schrijfXml(wortel: Element, voorvoegsels: ReadonlyMap<string, string>): Buffer {
  const declaraties = Object.fromEntries([...voorvoegsels].map(([uri, voorvoegsel]) => [`xmlns:${voorvoegsel}`, uri]));
  const gekozen = telling(wortel) > MAX_LEESBAAR ? dicht : leesbaar;
  const tekst: string = gekozen.build([knoop(wortel, voorvoegsels, declaraties)]);
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n${tekst.trimStart()}\n`;
  // A parser makes one line feed of any line end it reads, so a carriage return that belongs to the content must be a reference.
  return Buffer.from(document.replaceAll('\r', '&#13;').replaceAll('\n', '\r\n'), 'utf8');
}
