/** Judges the bytes of one file or request, whatever they are, and says so in the shape that outsiders rely on. */
import { KnooppuntFout } from '../fouten.ts';
import { leesVoorblad } from '../xml/voorblad.ts';
import { valideer } from '../xml/xsd.ts';
import { type Bevinding, type Controleniveau, type Ernst, isFout } from './bevinding.ts';
import { controleer, type Opdracht, soortVan, xsdBevindingen } from './controle.ts';
import { ENVELOP_XSD, type Envelopsoort, envelopsoort } from './stuf.ts';

/** What `controleer --json` and POST /v1/controles give. */
export interface Rapport {
  readonly bestand: string | null;
  readonly berichtsoort: string | null;
  readonly release: string | null;
  readonly geldig: boolean;
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
}

const bevinding = (ernst: Ernst, niveau: Controleniveau, melding: string, regelnummer = 0): Bevinding => ({
  ernst,
  niveau,
  regel: 'XSD',
  retourcode: null,
  pad: '/',
  regelnummer,
  melding,
});

const ONBEKEND = 'Deze berichtsoort wordt niet ondersteund: de namespace van het bericht is niet bekend.';
const ALLEEN_ENVELOP =
  'Dit is een envelop van StUF-GGk en alleen die is gecontroleerd; haal het bericht eruit (base64) en controleer dat apart.';
const AANROEP = 'Dit is een SOAP-aanroep en geen bericht; haal het bericht eruit (base64) en controleer dat apart.';

/** Of what is no message of the norm. */
const zonderSoort = (bestand: string | null, niveau: Controleniveau, bevindingen: readonly Bevinding[]): Rapport => ({
  bestand,
  berichtsoort: null,
  release: null,
  geldig: !bevindingen.some(isFout),
  niveau,
  bevindingen,
});

/** Control level 0: the envelope only. */
function overEnvelop(bytes: Uint8Array, soort: Envelopsoort): readonly Bevinding[] {
  if (soort === 'aanroep') return [bevinding('fout', 0, AANROEP)];
  const uitslag = valideer(bytes, ENVELOP_XSD);
  if (!uitslag.geldig) return xsdBevindingen(uitslag.fouten, uitslag.weggelaten, 0);
  uitslag.document.dispose();
  return soort === 'met bericht' ? [bevinding('waarschuwing', 0, ALLEEN_ENVELOP)] : [];
}

/**
 * The report of a message that cannot be read: its reason as a finding, with the line when it is known.
 * @param bestand name as given; null when there is none
 */
export function onleesbaar(bestand: string | null, reden: KnooppuntFout): Rapport {
  const regelnummer = Number(/regel (\d+)/.exec(reden.details ?? '')?.[1] ?? 0);
  return zonderSoort(bestand, 1, [bevinding('fout', 1, reden.message, regelnummer)]);
}

/**
 * @param bestand name as given, for the report; null when there is none
 * @param bytes anything
 * @returns the report; what is no message of the norm gets its reason as a finding, and a StUF-GGk envelope is judged as such (level 0)
 */
export function rapporteer(bestand: string | null, bytes: Uint8Array, opdracht: Opdracht): Rapport {
  try {
    const voorblad = leesVoorblad(bytes);
    const soort = soortVan(voorblad);
    if (!soort) {
      const envelop = envelopsoort(voorblad);
      return zonderSoort(bestand, 0, envelop ? overEnvelop(bytes, envelop) : [bevinding('fout', 0, ONBEKEND)]);
    }
    const { geldig, niveau, bevindingen } = controleer(bytes, soort, opdracht);
    return { bestand, berichtsoort: soort.code, release: soort.release, geldig, niveau, bevindingen };
  } catch (reden) {
    if (reden instanceof KnooppuntFout) return onleesbaar(bestand, reden);
    throw reden;
  }
}
