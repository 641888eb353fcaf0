/** What the words of signals mean to who reads them. */
import type { Adviesklasse, Signaaltype } from '../../../wlz-samenloop/signalen/regels/types.ts';
import type { Uitkomst, Workflow } from '../../../wlz-samenloop/signalen/regels/workflow.ts';
import type { Toon } from '../../onderdelen.ts';

interface Woord {
  readonly naam: string;
  readonly toon: Toon;
  readonly uitleg: string;
}

export const TYPEN: Readonly<Record<Signaaltype, Woord>> = {
  NIEUW: { naam: 'Nieuwe samenloop', toon: 'info', uitleg: 'Deze inwoner heeft Wmo-hulp en een Wlz-indicatie.' },
  GEWIJZIGD: {
    naam: 'Samenloop veranderd',
    toon: 'info',
    uitleg: 'De dagen waarop Wmo en Wlz samenlopen, zijn veranderd.',
  },
  VERVALLEN: { naam: 'Samenloop voorbij', toon: 'neutraal', uitleg: 'Wmo en Wlz lopen niet meer samen.' },
  TERUGWERKEND: {
    naam: 'Met terugwerkende kracht',
    toon: 'neutraal',
    uitleg: 'Wmo en Wlz liepen samen, maar dat was al voorbij voordat iemand het kon weten.',
  },
};

export const STANDEN: Readonly<Record<Workflow, Woord>> = {
  nieuw: { naam: 'Nieuw', toon: 'let-op', uitleg: 'Nog niemand kijkt ernaar.' },
  in_behandeling: { naam: 'In behandeling', toon: 'info', uitleg: 'Een collega zoekt het uit.' },
  afgehandeld: { naam: 'Afgehandeld', toon: 'goed', uitleg: 'Hier hoeft niets meer te gebeuren.' },
};

export const ADVIEZEN: Readonly<Record<Adviesklasse, Woord>> = {
  VERWACHT: { naam: 'Wlz gaat meestal voor', toon: 'let-op', uitleg: 'Deze hulp hoort meestal bij de Wlz-zorg.' },
  BEOORDELEN: { naam: 'Beoordelen', toon: 'neutraal', uitleg: 'Of deze hulp kan blijven, hangt af van de situatie.' },
};

export const UITKOMSTWOORDEN: Readonly<Record<Uitkomst, Pick<Woord, 'naam' | 'uitleg'>>> = {
  gestopt: { naam: 'De Wmo-hulp stopt', uitleg: 'U beëindigt de voorziening, of die is al beëindigd.' },
  terecht_samen: { naam: 'Wmo en Wlz mogen samen', uitleg: 'De hulp blijft bestaan naast de Wlz-zorg.' },
  onjuist: {
    naam: 'Het signaal klopt niet',
    uitleg: 'Bijvoorbeeld omdat de gegevens van uw gemeente niet juist waren.',
  },
  vervallen: { naam: 'Vervallen', uitleg: 'Er was niets meer te behandelen.' },
};

export const WMO_STATUS: Readonly<Record<string, string>> = { LOPEND: 'loopt', AANGEVRAAGD: 'aangevraagd' };

/** 999 900 006 */
export const bsnLeesbaar = (bsn: string): string => bsn.replace(/(\d{3})(?=\d)/g, '$1 ');

/** WMO020. */
export const CATEGORIEEN: Readonly<Record<string, string>> = {
  '01': 'Hulp bij het huishouden',
  '02': 'Begeleiding',
  '03': 'Persoonlijke verzorging',
  '04': 'Kortdurend verblijf',
  '05': 'Woondiensten',
  '06': 'Overige ondersteuning gericht op het individu of huishouden/gezin',
  '07': 'Dagbesteding',
  '08': 'Vervoerdiensten',
  '09': 'Overige groepsgerichte ondersteuning',
  '10': 'Overige maatwerkarrangementen',
  '11': 'Rolstoelen',
  '12': 'Vervoervoorzieningen',
  '13': 'Woonvoorzieningen',
  '14': 'Overige hulpmiddelen',
  '15': 'Beschermd wonen',
  '16': 'Opvang',
  '17': 'Spoedopvang',
  '18': 'Overige beschermd wonen en opvang',
};
export function categorieTekst(code: string | null): string {
  if (code === null) return 'niet opgegeven';
  const naam = CATEGORIEEN[code];
  return naam === undefined ? code : `${code} ${naam}`;
}
