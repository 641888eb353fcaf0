/** How a simulated message goes wrong: one way per soort and level, as senders really get it wrong. Pure. */
import { plusDagen } from '../../koppeling/kalender.ts';
import type { Bevinding } from '../../standards/bevinding.ts';
import type { Nummer } from '../../standards/structuren.ts';
import type { Inhoud, Waarde } from '../../xml/structuur.ts';
import type { Toeval } from './toeval.ts';

/** A finding that refuses at level 3. */
export const bevinding = (regel: string, retourcode: string, pad: string): Bevinding => ({
  ernst: 'fout',
  niveau: 3,
  regel,
  retourcode,
  pad,
  regelnummer: 1,
  melding: 'afgekeurd door de ontvanger',
});

type Wijzig = (inhoud: Inhoud) => Inhoud;
type Gegevens = Record<string, Waarde | undefined>;

/** Changes the first class at this path. */
const op =
  (pad: readonly string[], wijzig: (klasse: Gegevens) => Gegevens): Wijzig =>
  (inhoud) => {
    const [naam, ...rest] = pad;
    if (naam === undefined) return wijzig({ ...inhoud }) as Inhoud;
    const waarde = inhoud[naam];
    const [eerste, ...meer] = [waarde].flat() as readonly Inhoud[];
    const nieuw = op(rest, wijzig)(eerste as Inhoud);
    return { ...inhoud, [naam]: Array.isArray(waarde) ? [nieuw, ...meer] : nieuw } as Inhoud;
  };

const dagVan = (waarde: Waarde | undefined): string => String(waarde);
const START = ['Client', 'StartProducten', 'StartProduct'];
const STOP = ['Client', 'StopProducten', 'StopProduct'];
const TOEGEWEZEN = ['Client', 'ToegewezenProducten', 'ToegewezenProduct'];
const TE_WIJZIGEN = ['Client', 'Verzoek', 'TeWijzigenProducten', 'TeWijzigenProduct'];
const ONBEKEND = '900000001';

/** Number of the soort → what breaks a rule of level 2 (source: CS003, CS058, TR018, CD067, CD085, CD086, and the total of a declaratie). */
export const NIVEAU_2: Partial<Record<Nummer, Wijzig>> = {
  '301': op(TOEGEWEZEN, (product) => ({ ...product, Einddatum: plusDagen(dagVan(product.Ingangsdatum), -1) })),
  '305': op(START, (product) => ({ ...product, StatusAanlevering: '2' })),
  '307': op(STOP, (product) => ({ ...product, Einddatum: plusDagen(dagVan(product.Begindatum), -1) })),
  '315': op(['Client', 'AangevraagdeProducten', 'AangevraagdProduct', 'Verwijzer'], (verwijzer) => ({
    ...verwijzer,
    Naam: undefined,
  })),
  '317': op(TE_WIJZIGEN, (product) => ({ ...product, Einddatum: plusDagen(dagVan(product.GewensteIngangsdatum), -1) })),
  '319': op(['Antwoord'], (antwoord) => ({
    ...antwoord,
    RedenAfwijzingVerzoek: antwoord.VerzoekAntwoord === '1' ? undefined : '2',
  })),
  '323': op(['Declaratie', 'TotaalIngediendBedrag'], (totaal) => ({
    ...totaal,
    TotaalBedrag: String(Number(totaal.TotaalBedrag) + 1000),
  })),
};

export interface Dossierfout {
  readonly wijzig: Wijzig;
  readonly bevinding: Bevinding;
  /** The switch finds it too, in a dossier. Otherwise only its receiver does. */
  readonly inDossier: boolean;
}

const alleen = (regel: string, code: string, pad: string): Dossierfout => ({
  wijzig: (inhoud) => inhoud,
  bevinding: bevinding(regel, code, pad),
  inDossier: false,
});

/** Number of the soort → what collides with earlier messages. */
export const NIVEAU_3: Partial<Record<Nummer, Dossierfout>> = {
  '301': alleen('TR332', '9332', '/Bericht/Client/ToegewezenProducten/ToegewezenProduct'),
  '305': {
    wijzig: op(START, (product) => ({ ...product, ToewijzingNummer: ONBEKEND })),
    bevinding: bevinding('TR019', '9019', '/Bericht/Client/StartProducten/StartProduct'),
    inDossier: true,
  },
  '307': {
    wijzig: op(STOP, (product) => ({ ...product, Begindatum: plusDagen(dagVan(product.Begindatum), -1) })),
    bevinding: bevinding('TR382', '9069', '/Bericht/Client/StopProducten/StopProduct'),
    inDossier: true,
  },
  '315': alleen('TR374', '9374', '/Bericht/Client'),
  '317': {
    wijzig: op(TE_WIJZIGEN, (product) => ({ ...product, ToewijzingNummer: ONBEKEND })),
    bevinding: bevinding('TR351', '9351', '/Bericht/Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct'),
    inDossier: true,
  },
  '319': alleen('TR355', '9355', '/Bericht/Antwoord'),
};

/** Elements that an export forgets. */
const VERGETEN = [
  'StatusAanlevering',
  'Toewijzingsdatum',
  'DeclaratieDagtekening',
  'RedenVerzoek',
  'VerzoekAntwoord',
  'Geslacht',
];

/** Breaks the XSD: a code that is in no list, an element that is missing, or a date that is none. */
export function breekXsd(bytes: Buffer, toeval: Toeval): Buffer {
  const xml = bytes.toString('utf8');
  const wegen = [
    /(<(?:\w+:)?Geslacht>)[12]/.test(xml)
      ? (tekst: string) => tekst.replace(/(<(?:\w+:)?Geslacht>)[12]/, '$19')
      : undefined,
    (tekst: string) => tekst.replace(/(<(?:\w+:)?Dagtekening>\d{4}-)\d\d/, '$113'),
    ...VERGETEN.map((naam) => new RegExp(`<((?:\\w+:)?${naam})>[^<]*</\\1>`))
      .filter((element) => element.test(xml))
      .map((element) => (tekst: string) => tekst.replace(element, '')),
  ].filter((weg) => weg !== undefined);
  return Buffer.from(toeval.kies(wegen)(xml));
}
