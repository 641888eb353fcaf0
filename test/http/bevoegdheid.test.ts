/**
 * The authorisation matrix at the door: every call of the API by every kind of client, against a table made by hand. A call that is not
 * in the table fails, so that no new one is forgotten. Which messages may be sent: test/routering/matrix.test.ts.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { bevestig, blader, haalOp, verstuur, vraagJson } from '../hulp/reis.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-bevoegdheid-'));
const clients = join(map, 'clients.json');
const rij = (id: string) => ({ id, tokenSha256: createHash('sha256').update(id).digest('hex'), namens: [] });
writeFileSync(clients, JSON.stringify([rij('niemand'), rij('leverancier')]));
const knooppunt = await startOpstelling({ omgeving: { KNOOPPUNT_CLIENTS: clients } });
afterAll(async () => {
  await knooppunt.stop();
  rmSync(map, { recursive: true });
});

const [G, A, DERDE] = ['0363', '98000001', '0344'] as const;
/** Token of each client; the leverancier acts for the gemeente, in iWmo only. */
const TOKENS = {
  onbekend: 'demo-9999',
  niemand: 'niemand',
  derde: `demo-${DERDE}`,
  gemeente: `demo-${G}`,
  aanbieder: `demo-${A}`,
  leverancier: 'leverancier',
  ciz: 'demo-ciz',
  landelijk: 'demo-landelijk',
  beheerder: 'demo-beheer',
} as const;
type Wie = keyof typeof TOKENS;
const WIE = Object.keys(TOKENS) as readonly Wie[];
const AANGEMELD = WIE.filter((wie) => wie !== 'onbekend');

const beheer = knooppunt.client('beheer');
const reden = 'proef';
const machtiging = { client: 'leverancier', organisatie: G, domein: 'iwmo', reden };
const { id: nummer } = await vraagJson<{ id: number }>(beheer, 'POST', '/v1/beheer/machtigingen', machtiging);
const partijen = { afzender: G, ontvanger: A };
const iwmo = (await verstuur(knooppunt.client(G), maakBericht('WMO301', partijen))).berichtId;
const ijw = (await verstuur(knooppunt.client(G), maakBericht('JW301', partijen))).berichtId;

interface Actie {
  readonly id: string;
  readonly naam?: string;
  readonly methode: string;
  readonly pad: string;
  readonly lijf?: object | Buffer | (() => Buffer);
  /** When it is neither JSON nor XML. */
  readonly type?: string;
  /** Who may. */
  readonly mag: readonly Wie[];
  readonly status?: number;
  /** What the others hear; 404: for them it does not exist. */
  readonly anders?: number;
}

let volgnummer = 0;
const nieuw = (soort: string, afzender: string, ontvanger: string) => (): Buffer => {
  volgnummer += 1;
  return maakBericht(soort, { afzender, ontvanger, identificatie: `M${volgnummer}` });
};
const DEELNEMERS = ['gemeente', 'aanbieder'] as const;
const VOOR_IWMO = ['gemeente', 'leverancier'] as const;
const VOOR_CIZ = ['ciz', 'beheerder'] as const;

/** Of a message: who sees it, who sees its bytes. The operator sees that it is there, and never what is in it. */
const overBericht = (id: string, naam: string, partij: readonly Wie[]): readonly Actie[] => [
  ...['', '/bevindingen', '/bezorging'].map((deel, nr) => ({
    id: ['volgBericht', 'leesBevindingen', 'volgBezorging'][nr] ?? '',
    naam,
    methode: 'GET',
    pad: `/v1/berichten/${id}${deel}`,
    mag: [...partij, 'beheerder' as const],
    anders: 404,
  })),
  { id: 'leesInhoud', naam, methode: 'GET', pad: `/v1/berichten/${id}/inhoud`, mag: partij, anders: 404 },
];
const overPostbus = (code: string, mag: readonly Wie[]): readonly Actie[] => [
  { id: 'bladerPostbus', naam: code, methode: 'GET', pad: `/v1/postbussen/${code}/berichten`, mag },
  { id: 'haalPostbusOp', naam: code, methode: 'POST', pad: `/v1/postbussen/${code}/ophalingen`, lijf: {}, mag },
  {
    id: 'bevestigBerichten',
    naam: code,
    methode: 'POST',
    pad: `/v1/postbussen/${code}/bevestigingen`,
    lijf: { berichtIds: [crypto.randomUUID()] },
    mag,
  },
];
const overInstelling = (domein: string, mag: readonly Wie[]): readonly Actie[] => {
  const pad = `/v1/organisaties/${G}/instellingen/${domein}`;
  return [
    { id: 'leesInstelling', naam: domein, methode: 'GET', pad, mag },
    { id: 'wijzigInstelling', naam: domein, methode: 'PUT', pad, lijf: { foutlijst: '2025-11' }, mag },
  ];
};
const alleenBeheer = (id: string, methode: string, pad: string, lijf?: object, status = 200): Actie => ({
  id,
  methode,
  pad: `/v1/beheer/${pad}`,
  ...(lijf && { lijf }),
  mag: ['beheerder'],
  status,
});
const aanlevering = (naam: string, lijf: () => Buffer, mag: readonly Wie[]): Actie => ({
  id: 'leverBerichtAan',
  naam,
  methode: 'POST',
  pad: '/v1/berichten',
  lijf,
  mag,
  status: 202,
});

/** Of the Wlz register, that nobody delivered: who may, hears that it is not there, or what is wrong with the delivery. */
const WLZ: readonly Actie[] = [
  {
    id: 'voerWlzRegistertoetsUit',
    methode: 'POST',
    pad: '/v1/wlz-registertoetsen',
    lijf: { bsn: '999900006', doel: '2.3.5', gemeente: G },
    mag: VOOR_IWMO,
    status: 503,
  },
  { id: 'leverWlzRegisterAan', methode: 'POST', pad: '/v1/wlz-leveringen', lijf: {}, mag: VOOR_CIZ, status: 400 },
  {
    id: 'leverWlzRegisterAan',
    naam: 'in spite of what is wrong with it',
    methode: 'POST',
    pad: '/v1/wlz-leveringen?staToe=gat&reden=proefneming',
    lijf: {},
    mag: ['beheerder'],
    status: 400,
  },
  {
    id: 'leesWlzLevering',
    methode: 'GET',
    pad: `/v1/wlz-leveringen/${crypto.randomUUID()}`,
    mag: VOOR_CIZ,
    status: 404,
  },
  { id: 'leesWlzRegister', methode: 'GET', pad: '/v1/wlz-register', mag: VOOR_CIZ },
  { id: 'leesWlzSignalen', methode: 'GET', pad: `/v1/wlz-signalen?gemeente=${G}`, mag: VOOR_IWMO },
  // Whoever has signals may ask for one; there is none.
  {
    id: 'leesWlzSignaal',
    methode: 'GET',
    pad: `/v1/wlz-signalen/${crypto.randomUUID()}`,
    mag: [...VOOR_IWMO, 'derde'],
    status: 404,
  },
  {
    id: 'behandelWlzSignaal',
    methode: 'POST',
    pad: `/v1/wlz-signalen/${crypto.randomUUID()}/stappen`,
    lijf: { naar: 'in_behandeling' },
    mag: [...VOOR_IWMO, 'derde'],
    status: 404,
  },
  {
    id: 'leverWmoVoorzieningen',
    methode: 'PUT',
    pad: `/v1/organisaties/${G}/wmo-voorzieningen`,
    lijf: {},
    mag: VOOR_IWMO,
    status: 400,
  },
  { id: 'leesWmoLeveringen', methode: 'GET', pad: `/v1/organisaties/${G}/wmo-voorzieningen`, mag: VOOR_IWMO },
  {
    id: 'leesWlzInstelling',
    methode: 'GET',
    pad: `/v1/organisaties/${G}/wlz-instelling`,
    mag: [...VOOR_IWMO, 'beheerder'],
  },
  {
    id: 'wijzigWlzInstelling',
    methode: 'PUT',
    pad: `/v1/organisaties/${G}/wlz-instelling`,
    lijf: {},
    mag: [...VOOR_IWMO, 'beheerder'],
  },
  {
    id: 'wijzigWlzInstelling',
    naam: 'whether dates are shown',
    methode: 'PUT',
    pad: `/v1/organisaties/${G}/wlz-instelling`,
    lijf: { indicatieTonen: false },
    mag: ['beheerder'],
  },
];

/** What comes with the dossier. Whoever hears what is wrong with the file got past the door. */
const DOSSIER: readonly Actie[] = [
  {
    id: 'voerDossierIn',
    methode: 'POST',
    pad: `/v1/organisaties/${G}/dossiers/iwmo/invoer?peildatum=2026-01-01`,
    lijf: Buffer.from('niets'),
    type: 'text/csv',
    mag: [...VOOR_IWMO, 'beheerder'],
  },
  {
    id: 'vervangTarieven',
    methode: 'PUT',
    pad: `/v1/organisaties/${G}/tarieven/iwmo`,
    lijf: Buffer.from('niets'),
    type: 'text/csv',
    mag: [...VOOR_IWMO, 'beheerder'],
    status: 400,
  },
];

/** Figures: of oneself, of all together by right, and of gemeenten together only by mandaat. */
const CIJFERS = '/v1/ketendata/cijfers?weergave=';
const MANDATEN = `/v1/organisaties/${G}/ketendatamandaten`;
const KETENDATA: readonly Actie[] = [
  { id: 'leesIndicatoren', methode: 'GET', pad: '/v1/ketendata/indicatoren', mag: AANGEMELD },
  { id: 'leesKetencijfers', naam: 'gemeente', methode: 'GET', pad: `${CIJFERS}gemeente&code=${G}`, mag: VOOR_IWMO },
  {
    id: 'leesKetencijfers',
    naam: 'gemeente, the other domein',
    methode: 'GET',
    pad: `${CIJFERS}gemeente&code=${G}&domein=ijw`,
    mag: ['gemeente'],
  },
  {
    id: 'leesKetencijfers',
    naam: 'aanbieder',
    methode: 'GET',
    pad: `${CIJFERS}aanbieder&code=${A}`,
    mag: ['aanbieder'],
  },
  { id: 'leesKetencijfers', naam: 'landelijk', methode: 'GET', pad: `${CIJFERS}landelijk`, mag: ['landelijk'] },
  {
    id: 'leesKetencijfers',
    naam: 'without a mandaat',
    methode: 'GET',
    pad: `${CIJFERS}samenwerking&code=regio`,
    mag: [],
  },
  { id: 'leesKetendatamandaten', methode: 'GET', pad: MANDATEN, mag: ['gemeente', 'beheerder'] },
  {
    id: 'geefKetendatamandaat',
    methode: 'POST',
    pad: MANDATEN,
    lijf: { verband: 'is-er-niet', vanaf: '2026-01-01', reden },
    mag: ['gemeente'],
    status: 400,
  },
  {
    id: 'trekKetendatamandaatIn',
    methode: 'POST',
    pad: `${MANDATEN}/999999/intrekking`,
    lijf: { reden },
    mag: ['gemeente'],
    status: 404,
  },
  alleenBeheer('leesSamenwerkingsverbanden', 'GET', 'samenwerkingsverbanden'),
  alleenBeheer('wijzigSamenwerkingsverband', 'PUT', 'samenwerkingsverbanden/regio', { naam: 'Regio', reden }),
];

const ACTIES: readonly Actie[] = [
  ...KETENDATA,
  ...WLZ,
  ...DOSSIER,
  aanlevering('a WMO301 of the gemeente', nieuw('WMO301', G, A), VOOR_IWMO),
  aanlevering('a JW301 of the gemeente', nieuw('JW301', G, A), ['gemeente']),
  aanlevering('a WMO305 of the aanbieder', nieuw('WMO305', A, G), ['aanbieder']),
  ...overBericht(iwmo, 'iWmo', [...DEELNEMERS, 'leverancier']),
  ...overBericht(ijw, 'iJw', DEELNEMERS),
  ...overPostbus(G, VOOR_IWMO),
  ...overPostbus(A, ['aanbieder']),
  ...overInstelling('iwmo', [...VOOR_IWMO, 'beheerder']),
  ...overInstelling('ijw', ['gemeente', 'beheerder']),
  { id: 'zoekBerichten', methode: 'GET', pad: '/v1/berichten', mag: AANGEMELD },
  { id: 'voerZoekopdrachtUit', methode: 'POST', pad: '/v1/zoekopdrachten', lijf: {}, mag: AANGEMELD },
  { id: 'controleerBericht', methode: 'POST', pad: '/v1/controles', lijf: maakBericht('WMO301'), mag: AANGEMELD },
  { id: 'zoekOpenstaand', methode: 'GET', pad: `/v1/openstaand?organisatie=${G}`, mag: VOOR_IWMO },
  { id: 'leesAangekondigdeBevriezingen', methode: 'GET', pad: '/v1/bevriezingen', mag: AANGEMELD },
  alleenBeheer('leesOrganisaties', 'GET', 'organisaties'),
  alleenBeheer('leesOrganisatie', 'GET', `organisaties/${G}`),
  alleenBeheer('wijzigOrganisatie', 'PUT', `organisaties/${G}`, { naam: 'Amsterdam', reden }),
  alleenBeheer('leesMachtigingen', 'GET', 'machtigingen'),
  alleenBeheer('geefMachtiging', 'POST', 'machtigingen', { ...machtiging, client: 'een ander' }, 201),
  alleenBeheer('trekMachtigingIn', 'POST', 'machtigingen/999999/intrekking', { reden }, 404),
  alleenBeheer('leesVensters', 'GET', 'vensters'),
  alleenBeheer('wijzigVensters', 'PUT', 'vensters/WMO319/3.2', {
    vensters: [{ vanaf: '2023-04-01T00:00:00+02:00', tot: null }],
    reden,
  }),
  alleenBeheer('leesBevriezingen', 'GET', 'bevriezingen'),
  alleenBeheer(
    'kondigBevriezingAan',
    'POST',
    'bevriezingen',
    { vanaf: '2099-01-01T00:00:00Z', tot: '2099-01-02T00:00:00Z', reden },
    201,
  ),
  alleenBeheer('hefBevriezingOp', 'POST', 'bevriezingen/999999/opheffing', { reden }, 404),
  {
    id: 'leesStop',
    methode: 'GET',
    pad: `/v1/organisaties/${G}/stop`,
    mag: ['gemeente', 'leverancier', 'beheerder'],
  },
  { id: 'leesBanen', methode: 'GET', pad: '/v1/banen', mag: ['beheerder'] },
  alleenBeheer('leesStand', 'GET', 'stand'),
  alleenBeheer('leesStops', 'GET', 'stops'),
  alleenBeheer('zetStop', 'PUT', `organisaties/${DERDE}/stop`, { aanlevering: true, bezorging: true, reden }),
  alleenBeheer('bezorgingOverzicht', 'GET', 'bezorging'),
  alleenBeheer('hervatBezorging', 'POST', `bezorging/${G}/opnieuw`, undefined, 404),
];

function doe(wie: Wie | undefined, { methode, pad, lijf: ruw, type }: Actie): Promise<RauwAntwoord> {
  const lijf = typeof ruw === 'function' ? ruw() : ruw;
  const isXml = lijf instanceof Uint8Array;
  const koppen = {
    ...(wie && { Authorization: `Bearer ${TOKENS[wie]}` }),
    ...(lijf && { 'Content-Type': type ?? (isXml ? 'application/xml' : 'application/json') }),
  };
  return stuur(knooppunt.adres, { methode, pad, koppen, ...(lijf && { lijf: isXml ? lijf : JSON.stringify(lijf) }) });
}

test('the table holds every call of the API', async () => {
  const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/v1/openapi.json' });
  const paden: Record<string, Record<string, { operationId?: string }>> = JSON.parse(lijf).paths;
  const ids = Object.values(paden).flatMap((pad) => Object.values(pad).map(({ operationId }) => operationId));
  expect([...new Set(ACTIES.map(({ id }) => id))].sort()).toEqual(ids.filter((id) => id !== undefined).sort());
});

describe.each(ACTIES.map((actie) => ({ ...actie, titel: [actie.id, actie.naam].filter(Boolean).join(', ') })))(
  '$titel',
  ({ titel, ...actie }) => {
    test('without a token, or with one of nobody: who are you?', async () => {
      for (const wie of [undefined, 'onbekend'] as const) expect((await doe(wie, actie)).status).toBe(401);
    });

    test.each(AANGEMELD)('%s', async (wie) => {
      const { mag, status = 200, anders = 403 } = actie;
      const antwoord = await doe(wie, actie);
      expect(antwoord.status, antwoord.lijf).toBe(mag.includes(wie) ? status : anders);
    });
  },
);

test('a search shows everybody what he may see, and no more', async () => {
  for (const wie of AANGEMELD)
    for (const zoek of ACTIES.filter(({ id }) => ['zoekBerichten', 'voerZoekopdrachtUit'].includes(id))) {
      const { berichten } = JSON.parse((await doe(wie, zoek)).lijf) as { berichten: { berichtId: string }[] };
      const gezien = berichten.map(({ berichtId }) => berichtId).filter((id) => [iwmo, ijw].includes(id));
      const alles = (DEELNEMERS as readonly Wie[]).includes(wie);
      expect(gezien.sort(), wie).toEqual((alles ? [iwmo, ijw] : wie === 'leverancier' ? [iwmo] : []).sort());
    }
});

test('who acts in one domein only fetches and confirms nothing of the other', async () => {
  const aanbieder = knooppunt.client(A);
  const gemeente = knooppunt.client(G);
  const [wmo, jw] = await Promise.all([
    verstuur(aanbieder, nieuw('WMO305', A, G)()),
    verstuur(aanbieder, nieuw('JW305', A, G)()),
  ]);
  const pad = `/v1/postbussen/${G}`;
  const alsLeverancier = async (deel: string, lijf?: object) =>
    JSON.parse(
      (
        await doe('leverancier', {
          id: '',
          methode: lijf ? 'POST' : 'GET',
          pad: `${pad}/${deel}`,
          ...(lijf && { lijf }),
          mag: [],
        })
      ).lijf,
    );
  const idsVan = (lijst: readonly { berichtId: string }[]) => lijst.map(({ berichtId }) => berichtId);
  await wachtTot(async () => idsVan(await blader(gemeente, G)).includes(jw.berichtId), { ms: 10_000, wat: 'the post' });

  expect(idsVan((await alsLeverancier('berichten?aantal=100')).berichten)).not.toContain(jw.berichtId);
  const gehaald = idsVan((await alsLeverancier('ophalingen', { aantal: 100, leaseSeconden: 60 })).berichten);
  expect(gehaald).toContain(wmo.berichtId);
  expect(gehaald).not.toContain(jw.berichtId);
  expect(await alsLeverancier('bevestigingen', { berichtIds: [wmo.berichtId, jw.berichtId] })).toEqual({
    bevestigd: [wmo.berichtId],
    onbekend: [jw.berichtId],
  });
  // It waits in vain for what is not for it: post in the other domein does not wake it.
  await alsLeverancier('bevestigingen', { berichtIds: gehaald });
  const begin = performance.now();
  expect((await alsLeverancier('ophalingen', { wachtSeconden: 1 })).berichten).toEqual([]);
  expect(performance.now() - begin).toBeGreaterThan(900);
  // The gemeente itself gets the rest.
  const over = await haalOp(gemeente, G, { aantal: 100 });
  expect(over.map(({ berichtId }) => berichtId)).toContain(jw.berichtId);
  await bevestig(
    gemeente,
    G,
    over.map(({ berichtId }) => berichtId),
  );
});

test('a machtiging that was withdrawn gives nothing any more, at once', async () => {
  const lees: Actie = { id: '', methode: 'GET', pad: `/v1/berichten/${iwmo}`, mag: [] };
  expect((await doe('leverancier', lees)).status).toBe(200);
  await vraagJson(beheer, 'POST', `/v1/beheer/machtigingen/${nummer}/intrekking`, { reden });
  expect((await doe('leverancier', lees)).status).toBe(404);
});
