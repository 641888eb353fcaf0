/** The generated types and structures are those of the XSDs: no file stale, and every class as the schema has it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import type { Klasse, Structuur, Vorm } from '#src/xml/structuur.ts';
import { genereer } from '../../gereedschap/genereer.ts';
import { beschrijf, bladen, leesModel } from '../xsd/schemamodel.ts';
import { basisNamespace } from '../xsd/schemas.ts';

const BRON = path.resolve(import.meta.dirname, '../../src/standards');

test('the generated files are up to date: npm run genereer', () => {
  const mappen = new Set([...genereer().keys()].map((pad) => path.dirname(pad)));
  const aanwezig = [...mappen].flatMap((map) => readdirSync(path.join(BRON, map)).map((naam) => `${map}/${naam}`));
  const inhoud = aanwezig.map((pad) => [pad, readFileSync(path.join(BRON, pad), 'utf8')]);
  expect(Object.fromEntries(inhoud)).toEqual(Object.fromEntries(genereer()));
});

test('every folder with generated files comes from a folder with XSDs', () => {
  const mappen = new Set([...genereer().keys()].map((pad) => path.dirname(pad)));
  const schemamappen = readdirSync(BRON, { recursive: true, encoding: 'utf8' }).filter(
    (naam) => path.basename(naam) === 'schema',
  );
  expect(schemamappen.toSorted()).toEqual([...mappen].sort());
});

/** The structure in the words of schemamodel.ts: one line per element, in order, with how often it may occur. */
function regels(klasse: Klasse, boven: string): string[] {
  return klasse.velden.flatMap(({ naam, verplicht, herhaalbaar, klasse: onder }) => {
    const pad = `${boven}/${naam}`;
    const aantal = `${verplicht ? 1 : 0}..${herhaalbaar ? Number.POSITIVE_INFINITY : 1}`;
    const regel = `${pad} {${klasse.namespace}} ${aantal} ${onder ? 'samengesteld' : 'enkelvoudig'}`;
    return onder ? [regel, ...regels(onder, pad)] : [regel];
  });
}
const beschrijving = ({ wortel, namespace }: Structuur): string[] => [
  `/Bericht {${namespace}} 1..1 samengesteld`,
  ...regels(wortel, '/Bericht'),
];

function vormen(klasse: Klasse, boven: string): [string, string][] {
  return klasse.velden.flatMap(({ naam, vorm, klasse: onder }) =>
    onder ? vormen(onder, `${boven}/${naam}`) : [[`${boven}/${naam}`, vorm] as [string, string]],
  );
}
const VORMEN: Readonly<Record<string, Vorm>> = {
  string: 'tekst',
  integer: 'getal',
  nonNegativeInteger: 'getal',
  date: 'datum',
  time: 'tijd',
};

describe.each(BERICHTSOORTEN)('the structure of $code', (soort) => {
  const structuur = structuurVan(soort);
  const model = leesModel('eigen', { standaard: soort.domein, code: soort.code });

  test('has the elements of the XSD: order, optional, repeatable', () => {
    expect(beschrijving(structuur)).toEqual(beschrijf(model));
  });

  test('knows how each of them is written', () => {
    expect(vormen(structuur.wortel, '/Bericht')).toEqual(
      bladen(model).map(({ pad, type }) => [pad, VORMEN[type.basis]]),
    );
  });

  test('has the namespaces of the soort', () => {
    expect([structuur.namespace, structuur.basisNamespace]).toEqual([soort.namespace, basisNamespace(soort.domein)]);
  });
});
