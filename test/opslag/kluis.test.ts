/** The adapters that ship, against what every kluis must do. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentKluis } from '#src/opslag/kluis.ts';
import type { Sleuteldocument, Sleutelplek } from '#src/opslag/sleutels.ts';
import { nieuweHoofdsleutel } from '#src/sleutelbeheer/draai.ts';
import { voldoetAanKluis } from './kluis.ts';

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-kluis-'));
afterAll(() => rmSync(map, { recursive: true }));

const nieuw = (): string => randomBytes(32).toString('base64');
const begin = (): Sleuteldocument => ({ actief: 's1', inhoud: { s1: nieuw() }, hmac: nieuw() });
const erbij = (oud: Sleuteldocument): Sleuteldocument => ({
  ...oud,
  actief: 's2',
  inhoud: { ...oud.inhoud, s2: nieuw() },
});
const zonder = ({ inhoud: { s1: _, ...inhoud }, ...rest }: Sleuteldocument): Sleuteldocument => ({ ...rest, inhoud });

let nr = 0;
describe('a key file', () => {
  voldoetAanKluis(async () => {
    nr += 1;
    const sleutelbestand = path.join(map, `${nr}.json`);
    let document = begin();
    const schrijf = async (volgende: Sleuteldocument): Promise<void> => {
      document = volgende;
      writeFileSync(sleutelbestand, JSON.stringify(document));
    };
    await schrijf(document);
    const kluis = documentKluis({ sleutelbestand, data: map });
    return { kluis, draai: () => schrijf(erbij(document)), verlies: () => schrijf(zonder(document)) };
  });
});

describe('the environment', () => {
  voldoetAanKluis(async () => {
    // A process gets another environment by a restart; its plek is then another one.
    let document = begin();
    const plek: Sleutelplek = {
      sleutelbestand: undefined,
      data: map,
      get sleuteldocument() {
        return JSON.stringify(document);
      },
    };
    const zet = async (volgende: Sleuteldocument): Promise<void> => {
      document = volgende;
    };
    return { kluis: documentKluis(plek), draai: () => zet(erbij(document)), verlies: () => zet(zonder(document)) };
  });

  test('is not written by us: the operator is told what to do', () => {
    const plek = { sleutelbestand: undefined, data: map, sleuteldocument: JSON.stringify(begin()) };
    expect(() => nieuweHoofdsleutel(plek)).toThrow(/KNOOPPUNT_SLEUTELS/);
  });
});

test('a master key is not the key that encrypted payloads before: what one wraps the other does not open', async () => {
  const document = begin();
  const kluis = documentKluis({ sleutelbestand: undefined, data: map, sleuteldocument: JSON.stringify(document) });
  const { bytes } = await kluis.wikkel('x', randomBytes(32));
  const { createDecipheriv } = await import('node:crypto');
  const los = createDecipheriv('aes-256-gcm', Buffer.from(document.inhoud.s1 ?? '', 'base64'), bytes.subarray(0, 12))
    .setAAD(Buffer.from('gegevenssleutel x'))
    .setAuthTag(bytes.subarray(-16));
  los.update(bytes.subarray(12, -16));
  expect(() => los.final()).toThrow();
});
