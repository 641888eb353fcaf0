/** A document as a mutable tree: what the mutation engine cuts and pastes in. */
import { XmlCData, XmlElement, XmlText } from 'libxml2-wasm';
import { metDocument } from './schemas.ts';

/** XML that is written as it is: a comment, a CDATA section, a processing instruction. */
export interface Ruw {
  readonly ruw: string;
}
export interface Knoop {
  naam: string;
  namespace: string;
  attributen: Record<string, string>;
  inhoud: (Knoop | Ruw | string)[];
}

export const isKnoop = (deel: Knoop | Ruw | string): deel is Knoop => typeof deel === 'object' && 'naam' in deel;
export const kinderen = (knoop: Knoop): Knoop[] => knoop.inhoud.filter(isKnoop);
export const knoop = (naam: string, namespace: string, inhoud: Knoop['inhoud'] = []): Knoop => ({
  naam,
  namespace,
  attributen: {},
  inhoud,
});

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Reads a document; layout between elements is dropped. */
export const leesBoom = (xml: Uint8Array): Knoop => metDocument(xml, (document) => lees(document.root));

function lees(element: XmlElement): Knoop {
  const gelezen = knoop(element.name, element.namespaceUri);
  let tekst = '';
  for (let deel = element.firstChild; deel; deel = deel.next) {
    if (deel instanceof XmlElement) gelezen.inhoud.push(lees(deel));
    else if (deel instanceof XmlText || deel instanceof XmlCData) tekst += deel.content;
  }
  if (gelezen.inhoud.length === 0 && tekst !== '') gelezen.inhoud.push(tekst);
  return gelezen;
}

/** Line ends and tabs as character references, so that the parser hands them over unchanged. */
export function ontsnap(tekst: string): string {
  return tekst.replace(/[&<>"\t\n\r\u0085\u2028]/gu, (teken) => `&#${teken.codePointAt(0)};`);
}

/** Writes the tree with a prefix per namespace, all declared on the root. */
export function schrijfBoom(wortel: Knoop): string {
  const voorvoegsels = new Map<string, string>([['', '']]);
  const verzamel = (deel: Knoop): void => {
    if (!voorvoegsels.has(deel.namespace)) voorvoegsels.set(deel.namespace, `n${voorvoegsels.size}:`);
    kinderen(deel).forEach(verzamel);
  };
  verzamel(wortel);
  const schrijf = (deel: Knoop | Ruw | string, extra = ''): string => {
    if (typeof deel === 'string') return ontsnap(deel);
    if (!isKnoop(deel)) return deel.ruw;
    const naam = `${voorvoegsels.get(deel.namespace)}${deel.naam}`;
    const attributen = Object.entries(deel.attributen).map(([sleutel, waarde]) => ` ${sleutel}="${ontsnap(waarde)}"`);
    return `<${naam}${extra}${attributen.join('')}>${deel.inhoud.map((kind) => schrijf(kind)).join('')}</${naam}>`;
  };
  const declaraties = [...voorvoegsels]
    .filter(([namespace]) => namespace !== '')
    .map(([namespace, voorvoegsel]) => ` xmlns:${voorvoegsel.slice(0, -1)}="${namespace}"`);
  return schrijf(wortel, `${declaraties.join('')} xmlns:xsi="${XSI}"`);
}
