/** Charts as pure functions: lines through time, bars, stacked bars and lying bars for a ranking or a distribution. */
import { scaleBand, scaleLinear, scalePoint } from 'd3-scale';
import { line, stack } from 'd3-shape';
import { type Html, html } from '../html.ts';
import {
  BREEDTE,
  figuur,
  type Grafiekkop,
  HOOGTE,
  legenda,
  MAX_REEKSEN,
  naamas,
  patronen,
  pt,
  type Schrijf,
  tekening,
  VLAK,
  vulling,
  waardeas,
} from './vorm.ts';

const STREEPJES = 4;
const SPATIE = 0.25;

export interface Reeks {
  readonly naam: string;
  /** As many as there are names; null: not known, so there is a gap. */
  readonly waarden: readonly (number | null)[];
}

export interface Reeksgrafiek extends Grafiekkop {
  /** Below the axis: weeks, months. */
  readonly namen: readonly string[];
  readonly reeksen: readonly Reeks[];
  readonly schrijf: Schrijf;
  /** Where the axis ends at least; 1 for a share. */
  readonly max?: number;
}

function hoogteschaal(hoogste: number) {
  const y = scaleLinear([0, hoogste > 0 ? hoogste : 1], [VLAK.y0, VLAK.y1]);
  return y.nice(STREEPJES);
}
const plaats = (schaal: (naam: string) => number | undefined, nr: number): number => schaal(String(nr)) ?? 0;
const nummers = (namen: readonly unknown[]): string[] => namen.map((_, nr) => String(nr));

const knip = (reeksen: readonly Reeks[]): readonly Reeks[] => reeksen.slice(0, MAX_REEKSEN);
const hoogsteVan = (reeksen: readonly Reeks[], max = 0): number =>
  Math.max(max, ...reeksen.flatMap(({ waarden }) => waarden.map((waarde) => waarde ?? 0)));

/** Lines through time; of one line each last point has its value beside it. */
export function lijngrafiek({ namen, schrijf, max, ...grafiek }: Reeksgrafiek): Html {
  const reeksen = knip(grafiek.reeksen);
  const y = hoogteschaal(hoogsteVan(reeksen, max));
  const x = scalePoint(nummers(namen), [VLAK.x0 + 8, VLAK.x1 - 8]);
  const maakPad = line<number | null>()
    .defined((waarde) => waarde !== null)
    .x((_, nr) => plaats(x, nr))
    .y((waarde) => y(waarde ?? 0))
    .digits(1);
  const lijnen = reeksen.map(({ waarden }, nr) => {
    const punten = waarden.map((waarde, plek) =>
      waarde === null
        ? null
        : html`<circle class="kp-punt kp-punt-${nr + 1}" cx="${pt(plaats(x, plek))}" cy="${pt(y(waarde))}" r="3"/>`,
    );
    return html`<path class="kp-lijn kp-lijn-${nr + 1}" d="${maakPad([...waarden]) ?? ''}"/>${punten}`;
  });
  const svg = tekening(
    grafiek,
    HOOGTE,
    waardeas(y.ticks(STREEPJES), y, schrijf),
    naamas(namen, (nr) => plaats(x, nr)),
    lijnen,
  );
  return figuur(
    svg,
    reeksen.length > 1
      ? legenda(
          grafiek.id,
          reeksen.map(({ naam }) => naam),
          true,
        )
      : null,
  );
}

/** Bars through time, one per name; more series are put on top of each other. */
export function staafgrafiek({ namen, schrijf, max, ...grafiek }: Reeksgrafiek): Html {
  const reeksen = knip(grafiek.reeksen);
  const rijen = namen.map((_, plek) => reeksen.map(({ waarden }) => waarden[plek] ?? 0));
  const y = hoogteschaal(Math.max(max ?? 0, ...rijen.map((rij) => rij.reduce((som, waarde) => som + waarde, 0))));
  const x = scaleBand(nummers(namen), [VLAK.x0, VLAK.x1]).padding(SPATIE);
  const lagen = stack<readonly number[], number>()
    .keys(reeksen.map((_, nr) => nr))
    .value((rij, nr) => rij[nr] ?? 0)([...rijen]);
  const staven = lagen.map((laag) =>
    laag.map(([onder, boven], plek) =>
      boven > onder
        ? html`<rect ${vulling(grafiek.id, laag.key)} x="${pt(plaats(x, plek))}" y="${pt(y(boven))}" width="${pt(x.bandwidth())}" height="${pt(y(onder) - y(boven))}"/>`
        : null,
    ),
  );
  const svg = tekening(
    grafiek,
    HOOGTE,
    patronen(grafiek.id, reeksen.length),
    waardeas(y.ticks(STREEPJES), y, schrijf),
    staven,
    naamas(namen, (nr) => plaats(x, nr) + x.bandwidth() / 2),
  );
  return figuur(
    svg,
    reeksen.length > 1
      ? legenda(
          grafiek.id,
          reeksen.map(({ naam }) => naam),
        )
      : null,
  );
}

export interface Balk {
  readonly naam: string;
  readonly waarde: number;
  /** Beside the bar, when it is not just the value. */
  readonly tekst?: string;
}

export interface Balkgrafiek extends Grafiekkop {
  readonly balken: readonly Balk[];
  readonly schrijf: Schrijf;
  readonly max?: number;
  /** A limit to hold the bars against, with its name: up to and including so many bars are within it. */
  readonly grens?: { readonly naBalk: number; readonly naam: string };
}

const BALK_HOOGTE = 34;
const NAAM_BREEDTE = 168;
const WAARDE_BREEDTE = 92;
const KOP_HOOGTE = 8;

/** What fits beside a bar; where a name is longer, all of them stand above their bars. */
const MAX_NAAM = 17;
const NAAM_HOOGTE = 26;

/** Lying bars: a ranking, or how a number of days is distributed. Each has its name and its value. */
export function balkgrafiek({ balken, schrijf, max, grens, ...kop }: Balkgrafiek): Html {
  const boven = balken.some(({ naam }) => naam.length > MAX_NAAM);
  const links = boven ? 0 : NAAM_BREEDTE;
  const naamHoogte = boven ? NAAM_HOOGTE : 0;
  const hoogte = KOP_HOOGTE + balken.length * (BALK_HOOGTE + naamHoogte);
  const hoogste = Math.max(max ?? 0, ...balken.map(({ waarde }) => waarde));
  const x = scaleLinear([0, hoogste > 0 ? hoogste : 1], [links, BREEDTE - WAARDE_BREEDTE]);
  const y = scaleBand(nummers(balken), [KOP_HOOGTE, hoogte]).padding(SPATIE / (boven ? 2 : 1));
  const dikte = y.bandwidth() - naamHoogte;
  const top = (nr: number): number => plaats(y, nr) + naamHoogte;
  const midden = (nr: number): string => pt(top(nr) + dikte / 2 + 5);
  const rijen = balken.map(({ naam, waarde, tekst }, nr) => {
    const buiten = grens !== undefined && nr >= grens.naBalk;
    const balk = html`<rect ${vulling(kop.id, buiten ? 1 : 0)} x="${links}" y="${pt(top(nr))}" width="${pt(x(waarde) - links)}" height="${pt(dikte)}"/>`;
    const label = boven
      ? html`<text class="kp-astekst" x="0" y="${pt(top(nr) - 8)}">${naam}</text>`
      : html`<text class="kp-astekst kp-astekst--getal" x="${NAAM_BREEDTE - 10}" y="${midden(nr)}">${naam}</text>`;
    return html`${label}${balk}<text class="kp-astekst kp-astekst--waarde" x="${pt(x(waarde) + 8)}" y="${midden(nr)}">${tekst ?? schrijf(waarde)}</text>`;
  });
  const na = grens?.naBalk ?? 0;
  const tussen = pt((plaats(y, na - 1) + y.bandwidth() + plaats(y, na)) / 2);
  const streep =
    na <= 0 || na >= balken.length
      ? null
      : html`<line class="kp-grens" x1="0" x2="${BREEDTE}" y1="${tussen}" y2="${tussen}"/>`;
  const svg = tekening(kop, hoogte, patronen(kop.id, 2), rijen, streep);
  return figuur(svg, grens === undefined ? null : legenda(kop.id, [`tot en met ${grens.naam}`, `na ${grens.naam}`]));
}
