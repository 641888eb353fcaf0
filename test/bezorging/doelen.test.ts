/** Nobody can have us ask the machines next to us: not by an address, not by a name, and not by a name that changes its mind. */
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { maakDoelen, OVERAL } from '#src/bezorging/doelen.ts';
import { stuur } from '#src/bezorging/stuur.ts';
import { TIJDEN } from '#src/bezorging/types.ts';
import { leesConfig } from '#src/config.ts';
import { alsInstallatie } from '../hulp/installatie.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur as vraag } from '../hulp/rauw.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const REGELS = [
  'stuf.gemeente.example',
  '*.leverancier.example',
  'bijzonder.example:9443',
  '10.20.0.0/16',
  '192.0.2.7',
];

describe('an address is allowed', () => {
  test.each([
    'https://stuf.gemeente.example/ggk',
    'https://stuf.gemeente.example:8443/',
    'https://STUF.Gemeente.EXAMPLE./',
    'https://a.leverancier.example/',
    'https://b.a.leverancier.example/',
    'https://bijzonder.example:9443/',
    'https://10.20.255.255:1234/',
    'https://192.0.2.7/',
  ])('%s', (url) => {
    expect(maakDoelen(REGELS).magNaar(new URL(url))).toBe(true);
  });
});

describe('an address is not allowed', () => {
  test.each([
    'https://gemeente.example/',
    'https://x.stuf.gemeente.example/',
    'https://stuf.gemeente.example.kwaad.example/',
    'https://kwaadstuf.gemeente.example/',
    'https://stuf.gemeente.example:22/',
    'http://stuf.gemeente.example/',
    'https://leverancier.example/',
    'https://kwaadleverancier.example/',
    'https://.leverancier.example/',
    'https://bijzonder.example/',
    'https://10.21.0.1/',
    'https://192.0.2.8/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://127.1/',
    'https://localhost/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'https://０.0.0.0/',
    'https://①②⑦.0.0.1/',
    'https://8.8.8.8/',
  ])('%s', (url) => {
    expect(maakDoelen(REGELS).magNaar(new URL(url))).toBe(false);
  });

  test('any, when the installation names none', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => !maakDoelen([]).magNaar(new URL(url))),
      { verbose: true },
    );
  });

  test('any, unless a rule says so', () => {
    const eindigt = /(?:^|\.)(?:gemeente|leverancier|bijzonder)\.example$/;
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65535 }), (host, poort) => {
        fc.pre(!eindigt.test(host));
        return !maakDoelen(REGELS).magNaar(new URL(`https://${host}:${poort}/`));
      }),
      { verbose: true },
    );
  });
});

/** DNS that answers what we tell it, in turn. */
const zegt = (...antwoorden: readonly (readonly string[])[]) => {
  let keer = 0;
  const zoek = (_naam: string, _opties: object, klaar: (fout: null, adressen: LookupAddress[]) => void): void => {
    const adressen = antwoorden[Math.min(keer, antwoorden.length - 1)] ?? [];
    keer += 1;
    klaar(
      null,
      adressen.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return zoek as unknown as Parameters<typeof maakDoelen>[1];
};
const adressenVan = (antwoord: readonly string[], regels = REGELS): Promise<unknown> =>
  new Promise((klaar) => {
    const { lookup } = maakDoelen(regels, zegt(antwoord));
    lookup('x.leverancier.example', { all: true }, (fout, adressen) => klaar(fout ? fout.code : adressen));
  });

describe('a name that is allowed, and stands for', () => {
  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine, by another number', '127.8.8.8'],
    ['no machine', '0.0.0.0'],
    ['a private network', '10.0.0.1'],
    ['another private network', '172.31.255.255'],
    ['a home network', '192.168.1.1'],
    ['the network of a provider', '100.64.0.1'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['many machines', '224.0.0.1'],
    ['all machines', '255.255.255.255'],
    ['this machine in IPv6', '::1'],
    ['no machine in IPv6', '::'],
    ['this machine, wrapped', '::ffff:127.0.0.1'],
    ['the metadata of a cloud, wrapped', '::ffff:169.254.169.254'],
    ['this machine, translated', '64:ff9b::7f00:1'],
    ['this machine, by 6to4', '2002:7f00:1::'],
    ['a private network in IPv6', 'fd00:ec2::254'],
    ['the link', 'fe80::1'],
    ['the old kind of site', 'fec0::1'],
    ['many machines in IPv6', 'ff02::1'],
  ])('%s (%s), is not asked', async (_naam, adres) => {
    expect(await adressenVan([adres])).toBe('EADRESBESLOTEN');
  });

  test('a public address and a private one, is asked at the public one only', async () => {
    expect(await adressenVan(['127.0.0.1', '93.184.215.14', '::1'])).toEqual([{ address: '93.184.215.14', family: 4 }]);
  });

  test('a private address that was named, is asked there', async () => {
    expect(await adressenVan(['10.20.1.1'])).toEqual([{ address: '10.20.1.1', family: 4 }]);
  });

  test('one address, for who wants one', async () => {
    const gevonden = await new Promise((klaar) => {
      const { lookup } = maakDoelen(REGELS, zegt(['8.8.8.8']));
      lookup('x.leverancier.example', {}, (fout, adres, familie) => klaar([fout, adres, familie]));
    });
    expect(gevonden).toEqual([null, '8.8.8.8', 4]);
  });
});

describe('at the moment of connecting', () => {
  const bezoek: string[] = [];
  const server = createServer((socket) => {
    bezoek.push(socket.remoteAddress ?? '');
    socket.destroy();
  }).listen(0, '127.0.0.1');
  afterAll(() => server.close());
  const naar = async (lookup: ReturnType<typeof maakDoelen>['lookup']) => {
    if (!server.listening) await once(server, 'listening');
    const url = new URL(`https://x.leverancier.example:${(server.address() as AddressInfo).port}/`);
    const zending = { soapAction: 'urn:actie', lijf: Buffer.from('<a/>') };
    return stuur(url, zending, { tijden: TIJDEN, signaal: new AbortController().signal, lookup });
  };

  test('a name that was public when it was judged and leads to this machine now, gets no connection', async () => {
    const { lookup } = maakDoelen(REGELS, zegt(['127.0.0.1']));
    expect(await naar(lookup)).toEqual({ oorzaak: 'adresNietToegestaan' });
    expect(bezoek).toEqual([]);
  });

  test('the address that was judged is the address that is asked, whatever DNS says the next time', async () => {
    // The first answer is allowed by a rule; a second question would lead to where nobody listens.
    const { lookup } = maakDoelen(['*.leverancier.example', '127.0.0.1'], zegt(['127.0.0.1'], ['127.0.0.2']));
    expect(await naar(lookup)).not.toEqual({ oorzaak: 'adresNietToegestaan' });
    expect(bezoek).toEqual(['127.0.0.1']);
  });
});

describe('the operator', () => {
  const beheer = async (adres: string, url: string) =>
    vraag(adres, {
      methode: 'PUT',
      pad: '/v1/beheer/organisaties/98000001',
      koppen: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      lijf: JSON.stringify({ stuf: { url }, reden: 'proef' }),
    });
  const TOKEN = 'demo-beheer';

  test('of the demo enters any address', async () => {
    const demo = await startOpstelling({ rollen: ['api'] });
    try {
      expect((await beheer(demo.adres, 'https://169.254.169.254/')).status).toBe(200);
    } finally {
      await demo.stop();
    }
  });

  test('of an installation enters only what was named, and hears why not', async () => {
    const echt = await startOpstelling({
      rollen: ['api'],
      omgeving: { KNOOPPUNT_STUF_TOEGESTAAN: 'stuf.aanbieder.example', ...(await alsInstallatie(TOKEN)) },
    });
    try {
      const geweigerd = await beheer(echt.adres, 'https://169.254.169.254/latest/meta-data/');
      verwachtWeigering(geweigerd, 'invoerOngeldig');
      expect(geweigerd.lijf).not.toContain('169.254');
      expect((await beheer(echt.adres, 'https://stuf.aanbieder.example/ggk')).status).toBe(200);
    } finally {
      await echt.stop();
    }
  });
});

test.each(['*', '*.', 'a b', 'https://x', '10.0.0.0/33', 'x/8', '::/129', 'a..b', 'x:y', '[::1]', 'a/1/2'])(
  'the rule %j refuses to start',
  (regel) => {
    expect(() => leesConfig({ KNOOPPUNT_STUF_TOEGESTAAN: regel })).toThrow('KNOOPPUNT_STUF_TOEGESTAAN');
  },
);

test('only the demo goes anywhere', () => {
  expect(OVERAL.magNaar(new URL('http://127.0.0.1/'))).toBe(true);
});
