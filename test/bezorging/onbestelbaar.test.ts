/** A message of which the time is up is given up, and still lies in the postbus. */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { OORZAKEN } from '#src/bezorging/oorzaken.ts';
import { bevestig } from '#src/postbus/postbus.ts';
import { bv03, fo03, type Gedrag, type Ontvangen, type Ontvanger, startOntvanger, status } from './ontvanger.ts';
import { maakKlok, maakProefbank } from './proefbank.ts';

const bank = await maakProefbank();
const open: Ontvanger[] = [];
afterEach(async () => {
  await bank.rust();
  await Promise.all(open.splice(0).map((ontvanger) => ontvanger.weg()));
});
afterAll(() => bank.weg());

const UUR = 3_600_000;

async function nieuw(gedrag?: Gedrag, keuze = {}) {
  const ontvanger = await startOntvanger(gedrag);
  open.push(ontvanger);
  const code = await bank.ontvanger(ontvanger.url, keuze);
  return { ontvanger, code, klok: maakKlok() };
}
async function dood(): Promise<string> {
  const ontvanger = await startOntvanger();
  await ontvanger.weg();
  return ontvanger.url;
}
const nummers = (berichten: readonly Pick<Ontvangen, 'referentienummer'>[]) =>
  berichten.map(({ referentienummer }) => referentienummer);

describe('when its time is up', () => {
  test.each([
    ['nietBeschikbaar', status(503), 3 * UUR, 24 * UUR],
    ['geenBv03', status(200), 3 * UUR, 24 * UUR],
    ['fo03Client', fo03('envelopOngeldig'), UUR / 10, UUR],
  ] as const)('%s: it is onbestelbaar, not sooner and not later', async (oorzaak, gedrag, sprong, grens) => {
    const { ontvanger, code, klok } = await nieuw(gedrag);
    const [stuk] = await bank.leg(code);
    const id = stuk?.id ?? '';
    const begin = Number(klok.nu());
    bank.bezorger({ nu: klok.nu });
    await bank.totOnbestelbaar(id, klok, sprong);
    const duurde = Number(klok.nu()) - begin;
    expect([duurde >= grens, duurde <= grens + 5 * sprong]).toEqual([true, true]);
    expect(await bank.stand(id)).toMatchObject({ bezorging: 'onbestelbaar', oorzaak, volgendePoging: null });
    expect((await bank.logboek(id)).at(-1)).toEqual({ gebeurtenis: 'bericht onbestelbaar', resultaat: oorzaak });
    const { length } = ontvanger.gekregen;
    klok.vooruit(100 * UUR);
    const [later] = await bank.leg(code);
    await bank.totStand(later?.id ?? '', (stand) => stand.pogingen > 0);
    expect(nummers(ontvanger.gekregen).lastIndexOf(stuk?.referentienummer ?? '')).toBeLessThan(length);
    expect(OORZAKEN[oorzaak].klasse === 'blijvend').toBe(grens === UUR);
  });

  test('it is still in the postbus; and what a poller took and gave back is not pushed again', async () => {
    const { ontvanger, code, klok } = await nieuw(status(503));
    const [stuk] = await bank.leg(code);
    const id = stuk?.id ?? '';
    bank.bezorger({ nu: klok.nu });
    await bank.totOnbestelbaar(id, klok, 6 * UUR);
    expect(await bank.haal(code)).toEqual([id]);
    await bank.database.pool.query(
      `update postbus_item set lease_tot = now() - interval '1 second' where bericht_id = $1`,
      [id],
    );
    ontvanger.doe(bv03());
    klok.vooruit(UUR);
    const [later] = await bank.leg(code);
    await bank.bevestigd(later?.id ?? '');
    expect(await bank.stand(id)).toMatchObject({ bezorging: 'te_bezorgen', volgendePoging: null });
    expect(await bank.haal(code)).toEqual([id]);
    await bevestig(bank.database, { postbus: code, berichtIds: [id], actor: 'proef' });
    expect(await bank.stand(id)).toMatchObject({ bezorging: 'bevestigd', oorzaak: null });
  });

  test('of a receiver that nobody can reach, what waited as long is onbestelbaar too, and what came later is not', async () => {
    const { code, klok } = await nieuw();
    await bank.zet(code, { url: await dood() });
    const oud = await bank.leg(code, { aantal: 3 });
    bank.bezorger({ nu: klok.nu });
    await bank.pogingen(oud[0]?.id ?? '', 1);
    const [jong] = await bank.leg(code);
    await bank.database.pool.query('update postbus_item set geplaatst_op = $2 where bericht_id = $1', [
      jong?.id,
      new Date(Number(klok.nu()) + 20 * UUR),
    ]);
    await bank.totOnbestelbaar(oud[0]?.id ?? '', klok, 7 * UUR);
    for (const { id } of oud) expect((await bank.stand(id)).bezorging).toBe('onbestelbaar');
    expect(await bank.stand(oud[2]?.id ?? '')).toMatchObject({ pogingen: 0, oorzaak: 'verbindingGeweigerd' });
    expect((await bank.logboek(oud[2]?.id ?? '')).map(({ gebeurtenis }) => gebeurtenis)).toEqual([
      'bericht onbestelbaar',
    ]);
    expect((await bank.stand(jong?.id ?? '')).bezorging).toBe('te_bezorgen');
  });
});
