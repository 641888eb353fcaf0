/** Toewijzingen that arrive out of order, that are sent again, that take another number's place, or that are withdrawn too late. */
import { describe, expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { Leven, ONGEZEGD, PIET } from './leven.ts';
import { aanvraag, declaratie, type Toegewezen, toewijzing, VERWIJDERD, wijziging } from './maak.ts';

const NIETS = { vondsten: [], eerder: [], nietBeoordeeld: [] };
const PRODUCT = '/Bericht/Client/ToegewezenProducten/ToegewezenProduct';

describe.each(DOMEINEN)('%s', (domein) => {
  describe('a number', () => {
    const nummer = (leven: Leven, tweede: Toegewezen, bsn?: string) =>
      leven.schouw('301', '2026-05-01', toewijzing(tweede), bsn === undefined ? {} : { bsn });
    const eerst = (gegevens: Toegewezen = {}): Leven => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-03-01', toewijzing(gegevens));
      return leven;
    };

    test('of a toewijzing that changes in what may change is still its own', () => {
      for (const wijzigt of [
        { einde: '2026-10-31', reden: '04' },
        { omvang: { volume: '5' } },
        VERWIJDERD,
        { op: '2026-03-01' },
      ])
        expect(nummer(eerst(), wijzigt)).toEqual(NIETS);
    });

    test.each([
      ['another product', { product: 'ander' }],
      ['another first day', { ingang: '2026-04-01' }],
    ] as const)('with %s leaves doubt', (_, gegevens) => {
      expect(nummer(eerst(), gegevens)).toEqual({
        vondsten: [['TR332', 'waarschuwing', `${PRODUCT}/ToewijzingNummer`]],
        eerder: [[1]],
        nietBeoordeeld: [],
      });
    });

    test('of somebody else is refused, also when the dossier does not say where it begins', () => {
      const leven = new Leven(domein, ONGEZEGD);
      leven.stuur('301', '2026-03-01', toewijzing());
      expect(nummer(leven, {}, PIET).vondsten).toEqual([['TR332', 'fout', `${PRODUCT}/ToewijzingNummer`]]);
    });

    test('of somebody else whose toewijzing was removed leaves doubt: it counts as never sent', () => {
      const leven = eerst();
      leven.stuur('301', '2026-03-02', toewijzing(VERWIJDERD));
      const { vondsten, eerder } = nummer(leven, {}, PIET);
      expect(vondsten).toEqual([['TR332', 'waarschuwing', `${PRODUCT}/ToewijzingNummer`]]);
      expect(eerder).toEqual([[1, 2]]);
    });
  });

  describe('the reference of a request', () => {
    const gevraagd = (): Leven => {
      const leven = new Leven(domein);
      leven.stuur('315', '2026-02-01', aanvraag('VOT-1', 'VOT-2'));
      return leven;
    };

    test('may be left out, whether there is a request or not', () => {
      expect(gevraagd().schouw('301', '2026-03-01', toewijzing())).toEqual(NIETS);
    });

    test('goes with each product of a request that is granted', () => {
      const beide = toewijzing({ kenmerk: 'VOT-1' }, { nummer: '1002', product: 'ander', kenmerk: 'VOT-2' });
      expect(gevraagd().schouw('301', '2026-03-01', beide)).toEqual(NIETS);
    });

    test('of a request for a change goes with all toewijzingen at once', () => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-03-01', toewijzing());
      leven.stuur('317', '2026-05-01', wijziging());
      const alle = toewijzing(
        { kenmerk: 'VOW-1', einde: '2026-06-30', reden: '14' },
        { nummer: '1002', kenmerk: 'VOW-1', ingang: '2026-07-01' },
      );
      expect(leven.schouw('301', '2026-05-10', alle)).toEqual(NIETS);
    });

    test('of somebody else is refused', () => {
      const { vondsten, eerder } = gevraagd().schouw('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-1' }), {
        bsn: PIET,
      });
      expect(vondsten).toEqual([['TR379', 'fout', `${PRODUCT}/ReferentieAanbieder`]]);
      expect(eerder).toEqual([[1]]);
    });

    test('that the same toewijzing named before leaves doubt; another toewijzing may name it', () => {
      const leven = gevraagd();
      leven.stuur('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-1' }));
      const weer = leven.schouw('301', '2026-04-01', toewijzing({ kenmerk: 'VOT-1' }));
      expect(weer.vondsten).toEqual([['TR379', 'waarschuwing', `${PRODUCT}/ReferentieAanbieder`]]);
      expect(weer.eerder).toEqual([[2]]);
      expect(leven.schouw('301', '2026-04-01', toewijzing({ nummer: '1002', kenmerk: 'VOT-1' }))).toEqual(NIETS);
    });

    test('of a request that was refused is of no request', () => {
      const leven = gevraagd();
      leven.dossier.vergeet(1);
      expect(leven.schouw('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-1' })).vondsten).toEqual([
        ['TR379', 'fout', `${PRODUCT}/ReferentieAanbieder`],
      ]);
    });
  });

  describe('a removal of a toewijzing that was declared on', () => {
    const gedeclareerd = (stand?: 'toegekend' | 'afgewezen'): Leven => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-03-01', toewijzing());
      leven.stuur('323', '2026-05-01', declaratie({}));
      if (stand) leven.beslis(2, stand);
      return leven;
    };
    const verwijder = (leven: Leven) => leven.schouw('301', '2026-06-01', toewijzing(VERWIJDERD)).vondsten;
    const FOUT = [['TR385', 'fout', `${PRODUCT}/RedenWijziging`]];

    test('waits for nothing but what was granted', () => {
      expect(verwijder(gedeclareerd())).toEqual([]);
      expect(verwijder(gedeclareerd('afgewezen'))).toEqual([]);
      expect(verwijder(gedeclareerd('toegekend'))).toEqual(FOUT);
    });

    test('is held up by what was granted before the number came to this version', () => {
      const leven = gedeclareerd('toegekend');
      leven.stuur('301', '2026-05-20', toewijzing({ einde: '2026-08-31' }));
      expect(verwijder(leven)).toEqual(FOUT);
    });

    test('does not wait for the answer to a credit, unless the credit was sent back', () => {
      const leven = gedeclareerd('toegekend');
      const credit = leven.stuur('323', '2026-05-10', declaratie({ kenmerk: 'P2', vorig: 'P1' }));
      expect(verwijder(leven)).toEqual([]);
      leven.beslis(credit, 'afgewezen');
      expect(verwijder(leven)).toEqual(FOUT);
    });

    test('is not held up by what somebody else declared on the number', () => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-03-01', toewijzing());
      leven.beslis(leven.stuur('323', '2026-05-01', declaratie({ bsn: PIET })), 'toegekend');
      expect(verwijder(leven)).toEqual([]);
    });

    test('only a removal is held up', () => {
      const einde = toewijzing({ einde: '2026-05-31', reden: '04' });
      expect(gedeclareerd('toegekend').schouw('301', '2026-06-01', einde)).toEqual(NIETS);
    });
  });
});
