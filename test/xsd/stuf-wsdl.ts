/** Reads a WSDL 1.1 into what a client makes of it, and refuses one that does not hang together. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XmlElement } from 'libxml2-wasm';
import { metDocument } from './schemas.ts';

const NS = {
  wsdl: 'http://schemas.xmlsoap.org/wsdl/',
  soap: 'http://schemas.xmlsoap.org/wsdl/soap/',
  xs: 'http://www.w3.org/2001/XMLSchema',
};

export interface Operatie {
  readonly naam: string;
  readonly soapAction: string;
  /** {namespace}name of the elements in the body and in the detail of the fault. */
  readonly vraag: string;
  readonly antwoord: string;
  readonly fout: string;
}
export interface Dienst {
  readonly targetNamespace: string;
  readonly portType: string;
  readonly binding: string;
  readonly service: string;
  readonly port: string;
  readonly adres: string;
  readonly stijl: string;
  readonly transport: string;
  readonly operaties: readonly Operatie[];
}

function attr(node: XmlElement, naam: string): string {
  const waarde = node.attr(naam)?.value;
  if (waarde === undefined) throw new Error(`${node.name} (regel ${node.line}) heeft geen ${naam}`);
  return waarde;
}
const zoek = (node: XmlElement, xpath: string): XmlElement[] =>
  node.find(xpath, NS).filter((deel) => deel instanceof XmlElement);
function een(node: XmlElement, xpath: string): XmlElement {
  const [gevonden, ...meer] = zoek(node, xpath);
  if (!gevonden || meer.length > 0) throw new Error(`${node.name} (regel ${node.line}): precies één ${xpath} verwacht`);
  return gevonden;
}
/** The value of an attribute that is a QName, as {namespace}name. */
function qnaam(node: XmlElement, naam: string): string {
  const [voorvoegsel = '', lokaal = ''] = attr(node, naam).split(':');
  const namespace = node.namespaceForPrefix(voorvoegsel);
  if (!namespace || !lokaal) throw new Error(`${attr(node, naam)} (regel ${node.line}) heeft geen namespace`);
  return `{${namespace}}${lokaal}`;
}

/** message → element, of this document and those it imports. */
function berichten(root: XmlElement, map: string): Map<string, string> {
  const eigen = zoek(root, 'wsdl:message').map((bericht): [string, string] => [
    `{${attr(root, 'targetNamespace')}}${attr(bericht, 'name')}`,
    qnaam(een(bericht, 'wsdl:part'), 'element'),
  ]);
  const elders = zoek(root, 'wsdl:import').flatMap((verwijzing) => {
    const bestand = path.join(map, attr(verwijzing, 'location'));
    return metDocument(readFileSync(bestand), (document) => [...berichten(document.root, path.dirname(bestand))]);
  });
  return new Map([...eigen, ...elders]);
}

export function leesWsdl(bestand: string): Dienst {
  return metDocument(readFileSync(bestand), ({ root }) => {
    const targetNamespace = attr(root, 'targetNamespace');
    const elementVan = berichten(root, path.dirname(bestand));
    const element = (operatie: XmlElement, rol: string): string => {
      const bericht = qnaam(een(operatie, rol), 'message');
      const gevonden = elementVan.get(bericht);
      if (gevonden === undefined) throw new Error(`message ${bericht} ontbreekt`);
      return gevonden;
    };
    const portType = een(root, 'wsdl:portType');
    const binding = een(root, 'wsdl:binding');
    const service = een(root, 'wsdl:service');
    const port = een(service, 'wsdl:port');
    for (const [node, naam, doel] of [
      [binding, 'type', portType],
      [port, 'binding', binding],
    ] as const) {
      if (qnaam(node, naam) !== `{${targetNamespace}}${attr(doel, 'name')}`) throw new Error(`${naam} wijst mis`);
    }
    const gebonden = new Map(zoek(binding, 'wsdl:operation').map((operatie) => [attr(operatie, 'name'), operatie]));
    const operaties = zoek(portType, 'wsdl:operation').map((operatie): Operatie => {
      const naam = attr(operatie, 'name');
      const binding = gebonden.get(naam);
      if (!binding || !gebonden.delete(naam)) throw new Error(`operatie ${naam} is niet gebonden`);
      const foutnaam = attr(een(operatie, 'wsdl:fault'), 'name');
      const delen = [
        een(binding, 'wsdl:input/soap:body'),
        een(binding, 'wsdl:output/soap:body'),
        een(binding, `wsdl:fault[@name='${foutnaam}']/soap:fault[@name='${foutnaam}']`),
      ];
      if (delen.some((deel) => attr(deel, 'use') !== 'literal')) throw new Error(`${naam} is niet literal`);
      return {
        naam,
        soapAction: attr(een(binding, 'soap:operation'), 'soapAction'),
        vraag: element(operatie, 'wsdl:input'),
        antwoord: element(operatie, 'wsdl:output'),
        fout: element(operatie, 'wsdl:fault'),
      };
    });
    if (gebonden.size > 0) throw new Error(`geen operatie in het porttype: ${[...gebonden.keys()].join(', ')}`);
    const soap = een(binding, 'soap:binding');
    return {
      targetNamespace,
      portType: attr(portType, 'name'),
      binding: attr(binding, 'name'),
      service: attr(service, 'name'),
      port: attr(port, 'name'),
      adres: attr(een(port, 'soap:address'), 'location'),
      stijl: attr(soap, 'style'),
      transport: attr(soap, 'transport'),
      operaties,
    };
  });
}

/** Where a WSDL or schema says its imports and includes are, with the namespace it expects there. */
export function verwijzingen(bestand: string): { readonly namespace: string; readonly locatie: string }[] {
  return metDocument(readFileSync(bestand), ({ root }) =>
    zoek(root, '//xs:import | //xs:include').map((node) => ({
      namespace: node.attr('namespace')?.value ?? '',
      locatie: attr(node, 'schemaLocation'),
    })),
  );
}

/** The names of the children of the root, and of the elements inside a documentation, which toolkits stumble over. */
export function opbouw(bestand: string): { readonly delen: string[]; readonly inToelichting: string[] } {
  return metDocument(readFileSync(bestand), ({ root }) => ({
    delen: zoek(root, 'wsdl:*').map(({ name }) => name),
    inToelichting: zoek(root, '//wsdl:documentation//*').map(({ name }) => name),
  }));
}
