/** Every rule across messages, at every place where it applies: one life that passes and one that fails on that rule alone. */
import { describe, expect, test } from 'vitest';
import type { Dossierbegin } from '#src/dossier/kennis.ts';
import { KETENREGELS } from '#src/dossier/regels/keten-alle.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { HEEL, Leven, type Oordeel } from '../leven.ts';
import { declaratie, start, toewijzing } from '../maak.ts';
import { BERICHTGEVALLEN } from './bericht.ts';
import type { Geval } from './geval.ts';
import { LEVERINGGEVALLEN } from './levering.ts';
import { TOEWIJZINGGEVALLEN } from './toewijzing.ts';
import { VERZOEKGEVALLEN } from './verzoek.ts';
import { WIJZIGINGGEVALLEN } from './wijziging.ts';

const GEVALLEN: readonly Geval[] = [
  ...BERICHTGEVALLEN,
  ...TOEWIJZINGGEVALLEN,
  ...LEVERINGGEVALLEN,
  ...VERZOEKGEVALLEN,
  ...WIJZIGINGGEVALLEN,
];
const gevallen = GEVALLEN.flatMap((geval) =>
  (geval.domein ? [geval.domein] : DOMEINEN).map((domein) => ({ domein, geval })),
);

describe.each(gevallen)('$domein $geval.regel in $geval.nummer, $geval.klasse $geval.element', ({ domein, geval }) => {
  test('a life that keeps it has no findings', () => {
    expect(geval.goed(new Leven(domein))).toEqual({ vondsten: [], eerder: [], nietBeoordeeld: [] });
  });

  test('a life that breaks it fails on that rule alone, and says with which messages it collides', () => {
    const { vondsten, eerder } = geval.fout(new Leven(domein));
    const { regel, pad, botst, ook = [] } = geval;
    expect(vondsten.filter((vondst) => !ook.includes(vondst[0]))).toEqual([[regel, 'fout', pad]]);
    expect(eerder[vondsten.findIndex((vondst) => vondst[0] === regel)]).toEqual(botst);
    expect(new Set(vondsten.map((vondst) => vondst[0]))).toEqual(new Set([regel, ...ook]));
  });
});

describe.each(gevallen)('$domein $geval.regel in $geval.nummer, $geval.klasse', ({ domein, geval }) => {
  test.each<[string, Dossierbegin]>([
    ['what may have been undone unseen', { ...HEEL, blindTot: '2026-12-31' }],
    ['what was written before the dossier began', { ...HEEL, volledigVanaf: '2026-12-31' }],
  ])('refuses nothing on %s', (_, begin) => {
    const { vondsten } = geval.fout(new Leven(domein, begin));
    const over = vondsten.filter(([regel]) => regel === geval.regel);
    expect(new Set(over.map(([, ernst]) => ernst))).toEqual(new Set(['onbekend']));
    expect(vondsten.filter(([, ernst]) => ernst === 'fout')).toEqual([]);
  });
});

test('no place of a rule is without such lives', () => {
  const gedaan = new Set(
    gevallen.map(({ domein, geval: { regel, nummer, klasse, element } }) =>
      `${domein} ${regel} ${nummer} ${klasse} ${element}`.trimEnd(),
    ),
  );
  const nodig = KETENREGELS.flatMap(({ code, plaatsen }) =>
    plaatsen.flatMap(({ berichten, klasse, element, domein }) =>
      (domein ? [domein] : DOMEINEN).flatMap((d) =>
        // A declaratie and its answer have their own tests.
        berichten
          .filter((nummer) => nummer !== '323' && nummer !== '325')
          .map((nummer) => `${d} ${code} ${nummer} ${klasse} ${element}`.trimEnd()),
      ),
    ),
  );
  expect(nodig.filter((plek) => !gedaan.has(plek))).toEqual([]);
  expect([...gedaan].filter((plek) => !nodig.includes(plek))).toEqual([]);
});

/** Their other rules have tests of their own, and speak here as well. */
describe.each(DOMEINEN)('%s: an identificatie counts once', (domein) => {
  const over = (vondsten: Oordeel['vondsten']) => vondsten.filter(([regel]) => regel === 'TR056');
  const FOUT = [['TR056', 'fout', '/Bericht/Header/BerichtIdentificatie/Identificatie']];

  test('in 323', () => {
    const leven = new Leven(domein);
    leven.stuur('323', '2026-05-01', declaratie({}), { identificatie: 'EENDER' });
    const tweede = (identificatie: string) =>
      over(leven.schouw('323', '2026-05-02', declaratie({ kenmerk: 'P2' }), { identificatie }).vondsten);
    expect(tweede('ANDERS')).toEqual([]);
    expect(tweede('EENDER')).toEqual(FOUT);
  });

  test('in 325', () => {
    const leven = new Leven(domein);
    leven.stuur('325', '2026-05-10', () => {}, { identificatie: 'EENDER' });
    const tweede = (identificatie: string) =>
      over(leven.schouw('325', '2026-05-11', () => {}, { identificatie }).vondsten);
    expect(tweede('ANDERS')).toEqual([]);
    expect(tweede('EENDER')).toEqual(FOUT);
  });

  test('for each soort by itself', () => {
    const leven = new Leven(domein);
    leven.stuur('301', '2026-03-01', toewijzing(), { identificatie: 'EENDER' });
    expect(leven.schouw('305', '2026-03-05', start(), { identificatie: 'EENDER' }).vondsten).toEqual([]);
  });
});
