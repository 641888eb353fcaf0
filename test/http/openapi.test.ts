/** The OpenAPI document tells the truth: every route is in it, its schemas resolve, and the live answers satisfy them. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Routering } from '#src/routering/routering.ts';
import { vergelijkAlles } from '#src/wlz-samenloop/signalen/run.ts';
import { alsCsv, CSV_REGEL } from '../dossier/invoer/opzet.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { verstuur } from '../hulp/reis.ts';
import { cizDat, indicatie } from '../hulp/wlz.ts';

/** One line is wrong: that is told too. */
const CSV = alsCsv(CSV_REGEL, CSV_REGEL);
const TARIEVEN = 'productcode;eenheid;tarief;aanbieder;vanaf;tot\n02A05;04;6250;;2026-01-01;';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

type Json = Readonly<Record<string, unknown>>;
interface Operatie {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string; readonly license: unknown };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operatie>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

const koppen = { Authorization: 'Bearer demo-0363' };
const haal = (pad: string): Promise<RauwAntwoord> => stuur(knooppunt.adres, { methode: 'GET', pad, koppen });
const document = JSON.parse((await haal('/v1/openapi.json')).lijf) as Document;
const operaties = Object.entries(document.paths).flatMap(([pad, bij]) =>
  Object.entries(bij).map(([methode, operatie]) => ({ methode: methode.toUpperCase(), pad, operatie })),
);

const VERWIJZING = '#/components/schemas/';
/** A schema with its references filled in. */
function vulIn(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(vulIn);
  if (typeof schema !== 'object' || schema === null) return schema;
  const ref = (schema as Json).$ref;
  if (typeof ref === 'string') {
    const doel = document.components.schemas[ref.slice(VERWIJZING.length)];
    if (!ref.startsWith(VERWIJZING) || !doel) throw new Error(`${ref} leads nowhere`);
    return vulIn(doel);
  }
  return Object.fromEntries(Object.entries(schema).map(([naam, deel]) => [naam, vulIn(deel)]));
}
const alsToets = (schema: Json): z.ZodType => z.fromJSONSchema(vulIn(schema) as Parameters<typeof z.fromJSONSchema>[0]);

test('every route of the design is in it, and no other', () => {
  expect(operaties.map(({ methode, pad }) => `${methode} ${pad}`).sort()).toEqual(
    [
      'POST /v1/berichten',
      'GET /v1/berichten',
      'POST /v1/zoekopdrachten',
      'GET /v1/berichten/{berichtId}',
      'GET /v1/berichten/{berichtId}/inhoud',
      'GET /v1/berichten/{berichtId}/bevindingen',
      'POST /v1/wlz-registertoetsen',
      'POST /v1/wlz-leveringen',
      'GET /v1/wlz-leveringen/{leveringId}',
      'GET /v1/wlz-register',
      'GET /v1/wlz-signalen',
      'GET /v1/wlz-signalen/{signaalId}',
      'POST /v1/wlz-signalen/{signaalId}/stappen',
      'GET /v1/organisaties/{code}/wmo-voorzieningen',
      'PUT /v1/organisaties/{code}/wmo-voorzieningen',
      'GET /v1/organisaties/{code}/wlz-instelling',
      'PUT /v1/organisaties/{code}/wlz-instelling',
      'POST /v1/controles',
      'GET /v1/postbussen/{code}/berichten',
      'POST /v1/postbussen/{code}/ophalingen',
      'POST /v1/postbussen/{code}/bevestigingen',
      'GET /v1/organisaties/{code}/instellingen/{domein}',
      'PUT /v1/organisaties/{code}/instellingen/{domein}',
      'POST /v1/organisaties/{code}/dossiers/{domein}/invoer',
      'PUT /v1/organisaties/{code}/tarieven/{domein}',
      'GET /v1/beheer/organisaties',
      'GET /v1/beheer/organisaties/{code}',
      'PUT /v1/beheer/organisaties/{code}',
      'GET /v1/beheer/machtigingen',
      'POST /v1/beheer/machtigingen',
      'POST /v1/beheer/machtigingen/{nummer}/intrekking',
      'GET /v1/beheer/vensters',
      'PUT /v1/beheer/vensters/{berichtsoort}/{release}',
      'GET /v1/bevriezingen',
      'GET /v1/banen',
      'GET /v1/beheer/stand',
      'GET /v1/beheer/stops',
      'PUT /v1/beheer/organisaties/{code}/stop',
      'GET /v1/organisaties/{code}/stop',
      'GET /v1/beheer/bevriezingen',
      'POST /v1/beheer/bevriezingen',
      'POST /v1/beheer/bevriezingen/{nummer}/opheffing',
      'GET /v1/openstaand',
      'GET /v1/ketendata/indicatoren',
      'GET /v1/ketendata/cijfers',
      'GET /v1/organisaties/{code}/ketendatamandaten',
      'POST /v1/organisaties/{code}/ketendatamandaten',
      'POST /v1/organisaties/{code}/ketendatamandaten/{nummer}/intrekking',
      'GET /v1/beheer/samenwerkingsverbanden',
      'PUT /v1/beheer/samenwerkingsverbanden/{code}',
      'GET /v1/berichten/{berichtId}/bezorging',
      'GET /v1/beheer/bezorging',
      'POST /v1/beheer/bezorging/{organisatie}/opnieuw',
    ].sort(),
  );
});

test('the document is OpenAPI 3.1, and its version is in every answer', async () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  for (const pad of [
    '/v1/openapi.json',
    '/v1/berichten',
    '/v1/niets',
    '/health/live',
    '/metrics',
    `/v1/berichten/${randomUUID()}`,
  ]) {
    expect((await haal(pad)).koppen['api-version'], pad).toBe(document.info.version);
  }
});

describe.each(operaties)('$methode $pad', ({ methode, pad, operatie }) => {
  test('exists on the server', async () => {
    const voorbeeld: Readonly<Record<string, string>> = {
      berichtId: randomUUID(),
      code: '0363',
      organisatie: '0363',
      domein: 'iwmo',
      nummer: '1',
      berichtsoort: 'WMO301',
      release: '3.2',
      leveringId: randomUUID(),
      signaalId: randomUUID(),
    };
    const echt = pad.replace(/\{(\w+)\}/g, (_, naam: string) => voorbeeld[naam] ?? '');
    const { status, lijf } = await stuur(knooppunt.adres, { methode, pad: echt, koppen });
    expect(status, lijf).not.toBe(405);
    if (status === 404) expect(echt).toMatch(/^\/v1\/(?:berichten|wlz-leveringen|wlz-signalen)\//);
  });

  test('has a name of its own, names its parameters, and its schema is usable', () => {
    expect(operaties.filter((ander) => ander.operatie.operationId === operatie.operationId)).toHaveLength(1);
    const inPad = [...pad.matchAll(/\{(\w+)\}/g)].map((treffer) => treffer[1]);
    expect(operatie.parameters.filter((deel) => deel.in === 'path').map(({ name }) => name)).toEqual(inPad);
    expect(Object.keys(operatie.responses)).toContain('default');
    const inhouden = [
      operatie.requestBody?.content ?? {},
      ...Object.values(operatie.responses).map(({ content }) => content ?? {}),
    ];
    for (const { schema } of inhouden.flatMap((inhoud) => Object.values(inhoud)))
      expect(alsToets(schema)).toBeDefined();
  });
});

describe('an answer of the server conforms to the document:', async () => {
  const client = knooppunt.client('0363');
  const goed = await verstuur(client, maakBericht('WMO301'));
  const fout = await verstuur(client, maakBericht('WMO301', { geldig: false }));
  const json = (lijf: object): Partial<Parameters<typeof stuur>[1]> => ({
    lijf: JSON.stringify(lijf),
    koppen: { Authorization: 'Bearer demo-98000001', 'Content-Type': 'application/json' },
  });
  /** With a body: a change, which needs a reden. */
  const alsBeheerder = (wijziging?: object): Partial<Parameters<typeof stuur>[1]> => ({
    ...(wijziging && { lijf: JSON.stringify({ ...wijziging, reden: 'voor de proef' }) }),
    koppen: { Authorization: 'Bearer demo-beheer', ...(wijziging && { 'Content-Type': 'application/json' }) },
  });
  const alsOntvanger = { koppen: { Authorization: 'Bearer demo-98000001' } };
  const BUS = '/v1/postbussen/98000001';
  const alsCiz = { Authorization: 'Bearer demo-ciz' };
  const register = { lijf: cizDat([indicatie(1)]), koppen: { ...alsCiz, 'Content-Type': 'text/csv' } };
  const eerste = await stuur(knooppunt.adres, { pad: '/v1/wlz-leveringen', ...register });
  const { leveringId } = JSON.parse(eerste.lijf) as { leveringId: string };

  const csv = {
    lijf: 'bsn;voorzieningId;status\n999900006;1;LOPEND\n1;2;LOPEND\n',
    koppen: { ...koppen, 'Content-Type': 'text/csv' },
  };
  await stuur(knooppunt.adres, { methode: 'PUT', pad: '/v1/organisaties/0363/wmo-voorzieningen', ...csv });
  await vergelijkAlles(
    { ...knooppunt, routering: new Routering(knooppunt.database), ...knooppunt.config.wlz },
    'opdracht',
  );
  const { signalen } = JSON.parse((await haal('/v1/wlz-signalen')).lijf) as { signalen: { signaalId: string }[] };
  const signaal = `/v1/wlz-signalen/${signalen[0]?.signaalId}`;
  const alsGemeente = (lijf: object): Partial<Parameters<typeof stuur>[1]> => ({
    lijf: JSON.stringify(lijf),
    koppen: { ...koppen, 'Content-Type': 'application/json' },
  });

  const GEVALLEN: readonly (readonly [string, string, string, Partial<Parameters<typeof stuur>[1]>])[] = [
    ['leverBerichtAan', 'POST', '/v1/berichten', { lijf: maakBericht('WMO301') }],
    [
      'leverBerichtAan',
      'POST',
      '/v1/berichten',
      { lijf: maakBericht('WMO301', { geldig: false }), koppen: { ...koppen, Prefer: 'wait=20' } },
    ],
    ['controleerBericht', 'POST', '/v1/controles', { lijf: maakBericht('WMO301') }],
    ['controleerBericht', 'POST', '/v1/controles', { lijf: 'geen XML' }],
    ['zoekBerichten', 'GET', '/v1/berichten?aantal=2', {}],
    ['voerZoekopdrachtUit', 'POST', '/v1/zoekopdrachten', json({ aantal: 2, bsn: '999900006' })],
    ['zoekOpenstaand', 'GET', '/v1/openstaand?richting=te-krijgen', {}],
    ['volgBezorging', 'GET', `/v1/berichten/${goed.berichtId}/bezorging`, {}],
    ['bezorgingOverzicht', 'GET', '/v1/beheer/bezorging', alsBeheerder()],
    ['wijzigOrganisatie', 'PUT', '/v1/beheer/organisaties/0014', alsBeheerder({ stuf: { url: 'http://127.0.0.1:9' } })],
    ['hervatBezorging', 'POST', '/v1/beheer/bezorging/0014/opnieuw', alsBeheerder()],
    ['leesOrganisatie', 'GET', '/v1/beheer/organisaties/0014', alsBeheerder()],
    ['leesOrganisaties', 'GET', '/v1/beheer/organisaties?aantal=2', alsBeheerder()],
    [
      'geefMachtiging',
      'POST',
      '/v1/beheer/machtigingen',
      alsBeheerder({ client: 'software', organisatie: '0014', domein: 'iwmo' }),
    ],
    ['leesMachtigingen', 'GET', '/v1/beheer/machtigingen', alsBeheerder()],
    ['trekMachtigingIn', 'POST', '/v1/beheer/machtigingen/1/intrekking', alsBeheerder({})],
    ['leesVensters', 'GET', '/v1/beheer/vensters', alsBeheerder()],
    [
      'wijzigVensters',
      'PUT',
      '/v1/beheer/vensters/WMO319/3.2',
      alsBeheerder({ vensters: [{ vanaf: '2023-04-01T00:00:00+02:00', tot: null }] }),
    ],
    ['kondigBevriezingAan', 'POST', '/v1/beheer/bevriezingen', alsBeheerder({ vanaf: '2027-01-01T00:00:00+01:00' })],
    ['leesBevriezingen', 'GET', '/v1/beheer/bevriezingen', alsBeheerder()],
    ['leesBanen', 'GET', '/v1/banen', alsBeheerder()],
    ['leesStand', 'GET', '/v1/beheer/stand', alsBeheerder()],
    ['zetStop', 'PUT', '/v1/beheer/organisaties/0344/stop', alsBeheerder({ aanlevering: true, bezorging: false })],
    ['leesStops', 'GET', '/v1/beheer/stops', alsBeheerder()],
    ['leesStop', 'GET', '/v1/organisaties/0363/stop', {}],
    ['leesAangekondigdeBevriezingen', 'GET', '/v1/bevriezingen', {}],
    ['hefBevriezingOp', 'POST', '/v1/beheer/bevriezingen/1/opheffing', alsBeheerder({})],
    ['leesIndicatoren', 'GET', '/v1/ketendata/indicatoren', {}],
    ['leesKetencijfers', 'GET', '/v1/ketendata/cijfers?weergave=gemeente&code=0363&vergelijk=jaar', {}],
    ['wijzigSamenwerkingsverband', 'PUT', '/v1/beheer/samenwerkingsverbanden/regio', alsBeheerder({ naam: 'Regio' })],
    ['leesSamenwerkingsverbanden', 'GET', '/v1/beheer/samenwerkingsverbanden', alsBeheerder()],
    [
      'geefKetendatamandaat',
      'POST',
      '/v1/organisaties/0363/ketendatamandaten',
      alsGemeente({ verband: 'regio', vanaf: '2026-01-01', reden: 'voor de proef' }),
    ],
    ['leesKetendatamandaten', 'GET', '/v1/organisaties/0363/ketendatamandaten', {}],
    [
      'trekKetendatamandaatIn',
      'POST',
      '/v1/organisaties/0363/ketendatamandaten/1/intrekking',
      alsGemeente({ reden: 'voor de proef' }),
    ],
    ['volgBericht', 'GET', `/v1/berichten/${goed.berichtId}`, {}],
    ['volgBericht', 'GET', `/v1/berichten/${fout.berichtId}`, {}],
    ['leesBevindingen', 'GET', `/v1/berichten/${goed.berichtId}/bevindingen`, {}],
    ['leesBevindingen', 'GET', `/v1/berichten/${fout.berichtId}/bevindingen`, {}],
    ['bladerPostbus', 'GET', '/v1/postbussen/0363/berichten', {}],
    ['bladerPostbus', 'GET', `${BUS}/berichten`, alsOntvanger],
    ['haalPostbusOp', 'POST', `${BUS}/ophalingen`, json({ aantal: 2 })],
    ['haalPostbusOp', 'POST', '/v1/postbussen/0363/ophalingen', {}],
    ['haalPostbusOp', 'POST', `${BUS}/ophalingen`, json({ aantal: 1, leaseSeconden: 1 })],
    ['bevestigBerichten', 'POST', `${BUS}/bevestigingen`, json({ berichtIds: [goed.berichtId, randomUUID()] })],
    [
      'voerDossierIn',
      'POST',
      '/v1/organisaties/0363/dossiers/iwmo/invoer?peildatum=2026-01-01',
      { lijf: CSV, koppen: { ...koppen, 'Content-Type': 'text/csv' } },
    ],
    [
      'vervangTarieven',
      'PUT',
      '/v1/organisaties/0363/tarieven/iwmo',
      { lijf: TARIEVEN, koppen: { ...koppen, 'Content-Type': 'text/csv' } },
    ],
    ['leverWlzRegisterAan', 'POST', '/v1/wlz-leveringen', register],
    ['leesWlzLevering', 'GET', `/v1/wlz-leveringen/${leveringId}`, { koppen: alsCiz }],
    ['leesWlzRegister', 'GET', '/v1/wlz-register', { koppen: alsCiz }],
    [
      'voerWlzRegistertoetsUit',
      'POST',
      '/v1/wlz-registertoetsen',
      { ...json({ bsn: '999900006', doel: '2.3.5' }), koppen: { ...koppen, 'Content-Type': 'application/json' } },
    ],
    ['leverWmoVoorzieningen', 'PUT', '/v1/organisaties/0363/wmo-voorzieningen', csv],
    ['leesWmoLeveringen', 'GET', '/v1/organisaties/0363/wmo-voorzieningen', {}],
    ['leesWlzSignalen', 'GET', '/v1/wlz-signalen?aantal=1', {}],
    ['behandelWlzSignaal', 'POST', `${signaal}/stappen`, alsGemeente({ naar: 'in_behandeling' })],
    ['leesWlzSignaal', 'GET', signaal, {}],
    ['leesWlzInstelling', 'GET', '/v1/organisaties/0363/wlz-instelling', {}],
    ['wijzigWlzInstelling', 'PUT', '/v1/organisaties/0363/wlz-instelling', alsGemeente({ herinneringNaDagen: 14 })],
    ['leesInstelling', 'GET', '/v1/organisaties/98000001/instellingen/iwmo', alsOntvanger],
    [
      'wijzigInstelling',
      'PUT',
      '/v1/organisaties/98000001/instellingen/iwmo',
      json({ retour: 'zelf', dossierVolledigVanaf: '2026-01-01' }),
    ],
  ];
  const verwacht = (id: string, antwoord: RauwAntwoord): z.ZodType => {
    const operatie = operaties.find((rij) => rij.operatie.operationId === id)?.operatie;
    const schema = operatie?.responses[antwoord.status]?.content?.['application/json']?.schema;
    if (!schema) throw new Error(`${id} has no schema for ${antwoord.status}: ${antwoord.lijf}`);
    return alsToets(schema);
  };

  test.each(GEVALLEN)('%s: %s %s', async (id, methode, pad, verzoek) => {
    const antwoord = await stuur(knooppunt.adres, { methode, pad, koppen, ...verzoek });
    const uitslag = verwacht(id, antwoord).safeParse(JSON.parse(antwoord.lijf));
    expect(uitslag.error?.issues ?? []).toEqual([]);
  });

  test('every operation with a JSON answer has been tried', () => {
    const metJson = operaties.filter(({ operatie }) =>
      Object.values(operatie.responses).some(({ content }) => content?.['application/json'] !== undefined),
    );
    expect(new Set(GEVALLEN.map(([id]) => id))).toEqual(new Set(metJson.map(({ operatie }) => operatie.operationId)));
  });

  test.each([
    ['/v1/berichten?aantal=veel', 400],
    ['/v1/berichten/x', 400],
    ['/v1/niets', 404],
    ['/v1/postbussen/0344/berichten', 403],
  ])('a refusal: %s → %i', async (pad, status) => {
    const antwoord = await haal(pad);
    const probleem = operaties[0]?.operatie.responses.default?.content?.['application/problem+json']?.schema ?? {};
    expect(antwoord.status).toBe(status);
    expect(alsToets(probleem).safeParse(JSON.parse(antwoord.lijf)).error?.issues ?? []).toEqual([]);
  });
});
