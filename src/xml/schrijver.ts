/** Writes a tree as XML bytes: UTF-8 without BOM, CR/LF line ends (OP192), one prefix per namespace, declared on the root. */
import { XMLBuilder } from 'fast-xml-parser';
import type { Element } from './boom.ts';

type Knoop = Record<string, unknown>;

const bouwer = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  suppressEmptyNode: false,
  format: true,
  indentBy: '  ',
});

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
  const tekst: string = bouwer.build([knoop(wortel, voorvoegsels, declaraties)]);
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n${tekst.trimStart()}\n`.replace(/\r?\n/g, '\r\n'),
    'utf8',
  );
}
