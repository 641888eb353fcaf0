/** What is true of every report, whatever the bytes it is about. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isFout } from '#src/standards/bevinding.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import type { Rapport } from '#src/standards/rapport.ts';
import { REGELS } from '#src/standards/regelset.ts';

const SLEUTELS = ['bestand', 'berichtsoort', 'release', 'geldig', 'niveau', 'bevindingen'];
const SLEUTELS_BEVINDING = ['ernst', 'niveau', 'regel', 'retourcode', 'pad', 'regelnummer', 'melding'];
/** A Dutch sentence or two that begin with a capital and end with a full stop. */
const ZIN = /^[A-Z][^\n\r]*\.$/;
const LANGSTE_MELDING = 1000;
/** Added to a finding about two parts of the message. */
const VERGELIJK = / Vergelijk regel \d+\.$/;
const WEGGELATEN = /^Nog \d+ andere (?:XSD-fouten|bevindingen) zijn niet vermeld\.$/;

const MELDINGEN = new Map(REGELS.map(({ code, melding }) => [code, melding]));

/** Words that our sentences may hold of themselves: those of the XSDs, which also name all elements. */
const XSDS = join(import.meta.dirname, '../../xsd');
const WOORDENSCHAT = [
  ...new Set(BERICHTSOORTEN.flatMap(({ domein, release, xsd }) => [xsd, `${domein}/${release}/basisschema.xsd`])),
]
  .map((bestand) => readFileSync(join(XSDS, bestand), 'utf8'))
  .join('\n');

const KORTSTE_WOORD = 6;

/** The words of all texts and attributes in a document that tell something of a person, as far as they can be told apart from ours. */
export function woordenUit(xml: string): readonly string[] {
  const woorden = new Set<string>();
  for (const [, tekst = '', attribuut = ''] of xml.matchAll(/>([^<>]+)<|=\s*"([^"<>]*)"/g))
    for (const woord of `${tekst} ${attribuut}`.slice(0, 20_000).split(/[\s;&#]+/))
      if (woord.length >= KORTSTE_WOORD) woorden.add(woord);
  return [...woorden].filter((woord) => !WOORDENSCHAT.includes(woord));
}

const LF = 0x0a;
const CR = 0x0d;
/** CR, LF and CR/LF each end a line. */
function aantalRegels(bytes: Uint8Array): number {
  let aantal = 1;
  let vorige = 0;
  for (const byte of bytes) {
    if (byte === CR || (byte === LF && vorige !== CR)) aantal += 1;
    vorige = byte;
  }
  return aantal;
}

/**
 * @param bytes what the report is about
 * @param geheim words that no sentence may hold
 */
export function keur(rapport: Rapport, bytes: Uint8Array, geheim: readonly string[]): void {
  const { geldig, niveau, berichtsoort, release, bevindingen } = rapport;
  expect(Object.keys(rapport)).toEqual(SLEUTELS);
  expect([0, 1, 2]).toContain(niveau);
  expect(geldig).toBe(!bevindingen.some(isFout));
  expect(berichtsoort === null).toBe(release === null);
  if (berichtsoort === null) expect([geldig, bevindingen.length]).toEqual([false, 1]);
  const regels = aantalRegels(bytes);
  for (const bevinding of bevindingen) {
    const { regel, pad, regelnummer, melding } = bevinding;
    expect(Object.keys(bevinding)).toEqual(SLEUTELS_BEVINDING);
    expect(pad).toMatch(/^\//);
    expect(Number.isInteger(regelnummer) && regelnummer >= 0 && regelnummer <= regels, `regel ${regelnummer}`).toBe(
      true,
    );
    expect(melding).toMatch(ZIN);
    expect(melding.length).toBeLessThan(LANGSTE_MELDING);
    if (regel !== 'XSD') {
      const zin = melding.replace(VERGELIJK, '');
      expect([MELDINGEN.get(regel), WEGGELATEN.test(zin) ? zin : undefined]).toContain(zin);
      continue;
    }
    // The name of the element is told, and a name may be anything.
    const naam = pad.slice(pad.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '');
    const rest = naam === '' ? melding : melding.replaceAll(naam, '');
    expect(geheim.filter((woord) => rest.includes(woord))).toEqual([]);
  }
}
