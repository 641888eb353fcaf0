/** What the body of a message says about pairs, read from messages that satisfy their XSD. */
import { describe, expect, test } from 'vitest';
import { leestInhoud, rolVan, verzoekreferenties } from '#src/koppeling/referenties.ts';
import { keurtAf } from '#src/standards/afkeuring.ts';
import { BERICHTSOORTEN, DOMEINEN } from '#src/standards/catalogus.ts';
import type { Nummer } from '#src/standards/structuren.ts';
import { structuurVan } from '#src/standards/structuren.ts';
import { leesInhoud } from '#src/xml/inhoud.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { type Bericht, bouw, inhoudVan, soortVan } from '../hulp/bouwer.ts';

describe.each(DOMEINEN)('%s', (domein) => {
  const lees = <N extends Nummer>(
    nummer: N,
    wijzig: (bericht: Bericht<N>) => void,
  ): readonly [ReturnType<typeof soortVan>, Inhoud] => {
    const soort = soortVan(domein, nummer);
    return [soort, leesInhoud(bouw(domein, nummer, wijzig), structuurVan(soort))];
  };

  test('301: of every ToegewezenProduct that has one, each once', () => {
    const [soort, inhoud] = lees('301', ({ Client }) => {
      const { ToegewezenProduct: producten } = Client.ToegewezenProducten;
      const [eerste] = producten;
      if (!eerste) throw new Error('no product');
      producten.splice(0, producten.length);
      for (const ReferentieAanbieder of ['A', undefined, 'B', 'A']) producten.push({ ...eerste, ReferentieAanbieder });
    });
    expect([verzoekreferenties(soort, inhoud), rolVan(soort, inhoud)]).toEqual([['A', 'B'], 'besluit']);
  });

  test('315: of every AangevraagdProduct', () => {
    const [soort, inhoud] = lees('315', ({ Client }) => {
      const { AangevraagdProduct: producten } = Client.AangevraagdeProducten;
      const [eerste] = producten;
      if (!eerste) throw new Error('no product');
      producten.splice(0, producten.length);
      for (const ReferentieAanbieder of ['X1', 'X2']) producten.push({ ...eerste, ReferentieAanbieder });
    });
    expect([verzoekreferenties(soort, inhoud), rolVan(soort, inhoud)]).toEqual([['X1', 'X2'], 'verzoek']);
  });

  test('317: of the Verzoek', () => {
    const [soort, inhoud] = lees('317', ({ Client }) => {
      Client.Verzoek.ReferentieAanbieder = 'één & twee';
    });
    expect([verzoekreferenties(soort, inhoud), rolVan(soort, inhoud)]).toEqual([['één & twee'], 'verzoek']);
  });

  test.each([
    ['1', 'besluit'],
    ['2', 'voorlopig'],
  ])('319 with VerzoekAntwoord %s: of the Antwoord, as a %s', (VerzoekAntwoord, rol) => {
    const [soort, inhoud] = lees('319', ({ Antwoord }) => {
      Object.assign(Antwoord, { ReferentieAanbieder: 'V', VerzoekAntwoord });
    });
    expect([verzoekreferenties(soort, inhoud), rolVan(soort, inhoud)]).toEqual([['V'], rol]);
  });

  const REST = BERICHTSOORTEN.filter(
    (rij) => rij.domein === domein && !['301', '315', '317', '319'].includes(rij.nummer),
  );
  test.each(REST)('$code has none, not even when a copy of its heenbericht is in it', (soort) => {
    const inhoud = inhoudVan(soort);
    expect([verzoekreferenties(soort, inhoud), rolVan(soort, inhoud)]).toEqual([[], undefined]);
  });

  describe.each(['302', '306', '308', '316', '318', '320'] as const)('the retour %s', (nummer) => {
    const soort = soortVan(domein, nummer);
    const kaal = (codes?: readonly string[]): Inhoud => {
      const { RetourCodes: _, ...header } = inhoudVan(soort).Header as Inhoud;
      return { Header: { ...header, ...(codes && { RetourCodes: { RetourCode: codes } }) } };
    };
    const { Client, Antwoord } = inhoudVan(soort);
    const rest = { ...(Client && { Client }), ...(Antwoord && { Antwoord }) };

    test('approves with a header without codes, or with nothing to remark', () => {
      expect([keurtAf(soort, kaal()), keurtAf(soort, kaal(['0200']))]).toEqual([false, false]);
    });

    test('rejects with a code in the header, or with what is wrong in the rest', () => {
      expect([['0001'], ['8848'], ['0200', '9056']].map((codes) => keurtAf(soort, kaal(codes)))).toEqual([
        true,
        true,
        true,
      ]);
      if (Object.keys(rest).length > 0) expect(keurtAf(soort, { ...kaal(['0200']), ...rest })).toBe(true);
    });
  });

  test('what is no retour rejects nothing, whatever codes it has', () => {
    for (const nummer of ['301', '315', '319', '323', '325']) {
      const soort = soortVan(domein, nummer);
      expect(keurtAf(soort, inhoudVan(soort)), nummer).toBe(false);
    }
  });

  test('only of these soorten the content is needed', () => {
    const nodig = BERICHTSOORTEN.filter((rij) => rij.domein === domein && leestInhoud(rij)).map(({ nummer }) => nummer);
    expect(nodig).toEqual(['301', '302', '315', '316', '317', '318', '319', '320']);
  });
});
