/** A ZIP made to harm or to deceive: refused as a whole, or but for the file that does it, before it is unpacked any further. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { leesZip, type Zipbestand, zipgrenzen } from '#src/aanlevering/zip.ts';
import { KnooppuntFout, type WeigeringSoort } from '#src/fouten.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { anderePadnaam, type Deel, type Einde, extra, maakZip, zip64Veld } from '../hulp/zipbouwer.ts';

const MIB = 1024 * 1024;
const GRENZEN = zipgrenzen(25 * MIB);
const xml = voorbeeld('WMO301');
const a: Deel = { naam: 'a.xml', inhoud: xml };
const b: Deel = { naam: 'b.xml', inhoud: voorbeeld('WMO305') };
const goed = maakZip([a, b]);
const nullen = Buffer.alloc(26 * MIB);

const leeg = (aantal: number): readonly Deel[] => Array.from({ length: aantal }, (_, nr) => ({ naam: `${nr}.xml` }));
/** The same untruth in both headers. */
const gelogen = (velden: Deel['lokaal'] & object): Pick<Deel, 'lokaal' | 'centraal'> => ({
  lokaal: velden,
  centraal: velden,
});
const unix = (mode: number): Deel['centraal'] & object => ({ gemaaktDoor: 0x031e, attributen: mode << 16 });

async function weigering(belofte: Promise<unknown>): Promise<KnooppuntFout> {
  const fout = await belofte.then(
    () => undefined,
    (waarom: unknown) => waarom,
  );
  expect(fout).toBeInstanceOf(KnooppuntFout);
  return fout as KnooppuntFout;
}

async function tekstVan({ inhoud }: Zipbestand): Promise<string> {
  const stukken: Uint8Array[] = [];
  for await (const stuk of inhoud) stukken.push(stuk);
  return Buffer.concat(stukken).toString('utf8');
}

type Archief = readonly [naam: string, bytes: Buffer];
const zip = (naam: string, delen: readonly Deel[], einde?: Einde): Archief => [naam, maakZip(delen, einde)];

const GEEN_ZIP: readonly Archief[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('P')],
  ['plain XML', Buffer.from(xml)],
  ['a RAR', Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\x00'), Buffer.alloc(100)])],
  ['the first half', goed.subarray(0, goed.length / 2)],
  ['all but the first byte', goed.subarray(1)],
  ['a ZIP with something behind it', Buffer.concat([goed, Buffer.from('x')])],
  ['a ZIP with something before it', Buffer.concat([Buffer.from('MZ'), goed])],
  ['two ZIPs in a row', Buffer.concat([goed, goed])],
  zip('an end record in the comment', [a], { commentaar: goed.subarray(-22) }),
  zip('the second of two disks', [a], { schijf: 1 }),
];

const LIJST: readonly Archief[] = [
  zip('one file fewer in the end record than in the directory', [a, b], { aantal: 1 }),
  zip('one file more in the end record than in the directory', [a, b], { aantal: 3 }),
  zip('no file in the end record, two in the directory', [a, b], { aantal: 0 }),
  zip('another count for this disk', [a, b], { aantalHier: 1 }),
  zip('another size of the directory', [a, b], { omvang: 46 }),
  zip('a size that a ZIP64 record should tell, without one', [a, b], { omvang: 0xffffffff }),
  zip('a directory at the place of the data', [a, b], { plaats: 0 }),
  zip('a directory beyond the end', [a, b], { plaats: 0x7fffffff }),
  zip('something between the directory and the end', [a, b], { tussen: Buffer.from('verborgen') }),
  zip('something between the directory and a ZIP64 end record', [a, b], {
    zip64: 'vol',
    tussen: Buffer.from('verborgen'),
  }),
  zip('an end record that counts more than the ZIP64 record', [a, b], { zip64: 'echt', aantal: 3, aantalHier: 2 }),
  zip('an end record with another place than the ZIP64 record', [a, b], { zip64: 'echt', plaats: 0 }),
  zip('a ZIP64 end record that counts fewer', [a, b], { zip64: 'echt', zip64Aantal: 1 }),
  zip('a ZIP64 end record that counts more', [a, b], { zip64: 'vol', zip64Aantal: 3 }),
  zip('a place beyond the end', [{ ...a, centraal: { plaats: 100_000 } }]),
  zip('a place in the middle of nothing', [{ ...a, centraal: { plaats: 7 } }]),
  zip('two files at one place', [a, { ...a, centraal: { plaats: 0 } }]),
  zip('a file inside the data of another', [
    { naam: 'a.xml', methode: 0, inhoud: maakZip([b]) },
    { ...b, centraal: { plaats: 35 } },
  ]),
  zip('data beyond the end', [{ ...a, ...gelogen({ ingepakt: 100_000 }) }]),
  zip('data that runs on into the directory', [{ ...a, methode: 0, ...gelogen({ ingepakt: xml.length + 9 }) }]),
];

const KOPPEN: readonly Archief[] = [
  zip('another name before the data', [{ ...a, lokaal: { naam: 'c.xml' } }]),
  zip('a longer name before the data', [{ ...a, lokaal: { naam: 'aa.xml' } }]),
  zip('another method before the data', [{ ...a, lokaal: { methode: 0 } }]),
  zip('another CRC before the data', [{ ...a, lokaal: { crc: 1 } }]),
  zip('another size before the data', [{ ...a, lokaal: { uitgepakt: 10 } }]),
  zip('another packed size before the data', [{ ...a, lokaal: { ingepakt: 10 } }]),
  zip('another size before the data, with more behind it', [{ ...a, beschrijver: true, lokaal: { uitgepakt: 10 } }]),
  zip('a ZIP64 size that is not there', [{ ...a, centraal: { uitgepakt: 0xffffffff } }]),
  zip('half a ZIP64 size', [{ ...a, zip64: true, lokaal: { extra: extra(1, Buffer.alloc(8)) } }]),
  zip('an extra field that runs on', [{ ...a, centraal: { extra: Buffer.from([1, 0, 200, 0]) } }]),
];

const MAPPEN = leeg(31).map((deel) => ({ ...deel, naam: `${deel.naam}/` }));
const GROOT = leeg(11).map((deel) => ({ ...deel, pakket: Buffer.alloc(MIB), ...gelogen({ uitgepakt: 24 * MIB }) }));
const HEEL: readonly (readonly [WeigeringSoort, readonly Archief[]])[] = [
  ['zipOngeldig', [...GEEN_ZIP, ...LIJST, ...KOPPEN]],
  ['zipLeeg', [zip('no file', []), zip('no file, ZIP64', [], { zip64: 'vol' })]],
  [
    'zipTeVeelBestanden',
    [
      zip('31 files', leeg(31)),
      zip('2,000 files', leeg(2000)),
      zip('31 folders', MAPPEN),
      zip('a million files, or so it says', [a], { zip64: 'vol', zip64Aantal: 1_000_000 }),
    ],
  ],
  [
    'zipWachtwoord',
    [
      zip('a password on one of two', [a, { ...b, vlaggen: 0x1 }]),
      zip('AES', [{ ...a, vlaggen: 0x1, methode: 99 }]),
      zip('strong encryption', [a, { ...b, vlaggen: 0x41 }]),
      zip('a password that only the local header tells of', [{ ...a, lokaal: { vlaggen: 0x1 } }]),
      zip('a password that only the directory tells of', [{ ...a, centraal: { vlaggen: 0x1 } }]),
    ],
  ],
  ['zipTeGroot', [zip('eleven files of 24 MB', GROOT)]],
];

describe.each(HEEL)('the whole ZIP: %s:', (soort, gevallen) => {
  test.each(gevallen)('%s', async (_naam, bytes) => {
    expect((await weigering(leesZip(bytes, GRENZEN))).soort).toBe(soort);
  });
});

type Bestand = readonly [naam: string, deel: Deel];
const genaamd = (naam: string, bestandsnaam: string | Buffer): Bestand => [naam, { naam: bestandsnaam, inhoud: xml }];

const PADEN: readonly Bestand[] = [
  genaamd('a file in a folder', 'map/a.xml'),
  ['a folder', { naam: 'map/' }],
  genaamd('a way up', '../a.xml'),
  genaamd('a way up halfway', 'map/../../a.xml'),
  genaamd('an absolute path', '/etc/passwd'),
  genaamd('a backslash', '..\\a.xml'),
  genaamd('a share', '\\\\server\\a.xml'),
  genaamd('what macOS adds', '__MACOSX/._a.xml'),
  ['a path in the Unicode name only', { ...a, centraal: { extra: anderePadnaam('a.xml', '../a.xml') } }],
];
const NAMEN: readonly Bestand[] = [
  genaamd('no name', ''),
  genaamd('a dot', '.'),
  genaamd('two dots', '..'),
  genaamd('a Windows drive', 'C:a.xml'),
  genaamd('a Windows stream', 'a.xml:b'),
  genaamd('a NUL', 'a.xml\0.exe'),
  ['a NUL without the flag of UTF-8', { naam: 'a.xml\0.exe', vlaggen: 0, inhoud: xml }],
  genaamd('a line end', 'a.xml\nb.xml'),
  genaamd('an escape', '\u001b[2Ja.xml'),
  genaamd('text from right to left', 'a\u202elmx.exe'),
  genaamd('a zero-width space', 'a\u200b.xml'),
  genaamd('no UTF-8', Buffer.from([0xff, 0xfe])),
  genaamd('256 characters', 'a'.repeat(256)),
  genaamd('65,535 characters', 'a'.repeat(65_535)),
];
const BIJZONDER: readonly Bestand[] = [
  ['a symbolic link', { naam: 'a.xml', inhoud: '/etc/passwd', centraal: unix(0o120777) }],
  ['a device', { naam: 'a.xml', centraal: unix(0o020666) }],
  ['a folder of Unix without a slash', { naam: 'a.xml', centraal: unix(0o040755) }],
  ['a folder of DOS without a slash', { naam: 'a.xml', centraal: { attributen: 0x10 } }],
  ['a reparse point', { ...a, centraal: { attributen: 0x400 } }],
];
const enorm = (bytes: number): Deel => ({
  naam: 'a.xml',
  zip64: true,
  pakket: Buffer.alloc(9),
  lokaal: { extra: zip64Veld(bytes, 9) },
  centraal: { extra: zip64Veld(bytes, 9, 0) },
});
const TE_GROOT: readonly Bestand[] = [
  ['26 MB', { naam: 'a.xml', inhoud: nullen }],
  ['25 MB and one byte', { naam: 'a.xml', inhoud: nullen.subarray(0, 25 * MIB + 1) }],
  ['4 GB', enorm(2 ** 32)],
  ['more than a number can count', enorm(2 ** 60)],
];
const BESCHADIGD: readonly Bestand[] = [
  ['another CRC', { ...a, ...gelogen({ crc: 1 }) }],
  ['another CRC, stored', { ...a, methode: 0, ...gelogen({ crc: 1 }) }],
  ['a smaller size than there is', { ...a, ...gelogen({ uitgepakt: 10 }) }],
  ['a larger size than there is', { ...a, ...gelogen({ uitgepakt: 100_000 }) }],
  ['another size, stored', { ...a, methode: 0, ...gelogen({ uitgepakt: 10 }) }],
  ['a bomb that calls itself small', { ...a, inhoud: nullen, ...gelogen({ uitgepakt: 1000 }) }],
  ['no deflate', { ...a, pakket: Buffer.from('geen deflate') }],
  ['half of the deflate', { ...a, pakket: deflateRawSync(xml).subarray(0, 100) }],
  ['something behind the deflate', { ...a, pakket: Buffer.concat([deflateRawSync(xml), Buffer.from('x')]) }],
  ['nothing packed', { ...a, pakket: Buffer.alloc(0) }],
];

const EEN: readonly (readonly [WeigeringSoort, details: RegExp, readonly Bestand[]])[] = [
  ['zipBestandOngeldig', /Mappen/, PADEN],
  ['zipBestandOngeldig', /naam/, NAMEN],
  ['zipBestandOngeldig', /bijzonder/, BIJZONDER],
  ['zipBestandTeGroot', /^/, TE_GROOT],
  [
    'zipBestandOngeldig',
    /deflate/,
    [9, 12, 14, 93].map((methode): Bestand => [`compression method ${methode}`, { ...a, methode }]),
  ],
  [
    'zipBestandOngeldig',
    /sterker ingepakt/,
    [
      ['25 MB of zeros', { naam: 'a.xml', inhoud: nullen.subarray(0, 25 * MIB) }],
      ['a message with 20 MB of white space', { naam: 'a.xml', inhoud: xml + ' '.repeat(20 * MIB) }],
    ],
  ],
  [
    'zipBestandOngeldig',
    /ZIP-bestand in een ZIP-bestand/,
    [
      ['a ZIP', { naam: 'a.zip', inhoud: goed }],
      ['a ZIP under another name, stored', { naam: 'a.xml', methode: 0, inhoud: goed }],
      ['an empty ZIP', { naam: 'a.xml', inhoud: maakZip([]) }],
    ],
  ],
  ['zipBestandOngeldig', /beschadigd/, BESCHADIGD],
];

describe.each(EEN)('one file: %s %s:', (soort, details, gevallen) => {
  test.each(gevallen)('%s; its neighbour is read', async (_naam, deel) => {
    const [kwaad, buur] = await leesZip(maakZip([deel, { naam: 'buur.xml', inhoud: xml }]), GRENZEN);
    if (!kwaad || !buur) throw new Error('two files went in');
    const fout = await weigering(tekstVan(kwaad));
    expect(fout.soort).toBe(soort);
    expect(fout.details ?? '').toMatch(details);
    expect(kwaad.bestand).toMatch(/^\P{C}{0,255}$/u);
    expect(await tekstVan(buur)).toBe(xml);
  });
});

test('of two files with one name none is read: nobody can tell which was meant', async () => {
  const dubbel = [
    a,
    { ...b, naam: 'a.xml' },
    { ...a, naam: 'A.xml' },
    { ...a, naam: 'é.xml' },
    { ...b, naam: 'e\u0301.xml' },
  ];
  const uitslagen = await Promise.all(
    (await leesZip(maakZip(dubbel), GRENZEN)).map((bestand) =>
      tekstVan(bestand).then(
        () => 'gelezen',
        (fout: KnooppuntFout) => fout.details,
      ),
    ),
  );
  const geweigerd = 'Er is meer dan één bestand met deze naam.';
  expect(uitslagen).toEqual([geweigerd, geweigerd, 'gelezen', geweigerd, geweigerd]);
});

test('ten files of 24 MB are not too much, and what is refused anyway does not count', async () => {
  const tien = [...GROOT.slice(0, 10), { ...GROOT[10], naam: 'map/a.xml' }];
  expect(await leesZip(maakZip(tien), GRENZEN)).toHaveLength(11);
});
