/** The StUF-GGk envelope that messages travel in, as far as it must be recognised. Source: StUF 03.01 and koppelvlak GGK 02.10. */
import type { Voorblad } from '../xml/voorblad.ts';

export const STUF = 'http://www.egem.nl/StUF/StUF0301';
export const GGK = 'http://www.stufstandaarden.nl/koppelvlak/ggk0210';
/** File under xsd/ that describes every message of the exchange. */
export const ENVELOP_XSD = 'stuf/ggk0210/ggk0210.xsd';

const SOAP_NAMESPACES: ReadonlySet<string> = new Set([
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
]);
const MET_BERICHT: ReadonlySet<string> = new Set(['envelopHeenbericht-ggk_Di01', 'envelopRetourbericht-ggk_Du01']);

/** met bericht: Di01 and Du01. zonder: a Fo01. aanroep: any of them as it goes over the wire, in SOAP. */
export type Envelopsoort = 'met bericht' | 'zonder bericht' | 'aanroep';

/** @returns undefined when the document is no envelope of the exchange */
export function envelopsoort({ namespace, wortel }: Pick<Voorblad, 'namespace' | 'wortel'>): Envelopsoort | undefined {
  if (namespace === GGK && MET_BERICHT.has(wortel)) return 'met bericht';
  if (namespace === STUF && wortel === 'Fo01Bericht') return 'zonder bericht';
  return SOAP_NAMESPACES.has(namespace) && wortel === 'Envelope' ? 'aanroep' : undefined;
}
