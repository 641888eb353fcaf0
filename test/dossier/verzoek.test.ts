/** Requests and their answers: several products in one request, answers that cross, and references of others. */
import { describe, expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { Leven, PIET } from './leven.ts';
import { AFGEWEZEN, aanvraag, antwoord, IN_ONDERZOEK, toewijzing, wijziging } from './maak.ts';

const NIETS = { vondsten: [], eerder: [], nietBeoordeeld: [] };
const CLIENT = '/Bericht/Client';
const ANTWOORD = '/Bericht/Antwoord';

describe.each(DOMEINEN)('%s', (domein) => {
  const gevraagd = (...kenmerken: readonly string[]): Leven => {
    const leven = new Leven(domein);
    leven.stuur('315', '2026-02-01', aanvraag(...kenmerken));
    return leven;
  };
  const weer = (leven: Leven, bsn?: string) =>
    leven.schouw('315', '2026-03-01', aanvraag('VOT-9'), bsn === undefined ? {} : { bsn });
  const OPEN = [['TR374', 'fout', CLIENT]];

  describe('a request', () => {
    test('stays open until each of its products has an answer', () => {
      const leven = gevraagd('VOT-1', 'VOT-2');
      leven.stuur('319', '2026-02-05', antwoord('VOT-1', AFGEWEZEN));
      expect(weer(leven).vondsten).toEqual(OPEN);
      leven.stuur('301', '2026-02-06', toewijzing({ kenmerk: 'VOT-2' }));
      expect(weer(leven)).toEqual(NIETS);
    });

    test('stays open while it is under investigation', () => {
      const leven = gevraagd('VOT-1');
      leven.stuur('319', '2026-02-05', antwoord('VOT-1', IN_ONDERZOEK));
      expect(weer(leven).vondsten).toEqual(OPEN);
      leven.stuur('319', '2026-02-20', antwoord('VOT-1', AFGEWEZEN));
      expect(weer(leven)).toEqual(NIETS);
    });

    test('for one person does not hold up one for another', () => {
      expect(weer(gevraagd('VOT-1'), PIET)).toEqual(NIETS);
    });

    test('that was refused, or whose answer was refused, is as if that was never sent', () => {
      const leven = gevraagd('VOT-1');
      leven.stuur('319', '2026-02-05', antwoord('VOT-1', AFGEWEZEN));
      leven.dossier.vergeet(2);
      expect(weer(leven).vondsten).toEqual(OPEN);
      leven.dossier.vergeet(1);
      expect(weer(leven)).toEqual(NIETS);
      expect(leven.schouw('315', '2026-03-01', aanvraag('VOT-1'))).toEqual(NIETS);
    });

    test('for a change holds up one for a toewijzing, and the other way round', () => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-01-15', toewijzing());
      leven.stuur('317', '2026-02-01', wijziging());
      expect(weer(leven).vondsten).toEqual(OPEN);
      leven.dossier.vergeet(2);
      leven.stuur('315', '2026-02-02', aanvraag('VOT-1'));
      expect(leven.schouw('317', '2026-03-01', wijziging()).vondsten).toEqual([['TR374', 'fout', `${CLIENT}/Verzoek`]]);
    });

    test('of several products is refused at the product with the used reference', () => {
      const leven = gevraagd('VOT-1');
      leven.stuur('319', '2026-02-05', antwoord('VOT-1', AFGEWEZEN));
      const { vondsten, eerder } = leven.schouw('315', '2026-03-01', aanvraag('VOT-2', 'VOT-1', 'VOT-3'));
      expect(vondsten).toEqual([
        ['TR347', 'fout', `${CLIENT}/AangevraagdeProducten/AangevraagdProduct[2]/ReferentieAanbieder`],
      ]);
      expect(eerder).toEqual([[1]]);
    });

    test('under a reference that was used for somebody else is refused', () => {
      const { vondsten } = gevraagd('VOT-1').schouw('315', '2026-03-01', aanvraag('VOT-1'), { bsn: PIET });
      expect(vondsten.map(([regel]) => regel)).toEqual(['TR347']);
    });
  });

  describe('an answer', () => {
    const regels = (leven: Leven, uitslag: '1' | '2', dag = '2026-02-20') =>
      leven.schouw('319', dag, antwoord('VOT-1', uitslag)).vondsten.map(([regel, ernst]) => `${regel} ${ernst}`);
    const eerder = (uitslag: '1' | '2', dag: string): Leven => {
      const leven = gevraagd('VOT-1');
      leven.stuur('319', dag, antwoord('VOT-1', uitslag));
      return leven;
    };

    test('may be an investigation and then a refusal, and nothing else', () => {
      expect(regels(eerder(IN_ONDERZOEK, '2026-02-05'), AFGEWEZEN)).toEqual([]);
      expect(regels(eerder(IN_ONDERZOEK, '2026-02-05'), IN_ONDERZOEK)).toEqual(['TR360 fout']);
      expect(regels(eerder(AFGEWEZEN, '2026-02-05'), AFGEWEZEN)).toEqual(['TR365 fout']);
      expect(regels(eerder(AFGEWEZEN, '2026-02-05'), IN_ONDERZOEK)).toEqual(['TR360 fout', 'TR365 fout']);
    });

    test('that was written before the refusal but came after it leaves doubt', () => {
      for (const dag of ['2026-02-20', '2026-02-21'])
        expect(regels(eerder(AFGEWEZEN, dag), IN_ONDERZOEK)).toEqual(['TR360 waarschuwing', 'TR365 waarschuwing']);
      expect(regels(eerder(AFGEWEZEN, '2026-02-21'), AFGEWEZEN)).toEqual(['TR365 fout']);
      expect(regels(eerder(IN_ONDERZOEK, '2026-02-21'), IN_ONDERZOEK)).toEqual(['TR360 fout']);
    });

    test('a third one is refused', () => {
      const leven = eerder(IN_ONDERZOEK, '2026-02-05');
      leven.stuur('319', '2026-02-10', antwoord('VOT-1', AFGEWEZEN));
      expect(regels(leven, AFGEWEZEN)).toEqual(['TR365 fout']);
    });

    test.each([
      ['2026-02-19', 'TR359 fout'],
      ['2026-02-20', 'TR359 waarschuwing'],
      ['2026-02-21', 'TR359 waarschuwing'],
    ])('beside a toewijzing of %s that granted the request: %s', (dag, verwacht) => {
      const leven = gevraagd('VOT-1');
      leven.stuur('301', dag, toewijzing({ kenmerk: 'VOT-1' }));
      expect(regels(leven, AFGEWEZEN)).toEqual([verwacht]);
    });

    test('with one toewijzing from before and one from after is refused: the first was known', () => {
      const leven = gevraagd('VOT-1');
      leven.stuur('301', '2026-02-10', toewijzing({ kenmerk: 'VOT-1' }));
      leven.stuur('301', '2026-02-25', toewijzing({ kenmerk: 'VOT-1', einde: '2026-11-30' }));
      expect(regels(leven, AFGEWEZEN)).toEqual(['TR359 fout']);
    });

    test('to one product of a request says nothing of the others', () => {
      const leven = gevraagd('VOT-1', 'VOT-2');
      leven.stuur('319', '2026-02-05', antwoord('VOT-2', AFGEWEZEN));
      leven.stuur('301', '2026-02-05', toewijzing({ kenmerk: 'VOT-2' }));
      expect(regels(leven, IN_ONDERZOEK)).toEqual([]);
    });

    test('to a request for a change is one as well', () => {
      const leven = new Leven(domein);
      leven.stuur('301', '2026-01-15', toewijzing());
      leven.stuur('317', '2026-02-01', wijziging());
      expect(leven.schouw('319', '2026-02-05', antwoord('VOW-1', AFGEWEZEN))).toEqual(NIETS);
      expect(leven.schouw('319', '2026-02-05', antwoord('VOW-2', AFGEWEZEN)).vondsten).toEqual([
        ['TR355', 'fout', `${ANTWOORD}/ReferentieAanbieder`],
      ]);
    });
  });
});
