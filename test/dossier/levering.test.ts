/** Starts and stops: corrections in one message and across messages, stops for a while and for good, and work without a toewijzing. */
import { describe, expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { rekentijd } from '../hulp/duur.ts';
import { Leven, type Oordeel, PIET } from './leven.ts';
import { type Gestopt, start, stop, toewijzing, VERWIJDERD } from './maak.ts';

const NIETS = { vondsten: [], eerder: [], nietBeoordeeld: [] };
const START = '/Bericht/Client/StartProducten/StartProduct';
const STOP = '/Bericht/Client/StopProducten/StopProduct';

describe.each(DOMEINEN)('%s', (domein) => {
  const toegewezen = (): Leven => {
    const leven = new Leven(domein);
    leven.stuur('301', '2026-03-01', toewijzing());
    return leven;
  };
  const gestart = (): Leven => {
    const leven = toegewezen();
    leven.stuur('305', '2026-03-05', start());
    return leven;
  };
  const gestopt = (reden: '20' | '38'): Leven => {
    const leven = gestart();
    leven.stuur('307', '2026-05-05', stop({ reden, einde: '2026-05-01' }));
    return leven;
  };

  describe('a correction', () => {
    test('of the first day of a start fits in one message, whichever line stands first', () => {
      const oud = { status: '3' } as const;
      const nieuw = { begin: '2026-03-03' };
      expect(gestart().schouw('305', '2026-03-10', start(oud, nieuw))).toEqual(NIETS);
      expect(gestart().schouw('305', '2026-03-10', start(nieuw, oud))).toEqual(NIETS);
    });

    test('of the last day of a stop fits in one message, whichever line stands first', () => {
      const oud = { einde: '2026-05-01', status: '3' } as const;
      const nieuw = { einde: '2026-04-25' };
      expect(gestopt('38').schouw('307', '2026-05-10', stop(oud, nieuw))).toEqual(NIETS);
      expect(gestopt('38').schouw('307', '2026-05-10', stop(nieuw, oud))).toEqual(NIETS);
    });

    test('without the removal collides with what it should replace', () => {
      expect(gestart().schouw('305', '2026-03-10', start({ begin: '2026-03-03' })).vondsten).toEqual([
        ['TR326', 'fout', START],
      ]);
    });

    test('that removes a start and sends the same key again takes two messages', () => {
      const leven = gestart();
      leven.stuur('305', '2026-03-10', start({ status: '3' }));
      expect(leven.schouw('305', '2026-03-11', start({ ingang: '2026-03-02' }))).toEqual(NIETS);
    });

    test('may be sent again and removed again', () => {
      const leven = gestart();
      for (const dag of ['10', '12', '14']) {
        expect(leven.ontvang('305', `2026-03-${dag}`, start({ status: '3' }))).toEqual(NIETS);
        expect(leven.ontvang('305', `2026-03-${dag}`, start())).toEqual(NIETS);
      }
      expect(leven.schouw('305', '2026-03-20', start()).vondsten.map(([regel]) => regel)).toEqual(['TR074', 'TR326']);
    });

    test('twice of the same start is doubtful: the norm does not say whether it must still be there', () => {
      const leven = gestart();
      leven.stuur('305', '2026-03-10', start({ status: '3' }));
      expect(leven.schouw('305', '2026-03-11', start({ status: '3' }))).toEqual({
        vondsten: [['TR063', 'waarschuwing', `${START}/StatusAanlevering`]],
        eerder: [[2, 3]],
        nietBeoordeeld: [],
      });
    });

    test('is judged by nothing but what it takes back', () => {
      const leven = new Leven(domein);
      leven.stuur('305', '2026-03-05', start({ nummer: '9999' }));
      expect(leven.schouw('305', '2026-03-10', start({ nummer: '9999', status: '3' }))).toEqual(NIETS);
    });

    test('of somebody else is none', () => {
      const vondsten = gestart().schouw('305', '2026-03-10', start({ status: '3' }), { bsn: PIET }).vondsten;
      expect(vondsten).toEqual([['TR063', 'fout', `${START}/StatusAanlevering`]]);
    });

    test('of a start under a stop of another product is not held up by that stop', () => {
      const leven = gestart();
      leven.stuur('307', '2026-05-05', stop({ product: 'ander' }));
      expect(leven.schouw('305', '2026-05-06', start({ status: '3' }))).toEqual(NIETS);
    });
  });

  describe('a start', () => {
    test.each(['20', '38'] as const)('may follow a stop with reason %s', (reden) => {
      expect(gestopt(reden).schouw('305', '2026-06-01', start({ begin: '2026-05-10' }))).toEqual(NIETS);
    });

    test('may follow a removed start', () => {
      const leven = gestart();
      leven.stuur('305', '2026-03-10', start({ status: '3' }));
      expect(leven.schouw('305', '2026-03-12', start({ begin: '2026-03-03' }))).toEqual(NIETS);
    });

    test('runs again when its stop is removed', () => {
      const leven = gestopt('38');
      leven.stuur('307', '2026-05-06', stop({ status: '3' }));
      const { vondsten, eerder } = leven.schouw('305', '2026-06-01', start({ begin: '2026-05-10' }));
      expect(vondsten).toEqual([['TR326', 'fout', START]]);
      expect(eerder).toEqual([[2]]);
    });

    test('on a toewijzing where one in the same message runs is refused', () => {
      const { vondsten, eerder } = toegewezen().schouw('305', '2026-03-05', start({}, { begin: '2026-03-03' }));
      expect(vondsten).toEqual([['TR326', 'fout', `${START}[2]`]]);
      expect(eerder).toEqual([[2]]);
    });

    test('on another toewijzing of the same person may run beside it', () => {
      const leven = gestart();
      leven.stuur('301', '2026-03-06', toewijzing({}, { nummer: '1002', product: 'ander' }));
      expect(leven.schouw('305', '2026-03-10', start({ nummer: '1002', product: 'ander' }))).toEqual(NIETS);
    });

    test('of another product on one toewijzing waits for the stop all the same', () => {
      const { vondsten } = gestart().schouw('305', '2026-03-10', start({ product: 'ander' }));
      expect(vondsten).toEqual([['TR326', 'fout', START]]);
    });
  });

  describe('a stop', () => {
    test('for good may follow one for a while, on the same day too', () => {
      expect(gestopt('20').schouw('307', '2026-07-05', stop({ einde: '2026-05-01' }))).toEqual(NIETS);
    });

    test('for a while, restart, stop for good: all on one toewijzing', () => {
      const leven = gestopt('20');
      expect(leven.ontvang('305', '2026-05-20', start({ begin: '2026-05-18' }))).toEqual(NIETS);
      expect(leven.ontvang('307', '2026-06-10', stop({ begin: '2026-05-18', einde: '2026-06-08' }))).toEqual(NIETS);
      // The first delivery was only stopped for a while, and a stop for good of it may still come.
      expect(leven.schouw('307', '2026-06-12', stop({ einde: '2026-05-01' }))).toEqual(NIETS);
    });

    test('of either kind is refused after one for good', () => {
      const regels = (reden: string, einde: string) =>
        gestopt('38')
          .schouw('307', '2026-06-01', stop({ reden, einde }))
          .vondsten.map(([regel]) => regel);
      expect(regels('20', '2026-05-20')).toEqual(['TR415']);
      expect(regels('37', '2026-05-20')).toEqual(['TR415']);
      expect(regels('37', '2026-04-20')).toEqual(['TR414', 'TR415']);
    });

    test('collides with one above it in the same message', () => {
      const eerst = { reden: '20', einde: '2026-05-01' };
      const twee = (tweede: Gestopt) => gestart().schouw('307', '2026-06-01', stop(eerst, tweede)).vondsten;
      expect(twee({ einde: '2026-05-01' })).toEqual([]);
      expect(twee({ reden: '20', einde: '2026-05-20' })).toEqual([['TR413', 'fout', `${STOP}[2]/RedenBeeindiging`]]);
      expect(twee({ einde: '2026-04-20' })).toEqual([['TR414', 'fout', `${STOP}[2]/Einddatum`]]);
    });

    test('is held against the last of those that a receiver let through', () => {
      const leven = gestart();
      const eerste = stop({ reden: '38', einde: '2026-05-10' });
      for (const wijzig of [eerste, stop({ reden: '37', einde: '2026-05-05' }), eerste])
        leven.stuur('307', '2026-05-12', wijzig);
      const { vondsten, eerder } = leven.schouw('307', '2026-06-01', stop({ reden: '20', einde: '2026-05-07' }));
      expect(vondsten.map(([regel]) => regel)).toEqual(['TR414', 'TR415']);
      expect(eerder).toEqual([[5], [3]]);
    });

    test('of a removed start is refused, whatever the dossier knows', () => {
      const leven = gestart();
      leven.stuur('305', '2026-03-10', start({ status: '3' }));
      const { vondsten, eerder } = leven.schouw('307', '2026-05-05', stop());
      expect(vondsten).toEqual([['TR382', 'fout', STOP]]);
      expect(eerder).toEqual([[2, 3]]);
    });

    test('that names another first day than its start is not of that start', () => {
      expect(gestart().schouw('307', '2026-05-05', stop({ begin: '2026-03-03' })).vondsten).toEqual([
        ['TR382', 'fout', STOP],
      ]);
    });
  });

  describe('without a toewijzing', () => {
    const taakgericht = { nummer: null };

    test('starts and stops couple by product and first day', () => {
      const leven = new Leven(domein);
      expect(leven.ontvang('305', '2026-03-05', start(taakgericht))).toEqual(NIETS);
      expect(leven.ontvang('307', '2026-05-05', stop({ ...taakgericht, reden: '20' }))).toEqual(NIETS);
      expect(
        leven.schouw('307', '2026-06-05', stop({ ...taakgericht, reden: '20', einde: '2026-06-01' })).vondsten,
      ).toEqual([['TR413', 'fout', `${STOP}/RedenBeeindiging`]]);
      expect(leven.schouw('307', '2026-06-05', stop({ ...taakgericht, product: 'ander' })).vondsten).toEqual([
        ['TR382', 'fout', STOP],
      ]);
      expect(leven.schouw('307', '2026-06-05', stop({ ...taakgericht, einde: '2026-06-01' }))).toEqual(NIETS);
    });

    test('deliveries may run side by side: the rule couples by the number alone', () => {
      const leven = new Leven(domein);
      leven.stuur('305', '2026-03-05', start(taakgericht));
      expect(leven.schouw('305', '2026-04-05', start({ ...taakgericht, begin: '2026-04-01' }))).toEqual(NIETS);
      expect(leven.schouw('305', '2026-04-05', start(taakgericht)).vondsten).toEqual([['TR074', 'fout', START]]);
    });

    test('is no part of a delivery with one', () => {
      const leven = gestart();
      expect(leven.schouw('305', '2026-03-10', start(taakgericht))).toEqual(NIETS);
      expect(leven.schouw('307', '2026-05-05', stop(taakgericht)).vondsten).toEqual([['TR382', 'fout', STOP]]);
    });
  });

  describe('the toewijzing of a start', () => {
    test('that was removed leaves doubt', () => {
      const leven = toegewezen();
      leven.stuur('301', '2026-03-03', toewijzing({ ...VERWIJDERD, om: '10:00:00' }));
      expect(leven.schouw('305', '2026-03-05', start())).toEqual({
        vondsten: [['TR019', 'waarschuwing', `${START}/ToewijzingNummer`]],
        eerder: [[2]],
        nietBeoordeeld: [],
      });
    });

    test('is the version of the last moment, whatever came last', () => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-03-03', toewijzing({ op: '2026-03-03', om: '10:00:00' }));
      leven.stuur('301', '2026-03-04', toewijzing({ ...VERWIJDERD, op: '2026-03-03', om: '09:59:59' }));
      expect(leven.schouw('305', '2026-03-05', start())).toEqual(NIETS);
    });

    test.each([
      ['before', '2026-03-04', 'fout'],
      ['on the day', '2026-03-05', 'waarschuwing'],
      ['after', '2026-03-06', 'waarschuwing'],
    ] as const)('of somebody else, sent %s that of the start', (_, dag, ernst) => {
      const leven = new Leven(domein);
      leven.stuur('301', dag, toewijzing({ op: '2026-03-01' }), { bsn: PIET });
      expect(leven.schouw('305', '2026-03-05', start()).vondsten).toEqual([
        ['TR019', ernst, `${START}/ToewijzingNummer`],
      ]);
    });

    test('counts by value: 007 is 7', () => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-03-01', toewijzing({ nummer: '007' }));
      expect(leven.ontvang('305', '2026-03-05', start({ nummer: '7' }))).toEqual(NIETS);
      expect(leven.schouw('307', '2026-05-05', stop({ nummer: '0007' }))).toEqual(NIETS);
    });
  });
});

test('a message with thousands of lines, after as many, costs no more than its length', () => {
  const AANTAL = 5000;
  const dag = (nr: number): string => new Date(Date.UTC(1990, 0, 1 + nr)).toISOString().slice(0, 10);
  const dagen = Array.from({ length: 2 * AANTAL }, (_, nr) => dag(nr));
  const [oud, nieuw] = [dagen.slice(0, AANTAL), dagen.slice(AANTAL)];
  const leven = new Leven('iwmo');
  leven.stuur('301', '2026-03-01', toewijzing());
  leven.stuur('305', '2026-03-05', start(...oud.map((begin) => ({ begin }))));
  leven.stuur('307', '2026-05-05', stop(...oud.map((begin) => ({ begin, einde: '2026-05-01' }))));
  const regels = ({ vondsten }: Oordeel): object =>
    Object.fromEntries([...Map.groupBy(vondsten, ([regel]) => regel)].map(([regel, lijst]) => [regel, lijst.length]));
  const eenDag = oud.map((einde) => ({ begin: dag(0), einde }));
  const duur = rekentijd(() => {
    expect(regels(leven.schouw('305', '2026-06-01', start(...oud.map((begin) => ({ begin })))))).toEqual({
      TR074: AANTAL,
    });
    expect(regels(leven.schouw('305', '2026-06-01', start(...nieuw.map((begin) => ({ begin })))))).toEqual({
      TR326: AANTAL - 1,
    });
    expect(regels(leven.schouw('307', '2026-06-01', stop(...eenDag)))).toEqual({ TR414: 1, TR415: AANTAL });
  });
  // Every line against every other would take minutes.
  expect(duur).toBeLessThan(20_000);
});
