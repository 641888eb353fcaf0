/** Which figures count for a samenwerkingsverband, and who may see their sum. Pure. */
import { alleWeken, type Weken } from './weken.ts';

/** Of a mandaat, what matters here. */
export interface Geldend {
  readonly gemeente: string;
  readonly vanaf: string;
  readonly tot: string | null;
  readonly ingetrokkenOp: Date | null;
}

/** With fewer gemeenten a week is left out: of two, each could take off its own and have the other's. */
export const MIN_GEMEENTEN = 3;

/** Gemeenten whose mandaat holds on this day: those may see the sum. */
export const ledenOp = (mandaten: readonly Geldend[], dag: string): ReadonlySet<string> =>
  new Set(
    mandaten
      .filter(({ vanaf, tot, ingetrokkenOp }) => !ingetrokkenOp && vanaf <= dag && (tot === null || dag < tot))
      .map(({ gemeente }) => gemeente),
  );

export interface Deelname {
  readonly gemeente: string;
  readonly week: string;
}

/** Which gemeenten count in which weeks; a week with too few of them has none. */
export const deelnames = (mandaten: readonly Geldend[], weken: Weken): readonly Deelname[] =>
  alleWeken(weken).flatMap((week) => {
    const leden = ledenOp(mandaten, week);
    return leden.size < MIN_GEMEENTEN ? [] : [...leden].sort().map((gemeente) => ({ gemeente, week }));
  });
