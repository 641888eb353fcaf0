/** `knooppunt retour`: prints the answer that the switch would send on a message, without sending anything. */
import { leesBronnen } from '../bronnen.ts';
import { leesConfig } from '../config.ts';
import { berichtUit } from '../envelop/uitpakken.ts';
import { KnooppuntFout } from '../fouten.ts';
import { afgeleideUuid } from '../identiteit.ts';
import { bepaalAdres } from '../routering/adres.ts';
import { controleer } from '../standards/controle.ts';
import { STANDAARD_FOUTLIJST } from '../standards/foutcodes/lijsten.ts';
import { datum } from '../tijd.ts';
import { oordeel } from '../verwerking/oordeel.ts';
import { leesVoorblad } from '../xml/voorblad.ts';
import { leesBericht } from './bericht.ts';

const FOUT_IN_BERICHT = 1;
const NIET_LEESBAAR = 2;

/** The answer of levels 1 and 2: a Fo01, a retour or a 325; undefined for a message that the norm does not answer. */
function antwoordOp(bytes: Uint8Array, moment: Date): Buffer | undefined {
  const { afzender, ontvanger, soort } = bepaalAdres(leesVoorblad(bytes));
  const bronnen = { ...leesBronnen(leesConfig(process.env)), peildatum: datum(moment) };
  const inhoud = Buffer.from(bytes).toString('base64');
  const bericht = {
    // The same file gets the same numbers, as the same message does in the switch.
    id: afgeleideUuid('bericht', soort.code, inhoud),
    referentienummer: afgeleideUuid('referentienummer', soort.code, inhoud),
    kruisreferentie: null,
    ontvangenOp: moment,
    soort,
    afzender,
    ontvanger,
    instelling: { controleniveau: 2, retour: 'knooppunt' },
    foutlijst: STANDAARD_FOUTLIJST,
    // A file has no earlier messages.
    dossier: null,
    nza: false,
    heen: null,
  } as const;
  const controle = controleer(bytes, soort, { niveau: 2, bronnen, metInhoud: true });
  return oordeel(bericht, controle, moment, bytes).gemaakt[0]?.bytes;
}

/** @returns the exit code: 0 an answer was printed or none is due, 1 the switch would not have taken the message in, 2 unreadable file */
export async function toonRetour(bestand: string): Promise<number> {
  const gelezen = await leesBericht(bestand, leesConfig(process.env));
  if (gelezen === undefined) return NIET_LEESBAAR;
  try {
    if (gelezen instanceof KnooppuntFout) throw gelezen;
    const antwoord = antwoordOp(berichtUit(Buffer.from(gelezen)), new Date());
    if (antwoord) process.stdout.write(antwoord);
    else console.error('Op deze berichtsoort volgt geen antwoord.');
    return 0;
  } catch (reden) {
    if (!(reden instanceof KnooppuntFout)) throw reden;
    console.error(`Het knooppunt neemt dit bericht niet aan: ${reden.message}`);
    return FOUT_IN_BERICHT;
  }
}
