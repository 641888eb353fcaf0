/** No rule may accuse a valid message: the official examples have no findings but these, each with what is wrong in the example. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rapporteerBestand } from '#src/envelop/rapport.ts';
import { rapporteer } from '#src/standards/rapport.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { NORM } from '../xsd/schemas.ts';

const MAP = path.join(NORM, 'samples');
const aanwezig = existsSync(MAP);
if (!aanwezig) console.warn(`Skipped: no official examples in ${MAP}. Set KNOOPPUNT_NORM.`);

type Bevonden = readonly [ernst: string, regel: string, plaats: string, regelnummer: number];

/** File → what is found in it, and why that is right. */
const VERKLAARD: Readonly<Record<string, readonly Bevonden[]>> = {
  // 31 June does not exist; the message does not satisfy its XSD, so the rules do not look at it.
  'ijw/JW315.xml': [
    ['fout', 'XSD', 'AangevraagdProduct[1]/ToewijzingEinddatum', 44],
    ['fout', 'XSD', 'AangevraagdProduct[2]/ToewijzingEinddatum', 66],
  ],
  // A RetourCode stands loose in the Verzoek.
  'ijw/JW318.xml': [['fout', 'XSD', 'Verzoek/RetourCode', 33]],
  // The new product ends in 2024 and is wanted from 2026 on.
  'ijw/JW317.xml': [['fout', 'CS003', 'NieuwProduct/Einddatum', 35]],
  // RN004 is used twice for one client. Allocation 10073 is declared for two clients: only doubtful, the norm names no client there.
  'ijw/JW323.xml': [
    ['waarschuwing', 'TR416', 'Client[2]/Prestaties/Prestatie[2]', 95],
    ['fout', 'TR101', 'Client[2]/Prestaties/Prestatie[3]', 114],
  ],
  // The wanted date is the dagtekening itself; TR380 on this element is a reading of the norm that refuses nobody.
  'iwmo/WMO317.xml': [['waarschuwing', 'TR380', 'NieuwProduct/GewensteIngangsdatum', 41]],
};

const voorbeelden = aanwezig
  ? ['ijw', 'iwmo', 'ggk'].flatMap((map) => readdirSync(path.join(MAP, map)).map((naam) => `${map}/${naam}`))
  : ['geen'];

describe.skipIf(!aanwezig)('the official example', () => {
  test.each(voorbeelden.filter((naam) => !naam.startsWith('ggk/')))('%s', (naam) => {
    const rapport = rapporteer(naam, readFileSync(path.join(MAP, naam)), { niveau: 4, bronnen: BRONNEN });
    const verklaard = VERKLAARD[naam] ?? [];
    expect(rapport.berichtsoort).toBe(path.basename(naam, '.xml'));
    expect(rapport.bevindingen.map(({ ernst, regel, regelnummer }) => [ernst, regel, regelnummer])).toEqual(
      verklaard.map(([ernst, regel, , regelnummer]) => [ernst, regel, regelnummer]),
    );
    for (const [nr, { pad }] of rapport.bevindingen.entries())
      expect(pad.endsWith(verklaard[nr]?.[2] ?? '')).toBe(true);
    expect(rapport.geldig).toBe(verklaard.every(([ernst]) => ernst !== 'fout'));
    expect(rapport.niveau).toBe(verklaard.some(([, regel]) => regel === 'XSD') ? 1 : 2);
  });

  test.each(voorbeelden.filter((naam) => naam.startsWith('ggk/')))('%s: as an envelope', (naam) => {
    const rapport = rapporteerBestand(naam, readFileSync(path.join(MAP, naam)), { niveau: 4, bronnen: BRONNEN });
    expect(rapport).toMatchObject({ berichtsoort: null, release: null, geldig: true, niveau: 0 });
    // What is in it is a word and no message, and that is said.
    expect(rapport.bevindingen.map(({ ernst }) => ernst)).toEqual(naam.includes('Fo01') ? [] : ['waarschuwing']);
  });

  test('every explanation is needed', () => {
    expect(Object.keys(VERKLAARD).filter((naam) => !voorbeelden.includes(naam))).toEqual([]);
  });
});
