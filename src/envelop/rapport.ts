/**
 * Judges a file as its owner has it: a message, or an envelope of StUF-GGk with a message in it, which is opened. Of an envelope the
 * lines and paths of the findings are those in the message, for that is what its sender must change.
 */
import type { Bevinding, Ernst } from '../standards/bevinding.ts';
import { isFout } from '../standards/bevinding.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import { type Opdracht, xsdBevindingen } from '../standards/controle.ts';
import { type Rapport, rapporteer } from '../standards/rapport.ts';
import { leesVoorblad } from '../xml/voorblad.ts';
import { valideer } from '../xml/xsd.ts';
import { bezwaarTegenEnvelop } from './bezwaar.ts';
import type { Di01, Du01 } from './envelop.ts';
import type { Verpakking } from './lees.ts';
import { ENVELOP_XSD } from './stuf.ts';
import { StufFout, type StufFoutSoort } from './stuf-fout.ts';
import { pakUit, type Uitgepakt, verpakkingVan } from './uitpakken.ts';

const GEEN_XML =
  'De envelop is goed, maar er zit geen bericht in XML in. Alleen de envelop is gecontroleerd; het knooppunt neemt alleen een iWmo- of iJw-bericht aan.';

const overEnvelop = (melding: string, ernst: Ernst = 'fout'): Bevinding => ({
  ernst,
  niveau: 0,
  regel: 'XSD',
  retourcode: null,
  pad: '/',
  regelnummer: 0,
  melding,
});

const alleenEnvelop = (bestand: string | null, bevindingen: readonly Bevinding[]): Rapport => ({
  bestand,
  berichtsoort: null,
  release: null,
  geldig: !bevindingen.some(isFout),
  niveau: 0,
  bevindingen,
});

/** What libxml2 can point at in the envelope itself, so with a line. */
const AAN_TE_WIJZEN: ReadonlySet<StufFoutSoort> = new Set(['envelopOngeldig', 'base64Ongeldig']);

/** The report of an envelope that cannot be opened. */
function ongeopend(
  bestand: string | null,
  bytes: Uint8Array,
  verpakking: Verpakking,
  { soort, message }: StufFout,
  opdracht: Opdracht,
): Rapport {
  if (soort === 'berichtOnbekend') return rapporteer(bestand, bytes, opdracht);
  if (verpakking === 'soap') return alleenEnvelop(bestand, [overEnvelop(message)]);
  if (!AAN_TE_WIJZEN.has(soort)) {
    const rapport = rapporteer(bestand, bytes, opdracht);
    return rapport.geldig ? alleenEnvelop(bestand, [overEnvelop(message)]) : rapport;
  }
  const uitslag = valideer(bytes, ENVELOP_XSD);
  if (!uitslag.geldig) return alleenEnvelop(bestand, xsdBevindingen(uitslag.fouten, uitslag.weggelaten, 0));
  uitslag.document.dispose();
  return alleenEnvelop(bestand, [overEnvelop(message)]);
}

/** Do the envelope and the header of the message in it agree? The message was recognised, so it has a header that can be read. */
function tegenBericht(envelop: Di01 | Du01, inhoud: Uint8Array, code: string): readonly Bevinding[] {
  const soort = berichtsoortVanCode(code);
  const { Afzender = '', Ontvanger = '' } = leesVoorblad(inhoud).header;
  if (!soort) return [];
  const [afzender, ontvanger] = soort.aard === 'retour' ? [Ontvanger, Afzender] : [Afzender, Ontvanger];
  const bezwaar = bezwaarTegenEnvelop(envelop, { soort, afzender: afzender.trim(), ontvanger: ontvanger.trim() });
  return bezwaar === undefined ? [] : [overEnvelop(bezwaar)];
}

/** After white space, and a byte order mark: that is for the reader of messages to refuse. */
const lijktXml = (inhoud: Buffer): boolean => /^(?:\xef\xbb\xbf)?\s*</.test(inhoud.toString('latin1', 0, 256));

function geopend(bestand: string | null, { envelop, inhoud }: Uitgepakt, opdracht: Opdracht): Rapport {
  if (envelop.soort === 'Fo01') return alleenEnvelop(bestand, []);
  const { soort } = envelop;
  if (!lijktXml(inhoud)) return { ...alleenEnvelop(bestand, [overEnvelop(GEEN_XML, 'waarschuwing')]), envelop: soort };
  const rapport = rapporteer(bestand, inhoud, opdracht);
  const { berichtsoort } = rapport;
  const botsing = berichtsoort === null ? [] : tegenBericht(envelop, inhoud, berichtsoort);
  return {
    ...rapport,
    geldig: rapport.geldig && botsing.length === 0,
    bevindingen: [...botsing, ...rapport.bevindingen],
    envelop: soort,
  };
}

/**
 * @param bestand name as given, for the report; null when there is none
 * @param bytes anything
 * @returns the report; what is no message of the norm and no envelope gets its reason as a finding
 */
export function rapporteerBestand(bestand: string | null, bytes: Uint8Array, opdracht: Opdracht): Rapport {
  const verpakking = verpakkingVan(bytes);
  if (verpakking === undefined) return rapporteer(bestand, bytes, opdracht);
  let uitgepakt: Uitgepakt;
  try {
    uitgepakt = pakUit(bytes, verpakking);
  } catch (fout) {
    if (!(fout instanceof StufFout)) throw fout;
    return ongeopend(bestand, bytes, verpakking, fout, opdracht);
  }
  return geopend(bestand, uitgepakt, opdracht);
}
