/** What an answer says of its heenbericht: does it reject it, and how much of it? Pure. Source: IV028, IV032, IV087 and OP286. */
import type { Inhoud, Waarde } from '../xml/structuur.ts';
import type { Berichtsoort } from './catalogus.ts';

const GEEN_OPMERKINGEN = '0200';
/** A declaratie that is granted as submitted. */
const TOEGEKEND = '8001';

/** schoon: nothing to remark; deels: classes of it are rejected; afgewezen: its header, or the declaratie as such. */
export type Antwoordoordeel = 'schoon' | 'deels' | 'afgewezen';

const alsLijst = (waarde: Waarde | undefined): readonly (Inhoud | string)[] => {
  if (waarde === undefined) return [];
  return Array.isArray(waarde) ? waarde : [waarde as Inhoud | string];
};

/**
 * Does this retour reject its heenbericht, so that it counts as not sent? Approved is: no Client or Antwoord, and no code in the header, or
 * the code that says there is nothing to remark.
 */
export function keurtAf({ aard }: Pick<Berichtsoort, 'aard'>, inhoud: Inhoud): boolean {
  return aard === 'retour' && retouroordeel(inhoud) !== 'schoon';
}

/** Does a class have a retourcode that remarks something? */
const opgemerkt = (klasse: Waarde | undefined): boolean => {
  const { RetourCodes } = klasse as { readonly RetourCodes?: Inhoud };
  return alsLijst(RetourCodes?.RetourCode).some((code) => code !== GEEN_OPMERKINGEN && code !== TOEGEKEND);
};

function retouroordeel(inhoud: Inhoud): Antwoordoordeel {
  if (opgemerkt(inhoud.Header)) return 'afgewezen';
  return inhoud.Client !== undefined || inhoud.Antwoord !== undefined ? 'deels' : 'schoon';
}

/** A declaratie that was refused as a message has only a header for its answer. */
function declaratieoordeel({ Header, DeclaratieAntwoord: antwoord }: Inhoud): Antwoordoordeel {
  if (opgemerkt(Header) || antwoord === undefined || opgemerkt(antwoord)) return 'afgewezen';
  return (antwoord as Inhoud).Clienten === undefined ? 'schoon' : 'deels';
}

/** @returns undefined for a soort that answers nothing */
export function antwoordoordeel({ aard }: Pick<Berichtsoort, 'aard'>, inhoud: Inhoud): Antwoordoordeel | undefined {
  if (aard === 'heen') return undefined;
  return aard === 'retour' ? retouroordeel(inhoud) : declaratieoordeel(inhoud);
}
