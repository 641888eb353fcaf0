/**
 * Checks one message: which berichtsoort is it, and what do the control levels have against it?
 * Pure: the same bytes give the same answer, whoever asks (the lane, the CLI, the API).
 */
import type { XmlDocument } from 'libxml2-wasm';
import type { Element } from '../xml/boom.ts';
import { leesTak } from '../xml/boom.ts';
import type { Voorblad } from '../xml/voorblad.ts';
import { heeftXsd, valideer, type XsdFout } from '../xml/xsd.ts';
import type { Bevinding, Controleniveau } from './bevinding.ts';
import { type Berichtsoort, berichtsoortVanNamespace } from './catalogus.ts';

export interface Controle {
  readonly geldig: boolean;
  /** The highest level that was checked. */
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
  /** The parts an answer is composed from; absent when they were not asked for, or the message does not satisfy its XSD. */
  readonly delen?: Delen;
}

/** The parts of a message that the answers of level 1 need: not the clients, so an 18 MB declaratie stays cheap. */
export interface Delen {
  readonly header: Element;
  readonly declaratie: Element | undefined;
}

/** The highest level that is checked at present, whatever a receiver chose. */
export const HOOGSTE_NIVEAU: Controleniveau = 1;

/** The soort of a message, when the switch supports it: known in the catalogue, with an XSD. */
export function soortVan(voorblad: Pick<Voorblad, 'namespace' | 'wortel'>): Berichtsoort | undefined {
  const soort = berichtsoortVanNamespace(voorblad.namespace);
  return soort && voorblad.wortel === 'Bericht' && heeftXsd(soort.xsd) ? soort : undefined;
}

const xsdBevinding = (fout: XsdFout): Bevinding => ({
  ernst: 'fout',
  niveau: 1,
  regel: 'XSD',
  retourcode: null,
  ...fout,
});

function delen(document: XmlDocument): Delen {
  const header = leesTak(document, 'Header');
  if (!header) throw new Error('a valid message has a header');
  return { header, declaratie: leesTak(document, 'Declaratie', ['Clienten']) };
}

/**
 * Runs the control levels on a message.
 * @param bytes the message as received
 * @param soort see soortVan
 * @param totNiveau how far to check; level 0 does not read the payload
 * @param metDelen read the parts that an answer is composed from; costs as much as half of the parsing
 * @returns all findings; geldig = none of them is a fout
 */
export function controleer(
  bytes: Uint8Array,
  soort: Berichtsoort,
  totNiveau: Controleniveau,
  metDelen = false,
): Controle {
  if (totNiveau === 0) return { geldig: true, niveau: 0, bevindingen: [] };
  const uitslag = valideer(bytes, soort.xsd);
  if (!uitslag.geldig) {
    const bevindingen = uitslag.fouten.map(xsdBevinding);
    if (uitslag.weggelaten > 0) {
      bevindingen.push(
        xsdBevinding({
          pad: '/',
          regelnummer: 0,
          melding: `Nog ${uitslag.weggelaten} andere XSD-fouten zijn niet vermeld.`,
        }),
      );
    }
    return { geldig: false, niveau: 1, bevindingen };
  }
  try {
    return { geldig: true, niveau: 1, bevindingen: [], ...(metDelen && { delen: delen(uitslag.document) }) };
  } finally {
    uitslag.document.dispose();
  }
}
