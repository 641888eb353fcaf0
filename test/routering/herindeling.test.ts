/** Herindeling: a code goes on to its successor, from midnight to the moment, and the header stays as it is. */
import { describe, expect, test } from 'vitest';
import { beslis } from '#src/routering/beslissing.ts';
import { keten, volgOp } from '#src/routering/opvolging.ts';
import { soort } from '../hulp/berichten.ts';
import { A, client, G, metOrganisaties, ms, NU, organisatie, uitkomst } from './wereld.ts';

describe('herindeling', () => {
  const GRENS = ms('2026-01-01T00:00:00+01:00');
  const VERDER = ms('2027-01-01T00:00:00+01:00');
  const wereld = metOrganisaties(
    organisatie('0001', { tot: GRENS, opvolger: '0002' }),
    organisatie('0002', { vanaf: GRENS, tot: VERDER, opvolger: G }),
  );

  test('a code leads to its successor from the first moment after its end, and on to the next', () => {
    expect([GRENS - 1, GRENS, VERDER - 1, VERDER].map((moment) => volgOp(wereld, '0001', moment))).toEqual([
      '0001',
      '0002',
      '0002',
      G,
    ]);
    expect(keten(wereld, '0001', VERDER)).toEqual(['0001', '0002', G]);
    expect([volgOp(wereld, '9999', NU), volgOp(wereld, A, NU), volgOp(wereld, '0002', 0)]).toEqual(['9999', A, '0002']);
  });

  test('a message to the old code goes on being accepted, one to the new code only from its first day', () => {
    const naar = (ontvanger: string, moment: number) => uitkomst(wereld, 'WMO305', moment, { ontvanger });
    expect([naar('0001', GRENS - 1), naar('0001', GRENS), naar('0001', VERDER)]).toEqual(['mag', 'mag', 'mag']);
    expect([naar('0002', GRENS - 1), naar('0002', GRENS)]).toEqual(['gemeenteNietGeldig', 'mag']);
  });

  test('the successor sends under the old code once it has ended; before that only the old one does', () => {
    const stuur = (namens: string, moment: number) =>
      beslis(
        wereld,
        { soort: soort('WMO301'), afzender: '0001', ontvanger: A, indiener: client('x', [namens]) },
        moment,
      )?.soort ?? 'mag';
    expect([stuur('0002', GRENS - 1), stuur('0002', GRENS), stuur(G, VERDER)]).toEqual([
      'geenToestemmingAfzender',
      'mag',
      'mag',
    ]);
    expect([stuur('0001', GRENS - 1), stuur('0001', GRENS), stuur(A, GRENS)]).toEqual([
      'mag',
      'mag',
      'geenToestemmingAfzender',
    ]);
  });

  test('what counts is whether the successor takes part, not whether the old one did', () => {
    const zonder = metOrganisaties(organisatie('0002', { deelname: null }));
    expect(uitkomst(zonder, 'WMO305', NU, { ontvanger: '0001' })).toBe('ontvangerZonderDeelname');
    const oudZonder = metOrganisaties(organisatie('0001', { tot: GRENS, opvolger: '0002', deelname: null }));
    expect(uitkomst(oudZonder, 'WMO305', NU, { ontvanger: '0001' })).toBe('mag');
  });

  test('a circle of successors ends instead of going round', () => {
    const rond = metOrganisaties(
      organisatie('0001', { tot: GRENS, opvolger: '0002' }),
      organisatie('0002', { tot: GRENS, opvolger: '0001' }),
    );
    expect(keten(rond, '0001', NU)).toEqual(['0001', '0002']);
    expect(uitkomst(rond, 'WMO305', NU, { ontvanger: '0001' })).toBe('gemeenteNietGeldig');
  });

  test('an organisation that ended without a successor gets nothing any more', () => {
    const weg = metOrganisaties(organisatie('0001', { tot: GRENS }));
    expect(uitkomst(weg, 'WMO305', GRENS - 1, { ontvanger: '0001' })).toBe('mag');
    expect(uitkomst(weg, 'WMO305', GRENS, { ontvanger: '0001' })).toBe('gemeenteNietGeldig');
  });
});
