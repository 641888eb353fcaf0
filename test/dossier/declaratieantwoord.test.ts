/** Where a declaratie-antwoord is easily tied to the wrong declaratie, or compared too strictly. */
import { expect, test } from 'vitest';
import { antwoordOp, declareer, type Post } from './declareer.ts';
import { HEEL, Leven, ONGEZEGD, PIET } from './leven.ts';

const VAN = '2026-06-03';
const DAG = '2026-06-10';
const ANTWOORD = '/Bericht/DeclaratieAntwoord';
const kort = (oordeel: { readonly vondsten: readonly (readonly string[])[] }) =>
  oordeel.vondsten.map(([regel, ernst]) => [regel, ernst]);

test('before the beginning of the dossier an answer to something unknown is not judged', () => {
  const antwoord = antwoordOp({ op: 'OUD', van: '2025-12-01', terug: [{}] });
  const onbekend = [
    ['TR337', 'onbekend', '/Bericht/Header/DeclaratieIdentificatie'],
    ['TR376', 'onbekend', `${ANTWOORD}/DeclaratieNummer`],
  ];
  expect(new Leven('iwmo', ONGEZEGD).schouw('325', DAG, antwoord).vondsten).toEqual(onbekend);
  // A declaratie of a year ago may still be answered; one from before that may not.
  const jong = { ...HEEL, volledigVanaf: '2025-06-11' };
  expect(new Leven('iwmo', jong).schouw('325', DAG, antwoord).vondsten).toEqual(onbekend);
  const oud = { ...HEEL, volledigVanaf: '2025-06-10' };
  expect(kort(new Leven('iwmo', oud).schouw('325', DAG, antwoord))).toEqual([
    ['TR337', 'fout'],
    ['TR376', 'fout'],
  ]);
});

test('what intake matched is there, although the dossier does not have it', () => {
  const leven = new Leven('ijw');
  const antwoord = antwoordOp({ op: 'OUD', van: VAN, nummer: 'D1', terug: [{}] });
  expect(kort(leven.schouw('325', DAG, antwoord, { anders: { heen: 99 } }))).toEqual([
    ['TR371', 'onbekend'],
    ['TR376', 'onbekend'],
  ]);
});

test('an answer belongs to what intake matched, and not to another with its identificatie', () => {
  const leven = new Leven('iwmo');
  const eerste = leven.stuur('323', VAN, declareer([{}]), { identificatie: 'X' });
  const tweede = leven.stuur('323', '2026-06-04', declareer([{ kenmerk: 'P2' }], { nummer: 'D2' }), {
    identificatie: 'Y',
  });
  const antwoord = antwoordOp({ op: 'X', van: VAN, nummer: 'DX', terug: [{}] });
  expect(leven.schouw('325', DAG, antwoord, { anders: { heen: eerste } }).vondsten).toEqual([]);
  expect(kort(leven.schouw('325', DAG, antwoord, { anders: { heen: tweede } }))).toEqual([
    ['TR337', 'fout'],
    // There is a declaratie with that number, but it is not this one.
    ['TR376', 'waarschuwing'],
    ['TR366', 'fout'],
  ]);
});

test('another dagtekening is another declaratie', () => {
  const leven = new Leven('iwmo');
  leven.stuur('323', VAN, declareer([{}]), { identificatie: 'X' });
  const antwoord = antwoordOp({ op: 'X', van: '2026-06-04', nummer: 'DX' });
  expect(kort(leven.schouw('325', DAG, antwoord))).toEqual([['TR337', 'fout']]);
});

test('numbers are compared by value, every element is compared, and a tariff that is left out is doubted', () => {
  const leven = new Leven('iwmo');
  leven.stuur('323', VAN, declareer([{ volume: 4, tarief: 100 }]), { identificatie: 'X' });
  const terug = (post: Post) =>
    kort(leven.schouw('325', DAG, antwoordOp({ op: 'X', van: VAN, terug: [{ volume: 4, tarief: 100, ...post }] })));
  expect(terug({ toewijzing: '000001001' })).toEqual([]);
  for (const post of [
    { toewijzing: '1002' },
    { product: { categorie: '02', code: '02A06' } },
    { product: { categorie: '07', code: '02A05' } },
    { begin: '2026-05-02' },
    { einde: '2026-05-30' },
    { volume: 5, bedrag: 400 },
    { eenheid: '16' },
    { tarief: 101, bedrag: 400 },
    { bedrag: 401 },
  ])
    expect(terug(post), JSON.stringify(post)).toEqual([['TR367', 'fout']]);
  expect(terug({ tarief: null, bedrag: 400 })).toEqual([['TR367', 'waarschuwing']]);
  expect(terug({ vorig: 'P0' })).toEqual([['TR366', 'fout']]);
});

test('two clients with one reference are not mixed up', () => {
  const leven = new Leven('ijw');
  const posten = [{ volume: 3 }, { bsn: PIET, volume: 5, toewijzing: '2001' }];
  leven.stuur('323', VAN, declareer(posten), { identificatie: 'X' });
  const antwoord = antwoordOp({ op: 'X', van: VAN, terug: posten.toReversed() });
  expect(leven.schouw('325', DAG, antwoord).vondsten).toEqual([]);
});

test('an answer that refuses the header has no more to compare', () => {
  const leven = new Leven('iwmo');
  leven.stuur('323', VAN, declareer([{}]), { identificatie: 'X' });
  const antwoord = antwoordOp({ op: 'X', van: VAN, kopcodes: ['0001'] });
  expect(leven.schouw('325', DAG, antwoord).vondsten).toEqual([]);
});
