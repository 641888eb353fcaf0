/** Every rule across messages on a declaratie and its answer: one life that passes and one that fails on that rule alone. */
import { describe, expect, test } from 'vitest';
import { DECLARATIEREGELS } from '#src/dossier/regels/declaratie-alle.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { Leven } from '../leven.ts';
import { DECLARATIEGEVALLEN } from './declaratie.ts';
import { DECLARATIEANTWOORDGEVALLEN } from './declaratieantwoord.ts';

const GEVALLEN = [...DECLARATIEGEVALLEN, ...DECLARATIEANTWOORDGEVALLEN];
const gevallen = GEVALLEN.flatMap((geval) => DOMEINEN.map((domein) => ({ domein, geval })));

describe.each(gevallen)('$domein $geval.regel in $geval.nummer, $geval.klasse $geval.element', ({ domein, geval }) => {
  test('a life that keeps it has no findings', () => {
    expect(geval.goed(new Leven(domein))).toEqual({ vondsten: [], eerder: [], nietBeoordeeld: [] });
  });

  test('a life that breaks it fails on that rule alone, and says with which messages it collides', () => {
    const { vondsten, eerder, nietBeoordeeld } = geval.fout(new Leven(domein));
    expect(vondsten).toEqual([[geval.regel, 'fout', geval.pad]]);
    expect(eerder).toEqual([geval.botst]);
    expect(nietBeoordeeld).toEqual([]);
  });
});

test('no place of a rule is without such lives', () => {
  const gedaan = GEVALLEN.map(({ regel, nummer, klasse, element }) => `${regel} ${nummer} ${klasse} ${element}`.trim());
  const nodig = DECLARATIEREGELS.flatMap(({ code, plaatsen }) =>
    plaatsen.flatMap(({ berichten, klasse, element }) =>
      berichten.map((nummer) => `${code} ${nummer} ${klasse} ${element}`.trim()),
    ),
  );
  expect(gedaan.toSorted()).toEqual(nodig.toSorted());
});
