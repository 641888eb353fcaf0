/** Windows and freezes by the operator: in order, to the minute, on record; and nothing kept of what is refused. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { hefBevriezingOp, kondigBevriezingAan, leesBevriezingen } from '#src/routering/bevriezingen.ts';
import { bewaarVensters, leesVensters } from '#src/routering/vensters.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { begin, eisGeweigerd, logboekVan, NU, OPDRACHT, op } from './beheerhulp.ts';

const { database, weg } = await maakGegevensbank();
afterAll(weg);
beforeEach(() => begin(database));
const logboek = () => logboekVan(database);
const geweigerd = (doe: () => Promise<unknown>, soort?: string, details?: RegExp): Promise<void> =>
  eisGeweigerd(database, doe, soort, details);

describe('a window', () => {
  const vensters = [
    { vanaf: op('2026-03-30T06:00Z'), tot: null },
    { vanaf: op('2023-03-31T22:00Z'), tot: op('2026-03-26T12:00Z') },
  ];

  test('is replaced, in order, and noted; the list has every berichtsoort', async () => {
    const vraag = { berichtsoort: 'WMO301', release: '3.2', vensters };
    const nu = await bewaarVensters(database, OPDRACHT, vraag);
    expect(nu).toEqual({ ...vraag, richting: 'gemeente-aanbieder', vensters: vensters.toReversed() });
    const lijst = await leesVensters(database.pool);
    expect(lijst.map(({ berichtsoort }) => berichtsoort)).toEqual(BERICHTSOORTEN.map(({ code }) => code));
    expect(lijst[0]).toEqual(nu);
    await bewaarVensters(database, OPDRACHT, vraag);
    const [regel, ...meer] = await logboek();
    expect(meer).toEqual([]);
    expect(regel?.details.vensters).toBe(
      '2023-03-31T22:00:00.000Z/.. → 2023-03-31T22:00:00.000Z/2026-03-26T12:00:00.000Z, 2026-03-30T06:00:00.000Z/..',
    );
    expect((await bewaarVensters(database, OPDRACHT, { ...vraag, vensters: [] })).vensters).toEqual([]);
  });

  test.each([
    ['two that overlap', [{ vanaf: op('2026-01-01T00:00Z'), tot: null }, ...vensters]],
    ['one that ends before it begins', [{ vanaf: op('2026-01-02T00:00Z'), tot: op('2026-01-01T00:00Z') }]],
  ])('is refused: %s', async (_naam, verkeerd) => {
    const vraag = { berichtsoort: 'WMO301', release: '3.2', vensters: verkeerd };
    await geweigerd(async () => bewaarVensters(database, OPDRACHT, vraag));
  });

  test('of a berichtsoort or release that the software does not have is not found', async () => {
    for (const anders of [{ berichtsoort: 'WMO399' }, { release: '3.3' }])
      await geweigerd(
        async () => bewaarVensters(database, OPDRACHT, { berichtsoort: 'WMO301', release: '3.2', vensters, ...anders }),
        'nietGevonden',
      );
  });
});

describe('a freeze', () => {
  const nieuw = {
    domein: null,
    berichtsoorten: ['WMO301', 'WMO305'],
    vanaf: op('2026-03-25T16:00Z'),
    tot: op('2026-03-30T06:00Z'),
  };

  test('is announced and lifted, each with its line; the reden is what senders read', async () => {
    const bevriezing = await kondigBevriezingAan(database, OPDRACHT, nieuw, NU);
    expect(bevriezing).toMatchObject({ ...nieuw, reden: OPDRACHT.reden, opgehevenOp: null });
    expect(await leesBevriezingen(database.pool, NU)).toEqual([bevriezing]);
    expect(await leesBevriezingen(database.pool, nieuw.tot)).toEqual([]);
    const opgeheven = await hefBevriezingOp(database, OPDRACHT, bevriezing.id, NU);
    expect(opgeheven).toEqual({ ...bevriezing, opgehevenOp: NU });
    expect(await leesBevriezingen(database.pool, NU)).toEqual([]);
    expect(await leesBevriezingen(database.pool)).toEqual([opgeheven]);
    await geweigerd(() => hefBevriezingOp(database, OPDRACHT, bevriezing.id, NU), 'nietGevonden');
    expect((await logboek()).map(({ gebeurtenis, details }) => [gebeurtenis, details.berichtsoorten])).toEqual([
      ['bevriezing aangekondigd', 'WMO301 WMO305'],
      ['bevriezing opgeheven', 'WMO301 WMO305'],
    ]);
  });

  test('may begin in this very minute, and go on until it is lifted', async () => {
    const nu = { ...nieuw, berichtsoorten: null, vanaf: op('2026-03-20T10:00Z'), tot: null };
    expect(await kondigBevriezingAan(database, OPDRACHT, nu, NU)).toMatchObject(nu);
    expect(await leesBevriezingen(database.pool, op('2030-01-01T00:00Z'))).toHaveLength(1);
  });

  test.each<readonly [string, Partial<Parameters<typeof kondigBevriezingAan>[2]>, RegExp]>([
    ['not on a whole minute', { vanaf: op('2026-03-25T16:00:30Z') }, /hele minuut/],
    ['an end not on a whole minute', { tot: op('2026-03-30T06:00:00.001Z') }, /hele minuut/],
    ['an end before the beginning', { tot: nieuw.vanaf }, /moet eindigen nadat/],
    ['in the past', { vanaf: op('2026-03-20T09:59Z') }, /niet in het verleden/],
    ['no berichtsoort at all', { berichtsoorten: [] }, /Noem de berichtsoorten/],
    ['a berichtsoort that is none', { berichtsoorten: ['WMO399'] }, /WMO399 bestaat niet/],
    ['a berichtsoort of the other domein', { domein: 'ijw' as const }, /WMO301 hoort niet bij dit domein/],
    ['a retour', { berichtsoorten: ['WMO302'] }, /WMO302 is een antwoord op WMO301: bevries WMO301/],
    ['a 325', { berichtsoorten: ['JW325'] }, /bevries JW323/],
  ])('is refused: %s', async (_naam, anders, details) => {
    await geweigerd(
      async () => kondigBevriezingAan(database, OPDRACHT, { ...nieuw, ...anders }, NU),
      'invoerOngeldig',
      details,
    );
  });
});
