/**
 * Searching, held against the simplest thing that could be right: going through all messages one by one. Whatever is asked by whomever, all
 * pages together are exactly the messages that were asked for and may be seen, newest first, each once.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoekBerichten } from '#src/verwerking/zoeken.ts';
import type { Plek, Zicht, Zoekvraag } from '#src/verwerking/zoekvraag.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakToeval, type Toeval, uuid } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import {
  AANBIEDERS,
  BEZORGINGEN,
  bewaar,
  DOMEINEN,
  GEMEENTEN,
  hmacVan,
  IDENTIFICATIES,
  PERSONEN,
  SOORTEN,
  STANDEN,
  trekBericht,
  trekWereld,
  verwacht,
  type Wereldbericht,
} from '../hulp/zoekwereld.ts';

const toeval = maakToeval(ZAAD);
const { database, weg } = await maakGegevensbank({ max: 4 });
afterAll(weg);
const wereld = trekWereld(toeval, 600);
beforeAll(() => bewaar(database, wereld));

const PARTIJEN = [...GEMEENTEN, ...AANBIEDERS];

/** All pages of a search, one after the other; `tussen` happens after each. */
async function alles(
  vraag: Zoekvraag,
  tussen: () => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const gevonden: string[] = [];
  for (let na: Plek | undefined | null = vraag.na; na !== null; ) {
    const { berichten, volgende }: Awaited<ReturnType<typeof zoekBerichten>> = await zoekBerichten(database, {
      ...vraag,
      na,
    });
    gevonden.push(...berichten.map(({ berichtId }) => berichtId));
    expect(volgende === null || berichten.length === vraag.aantal).toBe(true);
    await tussen();
    na = volgende;
  }
  return gevonden;
}

/** Nobody, one, some or all, in every domein or in one. */
function trekZicht(t: Toeval): Zicht {
  const organisaties = t.kies<readonly string[]>([
    [],
    [t.kies(PARTIJEN)],
    PARTIJEN.filter(() => t.kans(0.5)),
    PARTIJEN,
  ]);
  const overig = PARTIJEN.filter((code) => !organisaties.includes(code) && t.kans(0.3));
  return { organisaties, perDomein: overig.map((code) => [code, t.kies(DOMEINEN)] as const) };
}

function trekVraag(t: Toeval): Zoekvraag {
  const soms = <T>(kans: number, waarde: T): T | undefined => (t.kans(kans) ? waarde : undefined);
  const een = t.kies(wereld);
  const dag = (): Date => new Date(t.kies(wereld).moment / 1000 + t.kies([0, 1, 1000]));
  return {
    ...trekZicht(t),
    betrokkene: soms(0.25, hmacVan(t.kies([...PERSONEN, 'niemand']))),
    referentienummer: soms(0.1, t.kies([een.referentienummer, een.referentienummer, uuid(t)])),
    identificatie: soms(0.2, t.kies([...IDENTIFICATIES, 'Z'])),
    berichtsoort: soms(0.3, t.kies(SOORTEN)),
    wederpartij: soms(0.25, t.kies([...PARTIJEN, '99999999'])),
    vanaf: soms(0.2, dag()),
    tot: soms(0.2, dag()),
    status: soms(0.25, t.kies(STANDEN)),
    bezorging: soms(0.25, t.kies(BEZORGINGEN)),
    aantal: t.kies([1, 3, 10, 100]),
  };
}

const leesbaar = ({ betrokkene, ...vraag }: Zoekvraag): string =>
  JSON.stringify({ zaad: ZAAD, ...vraag, betrokkene: betrokkene?.toString('hex').slice(0, 8) });

test('every search gives exactly what was asked for and may be seen, in order, on pages of any size', async () => {
  let gevonden = 0;
  for (let keer = 0; keer < 250; keer += 1) {
    const vraag = trekVraag(toeval);
    // Pages of one take a query per message.
    const aantal = verwacht(wereld, vraag).length > 30 ? Math.max(vraag.aantal, 10) : vraag.aantal;
    const ids = await alles({ ...vraag, aantal });
    expect(ids, leesbaar(vraag)).toEqual(verwacht(wereld, vraag));
    gevonden += ids.length;
  }
  // Otherwise nothing was tried.
  expect(gevonden, `seed ${ZAAD}`).toBeGreaterThan(1000);
});

test('a cursor from anywhere gives what comes after that place, and nothing of others', async () => {
  for (let keer = 0; keer < 100; keer += 1) {
    const vraag = trekVraag(toeval);
    const { moment, id } = toeval.kies(wereld);
    const tekst = new Date(Math.floor(moment / 1000))
      .toISOString()
      .replace('Z', `${String(moment % 1000).padStart(3, '0')}Z`);
    const na = { moment: tekst, id: toeval.kies([id, uuid(toeval)]) };
    const daarna = wereld.filter(
      (bericht) => bericht.moment < moment || (bericht.moment === moment && bericht.id < na.id),
    );
    expect(await alles({ ...vraag, aantal: 100, na }), leesbaar({ ...vraag, na })).toEqual(verwacht(daarna, vraag));
  }
});

test('who acts for nobody finds nothing, whatever is asked', async () => {
  for (const { id: _, referentienummer, identificatie } of wereld.slice(0, 20)) {
    const vraag = { organisaties: [], aantal: 100, referentienummer, identificatie: identificatie ?? undefined };
    expect(await zoekBerichten(database, vraag)).toEqual({ berichten: [], volgende: null });
  }
});

test('a state in which so many are that it is no use to begin there gives the same', async () => {
  const vraag: Zoekvraag = { organisaties: PARTIJEN, status: 'ontvangen', aantal: 10 };
  await database.pool.query(
    `insert into te_doen (baan_id, baan_nummer, bericht_id, omvang, ontvangen_op)
     select 0, n, gen_random_uuid(), 1, now() from generate_series(1, 5001) n`,
  );
  try {
    expect(await alles(vraag), `seed ${ZAAD}`).toEqual(verwacht(wereld, vraag));
  } finally {
    await database.pool.query('delete from te_doen where baan_id = 0');
  }
});

describe('paging while messages come in:', () => {
  const nu = Date.now() * 1000;
  const erbij: Wereldbericht[] = [];
  const levert = async (): Promise<void> => {
    const nieuw = Array.from({ length: 5 }, () => trekBericht(toeval, [randomUUID()], nu + erbij.length));
    erbij.push(...nieuw);
    await bewaar(database, nieuw);
  };
  const allen: Zicht = { organisaties: PARTIJEN };
  test.each<readonly [string, Partial<Zoekvraag>]>([
    ['own messages', {}],
    ['by BSN', { betrokkene: hmacVan('een') }],
    ['by soort', { berichtsoort: 'WMO301' }],
    ['by counterpart', { wederpartij: '00000001' }],
    ['by status', { status: 'afgekeurd' }],
    ['by delivery', { bezorging: 'te_bezorgen' }],
    ['by identificatie', { identificatie: 'A' }],
  ])('%s: nothing is skipped, repeated or pushed in', async (_naam, deel) => {
    const vraag = { ...allen, ...deel, aantal: 7 };
    const vooraf = verwacht([...wereld, ...erbij], vraag);
    expect(vooraf.length).toBeGreaterThan(14);
    expect(await alles(vraag, levert), `seed ${ZAAD}`).toEqual(vooraf);
  });

  test('what leaves a state meanwhile takes nothing else with it', async () => {
    const vraag = { ...allen, bezorging: 'opgehaald', aantal: 5 } as const;
    const vooraf = verwacht([...wereld, ...erbij], vraag);
    const bevestigd: string[] = [];
    const gevonden = await alles(vraag, async () => {
      const [laatste] = vooraf.slice(-1 - bevestigd.length);
      if (!laatste) return;
      bevestigd.push(laatste);
      await database.pool.query(`update postbus_item set bezorging = 'bevestigd' where bericht_id = $1`, [laatste]);
    });
    // What was already shown stays shown; of the rest, all that was not confirmed is there.
    expect(gevonden).toEqual(vooraf.filter((id) => gevonden.includes(id)));
    expect(vooraf.filter((id) => !gevonden.includes(id) && !bevestigd.includes(id))).toEqual([]);
  });
});
