/** The report for people: Markdown, in Dutch. */
import type { Meting, Rij } from './types.ts';

const GETAL = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 2 });

const getal = (waarde: number | null, eenheid = ''): string =>
  waarde === null ? '–' : `${GETAL.format(waarde)} ${eenheid}`.trim();

function oordeel(meting: Meting, { doel }: Rij): string {
  if (meting.knooppunt === null) return 'niet gemeten';
  if (!doel) return '';
  return doel.gehaald(meting) ? 'ja' : '**nee**';
}

/** One row per measurement, then the conditions that count for all. */
export function tabel(metingen: readonly Meting[], rijen: readonly Rij[]): string {
  const regels = metingen.map((meting) => {
    const rij = rijen.find(({ naam }) => naam === meting.naam) ?? { naam: meting.naam, wat: '' };
    const cellen = [
      `\`${meting.naam}\``,
      rij.wat,
      getal(meting.knooppunt, meting.eenheid),
      getal(meting.referentie, meting.eenheid),
      getal(meting.verhouding),
      rij.doel?.tekst ?? '',
      oordeel(meting, rij),
    ];
    return `| ${cellen.join(' | ')} |`;
  });
  const { cpu, kernen, geheugenGB, node, datum, commit } = metingen[0]?.omstandigheden ?? {};
  return [
    '| meting | wat | knooppunt | referentie | verhouding | doel | gehaald |',
    '|---|---|---|---|---|---|---|',
    ...regels,
    '',
    `${cpu}, ${kernen} kernen, ${geheugenGB} GB; Node ${node}; ${datum}; commit ${commit}.`,
  ].join('\n');
}
