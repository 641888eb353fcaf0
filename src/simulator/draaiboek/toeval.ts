/** Chance that can be repeated: a failed round is run again with the seed it printed. */

export interface Toeval {
  /** A fraction, 0 ≤ x < 1. */
  breuk(): number;
  /** A whole number, min ≤ x ≤ max. */
  geheel(min: number, max: number): number;
  /** True in `kans` of the cases (0..1). */
  kans(kans: number): boolean;
  kies<T>(uit: readonly T[]): T;
  /** Bytes, for instance for identifiers. */
  bytes(aantal: number): Buffer;
  /** An independent source: who draws from it does not shift what the others draw. */
  tak(naam: string): Toeval;
}

/** Mulberry32: small, fast, and good enough to choose moments with. */
export function maakToeval(zaad: number): Toeval {
  let stand = zaad >>> 0;
  const breuk = (): number => {
    stand = (stand + 0x6d2b79f5) >>> 0;
    let t = Math.imul(stand ^ (stand >>> 15), stand | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const geheel = (min: number, max: number): number => min + Math.floor(breuk() * (max - min + 1));
  return {
    breuk,
    geheel,
    kans: (kans) => breuk() < kans,
    kies: <T>(uit: readonly T[]): T => {
      if (uit.length === 0) throw new RangeError('Nothing to choose from.');
      return uit[geheel(0, uit.length - 1)] as T;
    },
    bytes: (aantal) => Buffer.from(Array.from({ length: aantal }, () => geheel(0, 255))),
    tak: (naam) => maakToeval([...naam].reduce((h, teken) => Math.imul(h ^ teken.charCodeAt(0), 0x01000193), zaad)),
  };
}

/** A version 4 UUID drawn from `toeval`. */
export function uuid(toeval: Toeval): string {
  const bytes = toeval.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** One of these, the first ones more often. */
export function kiesScheef<T>(toeval: Toeval, uit: readonly T[]): T {
  const gewicht = (nr: number): number => (nr + 2) ** -0.6;
  let rest = toeval.breuk() * uit.reduce((som, _, nr) => som + gewicht(nr), 0);
  const gekozen = uit.findIndex((_, nr) => {
    rest -= gewicht(nr);
    return rest < 0;
  });
  return uit.at(gekozen) as T;
}
