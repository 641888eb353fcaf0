/** What can be proved of the project's envelope schemas without the official ones. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { XsdValidator } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { rekentijd } from '../hulp/duur.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { schrijfBoom } from './boom.ts';
import { volledig } from './invuller.ts';
import { isGeldig, metDocument } from './schemas.ts';
import { leesEnvelop, wortels } from './stuf-model.ts';
import { bouwEnvelop, geldigeDocumenten, opPad, type Tak } from './stuf-mutaties.ts';
import { compileerStuf, ENVELOPPEN, HEENBERICHT, schemabestanden, WSDL } from './stuf-schemas.ts';
import { verwijzingen } from './stuf-wsdl.ts';

const oordeelVan = (schema: XsdValidator, xml: string | Uint8Array): boolean =>
  metDocument(xml, (document) => isGeldig(schema, document));

/** A heenbericht in which the elements at these paths, and the name of the file, are as given. */
function heenbericht(tak: Tak, teksten: Readonly<Record<string, string>>, bestandsnaam?: string): string {
  const document = bouwEnvelop(leesEnvelop('eigen', HEENBERICHT), tak, volledig, maakToeval(1));
  for (const [pad, tekst] of Object.entries(teksten)) {
    const deel = opPad(document, `/${HEENBERICHT.element}/${pad}`);
    if (!deel) throw new Error(`${pad} ontbreekt`);
    deel.inhoud = [tekst];
    if (bestandsnaam !== undefined && deel.naam === tak) deel.attributen.bestandsnaam = bestandsnaam;
  }
  return schrijfBoom(document);
}

describe('our own envelope schemas', () => {
  it('describe the five documents of an exchange and no others', () => {
    const verwacht = ENVELOPPEN.map(({ element: naam, namespace }) => ({ namespace, naam }));
    expect(new Set(wortels('eigen'))).toEqual(new Set(verwacht));
  });

  it.each(ENVELOPPEN)('approve $element, small, full and in between', (soort) => {
    const schema = compileerStuf('eigen');
    for (const document of geldigeDocumenten(leesEnvelop('eigen', soort), maakToeval(1))) {
      const xml = schrijfBoom(document);
      expect(oordeelVan(schema, xml), xml).toBe(true);
    }
  });

  it('name their imports so that these are found on disk and over HTTP', () => {
    const wortel = pathToFileURL(`${path.resolve(import.meta.dirname, '../../xsd/stuf')}/`).href;
    for (const bestand of [...schemabestanden('eigen'), WSDL.eigen]) {
      for (const { namespace, locatie } of verwijzingen(bestand)) {
        const doel = new URL(locatie, pathToFileURL(bestand));
        expect(doel.href.startsWith(wortel), locatie).toBe(true);
        expect(existsSync(doel), locatie).toBe(true);
        const eigen = metDocument(readFileSync(doel), ({ root }) => root.attr('targetNamespace')?.value);
        expect(eigen).toBe(namespace);
      }
    }
  });

  it('name every type with a prefix, because some SOAP toolkits do not find it without', () => {
    for (const bestand of schemabestanden('eigen')) {
      const zonder = readFileSync(bestand, 'utf8').match(/(?:type|base)="[^":]*"/gu);
      expect(zonder).toBeNull();
    }
  });

  // libxml2 skips what is not in the alphabet. Whoever takes the payload out must look at it again.
  it('do not keep text that is no base64 out of the payload', () => {
    const schema = compileerStuf('eigen');
    const oordeel = (tekst: string) =>
      oordeelVan(schema, heenbericht('xmlBestand', { 'parameters/bericht/xmlBestand': tekst }));
    for (const tekst of ['', '!!', 'a.csv', '-_-_AAAA']) expect(oordeel(tekst), tekst).toBe(true);
    for (const tekst of ['A', 'AAA', 'AB==', 'AAAA=']) expect(oordeel(tekst), tekst).toBe(false);
  });

  // One envelope may hold 25 MB: validating must take a time in proportion to its length.
  it('read a long payload and long texts in linear time', () => {
    const schema = compileerStuf('eigen');
    const lengte = 1_000_000;
    const teksten = {
      'parameters/bericht/tekstBestand': 'QUJD'.repeat(lengte / 4),
      'stuurgegevens/referentienummer': 'a'.repeat(lengte),
      'stuurgegevens/tijdstipBericht': '1'.repeat(lengte),
    };
    const xml = heenbericht('tekstBestand', teksten, `${'a'.repeat(lengte)}!`);
    expect(rekentijd(() => expect(oordeelVan(schema, xml)).toBe(false))).toBeLessThan(5_000);
  });
});
