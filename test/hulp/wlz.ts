/** Deliveries of the Wlz register, as CIZ would make them. */
import { createHash } from 'node:crypto';
import { voldoetAanElfproef } from '#src/standards/bsn.ts';

export interface Proefindicatie {
  readonly bsn: string;
  readonly besluitnummer: string;
  readonly ingangsdatum: string;
  readonly einddatum?: string;
  readonly vervaldatum?: string;
  readonly mutatie?: string;
}

export interface Manifestkeuze {
  readonly soort?: 'VOLLEDIG' | 'MUTATIE';
  readonly peilmoment?: string;
  readonly aantal?: number;
  readonly sha256?: string;
  readonly volgnummer?: number;
  readonly vorigVolgnummer?: number | null;
}

const EERSTE = 999_900_006;
const LAATSTE = 999_999_990;
/** All that there are: some 9,000. */
export const TEST_BSNS = Array.from({ length: LAATSTE - EERSTE + 1 }, (_, nr) => String(EERSTE + nr)).filter(
  voldoetAanElfproef,
);

/** The nth test BSN, from 0. */
export function testBsn(nr: number): string {
  const bsn = TEST_BSNS[nr];
  if (bsn === undefined) throw new RangeError(`there are only ${TEST_BSNS.length} test BSNs`);
  return bsn;
}

/** An open-ended indication of the nth person (from 1), with that number. */
export const indicatie = (nr: number, anders: Partial<Proefindicatie> = {}): Proefindicatie => ({
  bsn: testBsn(nr - 1),
  besluitnummer: String(1000 + nr),
  ingangsdatum: '2024-01-01',
  ...anders,
});

/** The manifest that belongs to these bytes. */
export function manifestVan(bytes: string | Uint8Array, aantal: number, keuze: Manifestkeuze = {}): string {
  const volgnummer = keuze.volgnummer ?? 1;
  return JSON.stringify({
    versie: 1,
    soort: 'VOLLEDIG',
    peilmoment: new Date().toISOString(),
    aantal,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    volgnummer,
    vorigVolgnummer: volgnummer > 1 ? volgnummer - 1 : null,
    ...keuze,
  });
}

/** A ciz-dat delivery as CSV, its manifest on the first line. */
export function cizDat(rijen: readonly Proefindicatie[], keuze: Manifestkeuze = {}): string {
  const mutatie = keuze.soort === 'MUTATIE';
  const kop = `bsn;besluitnummer;ingangsdatum;einddatum;vervaldatum${mutatie ? ';mutatie' : ''}`;
  const regels = rijen.map((rij) =>
    [
      rij.bsn,
      rij.besluitnummer,
      rij.ingangsdatum,
      rij.einddatum ?? '',
      rij.vervaldatum ?? '',
      ...(mutatie ? [rij.mutatie ?? 'T'] : []),
    ].join(';'),
  );
  const inhoud = `${[kop, ...regels].join('\n')}\n`;
  return `${manifestVan(inhoud, rijen.length, keuze)}\n${inhoud}`;
}

/** The bytes of a delivery in pieces of so many bytes. */
export async function* inStukken(inhoud: string | Uint8Array, grootte = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(inhoud);
  for (let plaats = 0; plaats < bytes.length; plaats += grootte) yield bytes.subarray(plaats, plaats + grootte);
}
