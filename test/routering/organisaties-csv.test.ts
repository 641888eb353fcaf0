/** The CSV of organisations: all or nothing, every fault with its line in Dutch, and what is written can be read again. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { leesKaarten } from '#src/routering/kaartenbak.ts';
import { wijzigKaart } from '#src/routering/kaartwijziging.ts';
import { importeerOrganisaties, schrijfOrganisaties } from '#src/routering/organisaties-csv.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';

const { database, weg } = await maakGegevensbank();
await laatLogboekLos(database);
afterAll(weg);

const OPDRACHT = { actor: 'proef', reden: 'jaarlijkse bijwerking' };
const KOP = 'code,naam,geldigVanaf,geldigTot,opvolger,iwmo,ijw';
const csv = (...regels: readonly string[]): string => [KOP, ...regels].join('\n');
const importeer = (tekst: string) => importeerOrganisaties(database, OPDRACHT, tekst);
const logboek = async () =>
  (await database.pool.query('select gebeurtenis, actor, namens, resultaat, details from logboek order by nr')).rows;

const BASIS = csv(
  '0001,Oud,,2025-12-31,0002,ja,nee',
  '0002,"Nieuw, en groot",2026-01-01,,,ja,2026-01-01/..',
  '98000001,Zorg,,,,../2026-12-31,2026-01-01/2026-06-30',
  'SVB,Sociale Verzekeringsbank,,,,nee,nee',
);

beforeEach(async () => {
  await database.pool.query('truncate organisatie, deelname, stuf_endpoint, logboek cascade');
});

describe('an import', () => {
  test('adds what is new, with an audit line each', async () => {
    expect(await importeer(BASIS)).toEqual({ lijst: { toegevoegd: 4, gewijzigd: 0 } });
    const kaarten = await leesKaarten(database.pool);
    expect(kaarten.map(({ code, soort }) => [code, soort])).toEqual([
      ['0001', 'gemeente'],
      ['0002', 'gemeente'],
      ['98000001', 'aanbieder'],
      ['SVB', 'ketenpartij'],
    ]);
    expect(kaarten[0]).toMatchObject({ geldigVanaf: null, geldigTot: '2025-12-31', opvolger: '0002' });
    expect(kaarten[2]?.deelname).toEqual({
      iwmo: { vanaf: null, tot: '2026-12-31' },
      ijw: { vanaf: '2026-01-01', tot: '2026-06-30' },
    });
    const regels = await logboek();
    expect(regels.map(({ namens, resultaat }) => [namens, resultaat])).toEqual(
      ['0001', '0002', '98000001', 'SVB'].map((code) => [code, 'toegevoegd']),
    );
    expect(regels[0]).toMatchObject({
      gebeurtenis: 'organisatie gewijzigd',
      actor: 'proef',
      details: { reden: OPDRACHT.reden, geldigTot: '- → 2025-12-31', opvolger: '- → 0002' },
    });
    // The name of an aanbieder can be that of a person.
    expect(JSON.stringify(regels)).not.toMatch(/Zorg|Oud|Nieuw/);
  });

  test('a second time changes nothing and notes nothing; a change is one line that says from what into what', async () => {
    await importeer(BASIS);
    await database.pool.query('truncate logboek');
    expect(await importeer(BASIS)).toEqual({ lijst: { toegevoegd: 0, gewijzigd: 0 } });
    expect(await logboek()).toEqual([]);
    expect(await importeer(csv('98000001,Zorg BV,,2026-09-30,,nee,2026-01-01/2026-06-30'))).toEqual({
      lijst: { toegevoegd: 0, gewijzigd: 1 },
    });
    expect(await logboek()).toEqual([
      {
        gebeurtenis: 'organisatie gewijzigd',
        actor: 'proef',
        namens: '98000001',
        resultaat: 'gewijzigd',
        details: {
          reden: OPDRACHT.reden,
          naam: 'gewijzigd',
          geldigTot: '- → 2026-09-30',
          iwmo: '../2026-12-31 → nee',
        },
      },
    ]);
  });

  test('leaves alone what it does not speak of: other organisations, and endpoints', async () => {
    await importeer(BASIS);
    await wijzigKaart(database, OPDRACHT, '0002', { stuf: { url: 'https://stuf.example/ggk' } });
    await importeer(csv('0002,Anders,,,,nee,nee'));
    const kaarten = await leesKaarten(database.pool);
    expect(kaarten).toHaveLength(4);
    expect(kaarten[1]).toMatchObject({ naam: 'Anders', stuf: { url: 'https://stuf.example/ggk', gestopt: false } });
  });

  test('reads what is written, whatever is in a name', async () => {
    await importeer(BASIS);
    await wijzigKaart(database, OPDRACHT, '0003', { naam: 'De "beste"; van, het\nland' });
    const geschreven = schrijfOrganisaties(await leesKaarten(database.pool));
    await database.pool.query('truncate logboek');
    expect(await importeer(geschreven)).toEqual({ lijst: { toegevoegd: 0, gewijzigd: 0 } });
    await database.pool.query('truncate organisatie, deelname, stuf_endpoint, logboek cascade');
    expect(await importeer(geschreven)).toEqual({ lijst: { toegevoegd: 5, gewijzigd: 0 } });
    expect(schrijfOrganisaties(await leesKaarten(database.pool))).toBe(geschreven);
  });

  test('takes the whole country at once', async () => {
    const regels = Array.from({ length: 10_000 }, (_, nr) => `${10_000_000 + nr},Aanbieder ${nr},,,,ja,ja`);
    expect(await importeer(csv(...regels))).toEqual({ lijst: { toegevoegd: 10_000, gewijzigd: 0 } });
  });
});

describe('a file with a fault changes nothing, and every fault has its line:', () => {
  test.each<readonly [string, string, readonly (readonly [number, RegExp])[]]>([
    ['an empty file', '', [[1, /De eerste regel moet de namen van de kolommen bevatten: code, naam, /]]],
    ['only a header', KOP, [[1, /De lijst is leeg/]]],
    ['another header', 'code,naam\n0001,Een', [[1, /De eerste regel moet/]]],
    ['a field too few', csv('0003,Drie,,,,ja,ja', '0004,Vier,,,,ja'), [[3, /6 velden in plaats van 7/]]],
    ['a quote that is not closed', csv('0003,"Drie,,,,ja,ja'), [[2, /aanhalingsteken/]]],
    [
      'a code that is none',
      csv('003,Drie,,,,ja,ja', 'ABC,x,,,,ja,ja'),
      [
        [2, /^code moet een/],
        [3, /^code moet een/],
      ],
    ],
    ['no name', csv('0003,,,,,ja,ja'), [[2, /^naam moet gevuld zijn/]]],
    [
      'a day that does not exist',
      csv('0003,Drie,2026-02-30,,,ja,ja'),
      [[2, /^geldigVanaf moet een bestaande datum zijn/]],
    ],
    ['days the wrong way round', csv('0003,Drie,2026-02-01,2026-01-31,,ja,ja'), [[2, /^geldigTot ligt voor/]]],
    [
      'a deelname that is none',
      csv('0003,Drie,,,,JA,2026-01-01'),
      [
        [2, /^iwmo moet ja of nee/],
        [2, /^ijw moet ja/],
      ],
    ],
    ['a deelname the wrong way round', csv('0003,Drie,,,,ja,2026-02-01/2026-01-01'), [[2, /^ijw eindigt voor/]]],
    ['a code twice', csv('0003,Drie,,,,ja,ja', '0003,Drie,,,,ja,ja'), [[3, /^code staat ook op regel 2\./]]],
    ['a successor nobody knows', csv('0003,Drie,,2026-01-31,0999,ja,ja'), [[2, /^opvolger staat niet in de lijst/]]],
    ['a successor without an end', csv('0003,Drie,,,0002,ja,ja'), [[2, /^opvolger kan alleen met een geldigTot/]]],
    ['its own successor', csv('0003,Drie,,2026-01-31,0003,ja,ja'), [[2, /^opvolger is de organisatie zelf/]]],
    ['a successor of another kind', csv('0003,Drie,,2026-01-31,98000001,ja,ja'), [[2, /^opvolger is geen gemeente/]]],
    [
      'a circle with what is there',
      csv('0002,Twee,,2026-01-31,0001,ja,ja'),
      [[2, /^opvolger wordt zelf opgevolgd door deze organisatie/]],
    ],
    [
      'faults of many kinds, in the order of the lines',
      csv('0003,Drie,,,0002,ja,ja', '0004,Vier,,,,ja,ja', '0005,Vijf,2026-02-01,2026-01-31,0999,ja,ja'),
      [
        [2, /^opvolger/],
        [4, /^geldigTot/],
        [4, /^opvolger/],
      ],
    ],
  ])('%s', async (_naam, tekst, verwacht) => {
    await importeer(BASIS);
    const eerst = [await leesKaarten(database.pool), await logboek()];
    const { lijst, fouten = [] } = await importeer(tekst);
    expect(lijst).toBeUndefined();
    expect(fouten.map(({ regel }) => regel)).toEqual(verwacht.map(([regel]) => regel));
    for (const [nr, { melding }] of fouten.entries()) {
      expect(melding).toMatch(verwacht[nr]?.[1] ?? /^$/);
      expect(melding).toMatch(/\.$/);
    }
    expect([await leesKaarten(database.pool), await logboek()]).toEqual(eerst);
  });
});
