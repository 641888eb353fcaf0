/** Makes certificates, so that no private key has to lie in the repository. DER by hand, as little as TLS needs. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const der = (soort: number, ...delen: readonly Buffer[]): Buffer => {
  const inhoud = Buffer.concat(delen);
  const { length } = inhoud;
  const maat = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([soort, ...maat]), inhoud]);
};
const rij = (...delen: readonly Buffer[]): Buffer => der(0x30, ...delen);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const SERIAL_NUMBER = oid(0x55, 0x04, 0x05);
const BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
const SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);
const ECDSA_SHA256 = rij(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

const tijd = (moment: Date): Buffer => der(0x18, Buffer.from(moment.toISOString().replace(/[-:T]|\.\d+/g, '')));

export interface Certificaatwens {
  /** For which host name, or for which IPv4 address. */
  readonly voor: string;
  readonly tot?: Date;
  /** Who signs it; without one it signs itself. */
  readonly uitgever?: Certificaat;
  /** May it sign others? */
  readonly isUitgever?: boolean;
  /** What stands in Subject.serialNumber, once for each. */
  readonly oins?: readonly string[];
}

export interface Certificaat {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  readonly prive: KeyObject;
  /** Its Subject, in DER. */
  readonly naam: Buffer;
  /** Its number, in DER. */
  readonly nummer: Buffer;
}

const WAAR = der(0x01, Buffer.from([0xff]));
const naamdeel = (soort: Buffer, tekst: string): Buffer => der(0x31, rij(soort, der(0x0c, Buffer.from(tekst))));

function onderteken(soort: string, lijf: Buffer, sleutel: KeyObject): string {
  const geheel = rij(lijf, ECDSA_SHA256, der(0x03, Buffer.from([0]), sign('sha256', lijf, sleutel)));
  const regels = geheel.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${soort}-----`, ...regels, `-----END ${soort}-----`, ''].join('\n');
}

/** @returns key and certificate */
export function maakCertificaat({
  voor,
  tot = new Date(Date.now() + 3_600_000),
  uitgever,
  isUitgever = false,
  oins = [],
}: Certificaatwens): Certificaat {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const naam = rij(naamdeel(COMMON_NAME, voor), ...oins.map((oin) => naamdeel(SERIAL_NUMBER, oin)));
  const ip = /^[0-9.]+$/.test(voor) ? Buffer.from(voor.split('.').map(Number)) : undefined;
  const anders = rij(ip ? der(0x87, ip) : der(0x82, Buffer.from(voor)));
  const nummer = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(7)]));
  const lijf = rij(
    der(0xa0, der(0x02, Buffer.from([2]))),
    nummer,
    ECDSA_SHA256,
    uitgever?.naam ?? naam,
    rij(tijd(new Date(Date.now() - 86_400_000)), tijd(tot)),
    naam,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      rij(
        rij(SUBJECT_ALT_NAME, der(0x04, anders)),
        ...(isUitgever ? [rij(BASIC_CONSTRAINTS, WAAR, der(0x04, rij(WAAR)))] : []),
      ),
    ),
  );
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: onderteken('CERTIFICATE', lijf, uitgever?.prive ?? privateKey),
    prive: privateKey,
    naam,
    nummer,
  };
}

/** @returns what an issuer withdrew, in PEM */
export function maakIntrekkingslijst(uitgever: Certificaat, ingetrokken: readonly Certificaat[]): string {
  const nu = Date.now();
  const lijf = rij(
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    uitgever.naam,
    tijd(new Date(nu - 60_000)),
    tijd(new Date(nu + 3_600_000)),
    rij(...ingetrokken.map(({ nummer }) => rij(nummer, tijd(new Date(nu - 60_000))))),
  );
  return onderteken('X509 CRL', lijf, uitgever.prive);
}
