/** Validation against the XSDs: every error, at its right line, with a path that a reader can follow whatever prefixes were used. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { valideer } from '#src/xml/xsd.ts';
import { maakBericht, soort, vervang, voorbeeld } from '../hulp/berichten.ts';
import { controleerTot } from '../hulp/controle.ts';
import { maakGroteDeclaratie } from '../storing/berichten.ts';

const bevindingenVan = (code: string, xml: string | Uint8Array) =>
  controleerTot(1, Buffer.from(xml), soort(code)).bevindingen;
const plekken = (code: string, xml: string | Uint8Array) =>
  bevindingenVan(code, xml).map(({ pad, regelnummer }) => [pad, regelnummer] as const);
const regelVan = (xml: string, stuk: string): number => xml.slice(0, xml.indexOf(stuk)).split('\n').length;

/** The same message with a prefix on every element, instead of a default namespace. */
const metVoorvoegsels = (xml: string): string =>
  xml.replace('xmlns=', 'xmlns:b=').replace(/<(\/?)(\w+)(?![\w:])/g, '<$1b:$2');
/** The same message with every namespace as a default, declared where it is needed. */
function zonderVoorvoegsels(xml: string): string {
  const uri = /xmlns:\w+="([^"]*)"/.exec(xml)?.[1] ?? '';
  return xml.replace(/<(?:iwmo|ijw):(\w+)/g, `<$1 xmlns="${uri}"`).replace(/<\/(?:iwmo|ijw):/g, '</');
}

describe.each(BERICHTSOORTEN)('$code', ({ code }) => {
  const xml = voorbeeld(code);

  test('is valid in every way of writing namespaces', () => {
    for (const vorm of [xml, metVoorvoegsels(xml), zonderVoorvoegsels(xml)])
      expect(bevindingenVan(code, vorm)).toEqual([]);
  });

  test('gives in every way of writing the same bevindingen in the same readable place', () => {
    const fout = ['BerichtVersie', 'Dagtekening', 'BerichtXsdVersie'].reduce(
      (tekst, naam) => vervang(tekst, naam, 'x'),
      xml,
    );
    const verwacht = bevindingenVan(code, metVoorvoegsels(fout));
    expect(new Set(verwacht.map(({ pad }) => pad))).toEqual(
      new Set([
        '/Bericht/Header/BerichtVersie',
        '/Bericht/Header/BerichtIdentificatie/Dagtekening',
        '/Bericht/Header/XsdVersie/BerichtXsdVersie',
      ]),
    );
    expect(bevindingenVan(code, fout)).toEqual(verwacht);
    expect(bevindingenVan(code, zonderVoorvoegsels(fout))).toEqual(verwacht);
  });
});

describe('every error', () => {
  test('is reported, not only the first, in the order of the bericht', () => {
    const xml = voorbeeld('JW323')
      .replaceAll(/<Bsn>\d+/g, '<Bsn>x')
      .replaceAll(/<ProductCategorie>\d+/g, '<ProductCategorie>x');
    const pad = (nr: number, rest: string): string => `/Bericht/Declaratie/Clienten/Client[${nr}]/${rest}`;
    const gevonden = plekken('JW323', xml);
    const prestatie = 'Prestaties/Prestatie/ProductCategorie';
    expect([...new Set(gevonden.map(([waar]) => waar))]).toEqual([
      pad(1, 'Bsn'),
      pad(1, prestatie),
      pad(2, 'Bsn'),
      pad(2, prestatie),
    ]);
    const regels = gevonden.map(([, regel]) => regel);
    expect(regels).toEqual(regels.toSorted((a, b) => a - b));
  });

  test('in a series of equal elements has the position of its element in the series', () => {
    const xml = maakGroteDeclaratie({ gemeente: '0344', aanbieder: '98000002', domein: 'ijw' }, 'A', 250).toString();
    const delen = xml.split('<Eenheid>');
    const fout = delen.map((deel, nr) => (nr === 207 ? deel.replace(/^\d+/, 'x') : deel)).join('<Eenheid>');
    expect(new Set(plekken('JW323', fout).map(([pad]) => pad))).toEqual(
      new Set(['/Bericht/Declaratie/Clienten/Client[3]/Prestaties/Prestatie[7]/Eenheid']),
    );
  });

  test('after a processing instruction or comment still has a readable path', () => {
    const xml = vervang(voorbeeld('WMO301'), 'Volume', 'x')
      .replace('<Client>', '<!-- a --><?b c?><Client>')
      .replace('<Omvang>', '<?b c?><Omvang>');
    expect(plekken('WMO301', xml)).toEqual([
      ['/Bericht/Client/ToegewezenProducten/ToegewezenProduct/Omvang/Volume', regelVan(xml, '>x<')],
    ]);
  });

  test('of more than a thousand is counted', () => {
    const groot = maakGroteDeclaratie({ gemeente: '0344', aanbieder: '98000002', domein: 'ijw' }, 'A', 1500).toString();
    const gevonden = bevindingenVan('JW323', groot.replaceAll(/<GeleverdVolume>\d+/g, '<GeleverdVolume>x'));
    expect(gevonden).toHaveLength(1001);
    expect(gevonden.at(-1)?.melding).toMatch(/^Nog (500|2000) andere XSD-fouten zijn niet vermeld\.$/);
  });

  test('beyond line 65,535 has the right line number', () => {
    const xml = voorbeeld('WMO301')
      .replace('<Client>', `${'\n'.repeat(200_000)}<Client>`)
      .replace('<Geslacht>2', '<Geslacht>9');
    const regel = regelVan(xml, '<Geslacht>9');
    expect(regel).toBeGreaterThan(200_000);
    expect(plekken('WMO301', xml)).toEqual([['/Bericht/Client/Geslacht', regel]]);
  });

  test('counts a line at LF, CR/LF and at nothing else', () => {
    const xml = maakBericht('WMO301', { waarden: { Geslacht: '9' } }).toString();
    const regel = regelVan(xml, '<Geslacht>9');
    expect(plekken('WMO301', xml.replaceAll('\n', '\r\n'))).toEqual([['/Bericht/Client/Geslacht', regel]]);
  });
});

describe('whatever is in it, the check comes back with a verdict', () => {
  const wijziging = fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 5,
  });
  test('changed bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BERICHTSOORTEN.map(({ code }) => code)), wijziging, (code, plaatsen) => {
        const bytes = Buffer.from(voorbeeld(code));
        for (const [deel, byte] of plaatsen) bytes[Math.floor(deel * bytes.length)] = byte;
        const { geldig, bevindingen } = controleerTot(1, bytes, soort(code));
        expect(geldig).toBe(bevindingen.length === 0);
        for (const { pad, melding, regelnummer } of bevindingen) {
          expect([pad[0], melding.at(-1), regelnummer >= 0]).toEqual(['/', '.', true]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(controleerTot(1, bytes, soort('WMO301')).geldig).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('a bericht of another berichtsoort', () => {
    for (const { code } of BERICHTSOORTEN) {
      if (code !== 'WMO301') expect(controleerTot(1, Buffer.from(voorbeeld(code)), soort('WMO301')).geldig).toBe(false);
    }
  });

  test('a thousand times in a row, good and bad, without memory growing', () => {
    const [goed, fout] = [maakBericht('WMO301'), maakBericht('WMO301', { geldig: false })];
    const doe = (keren: number): number => {
      for (let nr = 0; nr < keren; nr += 1) {
        const uitslag = valideer(nr % 2 === 0 ? goed : fout, soort('WMO301').xsd);
        if (uitslag.geldig) uitslag.document.dispose();
      }
      return process.memoryUsage().rss;
    };
    const eerst = doe(500);
    expect(doe(1000) - eerst).toBeLessThan(50 * 1024 * 1024);
  });
});
