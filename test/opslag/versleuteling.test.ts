/** Payloads at rest: unreadable without the key, bound to their message, and the same byte for byte after decryption. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfiguratieFout } from '#src/fouten.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { ontsleutel, pseudoniem, Versleutelaar, versleutel } from '#src/opslag/versleuteling.ts';

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-sleutels-'));
afterAll(() => rmSync(map, { recursive: true }));
const inMap = (naam: string) => leesSleutels({ sleutelbestand: undefined, data: path.join(map, naam) });
const sleutels = inMap('een');
const ID = randomUUID();
const bericht = Buffer.from('<Bsn>999900006</Bsn>');

describe('een inhoud', () => {
  test('komt er byte voor byte weer uit, in welke stukken zij ook werd aangeboden', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (stukken) => {
        const versleutelaar = new Versleutelaar(sleutels, ID);
        for (const stuk of stukken) versleutelaar.voegToe(stuk);
        expect(ontsleutel(sleutels, ID, versleutelaar.einde()).equals(Buffer.concat(stukken))).toBe(true);
      }),
    );
  });

  test('is twee keer versleuteld twee keer iets anders, en nergens leesbaar', () => {
    const [een, twee] = [versleutel(sleutels, ID, bericht), versleutel(sleutels, ID, bericht)];
    expect(een.cijfertekst.equals(twee.cijfertekst)).toBe(false);
    expect(een.cijfertekst.subarray(0, 12).equals(twee.cijfertekst.subarray(0, 12))).toBe(false);
    expect(een.cijfertekst.includes('999900006')).toBe(false);
    expect(een.cijfertekst.length).toBe(bericht.length + 12 + 16);
  });

  test('is niet te lezen als één bit is omgevallen, waar ook', () => {
    const { sleutelId, cijfertekst } = versleutel(sleutels, ID, bericht);
    for (let plek = 0; plek < cijfertekst.length; plek += 1) {
      const stuk = Buffer.from(cijfertekst);
      stuk[plek] = (stuk[plek] ?? 0) ^ 1;
      expect(() => ontsleutel(sleutels, ID, { sleutelId, cijfertekst: stuk })).toThrow();
    }
  });

  test('is niet te lezen als zij is ingekort', () => {
    const { sleutelId, cijfertekst } = versleutel(sleutels, ID, bericht);
    for (const lengte of [0, 1, 12, 27, 28, cijfertekst.length - 1]) {
      expect(
        () => ontsleutel(sleutels, ID, { sleutelId, cijfertekst: cijfertekst.subarray(0, lengte) }),
        String(lengte),
      ).toThrow();
    }
  });

  test('is niet te lezen bij een ander bericht: rijen zijn niet te verwisselen', () => {
    expect(() => ontsleutel(sleutels, randomUUID(), versleutel(sleutels, ID, bericht))).toThrow();
  });

  test('is niet te lezen met de sleutel van een ander, en zonder haar sleutel zegt de fout welke ontbreekt', () => {
    expect(() => ontsleutel(inMap('twee'), ID, versleutel(sleutels, ID, bericht))).toThrow();
    expect(() => ontsleutel(sleutels, ID, { ...versleutel(sleutels, ID, bericht), sleutelId: 's9' })).toThrow(/s9/);
  });
});

describe('een pseudoniem', () => {
  test('is steeds hetzelfde met dezelfde sleutel, en anders met een andere', () => {
    expect(pseudoniem(sleutels, '999900006').equals(pseudoniem(inMap('een'), '999900006'))).toBe(true);
    expect(pseudoniem(sleutels, '999900006').equals(pseudoniem(inMap('twee'), '999900006'))).toBe(false);
    expect(pseudoniem(sleutels, '999900006').equals(pseudoniem(sleutels, '999900018'))).toBe(false);
    expect(pseudoniem(sleutels, '999900006')).toHaveLength(32);
  });
});

const nieuw = (bytes = 32): string => randomBytes(bytes).toString('base64');
function sleutelbestand(inhoud: unknown): string {
  const pad = path.join(map, `${randomUUID()}.json`);
  writeFileSync(pad, typeof inhoud === 'string' ? inhoud : JSON.stringify(inhoud));
  return pad;
}

describe('het sleutelbestand', () => {
  test('wordt bij de eerste start gemaakt, alleen voor de eigenaar, en daarna nooit overschreven', () => {
    const pad = path.join(map, 'een', 'sleutels.json');
    expect(statSync(pad).mode & 0o777).toBe(0o600);
    const eerst = readFileSync(pad, 'utf8');
    inMap('een');
    expect(readFileSync(pad, 'utf8')).toBe(eerst);
    expect(eerst).not.toBe(readFileSync(path.join(map, 'twee', 'sleutels.json'), 'utf8'));
  });

  test('met een nieuwe actieve sleutel leest ook wat met de oude is bewaard', () => {
    const [oud, hmac] = [nieuw(), nieuw()];
    const voor = leesSleutels({ sleutelbestand: sleutelbestand({ actief: 'a', inhoud: { a: oud }, hmac }), data: map });
    const na = leesSleutels({
      sleutelbestand: sleutelbestand({ actief: 'b', inhoud: { a: oud, b: nieuw() }, hmac }),
      data: map,
    });
    expect(ontsleutel(na, ID, versleutel(voor, ID, bericht)).equals(bericht)).toBe(true);
    expect(versleutel(na, ID, bericht).sleutelId).toBe('b');
  });

  test.each<readonly [string, unknown]>([
    ['geen JSON', '{'],
    ['leeg', {}],
    ['een te korte sleutel', { actief: 'a', inhoud: { a: nieuw(16) }, hmac: nieuw() }],
    ['een te lange sleutel', { actief: 'a', inhoud: { a: nieuw(33) }, hmac: nieuw() }],
    ['een sleutel die geen base64 is', { actief: 'a', inhoud: { a: '!'.repeat(44) }, hmac: nieuw() }],
    ['geen sleutel voor pseudoniemen', { actief: 'a', inhoud: { a: nieuw() } }],
    ['een actieve sleutel die er niet is', { actief: 'b', inhoud: { a: nieuw() }, hmac: nieuw() }],
    ['iets dat er niet hoort', { actief: 'a', inhoud: { a: nieuw() }, hmac: nieuw(), extra: 1 }],
  ])('met %s wordt geweigerd, zonder te zeggen wat erin staat', (_naam, inhoud) => {
    const pad = sleutelbestand(inhoud);
    const lees = () => leesSleutels({ sleutelbestand: pad, data: map });
    expect(lees).toThrow(ConfiguratieFout);
    expect(lees).not.toThrow(/[A-Za-z0-9+/]{20,}/);
  });

  test('dat genoemd wordt en er niet is, wordt niet stil gemaakt', () => {
    const pad = path.join(map, 'niet-hier.json');
    expect(() => leesSleutels({ sleutelbestand: pad, data: map })).toThrow(ConfiguratieFout);
    expect(() => statSync(pad)).toThrow();
  });
});
