/** Requests for a change: toewijzingen that crossed them in the mail, that ended, that are of others; and care that is asked for twice. */
import { describe, expect, test } from 'vitest';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { HEEL, Leven, PIET } from './leven.ts';
import { type Gevraagd, PRODUCT, type Toegewezen, toewijzing, VERWIJDERD, wijziging } from './maak.ts';

const NIETS = { vondsten: [], eerder: [], nietBeoordeeld: [] };
const VERZOEK = '/Bericht/Client/Verzoek';
const DAG = '2026-05-15';
const ANDERE: Toegewezen = { nummer: '1002', product: 'ander' };

describe.each(DOMEINEN)('%s', (domein) => {
  const na = (...toegewezen: readonly Toegewezen[]): Leven => {
    const leven = new Leven(domein);
    leven.stuur('301', '2026-03-01', toewijzing(...toegewezen));
    return leven;
  };
  const vraag = (leven: Leven, gevraagd: Gevraagd = { gewijzigd: [{}] }) =>
    leven.schouw('317', DAG, wijziging(gevraagd));
  const kort = (leven: Leven, gevraagd?: Gevraagd) =>
    vraag(leven, gevraagd).vondsten.map(([regel, ernst, pad]) => `${regel} ${ernst} ${pad.replace(VERZOEK, '')}`);

  describe('what is not named', () => {
    test.each([
      ['ended', { ...ANDERE, einde: '2026-05-14' }],
      ['was removed', { ...ANDERE, ...VERWIJDERD }],
      // The day of the check is 15 June.
      ['ends between the request and today', { ...ANDERE, einde: '2026-06-14' }],
    ])('need not be when it %s', (_, andere) => {
      expect(vraag(na({}, andere))).toEqual(NIETS);
    });

    test.each([
      ['runs until today', { ...ANDERE, einde: '2026-06-15' }],
      ['has yet to begin', { ...ANDERE, ingang: '2026-09-01' }],
    ])('must be when it %s', (_, andere) => {
      expect(kort(na({}, andere))).toEqual(['TR349 fout ']);
    });

    test('must be on the day of the request, when the clock of the sender runs ahead', () => {
      const leven = new Leven(domein, HEEL, '2026-05-10');
      leven.stuur('301', '2026-03-01', toewijzing({}, { ...ANDERE, einde: '2026-05-12' }));
      expect(vraag(leven)).toEqual(NIETS);
    });

    test.each([
      ['2026-05-14', 'fout'],
      [DAG, 'waarschuwing'],
      ['2026-05-16', 'waarschuwing'],
    ])('came in a 301 of %s: %s', (dag, ernst) => {
      const leven = na({});
      leven.stuur('301', dag, toewijzing({ ...ANDERE, op: '2026-05-01' }));
      const { vondsten, eerder } = vraag(leven);
      expect(vondsten).toEqual([['TR349', ernst, VERZOEK]]);
      expect(eerder).toEqual([[2]]);
    });

    test('of which one was known and one was not is refused for the known one', () => {
      const leven = na({}, ANDERE);
      leven.stuur(
        '301',
        DAG,
        toewijzing({ nummer: '1003', product: 'ander', ingang: '2027-01-01', einde: '2027-02-01' }),
      );
      const { vondsten, eerder } = vraag(leven);
      expect(vondsten).toEqual([['TR349', 'fout', VERZOEK]]);
      expect(eerder).toEqual([[1]]);
    });

    test('of somebody else does not matter', () => {
      const leven = na({});
      leven.stuur('301', '2026-03-01', toewijzing(ANDERE), { bsn: PIET });
      expect(vraag(leven)).toEqual(NIETS);
    });
  });

  describe('what is named', () => {
    const beide: Gevraagd = { gewijzigd: [{}], ongewijzigd: ['1002'] };
    const ONGEWIJZIGD = '/OngewijzigdeProducten/OngewijzigdProduct/ToewijzingNummer';

    test.each([
      ['on the day of the request', DAG, []],
      ['the day before', '2026-05-14', [`TR350 fout ${ONGEWIJZIGD}`]],
    ])('may end %s', (_, einde, verwacht) => {
      expect(kort(na({}, { ...ANDERE, einde }), beide)).toEqual(verwacht);
    });

    test('and was ended by a version that crossed the request leaves doubt', () => {
      const leven = na({}, ANDERE);
      leven.stuur('301', DAG, toewijzing({ ...ANDERE, einde: '2026-04-30', reden: '04' }));
      expect(kort(leven, beide)).toEqual([`TR350 waarschuwing ${ONGEWIJZIGD}`]);
    });

    test('and was ended by an older version that came later goes on', () => {
      const leven = na({}, { ...ANDERE, op: '2026-02-20' });
      leven.stuur('301', '2026-03-10', toewijzing({ ...ANDERE, einde: '2026-04-30', reden: '04', op: '2026-02-19' }));
      expect(vraag(leven, beide)).toEqual(NIETS);
    });

    test('is of somebody else', () => {
      const leven = na({});
      leven.stuur('301', '2026-03-01', toewijzing(ANDERE), { bsn: PIET });
      const { vondsten, eerder } = vraag(leven, beide);
      expect(vondsten).toEqual([['TR350', 'fout', VERZOEK + ONGEWIJZIGD]]);
      expect(eerder).toEqual([[2]]);
    });

    test('does not exist: only the number is wrong, nothing else is said of it', () => {
      const nummer = '/TeWijzigenProducten/TeWijzigenProduct[2]/ToewijzingNummer';
      const spook = { nummer: '9999', ingang: '2020-01-01', omvang: null };
      expect(kort(na({}), { gewijzigd: [{}, spook] })).toEqual([`TR351 fout ${nummer}`]);
    });

    test('of somebody unknown is not judged: that is said once', () => {
      const leven = new Leven(domein);
      expect(vraag(leven, { gewijzigd: [{}], ongewijzigd: ['1002'] })).toEqual({
        vondsten: [['TR304', 'fout', '/Bericht/Client/Bsn']],
        eerder: [[]],
        nietBeoordeeld: [
          `${VERZOEK}/OngewijzigdeProducten/OngewijzigdProduct`,
          `${VERZOEK}/TeWijzigenProducten/TeWijzigenProduct`,
        ],
      });
    });
  });

  describe('the first day of a change', () => {
    const GEWENST = '/TeWijzigenProducten/TeWijzigenProduct/GewensteIngangsdatum';
    test.each([
      ['2026-05-16', []],
      [DAG, [`TR357 fout ${GEWENST}`]],
      ['2026-03-02', [`TR357 fout ${GEWENST}`]],
      ['2026-03-01', []],
    ])('%s', (ingang, verwacht) => {
      expect(kort(na({}), { gewijzigd: [{ ingang }] })).toEqual(verwacht);
    });

    test('of a total that changes is that of the toewijzing; of any other frequency it need not be', () => {
      const totaal = { volume: '100', frequentie: '6' } as const;
      const week = { volume: '4', frequentie: '2' } as const;
      const gevraagd = (omvang: { volume: string; frequentie: '2' | '6' }): Gevraagd => ({
        gewijzigd: [{ ingang: '2026-06-01', omvang }],
      });
      expect(kort(na({ omvang: totaal }), gevraagd({ ...totaal, volume: '101' }))).toEqual([`TR373 fout ${GEWENST}`]);
      expect(kort(na({ omvang: totaal }), gevraagd(totaal))).toEqual([]);
      expect(kort(na({ omvang: week }), gevraagd({ ...week, volume: '5' }))).toEqual([]);
      // The norm does not say whether a total changes when it comes or goes.
      expect(kort(na({ omvang: totaal }), gevraagd(week))).toEqual([`TR373 waarschuwing ${GEWENST}`]);
      expect(kort(na({ omvang: week }), gevraagd(totaal))).toEqual([`TR373 waarschuwing ${GEWENST}`]);
    });

    test('of the last day alone is free, with a budget as well', () => {
      const leven = na({ product: 'categorie', budget: '5000' });
      const gevraagd: Gevraagd = { gewijzigd: [{ ingang: '2026-06-01', einde: '2027-01-31', omvang: null }] };
      expect(vraag(leven, gevraagd)).toEqual(NIETS);
    });
  });

  test('an omvang without a product could still be asked for when the toewijzing ended by 2020', () => {
    const oud = { ingang: '2020-01-01', einde: '2020-12-31' };
    for (const product of ['geen', 'categorie'] as const)
      expect(
        kort(na({ product, ...oud }), { gewijzigd: [{ ingang: '2020-01-01' }] }).filter((tekst) =>
          /TR375|TR412/.test(tekst),
        ),
      ).toEqual([]);
  });

  describe('the same care over the same days', () => {
    const TE_WIJZIGEN = '/TeWijzigenProducten/TeWijzigenProduct';
    const NIEUW = '/NieuweProducten/NieuwProduct';
    const eigen = PRODUCT[domein];
    const { categorie } = eigen;

    test('between two toewijzingen that stay is not of the making of the sender', () => {
      const leven = na({}, { ...ANDERE, nummer: '1003' });
      leven.stuur('301', '2026-03-02', toewijzing({ nummer: '1002' }));
      expect(kort(leven, { ongewijzigd: ['1001', '1002'], gewijzigd: [{ nummer: '1003' }] })).toEqual([
        'TR361 waarschuwing /OngewijzigdeProducten/OngewijzigdProduct[2]',
      ]);
    });

    test('counts the period that is asked for, not that of the toewijzing that changes', () => {
      const gevraagd: Gevraagd = {
        gewijzigd: [{ ingang: '2026-06-01', einde: '2026-08-31' }],
        nieuw: [{ product: eigen, ingang: '2026-09-01' }],
      };
      expect(vraag(na({}), gevraagd)).toEqual(NIETS);
    });

    test('without an end goes on for ever', () => {
      const leven = na({ omvang: { frequentie: '4' } });
      const zonderEinde = (ingang: string): Gevraagd => ({
        gewijzigd: [{ einde: null, omvang: { frequentie: '4' } }],
        nieuw: [{ product: eigen, ingang, einde: '2099-12-31' }],
      });
      expect(kort(leven, zonderEinde('2099-01-01'))).toEqual([`TR361 fout ${NIEUW}`]);
    });

    test('with a code beside the whole category is doubtful', () => {
      const gevraagd: Gevraagd = { gewijzigd: [{}], nieuw: [{ product: { categorie }, ingang: '2026-08-01' }] };
      expect(kort(na({}), gevraagd)).toEqual([`TR361 waarschuwing ${NIEUW}`]);
    });

    test('without a category is all care there is', () => {
      const gevraagd: Gevraagd = { gewijzigd: [{}], nieuw: [{ product: 'geen', ingang: '2026-08-01' }] };
      expect(kort(na({}), gevraagd)).toEqual([`TR361 fout ${NIEUW}`]);
    });

    test('with a toewijzing of which a version crossed the request is doubtful', () => {
      const leven = na({}, { nummer: '1002', product: 'ander' });
      leven.stuur('301', DAG, toewijzing({ nummer: '1002', product: 'ander', einde: '2027-06-30' }));
      const gevraagd: Gevraagd = {
        ongewijzigd: ['1002'],
        gewijzigd: [{}],
        nieuw: [{ ingang: '2027-01-01', einde: '2027-03-01' }],
      };
      expect(kort(leven, gevraagd)).toEqual([`TR361 waarschuwing ${NIEUW}`]);
    });

    test('with a toewijzing that was removed is none', () => {
      const leven = na({}, { nummer: '1002', ...VERWIJDERD, ingang: '2026-07-01', einde: '2026-07-01' });
      expect(kort(leven, { gewijzigd: [{}], ongewijzigd: ['1002'] })).toEqual([
        'TR350 fout /OngewijzigdeProducten/OngewijzigdProduct/ToewijzingNummer',
      ]);
    });

    test(`between two lines of a change is the fault of the later one`, () => {
      const leven = na({ einde: '2026-08-31' }, { nummer: '1002', ingang: '2026-09-01' });
      const gevraagd: Gevraagd = {
        gewijzigd: [{ einde: '2026-09-01' }, { nummer: '1002', ingang: '2026-09-01' }],
      };
      expect(kort(leven, gevraagd)).toEqual([`TR361 fout ${TE_WIJZIGEN}[2]`]);
    });
  });
});

describe('the categories that may overlap', () => {
  const leven = (domein: 'iwmo' | 'ijw', product: Toegewezen['product']): Leven => {
    const dit = new Leven(domein);
    dit.stuur('301', '2026-03-01', toewijzing(product === undefined ? {} : { product }));
    return dit;
  };
  const regels = (dit: Leven, product: Toegewezen['product']) =>
    dit
      .schouw('317', DAG, wijziging({ ongewijzigd: ['1001'], nieuw: [{ product, ingang: '2026-08-01' }] }))
      .vondsten.map(([regel, ernst]) => `${regel} ${ernst}`);

  test.each(['11', '12', '13', '14'])('iWmo has %s, with itself and with what has no category', (categorie) => {
    const product = { categorie, code: `${categorie}A01` };
    expect(regels(leven('iwmo', product), product)).toEqual([]);
    expect(regels(leven('iwmo', 'geen'), product)).toEqual([]);
    expect(regels(leven('iwmo', product), 'geen')).toEqual([]);
  });

  test.each(['10', '15'])('iWmo has not %s', (categorie) => {
    const product = { categorie, code: `${categorie}A01` };
    expect(regels(leven('iwmo', product), product)).toEqual(['TR361 fout']);
  });

  test('iJw has none', () => {
    const product = { categorie: '41', code: '41A01' };
    expect(regels(leven('ijw', product), product)).toEqual(['TR361 fout']);
    expect(regels(leven('ijw', 'geen'), product)).toEqual(['TR361 fout']);
  });
});
