/** What a user may do follows from its organisation and its diensten, and never from one of them alone. Pure. */
import { describe, expect, test } from 'vitest';
import type { Deelnemer } from '#src/routering/feiten.ts';
import { domeinenVoor, eisPostbus } from '#src/toegang/bevoegdheid.ts';
import { clientsVan, dienstenVan } from '#src/toegang/gebruikers/rechten.ts';
import { bezwaarTegen, type Gezag, gezagVan } from '#src/toegang/gebruikers/regels.ts';
import { DIENSTEN, type Dienst, ROLLEN } from '#src/toegang/gebruikers/types.ts';

/** Of gemeente 0363, that succeeded 0457 and acts by machtiging for 0344 in the Jeugdwet. */
const RECHTEN = { namens: new Set(['0363', '0457']), machtigingen: new Map([['0344', new Set(['ijw'] as const)]]) };
const mag = (diensten: readonly Dienst[]) =>
  clientsVan({ id: 'x', rol: 'gebruiker', diensten: new Set(diensten) }, RECHTEN);

describe('with the diensten', () => {
  test.each<readonly [readonly Dienst[], readonly string[], readonly string[], readonly string[]]>([
    [[], [], [], []],
    [['ketendata', 'wlz-toets', 'wlz-signalen'], [], [], []],
    [['wmo'], ['iwmo'], ['iwmo'], []],
    [['jw'], ['ijw'], ['ijw'], ['ijw']],
    [['wmo', 'jw'], ['iwmo', 'ijw'], ['iwmo', 'ijw'], ['ijw']],
  ])(
    '%j one acts for its own in %j, for who it succeeded in %j, by machtiging in %j',
    (diensten, eigen, voor, machtiging) => {
      const { client } = mag(diensten);
      expect(['0363', '0457', '0344', '0518'].map((code) => domeinenVoor(client, code))).toEqual([
        eigen,
        voor,
        machtiging,
        [],
      ]);
      expect(client).toMatchObject({ id: 'gebruiker:x', beheerder: false });
      if (eigen.length === 0) expect(() => eisPostbus(client, '0363')).toThrow('niet namens deze organisatie');
    },
  );

  test('for the Wlz one acts in the Wmo alone, and only with one of its diensten', () => {
    expect(mag(['wmo', 'jw', 'ketendata']).wlzClient).toBeUndefined();
    for (const dienst of ['wlz-toets', 'wlz-signalen'] as const) {
      const { wlzClient } = mag([dienst]);
      expect(wlzClient && ['0363', '0344'].map((code) => domeinenVoor(wlzClient, code))).toEqual([['iwmo'], []]);
    }
  });
});

test('only the operator has the right of the operator', () => {
  for (const rol of ROLLEN)
    expect(clientsVan({ id: 'x', rol, diensten: new Set(DIENSTEN) }, RECHTEN).client.beheerder).toBe(
      rol === 'beheerder',
    );
});

describe('an organisation', () => {
  const altijd = { vanaf: Number.NEGATIVE_INFINITY, tot: Number.POSITIVE_INFINITY };
  const straks = { vanaf: Date.UTC(2030, 0, 1), tot: Number.POSITIVE_INFINITY };
  const van = (soort: Deelnemer['soort'], deelname: Deelnemer['deelname']): readonly Dienst[] =>
    dienstenVan(
      { code: 'x', soort, geldig: altijd, opvolger: null, stuf: null, deelname },
      new Date(Date.UTC(2026, 0, 1)),
    );
  test.each<readonly [Deelnemer['soort'], Deelnemer['deelname'], readonly Dienst[]]>([
    [
      'gemeente',
      new Map([
        ['iwmo', altijd],
        ['ijw', altijd],
      ]),
      DIENSTEN,
    ],
    ['gemeente', new Map([['ijw', altijd]]), ['jw', 'ketendata']],
    ['gemeente', new Map([['iwmo', straks]]), ['ketendata']],
    [
      'aanbieder',
      new Map([
        ['iwmo', altijd],
        ['ijw', altijd],
      ]),
      ['wmo', 'jw', 'ketendata'],
    ],
    ['ketenpartij', new Map(), ['ketendata']],
  ])('%s has the diensten of what it takes part in', (soort, deelname, diensten) => {
    expect([...van(soort, deelname)].sort()).toEqual([...diensten].sort());
  });
});

test('whatever a gebruikersbeheerder tries, it ends in its own organisation, below the operator', () => {
  const gezag = gezagVan({ rol: 'gebruikersbeheerder', organisatie: '0363' }) as Gezag;
  const kan = ROLLEN.flatMap((rol) =>
    ['0363', '0344', null].flatMap((organisatie) =>
      DIENSTEN.filter(
        (dienst) => bezwaarTegen(gezag, { organisatie, rol, diensten: [dienst] }, ['wmo', 'jw']) === undefined,
      ).map((dienst) => `${organisatie} ${rol} ${dienst}`),
    ),
  );
  expect(kan).toEqual([
    '0363 gebruiker wmo',
    '0363 gebruiker jw',
    '0363 gebruikersbeheerder wmo',
    '0363 gebruikersbeheerder jw',
  ]);
  expect(ROLLEN.filter((rol) => gezagVan({ rol, organisatie: '0363' }))).toEqual(['gebruikersbeheerder', 'beheerder']);
});
