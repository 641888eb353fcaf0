/**
 * Composes the answer that the switch gives for a receiver: a retour (IV028) or a declaratie-antwoord (IV087).
 * This room holds no I/O: message and findings in, message out. Order and presence of elements come from the XSD of the answer.
 */
import { afgeleideIdentificatie } from '../identiteit.ts';
import { type Antwoordoordeel, antwoordoordeel } from '../standards/afkeuring.ts';
import { type Bevinding, isFout } from '../standards/bevinding.ts';
import { BERICHTSOORTEN, type Berichtsoort } from '../standards/catalogus.ts';
import { structuurVan } from '../standards/structuren.ts';
import { datum } from '../tijd.ts';
import { schrijfInhoud } from '../xml/inhoud-schrijver.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { declaratieAntwoord } from './declaratieantwoord.ts';
import { retour } from './retour.ts';
import { beoordeel } from './retourcodes.ts';

export interface Antwoord {
  readonly soort: Berichtsoort;
  /** BerichtIdentificatie or IdentificatieRetour. */
  readonly identificatie: string;
  /** What it says of the message. */
  readonly oordeel: Antwoordoordeel | undefined;
  readonly bytes: Buffer;
}

export interface Antwoordopties {
  /** Id of the message; the identification of the answer is derived from it, so a second run gives the same. */
  readonly heenId: string;
  /** When the answer is given; its dagtekening is that date in the Netherlands. */
  readonly moment: Date;
  /** Paths of classes that were not checked, as findings have them: /Bericht/Client/StopProducten/StopProduct[2]. */
  readonly nietBeoordeeld?: ReadonlySet<string>;
}

const NIETS: ReadonlySet<string> = new Set();

/** The soort that answers this one, of the same release. */
const antwoordOp = (heen: Berichtsoort): Berichtsoort | undefined =>
  BERICHTSOORTEN.find(({ code, release }) => code === heen.antwoord && release === heen.release);

/**
 * The answer to a message that satisfies its XSD.
 * @param heen soort of the message
 * @param inhoud its content; of a declaratie, clients without finding may be holes in the list, see controleer
 * @param bevindingen what was found; only a fout has consequences
 * @returns the answer, or undefined for a soort that is not answered (a retour, a 325). A fout of level 1 is answered with a Fo01,
 * so there is none then either.
 * @throws when a finding has no retourcode or no place in the message: a fault of the rule, never of the message
 */
export function antwoord(
  heen: Berichtsoort,
  inhoud: Inhoud,
  bevindingen: readonly Bevinding[],
  { heenId, moment, nietBeoordeeld = NIETS }: Antwoordopties,
): Antwoord | undefined {
  const soort = antwoordOp(heen);
  const fouten = bevindingen.filter(isFout);
  if (!soort || fouten.some(({ niveau }) => niveau === 1)) return undefined;
  const structuur = structuurVan(soort);
  const identificatie = afgeleideIdentificatie(soort.code, heenId);
  const kenmerken = { soort, structuur, identificatie, dagtekening: datum(moment) };
  const uitslag = beoordeel(fouten, inhoud, structuur);
  const gemaakt =
    soort.aard === 'antwoord'
      ? declaratieAntwoord(inhoud, uitslag, kenmerken)
      : retour(inhoud, uitslag, kenmerken, nietBeoordeeld);
  const bytes = schrijfInhoud(gemaakt, structuur, { bericht: soort.code.toLowerCase(), basis: soort.domein });
  return { soort, identificatie, oordeel: antwoordoordeel(soort, gemaakt), bytes };
}
