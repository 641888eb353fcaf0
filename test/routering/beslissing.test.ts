/** The decision, rule by rule: each refuses what it is for, says so, and is silent a moment before and after. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { WEIGERINGEN } from '#src/fouten.ts';
import { beslis, REGELNAMEN, type Regelnaam, uitlegVan, type Weigering } from '#src/routering/beslissing.ts';
import { soort } from '../hulp/berichten.ts';
import {
  A,
  BEGIN,
  BEIDE,
  bevroren,
  client,
  feiten,
  G,
  gestopt,
  metOrganisaties,
  ms,
  NU,
  oordeel,
  organisatie,
  rijen,
  uitkomst,
  vensters,
} from './wereld.ts';

/** A case per rule: what refuses, and with which words. */
const GEVALLEN: Readonly<Record<Regelnaam, () => readonly (readonly [Weigering | undefined, string, RegExp])[]>> = {
  machtiging: () => [
    [
      beslis(feiten(), { soort: soort('WMO301'), afzender: G, ontvanger: A, indiener: client('niemand') }, NU),
      'geenToestemmingAfzender',
      /niet namens deze afzender handelen in iWmo/,
    ],
  ],
  'afzender bekend': () => [
    [oordeel(feiten(), 'WMO301', NU, { afzender: '9999' }), 'afzenderOnbekend', /de code van de afzender staat niet/],
  ],
  stop: () => [
    [
      oordeel(feiten({ stops: [gestopt(G)] }), 'WMO301'),
      'aanleveringGestopt',
      /de beheerder neemt sinds 1 juni 2026 om 12:00 niets aan van deze afzender/,
    ],
    // Who succeeds the afzender is stopped.
    [
      oordeel(feiten({ stops: [gestopt('0002')] }), 'WMO301', NU, { afzender: '0001' }),
      'aanleveringGestopt',
      /niets aan/,
    ],
  ],
  'afzender geldig': () => [
    [
      oordeel(metOrganisaties(organisatie(G, { tot: NU })), 'WMO301'),
      'afzenderNietGeldig',
      /is sinds 1 juni 2026 om 12:00 niet meer geldig/,
    ],
    [
      oordeel(metOrganisaties(organisatie(A, { vanaf: NU + 1 })), 'WMO305'),
      'afzenderNietGeldig',
      /is pas vanaf 1 juni 2026 om 12:00 geldig/,
    ],
  ],
  'ontvanger bekend': () => [
    [oordeel(feiten(), 'WMO301', NU, { ontvanger: '99999999' }), 'aanbiederOnbekend', /de code van de ontvanger/],
    [oordeel(feiten(), 'WMO305', NU, { ontvanger: '9999' }), 'gemeenteOnbekend', /de code van de ontvanger/],
  ],
  'ontvanger geldig': () => [
    [oordeel(metOrganisaties(organisatie(A, { tot: NU })), 'JW301'), 'aanbiederNietGeldig', /niet meer geldig/],
    [oordeel(metOrganisaties(organisatie(G, { vanaf: NU + 1 })), 'JW305'), 'gemeenteNietGeldig', /pas vanaf/],
  ],
  richting: () => [
    [oordeel(feiten(), 'WMO301', NU, { ontvanger: '0002' }), 'richtingOnjuist', /van een gemeente naar een aanbieder/],
    [oordeel(feiten(), 'WMO305', NU, { ontvanger: 'SVB' }), 'richtingOnjuist', /van een aanbieder naar een gemeente/],
    [oordeel(feiten(), 'WMO302', NU, { afzender: G, ontvanger: A }), 'richtingOnjuist', /van een aanbieder/],
  ],
  'deelname afzender': () => [
    [
      oordeel(feiten(), 'JW305', NU, { afzender: '98000002' }),
      'afzenderZonderDeelname',
      /de afzender neemt niet deel aan iJw/,
    ],
    [
      oordeel(metOrganisaties(organisatie(G, { deelname: [{ domein: 'iwmo', vanaf: null, tot: NU }] })), 'WMO301'),
      'afzenderZonderDeelname',
      /neemt sinds 1 juni 2026 om 12:00 niet meer deel aan iWmo/,
    ],
  ],
  'deelname ontvanger': () => [
    [
      oordeel(feiten(), 'JW301', NU, { ontvanger: '98000002' }),
      'ontvangerZonderDeelname',
      /de ontvanger neemt niet deel aan iJw/,
    ],
    [
      oordeel(metOrganisaties(organisatie(A, { deelname: [{ domein: 'iwmo', vanaf: NU + 1, tot: null }] })), 'WMO301'),
      'ontvangerZonderDeelname',
      /neemt pas vanaf 1 juni 2026 om 12:00 deel aan iWmo/,
    ],
  ],
  venster: () => [
    [
      oordeel(feiten({ vensters: vensters({ WMO301: [] }) }), 'WMO301'),
      'berichtsoortNogNietToegestaan',
      /voor WMO301 van release 3\.2 is geen periode opengesteld/,
    ],
    [
      oordeel(feiten({ vensters: vensters({ WMO301: [['2026-07-01T00:00+02:00', null]] }) }), 'WMO301'),
      'berichtsoortNogNietToegestaan',
      /mag pas vanaf 1 juli 2026 om 00:00/,
    ],
    [
      oordeel(feiten({ vensters: vensters({ WMO301: [[null, '2026-03-26T13:00+01:00']] }) }), 'WMO301'),
      'berichtsoortNietMeerToegestaan',
      /mag sinds 26 maart 2026 om 13:00 niet meer/,
    ],
  ],
  bevriezing: () => [
    [
      oordeel(feiten({ bevriezingen: bevroren() }), 'WMO301', BEGIN),
      'berichtsoortBevroren',
      /WMO301 is bevroren tot 30 maart 2026 om 08:00; bied het bericht daarna opnieuw aan/,
    ],
    [oordeel(feiten({ bevriezingen: bevroren({ tot: null }) }), 'WMO301'), 'berichtsoortBevroren', /tot nader bericht/],
  ],
};

describe('the rule', () => {
  test.each(REGELNAMEN)('%s refuses, is named, and says why in Dutch without a code of the message', (regel) => {
    for (const [weigering, kind, uitleg] of GEVALLEN[regel]()) {
      expect(weigering).toMatchObject({ regel, soort: kind });
      const zin = weigering ? uitlegVan(weigering) : '';
      expect(zin).toMatch(uitleg);
      expect(zin).toMatch(new RegExp(`^Regel ${regel}: [a-zA-Z].*\\.$`));
      expect(zin).not.toMatch(/\b(0003|9999|98000001|98000002|99999999|SVB)\b/);
      expect(Object.keys(WEIGERINGEN)).toContain(kind);
    }
  });

  test('that comes first decides: who may not act learns of nothing else', () => {
    const alles = { vensters: [], bevriezingen: bevroren(), organisaties: [] };
    const vraag = { soort: soort('WMO301'), afzender: '9999', ontvanger: '9999' };
    expect(beslis(feiten(alles), { ...vraag, indiener: client('x') }, BEGIN)?.regel).toBe('machtiging');
    expect(beslis(feiten(alles), { ...vraag, indiener: BEIDE }, BEGIN)?.regel).toBe('afzender bekend');
  });
});

describe('a machtiging', () => {
  const vanaf = ms('2026-02-01T00:00:00+01:00');
  const tot = ms('2026-03-01T00:00:00+01:00');
  const wereld = feiten({
    machtigingen: [{ client: 'bureau', organisatie: G, domein: 'iwmo', vanaf, tot }],
  });
  const mag = (moment: number, code = 'WMO301', afzender = G, id = 'bureau') =>
    beslis(wereld, { soort: soort(code), afzender, ontvanger: A, indiener: client(id) }, moment) === undefined;

  test('holds from its first to just before its last moment', () => {
    expect([vanaf - 1, vanaf, tot - 1, tot].map((moment) => mag(moment))).toEqual([false, true, true, false]);
  });
  test('does not hold for another domein, organisation or client', () => {
    expect([mag(vanaf, 'JW301'), mag(vanaf, 'WMO301', '0002'), mag(vanaf, 'WMO301', G, 'buro')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a window', () => {
  const tot = '2026-03-26T13:00:00+01:00';
  const weer = '2026-03-30T08:00:00+02:00';

  test('is open from its first to just before its last moment, and again in the next', () => {
    const wereld = feiten({
      vensters: vensters({
        WMO323: [
          [null, tot],
          [weer, null],
        ],
      }),
    });
    const momenten = [ms(tot) - 1, ms(tot), ms(weer) - 1, ms(weer)];
    expect(momenten.map((moment) => uitkomst(wereld, 'WMO323', moment))).toEqual([
      'mag',
      'berichtsoortNogNietToegestaan',
      'berichtsoortNogNietToegestaan',
      'mag',
    ]);
  });
  test('is of one berichtsoort, release and direction', () => {
    const wereld = feiten({ vensters: vensters({ WMO323: [[null, tot]] }) });
    expect(uitkomst(wereld, 'JW323')).toBe('mag');
    expect(uitkomst(wereld, 'WMO325')).toBe('mag');
    expect(uitkomst(wereld, 'WMO323')).toBe('berichtsoortNietMeerToegestaan');
    const verkeerd = rijen().vensters.map((rij) => ({ ...rij, richting: 'gemeente-aanbieder' as const }));
    expect(uitkomst(feiten({ vensters: verkeerd }), 'WMO305')).toBe('berichtsoortNogNietToegestaan');
    const ander = rijen().vensters.map((rij) => ({ ...rij, release: '3.3' }));
    expect(uitkomst(feiten({ vensters: ander }), 'WMO301')).toBe('berichtsoortNogNietToegestaan');
  });
});

test('docs/routering.md has every rule, in order, with its refusals', () => {
  const pagina = readFileSync(path.resolve(import.meta.dirname, '../../docs/routering.md'), 'utf8');
  const rijen = [...pagina.matchAll(/^\| `([^`]+)` \| .* \| (`.*`) \|$/gm)].map(([, regel, soorten = '']) => [
    regel,
    [...soorten.matchAll(/`(\w+)`/g)].map(([, kind]) => kind).sort(),
  ]);
  expect(rijen).toEqual(
    REGELNAMEN.map((regel) => [regel, [...new Set(GEVALLEN[regel]().map(([, kind]) => kind))].sort()]),
  );
});
