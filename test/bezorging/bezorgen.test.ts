/** A message over StUF: what the receiver gets, in which order, and that no one else holds it meanwhile. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { maakDoelen } from '#src/bezorging/doelen.ts';
import { EnvelopLezer } from '#src/envelop/lees.ts';
import { bevestig } from '#src/postbus/postbus.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { achtereen, bv03, type Gedrag, type Ontvanger, startOntvanger, status, zwijg } from './ontvanger.ts';
import { KORTE_TIJDEN, maakProefbank } from './proefbank.ts';

const bank = await maakProefbank();
const open: Ontvanger[] = [];
afterEach(async () => {
  await bank.rust();
  await Promise.all(open.splice(0).map((ontvanger) => ontvanger.weg()));
});
afterAll(() => bank.weg());

async function nieuw(gedrag?: Gedrag, keuze = {}) {
  const ontvanger = await startOntvanger(gedrag);
  open.push(ontvanger);
  return { ontvanger, code: await bank.ontvanger(ontvanger.url, keuze) };
}

describe('what arrives', () => {
  const kruisreferentie = randomUUID();
  const GGK = 'http://www.stufstandaarden.nl/koppelvlak/ggk0210';
  test.each([
    ['WMO301', 'Di01', `${GGK}/ggk_Di01`, undefined],
    ['JW302', 'Du01', `${GGK}/ggk_Du01`, kruisreferentie],
    ['WMO325', 'Du01', `${GGK}/ggk_Du01`, kruisreferentie],
  ])('a %s is a valid %s with its own numbers and the bytes untouched', async (berichtsoort, soort, actie, kruis) => {
    const { ontvanger, code } = await nieuw();
    const bytes = maakBericht(berichtsoort);
    const [stuk] = await bank.leg(code, { berichtsoort, bytes, kruisreferentie: kruis ?? null });
    bank.bezorger();
    await bank.bevestigd(stuk?.id ?? '');
    const [gekregen] = ontvanger.gekregen;
    expect(gekregen?.soapAction).toBe(`"${actie}"`);
    expect(gekregen?.koppen).toMatchObject({ 'content-type': 'text/xml; charset=utf-8', connection: 'close' });
    const inhoud: Buffer[] = [];
    const lezer = new EnvelopLezer((deel) => inhoud.push(Buffer.from(deel)));
    lezer.lees(Buffer.from(gekregen?.lijf ?? ''));
    expect(lezer.einde()).toMatchObject({
      soort,
      functie: berichtsoort,
      functieVersie: '0003',
      functieSubversie: '0002',
      zender: { organisatie: '0363' },
      ontvanger: { organisatie: code, applicatie: 'GGk' },
      referentienummer: stuk?.referentienummer,
      ...(kruis && { crossRefnummer: kruis }),
    });
    expect(Buffer.concat(inhoud).equals(bytes)).toBe(true);
  });

  test('a Fo01 goes as it is, byte for byte', async () => {
    const { ontvanger, code } = await nieuw();
    const fo01 = [
      '<StUF:Fo01Bericht xmlns:StUF="http://www.egem.nl/StUF/StUF0301"><StUF:stuurgegevens><StUF:referentienummer>',
      '</StUF:referentienummer></StUF:stuurgegevens><StUF:body>\r\n  <StUF:code>IB014</StUF:code></StUF:body></StUF:Fo01Bericht>',
    ];
    const bytes = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\r\n${fo01.join('')}`);
    const [stuk] = await bank.leg(code, { berichtsoort: 'Fo01', bytes });
    // The number of the row is the one in the bytes; here the receiver is told which.
    ontvanger.doe(bv03(() => stuk?.referentienummer ?? ''));
    bank.bezorger();
    await bank.bevestigd(stuk?.id ?? '');
    expect(ontvanger.gekregen[0]?.soapAction).toBe('"http://www.egem.nl/StUF/StUF0301/Fo01"');
    expect(ontvanger.gekregen[0]?.lijf).toContain(fo01.join(''));
  });

  test('a message of 4 MB arrives whole', async () => {
    const { ontvanger, code } = await nieuw();
    const bytes = Buffer.alloc(4 * 1024 * 1024, 'inhoud ');
    const [stuk] = await bank.leg(code, { bytes });
    bank.bezorger({ tijden: { verbinden: 5000, verzenden: 5000, wachten: 5000, lezen: 5000 } });
    await bank.bevestigd(stuk?.id ?? '');
    expect(ontvanger.gekregen[0]?.lijf).toContain(bytes.toString('base64'));
  });

  test('a retour of which nobody knows the heenbericht is not sent with a made-up number', async () => {
    const { ontvanger, code } = await nieuw();
    const [stuk] = await bank.leg(code, { berichtsoort: 'WMO302' });
    bank.bezorger();
    const { oorzaak, bezorging } = await bank.totStand(stuk?.id ?? '', (stand) => stand.oorzaak !== null);
    expect([oorzaak, bezorging]).toEqual(['nietTeVerpakken', 'te_bezorgen']);
    expect(ontvanger.gekregen).toEqual([]);
  });

  test('a retour without a number of its own gets that of its heenbericht', async () => {
    const { ontvanger, code } = await nieuw();
    const [heen] = await bank.leg('0363');
    const [stuk] = await bank.leg(code, { berichtsoort: 'WMO302' });
    await bank.database.pool.query('update bericht set heenbericht_id = $2 where id = $1', [stuk?.id, heen?.id]);
    bank.bezorger();
    await bank.bevestigd(stuk?.id ?? '');
    expect(ontvanger.gekregen[0]?.lijf).toContain(`<StUF:crossRefnummer>${heen?.referentienummer}<`);
  });
});

test('after a Bv03 the message is confirmed, with one audit line, and nobody gets it again', async () => {
  const { ontvanger, code } = await nieuw();
  const [stuk] = await bank.leg(code);
  const id = stuk?.id ?? '';
  bank.bezorger();
  expect(await bank.bevestigd(id)).toMatchObject({ pogingen: 1, oorzaak: null, volgendePoging: null, onderweg: false });
  expect(await bank.logboek(id)).toEqual([{ gebeurtenis: 'bericht bevestigd', resultaat: 'bevestigd' }]);
  expect([await bank.haal(code), ontvanger.gekregen.length]).toEqual([[], 1]);
  const { rows } = await bank.database.pool.query('select bevestigd_op from postbus_item where bericht_id = $1', [id]);
  expect(rows[0].bevestigd_op).toBeInstanceOf(Date);
});

describe('only what is to be pushed', () => {
  test('not a message of a domein that goes by the postbus, and not one of a receiver without an endpoint', async () => {
    const { ontvanger, code } = await nieuw();
    await bank.database.pool.query(
      `update instelling set route = 'postbus' where organisatie = $1 and domein = 'ijw'`,
      [code],
    );
    const [jw] = await bank.leg(code, { berichtsoort: 'JW301' });
    const [elders] = await bank.leg('98000190');
    const [wmo] = await bank.leg(code);
    bank.bezorger();
    await bank.bevestigd(wmo?.id ?? '');
    expect(ontvanger.gekregen.map(({ referentienummer }) => referentienummer)).toEqual([wmo?.referentienummer]);
    expect((await bank.stand(jw?.id ?? '')).bezorging).toBe('te_bezorgen');
    expect(await bank.stand(elders?.id ?? '')).toMatchObject({ bezorging: 'te_bezorgen', route: 'postbus' });
  });

  test('an address that is no web address is never asked', async () => {
    const { code } = await nieuw();
    await bank.zet(code, { url: 'http://gebruiker:geheim@127.0.0.1:1/' });
    const [stuk] = await bank.leg(code);
    bank.bezorger();
    const { oorzaak } = await bank.totStand(stuk?.id ?? '', (stand) => stand.oorzaak !== null);
    expect(oorzaak).toBe('adresNietToegestaan');
  });

  test('an address that this installation does not allow is never asked', async () => {
    const { ontvanger, code } = await nieuw();
    const [stuk] = await bank.leg(code);
    bank.bezorger({ doelen: maakDoelen(['stuf.example.nl']) });
    await bank.totStand(stuk?.id ?? '', ({ oorzaak }) => oorzaak === 'adresNietToegestaan');
    expect(ontvanger.gekregen).toEqual([]);
  });
});

describe('order and possession', () => {
  test('fifty messages come one at a time, in the order of the postbus, also with two pushers', async () => {
    const { ontvanger, code } = await nieuw();
    const gelegd = await bank.leg(code, { aantal: 50 });
    bank.bezorger();
    bank.bezorger();
    await bank.bevestigd(gelegd.at(-1)?.id ?? '');
    expect(ontvanger.gekregen.map(({ referentienummer }) => referentienummer)).toEqual(
      gelegd.map(({ referentienummer }) => referentienummer),
    );
    expect(ontvanger.meesteTegelijk()).toBe(1);
  });

  test('a receiver that goes down for a moment gets them in order all the same', async () => {
    const { ontvanger, code } = await nieuw(
      achtereen(bv03(), status(503), status(503), bv03(), status(500), zwijg, bv03()),
    );
    const gelegd = await bank.leg(code, { aantal: 6 });
    bank.bezorger({ toeval: () => 0, nu: sneller() });
    await bank.bevestigd(gelegd.at(-1)?.id ?? '');
    const eerste = [...new Set(ontvanger.gekregen.map(({ referentienummer }) => referentienummer))];
    expect(eerste).toEqual(gelegd.map(({ referentienummer }) => referentienummer));
    expect(ontvanger.gekregen).toHaveLength(10);
  });

  test('what a poller holds is not pushed, and what is being pushed no poller gets', async () => {
    const { ontvanger, code } = await nieuw(zwijg);
    const [bijPoller, bijOns] = await bank.leg(code, { aantal: 2 });
    expect(await bank.haal(code, 1)).toEqual([bijPoller?.id]);
    const lang = { verbinden: 5000, verzenden: 5000, wachten: 60_000, lezen: 5000 };
    bank.bezorger({ tijden: lang });
    await ontvanger.tot(1);
    expect(ontvanger.gekregen[0]?.referentienummer).toBe(bijOns?.referentienummer);
    expect(await bank.haal(code)).toEqual([]);
    expect(await bank.stand(bijOns?.id ?? '')).toMatchObject({ bezorging: 'opgehaald', onderweg: true, pogingen: 1 });
  });

  test('a message that the receiver confirmed over REST while it was being pushed is not confirmed twice', async () => {
    const { ontvanger, code } = await nieuw(zwijg);
    const [stuk] = await bank.leg(code);
    const id = stuk?.id ?? '';
    bank.bezorger();
    await ontvanger.tot(1);
    await bevestig(bank.database, { postbus: code, berichtIds: [id], actor: 'proef' });
    await bank.totStand(id, ({ onderweg }) => !onderweg);
    await expect.poll(async () => (await bank.logboek(id)).length).toBe(2);
    expect((await bank.logboek(id)).map(({ gebeurtenis }) => gebeurtenis)).toEqual([
      'bericht bevestigd',
      'bericht aangeboden',
    ]);
    expect(await bank.stand(id)).toMatchObject({ bezorging: 'bevestigd', oorzaak: null, volgendePoging: null });
    await ontvanger.tot(1);
    expect(ontvanger.gekregen).toHaveLength(1);
  });

  test('with more places per receiver, so many go at a time and no more', async () => {
    const { ontvanger, code } = await nieuw(zwijg);
    await bank.leg(code, { aantal: 9 });
    // None of them may be given up while the last is still on its way.
    bank.bezorger({ plaatsen: { perOntvanger: 3 }, tijden: { ...KORTE_TIJDEN, wachten: 60_000 } });
    await ontvanger.tot(3);
    expect(ontvanger.onderweg()).toBe(3);
  });
});

/** A clock on which a second is some milliseconds. */
function sneller(): () => Date {
  const begin = Date.now();
  return () => new Date(begin + (Date.now() - begin) * 100);
}

test('no text of a receiver is kept anywhere', async () => {
  const geheim = 'Jansen 999990019';
  const { code } = await nieuw(status(500, `<html>${geheim}</html>`, { 'X-Naam': geheim }));
  const [stuk] = await bank.leg(code);
  bank.bezorger();
  await bank.totStand(stuk?.id ?? '', ({ oorzaak }) => oorzaak === 'serverfout');
  for (const tabel of ['bezorgpoging', 'bezorgstand', 'bezorgtelling', 'logboek']) {
    const { rows } = await bank.database.pool.query(`select row_to_json(t)::text as rij from ${tabel} t`);
    expect(rows.filter(({ rij }) => rij.includes('Jansen') || rij.includes('999990019'))).toEqual([]);
  }
});
