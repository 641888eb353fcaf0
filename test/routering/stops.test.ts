/** The stop switch of an organisation: it holds back what it says, it loses nothing, and the time of the stop counts for no term. */
import { afterAll, describe, expect, test } from 'vitest';
import { laatVervallen } from '#src/bewaren/vervallen.ts';
import { claim, verschuldigd } from '#src/bezorging/claim.ts';
import { neemEindpuntenOp, volgStopschakelaar } from '#src/bezorging/hervatten.ts';
import { haalOp as lease } from '#src/postbus/postbus.ts';
import { wachtTot } from '#src/proces.ts';
import { wijzigKaart } from '#src/routering/kaartwijziging.ts';
import { zetStop } from '#src/routering/stops.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { blader, haalOp, verstuur, vraagJson } from '../hulp/reis.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api', 'verwerker'] });
afterAll(() => knooppunt.stop());

const [G, A] = ['0363', '98000001'] as const;
const REDEN = 'verzoek 2026-114';
const { database, sleutels } = knooppunt;
const beheer = knooppunt.client('beheer');
const zet = (code: string, aanlevering: boolean, bezorging: boolean) =>
  vraagJson(beheer, 'PUT', `/v1/beheer/organisaties/${code}/stop`, { aanlevering, bezorging, reden: REDEN });
const vraag = (wie: string, methode: string, pad: string, lijf?: object | Buffer, koppen = {}) =>
  stuur(knooppunt.adres, {
    methode,
    pad,
    koppen: {
      Authorization: `Bearer demo-${wie}`,
      ...(lijf && { 'Content-Type': Buffer.isBuffer(lijf) ? 'application/xml' : 'application/json' }),
      ...koppen,
    },
    ...(lijf && { lijf: Buffer.isBuffer(lijf) ? lijf : JSON.stringify(lijf) }),
  });
let volgnummer = 0;
const bericht = (): Buffer => {
  volgnummer += 1;
  return maakBericht('WMO301', { afzender: G, ontvanger: A, identificatie: `S${volgnummer}` });
};
const inPostbus = (aantal: number) =>
  wachtTot(async () => (await blader(knooppunt.client(A), A)).length === aantal, { ms: 10_000, wat: 'the post' });

describe('an afzender that is stopped', () => {
  const nummer = crypto.randomUUID();
  const eerste = bericht();

  test('is refused with the code of the chain, and is told by itself why; a resend of what was taken in gets its receipt', async () => {
    const voor = await vraag(G, 'POST', '/v1/berichten', eerste, { Referentienummer: nummer });
    expect(voor.status).toBe(202);
    await zet(G, true, false);
    const geweigerd = await vraag(G, 'POST', '/v1/berichten', bericht());
    verwachtWeigering(geweigerd, 'aanleveringGestopt');
    expect(JSON.parse(geweigerd.lijf)).toMatchObject({ foutcode: 'IB002' });
    const weer = await vraag(G, 'POST', '/v1/berichten', eerste, { Referentienummer: nummer });
    expect(JSON.parse(weer.lijf).berichtId).toBe(JSON.parse(voor.lijf).berichtId);
    const eigen = JSON.parse((await vraag(G, 'GET', `/v1/organisaties/${G}/stop`)).lijf);
    expect(eigen).toMatchObject({ organisatie: G, aanlevering: true, bezorging: false, reden: REDEN });
    expect((await vraag(A, 'GET', `/v1/organisaties/${G}/stop`)).status).toBe(403);
  });

  test('still gets its own post, and what it sent before is delivered', async () => {
    expect((await vraag(G, 'POST', `/v1/postbussen/${G}/ophalingen`, {})).status).toBe(200);
    await inPostbus(1);
  });

  test('may send again when the stop is lifted; both changes stand in the log with their reden', async () => {
    await zet(G, false, false);
    expect((await vraag(G, 'POST', '/v1/berichten', bericht())).status).toBe(202);
    const { rows } = await database.pool.query(
      `select gebeurtenis, actor, resultaat, details from logboek where gebeurtenis like 'stop %' and namens = $1 order by nr`,
      [G],
    );
    expect(rows).toEqual([
      {
        gebeurtenis: 'stop gezet',
        actor: 'demo-beheer',
        resultaat: 'aanlevering',
        details: { was: 'niets', reden: REDEN },
      },
      {
        gebeurtenis: 'stop opgeheven',
        actor: 'demo-beheer',
        resultaat: 'niets',
        details: { was: 'aanlevering', reden: REDEN },
      },
    ]);
    await inPostbus(2);
  });
});

describe('a receiver of whom delivery is stopped', () => {
  test('is handed out nothing, nor is a long poll that was waiting; messages to it are taken in and wait in order', async () => {
    await haalOp(knooppunt.client(A), A, { leaseSeconden: 1 });
    const wachtend = vraag(A, 'POST', `/v1/postbussen/${A}/ophalingen`, { aantal: 10, wachtSeconden: 30 });
    await zet(A, false, true);
    const gelegd = [await verstuur(knooppunt.client(G), bericht()), await verstuur(knooppunt.client(G), bericht())];
    verwachtWeigering(await wachtend, 'bezorgingGestopt');
    const geweigerd = await vraag(A, 'POST', `/v1/postbussen/${A}/ophalingen`, {});
    verwachtWeigering(geweigerd, 'bezorgingGestopt');
    expect(geweigerd.koppen['retry-after']).toBe('60');
    await inPostbus(4);
    // The postbus itself knows, whatever a process remembers.
    const direct = await lease(database, sleutels, { postbus: A, aantal: 9, leaseSeconden: 9, actor: 'proef' });
    expect(direct.berichten).toEqual([]);
    const liggend = (await blader(knooppunt.client(A), A)).map(({ berichtId }) => berichtId);
    expect(liggend.slice(-2)).toEqual(gelegd.map(({ berichtId }) => berichtId));
  });

  test('is not pushed to either, and is due at once when the stop is lifted', async () => {
    const stuf = { url: 'http://127.0.0.1:9/', gestopt: false, budgetPerMinuut: 60 };
    await wijzigKaart(database, { actor: 'proef', reden: REDEN }, A, { stuf });
    await database.pool.query(
      `insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route) values ($1, 'iwmo', 2, 'zelf', '2025-11', 'stuf')`,
      [A],
    );
    await neemEindpuntenOp(database);
    await database.pool.query('update postbus_item set lease_tot = null where postbus = $1', [A]);
    const nu = new Date();
    const neem = () => claim(database, { organisatie: A, nu, leaseSeconden: 1, perPostbus: 1, maxOmvang: 1e9 });
    await volgStopschakelaar(database, nu);
    expect(await verschuldigd(database, nu)).toEqual([]);
    expect(await neem()).toBeUndefined();
    await zetStop(database, { actor: 'proef', reden: REDEN }, A, { aanlevering: false, bezorging: false });
    await volgStopschakelaar(database, nu);
    expect(await verschuldigd(database, nu)).toMatchObject([{ organisatie: A }]);
    expect((await neem())?.berichtId).toBe((await blader(knooppunt.client(A), A))[0]?.berichtId);
  });

  test('lets nothing lapse, and the time of the stop is given back', async () => {
    await zet(A, false, true);
    await database.pool.query(`update organisatiestop set sinds = now() - interval '3 days' where organisatie = $1`, [
      A,
    ]);
    await database.pool.query(
      `insert into vervalaankondiging select bericht_id, now() - interval '7 days', now() - interval '1 minute' from postbus_item where postbus = $1`,
      [A],
    );
    await database.pool.query('update postbus_item set lease_tot = null where postbus = $1', [A]);
    expect(await laatVervallen({ database }, new Date(), async () => undefined)).toBe(0);
    await zet(A, false, false);
    const { rows } = await database.pool.query<{ dagen: number }>(
      `select extract(epoch from min(vervalt_op) - now()) / 86400 as dagen from vervalaankondiging`,
    );
    expect(Number(rows[0]?.dagen)).toBeCloseTo(3, 1);
    expect(await laatVervallen({ database }, new Date(), async () => undefined)).toBe(0);
  });
});

test('nobody is stopped by a code that does not exist, or without a reden', async () => {
  const lijf = { aanlevering: true, bezorging: true, reden: REDEN };
  verwachtWeigering(await vraag('beheer', 'PUT', '/v1/beheer/organisaties/9999/stop', lijf), 'nietGevonden');
  const zonder = { ...lijf, reden: 'x' };
  verwachtWeigering(await vraag('beheer', 'PUT', `/v1/beheer/organisaties/${G}/stop`, zonder), 'invoerOngeldig');
  expect(JSON.parse((await vraag('beheer', 'GET', '/v1/beheer/stops')).lijf)).toEqual({ stops: [] });
});
