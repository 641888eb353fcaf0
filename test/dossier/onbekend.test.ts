/** What the dossier cannot know is never a reason to refuse: the beginning of the dossier, and lives that are cut in half. */
import { describe, expect, test } from 'vitest';
import type { Dossierbegin } from '#src/dossier/kennis.ts';
import { DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { HEEL, Leven, ONGEZEGD, type Oordeel, PIET } from './leven.ts';
import { AFGEWEZEN, aanvraag, antwoord, IN_ONDERZOEK, start, stop, toewijzing, VERWIJDERD, wijziging } from './maak.ts';

const vanaf = (dag: string, lopendeIngevoerd = true): Dossierbegin => ({
  ...HEEL,
  volledigVanaf: dag,
  lopendeIngevoerd,
});
const ANDERE = { nummer: '1002', product: 'ander' } as const;

/** Rule → a life in which something is missing, and the day on which it must have played a part. */
const ONTBREEKT: readonly (readonly [regel: string, dag: string, leef: (leven: Leven) => Oordeel])[] = [
  ['TR019', '2026-03-01', (leven) => leven.schouw('305', '2026-03-05', start())],
  ['TR063', '2026-03-02', (leven) => leven.schouw('305', '2026-03-05', start({ status: '3' }))],
  ['TR063', '2026-03-02', (leven) => leven.schouw('307', '2026-05-05', stop({ status: '3' }))],
  [
    'TR382',
    '2026-03-02',
    (leven) => {
      leven.stuur('301', '2026-03-01', toewijzing());
      return leven.schouw('307', '2026-05-05', stop());
    },
  ],
  ['TR304', '2026-05-15', (leven) => leven.schouw('317', '2026-05-15', wijziging())],
  [
    'TR350',
    '2026-05-15',
    (leven) => {
      leven.stuur('301', '2026-05-01', toewijzing());
      return leven.schouw('317', '2026-05-15', wijziging({ gewijzigd: [{}], ongewijzigd: ['9999'] }));
    },
  ],
  [
    'TR351',
    '2026-05-15',
    (leven) => {
      leven.stuur('301', '2026-05-01', toewijzing());
      return leven.schouw('317', '2026-05-15', wijziging({ gewijzigd: [{}, { nummer: '9999' }] }));
    },
  ],
  ['TR355', '2025-02-10', (leven) => leven.schouw('319', '2026-02-10', antwoord('VOT-1', AFGEWEZEN))],
  ['TR379', '2025-03-01', (leven) => leven.schouw('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-1' }))],
  // A version of long ago that is sent again: its request is older still.
  [
    'TR379',
    '2023-12-01',
    (leven) => leven.schouw('301', '2026-03-01', toewijzing({ kenmerk: 'VOT-1', op: '2024-12-01' })),
  ],
];

describe.each(DOMEINEN)('%s', (domein) => {
  describe.each(ONTBREEKT)('%s, about %s', (regel, dag, leef) => {
    const over = (begin: Dossierbegin) =>
      leef(new Leven(domein, begin))
        .vondsten.filter((vondst) => vondst[0] === regel)
        .map(([, ernst]) => ernst);
    const dagErna = new Date(Date.parse(dag) + 86_400_000).toISOString().slice(0, 10);

    test('is a fout when the dossier was there on that day', () => {
      expect(over(vanaf(dag))).toEqual(['fout']);
    });

    test.each([
      ['began a day later', vanaf(dagErna)],
      ['was there, but what ran was not imported', vanaf(dag, false)],
      ['was there, but something passed unread', { ...vanaf('2020-01-01'), blindTot: '2020-06-30' }],
      ['does not say where it begins', ONGEZEGD],
    ])('cannot be told when the dossier %s', (_, begin) => {
      expect(over(begin)).toEqual(['onbekend']);
      expect(leef(new Leven(domein, begin)).nietBeoordeeld).not.toEqual([]);
    });
  });

  describe('a toewijzing of which a newer version may have passed unseen', () => {
    // Its 301 is of 1 March; the dossier begins on 1 May, or something passed unread until then.
    const begin = vanaf('2026-05-01');
    const vraag = (gevraagd: Parameters<typeof wijziging>[0], begint: Dossierbegin = begin) => {
      const leven = new Leven(domein, begint);
      leven.stuur('301', '2026-03-01', toewijzing({ einde: '2026-05-10' }, ANDERE));
      return leven
        .schouw('317', '2026-05-15', wijziging(gevraagd))
        .vondsten.map(([regel, ernst]) => `${regel} ${ernst}`);
    };

    test('need not be named, may have gone on, and may be another product by now', () => {
      const gevraagd = { ongewijzigd: ['1001'], nieuw: [{ product: 'ander' }] } as const;
      expect(vraag(gevraagd)).toEqual(['TR349 onbekend', 'TR350 onbekend', 'TR361 onbekend']);
      expect(vraag(gevraagd, { ...HEEL, blindTot: '2026-04-30' })).toEqual(vraag(gevraagd));
      expect(vraag(gevraagd, HEEL)).toEqual(['TR349 fout', 'TR350 fout']);
    });

    test.each([
      ['TR351', { nummer: '1001' }],
      ['TR357', { nummer: '1002', ingang: '2026-05-15' }],
      ['TR411', { nummer: '1002', omvang: null }],
    ])('%s cannot be told', (regel, gewijzigd) => {
      const gevraagd = { gewijzigd: [gewijzigd], ongewijzigd: gewijzigd.nummer === '1001' ? ['1002'] : [] };
      expect(vraag(gevraagd)).toContain(`${regel} onbekend`);
      expect(vraag(gevraagd)).not.toContain(`${regel} fout`);
      expect(vraag(gevraagd, HEEL)).toContain(`${regel} fout`);
    });
  });

  describe('something passed unread until 1 April', () => {
    const BLIND = { ...HEEL, blindTot: '2026-04-01' };
    const kort = ({ vondsten, eerder }: Oordeel) =>
      vondsten.map(([regel, ernst], nr) => `${regel} ${ernst} ${eerder[nr]}`.trimEnd());
    const toegewezen = (): Leven => {
      const leven = new Leven(domein, BLIND);
      leven.stuur('301', '2026-03-01', toewijzing());
      return leven;
    };

    test('what stands in the message itself is sure', () => {
      expect(kort(toegewezen().schouw('305', '2026-03-05', start({}, { begin: '2026-03-03' })))).toEqual([
        'TR326 fout 2',
      ]);
    });

    test('of two that collide, one that is sure is enough', () => {
      const leven = toegewezen();
      for (const dag of ['01', '02', '03']) leven.stuur('305', `2026-04-${dag}`, start({ begin: `2026-03-${dag}` }));
      expect(kort(leven.schouw('305', '2026-05-05', start({ begin: '2026-05-01' })))).toEqual(['TR326 fout 3']);
      for (const [dag, reden] of [
        ['01', '20'],
        ['02', '20'],
        ['01', '38'],
        ['02', '38'],
      ] as const)
        leven.stuur('307', `2026-04-${dag}`, stop({ begin: '2026-03-02', reden, einde: '2026-04-01' }));
      const stops = (reden: string) =>
        kort(leven.schouw('307', '2026-05-05', stop({ begin: '2026-03-02', reden, einde: '2026-05-01' })));
      expect(stops('20')).toEqual(['TR413 fout 6', 'TR415 fout 8']);
      expect(stops('37')).toEqual(['TR415 fout 8']);
      expect(kort(leven.schouw('305', '2026-05-05', start({ begin: '2026-03-02', status: '3' })))).toEqual([
        'TR071 fout 6',
      ]);
    });
  });

  test('what the dossier has collides, wherever it begins', () => {
    const leven = new Leven(domein, ONGEZEGD);
    leven.stuur('305', '2026-03-05', start());
    const { vondsten, nietBeoordeeld } = leven.schouw('305', '2026-03-06', start());
    expect(vondsten.map(([regel, ernst]) => `${regel} ${ernst}`)).toEqual([
      'TR019 onbekend',
      'TR074 fout',
      'TR326 fout',
    ]);
    // Refused is more than not judged: the class carries its codes.
    expect(nietBeoordeeld).toEqual([]);
  });
});

/** Every message of this life is right, and most of them lean on earlier ones. */
const LEVENSLOOP: readonly ((leven: Leven, domein: Domein) => Oordeel)[] = [
  (leven) => leven.ontvang('315', '2026-02-01', aanvraag('VOT-1', 'VOT-2')),
  (leven) => leven.ontvang('319', '2026-02-03', antwoord('VOT-1', IN_ONDERZOEK)),
  (leven) => leven.ontvang('319', '2026-02-04', antwoord('VOT-2', AFGEWEZEN)),
  (leven) => leven.ontvang('301', '2026-02-20', toewijzing({ kenmerk: 'VOT-1' })),
  (leven) => leven.ontvang('305', '2026-03-05', start()),
  (leven) => leven.ontvang('305', '2026-03-06', start({ status: '3' }, { begin: '2026-03-03' })),
  (leven) => leven.ontvang('301', '2026-03-10', toewijzing({}, ANDERE), {}),
  (leven) => leven.ontvang('301', '2026-03-10', toewijzing({ nummer: '1003' }), { bsn: PIET }),
  (leven) => leven.ontvang('305', '2026-03-20', start(ANDERE)),
  (leven) => leven.ontvang('307', '2026-04-05', stop({ begin: '2026-03-03', reden: '20', einde: '2026-04-01' })),
  (leven) => leven.ontvang('305', '2026-04-20', start({ begin: '2026-04-15' })),
  (leven) => leven.ontvang('317', '2026-05-01', wijziging({ gewijzigd: [{}], ongewijzigd: ['1002'] })),
  (leven) => leven.ontvang('319', '2026-05-05', antwoord('VOW-1', AFGEWEZEN)),
  (leven) => leven.ontvang('307', '2026-05-06', stop({ begin: '2026-03-03', einde: '2026-04-01' })),
  (leven) => leven.ontvang('301', '2026-05-07', toewijzing({ ...ANDERE, ...VERWIJDERD })),
  (leven) => leven.ontvang('317', '2026-05-15', wijziging({ kenmerk: 'VOW-2', gewijzigd: [{}] })),
  (leven) => leven.ontvang('301', '2026-05-20', toewijzing({ kenmerk: 'VOW-2', einde: '2026-06-30', reden: '14' })),
  (leven) => leven.ontvang('307', '2026-06-10', stop({ begin: '2026-04-15', einde: '2026-06-05' })),
];

describe.each(DOMEINEN)('%s, a life cut in half', (domein) => {
  const leef = (begin: Dossierbegin, weg: number): readonly Oordeel[] => {
    const leven = new Leven(domein, begin);
    return LEVENSLOOP.slice(weg).map((stap) => stap(leven, domein));
  };
  const regels = (oordelen: readonly Oordeel[]): readonly string[] =>
    oordelen.flatMap(({ vondsten }) => vondsten.map(([regel, ernst]) => `${regel} ${ernst}`));
  const weigeringen = (oordelen: readonly Oordeel[]) => regels(oordelen).filter((tekst) => tekst.endsWith(' fout'));

  test('is right as a whole', () => {
    expect(regels(leef(HEEL, 0))).toEqual([]);
  });

  test('is never refused, at whatever moment it is cut', () => {
    for (const [weg] of LEVENSLOOP.entries())
      for (const begin of [ONGEZEGD, vanaf('2026-06-30'), vanaf('2026-01-01', false)])
        expect(weigeringen(leef(begin, weg))).toEqual([]);
  });

  test('would be refused at most cuts by a dossier that says it is whole', () => {
    const geweigerd = LEVENSLOOP.filter((_, weg) => weigeringen(leef(HEEL, weg)).length > 0);
    expect(geweigerd.length).toBeGreaterThan(LEVENSLOOP.length - 3);
  });
});
