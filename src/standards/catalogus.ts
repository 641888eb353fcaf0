/**
 * The 28 berichtsoorten of iWmo 3.2 and iJw 3.2 as data. A new release is a new folder under xsd/ and one line in RELEASES.
 *
 * Source: message catalogue of both standards (COD002 for the berichtcodes; IV028 for the pairs).
 */

export const DOMEINEN = ['iwmo', 'ijw'] as const;
export type Domein = (typeof DOMEINEN)[number];
export type Partij = 'gemeente' | 'aanbieder';

/** heen: opens an exchange; retour: answers a heenbericht one to one (IV028); antwoord: the 325, a message of its own (IV087). */
export type Aard = 'heen' | 'retour' | 'antwoord';

export interface Berichtsoort {
  /** WMO301, JW301, ... */
  readonly code: string;
  readonly domein: Domein;
  readonly nummer: string;
  readonly release: string;
  readonly versie: number;
  readonly subversie: number;
  readonly naam: string;
  readonly aard: Aard;
  /** Header/BerichtCode. */
  readonly berichtcode: string;
  /** Who really sends it. The header of a retour keeps the parties of its heenbericht (IV028), so there it is the header's ontvanger. */
  readonly verzender: Partij;
  /** The soort that answers this one: retour, or 325 for a 323. */
  readonly antwoord: string | null;
  /** The soort that this one answers. */
  readonly antwoordOp: string | null;
  readonly namespace: string;
  /** File under xsd/. */
  readonly xsd: string;
}

interface Paar {
  readonly heen: string;
  readonly terug: string;
  readonly aard: 'retour' | 'antwoord';
  readonly verzender: Partij;
  readonly namen: readonly [string, string];
  readonly codes: Readonly<Record<Domein, readonly [string, string]>>;
}

const PAREN: readonly Paar[] = [
  {
    heen: '301',
    terug: '302',
    aard: 'retour',
    verzender: 'gemeente',
    namen: ['Toewijzing', 'Toewijzing retour'],
    codes: { iwmo: ['414', '415'], ijw: ['436', '437'] },
  },
  {
    heen: '305',
    terug: '306',
    aard: 'retour',
    verzender: 'aanbieder',
    namen: ['Start', 'Start retour'],
    codes: { iwmo: ['418', '419'], ijw: ['438', '439'] },
  },
  {
    heen: '307',
    terug: '308',
    aard: 'retour',
    verzender: 'aanbieder',
    namen: ['Stop', 'Stop retour'],
    codes: { iwmo: ['420', '421'], ijw: ['440', '441'] },
  },
  {
    heen: '315',
    terug: '316',
    aard: 'retour',
    verzender: 'aanbieder',
    namen: ['Verzoek om toewijzing', 'Verzoek om toewijzing retour'],
    codes: { iwmo: ['444', '445'], ijw: ['446', '447'] },
  },
  {
    heen: '317',
    terug: '318',
    aard: 'retour',
    verzender: 'aanbieder',
    namen: ['Verzoek om wijziging', 'Verzoek om wijziging retour'],
    codes: { iwmo: ['480', '481'], ijw: ['486', '487'] },
  },
  {
    heen: '319',
    terug: '320',
    aard: 'retour',
    verzender: 'gemeente',
    namen: ['Antwoord', 'Antwoord retour'],
    codes: { iwmo: ['482', '483'], ijw: ['488', '489'] },
  },
  {
    heen: '323',
    terug: '325',
    aard: 'antwoord',
    verzender: 'aanbieder',
    namen: ['Declaratie', 'Declaratie-antwoord'],
    codes: { iwmo: ['484', '485'], ijw: ['490', '491'] },
  },
];

interface Release {
  readonly domein: Domein;
  readonly voorvoegsel: string;
  readonly versie: number;
  readonly subversie: number;
}

const RELEASES: readonly Release[] = [
  { domein: 'iwmo', voorvoegsel: 'WMO', versie: 3, subversie: 2 },
  { domein: 'ijw', voorvoegsel: 'JW', versie: 3, subversie: 2 },
];

function soort(release: Release, paar: Paar, kant: 0 | 1): Berichtsoort {
  const { domein, voorvoegsel, versie, subversie } = release;
  const nummer = kant === 0 ? paar.heen : paar.terug;
  const code = `${voorvoegsel}${nummer}`;
  const andere: Partij = paar.verzender === 'gemeente' ? 'aanbieder' : 'gemeente';
  return Object.freeze({
    code,
    domein,
    nummer,
    release: `${versie}.${subversie}`,
    versie,
    subversie,
    naam: paar.namen[kant],
    aard: kant === 0 ? 'heen' : paar.aard,
    berichtcode: paar.codes[domein][kant],
    verzender: kant === 0 ? paar.verzender : andere,
    antwoord: kant === 0 ? `${voorvoegsel}${paar.terug}` : null,
    antwoordOp: kant === 1 ? `${voorvoegsel}${paar.heen}` : null,
    namespace: `http://www.istandaarden.nl/${domein}/${versie}_${subversie}/${code.toLowerCase()}/schema`,
    xsd: `${domein}/${versie}.${subversie}/${code}.xsd`,
  } as const);
}

/** All 28 soorten, per release in the order of the norm. */
export const BERICHTSOORTEN: readonly Berichtsoort[] = Object.freeze(
  RELEASES.flatMap((release) => PAREN.flatMap((paar) => [soort(release, paar, 0), soort(release, paar, 1)])),
);

const OP_NAMESPACE = new Map(BERICHTSOORTEN.map((rij) => [rij.namespace, rij]));
const OP_CODE = new Map(BERICHTSOORTEN.map((rij) => [rij.code, rij]));

/** The soort whose root element has this namespace, or undefined. */
export const berichtsoortVanNamespace = (namespace: string): Berichtsoort | undefined => OP_NAMESPACE.get(namespace);

/** The soort with this code (WMO301), or undefined. Of two releases of one code: the newest. */
export const berichtsoortVanCode = (code: string): Berichtsoort | undefined => OP_CODE.get(code);

/** Namespace of the shared types of a soort's release. */
export const basisNamespace = (rij: Berichtsoort): string =>
  `http://www.istandaarden.nl/${rij.domein}/${rij.versie}_${rij.subversie}/basisschema/schema`;
