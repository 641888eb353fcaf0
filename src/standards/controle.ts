/**
 * Checks one message: which berichtsoort is it, and what do the control levels have against it?
 * Pure: the same bytes and sources give the same answer, whoever asks (the lane, the CLI, the API).
 */
import type { XmlDocument } from 'libxml2-wasm';
import { leesInhoud } from '../xml/inhoud.ts';
import { Padlezer } from '../xml/pad.ts';
import type { Inhoud } from '../xml/structuur.ts';
import type { Voorblad } from '../xml/voorblad.ts';
import { heeftXsd, regelnummersVan, valideer, type XsdFout } from '../xml/xsd.ts';
import { type Antwoordoordeel, antwoordoordeel } from './afkeuring.ts';
import { type Bevinding, type Controleniveau, isFout } from './bevinding.ts';
import type { Bronnen } from './bronnen.ts';
import { type Berichtsoort, berichtsoortVanNamespace } from './catalogus.ts';
import { REGELS } from './regelset.ts';
import { structuurVan } from './structuren.ts';
import { maakRoute, type Route, type Toets, toets } from './toetsing.ts';

export interface Opdracht {
  /** How far to check; level 0 does not read the payload. Level 3 needs a dossier and is not checked here. */
  readonly niveau: Controleniveau;
  readonly bronnen: Bronnen;
  /** Hand back what an answer is composed from, also when there is nothing to answer for. */
  readonly metInhoud?: boolean;
  /** With metInhoud: the whole content, also of a declaratie of which nothing is wrong. For the dossier. */
  readonly heel?: boolean;
}

export interface Controle {
  /** None of the findings is a fout. */
  readonly geldig: boolean;
  /** The highest level that was checked, of 0, 1 and 2, and 3 when the dossier was asked; what was found at level 4 says so itself. */
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
  /** What an answer is composed from, see voorAntwoord; absent when it was not asked for and nothing is wrong, or at level 1. */
  readonly inhoud?: Inhoud;
  /** Of an answer that was read: what it says of its heenbericht. */
  readonly oordeel?: Antwoordoordeel;
  /** Level 3: paths of the classes that could not be judged. */
  readonly nietBeoordeeld?: ReadonlySet<string>;
}

/** The content of a message that satisfies its XSD, because it was checked or because the switch made it. */
export const inhoudVan = (bytes: Uint8Array, soort: Berichtsoort): Inhoud => leesInhoud(bytes, structuurVan(soort));

/**
 * @param bytes a message that was checked before
 * @param paden places in it, as findings have them
 * @returns the line of each
 */
export const regelnummers = (bytes: Uint8Array, paden: readonly string[]): readonly number[] =>
  regelnummersVan(bytes, paden);

/** The soort of a message, when the switch supports it: known in the catalogue, with an XSD. */
export function soortVan(voorblad: Pick<Voorblad, 'namespace' | 'wortel'>): Berichtsoort | undefined {
  const soort = berichtsoortVanNamespace(voorblad.namespace);
  return soort && voorblad.wortel === 'Bericht' && heeftXsd(soort.xsd) ? soort : undefined;
}

const nietVermeld = (aantal: number, wat: string): string => `Nog ${aantal} andere ${wat} zijn niet vermeld.`;

/** @param niveau 1 for a message, 0 for the envelope around it */
export function xsdBevindingen(
  fouten: readonly XsdFout[],
  weggelaten: number,
  niveau: Controleniveau = 1,
): readonly Bevinding[] {
  const rest = { pad: '/', regelnummer: 0, melding: nietVermeld(weggelaten, 'XSD-fouten') };
  return [...fouten, ...(weggelaten > 0 ? [rest] : [])].map((fout) => ({
    ernst: 'fout',
    niveau,
    regel: 'XSD',
    retourcode: null,
    ...fout,
  }));
}

const routes = new Map<string, Route | undefined>();

function routeVan(soort: Berichtsoort, niveau: Controleniveau): Route | undefined {
  const sleutel = `${soort.code} ${soort.release} ${niveau}`;
  if (!routes.has(sleutel)) routes.set(sleutel, maakRoute(REGELS, soort, structuurVan(soort), niveau));
  return routes.get(sleutel);
}

/** Prepares the rules of these soorten, so that the first message does not wait for it. */
export function warmRegelsOp(soorten: readonly Berichtsoort[]): void {
  for (const soort of soorten) for (const niveau of [2, 4] as const) routeVan(soort, niveau);
}

const NIETS: Toets = { vondsten: [], weggelaten: 0, fouten: 0 };

function dagtekening(inhoud: Inhoud): string {
  const { BerichtIdentificatie } = inhoud.Header as { BerichtIdentificatie: { Dagtekening: string } };
  return BerichtIdentificatie.Dagtekening;
}

/** Levels 2 and 4 of a message that satisfies its XSD. A message that breaks level 2 counts as not sent, so it goes no further. */
function toetsInhoud(inhoud: Inhoud, soort: Berichtsoort, { niveau, bronnen }: Opdracht): Toets {
  const omgeving = { soort, bronnen, dagtekening: dagtekening(inhoud) };
  const niveaus: readonly Controleniveau[] = niveau >= 4 ? [2, 4] : niveau >= 2 ? [2] : [];
  return niveaus.reduce<Toets>((eerder, dit) => {
    const route = eerder.fouten > 0 ? undefined : routeVan(soort, dit);
    if (!route) return eerder;
    const { vondsten, weggelaten, fouten } = toets(route, inhoud, omgeving);
    return { vondsten: [...eerder.vondsten, ...vondsten], weggelaten: eerder.weggelaten + weggelaten, fouten };
  }, NIETS);
}

function metRegelnummers({ vondsten, weggelaten, fouten }: Toets, document: XmlDocument): readonly Bevinding[] {
  if (vondsten.length === 0) return [];
  const lezer = new Padlezer(document);
  /** Where the other part stands that it collides with, when it stands on another line. */
  const verwijzing = (pad: string, met: string | undefined): string => {
    const ander = met === undefined ? 0 : lezer.regelnummer(met);
    return ander === 0 || ander === lezer.regelnummer(pad) ? '' : ` Vergelijk regel ${ander}.`;
  };
  const bevindingen = vondsten.map(({ ernst, niveau, regel, retourcode, pad, melding, met }) => ({
    ernst,
    niveau,
    regel,
    retourcode,
    pad,
    regelnummer: lezer.regelnummer(pad),
    melding: melding + verwijzing(pad, met),
  }));
  const laatste = bevindingen.at(-1);
  if (weggelaten === 0 || !laatste) return bevindingen;
  const rest: Bevinding = {
    ...laatste,
    ernst: fouten > 0 ? 'fout' : 'waarschuwing',
    pad: '/Bericht',
    regelnummer: 0,
    melding: nietVermeld(weggelaten, 'bevindingen'),
  };
  return [...bevindingen, rest];
}

/** Position of the client that a finding is about. */
const CLIENT = /^\/Bericht\/Declaratie\/Clienten\/Client(?:\[(\d+)\])?(?:\/|$)/;

/**
 * What an answer is composed from: the whole message, but of a declaratie only the clients with a finding (IV087), each at its own
 * position in a list with holes. So the answer to 18 MB costs no more than what is wrong with it.
 */
function voorAntwoord(inhoud: Inhoud, bevindingen: readonly Bevinding[]): Inhoud {
  const declaratie = inhoud.Declaratie as Inhoud | undefined;
  if (!declaratie) return inhoud;
  const alle = (declaratie.Clienten as Inhoud).Client as readonly Inhoud[];
  const nodig: Inhoud[] = [];
  for (const { pad } of bevindingen) {
    const treffer = CLIENT.exec(pad);
    const nr = treffer ? Number(treffer[1] ?? '1') - 1 : -1;
    const client = alle[nr];
    if (client) nodig[nr] = client;
  }
  nodig.length = alle.length;
  return { ...inhoud, Declaratie: { ...declaratie, Clienten: { Client: nodig } } };
}

/**
 * Runs the control levels on a message.
 * @param bytes the message as received, in UTF-8
 * @param soort see soortVan
 * @returns all findings of the levels that were checked
 */
export function controleer(bytes: Uint8Array, soort: Berichtsoort, opdracht: Opdracht): Controle {
  if (opdracht.niveau === 0) return { geldig: true, niveau: 0, bevindingen: [] };
  const uitslag = valideer(bytes, soort.xsd);
  if (!uitslag.geldig) {
    return { geldig: false, niveau: 1, bevindingen: xsdBevindingen(uitslag.fouten, uitslag.weggelaten) };
  }
  try {
    const niveau = opdracht.niveau === 1 ? 1 : 2;
    if (niveau === 1 && !opdracht.metInhoud) return { geldig: true, niveau, bevindingen: [] };
    const inhoud = leesInhoud(bytes, structuurVan(soort));
    const bevindingen = metRegelnummers(toetsInhoud(inhoud, soort, opdracht), uitslag.document);
    const geldig = !bevindingen.some(isFout);
    const nodig = opdracht.metInhoud || !geldig;
    const oordeel = antwoordoordeel(soort, inhoud);
    const gevonden = { geldig, niveau, bevindingen, ...(oordeel && { oordeel }) } as const;
    if (!nodig) return gevonden;
    return { ...gevonden, inhoud: opdracht.heel ? inhoud : voorAntwoord(inhoud, bevindingen) };
  } finally {
    uitslag.document.dispose();
  }
}
