/** Every rule, in every message and on every element where it applies: one message that passes and one that fails on that rule alone. */
import { describe, expect, test } from 'vitest';
import type { Bronnen } from '#src/standards/bronnen.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { controleer } from '#src/standards/controle.ts';
import { REGELS } from '#src/standards/regelset.ts';
import { bouw, soortVan } from '../../hulp/bouwer.ts';
import { BRONNEN } from '../../hulp/controle.ts';
import { ANTWOORDBREUKEN } from './antwoord.ts';
import { BEDRAGBREUKEN } from './bedragen.ts';
import type { Breuk } from './breuk.ts';
import { BRONBREUKEN, PRODUCTCODES } from './bronnen.ts';
import { CODEBREUKEN } from './codes.ts';
import { CONTACTBREUKEN } from './contact.ts';
import { DATUMBREUKEN } from './datums.ts';
import { DECLARATIEBREUKEN } from './declaratie.ts';
import { IJW_BREUKEN } from './ijw.ts';
import { IWMO_BREUKEN } from './iwmo.ts';
import { LEVERINGBREUKEN } from './levering.ts';
import { PERSOONBREUKEN } from './persoon.ts';
import { PRODUCTBREUKEN } from './product.ts';
import { SLEUTELBREUKEN } from './sleutels.ts';
import { TOEWIJZINGBREUKEN } from './toewijzing.ts';
import { VERZOEKBREUKEN } from './verzoek.ts';

const BREUKEN: readonly Breuk[] = [
  ...PRODUCTBREUKEN,
  ...PERSOONBREUKEN,
  ...CONTACTBREUKEN,
  ...DATUMBREUKEN,
  ...LEVERINGBREUKEN,
  ...TOEWIJZINGBREUKEN,
  ...VERZOEKBREUKEN,
  ...ANTWOORDBREUKEN,
  ...SLEUTELBREUKEN,
  ...DECLARATIEBREUKEN,
  ...BEDRAGBREUKEN,
  ...BRONBREUKEN,
  ...CODEBREUKEN,
  ...IWMO_BREUKEN,
  ...IJW_BREUKEN,
];

const DAG: Bronnen = { ...BRONNEN, peildatum: '2026-11-22' };
/** A list of product codes only where it is asked for: the other breaks use codes of their own. */
const bronnenVoor = ({ regel, gemeenten = DAG.gemeenten }: Breuk): Bronnen => ({
  ...DAG,
  gemeenten,
  productcodes: regel === 'TR381' ? PRODUCTCODES : undefined,
});

const gevallen = BREUKEN.flatMap((breuk) =>
  DOMEINEN.filter((domein) => breuk.domein === undefined || breuk.domein === domein).map((domein) => ({
    domein,
    breuk,
  })),
);
const naam = ({ regel, nummer, klasse, element }: Breuk): string => `${regel} ${nummer} ${klasse} ${element}`;

describe.each(gevallen)('$domein $breuk.regel in $breuk.nummer, $breuk.klasse $breuk.element', ({ domein, breuk }) => {
  const soort = soortVan(domein, breuk.nummer);
  const bronnen = bronnenVoor(breuk);
  const goed = bouw(domein, breuk.nummer, (bericht) => breuk.vooraf?.(bericht as never));
  const fout = bouw(domein, breuk.nummer, (bericht) => {
    breuk.vooraf?.(bericht as never);
    breuk.breek(bericht as never);
  });

  test('a message that keeps it has no findings', () => {
    expect(controleer(goed, soort, { niveau: 4, bronnen })).toMatchObject({ geldig: true, bevindingen: [] });
  });

  test('a message that breaks it fails on that rule alone', () => {
    const { bevindingen, geldig } = controleer(fout, soort, { niveau: 4, bronnen });
    const ernst = breuk.ernst ?? 'fout';
    expect(geldig).toBe(ernst === 'waarschuwing');
    const anders = bevindingen.filter(({ regel }) => !breuk.ook?.includes(regel));
    expect(anders.map((bevinding) => [bevinding.regel, bevinding.pad, bevinding.ernst])).toEqual([
      [breuk.regel, breuk.pad, ernst],
    ]);
    expect(new Set(bevindingen.map(({ regel }) => regel))).toEqual(new Set([breuk.regel, ...(breuk.ook ?? [])]));
    const regels = fout.toString().split('\r\n');
    for (const { pad, regelnummer } of bevindingen) {
      const laatste = pad.slice(pad.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '');
      expect(regels[regelnummer - 1]).toMatch(new RegExp(`<(\\w+:)?${laatste}>`));
    }
  });
});

test('no application of a rule is without a break', () => {
  const gedaan = new Set(gevallen.map(({ domein, breuk }) => `${domein} ${naam(breuk)}`));
  const nodig = REGELS.flatMap(({ code, toepassingen }) =>
    toepassingen.flatMap(({ berichten, domein, klasse, element }) =>
      (domein ? [domein] : DOMEINEN).flatMap((d) =>
        berichten.map((nummer) => `${d} ${code} ${nummer} ${klasse} ${element}`),
      ),
    ),
  );
  expect(nodig.filter((geval) => !gedaan.has(geval))).toEqual([]);
  expect([...gedaan].filter((geval) => !nodig.includes(geval))).toEqual([]);
});
