/** Each figure that rests on the dossier, by one example after another: real messages, in a real lane. */
import { afterAll, describe, expect, test } from 'vitest';
import { leesBijdragen, schrijfBijdragen } from '#src/ketendata/bijdragen.ts';
import { DOSSIERMETINGEN } from '#src/ketendata/metingen/dossiermetingen.ts';
import { DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { antwoordOp, declareer } from '../dossier/declareer.ts';
import type { Wijziging } from '../dossier/leven.ts';
import { AFGEWEZEN, aanvraag, antwoord, IN_ONDERZOEK, start, stop, toewijzing, VERWIJDERD } from '../dossier/maak.ts';
import { type Gestuurd, Wereld } from './dossierwereld.ts';

const wereld = await Wereld.maak();
afterAll(() => wereld.weg());

/** What a message counts for: meting, sleutel, how many, som; and in which week. */
async function telt(...berichten: readonly Gestuurd[]): Promise<readonly string[]> {
  const regels: string[] = [];
  for (const { naam, bron, bijdragen } of DOSSIERMETINGEN) {
    if (bron !== undefined) continue;
    const gevonden = await bijdragen(
      wereld.database.pool,
      berichten.map(({ id }) => id),
    );
    // Cells of a message are put together as they are kept.
    const alle = [...gevonden.values()].flatMap((delen) => leesBijdragen(schrijfBijdragen(delen)).bijdragen);
    for (const deel of alle) {
      expect([naam, deel.gemeente, deel.aanbieder, deel.release]).toEqual([naam, '0363', '98000001', '3.2']);
      regels.push(`${deel.week} ${deel.meting} ${deel.sleutel} ${deel.aantal} ${deel.som}`);
    }
  }
  return regels;
}
/** A person per test, and so nothing of another test. */
const personen = ['999900006', '999900018', '999900031', '999900043', '999900055', '999900067', '999900079'];
let vorige = -1;
const persoon = (): string => {
  vorige += 1;
  return personen[vorige % personen.length] ?? '';
};
let nummers = 1000;
const nummer = (): string => {
  nummers += 1;
  return String(nummers);
};

/** The statements do not look at the domein, but for R4. */
const domein: Domein = 'iwmo';

describe('R5, the start is told within 5 working days', () => {
  test('counts from Begindatum, over a weekend and a holiday', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    await wereld.stuur(domein, '301', '2026-02-20', toewijzing({ nummer: nr }), { bsn });
    // Thursday 2 April; Easter Monday is the 6th; Wednesday the 8th is the third working day.
    const begin = start({ nummer: nr, begin: '2026-04-02' });
    const bericht = await wereld.stuur(domein, '305', '2026-04-08', begin, { bsn });
    expect(await telt(bericht)).toEqual(['2026-04-06 norm-R5 3 1 3']);
  });
  test('counts from the receipt of a 301 that came after the start', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    await wereld.stuur(domein, '301', '2026-06-08', toewijzing({ nummer: nr }), { bsn });
    const bericht = await wereld.stuur(domein, '305', '2026-06-10', start({ nummer: nr }), { bsn });
    expect(await telt(bericht)).toEqual(['2026-06-08 norm-R5 2 1 2']);
  });
  test('a start that is told ahead is in time, and one that is years late counts as 250', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    const van2024 = toewijzing({ nummer: nr, ingang: '2024-01-01' });
    await wereld.stuur(domein, '301', '2024-01-02', van2024, { bsn });
    const vroeg = await wereld.stuur(
      domein,
      '305',
      '2026-03-02',
      start({ nummer: nr, ingang: '2024-01-01', begin: '2026-03-09' }),
      { bsn },
    );
    const laat = await wereld.stuur(
      domein,
      '305',
      '2026-03-02',
      start({ nummer: nr, ingang: '2024-01-01', begin: '2024-02-05' }),
      { bsn },
    );
    expect((await telt(vroeg)).filter((regel) => regel.includes('R5'))).toEqual(['2026-03-02 norm-R5 0 1 0']);
    expect((await telt(laat)).filter((regel) => regel.includes('R5'))).toMatchObject(
      [/norm-R5 250 1 250$/].map((past) => expect.stringMatching(past)),
    );
  });
  test('one that was taken back was never sent, unless what took it back was rejected', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    await wereld.stuur(domein, '301', '2026-03-02', toewijzing({ nummer: nr }), { bsn });
    const eerste = await wereld.stuur(domein, '305', '2026-03-03', start({ nummer: nr }), { bsn });
    const terug = await wereld.stuur(domein, '305', '2026-03-04', start({ nummer: nr, status: '3' }), { bsn });
    expect(await telt(eerste, terug)).toEqual([]);
    await wereld.beantwoord(terug, '2026-03-05', true);
    expect(await telt(eerste, terug)).toEqual(['2026-03-02 norm-R5 1 1 1']);
  });
  test('a rejected one was never sent', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    const bericht = await wereld.stuur(domein, '305', '2026-03-03', start({ nummer: nr }), { bsn });
    expect(await telt(bericht)).toHaveLength(2);
    await wereld.beantwoord(bericht, '2026-03-05', true);
    expect(await telt(bericht)).toEqual([]);
  });
});

describe('R6, the end is told within 5 working days', () => {
  test('counts from Einddatum; for good after for a while, from the day on which that was known', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    // As case 2 of the norm: a stop for a while, then for good with the same Einddatum.
    const tijdelijk = stop({ nummer: nr, reden: '20', einde: '2026-05-29' });
    const eerste = await wereld.stuur(domein, '307', '2026-06-02', tijdelijk, { bsn });
    const tweede = await wereld.stuur(domein, '307', '2026-06-30', stop({ nummer: nr, einde: '2026-05-29' }), {
      bsn,
    });
    expect(await telt(eerste, tweede)).toEqual(['2026-06-01 norm-R6 2 1 2', '2026-06-29 norm-R6 0 1 0']);
    await wereld.beantwoord(eerste, '2026-07-01', true);
    expect(await telt(eerste, tweede)).toEqual(['2026-06-29 norm-R6 22 1 22']);
  });
});

describe('the flow', () => {
  test('from a toewijzing to its start in days, in the week of the toewijzing', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    const eerste = await wereld.stuur(domein, '301', '2026-02-25', toewijzing({ nummer: nr }), { bsn });
    expect(await telt(eerste)).toEqual(['2026-02-23 stroom-301-zonder-305 2026-03-01 1 0']);
    const later = await wereld.stuur(
      domein,
      '301',
      '2026-03-10',
      toewijzing({ nummer: nr, einde: '2026-11-30', reden: '02' }),
      { bsn },
    );
    const bericht = await wereld.stuur(domein, '305', '2026-03-12', start({ nummer: nr, begin: '2026-03-11' }), {
      bsn,
    });
    expect(await telt(eerste, later)).toEqual(['2026-02-23 stroom-301-305 10 1 10']);
    await wereld.beantwoord(bericht, '2026-03-13', true);
    expect(await telt(eerste, later)).toEqual(['2026-02-23 stroom-301-zonder-305 2026-03-01 1 0']);
    await wereld.stuur(domein, '301', '2026-03-14', toewijzing({ ...VERWIJDERD, nummer: nr }), { bsn });
    expect(await telt(eerste, later)).toEqual([]);
  });
  test('a start without a toewijzing, until that comes; never one that needs none', async () => {
    const [bsn, nr] = [persoon(), nummer()];
    const zonder = await wereld.stuur(domein, '305', '2026-03-03', start({ nummer: nr }), { bsn });
    const taakgericht = await wereld.stuur(domein, '305', '2026-03-03', start({ nummer: null }), { bsn });
    expect(await telt(zonder)).toContain('2026-03-02 stroom-305-zonder-301  1 0');
    expect(await telt(taakgericht)).toEqual(['2026-03-02 norm-R5 1 1 1']);
    await wereld.stuur(domein, '301', '2026-03-04', toewijzing({ nummer: nr }), { bsn });
    expect(await telt(zonder)).toEqual(['2026-03-02 norm-R5 1 1 1']);
  });
  test.each(DOMEINEN)(
    '%s: a request by its outcome, per product, and the two weeks of the woonplaatsbeginsel',
    async (domein) => {
      const bsn = persoon();
      const [een, twee, drie] = [`${domein}-1`, `${domein}-2`, `${domein}-3`];
      const verzoek = await wereld.stuur(domein, '315', '2026-03-02', aanvraag(een, twee, drie), { bsn });
      expect(await telt(verzoek)).toEqual([]);
      await wereld.stuur(domein, '319', '2026-03-05', antwoord(een, IN_ONDERZOEK));
      const woonplaats: Wijziging<'319'> = (bericht, deze) => {
        antwoord(twee, AFGEWEZEN)(bericht, deze);
        if (deze === 'ijw')
          Object.assign(bericht.Antwoord, { RedenAfwijzingVerzoek: '8', Woonplaatsbeginsel: { Gemeente: '0384' } });
      };
      const afwijzing = await wereld.stuur(domein, '319', '2026-03-18', woonplaats);
      await wereld.stuur(domein, '301', '2026-03-06', toewijzing({ nummer: nummer(), kenmerk: drie }), { bsn });
      const R4 = domein === 'ijw' ? ['2026-03-02 norm-R4 16 1 16'] : [];
      const rest = ['2026-03-02 stroom-315-antwoord 301 1 0', '2026-03-02 stroom-315-antwoord onderzoek 1 0'];
      expect([...(await telt(verzoek))].sort()).toEqual([
        ...R4,
        '2026-03-02 stroom-315-antwoord 301 1 0',
        '2026-03-02 stroom-315-antwoord afgewezen 1 0',
        '2026-03-02 stroom-315-antwoord onderzoek 1 0',
      ]);
      await wereld.beantwoord(afwijzing, '2026-03-19', true);
      expect([...(await telt(verzoek))].sort()).toEqual(rest);
    },
  );
});

describe('a declaratie', () => {
  test('is in time until the end of the next month (R8), waits for its 325, and holds money', async () => {
    const posten = [
      { kenmerk: `${domein}A` },
      { kenmerk: `${domein}B`, volume: 2, toewijzing: '1002' },
      { kenmerk: `${domein}C`, vorig: `${domein}0`, volume: 1 },
    ];
    const op = await wereld.stuur(domein, '323', '2026-06-30', declareer(posten));
    const geld = ['geld ingediend 3 65000', 'geld ingediend-credit 1 5000'].map((regel) => `2026-06-29 ${regel}`);
    const sorteer = (regels: readonly string[]) => [...regels].sort();
    expect(sorteer(await telt(op))).toEqual(
      sorteer(['2026-06-29 norm-R8 0 1 0', '2026-06-29 stroom-323-zonder-325 2026-06-30 1 0', ...geld]),
    );
    const vraag = { op: op.identificatie, van: op.dag, terug: [posten[1] ?? {}] };
    await wereld.stuur(domein, '325', '2026-07-10', antwoordOp(vraag), { heen: op });
    expect(sorteer(await telt(op))).toEqual(
      sorteer([
        '2026-06-29 norm-R8 0 1 0',
        '2026-06-29 stroom-323-325 10 1 10',
        ...geld,
        '2026-06-29 geld toegekend 2 55000',
        '2026-06-29 geld toegekend-credit 1 5000',
        '2026-06-29 geld afgekeurd 1 10000',
      ]),
    );
  });
  test('is two working days late on the second one after that day', async () => {
    const laat = await wereld.stuur(domein, '323', '2026-07-02', declareer([{ kenmerk: `${domein}Z` }]));
    expect((await telt(laat)).filter((regel) => regel.includes('R8'))).toEqual(['2026-06-29 norm-R8 2 1 2']);
  });
  test('that is refused as a whole has no money and no term, but did get its answer', async () => {
    const op = await wereld.stuur(domein, '323', '2026-07-02', declareer([{ kenmerk: `${domein}Y` }]));
    await wereld.stuur(
      domein,
      '325',
      '2026-07-06',
      antwoordOp({ op: op.identificatie, van: op.dag, kopcodes: ['0001'] }),
      { heen: op },
    );
    expect(await telt(op)).toEqual(['2026-06-29 stroom-323-325 4 1 4']);
  });
});
