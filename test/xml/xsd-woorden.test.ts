/** No pattern and no type of the schemas reaches a user as such: each has words, and the words go with something that a schema says. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { patroonInWoorden, typeInWoorden } from '#src/xml/xsd-woorden.ts';
import { leesSchema } from '../../gereedschap/schema.ts';

const XSD = path.resolve(import.meta.dirname, '../../xsd');
const schemas = DOMEINEN.flatMap((domein) => {
  const map = path.join(XSD, domein, '3.2');
  return readdirSync(map).map((naam) => ({ naam, tekst: readFileSync(path.join(map, naam), 'utf8') }));
});

test('every pattern has words', () => {
  const patronen = schemas.flatMap(({ tekst }) =>
    [...tekst.matchAll(/<xs:pattern value="([^"]*)"/g)].map(([, p]) => p),
  );
  expect(patronen.length).toBeGreaterThan(20);
  expect(patronen.filter((patroon) => patroonInWoorden(String(patroon)) === undefined)).toEqual([]);
});

test('every type that is not text has words', () => {
  const typen = schemas
    .filter(({ naam }) => naam === 'basisschema.xsd')
    .flatMap(({ tekst }) => leesSchema(tekst).enkelvoudig)
    .filter(({ vorm, naam }) => vorm !== 'tekst' && naam.startsWith('LDT_'));
  expect(typen.length).toBeGreaterThan(15);
  expect(typen.filter(({ naam }) => typeInWoorden(naam) === undefined)).toEqual([]);
});

test('of another schema nothing is known', () => {
  expect([patroonInWoorden('[a-f0-9]{8}'), typeInWoorden('Tijdstip')]).toEqual([undefined, undefined]);
});
