/** Who may do what for whom, enumerated over a small world: nobody gets more than his own, and the default is no. */
import { describe, expect, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import { eisBevoegd, eisPostbus, type Handeling, magZien } from '#src/toegang/bevoegdheid.ts';
import type { Client } from '#src/toegang/clients.ts';

const ORGANISATIES = ['0363', '0344', '98000001', '98000002'];
const client = (id: string, namens: readonly string[], beheerder = false): Client => ({
  id,
  namens: new Set(namens),
  beheerder,
});
const CLIENTS: readonly Client[] = [
  client('nobody', []),
  client('gemeente', ['0363']),
  client('aanbieder', ['98000001']),
  client('leverancier', ['0363', '98000001']),
  client('operator', [], true),
  client('operator of a gemeente', ['0344'], true),
];
const HANDELINGEN: Readonly<Record<Handeling, { readonly beheer: boolean; readonly weigering: string }>> = {
  'instelling lezen': { beheer: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'instelling wijzigen': { beheer: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'dossier invoeren': { beheer: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'mandaat lezen': { beheer: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'mandaat wijzigen': { beheer: false, weigering: 'nietBevoegdVoorOrganisatie' },
  'mandaat noteren': { beheer: true, weigering: 'nietBevoegdVoorOrganisatie' },
};

const gevallen = CLIENTS.flatMap((wie) =>
  ORGANISATIES.flatMap((organisatie) =>
    Object.entries(HANDELINGEN).map(([handeling, { beheer, weigering }]) => {
      const mag = wie.namens.has(organisatie) || (beheer && wie.beheerder);
      return { wie, id: wie.id, organisatie, handeling: handeling as Handeling, uitkomst: mag ? 'allowed' : weigering };
    }),
  ),
);

describe('authorisation', () => {
  test.each(gevallen)('$id, $handeling for $organisatie: $uitkomst', ({ wie, organisatie, handeling, uitkomst }) => {
    let gekregen = 'allowed';
    try {
      eisBevoegd(wie, handeling, organisatie);
    } catch (fout) {
      if (!(fout instanceof KnooppuntFout)) throw fout;
      gekregen = fout.soort;
    }
    expect(gekregen).toBe(uitkomst);
  });

  test.each(['', '036', '03630', '*', 'constructor', ' 0363'])(
    'a code that is none (%j) gives nobody anything, except the operator',
    (code) => {
      for (const wie of CLIENTS) {
        expect(() => eisPostbus(wie, code)).toThrow(KnooppuntFout);
        if (!wie.beheerder) expect(() => eisBevoegd(wie, 'instelling lezen', code)).toThrow(KnooppuntFout);
      }
    },
  );
});

test.each(CLIENTS)('$id reads the postbussen of its own organisations, and no other', (wie) => {
  for (const organisatie of ORGANISATIES) {
    if (wie.namens.has(organisatie)) expect(eisPostbus(wie, organisatie)).toBeUndefined();
    else expect(() => eisPostbus(wie, organisatie)).toThrow(KnooppuntFout);
  }
});

describe('seeing a bericht', () => {
  const paren = ORGANISATIES.flatMap((afzender) => ORGANISATIES.map((ontvanger) => ({ afzender, ontvanger })));
  test.each(paren)('from $afzender to $ontvanger is only for who acts for one of the two', (bericht) => {
    for (const wie of CLIENTS) {
      const mag = [...wie.namens].some((code) => code === bericht.afzender || code === bericht.ontvanger);
      expect(magZien(wie, bericht), wie.id).toBe(mag);
    }
  });
});
