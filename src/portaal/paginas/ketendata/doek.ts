/** What every block of a dashboard works with: the question it can ask, and what it knows of the page. */
import type { Indicator } from '../../../ketendata/inzicht/regels/indicator.ts';
import { indicatorVan } from '../../../ketendata/inzicht/regels/indicatoren.ts';
import type { Antwoord, Filter, Splitsing } from '../../../ketendata/inzicht/regels/vraag.ts';
import { alleWeken, BLOK_WEKEN, type Weken } from '../../../ketendata/inzicht/regels/weken.ts';
import type { Keuze } from './keuze.ts';
import { weekKort, weekLang } from './waarde.ts';

export interface Doek {
  readonly keuze: Keuze;
  readonly landelijk: boolean;
  /** May this person open messages, so that figures can lead to them? */
  readonly naarBerichten: boolean;
  /** What these organisations are called. */
  namen(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** @param anders of the filter, in place of what was chosen */
  vraag(
    indicatoren: readonly Indicator[],
    splitsing?: Splitsing,
    anders?: Partial<Filter>,
    vergelijken?: boolean,
  ): Promise<Antwoord>;
}

/** Of these those that the view has, in their order. */
export const heeft = ({ landelijk }: Doek, ids: readonly string[]): readonly Indicator[] =>
  ids.flatMap((id) => {
    const indicator = indicatorVan(id);
    return indicator && (!landelijk || indicator.landelijk) ? [indicator] : [];
  });

/** The weeks of a chart; of the national view the blocks of four. */
export const stappenVan = ({ landelijk }: Doek, weken: Weken): readonly string[] =>
  alleWeken(weken).filter((_, nr) => !landelijk || nr % BLOK_WEKEN === 0);

export const stapKort = (maandag: string): string => weekKort(maandag);
export const stapLang = ({ landelijk }: Doek, maandag: string): string =>
  landelijk ? `vier weken vanaf ${weekLang(maandag)}` : weekLang(maandag);
