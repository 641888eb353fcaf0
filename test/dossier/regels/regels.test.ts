/** Every rule across messages, at every place where it applies: one life that passes and one that fails on that rule alone. */
import { describe, expect, test } from 'vitest';
import { KETENREGELS } from '#src/dossier/regels/keten-alle.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { Leven } from '../leven.ts';
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
