/**
 * What is in a ZIP, according to the archive itself: read by yauzl, and then held against everything else that the archive says about it.
 * Programs that read a ZIP in different ways must see the same files: a message that one of them misses is lost without a word.
 */
import { type Entry, getFileNameLowLevel, type LocalFileHeader, parseExtraFields, type ZipFile } from 'yauzl';
import { KnooppuntFout } from '../fouten.ts';
import type { Zipbron } from './zip-bron.ts';

/** One file, by its headers. */
export interface Ingang {
  /** Decoded, in the normal form of Unicode; may be anything. */
  readonly naam: string;
  /** Compression method: 0 stored, 8 deflate. */
  readonly methode: number;
  readonly crc32: number;
  /** Stated sizes in bytes. */
  readonly ingepakt: number;
  readonly uitgepakt: number;
  /** Where its packed bytes begin; they lie within the archive and overlap with nothing. */
  readonly begin: number;
  /** false: a folder, a symbolic link or a device. */
  readonly gewoon: boolean;
}

/** All ones: the value stands in a ZIP64 record. */
const VOL_16 = 0xffff;
const VOL_32 = 0xffffffff;
const ZIP64_VELD = 0x0001;
const ZIP64_WEGWIJZER = 0x07064b50;
const EINDE_BYTES = 22;
const WEGWIJZER_BYTES = 20;
const VLAG_VERSLEUTELD = 0x1;
/** The local header was written before the sizes were known: they follow after the data, and here they may be zero. */
const VLAG_LATER = 0x8;

const UNIX = new Set([3, 19]);
const UNIX_SOORT = 0xf000;
/** A plain file, a pipe (what `zip` says of what it read from one), or not told. */
const UNIX_GEWOON = new Set([0x8000, 0x1000, 0]);
/** Attributes of DOS and Windows: folder, reparse point. */
const DOS_BIJZONDER = 0x410;

const eis = (klopt: boolean): void => {
  if (!klopt) throw new KnooppuntFout('zipOngeldig');
};

function isGewoon({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const soort = UNIX.has(versionMadeBy >>> 8) ? (externalFileAttributes >>> 16) & UNIX_SOORT : 0;
  return UNIX_GEWOON.has(soort) && (externalFileAttributes & DOS_BIJZONDER) === 0;
}

/** The sizes of a local header, wherever they stand. */
function lokaleOmvang(kop: LocalFileHeader): readonly [uitgepakt: number, ingepakt: number] {
  const extra = parseExtraFields(kop.extraField).find(({ id }) => id === ZIP64_VELD)?.data;
  let plaats = 0;
  const lees = (veld: number): number => {
    if (veld !== VOL_32 || !extra) return veld;
    plaats += 8;
    return Number(extra.readBigUInt64LE(plaats - 8));
  };
  return [lees(kop.uncompressedSize), lees(kop.compressedSize)];
}

/** The header before the data must say the same as the directory at the end. */
function eisEens(kop: LocalFileHeader, ingang: Entry): void {
  if (((kop.generalPurposeBitFlag | ingang.generalPurposeBitFlag) & VLAG_VERSLEUTELD) !== 0)
    throw new KnooppuntFout('zipWachtwoord');
  const [uitgepakt, ingepakt] = lokaleOmvang(kop);
  const later = (kop.generalPurposeBitFlag & VLAG_LATER) !== 0;
  const gelijk = (hier: number, daar: number): boolean => hier === daar || (later && hier === 0);
  eis(
    kop.fileName.equals(ingang.fileNameRaw) &&
      kop.compressionMethod === ingang.compressionMethod &&
      gelijk(kop.crc32, ingang.crc32) &&
      gelijk(uitgepakt, ingang.uncompressedSize) &&
      gelijk(ingepakt, ingang.compressedSize),
  );
}

/** The directory must end where the end record begins, and have the place, size and count that the end record gives. */
async function eisHeleLijst(bron: Zipbron, zip: ZipFile, begin: number, einde: number): Promise<void> {
  const plek = bron.omvang - EINDE_BYTES - zip.comment.length;
  const vanaf = Math.max(0, plek - WEGWIJZER_BYTES);
  const bytes = await bron.lees(vanaf, bron.omvang);
  const slot = plek - vanaf;
  const zip64 = slot === WEGWIJZER_BYTES && bytes.readUInt32LE(0) === ZIP64_WEGWIJZER;
  eis(zip64 ? bytes.readBigUInt64LE(8) === BigInt(einde) : einde === plek);
  const klopt = (veld: number, waarde: number, vol: number): boolean => veld === waarde || (zip64 && veld === vol);
  eis(
    klopt(bytes.readUInt16LE(slot + 8), zip.entryCount, VOL_16) &&
      klopt(bytes.readUInt16LE(slot + 10), zip.entryCount, VOL_16) &&
      klopt(bytes.readUInt32LE(slot + 12), einde - begin, VOL_32) &&
      klopt(bytes.readUInt32LE(slot + 16), begin, VOL_32),
  );
}

/** No two files may share bytes, or a small archive could hold a large file many times. */
function eisLosVanElkaar(stukken: readonly (readonly [begin: number, einde: number])[], register: number): void {
  const opVolgorde = stukken.toSorted(([een], [ander]) => een - ander);
  for (const [nr, [, einde]] of opVolgorde.entries()) eis(einde <= (opVolgorde[nr + 1]?.[0] ?? register));
}

async function lees(bron: Zipbron, maxBestanden: number): Promise<readonly Ingang[]> {
  // Names are decoded below and sizes counted while unpacking: both are for one file to answer for, not for the archive.
  const zip = await bron.open({ decodeStrings: false, validateEntrySizes: false });
  if (zip.entryCount > maxBestanden) throw new KnooppuntFout('zipTeVeelBestanden');
  // The place in the directory where yauzl is; its types say boolean.
  const plaats = (): number => Number(zip.readEntryCursor);
  const register = plaats();
  const ingangen: Ingang[] = [];
  const stukken: (readonly [number, number])[] = [];
  for await (const ingang of zip.eachEntry()) {
    const kop = await zip.readLocalFileHeaderPromise(ingang);
    eisEens(kop, ingang);
    stukken.push([ingang.relativeOffsetOfLocalHeader, kop.fileDataStart + ingang.compressedSize]);
    const naam = getFileNameLowLevel(ingang.generalPurposeBitFlag, ingang.fileNameRaw, ingang.extraFields, true);
    ingangen.push({
      naam: naam.normalize('NFC'),
      methode: ingang.compressionMethod,
      crc32: ingang.crc32,
      ingepakt: ingang.compressedSize,
      uitgepakt: ingang.uncompressedSize,
      begin: kop.fileDataStart,
      gewoon: isGewoon(ingang),
    });
  }
  await eisHeleLijst(bron, zip, register, plaats());
  eisLosVanElkaar(stukken, register);
  return ingangen;
}

/** Directory entries with this flag end the reading in yauzl itself, which has no other name for it than a text. */
const isSterkVersleuteld = (fout: unknown): boolean =>
  fout instanceof Error && fout.message === 'strong encryption is not supported';

/**
 * Reads the headers of an archive; its data is not looked at.
 * @returns its files in the order of the directory, at least one
 * @throws KnooppuntFout zipOngeldig, zipTeVeelBestanden, zipWachtwoord or zipLeeg
 */
export async function leesRegister(bron: Zipbron, maxBestanden: number): Promise<readonly Ingang[]> {
  try {
    const ingangen = await lees(bron, maxBestanden);
    if (ingangen.length === 0) throw new KnooppuntFout('zipLeeg');
    return ingangen;
  } catch (fout) {
    if (fout instanceof KnooppuntFout) throw fout;
    throw new KnooppuntFout(isSterkVersleuteld(fout) ? 'zipWachtwoord' : 'zipOngeldig', undefined, { cause: fout });
  }
}
