/** `knooppunt controleer`: judges files without sending them. One line of JSON per file with --json, a readable report without. */
import { leesBronnen } from '../bronnen.ts';
import { leesConfig } from '../config.ts';
import type { Bevinding } from '../standards/bevinding.ts';
import { onleesbaar, type Rapport, rapporteer } from '../standards/rapport.ts';
import { datum } from '../tijd.ts';
import { leesBericht } from './bericht.ts';

const SOORT_REGEL: Readonly<Record<Bevinding['ernst'], string>> = { fout: 'fout', waarschuwing: 'let op' };

function leesbaar({ bestand, berichtsoort, geldig, bevindingen }: Rapport): string {
  const kop = `${geldig ? 'goed ' : 'fout '} ${bestand}${berichtsoort ? ` (${berichtsoort})` : ''}`;
  const regels = bevindingen.flatMap(({ ernst, regel, retourcode, regelnummer, pad, melding }) => [
    `      regel ${regelnummer}  ${regel}${retourcode === null ? '' : ` (${retourcode})`}  ${SOORT_REGEL[ernst]}: ${melding}`,
    `              ${pad}`,
  ]);
  return [kop, ...regels].join('\n');
}

/**
 * Judges files at levels 1 and 2, and at level 4 what can be told from the message, the lists and the day.
 * @param peildatum the day that TR135 holds a dagtekening against, YYYY-MM-DD; today when absent
 * @returns the exit code: 0 all valid, 1 findings, 2 a file could not be read
 */
export async function controleerBestanden(
  bestanden: readonly string[],
  alsJson: boolean,
  peildatum = datum(new Date()),
): Promise<number> {
  const config = leesConfig(process.env);
  const opdracht = { niveau: 4, bronnen: { ...leesBronnen(config), peildatum } } as const;
  let uitkomst = 0;
  for (const bestand of bestanden) {
    const gelezen = await leesBericht(bestand, config);
    if (gelezen === undefined) {
      uitkomst = 2;
      continue;
    }
    const rapport =
      gelezen instanceof Uint8Array ? rapporteer(bestand, gelezen, opdracht) : onleesbaar(bestand, gelezen);
    if (!rapport.geldig && uitkomst === 0) uitkomst = 1;
    process.stdout.write(`${alsJson ? JSON.stringify(rapport) : leesbaar(rapport)}\n`);
  }
  return uitkomst;
}
