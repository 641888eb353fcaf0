/** Fingerprints: of a line, of the run of lines in a link, of the link. All that the chain says, it says by these. */
import { createHash, createHmac, hkdfSync, type KeyObject } from 'node:crypto';

/** Of one line in a link: its nr (8 bytes), and half of the sha256 of all its fields. */
const NR_BYTES = 8;
const AFDRUK_BYTES = 16;
export const REGEL_BYTES = NR_BYTES + AFDRUK_BYTES;

/** Before the first link. */
export const BEGIN = Buffer.alloc(32);

/**
 * SQL: the fingerprint of a line. jsonb as text is the same everywhere, tells null from empty, and cannot be read in two ways; moments go as
 * microseconds and bytes as hex, so that no setting of the server is in it.
 * @param l alias of logboek
 */
const afdruk = (l: string): string => `
substring(sha256(convert_to(jsonb_build_array(${l}.nr, (extract(epoch from ${l}.tijdstip) * 1000000)::bigint, ${l}.gebeurtenis, ${l}.actor,
  ${l}.namens, ${l}.resultaat, ${l}.bericht_id, array(select encode(b, 'hex') from unnest(${l}.betrokkenen) with ordinality as t(b, i) order by i),
  ${l}.details, encode(${l}.spoor, 'hex'))::text, 'UTF8')) from 1 for ${AFDRUK_BYTES})`;

/** SQL: what a link holds of its lines, as an aggregate over logboek l. */
export const AFDRUKKEN = `string_agg(int8send(l.nr) || ${afdruk('l')}, ''::bytea order by l.nr)`;

/** What a link says. */
export interface Schakel {
  readonly nr: number;
  readonly vanRegel: number;
  readonly totRegel: number;
  readonly aantal: number;
  /** Microseconds since 1970, as text. */
  readonly eerste: string;
  readonly laatste: string;
  /** sha256 over the fingerprints of its lines. */
  readonly samenvatting: Buffer;
  readonly vorige: Buffer;
}

export const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The value of a link: of what it says, and so of every link before it. */
export const ketenVan = ({ nr, vanRegel, totRegel, aantal, eerste, laatste, samenvatting, vorige }: Schakel): Buffer =>
  sha256(
    Buffer.from(
      JSON.stringify([
        'knooppunt logboek 1',
        nr,
        vanRegel,
        totRegel,
        aantal,
        eerste,
        laatste,
        samenvatting.toString('hex'),
        vorige.toString('hex'),
      ]),
    ),
  );

/** The key that seals links; it is not in the database, so who has only that cannot make a chain. */
export interface Zegelsleutel {
  /** Tells keys apart, and nothing about them. */
  readonly id: string;
  readonly zegel: (soort: 'schakel' | 'opgeruimd', nr: number, keten: Buffer) => Buffer;
}

/** @param hmac the key of the installation for identifiers; the one for seals is derived from it */
export function zegelsleutel(hmac: KeyObject): Zegelsleutel {
  const sleutel = Buffer.from(hkdfSync('sha256', hmac, Buffer.alloc(0), 'knooppunt logboek zegel', 32));
  return {
    id: sha256(Buffer.concat([Buffer.from('id'), sleutel]))
      .toString('hex')
      .slice(0, 16),
    zegel: (soort, nr, keten) => createHmac('sha256', sleutel).update(`${soort} ${nr} `).update(keten).digest(),
  };
}

export interface Regelafdruk {
  readonly nr: number;
  readonly afdruk: string;
}

/** @returns the lines in the fingerprints of a link, in order of nr */
export function leesAfdrukken(afdrukken: Buffer): readonly Regelafdruk[] {
  const regels: Regelafdruk[] = [];
  for (let plek = 0; plek + REGEL_BYTES <= afdrukken.length; plek += REGEL_BYTES)
    regels.push({
      nr: Number(afdrukken.readBigInt64BE(plek)),
      afdruk: afdrukken.toString('hex', plek + NR_BYTES, plek + REGEL_BYTES),
    });
  return regels;
}
