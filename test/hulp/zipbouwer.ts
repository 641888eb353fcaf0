/** Builds a ZIP byte by byte, so that any field can be wrong: each header says what the file is, unless it is told to say otherwise. */
import { crc32, deflateRawSync } from 'node:zlib';

/** The fields of a header that a test may want to forge. */
export interface Velden {
  readonly naam: string | Buffer;
  readonly vlaggen: number;
  readonly methode: number;
  readonly crc: number;
  readonly ingepakt: number;
  readonly uitgepakt: number;
  readonly extra: Buffer;
}

export interface Deel {
  readonly naam: string | Buffer;
  readonly inhoud?: string | Uint8Array;
  /** Default deflate. */
  readonly methode?: number;
  /** Packed bytes, in place of those that the method makes of the content. */
  readonly pakket?: Buffer;
  /** Sizes behind the data, as who writes a stream does. */
  readonly beschrijver?: boolean;
  /** Sizes and place in ZIP64 fields. */
  readonly zip64?: boolean;
  readonly vlaggen?: number;
  readonly lokaal?: Partial<Velden>;
  readonly centraal?: Partial<
    Velden & { readonly gemaaktDoor: number; readonly attributen: number; readonly plaats: number }
  >;
}

/** The end record; what is not given is as it should be. */
export interface Einde {
  readonly aantal?: number;
  /** The count on this disk, where that is another. */
  readonly aantalHier?: number;
  readonly omvang?: number;
  readonly plaats?: number;
  readonly schijf?: number;
  readonly commentaar?: string | Uint8Array;
  /** A ZIP64 end record before it; `echt`: with the fields of the plain one left as they are. */
  readonly zip64?: 'vol' | 'echt';
  readonly zip64Aantal?: number;
  /** The files in the order of the directory, by their place in the data. */
  readonly volgorde?: readonly number[];
  /** Bytes between the directory and the end. */
  readonly tussen?: Buffer;
}

const VOL_16 = 0xffff;
const VOL_32 = 0xffffffff;
const UTF8 = 0x800;
const DATUM = 0x5a21;

const u16 = (...waarden: number[]): Buffer => {
  const bytes = Buffer.alloc(2 * waarden.length);
  waarden.forEach((waarde, nr) => {
    bytes.writeUInt16LE(waarde, 2 * nr);
  });
  return bytes;
};
const u32 = (...waarden: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * waarden.length);
  waarden.forEach((waarde, nr) => {
    bytes.writeUInt32LE(waarde >>> 0, 4 * nr);
  });
  return bytes;
};
const u64 = (...waarden: number[]): Buffer => {
  const bytes = Buffer.alloc(8 * waarden.length);
  waarden.forEach((waarde, nr) => {
    bytes.writeBigUInt64LE(BigInt(waarde), 8 * nr);
  });
  return bytes;
};
/** An extra field. */
export const extra = (id: number, data: Buffer): Buffer => Buffer.concat([u16(id, data.length), data]);

/** A ZIP64 field: sizes and place, as many as the header asks for. */
export const zip64Veld = (...waarden: number[]): Buffer => extra(1, u64(...waarden));
/** A Unicode Path field: another name for who reads it. */
export const anderePadnaam = (naam: string | Buffer, echt: string): Buffer =>
  extra(0x7075, Buffer.concat([Buffer.from([1]), u32(crc32(naam)), Buffer.from(echt)]));

const alsBytes = (naam: string | Buffer): Buffer => (typeof naam === 'string' ? Buffer.from(naam) : naam);

/** What both headers have in common, from the version to the length of the extra field. */
const kern = (v: Velden): Buffer =>
  Buffer.concat([
    u16(20, v.vlaggen, v.methode, 0, DATUM),
    u32(v.crc, v.ingepakt, v.uitgepakt),
    u16(alsBytes(v.naam).length, v.extra.length),
  ]);

function lokaalVan(v: Velden): Buffer {
  return Buffer.concat([u32(0x04034b50), kern(v), alsBytes(v.naam), v.extra]);
}

function centraalVan(v: Velden, plaats: number, gemaaktDoor: number, attributen: number): Buffer {
  const midden = Buffer.concat([u16(0, 0, 0), u32(attributen, plaats)]);
  return Buffer.concat([u32(0x02014b50), u16(gemaaktDoor), kern(v), midden, alsBytes(v.naam), v.extra]);
}

/** @returns the archive of these files, in this order */
export function maakZip(delen: readonly Deel[], einde: Einde = {}): Buffer {
  const voor: Buffer[] = [];
  const register: Buffer[] = [];
  let plaats = 0;
  for (const deel of delen) {
    const inhoud = Buffer.from(deel.inhoud ?? '');
    const { methode = 8, beschrijver = false, zip64 = false } = deel;
    const pakket = deel.pakket ?? (methode === 8 ? deflateRawSync(inhoud) : inhoud);
    const echt: Velden = {
      naam: deel.naam,
      vlaggen: (deel.vlaggen ?? UTF8) | (beschrijver ? 0x8 : 0),
      methode,
      crc: crc32(inhoud),
      ingepakt: pakket.length,
      uitgepakt: inhoud.length,
      extra: Buffer.alloc(0),
    };
    const vol = { ingepakt: VOL_32, uitgepakt: VOL_32 };
    const kop = lokaalVan({
      ...echt,
      ...(zip64 && { ...vol, extra: beschrijver ? zip64Veld(0, 0) : zip64Veld(inhoud.length, pakket.length) }),
      ...(beschrijver && { crc: 0, ...(!zip64 && { ingepakt: 0, uitgepakt: 0 }) }),
      ...deel.lokaal,
    });
    const maten = zip64 ? u64(pakket.length, inhoud.length) : u32(pakket.length, inhoud.length);
    const staart = beschrijver ? Buffer.concat([u32(0x08074b50, echt.crc), maten]) : Buffer.alloc(0);
    const { gemaaktDoor = 20, attributen = 0, plaats: elders = plaats, ...velden } = deel.centraal ?? {};
    const groot = { ...vol, extra: zip64Veld(inhoud.length, pakket.length, elders) };
    const daar = { ...echt, ...(zip64 && groot), ...velden };
    register.push(centraalVan(daar, zip64 ? VOL_32 : elders, gemaaktDoor, attributen));
    voor.push(kop, pakket, staart);
    plaats += kop.length + pakket.length + staart.length;
  }
  const rij = einde.volgorde?.map((nr) => register[nr] ?? Buffer.alloc(0)) ?? register;
  return Buffer.concat([...voor, ...rij, sluit(delen.length, Buffer.concat(rij).length, plaats, einde)]);
}

function sluit(aantal: number, omvang: number, plaats: number, einde: Einde): Buffer {
  const { zip64, zip64Aantal = aantal, tussen = Buffer.alloc(0), schijf = 0 } = einde;
  const commentaar = Buffer.from(einde.commentaar ?? '');
  const groot = Buffer.concat([
    ...[u32(0x06064b50), u64(44), u16(45, 45), u32(0, 0), u64(zip64Aantal, zip64Aantal, omvang, plaats)],
    ...[u32(0x07064b50, 0), u64(plaats + omvang + tussen.length), u32(1)],
  ]);
  const vol = zip64 === 'vol';
  const telling = einde.aantal ?? (vol ? VOL_16 : aantal);
  return Buffer.concat([
    tussen,
    ...(zip64 ? [groot] : []),
    u32(0x06054b50),
    u16(schijf, schijf, einde.aantalHier ?? telling, telling),
    u32(einde.omvang ?? (vol ? VOL_32 : omvang), einde.plaats ?? (vol ? VOL_32 : plaats)),
    u16(commentaar.length),
    commentaar,
  ]);
}
