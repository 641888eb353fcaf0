/** `knooppunt controleer`: judges files without sending them. One line of JSON per message with --json, a readable report without. */
import { inhoudVan, isZip, leesZip, type Zipbestand, zipgrenzen } from '../aanlevering/zip.ts';
import { leesBronnen } from '../bronnen.ts';
import { leesConfig } from '../config.ts';
import { rapporteerBestand } from '../envelop/rapport.ts';
import { KnooppuntFout } from '../fouten.ts';
import type { Bevinding } from '../standards/bevinding.ts';
import { onleesbaar, type Rapport } from '../standards/rapport.ts';
import { datum } from '../tijd.ts';
import { leesBericht } from './bericht.ts';

const SOORT_REGEL: Readonly<Record<Bevinding['ernst'], string>> = { fout: 'fout', waarschuwing: 'let op' };

const EERST_XSD = '      De regels zelf zijn nog niet gecontroleerd; dat kan pas als deze fouten eruit zijn.';

/** Which message it is about: of an envelope that was opened, the one in it. */
function soortTekst({ berichtsoort, envelop }: Rapport): string {
  const soort = [berichtsoort ?? [], envelop ? `uit de envelop ${envelop}` : []].flat().join(' ');
  return soort === '' ? '' : ` (${soort})`;
}

function leesbaar(rapport: Rapport): string {
  const { bestand, geldig, bevindingen } = rapport;
  const kop = `${geldig ? 'goed ' : 'fout '} ${bestand}${soortTekst(rapport)}`;
  const regels = bevindingen.flatMap(({ ernst, regel, retourcode, regelnummer, pad, melding }) => [
    `      ${regelnummer > 0 ? `regel ${regelnummer}  ` : ''}${regel}${retourcode === null ? '' : ` (${retourcode})`}  ${SOORT_REGEL[ernst]}: ${melding}`,
    // Of what is about the file as a whole there is nothing to point at.
    ...(pad === '/' ? [] : [`              ${pad}`]),
  ]);
  // Who mends only these may find more the next time, and should know it now.
  const verder = rapport.berichtsoort !== null && rapport.niveau === 1 ? [EERST_XSD] : [];
  return [kop, ...regels, ...verder].join('\n');
}

interface Document {
  readonly naam: string;
  readonly bytes: Uint8Array | KnooppuntFout;
}

/** The messages in a file: itself, or those in a ZIP. What cannot be read of it is one too, with the reason. */
async function* documenten(
  bestand: string,
  gelezen: Uint8Array | KnooppuntFout,
  maxBytes: number,
): AsyncGenerator<Document> {
  if (gelezen instanceof KnooppuntFout || !isZip(gelezen)) {
    yield { naam: bestand, bytes: gelezen };
    return;
  }
  try {
    for (const ingang of await leesZip(Buffer.from(gelezen), zipgrenzen(maxBytes)))
      yield { naam: `${bestand} › ${ingang.bestand}`, bytes: await uitgepakt(ingang) };
  } catch (fout) {
    if (!(fout instanceof KnooppuntFout)) throw fout;
    yield { naam: bestand, bytes: fout };
  }
}

/** A file of a ZIP; its reader keeps the limits. */
async function uitgepakt(bestand: Zipbestand): Promise<Uint8Array | KnooppuntFout> {
  try {
    return await inhoudVan(bestand);
  } catch (fout) {
    if (fout instanceof KnooppuntFout) return fout;
    throw fout;
  }
}

/**
 * Judges files at levels 1 and 2, and at level 4 what can be told from the message, the lists and the day. An envelope is opened, and so is a ZIP.
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
  let aantal = 0;
  let fout = 0;
  for (const bestand of bestanden) {
    const gelezen = await leesBericht(bestand, config);
    if (gelezen === undefined) {
      uitkomst = 2;
      continue;
    }
    for await (const { naam, bytes } of documenten(bestand, gelezen, config.maxBerichtBytes)) {
      const rapport = bytes instanceof Uint8Array ? rapporteerBestand(naam, bytes, opdracht) : onleesbaar(naam, bytes);
      if (!rapport.geldig && uitkomst === 0) uitkomst = 1;
      aantal += 1;
      if (!rapport.geldig) fout += 1;
      process.stdout.write(`${alsJson ? JSON.stringify(rapport) : leesbaar(rapport)}\n`);
    }
  }
  if (!alsJson && aantal > 1)
    process.stdout.write(`\n${aantal} berichten gecontroleerd: ${aantal - fout} goed, ${fout} fout.\n`);
  return uitkomst;
}
