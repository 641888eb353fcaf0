/** The verdict on one message: who gets what, and the same again for a turn that runs twice. */
import { describe, expect, test } from 'vitest';
import { isUuidV4 } from '#src/identiteit.ts';
import { controleer } from '#src/standards/controle.ts';
import { oordeel, type TeVerwerken, teControlerenNiveau } from '#src/verwerking/oordeel.ts';
import { HEENBERICHTEN, maakBericht, partijen } from '../hulp/berichten.ts';

const MOMENT = new Date('2026-03-15T12:00:00Z');
const ID = '0195a000-0000-7000-8000-000000000001';

function bericht(soort: TeVerwerken['soort'], keuze: Partial<TeVerwerken['instelling']> = {}, id = ID): TeVerwerken {
  return {
    id,
    soort,
    ...partijen(soort.code),
    referentienummer: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    instelling: { controleniveau: 2, retour: 'knooppunt', ...keuze },
    foutlijst: '2025-11',
  };
}

describe.each(HEENBERICHTEN)('$code', (soort) => {
  const goed = controleer(maakBericht(soort.code), soort, 1, true);
  const fout = controleer(maakBericht(soort.code, { geldig: false }), soort, 1, true);

  test('a second time the same verdict, down to every byte and every number', () => {
    for (const controle of [goed, fout]) {
      const een = oordeel(bericht(soort), controle, MOMENT);
      expect(oordeel(bericht(soort), controle, MOMENT)).toEqual(een);
      expect(een.gemaakt).toHaveLength(1);
    }
  });

  test('two berichten never have the same number for their answer', () => {
    const anders = oordeel(bericht(soort, {}, '0195a000-0000-7000-8000-000000000002'), goed, MOMENT).gemaakt[0];
    const een = oordeel(bericht(soort), goed, MOMENT).gemaakt[0];
    const veld = ['id', 'referentienummer', 'identificatie'] as const;
    for (const naam of veld) expect(anders?.[naam]).not.toBe(een?.[naam]);
    expect(isUuidV4(String(een?.referentienummer))).toBe(true);
  });

  test('an answer goes from ontvanger to afzender and names the number it answers', () => {
    const { afzender, ontvanger } = partijen(soort.code);
    const kruisreferentie = bericht(soort).referentienummer;
    const [antwoord] = oordeel(bericht(soort), goed, MOMENT).gemaakt;
    expect(antwoord).toMatchObject({
      afzender: ontvanger,
      ontvanger: afzender,
      kruisreferentie,
      heenbericht: ID,
      berichtsoort: soort.antwoord,
    });
    const [foutbericht] = oordeel(bericht(soort), fout, MOMENT).gemaakt;
    expect(foutbericht).toMatchObject({
      afzender: 'BIDN',
      ontvanger: afzender,
      kruisreferentie,
      heenbericht: ID,
      berichtsoort: 'Fo01',
    });
  });

  test('exactly one outcome: delivered, or rejected with a bericht to the afzender', () => {
    expect(oordeel(bericht(soort), goed, MOMENT)).toMatchObject({
      toestand: 'verwerkt',
      bezorgen: true,
      bevindingen: [],
    });
    expect(oordeel(bericht(soort, { retour: 'zelf' }), goed, MOMENT).gemaakt).toEqual([]);
    const afgekeurd = oordeel(bericht(soort, { retour: 'zelf' }), fout, MOMENT);
    expect(afgekeurd).toMatchObject({
      toestand: 'afgekeurd',
      bezorgen: false,
      niveau: 1,
      bevindingen: fout.bevindingen,
    });
    expect(afgekeurd.gemaakt).toHaveLength(1);
  });
});

test('the ontvanger chooses how far is checked; never further than the knooppunt can', () => {
  const soort = HEENBERICHTEN[0];
  if (!soort) throw new Error('no heenbericht');
  const niveaus = ([0, 1, 2, 3, 4] as const).map((controleniveau) =>
    teControlerenNiveau(bericht(soort, { controleniveau })),
  );
  expect(niveaus).toEqual([0, 1, 1, 1, 1]);
});
