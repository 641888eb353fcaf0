/** The envelope schemas of StUF-GGk: the project's own and the official ones, both from disk. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';
import { type Kant, NORM } from './schemas.ts';

export const STUF = 'http://www.egem.nl/StUF/StUF0301';
export const GGK = 'http://www.stufstandaarden.nl/koppelvlak/ggk0210';

/** The five documents of an exchange. */
export interface Envelopsoort {
  readonly element: string;
  readonly namespace: string;
  readonly berichtcode: string;
}
export const HEENBERICHT: Envelopsoort = {
  element: 'envelopHeenbericht-ggk_Di01',
  namespace: GGK,
  berichtcode: 'Di01',
};
export const ENVELOPPEN: readonly Envelopsoort[] = [
  HEENBERICHT,
  { element: 'envelopRetourbericht-ggk_Du01', namespace: GGK, berichtcode: 'Du01' },
  { element: 'Fo01Bericht', namespace: STUF, berichtcode: 'Fo01' },
  { element: 'Bv03Bericht', namespace: STUF, berichtcode: 'Bv03' },
  { element: 'Fo03Bericht', namespace: STUF, berichtcode: 'Fo03' },
];

export const heeftStufNorm = existsSync(path.join(NORM, 'xsd/stuf'));
export const SAMPLES = path.join(NORM, 'samples/ggk');

const MAPPEN: Readonly<Record<Kant, string>> = {
  eigen: path.resolve(import.meta.dirname, '../../xsd/stuf'),
  officieel: path.join(NORM, 'xsd/stuf'),
};
/** The schema to start with, and after it the files it leads to. */
const BESTANDEN: Readonly<Record<Kant, readonly [string, ...string[]]>> = {
  eigen: ['ggk0210/ggk0210.xsd', '0301/stuf0301.xsd'],
  officieel: [
    'ggk0210/ggkberichten/ggk0210_msg_ggkberichten.xsd',
    'ggk0210/ggkberichten/ggk0210_stuf0301_msg_ggkberichten.xsd',
    '0301/stuf0301.xsd',
  ],
};
export const WSDL: Readonly<Record<Kant, string>> = {
  eigen: path.join(MAPPEN.eigen, 'ggk0210/ggk0210.wsdl'),
  officieel: path.join(MAPPEN.officieel, 'ggk0210/ggkberichten/ggk0210_OntvangAsynchroon_ggkberichten.wsdl'),
};

export const schemabestanden = (kant: Kant): readonly string[] =>
  BESTANDEN[kant].map((naam) => path.join(MAPPEN[kant], naam));
/** The schema that describes all five documents, itself or through its import. */
export const hoofdschema = (kant: Kant): string => path.join(MAPPEN[kant], BESTANDEN[kant][0]);

const invoer = new XmlBufferInputProvider({});
xmlRegisterInputProvider(invoer);

/** Compiles the schema of a side; libxml2 finds the others by the relative locations in the files. */
export function compileerStuf(kant: Kant): XsdValidator {
  const [begin, ...overige] = BESTANDEN[kant];
  const url = (naam: string): string => `stuf-${kant}/${naam}`;
  for (const naam of overige) invoer.addBuffer(url(naam), readFileSync(path.join(MAPPEN[kant], naam)));
  const document = XmlDocument.fromBuffer(readFileSync(path.join(MAPPEN[kant], begin)), { url: url(begin) });
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
}
