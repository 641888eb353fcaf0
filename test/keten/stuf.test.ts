/** A gemeente that only speaks StUF: in by SOAP, out by SOAP, driven by what the served WSDL says. */
import { randomUUID } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StufOntvanger, type StufPost } from '#src/demo/stuf.ts';
import type { WeigeringSoort } from '#src/fouten.ts';
import { wachtTot } from '#src/proces.ts';
import { maakBericht, partijen, vervang, waardeVan } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { blader, bytesVan, haalOp, stelIn, verstuur, volg, vraagJson } from '../hulp/reis.ts';
import { telling } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const MIB = 1024 * 1024;
const PAD = '/stuf/ggk0210/OntvangAsynchroon';
const lezer = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  ignoreAttributes: false,
  isArray: (naam) => naam === 'operation',
});
const wsdl = (await stuur(knooppunt.adres, { methode: 'GET', pad: `${PAD}?wsdl` })).lijf;
const { binding, service } = lezer.parse(wsdl).definitions;

/** What a toolkit takes from the WSDL: where to send, and with which SOAPAction. */
const adres = new URL(service.port.address['@_location']);
const acties = new Map<string, string>(
  binding.operation.map((rij: { '@_name': string; operation: readonly { '@_soapAction': string }[] }) => [
    rij['@_name'],
    rij.operation[0]?.['@_soapAction'],
  ]),
);

interface Di01 {
  readonly zender?: string;
  readonly ontvanger?: string;
  readonly functie?: string;
  readonly subversie?: string;
  readonly referentienummer?: string;
  readonly inhoud?: Buffer;
  readonly crossRefnummer?: string;
}
const { afzender: GEMEENTE, ontvanger: AANBIEDER } = partijen('WMO301');

/** A call written by hand, as another supplier would write it: other prefixes, line ends in the base64. */
function aanroep(gegevens: Di01 = {}): string {
  const { zender = GEMEENTE, ontvanger = AANBIEDER, functie = 'WMO301', crossRefnummer } = gegevens;
  const { referentienummer = randomUUID(), inhoud = maakBericht('WMO301') } = gegevens;
  const soort = crossRefnummer === undefined ? 'envelopHeenbericht-ggk_Di01' : 'envelopRetourbericht-ggk_Du01';
  const systeem = (naam: string, wie: string): string =>
    `<s:${naam}><s:organisatie>${wie}</s:organisatie><s:applicatie>GGk</s:applicatie></s:${naam}>`;
  const base64 = inhoud.toString('base64').replace(/.{76}/g, '$&\r\n');
  return `<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header/><e:Body>
    <${soort} xmlns="http://www.stufstandaarden.nl/koppelvlak/ggk0210" xmlns:s="http://www.egem.nl/StUF/StUF0301"><stuurgegevens>
    <s:berichtcode>${crossRefnummer === undefined ? 'Di01' : 'Du01'}</s:berichtcode>${systeem('zender', zender)}${systeem('ontvanger', ontvanger)}
    <s:referentienummer>${referentienummer}</s:referentienummer><s:tijdstipBericht>20261122</s:tijdstipBericht>
    ${crossRefnummer === undefined ? '' : `<s:crossRefnummer>${crossRefnummer}</s:crossRefnummer>`}<s:functie>${functie}</s:functie></stuurgegevens>
    <parameters><applicatieVersie>0001</applicatieVersie><applicatieSubversie>0000</applicatieSubversie><functieVersie>0003</functieVersie>
    <functieSubversie>${gegevens.subversie ?? '0002'}</functieSubversie><bericht><xmlBestand>${base64}</xmlBestand></bericht></parameters></${soort}></e:Body></e:Envelope>`;
}

function roep(
  operatie: string,
  lijf: string | Iterable<Uint8Array>,
  koppen: Readonly<Record<string, string>> = {},
): Promise<RauwAntwoord> {
  const basic = `Basic ${Buffer.from(`gemeente:demo-${GEMEENTE}`).toString('base64')}`;
  const vast = {
    Authorization: basic,
    'Content-Type': 'text/xml; charset=utf-8',
    SOAPAction: `"${acties.get(operatie)}"`,
  };
  return stuur(adres.origin, { pad: adres.pathname, lijf, koppen: { ...vast, ...koppen } });
}
const codeVan = ({ lijf }: RauwAntwoord): string | undefined => waardeVan(lijf, 'code');

/** A Di01 with so much in it that the call has some such size. */
function groot(bytes: number, referentienummer: string): Iterable<Uint8Array> {
  const [voor = '', na = ''] = aanroep({ referentienummer, inhoud: Buffer.from('x') }).split(/(?<=<xmlBestand>)[^<]*/);
  const stuk = Buffer.from(Buffer.alloc(768 * 1024, ' ').toString('base64'));
  return [Buffer.from(voor), ...Array<Buffer>(Math.ceil(bytes / stuk.length)).fill(stuk), Buffer.from(na)];
}

/** What the audit log says of refused uploads, the last ones first. */
async function geweigerd(aantal: number): Promise<readonly unknown[]> {
  const { rows } = await knooppunt.database.pool.query(
    `select actor, namens, resultaat from logboek where gebeurtenis = 'bericht geweigerd' order by nr desc limit $1`,
    [aantal],
  );
  return rows;
}

test('the WSDL names this server, three operations, and schemas that are there', async () => {
  expect(adres.origin).toBe(knooppunt.adres);
  expect([...acties.keys()].sort()).toEqual(['Fo01', 'ggk_Di01', 'ggk_Du01']);
  for (const [, plek] of wsdl.matchAll(/schemaLocation="([^"]*)"/g)) {
    const { pathname } = new URL(plek ?? '', `${knooppunt.adres}${PAD}`);
    expect((await stuur(knooppunt.adres, { methode: 'GET', pad: pathname })).lijf).toContain('<xs:schema');
  }
  // As .NET asks for it.
  expect((await stuur(knooppunt.adres, { methode: 'GET', pad: `${PAD}?WSDL` })).lijf).toBe(wsdl);
});

describe('a Di01', () => {
  test('is answered with a Bv03 about it, and the message travels like any other', async () => {
    const referentienummer = randomUUID();
    const inhoud = maakBericht('WMO301');
    const antwoord = await roep('ggk_Di01', aanroep({ referentienummer, inhoud }));
    expect([antwoord.status, waardeVan(antwoord.lijf, 'berichtcode')]).toEqual([200, 'Bv03']);
    expect(waardeVan(antwoord.lijf, 'crossRefnummer')).toBe(referentienummer);
    const client = knooppunt.client(AANBIEDER);
    await wachtTot(async () => (await blader(client, AANBIEDER)).length > 0, {
      ms: 10_000,
      wat: 'the message in the postbus',
    });
    const [post] = await haalOp(client, AANBIEDER);
    expect(post).toMatchObject({ berichtsoort: 'WMO301', afzender: GEMEENTE, referentienummer });
    expect(post && bytesVan(post).equals(inhoud)).toBe(true);
  });

  test('sent again is answered again, and is there once', async () => {
    const lijf = aanroep();
    const eerst = await roep('ggk_Di01', lijf);
    const { berichten } = await telling(knooppunt.database);
    expect([eerst.status, (await roep('ggk_Di01', lijf)).status]).toEqual([200, 200]);
    expect((await telling(knooppunt.database)).berichten).toBe(berichten);
  });

  test('under a used number with another message: the Fo01 says so, and the first stands', async () => {
    const referentienummer = randomUUID();
    await roep('ggk_Di01', aanroep({ referentienummer }));
    const inhoud = maakBericht('WMO301', { identificatie: 'ANDERS' });
    expect((await roep('ggk_Di01', aanroep({ referentienummer, inhoud }))).status).toBe(200);
    const { rows } = await knooppunt.database.pool.query(
      `select berichtsoort from bericht where referentienummer = $1 or kruisreferentie = $1 order by berichtsoort`,
      [referentienummer],
    );
    expect(rows).toEqual([{ berichtsoort: 'Fo01' }, { berichtsoort: 'WMO301' }]);
    expect(await geweigerd(1)).toMatchObject([{ resultaat: 'referentienummerNietUniek' }]);
  });

  test.each<readonly [string, Di01, string, WeigeringSoort, RegExp]>([
    [
      'an ontvanger that nobody knows',
      { ontvanger: '99999999', inhoud: maakBericht('WMO301', { ontvanger: '99999999' }) },
      'IB010',
      'aanbiederOnbekend',
      / Regel ontvanger bekend: de code van de ontvanger staat niet in de lijst/,
    ],
    [
      'a functie that is not the berichtsoort of the message',
      { functie: 'WMO305', subversie: '0001' },
      'IB007',
      'envelopOnjuist',
      / Vul functie in de envelop met de berichtsoort van de inhoud: zij noemt een andere\.$/,
    ],
    [
      'other parties than the message',
      { ontvanger: '98000002' },
      'IB007',
      'envelopOnjuist',
      / Vul zender en ontvanger in de envelop met de partijen van het bericht: zij noemt andere\.$/,
    ],
    ['no message but a text', { inhoud: Buffer.from('Hier staat een heenbericht.') }, 'IB014', 'geenXml', /XSD\./],
    [
      'a message with a DTD',
      { inhoud: Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>') },
      'IB014',
      'xmlDtd',
      /XSD\./,
    ],
  ])('with %s: Bv03, and the Fo01 is there already, with the rule and the message', async (...geval) => {
    const [, gegevens, code, soort, uitleg] = geval;
    const referentienummer = randomUUID();
    const antwoord = await roep('ggk_Di01', aanroep({ ...gegevens, referentienummer }));
    expect([antwoord.status, waardeVan(antwoord.lijf, 'berichtcode')]).toEqual([200, 'Bv03']);
    const post = await haalOp(knooppunt.client(GEMEENTE), GEMEENTE, { aantal: 100 });
    const fo01 = post.filter(({ crossReferentienummer }) => crossReferentienummer === referentienummer);
    expect(fo01.map(({ berichtsoort }) => berichtsoort)).toEqual(['Fo01']);
    expect(
      fo01.map((stuk) => [waardeVan(bytesVan(stuk), 'code'), waardeVan(bytesVan(stuk), 'crossRefnummer')]),
    ).toEqual([[code, referentienummer]]);
    const tekst = fo01.map(bytesVan).join('');
    expect(waardeVan(tekst, 'omschrijving')).toMatch(uitleg);
    expect(waardeVan(tekst, 'details')).toBe(`${gegevens.functie ?? 'WMO301'}-0003${gegevens.subversie ?? '0002'}`);
    // The refused message, with its envelope.
    const details = lezer.parse(tekst).Fo01Bericht.body.detailsXML['envelopHeenbericht-ggk_Di01'];
    expect(details.stuurgegevens.referentienummer).toBe(referentienummer);
    const terug = Buffer.from(details.parameters.bericht.xmlBestand, 'base64');
    expect(terug.equals(gegevens.inhoud ?? maakBericht('WMO301'))).toBe(true);
    expect(await geweigerd(1)).toEqual([{ actor: `demo-${GEMEENTE}`, namens: GEMEENTE, resultaat: soort }]);
  });

  test('about a person who may not be here, or too large to give back: the Fo01 does not hold the message', async () => {
    const groot = Buffer.from(`Dit is geen XML.${' '.repeat(100_000)}`);
    for (const inhoud of [maakBericht('WMO301', { bsn: '123456782' }), groot]) {
      const referentienummer = randomUUID();
      expect((await roep('ggk_Di01', aanroep({ inhoud, referentienummer }))).status).toBe(200);
      const post = await haalOp(knooppunt.client(GEMEENTE), GEMEENTE, { aantal: 100 });
      const fo01 = post.filter(({ crossReferentienummer }) => crossReferentienummer === referentienummer);
      expect(fo01.map((stuk) => bytesVan(stuk).includes('detailsXML'))).toEqual([false]);
    }
  });

  test('larger than 25 MB: Bv03, and a Fo01 that says so; beyond 50 MB a Fo03', async () => {
    const [teGroot, veelTeGroot] = [randomUUID(), randomUUID()];
    const antwoord = await roep('ggk_Di01', groot(26 * MIB, teGroot));
    expect([antwoord.status, waardeVan(antwoord.lijf, 'crossRefnummer')]).toEqual([200, teGroot]);
    const post = await haalOp(knooppunt.client(GEMEENTE), GEMEENTE, { aantal: 100 });
    const fo01 = post.filter(({ crossReferentienummer }) => crossReferentienummer === teGroot).map(bytesVan);
    expect(fo01.map((bytes) => waardeVan(bytes, 'code'))).toEqual(['IB003']);
    const fo03 = await roep('ggk_Di01', groot(51 * MIB, veelTeGroot));
    expect([fo03.status, codeVan(fo03), waardeVan(fo03.lijf, 'crossRefnummer')]).toEqual([500, 'StUF055', veelTeGroot]);
    // Who says so beforehand hears it before it sends anything.
    const beloofd = { 'Content-Length': String(51 * MIB), Expect: '100-continue' };
    expect(codeVan(await roep('ggk_Di01', [], beloofd))).toBe('StUF055');
  });

  test.each<readonly [string, string, string, Readonly<Record<string, string>>, number, string]>([
    ['for a zender that the client may not act for', 'ggk_Di01', aanroep({ zender: '0344' }), {}, 401, 'StUF013'],
    ['without login', 'ggk_Di01', aanroep(), { Authorization: '' }, 401, 'StUF013'],
    ['with the SOAPAction of another operation', 'ggk_Du01', aanroep(), {}, 500, 'StUF022'],
    ['in SOAP 1.2', 'ggk_Di01', aanroep(), { 'Content-Type': 'application/soap+xml' }, 500, 'StUF055'],
    ['that is no XML', 'ggk_Di01', 'dag', {}, 500, 'StUF055'],
    ['without a body', 'ggk_Di01', '', {}, 500, 'StUF055'],
    ['with a number that is no UUID', 'ggk_Di01', aanroep({ referentienummer: 'X1' }), {}, 500, 'StUF055'],
    ['with base64 that is none', 'ggk_Di01', aanroep().replace('<xmlBestand>', '<xmlBestand>!'), {}, 500, 'StUF055'],
  ])('%s: a SOAP fault with a Fo03, and nothing stored but an audit line', async (...geval) => {
    const [, operatie, lijf, koppen, status, code] = geval;
    const { regels, ...eerst } = await telling(knooppunt.database);
    const antwoord = await roep(operatie, lijf, koppen);
    expect([antwoord.status, codeVan(antwoord)], antwoord.lijf).toEqual([status, code]);
    expect(waardeVan(antwoord.lijf, 'berichtcode')).toBe('Fo03');
    expect(await telling(knooppunt.database)).toEqual({ ...eerst, regels: regels + 1 });
    // Who asked is known once it has logged in, and its call says that it speaks SOAP 1.1.
    const onbekend = ['Authorization', 'Content-Type'].some((kop) => kop in koppen);
    expect(await geweigerd(1)).toMatchObject([{ actor: onbekend ? 'onbekend' : `demo-${GEMEENTE}`, namens: null }]);
  });
});

test('a Fo03 says what to change: which SOAPAction it should be, or that who is logged in lacks a machtiging', async () => {
  const actie = await roep('ggk_Du01', aanroep());
  expect(waardeVan(actie.lijf, 'details')).toBe(`Bij Di01 hoort SOAPAction ${acties.get('ggk_Di01')}.`);
  const ander = await roep('ggk_Di01', aanroep({ zender: '0344' }));
  expect(waardeVan(ander.lijf, 'details')).toMatch(/aangemeld.*machtiging/);
});

test('calls are counted and timed, like those of REST', async () => {
  await roep('ggk_Di01', aanroep({ functie: 'WMO305' }));
  const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' });
  expect(lijf).toMatch(/knooppunt_http_seconden_count\{route="ontvangStuf",status="200"\} \d/);
  expect(lijf).toMatch(/soort="envelopOnjuist"\} \d/);
});

describe('out', () => {
  let ontvanger: StufOntvanger;
  let vorige: StufPost | undefined;

  beforeAll(async () => {
    ontvanger = new StufOntvanger();
    const url = await ontvanger.start();
    const wijziging = { stuf: { url }, reden: 'een gemeente over StUF' };
    await vraagJson(knooppunt.client('beheer'), 'PUT', `/v1/beheer/organisaties/${GEMEENTE}`, wijziging);
    await stelIn(knooppunt.client(GEMEENTE), GEMEENTE, 'iwmo', { route: 'stuf' });
    await stelIn(knooppunt.client(AANBIEDER), AANBIEDER, 'iwmo', { retour: 'knooppunt' });
    return () => ontvanger.sluit();
  });

  /** The first about this number; older post of the tests above comes along. */
  async function over(referentienummer: string): Promise<StufPost> {
    do vorige = await ontvanger.volgende();
    while (vorige.kruisreferentie !== referentienummer);
    return vorige;
  }

  test('the retour comes as a Du01 with the number of its heenbericht, and counts as confirmed', async () => {
    const referentienummer = randomUUID();
    await roep('ggk_Di01', aanroep({ referentienummer }));
    expect(await over(referentienummer)).toMatchObject({ soort: 'Du01', wat: 'WMO302' });
    const client = knooppunt.client(GEMEENTE);
    const { berichten } = await vraagJson<{ berichten: readonly { berichtId: string }[] }>(
      client,
      'GET',
      `/v1/berichten?referentienummer=${referentienummer}`,
    );
    const { antwoorden } = await volg(client, berichten[0]?.berichtId ?? '');
    const id = antwoorden[0]?.berichtId ?? '';
    await wachtTot(async () => (await volg(client, id)).bezorging === 'bevestigd', {
      ms: 10_000,
      wat: 'the confirmation',
    });
  });

  test('a Fo01 comes as it is', async () => {
    const referentienummer = randomUUID();
    const inhoud = Buffer.from(vervang(maakBericht('WMO301').toString(), 'Geslacht', '9'));
    await roep('ggk_Di01', aanroep({ referentienummer, inhoud }));
    expect(await over(referentienummer)).toMatchObject({ soort: 'Fo01', wat: 'IB014' });
  });

  test('a heenbericht comes as a Di01, and what the receiver cannot read goes back to its sender', async () => {
    const { referentienummer } = await verstuur(knooppunt.client(AANBIEDER), maakBericht('WMO305'));
    do vorige = await ontvanger.volgende();
    while (vorige.soort !== 'Di01');
    expect(vorige.wat).toBe('WMO305');
    const fo01 = (
      fout: string,
    ) => `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><s:Fo01Bericht xmlns:s="http://www.egem.nl/StUF/StUF0301">
      <s:stuurgegevens><s:berichtcode>Fo01</s:berichtcode><s:zender><s:organisatie>${GEMEENTE}</s:organisatie><s:applicatie>Wmo</s:applicatie></s:zender>
      <s:ontvanger><s:organisatie>${AANBIEDER}</s:organisatie><s:applicatie>GGk</s:applicatie></s:ontvanger><s:referentienummer>${randomUUID()}</s:referentienummer>
      <s:tijdstipBericht>20261122</s:tijdstipBericht><s:crossRefnummer>${referentienummer}</s:crossRefnummer></s:stuurgegevens>
      <s:body><s:code>${fout}</s:code><s:plek>client</s:plek><s:omschrijving>niet leesbaar</s:omschrijving></s:body></s:Fo01Bericht></e:Body></e:Envelope>`;
    // A receiver may say nothing else about a message.
    const anders = await roep('Fo01', fo01('IB002'));
    expect([anders.status, codeVan(anders)]).toEqual([500, 'StUF055']);
    const antwoord = await roep('Fo01', fo01('StUF055'));
    expect([antwoord.status, waardeVan(antwoord.lijf, 'berichtcode')], antwoord.lijf).toEqual([200, 'Bv03']);
    const post = await haalOp(knooppunt.client(AANBIEDER), AANBIEDER, { aantal: 100 });
    expect(post).toContainEqual(
      expect.objectContaining({ berichtsoort: 'Fo01', afzender: GEMEENTE, crossReferentienummer: referentienummer }),
    );
  });
});

test('a Du01 answers its heenbericht once; an answer to nothing is refused with a Fo01', async () => {
  const { referentienummer: heen } = await verstuur(
    knooppunt.client('98000007'),
    maakBericht('WMO305', { afzender: '98000007' }),
  );
  const inhoud = maakBericht('WMO306', { afzender: '98000007' });
  const retour = { functie: 'WMO306', ontvanger: '98000007', inhoud };
  const referentienummer = randomUUID();
  expect((await roep('ggk_Du01', aanroep({ ...retour, crossRefnummer: heen, referentienummer }))).status).toBe(200);
  const client = knooppunt.client('98000007');
  await wachtTot(async () => (await blader(client, '98000007')).length > 0, { ms: 10_000, wat: 'the retour' });
  expect(await blader(client, '98000007')).toMatchObject([{ berichtsoort: 'WMO306', crossReferentienummer: heen }]);
  for (const crossRefnummer of [heen, randomUUID()]) {
    const nummer = randomUUID();
    expect((await roep('ggk_Du01', aanroep({ ...retour, crossRefnummer, referentienummer: nummer }))).status).toBe(200);
    const { rows } = await knooppunt.database.pool.query(
      `select berichtsoort from bericht where kruisreferentie = $1 and ontvanger = $2`,
      [nummer, GEMEENTE],
    );
    expect(rows).toEqual([{ berichtsoort: 'Fo01' }]);
  }
});
