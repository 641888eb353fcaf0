/** Where the next page of the list of lanes begins. Pure. */
import type { Baanregel } from './banen.ts';

type Plek = Pick<Baanregel, 'oudste' | 'baanId'>;
const VORM = /^([0-9TZ:.-]{20,30})_([1-9][0-9]{0,8})$/;

/** After this lane. */
export const cursorVan = ({ oudste, baanId }: Plek): string => `${oudste.toISOString()}_${baanId}`;

/** @returns undefined for what cursorVan never wrote */
export function leesCursor(tekst: string): Plek | undefined {
  const [, oudste = '', baanId = ''] = VORM.exec(tekst) ?? [];
  const op = new Date(oudste);
  return Number.isNaN(op.getTime()) ? undefined : { oudste: op, baanId: Number(baanId) };
}
