/** The sections of the portal, in the order of the menu. Someone sees those it may open. */
import type { Gebruiker } from '../toegang/gebruikers/types.ts';
import type { Toegang } from './pagina.ts';
import { magOpenen } from './toegang.ts';

export interface Menupunt {
  readonly naam: string;
  /** Whole path. */
  readonly pad: string;
  readonly toegang: Toegang;
}

export const MENU: readonly Menupunt[] = [
  { naam: 'Start', pad: '/portaal', toegang: 'aangemeld' },
  { naam: 'Aanleveren', pad: '/portaal/aanleveren', toegang: 'berichten' },
  { naam: 'Postbus', pad: '/portaal/postbus', toegang: 'berichten' },
  { naam: 'Berichten', pad: '/portaal/berichten', toegang: 'berichten' },
  { naam: 'Wlz', pad: '/portaal/wlz', toegang: 'wlz' },
  { naam: 'Ketendata', pad: '/portaal/ketendata', toegang: 'ketendata' },
  { naam: 'Beheer', pad: '/portaal/beheer', toegang: 'beheer' },
];

export const menuVoor = (gebruiker: Gebruiker): readonly Menupunt[] =>
  MENU.filter(({ toegang }) => magOpenen(gebruiker, toegang));

/** The section that a path lies in; Start only on its own page. */
export const sectieVan = (pad: string): string | undefined =>
  MENU.findLast((punt) => pad === punt.pad || (punt.pad !== '/portaal' && pad.startsWith(`${punt.pad}/`)))?.pad;
