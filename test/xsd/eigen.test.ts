/** What can be proved of the project's XSDs without the official ones: they compile, they are in order, and they are fast. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XmlElement } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { rekentijd } from '../hulp/duur.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { leesBoom, schrijfBoom } from './boom.ts';
import { bouw, minimaal, volledig } from './invuller.ts';
import { leesModel } from './schemamodel.ts';
import {
  basisbestand,
  basisNamespace,
  berichtbestand,
  berichtNamespace,
  compileer,
  isGeldig,
  metDocument,
  SOORTEN,
  STANDAARDEN,
  VOORBEELDEN,
} from './schemas.ts';

/** What a schema says about itself in its appinfo, and its version. */
function gegevens(xsd: Uint8Array): Record<string, string | undefined> {
  return metDocument(xsd, ({ root }) => {
    const feiten = root.find('xs:annotation/xs:appinfo/*', { xs: 'http://www.w3.org/2001/XMLSchema' });
    return {
      version: root.attr('version')?.value,
      targetNamespace: root.attr('targetNamespace')?.value,
      ...Object.fromEntries(feiten.map((feit) => [feit instanceof XmlElement ? feit.name : '', feit.content])),
    };
  });
}

describe.each(SOORTEN)('$code', (soort) => {
  const voorbeeld = readFileSync(path.join(VOORBEELDEN, soort.standaard, '3.2', `${soort.code}.xml`));
  const validator = () => compileer('eigen', soort.standaard, berichtbestand('eigen', soort));

  it('says itself which bericht, which release and which version it is', () => {
    expect(gegevens(berichtbestand('eigen', soort).bytes)).toEqual({
      version: '1.0.0',
      targetNamespace: berichtNamespace(soort),
      standaard: soort.standaard,
      bericht: soort.code.toLowerCase(),
      release: '3.2',
    });
  });

  it('approves the example', () => {
    expect(metDocument(voorbeeld, (document) => isGeldig(validator(), document))).toBe(true);
  });

  it('approves the smallest and the fullest bericht', () => {
    const schema = validator();
    const model = leesModel('eigen', soort);
    for (const aantal of [minimaal, volledig]) {
      const xml = schrijfBoom(bouw(model, aantal, maakToeval(1)));
      expect(
        metDocument(xml, (document) => isGeldig(schema, document)),
        xml,
      ).toBe(true);
    }
  });

  it('rejects the example without Header, and under the name of another bericht', () => {
    const schema = validator();
    const zonderHeader = leesBoom(voorbeeld);
    zonderHeader.inhoud.shift();
    const andereNaam = leesBoom(voorbeeld);
    andereNaam.namespace = berichtNamespace({ ...soort, code: 'X999' });
    for (const boom of [zonderHeader, andereNaam]) {
      expect(metDocument(schrijfBoom(boom), (document) => isGeldig(schema, document))).toBe(false);
    }
  });
});

describe.each(STANDAARDEN)('basisschema of %s', (standaard) => {
  it('says itself which release and which version it is', () => {
    expect(gegevens(basisbestand('eigen', standaard).bytes)).toEqual({
      version: '1.0.0',
      targetNamespace: basisNamespace(standaard),
      standaard,
      bericht: 'basisschema',
      release: '3.2',
    });
  });

  // A pattern that searches back takes a time that grows with the square of the length or worse, and one message could then
  // hold up a lane. Straight time for these texts is well under a second; the bound leaves room for a busy machine.
  it('reads even a hostile long text in linear time', () => {
    const soort = SOORTEN.find((kandidaat) => kandidaat.standaard === standaard && kandidaat.code.endsWith('301'));
    if (!soort) throw new Error('geen 301');
    const schema = compileer('eigen', standaard, berichtbestand('eigen', soort));
    const bericht = schrijfBoom(bouw(leesModel('eigen', soort), volledig, maakToeval(1)));
    const vijandig = (lengte: number) =>
      ['a'.repeat(lengte), ' '.repeat(lengte), 'a '.repeat(lengte / 2)].map((tekst) =>
        bericht.replaceAll(/(?<=:(?:Commentaar|Voornamen|Straatnaam)>)[^<]+/gu, `${tekst}&#10;`),
      );
    const duur = rekentijd(() => {
      for (const xml of vijandig(200_000))
        expect(metDocument(xml, (document) => isGeldig(schema, document))).toBe(false);
    });
    expect(duur).toBeLessThan(5_000);
  });
});
