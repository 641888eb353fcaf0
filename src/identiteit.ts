/**
 * Identities. What the switch makes itself has an id derived from its cause, so that a step that runs twice makes the same thing,
 * and the second time is seen by the database.
 */
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Is this a referentienummer as the envelope XSD wants it: UUID version 4, lower case? */
export const isUuidV4 = (tekst: string): boolean => UUID_V4.test(tekst);
/** Is this any UUID in lower case? */
export const isUuid = (tekst: string): boolean => UUID.test(tekst);

/** A new bericht id; grows with time, so that new rows lie together in the index. */
export const nieuwBerichtId = (): string => v7();

const samenvatting = (delen: readonly string[]): Buffer => createHash('sha256').update(delen.join('\n')).digest();

/** A UUID in the form of version 4 that the same parts always give. */
export function afgeleideUuid(...delen: readonly string[]): string {
  const bytes = samenvatting(delen).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** An identification of 12 characters (LDT_IdentificatieBericht) that the same parts always give. */
export const afgeleideIdentificatie = (...delen: readonly string[]): string =>
  (samenvatting(delen).readBigUInt64BE() % 36n ** 12n).toString(36).toUpperCase().padStart(12, '0');
