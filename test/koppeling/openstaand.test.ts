/** What is due, as an organisation sees it: its own, in order, in pages that miss nothing, and late by the calendar of the Netherlands. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Omgeving } from '#src/http/omgeving.ts';
import { openstaandRoutes } from '#src/http/routes/openstaand.ts';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { type Openstaandvraag, zoekOpenstaand } from '#src/koppeling/openstaand.ts';
import { TERMIJNSOORTEN, uiterlijk } from '#src/koppeling/termijnen.ts';
import type { Machtigingen } from '#src/routering/rechten.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { datum } from '#src/tijd.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { type Gelegd, leg } from './opzet.ts';

const { database, weg } = await maakGegevensbank();
const kalender = await laadKalender();
afterAll(weg);
beforeEach(async () => {
  await database.pool.query(
    'truncate bericht, baan, te_doen, inhoud, bevinding, postbus_item, openstaand, verzoekreferentie cascade',
  );
});

const voor = (...organisaties: readonly string[]) =>
  organisaties.flatMap((organisatie) => DOMEINEN.map((domein) => ({ organisatie, domein })));
const NU = new Date('2026-11-27T12:00:00+01:00');
const vraag = async (deel: Partial<Openstaandvraag>, moment = NU) =>
  zoekOpenstaand(database, { voor: voor('0363'), richting: 'te-geven', aantal: 100, ...deel }, kalender, moment);
const idsVan = async (deel: Partial<Openstaandvraag>, moment = NU): Promise<readonly string[]> =>
  (await vraag(deel, moment)).openstaand.map(({ heenbericht }) => heenbericht.berichtId);

/** A message of its soort between these two, delivered on that day. */
const tussen = (code: string, afzender: string, ontvanger: string, dag = '2026-11-23'): Promise<Gelegd> =>
  leg(database, maakBericht(code, { afzender, ontvanger }), { op: new Date(`${dag}T09:00:00+01:00`) });

test('tells what is due, of whom, on which day, and how many working days are left', async () => {
  const { id, referentienummer, adres } = await tussen('WMO305', '98000001', '0363');
  const heenbericht = {
    berichtId: id,
    berichtsoort: 'WMO305',
    domein: 'iwmo',
    release: '3.2',
    afzender: '98000001',
    ontvanger: '0363',
    referentienummer,
    identificatie: adres.identificatie,
    ontvangenOp: new Date('2026-11-23T09:00:00+01:00'),
    bezorgdOp: new Date('2026-11-23T09:00:00+01:00'),
  };
  const rij = {
    heenbericht,
    termijn: 'retour',
    antwoorden: ['WMO306'],
    door: '0363',
    uiterlijk: '2026-11-26',
    werkdagenOver: -1,
  };
  expect(await vraag({})).toEqual({ openstaand: [rij], volgende: null });
});

test('everybody sees its own side: what it must give is what the other waits for', async () => {
  const start = await tussen('WMO305', '98000001', '0363');
  const toewijzing = await tussen('WMO301', '0363', '98000001');
  const ander = await tussen('JW305', '98000001', '0344');
  const VERWACHT = [
    ['0363', [start], [toewijzing]],
    ['98000001', [toewijzing], [start, ander]],
    ['0344', [ander], []],
    ['98000002', [], []],
  ] as const;
  for (const [wie, geven, krijgen] of VERWACHT) {
    expect(await idsVan({ voor: voor(wie) }), wie).toEqual(geven.map(({ id }) => id));
    expect(await idsVan({ voor: voor(wie), richting: 'te-krijgen' }), wie).toEqual(krijgen.map(({ id }) => id));
  }
  // Who acts for both sees each message once.
  const samen = voor('0363', '98000001');
  expect(await idsVan({ voor: samen })).toEqual([start, toewijzing].map(({ id }) => id));
  expect(await idsVan({ voor: [{ organisatie: '98000001', domein: 'ijw' }], richting: 'te-krijgen' })).toEqual([
    ander.id,
  ]);
  expect(await idsVan({ voor: [] })).toEqual([]);
});

test('narrowed down by counterpart and by soort', async () => {
  const een = await tussen('WMO305', '98000001', '0363');
  const twee = await tussen('WMO307', '98000002', '0363');
  const drie = await tussen('WMO305', '98000002', '0363');
  expect(await idsVan({ tegenpartij: '98000002' })).toEqual([twee.id, drie.id]);
  expect(await idsVan({ berichtsoort: 'WMO305' })).toEqual([een.id, drie.id]);
  expect(await idsVan({ berichtsoort: 'WMO305', tegenpartij: '98000002' })).toEqual([drie.id]);
});

describe('late', () => {
  test('is each kind by its own term: from the first moment of the day after the last day', async () => {
    const soorten = { retour: 'WMO305', declaratie: 'WMO323', verzoek: 'WMO315', onderzoek: 'WMO317' } as const;
    for (const code of Object.values(soorten)) await tussen(code, '98000001', '0363', '2026-04-24');
    await database.pool.query(
      `update openstaand set termijn = 'onderzoek' where berichtsoort = 'WMO317' and termijn = 'verzoek'`,
    );
    const bezorgd = new Date('2026-04-24T09:00:00+02:00');
    for (const termijn of TERMIJNSOORTEN) {
      const laatste = uiterlijk(termijn, bezorgd, kalender);
      const opTijd = new Date(`${laatste}T23:59:59+02:00`);
      const teLaat = new Date(opTijd.getTime() + 1000);
      expect(datum(teLaat)).not.toBe(laatste);
      const rijen = async (overschreden: boolean, moment: Date): Promise<number> =>
        (await vraag({ overschreden }, moment)).openstaand.filter(
          (rij) => rij.termijn === termijn && rij.heenbericht.berichtsoort === soorten[termijn],
        ).length;
      expect([await rijen(true, opTijd), await rijen(false, opTijd)], termijn).toEqual([0, 1]);
      expect([await rijen(true, teLaat), await rijen(false, teLaat)], termijn).toEqual([1, 0]);
    }
  });

  test('and not late together are all, on any day, and agree with the days that are left', async () => {
    for (let dag = 2; dag < 28; dag += 1)
      await tussen(dag % 2 ? 'WMO305' : 'WMO323', '98000001', '0363', `2026-04-${String(dag).padStart(2, '0')}`);
    for (const moment of ['2026-04-06', '2026-04-27', '2026-05-03', '2026-05-05', '2026-05-20']) {
      const nu = new Date(`${moment}T15:00:00+02:00`);
      const { openstaand: alles } = await vraag({}, nu);
      const laat = await idsVan({ overschreden: true }, nu);
      expect(laat, moment).toEqual(
        alles.filter((rij) => rij.werkdagenOver < 0).map(({ heenbericht }) => heenbericht.berichtId),
      );
      const rest = await idsVan({ overschreden: false }, nu);
      expect([...laat, ...rest].sort()).toEqual(alles.map(({ heenbericht }) => heenbericht.berichtId).sort());
    }
  });
});

test('pages follow the order of delivery over all lanes, and neither repeat nor skip when messages come and go', async () => {
  const op = new Date('2026-11-20T09:00:00+01:00');
  // Several at the same moment, in several lanes, and two terms of one message.
  for (let nr = 0; nr < 12; nr += 1) {
    const bytes = maakBericht(nr % 3 ? 'WMO305' : 'WMO315', { afzender: `9800000${1 + (nr % 4)}`, ontvanger: '0363' });
    await leg(database, bytes, { op: new Date(op.getTime() + Math.floor(nr / 5)) });
  }
  const sleutel = ({ heenbericht, termijn }: { heenbericht: { berichtId: string }; termijn: string }): string =>
    `${heenbericht.berichtId} ${termijn}`;
  const verwacht = (await vraag({})).openstaand.map(sleutel);
  expect(verwacht).toHaveLength(16);
  const gezien: string[] = [];
  let na: Openstaandvraag['na'];
  while (gezien.length < verwacht.length) {
    const { openstaand, volgende } = await vraag({ aantal: 3, na });
    gezien.push(...openstaand.map(sleutel));
    na = volgende ?? undefined;
    // Meanwhile a message comes in, and the last one of this page is answered.
    await tussen('WMO305', '98000009', '0363', '2026-11-24');
    const laatste = openstaand.at(-1);
    await database.pool.query('delete from openstaand where bericht_id = $1 and termijn = $2', [
      laatste?.heenbericht.berichtId,
      laatste?.termijn,
    ]);
  }
  expect(gezien.slice(0, verwacht.length)).toEqual(verwacht);
  expect(new Set(gezien).size).toBe(gezien.length);
});

describe('GET /v1/openstaand', () => {
  const [route] = openstaandRoutes({ database } as Omgeving);
  if (!route) throw new Error('no route');
  const vraagSchema = route.vraagSchema as z.ZodType;
  const haal = async (namens: readonly string[], zoek: object, machtigingen?: Machtigingen) => {
    const verzoek = {
      client: { id: 'proef', namens: new Set(namens), ...(machtigingen && { machtigingen }), beheerder: false },
      vraag: vraagSchema.parse(zoek),
    };
    const uitvoer = await route.voer(verzoek as never);
    return route.antwoord.schema?.parse(JSON.parse(JSON.stringify(uitvoer?.lijf))) as {
      readonly openstaand: readonly { readonly heenbericht: { readonly berichtId: string } }[];
      readonly volgende: string | null;
    };
  };

  test('answers in the form that it promises, and goes on where it was', async () => {
    const gelegd = [
      await tussen('WMO305', '98000001', '0363'),
      await tussen('JW323', '98000001', '0363'),
      await tussen('WMO315', '98000002', '0363'),
    ];
    const gezien: string[] = [];
    let na: string | undefined;
    for (let nr = 0; nr < 10; nr += 1) {
      const { openstaand, volgende } = await haal(['0363'], { aantal: '1', ...(na && { na }) });
      gezien.push(...openstaand.map(({ heenbericht }) => heenbericht.berichtId));
      if (!volgende) break;
      na = volgende;
    }
    expect(gezien).toHaveLength(4);
    expect([...new Set(gezien)]).toEqual(gelegd.map(({ id }) => id));
    expect((await haal(['0363'], { domein: 'ijw' })).openstaand).toHaveLength(1);
    expect((await haal(['0363'], { overschreden: 'true', richting: 'te-krijgen' })).openstaand).toEqual([]);
  });

  test('is limited to the organisations of the client', async () => {
    await tussen('WMO305', '98000001', '0363');
    expect((await haal(['0363', '0344'], { organisatie: '0344' })).openstaand).toEqual([]);
    expect((await haal([], {})).openstaand).toEqual([]);
    await expect(haal(['0344'], { organisatie: '0363' })).rejects.toMatchObject({
      soort: 'nietBevoegdVoorOrganisatie',
    });
  });

  test('reaches as far as a machtiging: one organisation, one domein', async () => {
    await tussen('WMO305', '98000001', '0363');
    const jeugd = await tussen('JW305', '98000001', '0363');
    const machtigingen = new Map([['0363', new Set(['ijw'] as const)]]);
    for (const zoek of [{}, { organisatie: '0363' }, { domein: 'ijw' }]) {
      const { openstaand } = await haal(['0344'], zoek, machtigingen);
      expect(openstaand.map(({ heenbericht }) => heenbericht.berichtId)).toEqual([jeugd.id]);
    }
    expect((await haal(['0344'], { organisatie: '0363', domein: 'iwmo' }, machtigingen)).openstaand).toEqual([]);
  });

  const CURSORS = [
    ['no JSON', 'x'],
    ['another form', []],
    ['no number', ['2026-01-01T00:00:00.000Z', 'a', 1, 'retour']],
    ['a lane that PostgreSQL does not count to', ['2026-01-01T00:00:00.000Z', 2 ** 31, 1, 'retour']],
    ['a year that it does not know', ['0000-01-01T00:00:00.000Z', 1, 1, 'retour']],
    ['a term that is none', ['2026-01-01T00:00:00.000Z', 1, 1, "'"]],
  ] as const;
  test.each(CURSORS)('refuses a cursor with %s', async (_naam, inhoud) => {
    const na = Buffer.from(JSON.stringify(inhoud)).toString('base64url');
    await expect(haal(['0363'], { na })).rejects.toMatchObject({ soort: 'invoerOngeldig' });
  });

  test.each([
    { richting: 'beide' },
    { overschreden: 'ja' },
    { aantal: '101' },
    { berichtsoort: 'WMO302' },
    { domein: 'zvw' },
    { na: '!' },
  ])('does not take %j', (zoek) => expect(vraagSchema.safeParse(zoek).success).toBe(false));
});
