/** A ZIP that is refused as a whole, a store that fails while one is taken in, and more ZIPs than there is memory for. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { WEIGERINGEN, type WeigeringSoort } from '#src/fouten.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { open, stuur } from '../hulp/rauw.ts';
import { laatNietsAchter, telling, verwachtWeigering } from '../hulp/weigering.ts';
import { geweigerdNa, leverZip, type Uitslag, uitslagenVan, ZIP_VERZOEK, zipBerichten } from '../hulp/zip.ts';
import { type Deel, maakZip } from '../hulp/zipbouwer.ts';

const stil = await startOpstelling({ rollen: ['api'] });
/** One that finds everything over 64 kB too large. */
const KLEINE_GRENS = 64 * 1024;
const klein = await startOpstelling({
  rollen: ['api'],
  omgeving: { KNOOPPUNT_MAX_BERICHT_BYTES: String(KLEINE_GRENS) },
});
afterAll(() => Promise.all([stil, klein].map((een) => een.stop())));

const MIB = 1024 * 1024;
const { pad, koppen } = ZIP_VERZOEK;
const xml = voorbeeld('WMO301');

const leverUit = async (delen: readonly Deel[], extra?: Readonly<Record<string, string>>) =>
  uitslagenVan(await leverZip(stil.adres, maakZip(delen), extra));

describe('the whole ZIP is refused, and nothing of it stored:', () => {
  const goed = maakZip(zipBerichten(2));
  const maten = { uitgepakt: 24 * MIB };
  const elfGrote = Array.from({ length: 11 }, (_, nr) => ({
    naam: `${nr}.xml`,
    pakket: Buffer.alloc(MIB),
    lokaal: maten,
    centraal: maten,
  }));
  test.each<{ soort: WeigeringSoort; naam: string; lijf?: Buffer; extra?: Readonly<Record<string, string>> }>([
    { soort: 'zipOngeldig', naam: 'no ZIP', lijf: Buffer.from(xml) },
    { soort: 'zipOngeldig', naam: 'half a ZIP', lijf: goed.subarray(0, goed.length / 2) },
    { soort: 'zipOngeldig', naam: 'nothing', lijf: Buffer.alloc(0) },
    { soort: 'zipLeeg', naam: 'no file', lijf: maakZip([]) },
    { soort: 'zipTeVeelBestanden', naam: '31 messages', lijf: maakZip(zipBerichten(31)) },
    { soort: 'zipWachtwoord', naam: 'a password', lijf: maakZip([...zipBerichten(2), { naam: 'x.xml', vlaggen: 1 }]) },
    { soort: 'zipTeGroot', naam: 'together more than 250 MB', lijf: maakZip(elfGrote) },
    { soort: 'berichtTeGroot', naam: 'more than 25 MB', lijf: Buffer.alloc(25 * MIB + 1) },
    { soort: 'referentienummerOngeldig', naam: 'no number', extra: { Referentienummer: 'nummer-1' } },
    { soort: 'invoerOngeldig', naam: 'a number of one answer', extra: { CrossReferentienummer: randomUUID() } },
    { soort: 'inhoudstypeOnjuist', naam: 'packed again', extra: { 'Content-Encoding': 'gzip' } },
    { soort: 'nietAangemeld', naam: 'of nobody', extra: { Authorization: 'Bearer demo-9999' } },
  ])('$soort: $naam', async ({ soort, lijf = goed, extra }) => {
    await laatNietsAchter(stil.database, soort, () => leverZip(stil.adres, lijf, extra));
  });

  test('one that comes in pieces is cut off at 25 MB', async () => {
    const lijf = Array.from({ length: 26 }, () => Buffer.alloc(MIB));
    await laatNietsAchter(stil.database, 'berichtTeGroot', () => stuur(stil.adres, { pad, koppen, lijf }));
  });

  test('one that breaks off: a ZIP that came half is no ZIP', async () => {
    const { regels, ...eerst } = await telling(stil.database);
    const vraag = open(stil.adres, { pad, koppen: { ...koppen, 'Content-Length': String(goed.length) } });
    await new Promise((klaar) => vraag.write(goed.subarray(0, -1), klaar));
    vraag.destroy();
    await expect.poll(() => telling(stil.database)).toEqual({ ...eerst, regels: regels + 1 });
    expect(await geweigerdNa(stil.database, regels)).toEqual(['invoerOngeldig']);
  });
});

describe('the store fails halfway:', () => {
  /** What the database does to a message with this identification. */
  async function bij(identificatie: string, doe: string, werk: () => Promise<void>): Promise<void> {
    await stil.database.pool.query(`
      create function proef() returns trigger language plpgsql as $$ begin ${doe}; return new; end $$;
      create trigger proef before insert on bericht for each row when (new.identificatie = '${identificatie}') execute function proef()`);
    try {
      await werk();
    } finally {
      await stil.database.pool.query('drop trigger proef on bericht; drop function proef()');
    }
  }

  test('the connection breaks at the third: two receipts stand, the rest may be tried again, and then is accepted', async () => {
    const delen = zipBerichten(6);
    const Referentienummer = randomUUID();
    const eerst = await telling(stil.database);
    let uitslagen: readonly Uitslag[] = [];
    await bij('Z2', 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5)', async () => {
      uitslagen = await leverUit(delen, { Referentienummer });
    });
    expect(uitslagen.map(({ status }) => status)).toEqual([202, 202, 503, 503, 503, 503]);
    for (const { probleem } of uitslagen.slice(2)) {
      expect(probleem).toMatchObject({ opnieuw: true, title: WEIGERINGEN.tijdelijkNietBeschikbaar.titel });
    }
    expect((await telling(stil.database)).berichten).toBe(eerst.berichten + 2);
    expect(await geweigerdNa(stil.database, eerst.regels)).toEqual(Array(4).fill('tijdelijkNietBeschikbaar'));
    const opnieuw = await leverUit(delen, { Referentienummer });
    expect(opnieuw.map(({ status }) => status)).toEqual(Array(6).fill(202));
    expect(opnieuw.slice(0, 2).map(({ ontvangstbewijs }) => ontvangstbewijs?.berichtId)).toEqual(
      uitslagen.slice(0, 2).map(({ ontvangstbewijs }) => ontvangstbewijs?.berichtId),
    );
    expect((await telling(stil.database)).berichten).toBe(eerst.berichten + 6);
  });

  test('the connection breaks at the first: the whole request may be tried again', async () => {
    await bij('Z0', 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5)', async () => {
      const antwoord = await laatNietsAchter(stil.database, 'tijdelijkNietBeschikbaar', () =>
        leverZip(stil.adres, maakZip(zipBerichten(3))),
      );
      expect(Number(antwoord.koppen['retry-after'])).toBeGreaterThan(0);
    });
  });

  test('one message that the database does not want harms no other', async () => {
    await bij('Z1', `raise exception 'proef'`, async () => {
      const uitslagen = await leverUit(zipBerichten(3));
      expect(uitslagen.map(({ status }) => status)).toEqual([202, 500, 202]);
      expect(uitslagen[1]?.probleem).toMatchObject({ opnieuw: true, title: WEIGERINGEN.interneFout.titel });
      expect(JSON.stringify(uitslagen)).not.toContain('proef');
    });
  });
});

describe('memory:', () => {
  test('slow uploads together take no more than there is room for, and give it back', async () => {
    const traag: ReturnType<typeof open>[] = [];
    const nogEen = (): void => {
      const vraag = open(klein.adres, { pad, koppen });
      vraag.write(Buffer.alloc(KLEINE_GRENS - 1));
      traag.push(vraag);
    };
    const vol = () => leverZip(klein.adres, maakZip(zipBerichten(30)));
    const meer = async (): Promise<number> => {
      nogEen();
      return (await vol()).status;
    };
    await expect.poll(meer, { timeout: 20_000 }).toBe(503);
    // There is room for eight of the largest; the ZIP itself needs some, too.
    expect(traag.length).toBeGreaterThanOrEqual(7);
    verwachtWeigering(await vol(), 'tijdelijkNietBeschikbaar');
    // Single messages need no room here.
    const los = { pad, koppen: { ...koppen, 'Content-Type': 'application/xml' }, lijf: xml };
    expect((await stuur(klein.adres, los)).status).toBe(202);
    for (const vraag of traag) vraag.destroy();
    await expect.poll(async () => (await vol()).status, { timeout: 20_000 }).toBe(207);
  });

  test('fifty ZIPs at once that unpack to the largest messages are all taken in, a few at a time', async () => {
    const inhoud = Buffer.concat([Buffer.from(xml), Buffer.alloc(KLEINE_GRENS - Buffer.byteLength(xml), ' ')]);
    const bytes = maakZip(Array.from({ length: 5 }, (_, nr) => ({ naam: `${nr}.xml`, inhoud })));
    const antwoorden = await Promise.all(Array.from({ length: 50 }, () => leverZip(klein.adres, bytes)));
    const statussen = antwoorden.flatMap((antwoord) => uitslagenVan(antwoord).map(({ status }) => status));
    expect(statussen).toEqual(Array(250).fill(202));
  });
});
