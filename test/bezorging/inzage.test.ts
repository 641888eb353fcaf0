/** Who sees how pushing stands, and who may say "again": sender, receiver and operator, and nobody else. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { bezorgtellingen } from '#src/bezorging/inzage.ts';
import { KnooppuntFout } from '#src/fouten.ts';
import type { Route } from '#src/http/route.ts';
import { bezorgingRoutes } from '#src/http/routes/bezorging.ts';
import { bv03, fo03, type Ontvanger, startOntvanger, status } from './ontvanger.ts';
import { maakKlok, maakProefbank } from './proefbank.ts';

const bank = await maakProefbank();
const open: Ontvanger[] = [];
afterAll(async () => {
  await bank.rust();
  await Promise.all(open.map((ontvanger) => ontvanger.weg()));
  await bank.weg();
});

const routes = bezorgingRoutes({ database: bank.database });
const BEHEER = { id: 'beheer', namens: new Set<string>(), beheerder: true };
const namens = (code: string) => ({ id: `proef-${code}`, namens: new Set([code]), beheerder: false });

/** What this client gets: the body, or the name of the refusal. The body has passed the schema of the route. */
async function vraag(id: string, client: typeof BEHEER, pad: object = {}): Promise<unknown> {
  const route = routes.find((rij) => rij.id === id) as Route;
  const inhoud = route.inhoudSchema?.parse({});
  const verzoek = { client, pad: route.padSchema?.parse(pad), inhoud } as unknown as Parameters<Route['voer']>[0];
  try {
    const uitvoer = await route.voer(verzoek);
    const lijf = JSON.parse(JSON.stringify(uitvoer?.lijf));
    expect(route.antwoord.schema?.parse(lijf)).toEqual(lijf);
    return lijf;
  } catch (fout) {
    if (fout instanceof KnooppuntFout) return fout.soort;
    throw fout;
  }
}
async function ontvanger(...deel: Parameters<typeof startOntvanger>): Promise<string> {
  const nieuw = await startOntvanger(...deel);
  open.push(nieuw);
  return bank.ontvanger(nieuw.url);
}

const klok = maakKlok();
const [weigert, stuk, goed] = [
  await ontvanger(fo03('envelopOngeldig')),
  await ontvanger(status(503)),
  await ontvanger(bv03()),
];
const [geweigerd] = await bank.leg(weigert);
const [vast, erachter] = await bank.leg(stuk, { aantal: 2 });
const [bezorgd] = await bank.leg(goed);
const bezorger = bank.bezorger({ nu: klok.nu });
await bank.totStand(geweigerd?.id ?? '', ({ oorzaak }) => oorzaak !== null);
await bank.totStand(vast?.id ?? '', ({ oorzaak }) => oorzaak !== null);
await bank.totStand(bezorgd?.id ?? '', ({ bezorging }) => bezorging === 'bevestigd');
await bezorger.stop();

test('sender, receiver and operator see the same; for anybody else the message does not exist', async () => {
  const berichtId = geweigerd?.id ?? '';
  const gezien = await vraag('volgBezorging', namens('0363'), { berichtId });
  expect(gezien).toMatchObject({
    berichtId,
    route: 'stuf',
    bezorging: 'te_bezorgen',
    pogingen: 1,
    onderweg: false,
    oorzaak: { code: 'fo03Client', klasse: 'blijvend', tekst: 'De ontvanger weigert het bericht met een Fo03.' },
  });
  for (const wie of [namens(weigert), BEHEER]) expect(await vraag('volgBezorging', wie, { berichtId })).toEqual(gezien);
  for (const wie of [namens('0344'), namens(goed)])
    expect(await vraag('volgBezorging', wie, { berichtId })).toBe('nietGevonden');
  expect(await vraag('volgBezorging', BEHEER, { berichtId: randomUUID() })).toBe('nietGevonden');
});

test('what waits behind another says why, and what was delivered says nothing more', async () => {
  expect(await vraag('volgBezorging', BEHEER, { berichtId: erachter?.id })).toMatchObject({
    pogingen: 0,
    laatstePoging: null,
    oorzaak: { code: 'nietBeschikbaar' },
    volgendePoging: expect.any(String),
  });
  expect(await vraag('volgBezorging', BEHEER, { berichtId: bezorgd?.id })).toMatchObject({
    bezorging: 'bevestigd',
    pogingen: 1,
    oorzaak: null,
    volgendePoging: null,
  });
});

test('a message that is in no postbus has no delivery', async () => {
  const [bericht] = await bank.leg('0344');
  await bank.database.pool.query('delete from postbus_item where bericht_id = $1', [bericht?.id]);
  expect(await vraag('volgBezorging', BEHEER, { berichtId: bericht?.id })).toMatchObject({
    bezorging: null,
    pogingen: 0,
  });
});

test('the operator sees every receiver: what waits, since when, why, and who is stopped or has no address', async () => {
  await bank.database.pool.query(
    `insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route) values ('0599', 'ijw', 2, 'zelf', '2025-11', 'stuf')`,
  );
  await bank.zet(goed, { gestopt: true });
  const { organisaties } = (await vraag('bezorgingOverzicht', BEHEER)) as { organisaties: { organisatie: string }[] };
  const van = (code: string) => organisaties.find(({ organisatie }) => organisatie === code);
  expect(organisaties.map(({ organisatie }) => organisatie)).toEqual(['0599', weigert, stuk, goed].sort());
  expect(van(stuk)).toMatchObject({
    wachtend: 2,
    onbestelbaar: 0,
    oorzaak: { code: 'nietBeschikbaar' },
    sinds: klok.nu().toISOString(),
    rustTot: expect.any(String),
    oudste: expect.any(String),
  });
  expect(van(weigert)).toMatchObject({ wachtend: 1, oorzaak: { code: 'fo03Client' }, sinds: null, rustTot: null });
  expect(van(goed)).toMatchObject({ wachtend: 0, oudste: null, oorzaak: null, gestopt: true, eindpunt: true });
  expect(van('0599')).toMatchObject({ eindpunt: false, gestopt: false });
});

test('"again" is for the operator, of a receiver that has an endpoint', async () => {
  expect(await vraag('hervatBezorging', BEHEER, { organisatie: stuk })).toEqual({ berichten: 2, onbestelbaar: 0 });
  expect(await vraag('hervatBezorging', BEHEER, { organisatie: '0599' })).toBe('nietGevonden');
  for (const wie of [namens(stuk), namens('0363')]) {
    expect(await vraag('hervatBezorging', wie, { organisatie: stuk })).toBe('nietBevoegdBeheer');
    expect(await vraag('bezorgingOverzicht', wie)).toBe('nietBevoegdBeheer');
  }
  const { rows } = await bank.database.pool.query(
    `select actor, namens from logboek where gebeurtenis = 'bezorging hervat'`,
  );
  expect(rows).toEqual([{ actor: 'beheer', namens: stuk }]);
});

test('attempts are counted by how they ended', async () => {
  expect(await bezorgtellingen(bank.database.pool)).toEqual([
    { uitslag: 'bevestigd', aantal: 1 },
    { uitslag: 'fo03Client', aantal: 1 },
    { uitslag: 'nietBeschikbaar', aantal: 1 },
  ]);
});
