/** What comes after a failure: pauses that grow, a bound in time, and who waits for whom. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Besluit, besluit, GEEN_REEKS, GRENZEN, type Reeks } from '#src/bezorging/besluit.ts';
import { OORZAKEN, type Oorzaak } from '#src/bezorging/oorzaken.ts';
import { Rij } from '#src/bezorging/rij.ts';

const NAMEN = Object.keys(OORZAKEN) as readonly Oorzaak[];
const BEGIN = Date.UTC(2026, 0, 1);
const UUR = 3_600_000;

interface Poging {
  readonly op: number;
  readonly dan: Besluit;
}

/** Fails again and again, each time at the moment that the decision before it named. @returns the attempts until it was given up */
function faal(oorzaken: (nr: number) => Oorzaak, toeval: () => number): readonly Poging[] {
  const pogingen: Poging[] = [];
  let nu = BEGIN;
  let bericht: Reeks = GEEN_REEKS;
  let ontvanger: Reeks = GEEN_REEKS;
  for (let nr = 0; nr < 5000; nr += 1) {
    const dan = besluit(oorzaken(nr), bericht, ontvanger, { nu: new Date(nu), toeval, grenzen: GRENZEN });
    pogingen.push({ op: nu - BEGIN, dan });
    if (!dan.volgendePoging) return pogingen;
    nu = Math.max(dan.volgendePoging.getTime(), dan.rustTot?.getTime() ?? 0);
    ({ bericht, ontvanger } = dan);
  }
  throw new Error('never given up');
}
const echte = NAMEN.filter((naam) => OORZAKEN[naam].treft !== 'ons');

describe.each(echte)('%s', (oorzaak) => {
  const blijvend = OORZAKEN[oorzaak].klasse === 'blijvend';
  test('is tried until its bound and not a moment longer', () => {
    for (const toeval of [() => 0, () => 0.5, () => 0.999]) {
      const laatste = faal(() => oorzaak, toeval).at(-1);
      const te = (laatste?.op ?? 0) - (blijvend ? UUR : 24 * UUR);
      expect(te).toBeGreaterThanOrEqual(0);
      expect(te).toBeLessThanOrEqual(OORZAKEN[oorzaak].treft === 'onzeker' ? 5000 : 0);
    }
  });

  test('has pauses that grow and stay within their limit', () => {
    const pogingen = faal(
      () => oorzaak,
      () => 0.999_999,
    );
    const pauzes = pogingen.slice(1).map(({ op }, nr) => op - (pogingen[nr]?.op ?? 0));
    const groeit = pauzes.slice(0, -1);
    expect(groeit).toEqual(groeit.toSorted((a, b) => a - b));
    expect(Math.max(...pauzes)).toBeLessThanOrEqual((blijvend ? 30 : 5) * 60_000 + 5000);
  });
});

test('a permanent cause gets a few tries in its hour, any other hundreds in its day', () => {
  const aantal = (oorzaak: Oorzaak) =>
    faal(
      () => oorzaak,
      () => 0.5,
    ).length;
  expect(aantal('tls')).toBeLessThanOrEqual(8);
  expect(aantal('tls')).toBeGreaterThanOrEqual(4);
  expect(aantal('verbindingGeweigerd')).toBeGreaterThan(200);
});

test('causes that alternate never set the clock back', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...echte), { minLength: 1 }), (oorzaken) => {
      const laatste = faal(
        (nr) => oorzaken[nr % oorzaken.length] as Oorzaak,
        () => 0.5,
      ).at(-1);
      expect(laatste?.op).toBeLessThanOrEqual(24 * UUR + UUR);
    }),
  );
});

test('a permanent cause gives up after an hour of its own, not of another that went before', () => {
  const pogingen = faal(
    (nr) => (nr < 40 ? 'nietBeschikbaar' : 'tls'),
    () => 0.5,
  );
  const eerste = pogingen[40]?.op ?? 0;
  expect(eerste).toBeGreaterThan(2 * UUR);
  expect((pogingen.at(-1)?.op ?? 0) - eerste).toBe(UUR);
});

test('jitter: two receivers that went down together do not come back together', () => {
  const na = (toeval: number) =>
    besluit('teDruk', GEEN_REEKS, GEEN_REEKS, {
      nu: new Date(BEGIN),
      toeval: () => toeval,
      grenzen: GRENZEN,
    }).rustTot?.getTime() ?? 0;
  expect(na(0)).toBe(BEGIN + 1000);
  expect(na(0.999_999)).toBe(BEGIN + 1999);
});

describe('who waits', () => {
  const na = (oorzaak: Oorzaak, bericht: Reeks = GEEN_REEKS) =>
    besluit(oorzaak, bericht, GEEN_REEKS, { nu: new Date(BEGIN), toeval: () => 0.5, grenzen: GRENZEN });

  test.each(echte.filter((naam) => OORZAKEN[naam].treft === 'ontvanger'))(
    'for %s the whole postbus, with this message first',
    (oorzaak) => {
      const { rustTot, volgendePoging } = na(oorzaak, { mislukt: 9, sinds: new Date(BEGIN), blijvendSinds: null });
      expect(rustTot).not.toBeNull();
      expect(volgendePoging).toEqual(rustTot);
    },
  );

  test.each(echte.filter((naam) => OORZAKEN[naam].treft === 'bericht'))('for %s this message alone', (oorzaak) => {
    const { rustTot, volgendePoging, ontvanger } = na(oorzaak);
    expect([rustTot, ontvanger]).toEqual([null, GEEN_REEKS]);
    expect(volgendePoging?.getTime()).toBeGreaterThan(BEGIN);
  });

  test.each(echte.filter((naam) => OORZAKEN[naam].treft === 'onzeker'))(
    'for %s the whole postbus a few times, and then this message steps aside',
    (oorzaak) => {
      const houdt = faal(
        () => oorzaak,
        () => 0,
      ).map(({ dan }) => dan.volgendePoging?.getTime() === dan.rustTot?.getTime());
      expect(houdt.slice(0, 2)).toEqual([true, true]);
      const { volgendePoging, rustTot } = na(oorzaak, { mislukt: 8, sinds: new Date(BEGIN), blijvendSinds: null });
      expect(volgendePoging?.getTime()).toBeGreaterThan(rustTot?.getTime() ?? Number.POSITIVE_INFINITY);
    },
  );

  test('what we broke off ourselves counts against nobody', () => {
    const reeks: Reeks = { mislukt: 3, sinds: new Date(BEGIN - 30 * UUR), blijvendSinds: null };
    expect(na('afgebroken', reeks)).toEqual({
      bericht: reeks,
      ontvanger: GEEN_REEKS,
      volgendePoging: new Date(BEGIN),
      rustTot: null,
      ookWachtendSinds: null,
    });
  });

  test('after days in which we were down ourselves nothing is given up at the first failure', () => {
    const oud = new Date(BEGIN - 72 * UUR);
    expect(na('geenVerbinding', { mislukt: 1, sinds: oud, blijvendSinds: null }).volgendePoging).not.toBeNull();
    expect(na('geenVerbinding', { mislukt: 3, sinds: oud, blijvendSinds: null }).volgendePoging).toBeNull();
  });

  test('what waits behind a receiver out of reach is given up by its own age', () => {
    const oud = { mislukt: 50, sinds: new Date(BEGIN - 25 * UUR), blijvendSinds: null };
    const om = { nu: new Date(BEGIN), toeval: () => 0.5, grenzen: GRENZEN };
    expect(besluit('geenVerbinding', GEEN_REEKS, oud, om).ookWachtendSinds).toEqual(new Date(BEGIN - 24 * UUR));
    const tls = { mislukt: 5, sinds: oud.sinds, blijvendSinds: new Date(BEGIN - UUR) };
    expect(besluit('tls', GEEN_REEKS, tls, om).ookWachtendSinds).toEqual(new Date(BEGIN - UUR));
    expect(besluit('fo03Client', GEEN_REEKS, oud, om).ookWachtendSinds).toBeNull();
  });
});

describe('the row of receivers', () => {
  const namen = (rij: Rij): string[] => {
    const wie: string[] = [];
    for (let nu = rij.volgende(); nu; nu = rij.volgende()) wie.push(nu.naam);
    return wie;
  };

  test('gives each a turn before any gets its second', () => {
    const rij = new Rij({ totaal: 1, verdacht: 1, perOntvanger: 1 });
    for (const naam of ['a', 'b', 'c']) rij.sluitAan(naam, false);
    const beurten: string[] = [];
    for (let keer = 0; keer < 7; keer += 1) {
      const plaats = rij.volgende();
      if (!plaats) break;
      beurten.push(plaats.naam);
      plaats.klaar();
      rij.sluitAan(plaats.naam, false);
    }
    expect(beurten.join('')).toBe('abcabca');
  });

  test('keeps places free from receivers that failed, however many there are', () => {
    const rij = new Rij({ totaal: 5, verdacht: 2, perOntvanger: 1 });
    for (const naam of ['x1', 'x2', 'x3', 'x4']) rij.sluitAan(naam, true);
    for (const naam of ['a', 'b', 'c', 'd']) rij.sluitAan(naam, false);
    expect(namen(rij)).toEqual(['x1', 'x2', 'a', 'b', 'c']);
  });

  test('a receiver that fails while it stands in the row for its next message goes to the corner, until it did well', () => {
    const rij = new Rij({ totaal: 5, verdacht: 1, perOntvanger: 1 });
    for (const naam of ['a', 'b', 'c']) rij.sluitAan(naam, false);
    for (const naam of ['a', 'b']) rij.onthoud(naam, true);
    // Somebody who looked before they failed.
    rij.sluitAan('b', false);
    expect(namen(rij)).toEqual(['a', 'c']);
    const later = new Rij({ totaal: 5, verdacht: 1, perOntvanger: 1 });
    for (const naam of ['a', 'b']) later.onthoud(naam, true);
    later.onthoud('a', false);
    for (const naam of ['x', 'b', 'a']) later.sluitAan(naam, naam === 'x');
    expect(namen(later)).toEqual(['x', 'a']);
  });

  test('gives one receiver no more than its share, and nobody stands in it twice', () => {
    const rij = new Rij({ totaal: 5, verdacht: 5, perOntvanger: 1 });
    rij.sluitAan('a', false);
    rij.sluitAan('a', false);
    expect(namen(rij)).toEqual(['a']);
    rij.sluitAan('a', false);
    expect(namen(rij)).toEqual([]);
  });
});
