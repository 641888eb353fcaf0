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

describe('a content', () => {
  test('comes out again byte for byte, in whatever pieces it was offered', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (stukken) => {
        const versleutelaar = new Versleutelaar(sleutels, ID);
        for (const stuk of stukken) versleutelaar.voegToe(stuk);
        expect(ontsleutel(sleutels, ID, versleutelaar.einde()).equals(Buffer.concat(stukken))).toBe(true);
      }),
    );
  });

  test('encrypted twice is different twice, and readable nowhere', () => {
    const [een, twee] = [versleutel(sleutels, ID, bericht), versleutel(sleutels, ID, bericht)];
    expect(een.cijfertekst.equals(twee.cijfertekst)).toBe(false);
    expect(een.cijfertekst.subarray(0, 12).equals(twee.cijfertekst.subarray(0, 12))).toBe(false);
    expect(een.cijfertekst.includes('999900006')).toBe(false);
    expect(een.cijfertekst.length).toBe(bericht.length + 12 + 16);
  });

  test('cannot be read when one bit has flipped, wherever it is', () => {
    const { sleutelId, cijfertekst } = versleutel(sleutels, ID, bericht);
    for (let plek = 0; plek < cijfertekst.length; plek += 1) {
      const stuk = Buffer.from(cijfertekst);
      stuk[plek] = (stuk[plek] ?? 0) ^ 1;
      expect(() => ontsleutel(sleutels, ID, { sleutelId, cijfertekst: stuk })).toThrow();
    }
  });

  test('cannot be read when it has been cut short', () => {
    const { sleutelId, cijfertekst } = versleutel(sleutels, ID, bericht);
    for (const lengte of [0, 1, 12, 27, 28, cijfertekst.length - 1]) {
      expect(
        () => ontsleutel(sleutels, ID, { sleutelId, cijfertekst: cijfertekst.subarray(0, lengte) }),
        String(lengte),
      ).toThrow();
    }
  });

  test('cannot be read with another bericht: rows cannot be swapped', () => {
    expect(() => ontsleutel(sleutels, randomUUID(), versleutel(sleutels, ID, bericht))).toThrow();
  });

  test('cannot be read with the key of another, and without its key the error says which one is missing', () => {
    expect(() => ontsleutel(inMap('twee'), ID, versleutel(sleutels, ID, bericht))).toThrow();
    expect(() => ontsleutel(sleutels, ID, { ...versleutel(sleutels, ID, bericht), sleutelId: 's9' })).toThrow(/s9/);
  });
});

describe('a pseudonym', () => {
  test('is always the same with the same key, and different with another', () => {
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

describe('the key file', () => {
  test('is made at the first start, for the owner alone, and never overwritten after that', () => {
    const pad = path.join(map, 'een', 'sleutels.json');
    expect(statSync(pad).mode & 0o777).toBe(0o600);
    const eerst = readFileSync(pad, 'utf8');
    inMap('een');
    expect(readFileSync(pad, 'utf8')).toBe(eerst);
    expect(eerst).not.toBe(readFileSync(path.join(map, 'twee', 'sleutels.json'), 'utf8'));
  });

  test('with a new active key still reads what was stored with the old one', () => {
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
    ['no JSON', '{'],
    ['nothing in it', {}],
    ['a key that is too short', { actief: 'a', inhoud: { a: nieuw(16) }, hmac: nieuw() }],
    ['a key that is too long', { actief: 'a', inhoud: { a: nieuw(33) }, hmac: nieuw() }],
    ['a key that is not base64', { actief: 'a', inhoud: { a: '!'.repeat(44) }, hmac: nieuw() }],
    ['no key for pseudonyms', { actief: 'a', inhoud: { a: nieuw() } }],
    ['an active key that is not there', { actief: 'b', inhoud: { a: nieuw() }, hmac: nieuw() }],
    ['something that does not belong there', { actief: 'a', inhoud: { a: nieuw() }, hmac: nieuw(), extra: 1 }],
  ])('with %s is refused, without telling what is in it', (_naam, inhoud) => {
    const pad = sleutelbestand(inhoud);
    const lees = () => leesSleutels({ sleutelbestand: pad, data: map });
    expect(lees).toThrow(ConfiguratieFout);
    expect(lees).not.toThrow(/[A-Za-z0-9+/]{20,}/);
  });

  test('that is named and is not there is not silently made', () => {
    const pad = path.join(map, 'niet-hier.json');
    expect(() => leesSleutels({ sleutelbestand: pad, data: map })).toThrow(ConfiguratieFout);
    expect(() => statSync(pad)).toThrow();
  });
});
