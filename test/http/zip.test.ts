/** A ZIP as the body of an upload: every file is a message with the promises of a single upload, and one bad file harms no other. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { WEIGERINGEN, type WeigeringSoort } from '#src/fouten.ts';
import { isUuidV4 } from '#src/identiteit.ts';
import { maakBericht, voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { bytesVan, haalOp, volg } from '../hulp/reis.ts';
import { telling } from '../hulp/weigering.ts';
import { geweigerdNa, leverZip, type Uitslag, uitslagenVan, zipBerichten } from '../hulp/zip.ts';
import { type Deel, maakZip } from '../hulp/zipbouwer.ts';

const knooppunt = await startOpstelling();
/** One that only takes in, so that nothing but intake changes what is stored. */
const stil = await startOpstelling({ rollen: ['api'] });
afterAll(() => Promise.all([knooppunt, stil].map((een) => een.stop())));

const MIB = 1024 * 1024;
const xml = voorbeeld('WMO301');

const leverUit = async (delen: readonly Deel[], koppen?: Readonly<Record<string, string>>) =>
  uitslagenVan(await leverZip(stil.adres, maakZip(delen), koppen));
const soortVan = ({ probleem }: Uitslag): string | undefined => probleem?.type.replace('urn:x-knooppunt:fout:', '');

describe('accepted:', () => {
  test('three messages travel as three uploads would, and the sender hears every outcome at once', async () => {
    const delen = [
      { naam: 'a.xml', inhoud: maakBericht('WMO301', { identificatie: 'REIS1' }) },
      { naam: 'b.xml', inhoud: maakBericht('WMO301', { identificatie: 'REIS2', geldig: false }), beschrijver: true },
      { naam: 'c.xml', inhoud: maakBericht('WMO301', { identificatie: 'REIS3' }), methode: 0 },
    ];
    const antwoord = await leverZip(knooppunt.adres, maakZip(delen), { Prefer: 'wait=30' });
    expect(antwoord.koppen['preference-applied']).toBe('wait=30');
    const uitslagen = uitslagenVan(antwoord);
    expect(uitslagen.map(({ bestand, status, ontvangstbewijs }) => [bestand, status, ontvangstbewijs?.status])).toEqual(
      [
        ['a.xml', 202, 'verwerkt'],
        ['b.xml', 202, 'afgekeurd'],
        ['c.xml', 202, 'verwerkt'],
      ],
    );
    const post = await haalOp(knooppunt.client('98000001'), '98000001', { aantal: 100 });
    const ids = uitslagen.map(({ ontvangstbewijs }) => ontvangstbewijs?.berichtId);
    expect(post.map(({ berichtId }) => berichtId)).toEqual([ids[0], ids[2]]);
    expect(post.map((stuk) => bytesVan(stuk).toString())).toEqual(
      [delen[0], delen[2]].map((deel) => String(deel?.inhoud)),
    );
  });

  test('30 messages, each with a receipt of its own, in the order of the archive', async () => {
    const uitslagen = uitslagenVan(await leverZip(knooppunt.adres, maakZip(zipBerichten(30))));
    expect(uitslagen.map(({ bestand, status }) => [bestand, status])).toEqual(
      Array.from({ length: 30 }, (_, nr) => [`bericht-${nr}.xml`, 202]),
    );
    const client = knooppunt.client('0363');
    const standen = await Promise.all(uitslagen.map((een) => volg(client, een.ontvangstbewijs?.berichtId ?? '')));
    expect(standen.map(({ identificatie }) => identificatie)).toEqual(Array.from({ length: 30 }, (_, nr) => `Z${nr}`));
    const nummers = standen.map(({ baanNummer }) => baanNummer ?? 0);
    expect(nummers).toEqual(nummers.toSorted((een, ander) => een - ander));
    expect(new Set(nummers).size).toBe(30);
  });

  test.each(['application/x-zip-compressed', 'Application/ZIP; x=y'])('called %s', async (type) => {
    expect((await leverZip(stil.adres, maakZip(zipBerichten(1)), { 'Content-Type': type })).status).toBe(207);
  });

  test('waiting takes no longer than asked, for all files together', async () => {
    const begin = performance.now();
    const uitslagen = uitslagenVan(await leverZip(stil.adres, maakZip(zipBerichten(10)), { Prefer: 'wait=1' }));
    // One after the other it would be ten times as long as a busy machine takes for one.
    expect(performance.now() - begin).toBeLessThan(9000);
    expect(uitslagen.map(({ ontvangstbewijs }) => ontvangstbewijs?.status)).toEqual(Array(10).fill('ontvangen'));
  });
});

describe('sent again:', () => {
  const delen = zipBerichten(3);
  const Referentienummer = randomUUID();
  const kern = (uitslagen: readonly Uitslag[]) =>
    uitslagen.map(({ bestand, ontvangstbewijs }) => [
      bestand,
      ontvangstbewijs?.berichtId,
      ontvangstbewijs?.referentienummer,
      ontvangstbewijs?.ontvangenOp,
    ]);

  test('with the same Referentienummer: the same receipts, and nothing stored', async () => {
    const eerst = await leverUit(delen, { Referentienummer });
    expect(eerst.map(({ ontvangstbewijs }) => isUuidV4(ontvangstbewijs?.referentienummer ?? ''))).toEqual([
      true,
      true,
      true,
    ]);
    const { berichten: voor } = await telling(stil.database);
    expect(kern(await leverUit(delen, { Referentienummer }))).toEqual(kern(eerst));
    // Packed in another way and in another order it is the same delivery.
    const anders = delen.toReversed().map((deel) => ({ ...deel, methode: 0 }));
    expect(kern(await leverUit(anders, { Referentienummer }))).toEqual(kern(eerst).toReversed());
    expect((await telling(stil.database)).berichten).toBe(voor);
  });

  test('with another message under a name: that one is refused, the others keep their receipt', async () => {
    const eerst = await leverUit(delen, { Referentienummer });
    const anders = { naam: delen[1]?.naam ?? '', inhoud: maakBericht('WMO301', { identificatie: 'ANDERS' }) };
    const daarna = await leverUit([...delen.slice(0, 1), anders, ...delen.slice(2)], { Referentienummer });
    expect(daarna.map(({ status }) => status)).toEqual([202, 409, 202]);
    expect(daarna.map(soortVan)).toEqual([undefined, 'referentienummerNietUniek', undefined]);
    expect([kern(daarna)[0], kern(daarna)[2]]).toEqual([kern(eerst)[0], kern(eerst)[2]]);
  });

  test('without a Referentienummer every ZIP is new, as every upload is', async () => {
    const { berichten: voor } = await telling(stil.database);
    await leverUit(delen);
    await leverUit(delen);
    expect((await telling(stil.database)).berichten).toBe(voor + 6);
  });
});

describe('good and bad together:', () => {
  const delen: readonly Deel[] = [
    { naam: 'goed-1.xml', inhoud: maakBericht('WMO301', { identificatie: 'GOED1' }) },
    { naam: 'geen-xml.xml', inhoud: 'Geachte heer, mevrouw' },
    { naam: 'map/a.xml', inhoud: xml },
    { naam: 'van-een-ander.xml', inhoud: maakBericht('WMO305') },
    { naam: 'crc.xml', inhoud: xml, lokaal: { crc: 1 }, centraal: { crc: 1 } },
    { naam: 'aan-niemand.xml', inhoud: maakBericht('WMO301', { ontvanger: '99999999' }) },
    { naam: 'groot.xml', inhoud: Buffer.alloc(26 * MIB) },
    { naam: 'zip.zip', inhoud: maakZip(zipBerichten(1)) },
    { naam: 'leeg.xml' },
    { naam: 'goed-2.xml', inhoud: maakBericht('WMO301', { identificatie: 'GOED2' }) },
  ];
  const SOORTEN: readonly (WeigeringSoort | undefined)[] = [
    undefined,
    'geenXml',
    'zipBestandOngeldig',
    'geenToestemmingAfzender',
    'zipBestandOngeldig',
    'aanbiederOnbekend',
    'zipBestandTeGroot',
    'zipBestandOngeldig',
    'geenXml',
    undefined,
  ];

  test('every file its own answer, every refusal its own audit line, and only the good ones are stored', async () => {
    const eerst = await telling(stil.database);
    const uitslagen = await leverUit(delen);
    expect(uitslagen.map(soortVan)).toEqual(SOORTEN);
    for (const [nr, { status, probleem, ontvangstbewijs }] of uitslagen.entries()) {
      const soort = SOORTEN[nr];
      if (soort === undefined) expect([status, isUuidV4(ontvangstbewijs?.referentienummer ?? '')]).toEqual([202, true]);
      else {
        const { http, titel } = WEIGERINGEN[soort];
        expect([status, probleem?.status, probleem?.title]).toEqual([http, http, titel]);
      }
    }
    const daarna = await telling(stil.database);
    expect([daarna.berichten, daarna.inhouden]).toEqual([eerst.berichten + 2, eerst.inhouden + 2]);
    expect(await geweigerdNa(stil.database, eerst.regels)).toEqual(SOORTEN.filter(Boolean));
  });

  test('no good one at all is still an answer per file', async () => {
    expect((await leverUit(delen.slice(1, 3))).map(({ status }) => status)).toEqual([400, 400]);
  });

  test('the name of a file is for its sender only: not for the log, the audit log or the metrics', async () => {
    const naam = 'Janssen-999900006.xml';
    const uitslagen = await leverUit([
      { naam, inhoud: 'geen XML' },
      { naam: `map/${naam}`, inhoud: xml },
      { naam: `x${naam}`, inhoud: maakBericht('WMO301', { identificatie: 'NAAM' }) },
    ]);
    expect(uitslagen.map(({ bestand }) => bestand)).toEqual([naam, `map/${naam}`, `x${naam}`]);
    const { rows } = await stil.database.pool.query('select row_to_json(logboek)::text as regel from logboek');
    const metriek = await stuur(stil.adres, { methode: 'GET', pad: '/metrics' });
    expect([stil.log(), JSON.stringify(rows), metriek.lijf].join()).not.toMatch(/Janssen/);
    for (const { probleem } of uitslagen) expect(JSON.stringify(probleem ?? '')).not.toMatch(/Janssen/);
  });
});
