/** A push that fails is tried again with the same number until it arrives, whoever fails and however this process ends. */
import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { claim } from '#src/bezorging/claim.ts';
import type { Oorzaak } from '#src/bezorging/oorzaken.ts';
import { maakCertificaat } from '../hulp/certificaat.ts';
import {
  achtereen,
  bv03,
  fo03,
  type Gedrag,
  type Ontvangen,
  type Ontvanger,
  startOntvanger,
  status,
  zwijg,
} from './ontvanger.ts';
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

describe('what goes wrong once', () => {
  const GEVALLEN: readonly (readonly [Oorzaak, Gedrag])[] = [
    ['fo03Client', fo03('envelopOngeldig')],
    ['fo03Server', fo03('interneFout')],
    ['serverfout', status(500)],
    ['geenBv03', status(200)],
    ['anderAntwoord', bv03(() => crypto.randomUUID())],
    ['doorverwijzing', status(302, '', { Location: 'http://127.0.0.1:1/' })],
    ['nietBeschikbaar', status(503)],
    ['teDruk', status(429)],
    ['eindpuntWeigert', status(404)],
    ['berichtGeweigerd', status(400)],
    ['geenAntwoord', zwijg],
    ['verbroken', (_bericht, antwoord) => antwoord.destroy()],
  ];

  test.each(GEVALLEN)(
    '%s: noted by its code, and sent again with the same number and bytes',
    async (oorzaak, gedrag) => {
      const { ontvanger, code, klok } = await nieuw(achtereen(gedrag, bv03()));
      const [stuk] = await bank.leg(code);
      const id = stuk?.id ?? '';
      bank.bezorger({ nu: klok.nu });
      const stand = await bank.pogingen(id, 1);
      expect(stand).toMatchObject({ bezorging: 'te_bezorgen', oorzaak, laatstePoging: klok.nu() });
      expect(Number(stand.volgendePoging)).toBeGreaterThan(Number(klok.nu()));
      klok.vooruit(UUR / 2);
      await bank.bevestigd(id);
      expect(nummers(ontvanger.gekregen)).toEqual([stuk?.referentienummer, stuk?.referentienummer]);
      expect(ontvanger.gekregen[1]?.lijf).toBe(ontvanger.gekregen[0]?.lijf);
      expect(await bank.logboek(id)).toEqual([
        { gebeurtenis: 'bericht aangeboden', resultaat: oorzaak },
        { gebeurtenis: 'bericht bevestigd', resultaat: 'bevestigd' },
      ]);
    },
  );

  test('connection refused: it arrives when the receiver is there', async () => {
    const { ontvanger, code, klok } = await nieuw();
    await bank.zet(code, { url: await dood() });
    const [stuk] = await bank.leg(code);
    bank.bezorger({ nu: klok.nu });
    expect(await bank.pogingen(stuk?.id ?? '', 1)).toMatchObject({ oorzaak: 'verbindingGeweigerd' });
    await bank.zet(code, { url: ontvanger.url });
    klok.vooruit(UUR);
    await bank.bevestigd(stuk?.id ?? '');
  });

  test('TLS: a certificate that nobody vouches for gets nothing', async () => {
    const certificaat = maakCertificaat({ voor: '127.0.0.1' });
    const ontvanger = await startOntvanger(bv03(), certificaat);
    open.push(ontvanger);
    const code = await bank.ontvanger(ontvanger.url);
    const [stuk] = await bank.leg(code);
    const klok = maakKlok();
    const zonder = bank.bezorger({ nu: klok.nu });
    expect(await bank.pogingen(stuk?.id ?? '', 1)).toMatchObject({ oorzaak: 'eindpuntNietVertrouwd' });
    await zonder.stop();
    expect(ontvanger.gekregen).toEqual([]);
    klok.vooruit(UUR / 2);
    const vertrouwen = { secureContext: createSecureContext({ ca: certificaat.cert }), certificaatTot: undefined };
    bank.bezorger({ nu: klok.nu, tls: () => vertrouwen });
    await bank.bevestigd(stuk?.id ?? '');
  });

  test('TLS: files that cannot be used send nothing, and say so', async () => {
    const certificaat = maakCertificaat({ voor: '127.0.0.1' });
    const ontvanger = await startOntvanger(bv03(), certificaat);
    open.push(ontvanger);
    const code = await bank.ontvanger(ontvanger.url);
    const [stuk] = await bank.leg(code);
    bank.bezorger({ nu: maakKlok().nu, tls: () => undefined });
    expect(await bank.pogingen(stuk?.id ?? '', 1)).toMatchObject({ oorzaak: 'tlsBestanden' });
    expect(ontvanger.gekregen).toEqual([]);
  });

  test('our own key is gone: nothing is lost and nothing is sent', async () => {
    const { ontvanger, code, klok } = await nieuw();
    const [stuk] = await bank.leg(code);
    const zonder = bank.bezorger({ nu: klok.nu, sleutels: { ...bank.sleutels, inhoud: new Map() } });
    expect(await bank.pogingen(stuk?.id ?? '', 1)).toMatchObject({ oorzaak: 'eigenFout' });
    await zonder.stop();
    expect(ontvanger.gekregen).toEqual([]);
    klok.vooruit(UUR);
    bank.bezorger({ nu: klok.nu });
    await bank.bevestigd(stuk?.id ?? '');
  });
});

describe('who waits for a message that fails', () => {
  test('nobody, when the receiver refuses just that message', async () => {
    const { ontvanger, code, klok } = await nieuw(achtereen(fo03('envelopOngeldig'), bv03()));
    const gelegd = await bank.leg(code, { aantal: 3 });
    bank.bezorger({ nu: klok.nu });
    await bank.bevestigd(gelegd[2]?.id ?? '');
    expect(nummers(ontvanger.gekregen)).toEqual(nummers(gelegd));
    expect((await bank.stand(gelegd[0]?.id ?? '')).bezorging).toBe('te_bezorgen');
  });

  test('all, when the receiver is away: not one is tried meanwhile', async () => {
    const { ontvanger, code, klok } = await nieuw(status(503));
    const gelegd = await bank.leg(code, { aantal: 3 });
    bank.bezorger({ nu: klok.nu });
    const [eerste, tweede] = gelegd.map(({ id }) => id);
    await bank.pogingen(eerste ?? '', 1);
    const achter = await bank.stand(tweede ?? '');
    expect(achter).toMatchObject({ pogingen: 0, oorzaak: 'nietBeschikbaar', bezorging: 'te_bezorgen' });
    expect(Number(achter.volgendePoging)).toBeGreaterThan(Number(klok.nu()));
    klok.vooruit(UUR);
    await bank.pogingen(eerste ?? '', 2);
    expect(nummers(ontvanger.gekregen)).toEqual([gelegd[0]?.referentienummer, gelegd[0]?.referentienummer]);
  });

  test('for a while, when the message may be the cause: a poisoned one does not hold up the others for a day', async () => {
    const { ontvanger, code, klok } = await nieuw();
    const gelegd = await bank.leg(code, { aantal: 4 });
    const gif = gelegd[0];
    const goed = bv03();
    ontvanger.doe((bericht, antwoord) =>
      (bericht.referentienummer === gif?.referentienummer ? status(500) : goed)(bericht, antwoord),
    );
    bank.bezorger({ nu: klok.nu, toeval: () => 0.999 });
    for (const keer of [1, 2, 3]) {
      await bank.pogingen(gif?.id ?? '', keer);
      klok.vooruit(10_000);
    }
    await bank.bevestigd(gelegd[3]?.id ?? '');
    expect(Number(klok.nu())).toBeLessThan(Date.now() + UUR);
    expect((await bank.stand(gif?.id ?? '')).bezorging).toBe('te_bezorgen');
  });
});

describe('a pusher that ends halfway', () => {
  const LANG = { verbinden: 5000, verzenden: 5000, wachten: 60_000, lezen: 5000 };

  test('by stopping: the next sends it again at once, with the same number', async () => {
    const { ontvanger, code, klok } = await nieuw(achtereen(zwijg, bv03()));
    const [stuk] = await bank.leg(code);
    const id = stuk?.id ?? '';
    const eerste = bank.bezorger({ nu: klok.nu, tijden: LANG });
    await ontvanger.tot(1);
    await eerste.stop();
    expect(await bank.stand(id)).toMatchObject({ oorzaak: 'afgebroken', pogingen: 1, onderweg: false });
    bank.bezorger({ nu: klok.nu, tijden: LANG });
    expect(await bank.bevestigd(id)).toMatchObject({ pogingen: 2 });
    expect(nummers(ontvanger.gekregen)).toEqual([stuk?.referentienummer, stuk?.referentienummer]);
  });

  test('by stopping while the answer is on its way: it is waited for', async () => {
    const { ontvanger, code } = await nieuw(
      (bericht, antwoord) => void setTimeout(() => bv03()(bericht, antwoord), 100),
    );
    const [stuk] = await bank.leg(code);
    const eerste = bank.bezorger({ tijden: LANG, respijtMs: 5000 });
    await ontvanger.tot(1);
    await eerste.stop();
    expect(await bank.stand(stuk?.id ?? '')).toMatchObject({ bezorging: 'bevestigd', pogingen: 1 });
  });

  test('by dying: its lease ends, and until then nobody sends it or what comes after it', async () => {
    const { ontvanger, code, klok } = await nieuw();
    const gelegd = await bank.leg(code, { aantal: 2 });
    await bank.database.pool.query('insert into bezorgstand (organisatie) values ($1) on conflict do nothing', [code]);
    const vraag = { organisatie: code, leaseSeconden: 60, perPostbus: 1, maxOmvang: 1e9 };
    expect(await claim(bank.database, { ...vraag, nu: klok.nu() })).toMatchObject({ berichtId: gelegd[0]?.id });
    expect(await claim(bank.database, { ...vraag, nu: klok.nu() })).toBeUndefined();
    const { ontvanger: ander, code: andere } = await nieuw();
    await bank.leg(andere);
    bank.bezorger({ nu: klok.nu });
    await ander.tot(1);
    expect(ontvanger.gekregen).toEqual([]);
    await bank.database.pool.query(
      `update postbus_item set lease_tot = now() - interval '1 second' where bericht_id = $1`,
      [gelegd[0]?.id],
    );
    await bank.bevestigd(gelegd[1]?.id ?? '');
    expect(nummers(ontvanger.gekregen)).toEqual(nummers(gelegd));
    expect(await bank.stand(gelegd[0]?.id ?? '')).toMatchObject({ pogingen: 2 });
  });

  test('between two attempts: the next keeps the count and the pause', async () => {
    const { ontvanger, code, klok } = await nieuw(status(503));
    const [stuk] = await bank.leg(code);
    const id = stuk?.id ?? '';
    const eerste = bank.bezorger({ nu: klok.nu, toeval: () => 0.5 });
    for (const keer of [1, 2, 3, 4]) {
      await bank.pogingen(id, keer);
      klok.vooruit(60_000);
    }
    const voor = await bank.pogingen(id, 5);
    await eerste.stop();
    const { ontvanger: ander, code: andere } = await nieuw();
    await bank.leg(andere);
    bank.bezorger({ nu: klok.nu, toeval: () => 0.5 });
    await ander.tot(1);
    expect(await bank.stand(id)).toEqual(voor);
    expect(ontvanger.gekregen).toHaveLength(5);
    klok.vooruit(60_000);
    const na = await bank.pogingen(id, 6);
    const pauze = (stand: typeof na) => Number(stand.volgendePoging) - Number(stand.laatstePoging);
    expect(pauze(na)).toBe(pauze(voor) * 2);
  });
});
