/**
 * An independent SOAP client, the npm package soap: it gets nothing but the address of the WSDL, builds its calls from the schemas served
 * there, and reads our answers by them.
 */
import { randomUUID } from 'node:crypto';
import { BasicAuthSecurity, type Client, createClientAsync } from 'soap';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { maakBericht, partijen } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { blader, bytesVan, haalOp, verstuur } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());
const { afzender: GEMEENTE, ontvanger: AANBIEDER } = partijen('WMO301');

/** What we read of an answer, as the client made it from the XML. */
interface Bv03 {
  readonly stuurgegevens: { readonly berichtcode: string; readonly crossRefnummer: string };
}
interface Fault {
  readonly root: {
    readonly Envelope: {
      readonly Body: {
        readonly Fault: {
          readonly faultcode: string;
          readonly detail: { readonly Fo03Bericht: { readonly body: Readonly<Record<string, string>> } };
        };
      };
    };
  };
}
type Operatie = (bericht: object) => Promise<readonly [Bv03]>;
let client: Client;
beforeAll(async () => {
  client = await createClientAsync(`${knooppunt.adres}/stuf/ggk0210/OntvangAsynchroon?wsdl`);
  client.setSecurity(new BasicAuthSecurity('gemeente', `demo-${GEMEENTE}`));
});
const roep = async (operatie: string, bericht: object): Promise<Bv03> =>
  (await (client[`${operatie}Async`] as Operatie).call(client, bericht))[0];

interface Keuze {
  readonly referentienummer?: string;
  readonly crossRefnummer?: string;
  readonly functie?: string;
  readonly bericht?: object;
}
const kop = (berichtcode: string, { referentienummer = randomUUID(), crossRefnummer }: Keuze) => ({
  berichtcode,
  zender: { organisatie: GEMEENTE, applicatie: 'Suite' },
  ontvanger: { organisatie: AANBIEDER, applicatie: 'GGk' },
  referentienummer,
  tijdstipBericht: '20261129',
  ...(crossRefnummer && { crossRefnummer }),
});
const envelop = (berichtcode: string, keuze: Keuze) => ({
  stuurgegevens: { ...kop(berichtcode, keuze), functie: keuze.functie ?? 'WMO301' },
  parameters: {
    applicatieVersie: '0007',
    applicatieSubversie: '0001',
    functieVersie: '0003',
    functieSubversie: '0002',
    bericht: keuze.bericht ?? { xmlBestand: maakBericht('WMO301').toString('base64') },
  },
});
/** Everything in a postbus; waits for the first. */
async function post(code: string) {
  const wie = knooppunt.client(code);
  await wachtTot(async () => (await blader(wie, code)).length > 0, { ms: 10_000, wat: 'post' });
  return haalOp(wie, code, { aantal: 100 });
}
/** The fault that the client was given. */
async function faultVan(operatie: string, bericht: object) {
  const fout: unknown = await roep(operatie, bericht).then(
    () => undefined,
    (afgewezen: unknown) => afgewezen,
  );
  if (!(fout instanceof Error && 'root' in fout)) throw new Error(`no SOAP fault: ${fout}`);
  return (fout as unknown as Fault).root.Envelope.Body.Fault;
}

test('finds the service, its port and its three operations, with their types', () => {
  const { StUFOntvangAsynchroonGGK0210Service: dienst } = client.describe();
  expect(Object.keys(dienst.OntvangAsynchroon).sort()).toEqual(['Fo01', 'ggk_Di01', 'ggk_Du01']);
  const { input, output } = dienst.OntvangAsynchroon.ggk_Di01;
  expect(Object.keys(input.parameters.bericht)).toEqual(expect.arrayContaining(['xmlBestand', 'tekstBestand']));
  expect(Object.keys(output.stuurgegevens)).toContain('crossRefnummer');
});

test.each([
  ['xmlBestand', (inhoud: string) => ({ xmlBestand: inhoud })],
  [
    'tekstBestand with its name',
    (inhoud: string) => ({ tekstBestand: { attributes: { bestandsnaam: 'wmo301-a_1.xml' }, $value: inhoud } }),
  ],
])('a Di01 with %s: Bv03 about it, and its bytes are in the postbus', async (_naam, verpak) => {
  const inhoud = maakBericht('WMO301');
  const referentienummer = randomUUID();
  const bericht = verpak(inhoud.toString('base64'));
  const { stuurgegevens } = await roep('ggk_Di01', envelop('Di01', { referentienummer, bericht }));
  expect(stuurgegevens).toMatchObject({ berichtcode: 'Bv03', crossRefnummer: referentienummer });
  await wachtTot(
    async () =>
      (await blader(knooppunt.client(AANBIEDER), AANBIEDER)).some((rij) => rij.referentienummer === referentienummer),
    { ms: 10_000, wat: 'the message in the postbus' },
  );
  const gekregen = (await post(AANBIEDER)).find((stuk) => stuk.referentienummer === referentienummer);
  expect(gekregen && bytesVan(gekregen).equals(inhoud)).toBe(true);
});

test('a Du01 with the retour on what the aanbieder sent, and a Fo01 on what it could not read', async () => {
  const aanbieder = knooppunt.client(AANBIEDER);
  const [een, twee] = [
    await verstuur(aanbieder, maakBericht('WMO305')),
    await verstuur(aanbieder, maakBericht('WMO307')),
  ];
  const bericht = { xmlBestand: maakBericht('WMO306').toString('base64') };
  const du01 = envelop('Du01', { crossRefnummer: een.referentienummer, functie: 'WMO306', bericht });
  expect((await roep('ggk_Du01', du01)).stuurgegevens.crossRefnummer).toBe(du01.stuurgegevens.referentienummer);
  const stuurgegevens = kop('Fo01', { crossRefnummer: twee.referentienummer });
  const body = { code: 'StUF055', plek: 'client', omschrijving: 'niet leesbaar' };
  expect((await roep('Fo01', { stuurgegevens, body })).stuurgegevens.berichtcode).toBe('Bv03');
  const over = new Map<string | null, string>();
  await wachtTot(
    async () => {
      for (const stuk of await blader(aanbieder, AANBIEDER)) over.set(stuk.crossReferentienummer, stuk.berichtsoort);
      return over.has(een.referentienummer) && over.has(twee.referentienummer);
    },
    { ms: 10_000, wat: 'the retour and the Fo01' },
  );
  expect([over.get(een.referentienummer), over.get(twee.referentienummer)]).toEqual(['WMO306', 'Fo01']);
});

describe('a fault it can read, by the schema of Fo03:', () => {
  const naam = (bestandsnaam: string) => ({
    bericht: { tekstBestand: { attributes: { bestandsnaam }, $value: maakBericht('WMO301').toString('base64') } },
  });
  test.each<readonly [string, Keuze]>([
    ['a number that is no UUID', { referentienummer: 'X1' }],
    ['a number in capitals', { referentienummer: randomUUID().toUpperCase() }],
    ['a bestandsnaam of three characters', naam('a.x')],
    ['a bestandsnaam of 256 characters', naam('x'.repeat(256))],
    ['a bestandsnaam with a path', naam('../wmo301.xml')],
    ['a bestandsnaam with a space', naam('wmo 301.xml')],
    ['no bestandsnaam', { bericht: { tekstBestand: maakBericht('WMO301').toString('base64') } }],
    ['no file at all', { bericht: {} }],
    ['base64 that is none', { bericht: { xmlBestand: '!!!' } }],
  ])('%s', async (_naam, keuze) => {
    const { faultcode, detail } = await faultVan('ggk_Di01', envelop('Di01', keuze));
    expect(faultcode).toBe('soap:Client');
    expect(detail.Fo03Bericht.body).toMatchObject({ code: 'StUF055', plek: 'client' });
  });

  test('a message in the operation of another', async () => {
    const { detail } = await faultVan('ggk_Du01', envelop('Di01', { crossRefnummer: randomUUID() }));
    expect(detail.Fo03Bericht.body.code).toBe('StUF055');
  });
});

test.each(['abcd', `${'x'.repeat(251)}.xml`, 'A-b_c.9'])(
  'a bestandsnaam at the edge, %.8s: taken',
  async (bestandsnaam) => {
    const $value = maakBericht('WMO301').toString('base64');
    const bericht = { tekstBestand: { attributes: { bestandsnaam }, $value } };
    expect((await roep('ggk_Di01', envelop('Di01', { bericht }))).stuurgegevens.berichtcode).toBe('Bv03');
  },
);
