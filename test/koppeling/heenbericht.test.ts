/** An answer finds its heenbericht, and nothing else: not of another, not twice, not one that its sender cannot know. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { dagtekeningVan, type Heenbericht, zoekHeenbericht } from '#src/koppeling/heenbericht.ts';
import type { Adres } from '#src/routering/adres.ts';
import { HEENBERICHTEN, maakBericht, soort, type Wijziging } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { type Gelegd, lees, leg } from './opzet.ts';

const { database, weg } = await maakGegevensbank();
afterAll(weg);
beforeEach(async () => {
  await database.pool.query(
    'truncate bericht, baan, te_doen, inhoud, bevinding, postbus_item, openstaand, verzoekreferentie cascade',
  );
});

const antwoordOp = (code: string): string => String(soort(code).antwoord);

/** Asks for the heenbericht of an answer made from the example of its soort. */
function zoek(code: string, kruisreferentie?: string | null, wijziging: Wijziging = {}): Promise<Heenbericht | null> {
  const { adres, voorblad } = lees(maakBericht(code, wijziging));
  return zoekHeenbericht(database, adres, voorblad, kruisreferentie);
}
const paar = ({ id, referentienummer }: Gelegd): Heenbericht => ({
  heenberichtId: id,
  kruisreferentie: referentienummer,
});
const weigert = (vraag: Promise<unknown>, met: WeigeringSoort): Promise<void> =>
  expect(vraag).rejects.toMatchObject({ name: 'KnooppuntFout', soort: met });
const legAntwoord = (code: string, heen: Gelegd): Promise<Gelegd> =>
  leg(database, maakBericht(antwoordOp(code)), { heenbericht: heen.id });

describe.each(HEENBERICHTEN)('$code', ({ code }) => {
  const antwoord = antwoordOp(code);

  test('is found by its answer, by number, by header and by both', async () => {
    const heen = await leg(database, maakBericht(code));
    for (const nummer of [undefined, null, heen.referentienummer])
      expect(await zoek(antwoord, nummer)).toEqual(paar(heen));
  });

  test('is answered once, whoever answers', async () => {
    const heen = await leg(database, maakBericht(code));
    await legAntwoord(code, heen);
    await weigert(zoek(antwoord), 'tweedeAntwoord');
    await weigert(zoek(antwoord, heen.referentienummer), 'tweedeAntwoord');
  });

  test('is unknown when it was refused, when it still waits, and when it never was', async () => {
    await weigert(zoek(antwoord), 'heenberichtOnbekend');
    await weigert(zoek(antwoord, randomUUID()), 'heenberichtOnbekend');
    for (const toestand of ['afgekeurd', 'ontvangen'] as const) {
      const heen = await leg(database, maakBericht(code), { toestand });
      await weigert(zoek(antwoord), 'heenberichtOnbekend');
      await weigert(zoek(antwoord, heen.referentienummer), 'heenberichtOnbekend');
    }
  });

  test('is not answered by another party, nor by its own sender', async () => {
    const heen = await leg(database, maakBericht(code));
    const { gemeente, aanbieder } = heen.adres;
    const { voorblad } = lees(maakBericht(antwoord));
    const vraag = (wie: Partial<Adres>) => {
      const adres = { ...lees(maakBericht(antwoord)).adres, ...wie };
      return Promise.all(
        [undefined, heen.referentienummer].map((nummer) =>
          weigert(zoekHeenbericht(database, adres, voorblad, nummer), 'heenberichtOnbekend'),
        ),
      );
    };
    const vanGemeente = soort(antwoord).verzender === 'gemeente';
    await vraag({ [vanGemeente ? 'afzender' : 'ontvanger']: gemeente === '0363' ? '0344' : '0363' });
    await vraag({ [vanGemeente ? 'ontvanger' : 'afzender']: aanbieder === '98000009' ? '98000008' : '98000009' });
    await vraag({ afzender: heen.adres.afzender, ontvanger: heen.adres.ontvanger });
  });

  test('is not answered by the soort that answers another', async () => {
    const heen = await leg(database, maakBericht(code));
    const anders = HEENBERICHTEN.filter((rij) => rij.domein === soort(code).domein && rij.code !== code);
    for (const ander of anders) {
      const { adres, voorblad } = lees(maakBericht(antwoord));
      const alsAnder = { ...adres, soort: soort(antwoordOp(ander.code)) };
      await weigert(zoekHeenbericht(database, alsAnder, voorblad, heen.referentienummer), 'heenberichtOnbekend');
    }
  });

  test('itself answers nothing, whatever number comes with it', async () => {
    expect(await zoek(code, randomUUID())).toBeNull();
  });
});

describe.each(['WMO302', 'JW325'])('the two ways to the heenbericht of a %s', (code) => {
  const heenCode = String(soort(code).antwoordOp);
  /** The answer to this heenbericht, with the identification in it where the soort has it. */
  const metVerwijzing = (identificatie: string, dagtekening?: string): Buffer => {
    const groep = soort(code).aard === 'retour' ? 'BerichtIdentificatie' : 'DeclaratieIdentificatie';
    const xml = maakBericht(code).toString();
    const [blok = ''] = new RegExp(`<${groep}>[^]*?</${groep}>`).exec(xml) ?? [];
    const nieuw = blok
      .replace(/(Identificatie>)[^<\s][^<]*</, `$1${identificatie}<`)
      .replace(/(Dagtekening>)[^<]*</, (heel, begin: string) =>
        dagtekening === undefined ? heel : `${begin}${dagtekening}<`,
      );
    return Buffer.from(xml.replace(blok, nieuw));
  };
  const vraag = (bytes: Buffer, nummer?: string) => {
    const { adres, voorblad } = lees(bytes);
    return zoekHeenbericht(database, adres, voorblad, nummer);
  };

  test('agree, or there is no heenbericht', async () => {
    const een = await leg(database, maakBericht(heenCode, { identificatie: 'EEN' }));
    const twee = await leg(database, maakBericht(heenCode, { identificatie: 'TWEE' }));
    expect(await vraag(metVerwijzing('EEN'), een.referentienummer)).toEqual(paar(een));
    expect(await vraag(metVerwijzing('TWEE'))).toEqual(paar(twee));
    await weigert(vraag(metVerwijzing('EEN'), twee.referentienummer), 'heenberichtOnbekend');
    await weigert(vraag(metVerwijzing('DRIE'), twee.referentienummer), 'heenberichtOnbekend');
    await weigert(vraag(metVerwijzing('EEN'), randomUUID()), 'heenberichtOnbekend');
  });

  test('take the dagtekening into account', async () => {
    const heen = await leg(
      database,
      maakBericht(heenCode, { identificatie: 'DAG', waarden: { Dagtekening: '2026-02-03' } }),
    );
    for (const nummer of [undefined, heen.referentienummer]) {
      expect(await vraag(metVerwijzing('DAG', ' 2026-02-03\n'), nummer)).toEqual(paar(heen));
      await weigert(vraag(metVerwijzing('DAG', '2026-02-04'), nummer), 'heenberichtOnbekend');
    }
    // A message of before the dagtekening was stored.
    await database.pool.query('update bericht set dagtekening = null');
    expect(await vraag(metVerwijzing('DAG', '2026-02-04'))).toEqual(paar(heen));
  });

  test('of equal identifications the refused one does not count, and the first that waits comes first', async () => {
    const bytes = maakBericht(heenCode, { identificatie: 'ZELFDE' });
    await leg(database, bytes, { toestand: 'afgekeurd', op: new Date('2026-01-01') });
    const een = await leg(database, bytes, { op: new Date('2026-01-02') });
    const twee = await leg(database, bytes, { op: new Date('2026-01-03') });
    expect(await vraag(metVerwijzing('ZELFDE'))).toEqual(paar(een));
    expect(await vraag(metVerwijzing('ZELFDE'), twee.referentienummer)).toEqual(paar(twee));
    await leg(database, metVerwijzing('ZELFDE'), { heenbericht: een.id });
    expect(await vraag(metVerwijzing('ZELFDE'))).toEqual(paar(twee));
    await leg(database, metVerwijzing('ZELFDE'), { heenbericht: twee.id });
    await weigert(vraag(metVerwijzing('ZELFDE')), 'tweedeAntwoord');
  });

  test('without an identification only the number leads there', async () => {
    const heen = await leg(database, maakBericht(heenCode));
    const kaal = Buffer.from(
      metVerwijzing('X')
        .toString()
        .replace(/<(\w+:)?(Identificatie|Dagtekening)>[^<]*<\/\1?\2>/g, ''),
    );
    expect(await vraag(kaal, heen.referentienummer)).toEqual(paar(heen));
    await weigert(vraag(kaal), 'heenberichtOnbekend');
  });

  test('what is no number is refused as such, and never reaches the database', async () => {
    for (const nummer of ['', 'x', "'; drop table bericht; --", randomUUID().toUpperCase()])
      await weigert(vraag(metVerwijzing('X'), nummer), 'referentienummerOngeldig');
  });
});

test('a JW302 does not answer the WMO301 with the same number and header', async () => {
  const heen = await leg(database, maakBericht('WMO301'));
  const { adres, voorblad } = lees(maakBericht('WMO302'));
  const alsJw = { ...adres, soort: soort('JW302') };
  await weigert(zoekHeenbericht(database, alsJw, voorblad, heen.referentienummer), 'heenberichtOnbekend');
});

test('an answer of the switch counts as the answer', async () => {
  const heen = await leg(database, maakBericht('WMO301'));
  const { id } = await legAntwoord('WMO301', heen);
  await database.pool.query(`update bericht set oorsprong = 'knooppunt', baan_nummer = null where id = $1`, [id]);
  await weigert(zoek('WMO302'), 'tweedeAntwoord');
});

test('an answer that was refused gives its place back', async () => {
  const heen = await leg(database, maakBericht('WMO301'));
  const { id } = await legAntwoord('WMO301', heen);
  await database.pool.query(`update bericht set toestand = 'afgekeurd', heenbericht_id = null where id = $1`, [id]);
  expect(await zoek('WMO302')).toEqual(paar(heen));
});

test('a Fo01 on a message does not take the place of its retour', async () => {
  const heen = await leg(database, maakBericht('WMO301'));
  const { id } = await legAntwoord('WMO301', heen);
  await database.pool.query(`update bericht set berichtsoort = 'Fo01' where id = $1`, [id]);
  expect(await zoek('WMO302')).toEqual(paar(heen));
});

test('two answers at the same moment: both find it, one gets in', async () => {
  for (let ronde = 0; ronde < 10; ronde += 1) {
    const heen = await leg(database, maakBericht('WMO301', { identificatie: `GELIJK${ronde}` }));
    const wijziging = { identificatie: `GELIJK${ronde}` };
    const gevonden = await Promise.all([0, 1].map(() => zoek('WMO302', heen.referentienummer, wijziging)));
    expect(gevonden).toEqual([paar(heen), paar(heen)]);
    // As intake stores a message: whatever unique key it meets, it is not stored, and the statement goes on.
    const bewaar = () =>
      database.pool.query(
        `insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
           heenbericht_id, sha256, omvang, toestand, ontvangen_op)
         select gen_random_uuid(), oorsprong, baan_id, domein, 'WMO302', release, ontvanger, afzender, indiener, gen_random_uuid(),
           id, sha256, omvang, 'ontvangen', now() from bericht where id = $1 on conflict do nothing returning id`,
        [heen.id],
      );
    const opgeslagen = await Promise.all([bewaar(), bewaar()]);
    expect(opgeslagen.map(({ rowCount }) => rowCount).sort()).toEqual([0, 1]);
    await weigert(zoek('WMO302', undefined, wijziging), 'tweedeAntwoord');
  }
});

test('of a message its own dagtekening is kept, of a retour not that of its heenbericht', () => {
  const dag = (code: string, waarden: Readonly<Record<string, string>>) => {
    const { adres, voorblad } = lees(maakBericht(code, { waarden }));
    return dagtekeningVan(adres, voorblad);
  };
  expect(dag('JW301', { Dagtekening: '2026-01-27' })).toBe('2026-01-27');
  expect(dag('JW302', { Dagtekening: '2026-01-27', DagtekeningRetour: '2026-01-28' })).toBe('2026-01-28');
  expect(dag('JW325', { Dagtekening: '2026-04-13' })).toBe('2026-04-13');
  expect(dag('JW301', { Dagtekening: 'x'.repeat(5000) })).toBe('x'.repeat(20));
  const { adres } = lees(maakBericht('JW301'));
  expect(dagtekeningVan(adres, { header: {} })).toBeNull();
});
