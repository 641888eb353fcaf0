/** Values of a code list, on the days on which they are valid. One check for every list; the lists are in codelijsten/vensters.ts. */
import type { Inhoud } from '../../xml/structuur.ts';
import { geldigOp } from '../codelijsten/geldigheid.ts';
import { VENSTERLIJSTEN, type Vensterlijst } from '../codelijsten/vensters.ts';
import { type Regel, TECHNISCH_AFGEKEURD } from '../regels.ts';

function regelVan({ lijst, naam, domein, berichten, klasse, element, codes }: Vensterlijst): Regel {
  const pad = element.split('.');
  const waarde = (inhoud: Inhoud): unknown =>
    pad.reduce<unknown>((hier, stap) => (hier === undefined ? undefined : (hier as Inhoud)[stap]), inhoud);
  return {
    code: lijst,
    soort: 'COD',
    niveau: 2,
    retourcode: TECHNISCH_AFGEKEURD,
    tekst: `De ${naam} is een waarde van codelijst ${lijst} die op de dagtekening van het bericht geldig is.`,
    melding: `Kies een andere ${naam}: deze waarde van codelijst ${lijst} is op de dagtekening van het bericht niet geldig.`,
    toepassingen: [
      {
        berichten,
        ...(domein && { domein }),
        klasse,
        element,
        controleer: (inhoud, { dagtekening }) => {
          const code = waarde(inhoud);
          const venster = typeof code === 'string' && Object.hasOwn(codes, code) ? codes[code] : undefined;
          return venster === undefined || geldigOp(venster, dagtekening);
        },
      },
    ],
  };
}

export const CODEREGELS: readonly Regel[] = VENSTERLIJSTEN.map(regelVan);
