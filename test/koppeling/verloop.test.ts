/** The books of pairs: what is due begins with the delivery and ends with its answer, and a reference ties a decision to its request. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openTermijnenVan } from '#src/koppeling/openstaand.ts';
import { boekVerloop } from '#src/koppeling/verloop.ts';
import { zoekVerzoekparen } from '#src/koppeling/verzoekparen.ts';
import { DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { HEENBERICHTEN, maakBericht } from '../hulp/berichten.ts';
import { bouw, inhoudVan, soortVan } from '../hulp/bouwer.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { type Gelegd, type Ligging, leg, SLEUTELS } from './opzet.ts';

const { database, weg } = await maakGegevensbank();
afterAll(weg);
beforeEach(async () => {
  await database.pool.query(
    'truncate bericht, baan, te_doen, inhoud, bevinding, postbus_item, openstaand, verzoekreferentie cascade',
  );
});

const open = async ({ id }: Gelegd): Promise<readonly string[]> =>
  (await openTermijnenVan(database.pool, id)).map(({ termijn }) => termijn).sort();
const paren = async ({ id }: Gelegd): Promise<readonly string[]> =>
  (await zoekVerzoekparen(database.pool, id)).map(({ berichtId }) => berichtId);
const ids = (...berichten: readonly Gelegd[]): readonly string[] => berichten.map(({ id }) => id);
const aantal = async (tabel: string): Promise<number> =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${tabel}`)).rows[0]?.n ?? -1;

describe.each(HEENBERICHTEN)('$code', ({ code, antwoord, nummer }) => {
  const eigen = nummer === '323' ? 'declaratie' : 'retour';
  const rest = ['315', '317'].includes(nummer) ? ['verzoek'] : [];

  test('is due for an answer from its delivery to its answer', async () => {
    const op = new Date('2026-03-04T05:06:07.890Z');
    const heen = await leg(database, maakBericht(code), { op });
    expect(await open(heen)).toEqual([eigen, ...rest].sort());
    expect((await openTermijnenVan(database.pool, heen.id))[0]?.bezorgdOp).toEqual(op);
    const id = await legAntwoord(heen, String(antwoord), { Header: {} });
    expect(await open(heen)).toEqual(rest);
    expect(await openTermijnenVan(database.pool, id)).toEqual([]);
  });

  test('that the switch answered is due for no answer of that kind', async () => {
    expect(await open(await leg(database, maakBericht(code), { beantwoord: true }))).toEqual(rest);
  });

  test('that was refused or waits is due for nothing', async () => {
    for (const toestand of ['ontvangen', 'afgekeurd'] as const)
      expect(await open(await leg(database, maakBericht(code), { toestand }))).toEqual([]);
  });

  test('of which the books are kept twice is due once', async () => {
    const heen = await leg(database, maakBericht(code));
    const { soort } = heen.adres;
    const stuk = { id: heen.id, soort, inhoud: inhoudVan(soort), beantwoord: false };
    await boekVerloop(database.pool, SLEUTELS, [stuk, stuk]);
    expect(await open(heen)).toEqual([eigen, ...rest].sort());
  });

  test('that its receiver could not read (Fo01) is due for nothing any more', async () => {
    const heen = await leg(database, maakBericht(code));
    await fo01Op(heen);
    expect([await open(heen), await aantal('openstaand'), await aantal('verzoekreferentie')]).toEqual([[], 0, 0]);
  });
});

/** The answer with this content. */
async function legAntwoord(heen: Gelegd, code: string, inhoud: Inhoud): Promise<string> {
  const soort = soortVan(heen.adres.soort.domein, code.slice(-3));
  const { id } = await leg(database, maakBericht(code), { heenbericht: heen.id, boek: false });
  await boekVerloop(database.pool, SLEUTELS, [{ id, soort, inhoud, beantwoord: false }]);
  return id;
}
async function fo01Op(heen: Gelegd): Promise<void> {
  const { id } = await leg(database, maakBericht('WMO302'), { heenbericht: heen.id, boek: false });
  await boekVerloop(database.pool, SLEUTELS, [{ id, soort: null, inhoud: undefined, beantwoord: false }]);
}

interface Wereld {
  /** A 315 for products with these references. */
  vot(referenties: readonly string[], ligging?: Ligging): Promise<Gelegd>;
  vow(referentie: string): Promise<Gelegd>;
  /** A 301 of products with these references; undefined: a product that nobody asked for. */
  toewijzing(referenties: readonly (string | undefined)[]): Promise<Gelegd>;
  antwoord(referentie: string, inOnderzoek?: boolean, aanbieder?: string): Promise<Gelegd>;
  /** A retour that rejects. */
  keurAf(heen: Gelegd): Promise<void>;
}

function wereld(domein: Domein): Wereld {
  const herhaald = <T>([eerste]: readonly T[], anders: readonly object[]): T[] =>
    anders.map((wijziging) => ({ ...(eerste as T), ...wijziging }));
  return {
    vot: (referenties, ligging) =>
      leg(
        database,
        bouw(domein, '315', ({ Client }) => {
          const { AangevraagdeProducten: producten } = Client;
          const anders = referenties.map((ReferentieAanbieder) => ({ ReferentieAanbieder }));
          producten.AangevraagdProduct = herhaald(producten.AangevraagdProduct, anders);
        }),
        ligging,
      ),
    vow: (referentie) =>
      leg(
        database,
        bouw(domein, '317', ({ Client }) => {
          Client.Verzoek.ReferentieAanbieder = referentie;
        }),
      ),
    toewijzing: (referenties) =>
      leg(
        database,
        bouw(domein, '301', ({ Client }) => {
          const { ToegewezenProducten: producten } = Client;
          const anders = referenties.map((ReferentieAanbieder) => ({ ReferentieAanbieder }));
          producten.ToegewezenProduct = herhaald(producten.ToegewezenProduct, anders);
        }),
      ),
    antwoord: (referentie, inOnderzoek = false, aanbieder) =>
      leg(
        database,
        bouw(domein, '319', ({ Header, Antwoord }) => {
          if (aanbieder) Header.Ontvanger = aanbieder;
          Object.assign(Antwoord, { ReferentieAanbieder: referentie, VerzoekAntwoord: inOnderzoek ? '2' : '1' });
        }),
      ),
    keurAf: async (heen) => {
      const { soort } = heen.adres;
      const inhoud = { Header: { RetourCodes: { RetourCode: ['9056'] } } };
      await legAntwoord(heen, String(soort.antwoord), inhoud);
    },
  };
}

describe.each(DOMEINEN)('requests and decisions in %s', (domein) => {
  const { vot, vow, toewijzing, antwoord, keurAf } = wereld(domein);

  test('a toewijzing answers a request for it, and the pair is seen from both ends', async () => {
    const verzoek = await vot(['R1']);
    const besluit = await toewijzing([undefined, 'R1', 'R1']);
    expect([await paren(verzoek), await paren(besluit)]).toEqual([ids(besluit), ids(verzoek)]);
    expect(await open(verzoek)).toEqual(['retour']);
  });

  test('each requested product is answered by itself', async () => {
    const verzoek = await vot(['R1', 'R2']);
    const een = await antwoord('R1');
    expect(await open(verzoek)).toEqual(['retour', 'verzoek']);
    const twee = await toewijzing(['R2']);
    expect([await open(verzoek), await paren(verzoek)]).toEqual([['retour'], ids(een, twee)]);
  });

  test('one toewijzing can answer two requests', async () => {
    const [een, twee] = [await vot(['R1']), await vow('R2')];
    const besluit = await toewijzing(['R1', 'R2']);
    expect(await paren(besluit)).toEqual(ids(een, twee));
    expect([await open(een), await open(twee)]).toEqual([['retour'], ['retour']]);
  });

  test('under investigation is an answer in time, after which a decision is due', async () => {
    const verzoek = await vow('R1');
    const voorlopig = await antwoord('R1', true);
    expect(await open(verzoek)).toEqual(['onderzoek', 'retour']);
    const besluit = await antwoord('R1');
    expect([await open(verzoek), await paren(verzoek)]).toEqual([['retour'], ids(voorlopig, besluit)]);
  });

  test('of two products one under investigation and one without an answer: the first answer is still due', async () => {
    const verzoek = await vot(['R1', 'R2']);
    await antwoord('R1', true);
    expect(await open(verzoek)).toEqual(['retour', 'verzoek']);
    await antwoord('R2');
    expect(await open(verzoek)).toEqual(['onderzoek', 'retour']);
  });

  test('a rejected request counts as not sent: no decision is due, and none is its own', async () => {
    const verzoek = await vot(['R1']);
    await keurAf(verzoek);
    expect(await open(verzoek)).toEqual([]);
    const besluit = await antwoord('R1');
    expect([await paren(verzoek), await paren(besluit), await open(verzoek)]).toEqual([[], [], []]);
  });

  test('a rejected decision counts as not sent: it is due again', async () => {
    const verzoek = await vot(['R1']);
    await antwoord('R1', true);
    const besluit = await toewijzing(['R1']);
    expect(await open(verzoek)).toEqual(['retour']);
    await keurAf(besluit);
    expect(await open(verzoek)).toEqual(['onderzoek', 'retour']);
    expect(await paren(besluit)).toEqual([]);
  });

  test('a decision after a request that was rejected is about the one before it with that reference', async () => {
    const een = await vot(['R1']);
    const twee = await vow('R1');
    const besluit = await antwoord('R1');
    expect([await open(een), await paren(besluit)]).toEqual([['retour', 'verzoek'], ids(twee)]);
    await keurAf(twee);
    expect([await open(een), await paren(besluit)]).toEqual([['retour'], ids(een)]);
  });

  test('a reference that is used again belongs to the last request before the decision', async () => {
    const een = await vot(['R1']);
    const opEen = await antwoord('R1');
    const twee = await vow('R1');
    expect(await open(twee)).toEqual(['retour', 'verzoek']);
    const opTwee = await toewijzing(['R1']);
    expect([await paren(een), await paren(twee)]).toEqual([ids(opEen), ids(opTwee)]);
    expect([await paren(opEen), await paren(opTwee)]).toEqual([ids(een), ids(twee)]);
  });

  test('a decision before its request, or about one of another aanbieder, is about nothing', async () => {
    const vroeg = await antwoord('R1');
    const verzoek = await vot(['R1']);
    const elders = await antwoord('R1', false, '98000077');
    expect(await open(verzoek)).toEqual(['retour', 'verzoek']);
    expect([await paren(verzoek), await paren(vroeg), await paren(elders)]).toEqual([[], [], []]);
  });

  test('a request that was not read has no references, so no decision is waited for without end', async () => {
    const verzoek = await vot(['R1'], { boek: false });
    const stuk = { id: verzoek.id, soort: verzoek.adres.soort, inhoud: undefined, beantwoord: false };
    await boekVerloop(database.pool, SLEUTELS, [stuk]);
    expect(await open(verzoek)).toEqual(['retour']);
  });

  test('request and decision in one turn', async () => {
    const verzoek = await vot(['R1'], { boek: false });
    const besluit = await leg(
      database,
      bouw(domein, '319', ({ Antwoord }) => {
        Object.assign(Antwoord, { ReferentieAanbieder: 'R1', VerzoekAntwoord: '1' });
      }),
      { boek: false },
    );
    const stukken = [
      [verzoek, bouwInhoud(domein, '315', 'R1')],
      [besluit, bouwInhoud(domein, '319', 'R1')],
    ] as const;
    await boekVerloop(
      database.pool,
      SLEUTELS,
      stukken.map(([{ id, adres }, inhoud]) => ({ id, soort: adres.soort, inhoud, beantwoord: false })),
    );
    expect([await open(verzoek), await paren(verzoek)]).toEqual([['retour'], ids(besluit)]);
  });
});

function bouwInhoud(domein: Domein, nummer: '315' | '319', ReferentieAanbieder: string) {
  const inhoud = structuredClone(inhoudVan(soortVan(domein, nummer))) as never as {
    readonly Client: { readonly AangevraagdeProducten: { AangevraagdProduct: object[] } };
    readonly Antwoord: object;
  };
  if (nummer === '315') inhoud.Client.AangevraagdeProducten.AangevraagdProduct = [{ ReferentieAanbieder }];
  else Object.assign(inhoud.Antwoord, { ReferentieAanbieder, VerzoekAntwoord: '1' });
  return inhoud as never;
}

test('a reference is nowhere to be read: it is text from a payload', async () => {
  const geheim = `999900006-${randomUUID().slice(0, 8)}`;
  await wereld('iwmo').vot([geheim]);
  const { rows } = await database.pool.query<{ tekst: string }>(
    `select v::text || b::text || o::text || encode(v.referentie, 'escape') as tekst
     from verzoekreferentie v join bericht b on b.id = v.bericht_id join openstaand o on o.bericht_id = b.id`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { tekst } of rows) expect(tekst).not.toContain(geheim);
});

test('nothing to write down costs no question to the database', async () => {
  const nooit = { query: () => Promise.reject(new Error('asked')) } as never;
  await boekVerloop(nooit, SLEUTELS, []);
});
