/**
 * What a line of the audit log means: per event the action code of NEN 7513, the activity in the register that it is part of, and what was
 * handled. Every event has its row, or this does not compile.
 */
import type { Gebeurtenis } from './logboek.ts';

/** NEN 7513: create, read, update, delete, execute. */
export type Actiecode = 'C' | 'R' | 'U' | 'D' | 'E';

/** Activities in the register of processing activities (AVG art. 30), by the name that follows its base URI. */
export const ACTIVITEITEN = {
  berichtenverkeer: 'Berichten tussen gemeenten en zorgaanbieders aannemen, controleren, beantwoorden en bezorgen',
  berichtencontrole: 'Een bericht controleren zonder het te versturen',
  dossier: 'Bijhouden wat eerdere berichten vastlegden, om latere eraan te toetsen',
  'wlz-register': 'Het register van indicatiebesluiten voor de Wlz bijhouden',
  'wlz-registertoets': 'Een gemeente laten weten of een inwoner een indicatiebesluit voor de Wlz heeft',
  'wlz-samenloop': 'Gemeenten signalen geven over samenloop van Wmo en Wlz',
  'nza-set': 'De gegevens voor de NZa bijhouden en gepseudonimiseerd leveren (Regeling Jeugdwet art. 8f)',
  bewaren: 'Verwijderen wat niet langer bewaard mag worden',
  inzage: 'Een betrokkene inzage geven in wat er over hem is vastgelegd (AVG art. 15)',
  verantwoording: 'Het logboek bewaren, controleren en overdragen',
  beheer: 'Het knooppunt inrichten en in stand houden; zonder persoonsgegevens',
} as const;
export type Activiteit = keyof typeof ACTIVITEITEN;

export interface Verklaring {
  readonly actie: Actiecode;
  readonly activiteit: Activiteit;
  /** What was handled, when it is no message. */
  readonly object:
    | 'bericht'
    | 'persoon'
    | 'signaal'
    | 'register'
    | 'voorzieningen'
    | 'instelling'
    | 'dossier'
    | 'logboek';
}

const van = (actie: Actiecode, activiteit: Activiteit, object: Verklaring['object']): Verklaring => ({
  actie,
  activiteit,
  object,
});
const bericht = (actie: Actiecode): Verklaring => van(actie, 'berichtenverkeer', 'bericht');
const beheer = (actie: Actiecode): Verklaring => van(actie, 'beheer', 'instelling');

export const VERKLARINGEN: Readonly<Record<Gebeurtenis, Verklaring>> = {
  'bericht ontvangen': bericht('C'),
  'bericht geweigerd': bericht('E'),
  'bericht verwerkt': bericht('U'),
  'antwoord opgesteld': bericht('C'),
  'bericht gecontroleerd': van('E', 'berichtencontrole', 'bericht'),
  'bericht ingezien': bericht('R'),
  'bericht gevolgd': bericht('R'),
  'bericht opgehaald': bericht('R'),
  'bericht bevestigd': bericht('U'),
  'berichten gezocht': bericht('R'),
  'bericht aangeboden': bericht('R'),
  'bericht onbestelbaar': bericht('U'),
  'dossier ingevoerd': van('C', 'dossier', 'dossier'),
  'dossier herbouwd': van('U', 'dossier', 'dossier'),
  'ketendata herbouwd': beheer('E'),
  'tarieven gewijzigd': beheer('U'),
  'bezorging hervat': beheer('E'),
  'verval aangekondigd': bericht('U'),
  'bericht vervallen': bericht('D'),
  'bewaartermijn verstreken': van('D', 'bewaren', 'bericht'),
  'sleutel gedraaid': beheer('U'),
  'sleutel verwijderd': van('D', 'bewaren', 'bericht'),
  'herstel vrijgegeven': beheer('E'),
  'databaserechten gezet': beheer('U'),
  'client gemaakt': beheer('C'),
  'client gewijzigd': beheer('U'),
  'client ingetrokken': beheer('D'),
  'uitgeversleutel gedraaid': beheer('U'),
  'token uitgegeven': beheer('E'),
  'gebruiker uitgenodigd': beheer('C'),
  'gebruiker gekoppeld': beheer('U'),
  'gebruiker gewijzigd': beheer('U'),
  'gebruiker ingetrokken': beheer('D'),
  'gebruiker aangemeld': beheer('E'),
  'gebruiker afgemeld': beheer('E'),
  'aanmelding mislukt': beheer('E'),
  'toegang geweigerd': beheer('E'),
  'instelling gewijzigd': beheer('U'),
  'organisatie gewijzigd': beheer('U'),
  'machtiging gegeven': beheer('C'),
  'machtiging ingetrokken': beheer('U'),
  'samenwerkingsverband gewijzigd': beheer('U'),
  'ketendatamandaat gegeven': beheer('C'),
  'ketendatamandaat ingetrokken': beheer('U'),
  'landelijke cijfers gepubliceerd': beheer('C'),
  'venster gewijzigd': beheer('U'),
  'bevriezing aangekondigd': beheer('C'),
  'bevriezing opgeheven': beheer('U'),
  'stop gezet': beheer('U'),
  'stop opgeheven': beheer('U'),
  'wlz-register bijgewerkt': van('U', 'wlz-register', 'register'),
  'wlz-levering geweigerd': van('E', 'wlz-register', 'register'),
  'wlz-registertoets': van('R', 'wlz-registertoets', 'persoon'),
  'wmo-voorzieningen aangeleverd': van('U', 'wlz-samenloop', 'voorzieningen'),
  'wlz-signaal gemaakt': van('C', 'wlz-samenloop', 'signaal'),
  'wlz-signalen ingezien': van('R', 'wlz-samenloop', 'signaal'),
  'wlz-signaal behandeld': van('U', 'wlz-samenloop', 'signaal'),
  'wlz-instelling gewijzigd': beheer('U'),
  'wlz-advies gewijzigd': beheer('U'),
  'wlz vergeleken': van('E', 'wlz-samenloop', 'voorzieningen'),
  'nza-set gewijzigd': beheer('U'),
  'nza-set geleverd': van('R', 'nza-set', 'dossier'),
  'inzage gegeven': van('R', 'inzage', 'persoon'),
  'logboek gecontroleerd': van('R', 'verantwoording', 'logboek'),
  'logboek geëxporteerd': van('R', 'verantwoording', 'logboek'),
  'logboek opgeruimd': van('D', 'verantwoording', 'logboek'),
  'simulatie teruggedateerd': beheer('U'),
};

/** Of an event that an older or newer version wrote. */
const ONBEKEND: Verklaring = van('E', 'beheer', 'instelling');

export const verklaringVan = (gebeurtenis: string): Verklaring =>
  Object.hasOwn(VERKLARINGEN, gebeurtenis) ? VERKLARINGEN[gebeurtenis as Gebeurtenis] : ONBEKEND;

/** Who did it, as NEN 7513 asks: the role, and through which door. */
export interface Hoedanigheid {
  readonly rol: 'beheerder' | 'knooppunt' | 'client' | 'gebruiker' | 'onbekend';
  readonly toegangspunt: 'opdrachtregel' | 'intern' | 'stuf' | 'portaal' | 'http';
}

const BEHEER_OVER_HTTP: readonly Activiteit[] = ['beheer', 'inzage', 'verantwoording'];
/** Settings that an organisation may change itself. */
const EIGEN: readonly string[] = [
  'instelling gewijzigd',
  'wlz-instelling gewijzigd',
  'ketendatamandaat gegeven',
  'ketendatamandaat ingetrokken',
];

/** @param route from the details: stuf when it was pushed */
export function hoedanigheidVan(actor: string, gebeurtenis: string, route: unknown): Hoedanigheid {
  if (actor.startsWith('cli:')) return { rol: 'beheerder', toegangspunt: 'opdrachtregel' };
  if (actor === 'knooppunt') return { rol: 'knooppunt', toegangspunt: route === 'stuf' ? 'stuf' : 'intern' };
  if (actor === 'onbekend') return { rol: 'onbekend', toegangspunt: 'http' };
  // A person in the portal; what role it had is in its own lines.
  if (actor.startsWith('gebruiker:')) return { rol: 'gebruiker', toegangspunt: 'portaal' };
  const { activiteit } = verklaringVan(gebeurtenis);
  const beheerder =
    gebeurtenis === 'bericht gevolgd' || (BEHEER_OVER_HTTP.includes(activiteit) && !EIGEN.includes(gebeurtenis));
  return { rol: beheerder ? 'beheerder' : 'client', toegangspunt: 'http' };
}
