/**
 * Damaged messages, and random content that the XSD allows: there is always a report, and no rule ever throws.
 *
 * ZAAD repeats a run, MUTATIES sets the number of cases per message, KNOOPPUNT_NORM names the folder with the official samples.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XmlDocument, type XmlElement, XmlParseError, type XsdValidator } from 'libxml2-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Bronnen } from '#src/standards/bronnen.ts';
import { BERICHTSOORTEN, type Berichtsoort, berichtsoortVanNamespace } from '#src/standards/catalogus.ts';
import { type Rapport, rapporteer } from '#src/standards/rapport.ts';
import type { Omgeving } from '#src/standards/regels.ts';
import { REGELS } from '#src/standards/regelset.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { maakRoute, toets } from '#src/standards/toetsing.ts';
import { kindElementen } from '#src/xml/boom.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud, Klasse, Waarde } from '#src/xml/structuur.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { type Knoop, leesBoom, schrijfBoom } from '../xsd/boom.ts';
import { bouw, minimaal, volledig } from '../xsd/invuller.ts';
import { muteer } from '../xsd/mutaties.ts';
import { leesModel } from '../xsd/schemamodel.ts';
import { berichtbestand, compileer, isGeldig, metDocument, NORM } from '../xsd/schemas.ts';
import { keur, woordenUit } from './hulp-keuring.ts';
import { vermink } from './hulp-verminking.ts';
import { bouwWild } from './hulp-wild.ts';
import { PRODUCTCODES } from './regels/bronnen.ts';

const MUTATIES = Number(process.env.MUTATIES ?? 80);
const bronnen: Bronnen = { ...BRONNEN, productcodes: PRODUCTCODES };
const LEVERBARE_NIVEAUS = [2, 4] as const;

beforeAll(() => {
  console.info(`ZAAD=${ZAAD} MUTATIES=${MUTATIES}`);
});

const validators = new Map<string, XsdValidator>();
/** The schema once more, apart from the program. */
function validatorVan({ code, domein }: Berichtsoort): XsdValidator {
  const bestaand = validators.get(code);
  if (bestaand) return bestaand;
  const nieuw = compileer('eigen', domein, berichtbestand('eigen', { standaard: domein, code }));
  validators.set(code, nieuw);
  return nieuw;
}

/** The soort for which this is valid by its XSD, read without any of our bounds or options; null when there is none. */
function geldigVoor(bytes: Uint8Array): Berichtsoort | null {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(bytes);
  } catch (fout) {
    if (fout instanceof XmlParseError) return null;
    throw fout;
  }
  try {
    const soort = berichtsoortVanNamespace(document.root.namespaceUri);
    return soort && isGeldig(validatorVan(soort), document) ? soort : null;
  } finally {
    document.dispose();
  }
}

/** The content as the tree of libxml2 has it. */
function uitBoom(element: XmlElement, { opNaam }: Klasse): Inhoud {
  const inhoud: Record<string, Waarde | Waarde[]> = {};
  for (const kind of kindElementen(element)) {
    const { klasse, vorm = 'tekst', herhaalbaar } = opNaam.get(kind.name) ?? {};
    const waarde = klasse ? uitBoom(kind, klasse) : vorm === 'tekst' ? kind.content : kind.content.trim();
    if (herhaalbaar) inhoud[kind.name] = [...((inhoud[kind.name] as Waarde[] | undefined) ?? []), waarde];
    else inhoud[kind.name] = waarde;
  }
  return inhoud as Inhoud;
}

/** All rules of levels 2 and 4, whatever the other level found. */
function toetsAlles(bytes: Uint8Array, soort: Berichtsoort): void {
  const structuur = structuurVan(soort);
  const inhoud = leesInhoud(bytes, structuur);
  expect(inhoud).toEqual(metDocument(bytes, ({ root }) => uitBoom(root, structuur.wortel)));
  const { Dagtekening } = (inhoud.Header as Inhoud).BerichtIdentificatie as { Dagtekening: string };
  const omgeving: Omgeving = { soort, bronnen, dagtekening: Dagtekening };
  for (const niveau of LEVERBARE_NIVEAUS) {
    const route = maakRoute(REGELS, soort, structuur, niveau);
    if (route) toets(route, inhoud, omgeving);
  }
}

/** What holds for any bytes; `geval` says how to make them again. */
function onderzoek(bytes: Buffer, geval: string): { readonly rapport: Rapport; readonly geldig: boolean } {
  try {
    const rapport = rapporteer('bericht.xml', bytes, { niveau: 4, bronnen });
    keur(rapport, bytes, rapport.bevindingen.length > 0 ? woordenUit(bytes.toString()) : []);
    const soort = geldigVoor(bytes);
    if (soort) toetsAlles(bytes, soort);
    // A message that is refused before it is read as a message may be valid all the same: with a BOM, or a DTD.
    if (rapport.berichtsoort !== null) {
      const xsd = rapport.bevindingen.every(({ regel }) => regel !== 'XSD');
      expect(xsd ? rapport.berichtsoort : null).toBe(soort?.code ?? null);
    }
    return { rapport, geldig: soort !== null };
  } catch (fout) {
    throw new Error(`ZAAD=${ZAAD} MUTATIES=${MUTATIES} ${geval}\n${bytes.toString('base64')}`, { cause: fout });
  }
}

const samples = BERICHTSOORTEN.map(({ domein, code }) => path.join(NORM, 'samples', domein, `${code}.xml`)).filter(
  existsSync,
);
const bronberichten: readonly (readonly [naam: string, bericht: Buffer])[] = [
  ...BERICHTSOORTEN.map(({ code }) => [code, Buffer.from(voorbeeld(code))] as const),
  ...samples.map((bestand) => [`sample ${path.basename(bestand, '.xml')}`, readFileSync(bestand)] as const),
];

describe('damaged:', () => {
  let totaal = 0;
  let geldigen = 0;
  test.each(bronberichten)('%s', (naam, bericht) => {
    const toeval = maakToeval(ZAAD).tak(naam);
    for (let nr = 0; nr < MUTATIES; nr += 1) {
      const [, ander] = toeval.kies(bronberichten);
      const { bericht: verminkt, verminkingen } = vermink(bericht, ander, toeval);
      totaal += 1;
      if (onderzoek(verminkt, `${naam}, nr. ${nr}: ${verminkingen.join(' + ')}`).geldig) geldigen += 1;
    }
  });
  test('enough of them are valid for the rules to have something to say', () => {
    expect(geldigen / totaal).toBeGreaterThan(0.05);
    expect(geldigen / totaal).toBeLessThan(0.6);
  });
});

describe('valid for the XSD, whatever it says:', () => {
  test.each(BERICHTSOORTEN)('$code', (soort) => {
    const toeval = maakToeval(ZAAD).tak(`${soort.code} vrij`);
    const model = leesModel('eigen', { standaard: soort.domein, code: soort.code });
    const begin = (): Knoop =>
      toeval.kies([
        () => bouw(model, minimaal, toeval),
        () => bouw(model, volledig, toeval),
        () => bouwWild(model, soort.domein, toeval),
        () => leesBoom(Buffer.from(voorbeeld(soort.code))),
      ])();
    const keurBoom = (wortel: Knoop, wat: string): boolean =>
      onderzoek(Buffer.from(schrijfBoom(wortel)), `${soort.code} vrij, ${wat}`).geldig;
    let geldigen = 0;
    for (let nr = 0; nr < MUTATIES; nr += 1)
      if (keurBoom(bouwWild(model, soort.domein, toeval), `wild nr. ${nr}`)) geldigen += 1;
    expect(geldigen).toBe(MUTATIES);
    // A walk: every valid step is the start of the next, so that the documents get ever further from what anybody would send.
    let hier = begin();
    for (let nr = 0; nr < MUTATIES; nr += 1) {
      if (toeval.kans(0.03)) hier = begin();
      const { wortel, mutaties } = muteer(hier, model, toeval);
      if (keurBoom(wortel, `stap ${nr}: ${mutaties.join(' + ')}`)) hier = wortel;
    }
  });
});
