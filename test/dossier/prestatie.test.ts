/** Where a declaratie is easily judged wrong: order, sums at their limit, refused prestaties, and what the dossier cannot know. */
import { expect, test } from 'vitest';
import type { Dossierbegin } from '#src/dossier/kennis.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { declareer, type Kop, type Post } from './declareer.ts';
import { HEEL, Leven, ONGEZEGD, PIET, type Wijziging } from './leven.ts';
import { type Toegewezen, toewijzing } from './maak.ts';
import { ENIGE, eerder, toegewezen } from './regels/declaratie.ts';

const DAG = '2026-06-10';
const APRIL = { begin: '2026-04-01', einde: '2026-04-30' } as const;
const euro = (volume: number, post: Post = {}): Post => ({ eenheid: '83', volume, ...post });
const MEI = ['2026-05-01', '2026-05-31'] as const;
const plek = (client: number | null, prestatie: number | null): string =>
  `/Bericht/Declaratie/Clienten/Client${client === null ? '' : `[${client}]`}/Prestaties/Prestatie${prestatie === null ? '' : `[${prestatie}]`}`;

const declareert = (leven: Leven, posten: readonly Post[], kop: Kop = {}, dag = DAG) =>
  leven.schouw('323', dag, declareer(posten, kop)).vondsten;
/** A life with one toewijzing. */
function begonnen(gegevens: Toegewezen = {}, begin: Dossierbegin = HEEL, domein: 'iwmo' | 'ijw' = 'iwmo'): Leven {
  const leven = new Leven(domein, begin);
  toegewezen(leven, gegevens);
  return leven;
}
/** A toewijzing of another kind than hours. */
const inEenheid =
  (eenheid: '01' | '16' | '82' | '83' | '84', gegevens: Toegewezen = {}): Wijziging<'301'> =>
  (bericht, domein) => {
    toewijzing(gegevens)(bericht, domein);
    const [product] = bericht.Client.ToegewezenProducten.ToegewezenProduct;
    if (product?.Omvang) product.Omvang.Eenheid = eenheid;
  };
function begonnenIn(...eenheid: Parameters<typeof inEenheid>): Leven {
  const leven = new Leven('iwmo');
  leven.stuur('301', '2026-03-01', inEenheid(...eenheid));
  return leven;
}

// Credits and debets in one message.

test('a credit makes room for a debet that stands before it', () => {
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } });
  eerder(leven, [{}]);
  expect(declareert(leven, [{ kenmerk: 'P2' }, { kenmerk: 'C1', vorig: 'P1' }])).toEqual([]);
});

test('a credit that is refused makes no room', () => {
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } });
  eerder(leven, [{}]);
  eerder(leven, [{ kenmerk: 'C1', vorig: 'P1' }]);
  eerder(leven, [{ kenmerk: 'P2' }]);
  expect(
    declareert(leven, [
      { kenmerk: 'P3', ...APRIL },
      { kenmerk: 'C2', vorig: 'P1' },
    ]),
  ).toEqual([
    ['TR322', 'fout', `${plek(null, 1)}/GeleverdVolume`],
    ['TR390', 'fout', `${plek(null, 2)}/IngediendBedrag/DebetCredit`],
  ]);
});

test('findings stand in the order of the message, although credits are judged first', () => {
  const leven = begonnen();
  expect(
    declareert(leven, [
      { kenmerk: 'P1', volume: 19 },
      { kenmerk: 'C1', vorig: 'WEG' },
      { kenmerk: 'P2', toewijzing: '9' },
    ]).map(([regel, , pad]) => [regel, pad.replace(/^.*(?=Prestatie\[)/, '')]),
  ).toEqual([
    ['TR321', 'Prestatie[1]/GeleverdVolume'],
    ['TR323', 'Prestatie[2]/ProductReferentie/VorigReferentieNummer'],
    ['TR338', 'Prestatie[3]/ToewijzingNummer'],
  ]);
});

test('on a credit nothing is asked of its toewijzing, its period or its volume', () => {
  const leven = begonnen();
  eerder(leven, [{}]);
  leven.stuur('301', '2026-06-05', toewijzing({ ingang: '2026-03-01', einde: '2026-03-01', reden: '13' }));
  const credit = { kenmerk: 'C1', vorig: 'P1', volume: 999, begin: '2026-05-05', einde: '2026-05-06', eenheid: '16' };
  expect(declareert(leven, [{ ...credit, toewijzing: '77' }])).toEqual([]);
});

test('a credit takes its debet back as a whole, whatever it says of volume and toewijzing', () => {
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } });
  eerder(leven, [{}]);
  eerder(leven, [{ kenmerk: 'C1', vorig: 'P1', volume: 1, toewijzing: '5' }]);
  expect(declareert(leven, [{ kenmerk: 'P2' }])).toEqual([]);
});

test('a credit for what the dossier does not know makes no room', () => {
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } }, ONGEZEGD);
  eerder(leven, [{ ...APRIL }]);
  expect(declareert(leven, [{ kenmerk: 'C1', vorig: 'OUD' }, { kenmerk: 'P2' }])).toEqual([
    ['TR323', 'onbekend', `${plek(null, 1)}/ProductReferentie/VorigReferentieNummer`],
    ['TR322', 'fout', `${plek(null, 2)}/GeleverdVolume`],
  ]);
});

test('a credit for the prestatie of somebody else, or for one that was sent back, is refused', () => {
  const leven = begonnen();
  leven.stuur('301', '2026-03-02', toewijzing({ nummer: '2001' }), { bsn: PIET });
  const teruggestuurd = leven.stuur('323', '2026-06-03', declareer([{}]));
  leven.beslis(teruggestuurd, 'afgewezen');
  eerder(leven, [{ bsn: PIET, kenmerk: 'P2', toewijzing: '2001' }]);
  for (const vorig of ['P1', 'P2'])
    expect(declareert(leven, [{ kenmerk: 'C1', vorig }])).toEqual([
      ['TR323', 'fout', `${ENIGE}/ProductReferentie/VorigReferentieNummer`],
    ]);
});

// What was refused.

test('a prestatie that is refused takes nothing, and a smaller one after it still fits', () => {
  const leven = begonnen({ omvang: { volume: '15', frequentie: '6' } });
  const posten = [
    { kenmerk: 'P1', ...APRIL, volume: 10 },
    { kenmerk: 'P2', volume: 6 },
    { kenmerk: 'P3', begin: '2026-03-01', einde: '2026-03-31', volume: 5 },
  ];
  expect(declareert(leven, posten)).toEqual([['TR322', 'fout', `${plek(null, 2)}/GeleverdVolume`]]);
});

test('what level 4 refused takes nothing either', () => {
  const leven = begonnen({ omvang: { volume: '15', frequentie: '6' } });
  const posten = [
    { kenmerk: 'P1', ...APRIL, volume: 10 },
    { kenmerk: 'P2', volume: 15 },
  ];
  const geweigerd = new Set([plek(null, 1)]);
  expect(leven.schouw('323', DAG, declareer(posten), { anders: { geweigerd } }).vondsten).toEqual([]);
});

test('what was sent back can be sent again, under the same reference and on the same room', () => {
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } });
  leven.beslis(leven.stuur('323', '2026-06-03', declareer([{}])), 'afgewezen');
  expect(declareert(leven, [{}])).toEqual([]);
});

test('a prestatie without an answer counts already', () => {
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } });
  leven.stuur('323', '2026-06-03', declareer([{}]));
  expect(declareert(leven, [{ kenmerk: 'P2', ...APRIL }]).map(([regel]) => regel)).toEqual(['TR322']);
  expect(declareert(leven, [{ volume: 0 }]).map(([regel]) => regel)).toEqual(['TR314', 'TR389']);
});

test('a reference that two clients have is refused the second time', () => {
  const leven = begonnen();
  leven.stuur('301', '2026-03-02', toewijzing({ nummer: '2001' }), { bsn: PIET });
  const dubbel = [{ kenmerk: 'P1' }, { bsn: PIET, kenmerk: 'P1', toewijzing: '2001' }];
  expect(declareert(leven, dubbel)).toEqual([['TR314', 'fout', `${plek(2, null)}/ProductReferentie/ReferentieNummer`]]);
  // One that was refused has not used it up.
  const eersteGeweigerd = [
    { kenmerk: 'P1', volume: 19 },
    { bsn: PIET, kenmerk: 'P1', toewijzing: '2001' },
  ];
  expect(declareert(leven, eersteGeweigerd)).toEqual([['TR321', 'fout', `${plek(1, null)}/GeleverdVolume`]]);
});

test('of a declaratie that is refused as a whole, nothing is judged', () => {
  const leven = begonnen();
  eerder(leven, [{}], { nummer: 'D1' });
  const alles = [{ kenmerk: 'P1', volume: 99 }];
  expect(declareert(leven, alles, { nummer: 'D1' }).map(([regel]) => regel)).toEqual(['TR333']);
  const oordeel = leven.schouw('323', DAG, declareer(alles), { identificatie: 'B2' });
  expect(oordeel.vondsten.map(([regel]) => regel)).toEqual(['TR056']);
});

test('of a client who is refused, no debet is judged, and his credit is refused for its own reason', () => {
  const leven = begonnen();
  const posten = [
    { bsn: PIET, kenmerk: 'P1', volume: 99 },
    { bsn: PIET, kenmerk: 'C1', vorig: 'WEG' },
  ];
  expect(declareert(leven, posten)).toEqual([
    ['TR304', 'fout', '/Bericht/Declaratie/Clienten/Client/Bsn'],
    ['TR323', 'fout', `${plek(null, 2)}/ProductReferentie/VorigReferentieNummer`],
  ]);
});

test('a client with a credit that stands is never refused, because the credit would go with him', () => {
  const leven = new Leven('iwmo', { ...HEEL, volledigVanaf: '2026-05-01' });
  const posten = [
    { bsn: PIET, kenmerk: 'C1', vorig: 'OUD', ...APRIL },
    { bsn: PIET, kenmerk: 'P1', toewijzing: '9' },
  ];
  expect(declareert(leven, posten)).toEqual([
    ['TR323', 'onbekend', `${plek(null, 1)}/ProductReferentie/VorigReferentieNummer`],
    ['TR338', 'fout', `${plek(null, 2)}/ToewijzingNummer`],
  ]);
});

test('a client with credits alone needs no toewijzing', () => {
  const leven = new Leven('ijw');
  expect(declareert(leven, [{ kenmerk: 'C1', vorig: 'WEG' }]).map(([regel]) => regel)).toEqual(['TR323']);
});

// Sums at their limit.

test('minutes and hours on one toewijzing add up to the minute', () => {
  const leven = begonnen({ omvang: { volume: '2', frequentie: '6' } });
  eerder(leven, [{ ...APRIL, volume: 1 }]);
  const minuten = (volume: number): Post => ({ kenmerk: 'P2', eenheid: '01', volume, tarief: 80 });
  expect(declareert(leven, [minuten(60)])).toEqual([]);
  expect(declareert(leven, [minuten(61)]).map(([regel]) => regel)).toEqual(['TR322']);
  expect(declareert(leven, [minuten(121)]).map(([regel]) => regel)).toEqual(['TR321', 'TR322']);
});

test('hours do not fit a toewijzing in minutes, and then nothing is said of their volume', () => {
  const leven = begonnenIn('01', { omvang: { volume: '1', frequentie: '2' } });
  expect(declareert(leven, [{ volume: 9999 }])).toEqual([['TR341', 'fout', `${ENIGE}/Eenheid`]]);
});

test('huishoudelijke hulp of iWmo may have six weeks in February, and nobody else', () => {
  for (const [categorie, code, uren, verwacht] of [
    ['01', '01A03', 18, []],
    ['01', '01A03', 19, ['TR321']],
    ['02', '02A05', 16, ['TR321']],
  ] as const) {
    const product = { categorie, code };
    const leven = begonnen({ product, ingang: '2026-01-01' });
    const februari = { begin: '2026-02-01', einde: '2026-02-28', volume: uren, product };
    expect(declareert(leven, [februari]).map(([regel]) => regel)).toEqual(verwacht);
  }
});

test('an end in the middle of a week gives the last Sunday two weeks of outcome', () => {
  const leven = begonnenIn('83', {
    ingang: '2025-07-07',
    einde: '2025-09-06',
    omvang: { volume: '30000', frequentie: '2' },
  });
  const augustus = { begin: '2025-08-01', einde: '2025-08-31' };
  expect(declareert(leven, [euro(180_000, augustus)])).toEqual([]);
  expect(declareert(leven, [euro(180_001, augustus)]).map(([regel]) => regel)).toEqual(['TR321']);
  const september = { begin: '2025-09-01', einde: '2025-09-06' };
  expect(declareert(leven, [euro(1, september)]).map(([regel]) => regel)).toEqual(['TR321']);
});

test('an open toewijzing has no total', () => {
  const leven = begonnen({ omvang: { volume: '20', frequentie: '4' } });
  leven.stuur('301', '2026-03-02', (bericht, domein) => {
    toewijzing({ omvang: { volume: '20', frequentie: '4' } })(bericht, domein);
    for (const product of bericht.Client.ToegewezenProducten.ToegewezenProduct) product.Einddatum = undefined;
  });
  for (let nr = 0; nr < 15; nr += 1)
    eerder(leven, [
      { kenmerk: `X${nr}`, begin: `2026-0${3 + (nr % 2)}-01`, einde: nr % 2 ? '2026-04-30' : '2026-03-31' },
    ]);
  expect(declareert(leven, [{ volume: 20 }])).toEqual([]);
});

test('a budget is refused by euros, and doubted when only other prestaties pass it', () => {
  const budget = { product: 'geen', budget: '100000' } as const;
  const leven = begonnen(budget);
  eerder(leven, [euro(60_000, APRIL)]);
  expect(declareert(leven, [euro(40_001, { kenmerk: 'P2' })])).toEqual([['TR369', 'fout', `${ENIGE}/GeleverdVolume`]]);
  const uren = { kenmerk: 'P2', volume: 9 };
  expect(declareert(leven, [uren])).toEqual([['TR369', 'waarschuwing', `${ENIGE}/GeleverdVolume`]]);
  expect(declareert(leven, [{ ...uren, volume: 8 }])).toEqual([]);
  // What is doubted is accepted, so it takes its part of the budget; but euros alone must refuse.
  const daarna = euro(40_000, { kenmerk: 'P3', begin: '2026-03-01', einde: '2026-03-31' });
  expect(declareert(leven, [uren, daarna]).map(([, ernst]) => ernst)).toEqual(['waarschuwing', 'waarschuwing']);
});

// Periods.

test('a traject that is paid as a whole may be declared at other moments, and care by the hour may not', () => {
  const periode = { begin: '2026-05-04', einde: '2026-05-15' };
  const beide = [
    ['TR387', `${ENIGE}/ProductPeriode/Begindatum`],
    ['TR388', `${ENIGE}/ProductPeriode/Einddatum`],
  ];
  const verwacht = (ernst: string) => beide.map(([regel, pad]) => [regel, ernst, pad]);
  const totaal = begonnenIn('83', { omvang: { volume: '100000', frequentie: '6' } });
  expect(declareert(totaal, [euro(10, periode)])).toEqual(verwacht('waarschuwing'));
  const budget = begonnen({ product: 'geen', budget: '100000' });
  expect(declareert(budget, [euro(10, periode)])).toEqual(verwacht('waarschuwing'));
  expect(declareert(budget, [{ ...periode, eenheid: '82', volume: 1 }])).toEqual(verwacht('waarschuwing'));
  expect(declareert(budget, [{ ...periode, volume: 1 }])).toEqual(verwacht('fout'));
  const perMaand = begonnenIn('83', { omvang: { volume: '100000', frequentie: '4' } });
  expect(declareert(perMaand, [euro(10, periode)])).toEqual(verwacht('fout'));
});

test('the last day of February is the 28th, and in a leap year the 29th', () => {
  for (const [jaar, dag, verwacht] of [
    ['2024', '29', []],
    ['2024', '28', ['TR388']],
    ['2025', '28', []],
  ] as const) {
    const leven = begonnen({ ingang: '2023-01-01' });
    const februari = { begin: `${jaar}-02-01`, einde: `${jaar}-02-${dag}` };
    expect(declareert(leven, [februari]).map(([regel]) => regel)).toEqual(verwacht);
  }
});

test('a toewijzing that begins and ends in the month gives both ends of the period', () => {
  const leven = begonnen({ ingang: '2026-05-06', einde: '2026-05-20' });
  expect(declareert(leven, [{ begin: '2026-05-06', einde: '2026-05-20', volume: 9 }])).toEqual([]);
  expect(declareert(leven, [{ volume: 9 }]).map(([regel]) => regel)).toEqual(['TR307', 'TR308', 'TR387', 'TR388']);
});

test('to go back a month is doubted when the later declaratie was not written first', () => {
  const april = { periode: ['2026-04-01', '2026-04-30'] as const };
  const post = { ...APRIL, kenmerk: 'P2' };
  for (const [gedateerd, verwacht] of [
    ['2026-06-03', ['waarschuwing']],
    ['2026-06-02', ['waarschuwing']],
    ['2026-06-04', ['fout']],
  ] as const) {
    const leven = begonnen();
    eerder(leven, [{}], { periode: MEI });
    expect(declareert(leven, [post], { ...april, gedateerd }).map(([, ernst]) => ernst)).toEqual(verwacht);
  }
});

test('a month that was passed over is no finding', () => {
  const leven = begonnen();
  eerder(leven, [{ begin: '2026-03-01', einde: '2026-03-31' }], { periode: ['2026-03-01', '2026-03-31'] });
  expect(declareert(leven, [{ kenmerk: 'P2' }])).toEqual([]);
});

// What the sender or the dossier cannot know.

test('a newer toewijzing that may have crossed the declaratie is doubted', () => {
  const leven = begonnen();
  leven.stuur('301', DAG, toewijzing({ einde: '2026-04-30', reden: '05' }));
  // In May it has no week any more.
  expect(declareert(leven, [{}]).map(([regel, ernst]) => [regel, ernst])).toEqual([
    ['TR308', 'waarschuwing'],
    ['TR321', 'waarschuwing'],
  ]);
  expect(declareert(leven, [{}], {}, '2026-06-11').map(([regel, ernst]) => [regel, ernst])).toEqual([
    ['TR308', 'fout'],
    ['TR321', 'fout'],
  ]);
});

test('a removal that may have crossed the declaratie is doubted', () => {
  const leven = begonnen();
  leven.stuur('301', DAG, toewijzing({ ingang: '2026-03-01', einde: '2026-03-01', reden: '13' }));
  expect(declareert(leven, [{}])).toEqual([['TR384', 'waarschuwing', `${ENIGE}/ToewijzingNummer`]]);
});

test('the number of a toewijzing of somebody else is refused, if he cannot have one under that number as well', () => {
  for (const [begin, ernst] of [
    [HEEL, 'fout'],
    [ONGEZEGD, 'onbekend'],
  ] as const) {
    const leven = begonnen({}, begin);
    leven.stuur('301', '2026-03-02', toewijzing({ nummer: '2001' }), { bsn: PIET });
    expect(declareert(leven, [{ toewijzing: '2001' }])).toEqual([['TR338', ernst, `${ENIGE}/ToewijzingNummer`]]);
  }
});

test('a debet that was sent back may stand beside a granted one from before the dossier', () => {
  const leven = begonnen({}, { ...HEEL, volledigVanaf: '2026-05-15', lopendeIngevoerd: false });
  leven.beslis(leven.stuur('323', '2026-06-03', declareer([{}])), 'afgewezen');
  expect(declareert(leven, [{ kenmerk: 'C1', vorig: 'P1' }])).toEqual([
    ['TR323', 'onbekend', `${ENIGE}/ProductReferentie/VorigReferentieNummer`],
  ]);
});

test('what may lie before the beginning is not judged, and refuses nothing', () => {
  for (const domein of DOMEINEN) {
    const leeg = new Leven(domein, ONGEZEGD);
    // A credit that stands makes him known, so his debet is looked at by itself.
    expect(leeg.schouw('323', DAG, declareer([{}, { kenmerk: 'C1', vorig: 'P0' }]))).toEqual({
      vondsten: [
        ['TR338', 'onbekend', `${plek(null, 1)}/ToewijzingNummer`],
        ['TR323', 'onbekend', `${plek(null, 2)}/ProductReferentie/VorigReferentieNummer`],
      ],
      eerder: [[], []],
      nietBeoordeeld: [plek(null, 1), plek(null, 2)],
    });
    expect(declareert(leeg, [{}])).toEqual([['TR304', 'onbekend', '/Bericht/Declaratie/Clienten/Client/Bsn']]);
    const bekend = begonnen({}, ONGEZEGD, domein);
    expect(declareert(bekend, [{ toewijzing: '9' }])).toEqual([['TR338', 'onbekend', `${ENIGE}/ToewijzingNummer`]]);
  }
});

test('the day that counts is that of the earliest debet', () => {
  const leven = new Leven('iwmo', { ...HEEL, volledigVanaf: '2026-05-01' });
  const uitkomst = (posten: readonly Post[]) => declareert(leven, posten).map(([regel, ernst]) => [regel, ernst]);
  expect(uitkomst([{}])).toEqual([['TR304', 'fout']]);
  expect(uitkomst([{}, { ...APRIL, kenmerk: 'P2' }])).toEqual([['TR304', 'onbekend']]);
});

test('values of a toewijzing from before the beginning refuse nothing', () => {
  const leven = begonnen({}, { ...HEEL, volledigVanaf: '2026-03-02', lopendeIngevoerd: true });
  const uitkomst = declareert(leven, [{ volume: 19, begin: '2026-05-02' }]).map(([regel, ernst]) => [regel, ernst]);
  expect(uitkomst).toEqual([
    ['TR387', 'onbekend'],
    ['TR321', 'onbekend'],
  ]);
});

test('after a gap in the dossier, earlier declaraties prove nothing: an answer or a credit may have passed', () => {
  const blind = { ...HEEL, blindTot: '2026-06-05' };
  const leven = begonnen({ omvang: { volume: '12', frequentie: '6' } }, blind);
  // Seen after the gap, so it is what it is.
  leven.stuur('301', '2026-06-06', toewijzing({ op: '2026-06-06', omvang: { volume: '12', frequentie: '6' } }));
  leven.stuur('323', '2026-06-03', declareer([{}], { nummer: 'D1' }));
  expect(declareert(leven, [{}], { nummer: 'D1' }).map(([regel, ernst]) => [regel, ernst])).toEqual([
    ['TR333', 'onbekend'],
    ['TR314', 'onbekend'],
    ['TR389', 'onbekend'],
    ['TR322', 'onbekend'],
  ]);
  expect(declareert(leven, [{ kenmerk: 'C1', vorig: 'P1' }])).toEqual([
    ['TR323', 'onbekend', `${ENIGE}/ProductReferentie/VorigReferentieNummer`],
  ]);
  // What is certain refuses as ever.
  leven.stuur('323', '2026-06-07', declareer([{ ...APRIL, kenmerk: 'P2' }]));
  expect(declareert(leven, [{ kenmerk: 'P3', volume: 1 }]).map(([regel, ernst]) => [regel, ernst])).toEqual([
    ['TR389', 'onbekend'],
    ['TR322', 'fout'],
  ]);
});

// Against the contract.

test('a tariff that changes in the month is right on both sides, and one that is not known refuses nothing', () => {
  const leven = begonnen();
  const tarieven = {
    tarievenOp: (code: string, eenheid: string, dag: string): readonly number[] =>
      eenheid !== '04' || code !== '02A05' ? [] : dag < '2026-03-01' ? [] : dag < '2026-05-16' ? [5000] : [5100, 5200],
  };
  const regels = (post: Post): readonly string[] =>
    leven.schouw('323', DAG, declareer([post]), { anders: { tarieven } }).vondsten.map(([regel]) => regel);
  expect([5000, 5100, 5200, 5300].map((tarief) => regels({ tarief }))).toEqual([[], [], [], ['TR418']]);
  expect(regels({ ...APRIL, tarief: 5100 })).toEqual(['TR418']);
  expect(regels({ begin: '2026-02-01', einde: '2026-02-28', tarief: 1 })).toEqual(['TR307', 'TR321']);
});

test('minutes may have a tariff of their own, or that of an hour, rounded half up', () => {
  const leven = begonnen();
  const met = (perMinuut: readonly number[], perUur: readonly number[], post: Post): readonly string[] => {
    const tarieven = { tarievenOp: (_: string, eenheid: string) => (eenheid === '01' ? perMinuut : perUur) };
    const schouw = leven.schouw('323', DAG, declareer([{ eenheid: '01', ...post }]), { anders: { tarieven } });
    return schouw.vondsten.map(([regel]) => regel);
  };
  expect(met([92], [], { volume: 100, tarief: 92 })).toEqual([]);
  expect(met([92], [5500], { volume: 100, tarief: 92 })).toEqual([]);
  expect(met([], [5500], { volume: 100, tarief: 91 })).toEqual(['TR418']);
  // 90,5 cents a minute: shown as 91, and 50 minutes are 45,25 euro.
  expect(met([], [5430], { volume: 50, tarief: 91, bedrag: 4525 })).toEqual([]);
  expect(met([], [5430], { volume: 1, tarief: 91, bedrag: 91 })).toEqual([]);
  expect(met([], [5430], { volume: 1, tarief: 91, bedrag: 90 })).toEqual(['TR346']);
});

test('the cost of a declaratie grows with its size, also when everything in it collides with everything before', () => {
  const AANTAL = 2000;
  const leven = begonnen({ omvang: { volume: '1', frequentie: '6' } });
  // What level 2 would refuse costs most here.
  const keuzes = { gecontroleerd: false };
  const alles = Array.from({ length: AANTAL }, (_, nr) => ({ kenmerk: `E${nr}`, volume: 1 }));
  const eenKenmerk = alles.map((_, nr) => ({ bsn: String(nr).padStart(9, '0'), volume: 1 }));
  leven.stuur('323', '2026-06-03', declareer([...alles, ...eenKenmerk]), keuzes);
  let gelezen = 0;
  const tel =
    <K, F>(zoek: (sleutel: K) => readonly F[]) =>
    (sleutel: K): readonly F[] => {
      const gevonden = zoek.call(leven.dossier, sleutel);
      gelezen += gevonden.length;
      return gevonden;
    };
  leven.dossier.prestatiesOp = tel(leven.dossier.prestatiesOp);
  leven.dossier.prestatiesMet = tel(leven.dossier.prestatiesMet);
  leven.dossier.creditsOp = tel(leven.dossier.creditsOp);
  const posten = [...alles.map((post) => ({ ...post, kenmerk: `N${post.kenmerk}` })), ...eenKenmerk];
  const { eerder: botsingen } = leven.schouw('323', DAG, declareer(posten), keuzes);
  expect(gelezen).toBeLessThan(5 * AANTAL);
  expect(botsingen.length).toBeGreaterThan(2 * AANTAL);
  expect(Math.max(...botsingen.map(({ length }) => length))).toBeLessThanOrEqual(51);
});
