/** Masked facts as bytes for the tables that keep them: deflated JSON. */
import { deflateSync, inflateSync } from 'node:zlib';
import type { Besluit, Wijzigingen } from '../dossier.ts';

export const pakIn = (waarde: unknown): Buffer => deflateSync(JSON.stringify(waarde));
export const pakUit = <T>(bytes: Buffer): T => JSON.parse(inflateSync(bytes).toString('utf8')) as T;

interface Ingepakt extends Omit<Wijzigingen, 'besloten'> {
  readonly besloten: readonly (Omit<Besluit, 'afgewezen'> & { readonly afgewezen: readonly string[] })[];
}

export const pakWijzigingenIn = ({ besloten, ...rest }: Wijzigingen): Buffer =>
  pakIn({ ...rest, besloten: besloten.map((besluit) => ({ ...besluit, afgewezen: [...besluit.afgewezen] })) });

export function pakWijzigingenUit(bytes: Buffer): Wijzigingen {
  const { besloten, ...rest } = pakUit<Ingepakt>(bytes);
  return { ...rest, besloten: besloten.map((besluit) => ({ ...besluit, afgewezen: new Set(besluit.afgewezen) })) };
}
