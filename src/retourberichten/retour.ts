/** The content of a retour (IV028): the answer to every message but the declaratie. */
import { stap } from '../standards/toetsing.ts';
import type { Inhoud, Klasse, Waarde } from '../xml/structuur.ts';
import { type Kenmerken, xsdVersie } from './kenmerken.ts';
import { GEEN_OPMERKINGEN, NIET_BEOORDEELD, retourCodes, type Uitslag } from './retourcodes.ts';

type CodesVan = (pad: string) => Iterable<string>;

/** The header of the message with the berichtcode of the retour, and what the retour adds to it. The parties are not swapped. */
function kop(heen: Inhoud, kenmerken: Kenmerken, codes?: Iterable<string>, xsltVersie?: string): Inhoud {
  return {
    ...heen,
    BerichtCode: kenmerken.soort.berichtcode,
    IdentificatieRetour: kenmerken.identificatie,
    DagtekeningRetour: kenmerken.dagtekening,
    XsltVersie: xsltVersie,
    XsdVersieRetour: xsdVersie(kenmerken),
    RetourCodes: codes && retourCodes(codes),
  };
}

/** A class with all that is in it, unchanged, and with retourcodes on every class that the structure of the retour gives them. */
function metRetourcodes(heen: Inhoud, { velden }: Klasse, pad: string, codesVan: CodesVan): Inhoud {
  const kopie: Record<string, Waarde | undefined> = { ...heen };
  for (const { naam, klasse } of velden) {
    const waarde = heen[naam];
    if (naam === 'RetourCodes') kopie[naam] = retourCodes(codesVan(pad));
    else if (klasse && Array.isArray(waarde)) {
      const lijst = waarde as readonly Inhoud[];
      kopie[naam] = lijst.map((deel, nr) => metRetourcodes(deel, klasse, `${pad}/${stap(naam, nr, lijst)}`, codesVan));
    } else if (klasse && waarde !== undefined) {
      kopie[naam] = metRetourcodes(waarde as Inhoud, klasse, `${pad}/${naam}`, codesVan);
    }
  }
  return kopie;
}

/**
 * @param heen content of the message
 * @param nietBeoordeeld paths of the classes that were not checked
 * @returns content of its retour
 */
export function retour(
  heen: Inhoud,
  uitslag: Uitslag,
  kenmerken: Kenmerken,
  nietBeoordeeld: ReadonlySet<string>,
): Inhoud {
  const header = heen.Header as Inhoud;
  if (uitslag.vorm === 'goedgekeurd') return { Header: kop(header, kenmerken) };
  if (uitslag.vorm === 'kop') return { Header: kop(header, kenmerken, uitslag.codes, uitslag.xsltVersie) };
  const codesVan: CodesVan = (pad) =>
    uitslag.codes.get(pad) ?? [nietBeoordeeld.has(pad) ? NIET_BEOORDEELD : GEEN_OPMERKINGEN];
  return {
    ...metRetourcodes(heen, kenmerken.structuur.wortel, '/Bericht', codesVan),
    Header: kop(header, kenmerken, [GEEN_OPMERKINGEN]),
  };
}
