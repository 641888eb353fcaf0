/** Judges the bytes of one file or request, whatever they are, and says so in the shape that outsiders rely on. */
import { KnooppuntFout } from '../fouten.ts';
import { leesVoorblad } from '../xml/voorblad.ts';
import { type Bevinding, type Controleniveau, isFout } from './bevinding.ts';
import { BERICHTSOORTEN, type Domein } from './catalogus.ts';
import { controleer, type Opdracht, soortVan } from './controle.ts';

/** What `controleer --json` and POST /v1/controles give. */
export interface Rapport {
  readonly bestand: string | null;
  readonly berichtsoort: string | null;
  readonly release: string | null;
  readonly geldig: boolean;
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
  /** The message came in an envelope of StUF-GGk; lines and paths are those in the message. */
  readonly envelop?: 'Di01' | 'Du01';
}

const bevinding = (niveau: Controleniveau, melding: string, regelnummer = 0): Bevinding => ({
  ernst: 'fout',
  niveau,
  regel: 'XSD',
  retourcode: null,
  pad: '/',
  regelnummer,
  melding,
});

const NAMEN: Readonly<Record<Domein, string>> = { iwmo: 'iWmo', ijw: 'iJw' };
const RELEASES = [...new Set(BERICHTSOORTEN.map(({ domein, release }) => `${NAMEN[domein]} ${release}`))].join(' en ');
const ONBEKEND = `Deze berichtsoort wordt niet ondersteund; het knooppunt kent de berichten van ${RELEASES}. Controleer het eerste element (Bericht) en zijn namespace.`;

/** Of what is no message of the norm. */
const zonderSoort = (bestand: string | null, niveau: Controleniveau, bevindingen: readonly Bevinding[]): Rapport => ({
  bestand,
  berichtsoort: null,
  release: null,
  geldig: !bevindingen.some(isFout),
  niveau,
  bevindingen,
});

/**
 * The report of a message that cannot be read: its reason as a finding, with the line when it is known.
 * @param bestand name as given; null when there is none
 */
export function onleesbaar(bestand: string | null, reden: KnooppuntFout): Rapport {
  const regelnummer = Number(/regel (\d+)/.exec(reden.details ?? '')?.[1] ?? 0);
  return zonderSoort(bestand, 1, [bevinding(1, reden.message, regelnummer)]);
}

/**
 * @param bestand name as given, for the report; null when there is none
 * @param bytes anything
 * @returns the report; what is no message of the norm gets its reason as a finding
 */
export function rapporteer(bestand: string | null, bytes: Uint8Array, opdracht: Opdracht): Rapport {
  try {
    const voorblad = leesVoorblad(bytes);
    const soort = soortVan(voorblad);
    if (!soort) return zonderSoort(bestand, 0, [bevinding(0, ONBEKEND)]);
    const { geldig, niveau, bevindingen } = controleer(bytes, soort, opdracht);
    return { bestand, berichtsoort: soort.code, release: soort.release, geldig, niveau, bevindingen };
  } catch (reden) {
    if (reden instanceof KnooppuntFout) return onleesbaar(bestand, reden);
    throw reden;
  }
}
