/**
 * `npm run genereer`: writes the TypeScript types and the structure of every message from its XSD, under src/standards/<standaard>/<release>/schema.
 * A test fails when a file there is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Enkelvoudig, leesSchema, type Schema, type Schemaelement } from './schema.ts';

const XSD = join(import.meta.dirname, '../xsd');
const BRON = join(import.meta.dirname, '../src/standards');
const BASIS = 'basisschema';

const kop = (xsd: string): string =>
  `// Generated from xsd/${xsd} by \`npm run genereer\`; do not edit. The names are those of the standard.\n`;
const tekst = (waarde: string): string => `'${waarde}'`;

function enkelvoudig({ naam, codes, vorm }: Enkelvoudig): string {
  const type = codes.length > 0 ? codes.map(tekst).join(' | ') : 'string';
  return `export type ${naam} = ${type}; // ${vorm}\n`;
}

function eigenschap({ naam, type, codes, verplicht, herhaalbaar }: Schemaelement): string {
  const soort = type || codes.map(tekst).join(' | ') || 'string';
  return `  readonly ${naam}${verplicht ? '' : '?'}: ${herhaalbaar ? `readonly ${soort}[]` : soort};\n`;
}

const veld = ({ naam, type, vorm, verplicht, herhaalbaar }: Schemaelement): string =>
  `      { naam: ${tekst(naam)}, type: ${tekst(type)}, vorm: ${tekst(vorm)}, verplicht: ${verplicht}, herhaalbaar: ${herhaalbaar} },\n`;

function klassen(schema: Schema): string {
  const rijen = schema.klassen.map(({ naam, elementen }) => `    ${naam}: [\n${elementen.map(veld).join('')}    ],\n`);
  return `  klassen: {\n${rijen.join('')}  },\n`;
}

const types = (schema: Schema): string =>
  schema.klassen
    .map(({ naam, elementen }) => `\nexport interface ${naam} {\n${elementen.map(eigenschap).join('')}}\n`)
    .join('');

function basisbestand(xsd: string, schema: Schema): string {
  const structuur = `\nexport const STRUCTUUR: Structuurgegevens['basis'] = {\n  namespace: ${tekst(schema.namespace)},\n  versie: ${tekst(schema.versie)},\n${klassen(schema)}};\n`;
  const enkel = schema.enkelvoudig.map(enkelvoudig).join('');
  return `${kop(xsd)}import type { Structuurgegevens } from '../../../../xml/structuur.ts';\n\n${enkel}${types(schema)}${structuur}`;
}

function berichtbestand(xsd: string, schema: Schema): string {
  const eigen = new Set(schema.klassen.map(({ naam }) => naam));
  const gebruikt = schema.klassen.flatMap(({ elementen }) => elementen.map(({ type }) => type));
  const ingevoerd = [...new Set(gebruikt)].filter((type) => type && !eigen.has(type)).sort();
  const invoer = `import type {\n${ingevoerd.map((type) => `  ${type},\n`).join('')}} from './${BASIS}.ts';\n`;
  const overzicht = `\nexport interface Klassen {\n${[...eigen].map((naam) => `  readonly ${naam}: ${naam};\n`).join('')}}\n`;
  const structuur = `\nexport const STRUCTUUR: Structuurgegevens = {\n  namespace: ${tekst(schema.namespace)},\n  versie: ${tekst(schema.versie)},\n${klassen(schema)}  basis: BASIS,\n};\n`;
  return `${kop(xsd)}import type { Structuurgegevens } from '../../../../xml/structuur.ts';\n${invoer}import { STRUCTUUR as BASIS } from './${BASIS}.ts';\n${types(schema)}${overzicht}${structuur}`;
}

/** One file that names all messages of a release. */
function overzicht(map: string, soorten: readonly string[]): string {
  const invoer = soorten.map((soort) => `import * as ${soort} from './${soort}.ts';\n`).join('');
  const perNummer = soorten.map((soort) => `  readonly '${soort.slice(-3)}': ${soort}.Klassen;\n`).join('');
  const structuren = soorten.map((soort) => `  ${soort}: ${soort}.STRUCTUUR,\n`).join('');
  return `${kop(map)}import type { Structuurgegevens } from '../../../../xml/structuur.ts';\n${invoer}\n/** The classes of each message. */\nexport interface Berichten {\n${perNummer}}\n\nexport const STRUCTUREN: Readonly<Record<string, Structuurgegevens>> = {\n${structuren}};\n`;
}

/** @returns path under src/standards → text, for all releases that have XSDs */
export function genereer(): ReadonlyMap<string, string> {
  const bestanden = new Map<string, string>();
  const mappen = ['iwmo', 'ijw'].flatMap((standaard) =>
    readdirSync(join(XSD, standaard)).map((r) => `${standaard}/${r}`),
  );
  for (const map of mappen) {
    const namen = readdirSync(join(XSD, map))
      .map((bestand) => bestand.replace(/\.xsd$/, ''))
      .sort();
    const basis = leesSchema(readFileSync(join(XSD, map, `${BASIS}.xsd`), 'utf8'));
    for (const naam of namen) {
      const xsd = `${map}/${naam}.xsd`;
      const schema = leesSchema(readFileSync(join(XSD, xsd), 'utf8'), basis);
      bestanden.set(
        `${map}/schema/${naam}.ts`,
        naam === BASIS ? basisbestand(xsd, basis) : berichtbestand(xsd, schema),
      );
    }
    bestanden.set(
      `${map}/schema/index.ts`,
      overzicht(
        map,
        namen.filter((naam) => naam !== BASIS),
      ),
    );
  }
  return bestanden;
}

if (import.meta.main) {
  const bestanden = genereer();
  for (const map of new Set([...bestanden.keys()].map((pad) => join(BRON, pad, '..')))) {
    rmSync(map, { recursive: true, force: true });
    mkdirSync(map, { recursive: true });
  }
  for (const [pad, inhoud] of bestanden) writeFileSync(join(BRON, pad), inhoud);
  console.log(`${bestanden.size} bestanden geschreven`);
}
