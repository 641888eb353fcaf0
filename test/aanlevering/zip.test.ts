/** What honest programs make of a ZIP is read, whatever their habits: byte for byte, and in the order of the archive. */
import { describe, expect, test } from 'vitest';
import { leesZip, zipgrenzen } from '#src/aanlevering/zip.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { anderePadnaam, type Deel, type Einde, extra, maakZip } from '../hulp/zipbouwer.ts';

const GRENZEN = zipgrenzen(25 * 1024 * 1024);
const xml = voorbeeld('WMO301');
const ander = voorbeeld('WMO305');
const a: Deel = { naam: 'a.xml', inhoud: xml };
const b: Deel = { naam: 'b.xml', inhoud: ander };

async function tekstVan(inhoud: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const stukken: Uint8Array[] = [];
  for await (const stuk of inhoud ?? []) stukken.push(stuk);
  return Buffer.concat(stukken).toString('utf8');
}

/** Name and content of each file. */
async function lees(bytes: Buffer): Promise<readonly (readonly [string, string])[]> {
  const gelezen: [string, string][] = [];
  for (const { bestand, omvang, inhoud } of await leesZip(bytes, GRENZEN)) {
    const tekst = await tekstVan(inhoud);
    expect(Buffer.byteLength(tekst)).toBe(omvang);
    gelezen.push([bestand, tekst]);
  }
  return gelezen;
}

interface Vorm {
  readonly naam: string;
  /** How a.xml and b.xml differ from the plain form. */
  readonly eerste?: Partial<Deel>;
  readonly tweede?: Partial<Deel>;
  readonly einde?: Einde;
}
const unix = { gemaaktDoor: 0x031e } as const;
const VORMEN: readonly Vorm[] = [
  { naam: 'deflated' },
  { naam: 'stored', eerste: { methode: 0 } },
  {
    naam: 'with the sizes behind the data',
    eerste: { beschrijver: true },
    tweede: { beschrijver: true, methode: 0 },
  },
  { naam: 'with the sizes before the data after all', eerste: { vlaggen: 0x808 } },
  { naam: 'with ZIP64 sizes', eerste: { zip64: true } },
  { naam: 'with ZIP64 sizes behind the data', eerste: { zip64: true, beschrijver: true } },
  { naam: 'with a ZIP64 end record', einde: { zip64: 'vol' } },
  { naam: 'with a ZIP64 end record that was not needed', einde: { zip64: 'echt' } },
  { naam: 'ZIP64 throughout', eerste: { zip64: true }, tweede: { zip64: true }, einde: { zip64: 'vol' } },
  { naam: 'with a comment', einde: { commentaar: 'Berichten van maart' } },
  { naam: 'made on Unix', eerste: { centraal: { ...unix, attributen: 0o100644 << 16 } } },
  { naam: 'made from a pipe', eerste: { centraal: { ...unix, attributen: 0o010644 << 16 } } },
  { naam: 'made on Windows', eerste: { centraal: { attributen: 0x20 } } },
  { naam: 'with a field that says nothing to us', eerste: { centraal: { extra: extra(0x5455, Buffer.alloc(5)) } } },
];

describe('is read:', () => {
  test.each(VORMEN)('$naam', async ({ eerste, tweede, einde }) => {
    expect(
      await lees(
        maakZip(
          [
            { ...a, ...eerste },
            { ...b, ...tweede },
          ],
          einde,
        ),
      ),
    ).toEqual([
      ['a.xml', xml],
      ['b.xml', ander],
    ]);
  });

  test.each<readonly [string, Deel]>([
    ['é.xml', { naam: 'é.xml' }],
    ['é.xml', { naam: 'e\u0301.xml' }],
    ['é.xml', { naam: Buffer.from('\x82.xml', 'latin1'), vlaggen: 0 }],
    ['é.xml', { naam: '_.xml', vlaggen: 0, centraal: { extra: anderePadnaam('_.xml', 'é.xml') } }],
    ['報告.xml', { naam: '報告.xml' }],
    ['met een spatie (1).xml', { naam: 'met een spatie (1).xml' }],
    ['zonder achtervoegsel', { naam: 'zonder achtervoegsel' }],
  ])('the name %s', async (naam, deel) => {
    expect(await lees(maakZip([{ ...deel, inhoud: xml }]))).toEqual([[naam, xml]]);
  });

  test('in the order of the directory, whatever the order of the data', async () => {
    const delen = ['c.xml', 'a.xml', 'b.xml'].map((naam) => ({ naam, inhoud: naam }));
    const gelezen = await lees(maakZip(delen, { volgorde: [1, 0, 2] }));
    expect(gelezen).toEqual(['a.xml', 'c.xml', 'b.xml'].map((naam) => [naam, naam]));
  });

  test('30 files', async () => {
    const delen = Array.from({ length: 30 }, (_, nr) => ({ naam: `${nr}.xml`, inhoud: String(nr) }));
    expect(await lees(maakZip(delen))).toEqual(delen.map(({ naam, inhoud }) => [naam, inhoud]));
  });

  test.each([0, 8])('a large file, method %i', async (methode) => {
    const groot = `${xml}${Array.from({ length: 100_000 }, (_, nr) => `<!-- ${nr} -->`).join('')}`;
    expect(await lees(maakZip([{ naam: 'groot.xml', inhoud: groot, methode }]))).toEqual([['groot.xml', groot]]);
  });

  test.each([0, 8])('an empty file, method %i: it is for intake to say that it is no message', async (methode) => {
    expect(await lees(maakZip([{ naam: 'leeg.xml', methode }]))).toEqual([['leeg.xml', '']]);
  });

  test('the next file, also when one was not read or only halfway', async () => {
    const [, halverwege, laatste] = await leesZip(maakZip([a, b, { ...a, naam: 'c.xml' }]), GRENZEN);
    for await (const _ of halverwege?.inhoud ?? []) break;
    expect(await tekstVan(laatste?.inhoud)).toBe(xml);
  });
});
