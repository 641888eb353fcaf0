/**
 * Every refusal of the registry that a sender can meet: its status, its fault code and its Dutch title, and that nothing stays behind
 * but one audit line.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { WEIGERINGEN, type WeigeringSoort } from '#src/fouten.ts';
import { maakBericht, voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwVerzoek, stuur } from '../hulp/rauw.ts';
import { laatNietsAchter, verwachtWeigering } from '../hulp/weigering.ts';

/** A client that acts for an organisation which does not take part. */
const VREEMD = { token: 'vreemd-token', namens: '99999998' };
const map = mkdtempSync(join(tmpdir(), 'knooppunt-clients-'));
const clients = join(map, 'clients.json');
const tokenSha256 = createHash('sha256').update(VREEMD.token).digest('hex');
writeFileSync(clients, JSON.stringify([{ id: 'vreemd', tokenSha256, namens: [VREEMD.namens] }]));

const knooppunt = await startOpstelling({ rollen: ['api'], omgeving: { KNOOPPUNT_CLIENTS: clients } });
afterAll(async () => {
  await knooppunt.stop();
  rmSync(map, { recursive: true });
});

interface Geval {
  readonly naam: string;
  readonly soort: WeigeringSoort;
  /** Who asks; null: nobody. Default the gemeente of the examples. */
  readonly token?: string | null;
  readonly koppen?: Readonly<Record<string, string>>;
  readonly lijf?: Uint8Array | string;
}

const wmo301 = voorbeeld('WMO301');
const zonder = (element: string): string => wmo301.replace(new RegExp(`<${element}>[\\s\\S]*?</${element}>`), '');
const UUID_V1 = '2ea6d3b0-4f3a-11ee-8c99-0242ac120002';
const UUID_V4 = '9b2f4c1e-7d3a-4e5b-8f60-1a2b3c4d5e6f';

const AANGEMELD: readonly Geval[] = [
  { naam: 'no token', soort: 'nietAangemeld', token: null },
  { naam: 'a token of nobody', soort: 'nietAangemeld', token: 'Bearer demo-9999' },
  { naam: 'an empty token', soort: 'nietAangemeld', token: 'Bearer ' },
  { naam: 'a token with a space', soort: 'nietAangemeld', token: 'Bearer demo-0363 demo-0344' },
  { naam: 'another way of authenticating', soort: 'nietAangemeld', token: 'Basic ZGVtby0wMzYzOng=' },
  { naam: 'a token without the word Bearer', soort: 'nietAangemeld', token: 'demo-0363' },
  { naam: 'a very long token', soort: 'nietAangemeld', token: `Bearer demo-${'0'.repeat(5000)}` },
];

const BEVOEGD: readonly Geval[] = [
  { naam: 'another gemeente', soort: 'geenToestemmingAfzender', token: 'Bearer demo-0344' },
  { naam: 'the ontvanger', soort: 'geenToestemmingAfzender', token: 'Bearer demo-98000001' },
  { naam: 'the operator', soort: 'geenToestemmingAfzender', token: 'Bearer demo-beheer' },
  {
    naam: 'the afzender of the heenbericht, with a retour',
    soort: 'geenToestemmingAfzender',
    lijf: voorbeeld('WMO302'),
  },
  {
    naam: 'an organisation that does not take part',
    soort: 'afzenderOnbekend',
    token: `Bearer ${VREEMD.token}`,
    lijf: maakBericht('WMO305', { afzender: VREEMD.namens }),
  },
];

const GEADRESSEERD: readonly Geval[] = [
  {
    naam: 'an unknown aanbieder',
    soort: 'aanbiederOnbekend',
    lijf: maakBericht('WMO301', { ontvanger: '99999999' }),
  },
  {
    naam: 'an unknown gemeente',
    soort: 'gemeenteOnbekend',
    token: 'Bearer demo-98000001',
    lijf: maakBericht('WMO305', { ontvanger: '9999' }),
  },
  {
    naam: 'a gemeente to whom only an aanbieder sends this',
    soort: 'richtingOnjuist',
    lijf: maakBericht('WMO301', { ontvanger: '0344' }),
  },
  {
    naam: 'an ontvanger that is no code',
    soort: 'richtingOnjuist',
    lijf: maakBericht('WMO301', { ontvanger: "'; drop table" }),
  },
  {
    naam: 'a very long ontvanger',
    soort: 'richtingOnjuist',
    lijf: maakBericht('WMO301', { ontvanger: '9'.repeat(100_000) }),
  },
];

const HERKEND: readonly Geval[] = [
  {
    naam: 'a bericht that does not exist',
    soort: 'berichtsoortOnbekend',
    lijf: wmo301.replace('/wmo301/', '/wmo399/'),
  },
  { naam: 'another release', soort: 'berichtsoortOnbekend', lijf: wmo301.replaceAll('/3_2/', '/3_1/') },
  { naam: 'no namespace', soort: 'berichtsoortOnbekend', lijf: '<Bericht><Header/></Bericht>' },
  {
    naam: 'another first element',
    soort: 'berichtsoortOnbekend',
    lijf: wmo301.replaceAll('Bericht>', 'Brief>').replace('<Bericht ', '<Brief '),
  },
  {
    naam: 'a berichtcode of another bericht',
    soort: 'berichtcodeOnjuist',
    lijf: maakBericht('WMO301', { waarden: { BerichtCode: '415' } }),
  },
  { naam: 'no header', soort: 'headerOnleesbaar', lijf: zonder('Header') },
  { naam: 'a header without an afzender', soort: 'headerOnleesbaar', lijf: zonder('Afzender') },
  { naam: 'a header without an ontvanger', soort: 'headerOnleesbaar', lijf: zonder('Ontvanger') },
  {
    naam: 'an empty berichtcode',
    soort: 'headerOnleesbaar',
    lijf: maakBericht('WMO301', { waarden: { BerichtCode: '' } }),
  },
  {
    naam: 'an afzender outside the header',
    soort: 'headerOnleesbaar',
    lijf: zonder('Afzender').replace('</Header>', '</Header><Afzender>0363</Afzender>'),
  },
  {
    naam: 'a burgerservicenummer of a human being',
    soort: 'persoonsgegevensNietToegestaan',
    lijf: maakBericht('WMO301', { bsn: '123456782' }),
  },
  {
    naam: 'a burgerservicenummer before the test range',
    soort: 'persoonsgegevensNietToegestaan',
    lijf: maakBericht('WMO301', { bsn: '999900005' }),
  },
  {
    naam: 'one burgerservicenummer of a human being among test numbers',
    soort: 'persoonsgegevensNietToegestaan',
    token: 'Bearer demo-98000001',
    lijf: maakBericht('WMO323', { waarden: { Bsn: '123456782' } }),
  },
  {
    naam: 'something other than a burgerservicenummer',
    soort: 'persoonsgegevensNietToegestaan',
    lijf: maakBericht('WMO301', { bsn: 'Jansen' }),
  },
];

const REFERENTIES: readonly Geval[] = [
  ['a UUID version 1', UUID_V1],
  ['capitals', UUID_V4.toUpperCase()],
  ['braces', `{${UUID_V4}}`],
  ['two numbers', `${UUID_V4}, ${UUID_V4}`],
  ['nothing', ''],
  ['another kind of number', '1'],
].map(([naam, Referentienummer]) => ({
  naam: String(naam),
  soort: 'referentienummerOngeldig',
  koppen: { Referentienummer: String(Referentienummer) },
}));

const INHOUDSTYPEN: readonly Geval[] = [
  ...['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'xml', '', ','].map((type) => ({
    naam: `Content-Type '${type}'`,
    koppen: { 'Content-Type': type },
  })),
  ...['iso-8859-1', 'UTF-16', '"utf-16"', 'utf-8-x'].map((tekenset) => ({
    naam: `charset ${tekenset}`,
    koppen: { 'Content-Type': `application/xml; charset=${tekenset}` },
  })),
  { naam: 'gzip', koppen: { 'Content-Encoding': 'gzip' }, lijf: gzipSync(wmo301) },
  { naam: 'an encoding that does nothing', koppen: { 'Content-Encoding': 'identity' } },
].map((geval) => ({ soort: 'inhoudstypeOnjuist', ...geval }));

const TABEL: Readonly<Record<string, readonly Geval[]>> = {
  'uploading without proper authentication:': AANGEMELD,
  'who may not upload for this afzender:': BEVOEGD,
  'a bericht for': GEADRESSEERD,
  'a bericht with': HERKEND,
  'a referentienummer with': REFERENTIES,
  'a request with': INHOUDSTYPEN,
};

const verzoekVan = ({ token = 'Bearer demo-0363', koppen = {}, lijf = wmo301 }: Geval): RauwVerzoek => ({
  pad: '/v1/berichten',
  koppen: { ...(token !== null && { Authorization: token }), 'Content-Type': 'application/xml', ...koppen },
  lijf,
});

for (const [kop, gevallen] of Object.entries(TABEL)) {
  describe(kop, () => {
    test.each(gevallen)('$naam → $soort, and nothing stays behind', async (geval) => {
      const { koppen } = await laatNietsAchter(knooppunt.database, geval.soort, () =>
        stuur(knooppunt.adres, verzoekVan(geval)),
      );
      expect(koppen['www-authenticate']).toBe(geval.soort === 'nietAangemeld' ? 'Bearer' : undefined);
    });
  });
}

test('the road is not closed: the same request without a fault is accepted', async () => {
  for (const type of [
    'application/xml',
    'text/xml; charset=UTF-8',
    'application/xml;charset="utf-8"',
    'application/octet-stream',
  ]) {
    const antwoord = await stuur(
      knooppunt.adres,
      verzoekVan({ naam: '', soort: 'geenXml', koppen: { 'Content-Type': type } }),
    );
    expect(antwoord.status, type).toBe(202);
  }
});

/** Where the refusals stand that are not of intake. */
const ELDERS: Readonly<Partial<Record<WeigeringSoort, string>>> = {
  referentienummerNietUniek: 'test/keten/dubbel.test.ts',
  berichtTeGroot: 'test/http/stroom.test.ts',
  geenXml: 'test/http/vijandig.test.ts',
  xmlDtd: 'test/http/vijandig.test.ts',
  xmlTeComplex: 'test/http/vijandig.test.ts',
  nietBevoegdVoorOrganisatie: 'test/http/inzage.test.ts',
  nietGevonden: 'test/http/inzage.test.ts',
  invoerOngeldig: 'test/http/verzoeken.test.ts',
  invoerTeGroot: 'test/aanval/vorm.ts',
  inhoudNietMeerBewaard: 'test/http/inzage.test.ts',
  sleutelNietTeVerwijderen: 'test/sleutelbeheer/verwijder.test.ts',
  koppenTeGroot: 'test/http/lijn.test.ts',
  verzoekTeTraag: 'test/http/lijn.test.ts',
  virusGevonden: 'test/virusscan/aanlevering.test.ts',
  methodeNietToegestaan: 'test/http/verzoeken.test.ts',
  nietBevoegdPagina: 'test/portaal/portaal.test.ts',
  nietBevoegdLandelijk: 'test/http/bevoegdheid.test.ts',
  formulierVerlopen: 'test/portaal/portaal.test.ts',
  tijdelijkNietBeschikbaar: 'test/http/storing.test.ts',
  interneFout: 'test/http/storing.test.ts',
  nietBevoegdBeheer: 'test/routering/api.test.ts',
  afzenderNietGeldig: 'test/routering/beslissing.test.ts',
  gemeenteNietGeldig: 'test/routering/beslissing.test.ts',
  aanbiederNietGeldig: 'test/routering/beslissing.test.ts',
  aanleveringGestopt: 'test/routering/beslissing.test.ts',
  bezorgingGestopt: 'test/routering/stops.test.ts',
  afzenderZonderDeelname: 'test/routering/beslissing.test.ts',
  ontvangerZonderDeelname: 'test/routering/beslissing.test.ts',
  berichtsoortNogNietToegestaan: 'test/routering/beslissing.test.ts',
  berichtsoortNietMeerToegestaan: 'test/routering/beslissing.test.ts',
  berichtsoortBevroren: 'test/routering/beslissing.test.ts',
  envelopOnjuist: 'test/keten/stuf.test.ts',
  heenberichtOnbekend: 'test/koppeling/heenbericht.test.ts',
  tweedeAntwoord: 'test/koppeling/heenbericht.test.ts',
  zipOngeldig: 'test/http/zip-storing.test.ts',
  zipTeVeelBestanden: 'test/http/zip-storing.test.ts',
  zipWachtwoord: 'test/http/zip-storing.test.ts',
  zipLeeg: 'test/http/zip-storing.test.ts',
  zipTeGroot: 'test/http/zip-storing.test.ts',
  zipBestandTeGroot: 'test/http/zip.test.ts',
  zipBestandOngeldig: 'test/http/zip.test.ts',
  wlzAlleenGemeenten: 'test/wlz-samenloop/toets/toets.test.ts',
  bsnOngeldig: 'test/wlz-samenloop/toets/toets.test.ts',
  wlzRegisterNietActueel: 'test/wlz-samenloop/toets/toets.test.ts',
  teVeelMislukt: 'test/toegang/deur.test.ts',
  teVeelVerzoeken: 'test/toegang/deur.test.ts',
  teVeelVragen: 'test/wlz-samenloop/toets/toets.test.ts',
  wlzManifestOngeldig: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzManifestKloptNiet: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzPeilmomentOngeldig: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzVolgnummerGebruikt: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzVolgordeOnderbroken: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzKrimp: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzTeVeelAfgekeurd: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzLeveringOnleesbaar: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzLeveringTeGroot: 'test/wlz-samenloop/register/inlezen.test.ts',
  wlzImportLoopt: 'test/wlz-samenloop/register/inlezen.test.ts',
  signalenAlleenGemeenten: 'test/wlz-samenloop/signalen/keten.test.ts',
  signaalstapOnjuist: 'test/wlz-samenloop/signalen/keten.test.ts',
  wmoLeveringOnleesbaar: 'test/wlz-samenloop/wmo/rij.test.ts',
  wmoLeveringGeweigerd: 'test/wlz-samenloop/wmo/levering.test.ts',
  wmoLeveringTeGroot: 'test/wlz-samenloop/wmo/levering.test.ts',
};

test('no refusal of the registry is forgotten', () => {
  const hier = Object.values(TABEL).flatMap((gevallen) => gevallen.map(({ soort }) => soort));
  expect([...new Set([...hier, ...Object.keys(ELDERS)])].sort()).toEqual(Object.keys(WEIGERINGEN).sort());
});

test('the titles are of the registry, in Dutch, and without a value from the bericht', async () => {
  const antwoord = await stuur(knooppunt.adres, verzoekVan({ naam: '', soort: 'geenXml', lijf: '<geheim>999900006' }));
  verwachtWeigering(antwoord, 'geenXml');
  expect(antwoord.lijf).not.toMatch(/geheim|999900006/);
});
