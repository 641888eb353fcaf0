/**
 * Imports what was running before the switch came: earlier messages in a ZIP, or running toewijzingen in a CSV. Again is harmless: what is there
 * already is counted and left alone. Lane by lane, each in a transaction of its own; a file that fails halfway can be given again.
 */
import { isZip } from '../../aanlevering/zip.ts';
import { uitGeheugen, type Zipbron } from '../../aanlevering/zip-bron.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import { bewaarInstelling, leesInstelling } from '../../routering/instellingen.ts';
import { vergelijk } from '../../standards/datum.ts';
import { datum } from '../../tijd.ts';
import { maskerMet } from '../opslag/masker.ts';
import { leesArchief, type Stuk } from './archief.ts';
import { Invoerbaan } from './baan.ts';
import { voerBerichtenIn } from './berichten.ts';
import { voerRegelsIn } from './regels.ts';
import { type Invoeropdracht, type Invoerplaats, type Invoerverslag, Telling } from './types.ts';

/** Lines of so many running toewijzingen: more than any organisation has. */
const MAX_CSV_BYTES = 64 * 1024 * 1024;

async function eisOpdracht({ database }: Invoerplaats, { organisatie, peildatum }: Invoeropdracht): Promise<void> {
  if (vergelijk(peildatum, datum(new Date())) > 0)
    throw new KnooppuntFout('invoerOngeldig', 'De peildatum ligt in de toekomst.');
  const { rowCount } = await database.pool.query(
    `select from organisatie where code = $1 and soort in ('gemeente', 'aanbieder')`,
    [organisatie],
  );
  if (rowCount === 0) throw new KnooppuntFout('invoerOngeldig', 'Deze organisatie is niet bekend.');
}

async function voerArchiefIn(
  plaats: Invoerplaats,
  opdracht: Invoeropdracht,
  bron: Zipbron,
  telling: Telling,
): Promise<void> {
  const { database, sleutels, bronnen } = plaats;
  const { domein, actor, organisatie } = opdracht;
  const stukken = await leesArchief(bron, plaats, opdracht, telling);
  const banen = Map.groupBy(stukken, ({ gemeente, aanbieder }: Stuk) => `${gemeente} ${aanbieder}`);
  for (const eigen of banen.values()) {
    const [eerste] = eigen;
    if (!eerste) continue;
    const { gemeente, aanbieder } = eerste;
    await Invoerbaan.met(database, { gemeente, aanbieder, domein }, { actor, namens: organisatie }, (baan) =>
      voerBerichtenIn({ baan, bronnen, masker: maskerMet(sleutels), telling }, eigen),
    );
  }
}

async function alsTekst(bron: Zipbron): Promise<string> {
  if (bron.omvang > MAX_CSV_BYTES) throw new KnooppuntFout('invoerOngeldig', 'Het CSV-bestand is te groot.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await bron.lees(0, bron.omvang));
  } catch (cause) {
    throw new KnooppuntFout('invoerOngeldig', 'Het bestand is geen ZIP-bestand en geen CSV in UTF-8.', { cause });
  }
}

/** Notes the import, and what its owner said of it. @returns from which day the dossier is complete now */
async function besluit(
  { database }: Invoerplaats,
  { organisatie, domein, peildatum, volledig, actor, reden }: Invoeropdracht,
  soort: Invoerverslag['soort'],
  { aantallen, aantalGeweigerd }: Telling,
): Promise<string | null> {
  const telt = volledig && aantalGeweigerd === 0;
  return database.transactie(async (verbinding) => {
    const genomen = soort === 'berichten' ? [aantallen.genomen, 0] : [0, aantallen.genomen];
    await verbinding.query(
      `insert into dossier_invoer (organisatie, domein, peildatum, volledig, berichten, regels, geweigerd, door)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [organisatie, domein, peildatum, telt, ...genomen, aantalGeweigerd, actor],
    );
    const nu = await leesInstelling(verbinding, organisatie, domein);
    const vanaf = nu.dossierVolledigVanaf;
    const zet = telt && (vanaf === null || vergelijk(vanaf, peildatum) > 0);
    if (zet) await bewaarInstelling(verbinding, organisatie, domein, { ...nu, dossierVolledigVanaf: peildatum });
    const waarom = reden === undefined ? {} : { reden };
    const details = { domein, peildatum, ...aantallen, geweigerd: aantalGeweigerd, ...waarom };
    const resultaat = telt ? 'volledig' : 'aanvullend';
    await schrijfLogboek(verbinding, [
      { gebeurtenis: 'dossier ingevoerd', actor, namens: organisatie, resultaat, berichtId: null, details },
    ]);
    return zet ? peildatum : vanaf;
  });
}

/**
 * @param waar the file: its bytes, or where they are
 * @returns what became of every message or line
 * @throws KnooppuntFout when the file is refused as a whole, or the organisation or peildatum is not right; nothing is then imported
 */
export async function voerIn(
  plaats: Invoerplaats,
  opdracht: Invoeropdracht,
  waar: Buffer | Zipbron,
): Promise<Invoerverslag> {
  await eisOpdracht(plaats, opdracht);
  const bron = Buffer.isBuffer(waar) ? uitGeheugen(waar) : waar;
  const telling = new Telling();
  const metBerichten = isZip(await bron.lees(0, 2));
  if (metBerichten) await voerArchiefIn(plaats, opdracht, bron, telling);
  else await voerRegelsIn(plaats, opdracht, await alsTekst(bron), maskerMet(plaats.sleutels), telling);
  const soort = metBerichten ? 'berichten' : 'regels';
  const dossierVolledigVanaf = await besluit(plaats, opdracht, soort, telling);
  const { aantallen, geweigerd, aantalGeweigerd } = telling;
  const volledig = opdracht.volledig && aantalGeweigerd === 0;
  return { soort, aantallen, geweigerd, aantalGeweigerd, volledig, dossierVolledigVanaf };
}
