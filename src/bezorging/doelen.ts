/**
 * Where messages may be pushed to. The address of an endpoint is data, so whoever may change it could have us ask the machines next to us:
 * the database, the metadata service of a cloud. Only what the installation named beforehand is asked (default: nobody), and a name that
 * leads to a private address leads nowhere, unless that address was named too.
 *
 * It is asked twice: when an endpoint is entered, by its address, and at the moment of connecting, by what its name then stands for. The
 * connection goes to the very address that was judged, so an answer of DNS that changes in between changes nothing.
 */
import { lookup as zoekInDns } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { KnooppuntFout } from '../fouten.ts';

/** Not of the internet at large (IANA special-purpose registries), and what wraps an IPv4 address in an IPv6 one. */
const BESLOTEN = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...[
    '224.0.0.0/4',
    '240.0.0.0/4',
    '::/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
  ],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];
/** The ports of Digikoppeling: what a rule without a port means. */
const POORTEN = new Set(['443', '8443']);
const STANDAARDPOORT: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/** Code of the error when a name leads only to addresses that may not be asked. */
export const ADRES_BESLOTEN = 'EADRESBESLOTEN';

export interface Doelen {
  /** May this address be asked at all? */
  readonly magNaar: (url: URL) => boolean;
  /** Finds the address of a name for a connection, as dns.lookup does; fails with ADRES_BESLOTEN where we may not go. */
  readonly lookup: LookupFunction;
}

const familie = (adres: string): 'ipv4' | 'ipv6' => (isIP(adres) === 4 ? 'ipv4' : 'ipv6');

function netten(regels: readonly string[]): (adres: string) => boolean {
  const lijst = new BlockList();
  for (const regel of regels) {
    const [net = '', bits] = regel.split('/');
    lijst.addSubnet(net, Number(bits ?? (isIP(net) === 4 ? 32 : 128)), familie(net));
  }
  return (adres) => lijst.check(adres, familie(adres));
}
const isBesloten = netten(BESLOTEN);

/** A rule with a name: whole, or with `*.` for everything below it; with or without a port. */
function pastBij(regel: string, host: string, poort: string): boolean {
  const [naam = '', op] = regel.toLowerCase().split(':');
  const past = naam.startsWith('*.') ? host.endsWith(naam.slice(1)) && host.length > naam.length - 1 : host === naam;
  return past && (op === undefined ? POORTEN.has(poort) : op === poort);
}

type Zoek = typeof zoekInDns;

/** Everything may be asked: for the demo, whose receivers are on this machine. */
export const OVERAL: Doelen = Object.freeze({ magNaar: () => true, lookup: zoekInDns as LookupFunction });

/**
 * @param regels names, addresses and networks of KNOOPPUNT_STUF_TOEGESTAAN; their form was checked with the configuration
 * @param zoek how a name becomes addresses
 */
export function maakDoelen(regels: readonly string[], zoek: Zoek = zoekInDns): Doelen {
  const isNet = (regel: string): boolean => regel.includes('/') || isIP(regel) > 0;
  const genoemd = netten(regels.filter(isNet));
  const namen = regels.filter((regel) => !isNet(regel));
  return {
    magNaar({ hostname, port, protocol }) {
      const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
      if (isIP(host) > 0) return genoemd(host);
      const poort = port || (STANDAARDPOORT[protocol] ?? '');
      return namen.some((regel) => pastBij(regel, host, poort));
    },
    lookup(naam, opties, klaar) {
      zoek(naam, { ...opties, all: true }, (fout, adressen) => {
        if (fout) return klaar(fout, []);
        const goed = adressen.filter(({ address }) => !isBesloten(address) || genoemd(address));
        const [eerste] = goed;
        if (!eerste) return klaar(Object.assign(new Error('address is not public'), { code: ADRES_BESLOTEN }), []);
        if (opties.all) return klaar(null, goed);
        klaar(null, eerste.address, eerste.family);
      });
    },
  };
}

/**
 * An address that nobody may be asked at is refused when it is entered, not when a message waits for it.
 * @throws KnooppuntFout invoerOngeldig
 */
export function eisDoel(doelen: Pick<Doelen, 'magNaar'>, adres: string | undefined): void {
  if (adres === undefined || !URL.canParse(adres) || doelen.magNaar(new URL(adres))) return;
  throw new KnooppuntFout(
    'invoerOngeldig',
    'Het adres van het StUF-eindpunt is in deze installatie niet toegestaan; het moet eerst in KNOOPPUNT_STUF_TOEGESTAAN staan.',
  );
}
