/** The memory that ZIPs share: never more in use than there is, nobody waits for ever, and nobody is passed by. */
import { expect, test } from 'vitest';
import { Ruimte } from '#src/http/zip-ruimte.ts';

/** Work that ends when told to. */
function hangend(): { readonly werk: () => Promise<void>; readonly klaar: () => void; readonly bezig: () => boolean } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let begonnen = false;
  const werk = (): Promise<void> => {
    begonnen = true;
    return promise;
  };
  return { werk, klaar: resolve, bezig: () => begonnen };
}

test('what does not fit is refused, and fits when something was given back', () => {
  const ruimte = new Ruimte(100);
  expect([ruimte.neem(60), ruimte.neem(41), ruimte.neem(40), ruimte.neem(1)]).toEqual([true, false, true, false]);
  ruimte.geef(60);
  expect([ruimte.neem(60), ruimte.neem(1)]).toEqual([true, false]);
});

test('work waits in order of asking: a small one does not slip past a large one for ever', async () => {
  const ruimte = new Ruimte(100);
  const [een, groot, kleintje] = [hangend(), hangend(), hangend()];
  const alles = [ruimte.met(60, een.werk), ruimte.met(100, groot.werk), ruimte.met(1, kleintje.werk)];
  expect([een, groot, kleintje].map(({ bezig }) => bezig())).toEqual([true, false, false]);
  een.klaar();
  await alles[0];
  await Promise.resolve();
  expect([groot, kleintje].map(({ bezig }) => bezig())).toEqual([true, false]);
  groot.klaar();
  kleintje.klaar();
  await Promise.all(alles);
  expect(ruimte.neem(100)).toBe(true);
});

test('work larger than all there is gets all there is', async () => {
  const ruimte = new Ruimte(100);
  expect(await ruimte.met(1000, async () => ruimte.neem(1))).toBe(false);
  expect(ruimte.neem(100)).toBe(true);
});

test('work that fails gives its room back', async () => {
  const ruimte = new Ruimte(100);
  await expect(ruimte.met(100, () => Promise.reject(new Error('mislukt')))).rejects.toThrow('mislukt');
  expect(ruimte.neem(100)).toBe(true);
});

test('never more in use than there is, whatever comes', async () => {
  const ruimte = new Ruimte(100);
  let bezet = 0;
  let meeste = 0;
  const bytes = Array.from({ length: 200 }, (_, nr) => (nr * 37) % 101);
  await Promise.all(
    bytes.map((aantal) =>
      ruimte.met(aantal, async () => {
        bezet += aantal;
        meeste = Math.max(meeste, bezet);
        await new Promise((klaar) => setImmediate(klaar));
        bezet -= aantal;
      }),
    ),
  );
  expect([bezet, ruimte.neem(100)]).toEqual([0, true]);
  expect(meeste).toBeGreaterThan(50);
  expect(meeste).toBeLessThanOrEqual(100);
});
