/** When an answer is due: the terms of the norm, in Dutch days, and what track & trace expects next. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { plusDagen } from '#src/koppeling/kalender.ts';
import { type Stand, verwachteStap } from '#src/koppeling/stap.ts';
import {
  beginnendeTermijnen,
  TERMIJNSOORTEN,
  teLaatVoor,
  uiterlijk,
  verwachteSoorten,
  werkdagenOver,
} from '#src/koppeling/termijnen.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { datum } from '#src/tijd.ts';
import { HEENBERICHTEN, soort } from '../hulp/berichten.ts';

const kalender = await laadKalender();

describe('the last day on which an answer is in time', () => {
  const GEVALLEN = [
    ['retour', 'on a Monday morning', '2026-11-23T08:00:00+01:00', '2026-11-26'],
    ['retour', 'a minute before midnight', '2026-11-22T23:59:00+01:00', '2026-11-25'],
    [
      'retour',
      'a minute after midnight, when the clocks of the world say the day before',
      '2026-11-23T00:01:00+01:00',
      '2026-11-26',
    ],
    ['retour', 'a minute after midnight in summer', '2026-07-01T00:01:00+02:00', '2026-07-06'],
    ['retour', 'in the night that summer time begins', '2026-03-29T03:30:00+02:00', '2026-04-01'],
    ['retour', 'at half past two, for the second time', '2026-10-25T02:30:00+01:00', '2026-10-28'],
    ['retour', 'before Easter', '2026-04-02T12:00:00+02:00', '2026-04-08'],
    ['retour', 'on Good Friday', '2026-04-03T12:00:00+02:00', '2026-04-09'],
    ['retour', 'on Christmas Day', '2026-12-25T12:00:00+01:00', '2026-12-30'],
    ['verzoek', 'on the Friday before Koningsdag', '2026-04-24T12:00:00+02:00', '2026-05-04'],
    ['declaratie', 'on the Friday before Koningsdag and Bevrijdingsdag', '2026-04-24T12:00:00+02:00', '2026-05-12'],
    ['declaratie', 'on the day before Christmas', '2026-12-24T12:00:00+01:00', '2027-01-11'],
    ['onderzoek', 'on a Monday: 8 weeks later', '2026-11-23T12:00:00+01:00', '2027-01-18'],
    ['onderzoek', 'on a Sunday: the Monday after 8 weeks', '2026-11-22T12:00:00+01:00', '2027-01-18'],
    ['onderzoek', '8 weeks before Easter Monday: the Tuesday', '2026-02-09T12:00:00+01:00', '2026-04-07'],
  ] as const;
  test.each(GEVALLEN)('%s, delivered %s (%s): %s', (termijn, _wanneer, bezorgd, laatste) => {
    expect(uiterlijk(termijn, new Date(bezorgd), kalender)).toBe(laatste);
  });
});

describe('working days left', () => {
  // Due on Friday 27 November.
  const GEVALLEN = [
    ['2026-11-24', 3],
    ['2026-11-26', 1],
    ['2026-11-27', 0],
    ['2026-11-28', -1],
    ['2026-11-29', -1],
    ['2026-11-30', -1],
    ['2026-12-01', -2],
    ['2026-11-21', 5],
  ] as const;
  test.each(GEVALLEN)('on %s: %i', (vandaag, over) =>
    expect(werkdagenOver('2026-11-27', vandaag, kalender)).toBe(over),
  );

  test('negative exactly when the last day has passed, in weekends and on holidays too', () => {
    const dag = fc.integer({ min: 0, max: 3000 }).map((aantal) => plusDagen('2024-01-01', aantal));
    fc.assert(
      fc.property(dag, fc.integer({ min: -40, max: 40 }), (van, verschil) => {
        const laatste = kalender.eersteWerkdag(van);
        const vandaag = plusDagen(laatste, verschil);
        expect(werkdagenOver(laatste, vandaag, kalender) < 0).toBe(laatste < vandaag);
      }),
      { numRuns: 1000 },
    );
  });
});

test('what was delivered before the moment of lateness is late, and nothing else: to the millisecond, any day of ten years', () => {
  const dag = fc.integer({ min: 0, max: 3650 }).map((aantal) => plusDagen('2024-01-01', aantal));
  fc.assert(
    fc.property(dag, fc.constantFrom(...TERMIJNSOORTEN), (vandaag, termijn) => {
      const grens = teLaatVoor(termijn, vandaag, kalender);
      expect(datum(grens) <= vandaag).toBe(true);
      expect(uiterlijk(termijn, grens, kalender) >= vandaag).toBe(true);
      expect(uiterlijk(termijn, new Date(grens.getTime() - 1), kalender) < vandaag).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

describe('which terms begin', () => {
  const NUMMERS: Readonly<Record<string, readonly string[]>> = {
    301: ['retour'],
    305: ['retour'],
    307: ['retour'],
    315: ['retour', 'verzoek'],
    317: ['retour', 'verzoek'],
    319: ['retour'],
    323: ['declaratie'],
  };
  test.each(BERICHTSOORTEN)('with $code', (rij) => {
    const { nummer } = rij;
    const vraagt = ['315', '317'].includes(nummer);
    const eigen = NUMMERS[nummer] ?? [];
    expect(beginnendeTermijnen(rij, false, vraagt)).toEqual(eigen);
    expect(beginnendeTermijnen(rij, true, vraagt)).toEqual(vraagt ? ['verzoek'] : []);
    expect(beginnendeTermijnen(rij, false, false)).toEqual(eigen.slice(0, 1));
  });

  test.each(HEENBERICHTEN)('and what ends them for $code', (rij) => {
    const voor = rij.code.slice(0, -3);
    const eigen = rij.nummer === '323' ? 'declaratie' : 'retour';
    expect(verwachteSoorten(eigen, rij)).toEqual([rij.antwoord]);
    for (const termijn of ['verzoek', 'onderzoek'] as const)
      expect(verwachteSoorten(termijn, rij)).toEqual([`${voor}301`, `${voor}319`]);
  });
});

describe('the next step', () => {
  const bezorgdOp = new Date('2026-11-23T12:00:00+01:00');
  const basis: Stand = {
    soort: soort('WMO315'),
    status: 'verwerkt',
    bezorging: 'bevestigd',
    ontvanger: '0363',
    openTermijnen: [],
  };
  const retour = { termijn: 'retour', bezorgdOp } as const;
  const verzoek = { termijn: 'verzoek', bezorgdOp } as const;
  const ANTWOORD = { antwoorden: ['WMO316'], uiterlijk: '2026-11-26' };
  const BESLUIT = { antwoorden: ['WMO301', 'WMO319'], uiterlijk: '2026-11-30' };
  const NIETS = { antwoorden: [], uiterlijk: null };
  const door = '0363';
  const GEVALLEN: readonly (readonly [string, Partial<Stand>, object | null])[] = [
    ['waits in its lane', { status: 'ontvangen', bezorging: null }, { stap: 'verwerken', door: 'knooppunt', ...NIETS }],
    ['was refused', { status: 'afgekeurd', bezorging: null }, null],
    [
      'lies in the postbus',
      { bezorging: 'te_bezorgen', openTermijnen: [verzoek, retour] },
      { stap: 'ophalen', door, ...ANTWOORD },
    ],
    ['could not be pushed', { bezorging: 'onbestelbaar' }, { stap: 'ophalen', door, ...NIETS }],
    ['is on lease', { bezorging: 'opgehaald', openTermijnen: [retour] }, { stap: 'bevestigen', door, ...ANTWOORD }],
    ['waits for both its answers', { openTermijnen: [verzoek, retour] }, { stap: 'beantwoorden', door, ...ANTWOORD }],
    ['has its retour', { openTermijnen: [verzoek] }, { stap: 'beantwoorden', door, ...BESLUIT }],
    ['has all its answers', {}, null],
    ['is a Fo01 in the postbus', { soort: null, bezorging: 'te_bezorgen' }, { stap: 'ophalen', door, ...NIETS }],
    ['is a confirmed retour', { soort: soort('WMO302') }, null],
  ];
  test.each(GEVALLEN)('of a message that %s', (_naam, stand, verwacht) => {
    expect(verwachteStap({ ...basis, ...stand }, kalender)).toEqual(verwacht);
  });
});
