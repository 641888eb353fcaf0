/** `knooppunt controleer`: judges files without sending them. One line of JSON per file with --json, a readable report without. */
import { readFile, stat } from 'node:fs/promises';
import { type Config, leesConfig } from '../config.ts';
import { KnooppuntFout } from '../fouten.ts';
import type { Bevinding, Controleniveau } from '../standards/bevinding.ts';
import { controleer, HOOGSTE_NIVEAU, soortVan } from '../standards/controle.ts';
import { leesVoorblad } from '../xml/voorblad.ts';

/** What `controleer --json` prints per file; a contract that outsiders rely on. */
export interface Rapport {
  readonly bestand: string;
  readonly berichtsoort: string | null;
  readonly release: string | null;
  readonly geldig: boolean;
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
}

const fout = (niveau: Controleniveau, melding: string, regelnummer = 0): Bevinding => ({
  ernst: 'fout',
  niveau,
  regel: 'XSD',
  retourcode: null,
  pad: '/',
  regelnummer,
  melding,
});

/** A message that cannot be read gets its reason as a finding, with the line when it is known. */
function onleesbaar(bestand: string, reden: KnooppuntFout): Rapport {
  const regelnummer = Number(/regel (\d+)/.exec(reden.details ?? '')?.[1] ?? 0);
  return {
    bestand,
    berichtsoort: null,
    release: null,
    geldig: false,
    niveau: 1,
    bevindingen: [fout(1, reden.message, regelnummer)],
  };
}

/**
 * Judges the bytes of one file.
 * @param bestand name as given, for the report
 */
export function rapporteer(bestand: string, bytes: Uint8Array): Rapport {
  try {
    const soort = soortVan(leesVoorblad(bytes));
    if (!soort) {
      const bevindingen = [
        fout(0, 'Deze berichtsoort wordt niet ondersteund: de namespace van het bericht is niet bekend.'),
      ];
      return { bestand, berichtsoort: null, release: null, geldig: false, niveau: 0, bevindingen };
    }
    const { geldig, niveau, bevindingen } = controleer(bytes, soort, HOOGSTE_NIVEAU);
    return { bestand, berichtsoort: soort.code, release: soort.release, geldig, niveau, bevindingen };
  } catch (reden) {
    if (reden instanceof KnooppuntFout) return onleesbaar(bestand, reden);
    throw reden;
  }
}

function leesbaar({ bestand, berichtsoort, geldig, bevindingen }: Rapport): string {
  const kop = `${geldig ? 'goed ' : 'fout '} ${bestand}${berichtsoort ? ` (${berichtsoort})` : ''}`;
  return [
    kop,
    ...bevindingen.map(
      ({ regel, regelnummer, pad, melding }) =>
        `      regel ${regelnummer}  ${regel}  ${melding}\n              ${pad}`,
    ),
  ].join('\n');
}

async function lees(bestand: string, { maxBerichtBytes }: Config): Promise<Uint8Array | Rapport> {
  if ((await stat(bestand)).size > maxBerichtBytes) return onleesbaar(bestand, new KnooppuntFout('berichtTeGroot'));
  return readFile(bestand);
}

/**
 * @returns the exit code: 0 all valid, 1 findings, 2 a file could not be read
 */
export async function controleerBestanden(bestanden: readonly string[], alsJson: boolean): Promise<number> {
  const config = leesConfig(process.env);
  let uitkomst = 0;
  for (const bestand of bestanden) {
    let gelezen: Uint8Array | Rapport;
    try {
      gelezen = await lees(bestand, config);
    } catch {
      console.error(`Kan ${bestand} niet lezen.`);
      uitkomst = 2;
      continue;
    }
    const rapport = gelezen instanceof Uint8Array ? rapporteer(bestand, gelezen) : gelezen;
    if (!rapport.geldig && uitkomst === 0) uitkomst = 1;
    process.stdout.write(`${alsJson ? JSON.stringify(rapport) : leesbaar(rapport)}\n`);
  }
  return uitkomst;
}
