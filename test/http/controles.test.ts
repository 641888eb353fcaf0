/** Checking without sending: the same report as the command line gives, and nothing kept. */
import { afterAll, describe, expect, test } from 'vitest';
import { rapporteerBestand } from '#src/envelop/rapport.ts';
import { schrijfDi01 } from '#src/envelop/schrijf.ts';
import { datum } from '#src/tijd.ts';
import { maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
import { LIJSTEN } from '../hulp/controle.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { telling, verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const controleer = (
  lijf: string | Uint8Array,
  koppen: Readonly<Record<string, string>> = {},
  token = 'demo-0363',
): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, {
    pad: '/v1/controles',
    lijf,
    koppen: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/xml', ...koppen },
  });

const inEnvelop = (xml: Buffer): Buffer =>
  schrijfDi01({
    zender: '0363',
    ontvanger: '98000001',
    referentienummer: '0f8fad5b-d9cb-4d69-a165-70867728950e',
    moment: new Date('2026-03-15T22:30:15Z'),
    soort: soort('WMO301'),
    inhoud: xml,
  });
const PARTIJEN = { afzender: '0363', ontvanger: '98000001' };

describe('the report', () => {
  const BSN = '999900006';
  test.each([
    ['a valid message', voorbeeld('WMO301')],
    ['a message that breaks its XSD', maakBericht('JW323', { geldig: false })],
    ['a message that breaks a rule', maakBericht('WMO301', { bsn: '999900007' })],
    ['a message in an envelope', inEnvelop(maakBericht('WMO301', PARTIJEN))],
    [
      'a message in an envelope that breaks a rule',
      inEnvelop(maakBericht('WMO301', { ...PARTIJEN, bsn: '999900007' })),
    ],
    ['no XML', 'Geachte heer, mevrouw'],
    ['a message that nobody knows', '<Bericht xmlns="http://www.istandaarden.nl/iwmo/3_2/wmo399/schema"/>'],
    ['a message with a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
  ])('%s gets what the command line says, without the name of a file', async (_naam, xml) => {
    const { status, koppen, lijf } = await controleer(xml);
    expect([status, koppen['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const opdracht = { niveau: 4, bronnen: { ...LIJSTEN, peildatum: datum(new Date()) } } as const;
    expect(JSON.parse(lijf)).toEqual(rapporteerBestand(null, Buffer.from(xml), opdracht));
    expect(lijf).not.toContain(BSN);
  });

  test('a message of some megabytes is checked too', async () => {
    const groot = Buffer.concat([Buffer.from(voorbeeld('JW323')), Buffer.alloc(5_000_000, '\n')]);
    expect(JSON.parse((await controleer(groot)).lijf)).toMatchObject({ berichtsoort: 'JW323', geldig: true });
  });

  test('many at the same time all get their own', async () => {
    const codes = ['WMO301', 'JW301', 'WMO305', 'JW323', 'WMO317', 'JW319'];
    const antwoorden = await Promise.all(codes.map((code) => controleer(voorbeeld(code))));
    expect(antwoorden.map(({ lijf }) => JSON.parse(lijf).berichtsoort)).toEqual(codes);
  });
});

test('nothing of the message is kept but one audit line', async () => {
  const eerst = await telling(knooppunt.database);
  await controleer(voorbeeld('WMO301'));
  expect(await telling(knooppunt.database)).toEqual({ ...eerst, regels: eerst.regels + 1 });
  const { rows } = await knooppunt.database.pool.query(
    'select gebeurtenis, actor, resultaat, bericht_id, details from logboek order by nr desc limit 1',
  );
  expect(rows).toEqual([
    {
      gebeurtenis: 'bericht gecontroleerd',
      actor: 'demo-0363',
      resultaat: 'geldig',
      bericht_id: null,
      details: { berichtsoort: 'WMO301', bevindingen: 0 },
    },
  ]);
});

test('the audit line is about whom the message is about, also in an envelope', async () => {
  const laatste = async (lijf: Buffer): Promise<readonly Buffer[]> => {
    await controleer(lijf);
    const { rows } = await knooppunt.database.pool.query<{ betrokkenen: readonly Buffer[] }>(
      'select betrokkenen from logboek order by nr desc limit 1',
    );
    return rows[0]?.betrokkenen ?? [];
  };
  const kaal = maakBericht('WMO301', PARTIJEN);
  const betrokkenen = await laatste(kaal);
  expect(betrokkenen).toHaveLength(1);
  expect(await laatste(inEnvelop(kaal))).toEqual(betrokkenen);
});

describe('a refusal', () => {
  test('of somebody who is not known', async () => {
    verwachtWeigering(await controleer(voorbeeld('WMO301'), {}, 'demo-onbekend'), 'nietAangemeld');
  });
  test('of what is not XML by its own word', async () => {
    verwachtWeigering(await controleer('{}', { 'Content-Type': 'application/json' }), 'inhoudstypeOnjuist');
  });
  test('of more than 25 MB, also when its length is not told', async () => {
    const stuk = Buffer.alloc(1024 * 1024, ' ');
    const lijf = Array.from({ length: 27 }, () => stuk);
    const koppen = { Authorization: 'Bearer demo-0363', 'Content-Type': 'application/xml' };
    verwachtWeigering(await stuur(knooppunt.adres, { pad: '/v1/controles', lijf, koppen }), 'berichtTeGroot');
  });
});
