/** What a declaratie-antwoord decides: the same, whether the switch made it or a gemeente, and never more granted than it says. */
import { describe, expect, test } from 'vitest';
import { besluitVan } from '#src/dossier/besluit.ts';
import { antwoord } from '#src/retourberichten/antwoord.ts';
import type { Bevinding } from '#src/standards/bevinding.ts';
import { DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { controleer } from '#src/standards/controle.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { alsBytes, type Bericht, inhoudVan, soortVan } from '../hulp/bouwer.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { type Antwoord, antwoordOp, declareer, type Post } from './declareer.ts';
import { JAN, MASKER, PIET } from './leven.ts';

const PLEK = 7;
const POSTEN: readonly Post[] = [
  { kenmerk: 'P1' },
  { kenmerk: 'P2', begin: '2026-04-01', einde: '2026-04-30' },
  { kenmerk: 'C1', vorig: 'P0' },
  { kenmerk: 'P1', bsn: PIET, toewijzing: '2001' },
  { kenmerk: 'P4', bsn: PIET, toewijzing: '2002' },
];
const CLIENT = '/Bericht/Declaratie/Clienten/Client';
const sleutel = (bsn: string, kenmerk: string, vorig = ''): string =>
  `persoon ${bsn} kenmerk ${kenmerk} ${vorig && `kenmerk ${vorig}`}`;

/** The content of a message as it would be read from its bytes. */
function lees(domein: Domein, nummer: '323' | '325', wijzig: (bericht: never, domein: Domein) => void): Inhoud {
  const soort = soortVan(domein, nummer);
  const inhoud = inhoudVan(soort);
  wijzig(inhoud as never, domein);
  return leesInhoud(alsBytes(inhoud, soort), structuurVan(soort));
}

/** The 325 of the switch, with these findings. */
function vanHetKnooppunt(domein: Domein, vondsten: readonly (readonly [pad: string, retourcode: string])[]): Inhoud {
  const heen = soortVan(domein, '323');
  const bevindingen = vondsten.map(
    ([pad, retourcode]): Bevinding => ({
      ernst: 'fout',
      niveau: 3,
      regel: 'TR',
      retourcode,
      pad,
      regelnummer: 1,
      melding: '',
    }),
  );
  const gemaakt = antwoord(heen, lees(domein, '323', declareer(POSTEN, { nummer: 'D1' })), bevindingen, {
    heenId: '2f1c9d4e-6d0b-4c57-9a43-0d1f3c1f9b11',
    moment: new Date('2026-06-10T12:00:00Z'),
  });
  if (!gemaakt) throw new Error('There is no answer.');
  expect(controleer(gemaakt.bytes, gemaakt.soort, { niveau: 2, bronnen: BRONNEN }).bevindingen).toEqual([]);
  return leesInhoud(gemaakt.bytes, structuurVan(gemaakt.soort));
}
const vanDeGemeente = (domein: Domein, gegevens: Partial<Antwoord>): Inhoud =>
  lees(domein, '325', antwoordOp({ op: 'B2', van: '2026-06-03', ...gegevens }));

const NIET_VERZONDEN = undefined;
const besloten = (...afgewezen: readonly string[]) => ({ volgorde: PLEK, afgewezen: new Set(afgewezen) });
const besluit = (inhoud: Inhoud) => besluitVan(inhoud, PLEK, MASKER);

describe.each(DOMEINEN)('%s', (domein) => {
  test.each<[string, readonly (readonly [string, string])[], Partial<Antwoord>, ReturnType<typeof besluit>]>([
    ['approved', [], {}, besloten()],
    [
      'a prestatie',
      [[`${CLIENT}[1]/Prestaties/Prestatie[2]/GeleverdVolume`, '9321']],
      { terug: [{ kenmerk: 'P2', begin: '2026-04-01', einde: '2026-04-30' }] },
      besloten(sleutel(JAN, 'P2')),
    ],
    [
      'a credit',
      [[`${CLIENT}[1]/Prestaties/Prestatie[3]/ProductReferentie`, '8017']],
      { terug: [{ kenmerk: 'C1', vorig: 'P0' }], prestatiecodes: ['8017'] },
      besloten(sleutel(JAN, 'C1', 'P0')),
    ],
    [
      'one of two prestaties with one reference',
      [[`${CLIENT}[2]/Prestaties/Prestatie[1]/ProductReferentie`, '8021']],
      { terug: [{ kenmerk: 'P1', bsn: PIET, toewijzing: '2001' }], prestatiecodes: ['8021'] },
      besloten(sleutel(PIET, 'P1')),
    ],
    [
      'a client',
      [[`${CLIENT}[2]/Bsn`, '8187']],
      {
        terug: POSTEN.filter(({ bsn }) => bsn === PIET),
        clientcodes: ['8187'],
        prestatiecodes: ['0233'],
      },
      besloten(sleutel(PIET, 'P1'), sleutel(PIET, 'P4')),
    ],
    [
      'the declaratie',
      [['/Bericht/Declaratie/DeclaratieNummer', '9333']],
      { codes: ['9333'], toegekend: 0 },
      NIET_VERZONDEN,
    ],
    ['the header', [['/Bericht/Header/BerichtIdentificatie', '9056']], { kopcodes: ['9056'] }, NIET_VERZONDEN],
  ])('%s: the switch and a gemeente say the same', (_, vondsten, gegevens, verwacht) => {
    expect(besluit(vanHetKnooppunt(domein, vondsten))).toEqual(verwacht);
    expect(besluit(vanDeGemeente(domein, gegevens))).toEqual(verwacht);
  });
});

const gemeente = (gegevens: Partial<Antwoord>) => besluit(vanDeGemeente('iwmo', gegevens));

test('technically rejected counts as not sent', () => {
  expect(gemeente({ kopcodes: ['0001'] })).toBe(NIET_VERZONDEN);
  expect(gemeente({ kopcodes: ['0200', '0001'] })).toBe(NIET_VERZONDEN);
});

test('a declaratie that was not judged was not granted, unless its total says that it was', () => {
  expect(gemeente({ codes: ['0233'], toegekend: 0 })).toBe(NIET_VERZONDEN);
  const terug = [{ kenmerk: 'P1' }];
  expect(gemeente({ codes: ['0233'], terug })).toEqual(besloten(sleutel(JAN, 'P1')));
  expect(gemeente({ codes: ['0200', '0233'], toegekend: 0 })).toBe(NIET_VERZONDEN);
});

test('a code of a rule on the declaratie refuses it, whatever stands beside it', () => {
  expect(gemeente({ codes: ['0200', '8214'], toegekend: 1 })).toBe(NIET_VERZONDEN);
});

test('nothing granted is not yet nothing sent: every prestatie may be refused by itself', () => {
  expect(gemeente({ terug: [{ kenmerk: 'P1' }], toegekend: 0 })).toEqual(besloten(sleutel(JAN, 'P1')));
});

test('what is listed was sent back, also with a code that means nothing to remark', () => {
  for (const prestatiecodes of [['0200'], ['0233'], ['9307', '9321']])
    expect(gemeente({ terug: [{ kenmerk: 'P1' }], prestatiecodes })).toEqual(besloten(sleutel(JAN, 'P1')));
});

test('a header without anything below it, and without an objection, grants everything', () => {
  const inhoud = vanDeGemeente('ijw', { kopcodes: ['0200'] });
  expect((inhoud as unknown as Bericht<'325'>).DeclaratieAntwoord).toBeUndefined();
  expect(besluit(inhoud)).toEqual(besloten());
});
