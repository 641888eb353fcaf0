/** What an expression of PromQL names, and what a scrape has: enough to hold the one against the other. */

export interface Verwijzing {
  readonly metriek: string;
  /** Label → the value that is asked for with `=`; null for other operators. */
  readonly labels: ReadonlyMap<string, string | null>;
}

const METRIEK = /\b(?:knooppunt|nodejs|process)_[a-z0-9_]+|\bup\b/g;
const KEUZE = /([a-z_]+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;

/** The metrics in an expression, each with the labels it is chosen by. */
export const verwijzingenIn = (expr: string): readonly Verwijzing[] =>
  [...expr.matchAll(METRIEK)].map((vondst) => {
    const na = expr.slice(vondst.index + vondst[0].length);
    const keuze = /^\s*\{([^}]*)\}/.exec(na)?.[1] ?? '';
    const labels = [...keuze.matchAll(KEUZE)].map(
      ([, label = '', hoe, waarde = '']) => [label, hoe === '=' ? waarde : null] as const,
    );
    return { metriek: vondst[0], labels: new Map(labels) };
  });

/** The labels that an expression groups or joins by. */
export const groepenIn = (expr: string): readonly string[] =>
  [...expr.matchAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g)].flatMap(([, lijst = '']) =>
    lijst.split(',').flatMap((naam) => (naam.trim() === '' ? [] : [naam.trim()])),
  );

const PAREN: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Does every bracket outside a string have its other half? */
export function inBalans(expr: string): boolean {
  const open: string[] = [];
  for (const teken of expr.replace(/"[^"]*"/g, '')) {
    if ('([{'.includes(teken)) open.push(teken);
    else if (teken in PAREN && open.pop() !== PAREN[teken]) return false;
  }
  return open.length === 0 && (expr.match(/"/g)?.length ?? 0) % 2 === 0;
}

export interface Reeks {
  readonly metriek: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly waarde: number;
}

/** The series of a scrape. @throws on a line that is none */
export const reeksenIn = (scrape: string): readonly Reeks[] =>
  scrape
    .split('\n')
    .filter((regel) => regel !== '' && !regel.startsWith('#'))
    .map((regel) => {
      const [, metriek = '', labels = '', waarde = ''] = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/.exec(regel) ?? [];
      if (metriek === '') throw new Error(`no series: ${regel}`);
      const paren = [...labels.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, naam = '', dan = '']) => [naam, dan]);
      return { metriek, labels: Object.fromEntries(paren), waarde: Number(waarde) };
    });
