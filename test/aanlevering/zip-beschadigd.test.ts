/** A ZIP that was damaged on its way, or that nobody could have meant: never another message than was packed, and never much memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leesZip, zipgrenzen } from '#src/aanlevering/zip.ts';
import { KnooppuntFout } from '#src/fouten.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { rekentijdVan } from '../hulp/duur.ts';
import { type Deel, maakZip } from '../hulp/zipbouwer.ts';

const MIB = 1024 * 1024;
const GRENZEN = zipgrenzen(25 * MIB);
const INHOUDEN = [voorbeeld('WMO302'), voorbeeld('WMO319'), 'kort'];
const [a = '', b = '', c = ''] = INHOUDEN;
const DELEN: readonly Deel[] = [
  { naam: 'a.xml', inhoud: a },
  { naam: 'b.xml', inhoud: b, beschrijver: true },
  { naam: 'c.xml', inhoud: c, methode: 0 },
];
const gewoon = maakZip(DELEN);
const zip64 = maakZip(
  DELEN.map((deel) => ({ ...deel, zip64: true })),
  { zip64: 'vol', commentaar: 'c' },
);

/** The contents that can be read; a refusal is no answer, any other error is one too many. */
async function leesbaar(bytes: Buffer): Promise<readonly string[]> {
  const gelezen: string[] = [];
  const tenzijGeweigerd = (fout: unknown): void => {
    if (!(fout instanceof KnooppuntFout)) throw fout;
  };
  const bestanden = await leesZip(bytes, GRENZEN).catch((fout: unknown) => {
    tenzijGeweigerd(fout);
    return [];
  });
  for (const { inhoud } of bestanden) {
    try {
      const stukken: Uint8Array[] = [];
      for await (const stuk of inhoud) stukken.push(stuk);
      gelezen.push(Buffer.concat(stukken).toString('utf8'));
    } catch (fout) {
      tenzijGeweigerd(fout);
    }
  }
  return gelezen;
}

test.each([
  ['plain', gewoon],
  ['ZIP64', zip64],
])('cut off anywhere, a ZIP gives nothing at all: %s', async (_naam, bytes) => {
  expect(await leesbaar(bytes)).toEqual(INHOUDEN);
  for (let einde = 0; einde < bytes.length; einde += 1) {
    const fout = await leesZip(bytes.subarray(0, einde), GRENZEN).catch((waarom: unknown) => waarom);
    expect(fout, `${einde} bytes`).toMatchObject({ soort: 'zipOngeldig' });
  }
});

test.each([
  ['plain', gewoon],
  ['ZIP64', zip64],
])('whatever bytes change, no other message comes out: %s', async (_naam, bytes) => {
  const verandering = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(verandering, { minLength: 1, maxLength: 3 }), async (veranderingen) => {
      const anders = Buffer.from(bytes);
      for (const [plaats, waarde] of veranderingen) anders[plaats] = waarde;
      for (const tekst of await leesbaar(anders)) expect(INHOUDEN).toContain(tekst);
    }),
    { numRuns: 2000 },
  );
});

test('pieces of ZIPs in any order are refused or read, and nothing else', async () => {
  const stuk = fc
    .tuple(fc.constantFrom(gewoon, zip64), fc.nat(zip64.length), fc.nat(300))
    .map(([bytes, begin, lengte]) => bytes.subarray(begin, begin + lengte));
  const staart = fc
    .tuple(fc.constantFrom(gewoon, zip64), fc.nat(400))
    .map(([bytes, lengte]) => bytes.subarray(-lengte));
  await fc.assert(
    fc.asyncProperty(fc.array(stuk, { maxLength: 6 }), staart, async (stukken, einde) => {
      for (const tekst of await leesbaar(Buffer.concat([...stukken, einde]))) expect(INHOUDEN).toContain(tekst);
    }),
    { numRuns: 1000 },
  );
});

test('240 MB of messages are unpacked in a few MB of memory', async () => {
  setFlagsFromString('--expose-gc');
  const ruimOp = runInNewContext('gc') as () => void;
  const inhoud = Buffer.from(Array.from({ length: 24 * 64 * 1024 }, (_, nr) => `<!-- ${nr} -->\n`.padEnd(16)).join(''));
  expect(inhoud.length).toBeGreaterThan(23 * MIB);
  const pakket = deflateRawSync(inhoud);
  const bytes = maakZip(Array.from({ length: 10 }, (_, nr) => ({ naam: `${nr}.xml`, inhoud, pakket })));
  ruimOp();
  const eerst = process.memoryUsage().arrayBuffers;
  let meeste = 0;
  let stukken = 0;
  let totaal = 0;
  for (const bestand of await leesZip(bytes, GRENZEN)) {
    for await (const stuk of bestand.inhoud) {
      totaal += stuk.length;
      stukken += 1;
      if (stukken % 64 !== 0) continue;
      ruimOp();
      meeste = Math.max(meeste, process.memoryUsage().arrayBuffers - eerst);
    }
  }
  expect(totaal).toBe(10 * inhoud.length);
  expect(meeste).toBeLessThan(8 * MIB);
});

test('a file that unpacks to more than it says is broken off there, not at its end', async () => {
  const uitgepakt = 100_000;
  const deel = { naam: 'a.xml', inhoud: Buffer.alloc(20 * MIB), lokaal: { uitgepakt }, centraal: { uitgepakt } };
  const [bestand] = await leesZip(maakZip([deel]), GRENZEN);
  let gegeven = 0;
  const lees = async (): Promise<void> => {
    for await (const stuk of bestand?.inhoud ?? []) gegeven += stuk.length;
  };
  await expect(lees()).rejects.toMatchObject({ soort: 'zipBestandOngeldig' });
  expect(gegeven).toBeGreaterThan(0);
  expect(gegeven).toBeLessThanOrEqual(uitgepakt);
});

test('a bomb is not unpacked: 30 files of 25 MB take no memory and no time', async () => {
  const inhoud = Buffer.alloc(25 * MIB);
  const pakket = deflateRawSync(inhoud);
  const klein = { uitgepakt: 500 };
  const eerlijk = Array.from({ length: 15 }, (_, nr) => ({ naam: `${nr}.xml`, inhoud, pakket }));
  const gelogen = eerlijk.map((deel) => ({ ...deel, naam: `x${deel.naam}`, lokaal: klein, centraal: klein }));
  const bytes = maakZip([...eerlijk, ...gelogen]);
  const eerst = process.memoryUsage().rss;
  expect(await rekentijdVan(async () => expect(await leesbaar(bytes)).toEqual([]))).toBeLessThan(5000);
  expect(process.memoryUsage().rss - eerst).toBeLessThan(100 * MIB);
});
