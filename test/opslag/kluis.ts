/** What every kluis must do, whatever is behind it: a new adapter passes this, or it loses payloads. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Kluis } from '#src/opslag/kluis.ts';

export interface Kluisproef {
  readonly kluis: Kluis;
  /** Makes another master key the active one; the old one stays. */
  draai(): Promise<void>;
  /** Takes the master key that was active first away. */
  verlies(): Promise<void>;
}

/** @param maak a kluis with one master key, with nothing wrapped */
export function voldoetAanKluis(maak: () => Promise<Kluisproef>): void {
  test('gives back what went in, and does not show it', async () => {
    const { kluis } = await maak();
    const sleutel = randomBytes(32);
    const gewikkeld = await kluis.wikkel('inhoud-1', sleutel);
    expect(gewikkeld.hoofdId).toBe(await kluis.actief());
    expect(gewikkeld.bytes.includes(sleutel)).toBe(false);
    expect((await kluis.ontwikkel('inhoud-1', gewikkeld)).equals(sleutel)).toBe(true);
  });

  test('gives nothing under another name, or when a bit has flipped, wherever it is', async () => {
    const { kluis } = await maak();
    const gewikkeld = await kluis.wikkel('inhoud-1', randomBytes(32));
    await expect(kluis.ontwikkel('inhoud-2', gewikkeld)).rejects.toThrow();
    for (let plek = 0; plek < gewikkeld.bytes.length; plek += 1) {
      const bytes = Buffer.from(gewikkeld.bytes);
      bytes[plek] = (bytes[plek] ?? 0) ^ 1;
      await expect(kluis.ontwikkel('inhoud-1', { ...gewikkeld, bytes })).rejects.toThrow();
    }
    for (const lengte of [0, 11, 12, 27])
      await expect(
        kluis.ontwikkel('inhoud-1', { ...gewikkeld, bytes: gewikkeld.bytes.subarray(0, lengte) }),
      ).rejects.toThrow();
  });

  test('after a rotation wraps under the new master key, and still gives what is under the old one', async () => {
    const { kluis, draai } = await maak();
    const sleutel = randomBytes(32);
    const oud = await kluis.wikkel('inhoud-1', sleutel);
    await draai();
    const nieuw = await kluis.wikkel('inhoud-1', sleutel);
    expect(nieuw.hoofdId).not.toBe(oud.hoofdId);
    for (const gewikkeld of [oud, nieuw])
      expect((await kluis.ontwikkel('inhoud-1', gewikkeld)).equals(sleutel)).toBe(true);
  });

  test('without the master key that something is under it gives nothing, and says which one is missing', async () => {
    const { kluis, draai, verlies } = await maak();
    const oud = await kluis.wikkel('inhoud-1', randomBytes(32));
    await draai();
    await verlies();
    await expect(kluis.ontwikkel('inhoud-1', oud)).rejects.toThrow(oud.hoofdId);
  });
}
