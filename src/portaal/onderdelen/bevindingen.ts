/** Findings, each beside the line of the message that it is about. */
import type { Bevinding } from '../../standards/bevinding.ts';
import { leesregels, metPosities } from '../../xml/leesregels.ts';
import { type Deel, type Html, html } from '../html.ts';
import { getal } from '../opmaak.ts';
import { merk } from './tekst.ts';

/** Of a message beyond this size only the findings are shown: nobody reads on a page where they are in it. */
const MAX_TEKENS = 2_000_000;
const MAX_BEVINDINGEN = 100;
const OMHEEN = 2;
const MAX_REGEL = 300;

export interface Bronregel {
  readonly nr: number;
  readonly diepte: number;
  readonly tekst: string;
  readonly bevindingen: readonly Bevinding[];
}
/** Lines that follow each other. */
export type Fragment = readonly Bronregel[];

const kort = (tekst: string): string => (tekst.length > MAX_REGEL ? `${tekst.slice(0, MAX_REGEL)}…` : tekst);

interface Regel {
  readonly diepte: number;
  readonly tekst: string;
}

/** The lines of a message, and at which of them each finding stands. Of what is not well-formed: as it came, by line number. */
function plaats(
  xml: string,
  bevindingen: readonly Bevinding[],
): { readonly regels: readonly Regel[]; readonly opRegel: ReadonlyMap<number, readonly Bevinding[]> } {
  const leesbaar = leesregels(xml);
  const regels = leesbaar ?? xml.split('\n').map((tekst) => ({ diepte: 0, tekst }));
  const opPad = new Map((leesbaar ?? []).map(({ pad }, nr) => [pad, nr]));
  const vind = ({ pad, regelnummer }: Bevinding): number => {
    if (!leesbaar) return Math.min(Math.max(regelnummer - 1, 0), regels.length - 1);
    // What is missing stands nowhere: the nearest element around it does.
    for (let hier = metPosities(pad); hier !== ''; hier = hier.slice(0, hier.lastIndexOf('/'))) {
      const nr = opPad.get(hier);
      if (nr !== undefined) return nr;
    }
    return 0;
  };
  return { regels, opRegel: Map.groupBy(bevindingen, vind) };
}

/**
 * Cuts out of a message what its findings are about, with a few lines around each.
 * @returns pieces in the order of the message; none when the message is too large to show
 */
export function fragmenten(xml: string, bevindingen: readonly Bevinding[], omheen = OMHEEN): readonly Fragment[] {
  if (xml.length > MAX_TEKENS || bevindingen.length === 0) return [];
  const { regels, opRegel } = plaats(xml, bevindingen.slice(0, MAX_BEVINDINGEN));
  const uit: Bronregel[][] = [];
  let vorige = -2;
  for (const midden of [...opRegel.keys()].sort((a, b) => a - b))
    for (
      let nr = Math.max(midden - omheen, vorige + 1, 0);
      nr <= Math.min(midden + omheen, regels.length - 1);
      nr += 1
    ) {
      const { diepte, tekst } = regels[nr] ?? { diepte: 0, tekst: '' };
      const regel = { nr: nr + 1, diepte, tekst: kort(tekst), bevindingen: opRegel.get(nr) ?? [] };
      if (nr === vorige + 1 && uit.length > 0) uit.at(-1)?.push(regel);
      else uit.push([regel]);
      vorige = nr;
    }
  return uit;
}

/** The whole message, with the findings at their lines. */
export const heelBericht = (xml: string, bevindingen: readonly Bevinding[]): Fragment => {
  if (xml.length > MAX_TEKENS) return [];
  const { regels, opRegel } = plaats(xml, bevindingen);
  return regels.map(({ diepte, tekst }, nr) => ({
    nr: nr + 1,
    diepte,
    tekst: kort(tekst),
    bevindingen: opRegel.get(nr) ?? [],
  }));
};

const RETOURCODE = (code: string | null): string => (code === null ? '' : `, retourcode ${code}`);

/** One finding: what to change, and by which rule. */
export const bevinding = (
  { ernst, melding, regel, retourcode, pad }: Omit<Bevinding, 'eerder'>,
  erbij?: Deel,
): Html => html`
<div class="kp-bevinding kp-bevinding--${ernst}">
  <p class="kp-bevinding__melding">${ernst === 'fout' ? merk('Fout', 'fout') : merk('Let op', 'let-op')} ${melding}</p>
  <p class="kp-bevinding__bron">Regel ${regel}${RETOURCODE(retourcode)}${pad === '/' ? null : html` · <span class="kp-pad">${pad}</span>`}</p>
  ${erbij ?? null}
</div>`;

const bronregel = ({ nr, diepte, tekst, bevindingen }: Bronregel): Html => html`
<li class="kp-bron__regel${bevindingen.length > 0 ? ' kp-bron__regel--raak' : ''}">
  <code class="kp-bron__tekst"><span class="kp-bron__nr" aria-hidden="true">${nr}</span>${' '.repeat(Math.min(diepte, 12) * 2)}${tekst}</code>
  ${bevindingen.length > 0 ? html`<div class="kp-bron__bevindingen">${bevindingen.map((een) => bevinding(een))}</div>` : null}
</li>`;

/** @param titel what is read aloud before the lines */
export const bron = (fragment: Fragment, titel: string): Html =>
  html`<ol class="kp-bron" aria-label="${titel}" tabindex="0">${fragment.map(bronregel)}</ol>`;

/** All findings of a message beside its lines; without lines when it is too large, or not at hand. */
export function bevindingenBijBericht(xml: string | undefined, bevindingen: readonly Bevinding[]): Html {
  const stukken = xml === undefined ? [] : fragmenten(xml, bevindingen);
  const getoond = bevindingen.slice(0, MAX_BEVINDINGEN);
  const rest =
    bevindingen.length > getoond.length
      ? html`<p class="nl-paragraph">En nog ${getal(bevindingen.length - getoond.length)} bevindingen. Vaak verdwijnen die als de eerste zijn opgelost.</p>`
      : null;
  const inhoud =
    stukken.length > 0
      ? stukken.map((stuk) => bron(stuk, 'Deel van het bericht'))
      : html`<ul class="kp-bevindingen">${getoond.map((een) => html`<li>${bevinding(een)}</li>`)}</ul>`;
  return html`${inhoud}${rest}`;
}
