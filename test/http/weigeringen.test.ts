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
  { naam: 'geen token', soort: 'nietAangemeld', token: null },
  { naam: 'een token van niemand', soort: 'nietAangemeld', token: 'Bearer demo-9999' },
  { naam: 'een leeg token', soort: 'nietAangemeld', token: 'Bearer ' },
  { naam: 'een token met een spatie', soort: 'nietAangemeld', token: 'Bearer demo-0363 demo-0344' },
  { naam: 'een andere manier van aanmelden', soort: 'nietAangemeld', token: 'Basic ZGVtby0wMzYzOng=' },
  { naam: 'een token zonder het woord Bearer', soort: 'nietAangemeld', token: 'demo-0363' },
  { naam: 'een heel lang token', soort: 'nietAangemeld', token: `Bearer demo-${'0'.repeat(5000)}` },
];

const BEVOEGD: readonly Geval[] = [
  { naam: 'een andere gemeente', soort: 'geenToestemmingAfzender', token: 'Bearer demo-0344' },
  { naam: 'de ontvanger', soort: 'geenToestemmingAfzender', token: 'Bearer demo-98000001' },
  { naam: 'de beheerder', soort: 'geenToestemmingAfzender', token: 'Bearer demo-beheer' },
  {
    naam: 'de afzender van het heenbericht, met een retour',
    soort: 'geenToestemmingAfzender',
    lijf: voorbeeld('WMO302'),
  },
  {
    naam: 'een organisatie die niet meedoet',
    soort: 'afzenderOnbekend',
    token: `Bearer ${VREEMD.token}`,
    lijf: maakBericht('WMO305', { afzender: VREEMD.namens }),
  },
];

const GEADRESSEERD: readonly Geval[] = [
  {
    naam: 'een onbekende aanbieder',
    soort: 'aanbiederOnbekend',
    lijf: maakBericht('WMO301', { ontvanger: '99999999' }),
  },
  {
    naam: 'een onbekende gemeente',
    soort: 'gemeenteOnbekend',
    token: 'Bearer demo-98000001',
    lijf: maakBericht('WMO305', { ontvanger: '9999' }),
  },
  {
    naam: 'een gemeente aan wie alleen een aanbieder dit stuurt',
    soort: 'richtingOnjuist',
    lijf: maakBericht('WMO301', { ontvanger: '0344' }),
  },
  {
    naam: 'een ontvanger die geen code is',
    soort: 'richtingOnjuist',
    lijf: maakBericht('WMO301', { ontvanger: "'; drop table" }),
  },
  {
    naam: 'een heel lange ontvanger',
    soort: 'richtingOnjuist',
    lijf: maakBericht('WMO301', { ontvanger: '9'.repeat(100_000) }),
  },
];

const HERKEND: readonly Geval[] = [
  { naam: 'een bericht dat niet bestaat', soort: 'berichtsoortOnbekend', lijf: wmo301.replace('/wmo301/', '/wmo399/') },
  { naam: 'een andere release', soort: 'berichtsoortOnbekend', lijf: wmo301.replaceAll('/3_2/', '/3_1/') },
  { naam: 'geen namespace', soort: 'berichtsoortOnbekend', lijf: '<Bericht><Header/></Bericht>' },
  {
    naam: 'een ander eerste element',
    soort: 'berichtsoortOnbekend',
    lijf: wmo301.replaceAll('Bericht>', 'Brief>').replace('<Bericht ', '<Brief '),
  },
  {
    naam: 'een berichtcode van een ander bericht',
    soort: 'berichtcodeOnjuist',
    lijf: maakBericht('WMO301', { waarden: { BerichtCode: '415' } }),
  },
  { naam: 'geen header', soort: 'headerOnleesbaar', lijf: zonder('Header') },
  { naam: 'een header zonder afzender', soort: 'headerOnleesbaar', lijf: zonder('Afzender') },
  { naam: 'een header zonder ontvanger', soort: 'headerOnleesbaar', lijf: zonder('Ontvanger') },
  {
    naam: 'een lege berichtcode',
    soort: 'headerOnleesbaar',
    lijf: maakBericht('WMO301', { waarden: { BerichtCode: '' } }),
  },
  {
    naam: 'een afzender buiten de header',
    soort: 'headerOnleesbaar',
    lijf: zonder('Afzender').replace('</Header>', '</Header><Afzender>0363</Afzender>'),
  },
  {
    naam: 'een burgerservicenummer van een mens',
    soort: 'persoonsgegevensNietToegestaan',
    lijf: maakBericht('WMO301', { bsn: '123456782' }),
  },
  {
    naam: 'een burgerservicenummer voor de testreeks',
    soort: 'persoonsgegevensNietToegestaan',
    lijf: maakBericht('WMO301', { bsn: '999900005' }),
  },
  {
    naam: 'één burgerservicenummer van een mens tussen testnummers',
    soort: 'persoonsgegevensNietToegestaan',
    token: 'Bearer demo-98000001',
    lijf: maakBericht('WMO323', { waarden: { Bsn: '123456782' } }),
  },
  {
    naam: 'iets anders dan een burgerservicenummer',
    soort: 'persoonsgegevensNietToegestaan',
    lijf: maakBericht('WMO301', { bsn: 'Jansen' }),
  },
];

const REFERENTIES: readonly Geval[] = [
  ['een UUID versie 1', UUID_V1],
  ['hoofdletters', UUID_V4.toUpperCase()],
  ['accolades', `{${UUID_V4}}`],
  ['twee nummers', `${UUID_V4}, ${UUID_V4}`],
  ['niets', ''],
  ['een ander soort nummer', '1'],
].map(([naam, Referentienummer]) => ({
  naam: String(naam),
  soort: 'referentienummerOngeldig',
  koppen: { Referentienummer: String(Referentienummer) },
}));

const INHOUDSTYPEN: readonly Geval[] = [
  ...['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/zip', 'xml', '', ','].map(
    (type) => ({
      naam: `Content-Type '${type}'`,
      koppen: { 'Content-Type': type },
    }),
  ),
  ...['iso-8859-1', 'UTF-16', '"utf-16"', 'utf-8-x'].map((tekenset) => ({
    naam: `tekenset ${tekenset}`,
    koppen: { 'Content-Type': `application/xml; charset=${tekenset}` },
  })),
  { naam: 'gzip', koppen: { 'Content-Encoding': 'gzip' }, lijf: gzipSync(wmo301) },
  { naam: 'een codering die niets doet', koppen: { 'Content-Encoding': 'identity' } },
].map((geval) => ({ soort: 'inhoudstypeOnjuist', ...geval }));

const TABEL: Readonly<Record<string, readonly Geval[]>> = {
  'wie aanlevert zonder zich goed aan te melden:': AANGEMELD,
  'wie niet voor deze afzender mag aanleveren:': BEVOEGD,
  'een bericht voor': GEADRESSEERD,
  'een bericht met': HERKEND,
  'een referentienummer met': REFERENTIES,
  'een verzoek met': INHOUDSTYPEN,
};

const verzoekVan = ({ token = 'Bearer demo-0363', koppen = {}, lijf = wmo301 }: Geval): RauwVerzoek => ({
  pad: '/v1/berichten',
  koppen: { ...(token !== null && { Authorization: token }), 'Content-Type': 'application/xml', ...koppen },
  lijf,
});

for (const [kop, gevallen] of Object.entries(TABEL)) {
  describe(kop, () => {
    test.each(gevallen)('$naam → $soort, en er blijft niets achter', async (geval) => {
      const { koppen } = await laatNietsAchter(knooppunt.database, geval.soort, () =>
        stuur(knooppunt.adres, verzoekVan(geval)),
      );
      expect(koppen['www-authenticate']).toBe(geval.soort === 'nietAangemeld' ? 'Bearer' : undefined);
    });
  });
}

test('de weg is niet afgesloten: hetzelfde verzoek zonder fout wordt aangenomen', async () => {
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
  methodeNietToegestaan: 'test/http/verzoeken.test.ts',
  tijdelijkNietBeschikbaar: 'test/http/storing.test.ts',
  interneFout: 'test/http/storing.test.ts',
  nietBevoegdBeheer: 'no route is for the operator alone yet',
};

test('geen weigering van het register is vergeten', () => {
  const hier = Object.values(TABEL).flatMap((gevallen) => gevallen.map(({ soort }) => soort));
  expect([...new Set([...hier, ...Object.keys(ELDERS)])].sort()).toEqual(Object.keys(WEIGERINGEN).sort());
});

test('de titels zijn van het register, in het Nederlands, en zonder waarde uit het bericht', async () => {
  const antwoord = await stuur(knooppunt.adres, verzoekVan({ naam: '', soort: 'geenXml', lijf: '<geheim>999900006' }));
  verwachtWeigering(antwoord, 'geenXml');
  expect(antwoord.lijf).not.toMatch(/geheim|999900006/);
});
