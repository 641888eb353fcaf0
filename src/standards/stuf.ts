/** The names of the StUF-GGk envelope that messages travel in. Source: StUF 03.01 and koppelvlak GGK 02.10. */

export const STUF = 'http://www.egem.nl/StUF/StUF0301';
export const GGK = 'http://www.stufstandaarden.nl/koppelvlak/ggk0210';
/** File under xsd/ that describes every message of the exchange. */
export const ENVELOP_XSD = 'stuf/ggk0210/ggk0210.xsd';
