/** What the operator reads about the switch itself. */
import type { Rol } from '../../../config.ts';
import { aantal, getal } from '../../opmaak.ts';

export const BEHEER = { naam: 'Beheer', pad: '/portaal/beheer' } as const;
export const STAND = { naam: 'Stand van het knooppunt', pad: '/portaal/beheer/stand' } as const;
export const BANEN = { naam: 'Banen', pad: '/portaal/beheer/banen' } as const;
export const STOP = { naam: 'Organisatie stilzetten', pad: '/portaal/beheer/stop' } as const;
/** Beside each other above the pages. */
export const BLADEN = [STAND, BANEN] as const;

export const ROLWOORD: Readonly<Record<Rol, readonly [string, string]>> = {
  api: ['Api', 'Neemt berichten aan en geeft ze uit'],
  verwerker: ['Verwerker', 'Controleert berichten en legt ze in de postbus'],
  planner: ['Planner', 'Doet wat op tijd moet gebeuren'],
};

const MINUUT = 60;
const UUR = 60 * MINUUT;
const DAG = 24 * UUR;

/** 12 seconden, 5 minuten, 3 uur, 2 dagen */
export function duur(seconden: number): string {
  const hele = Math.max(0, Math.round(seconden));
  if (hele < 2 * MINUUT) return aantal(hele, 'seconde', 'seconden');
  if (hele < 2 * UUR) return aantal(Math.floor(hele / MINUUT), 'minuut', 'minuten');
  if (hele < 2 * DAG) return `${getal(Math.floor(hele / UUR))} uur`;
  return aantal(Math.floor(hele / DAG), 'dag', 'dagen');
}

export const sinds = (moment: Date, nu: Date): string => duur((nu.getTime() - moment.getTime()) / 1000);

/** What was counted no further than a bound. */
export const totEn = (hoeveel: number, tot: number): string => (hoeveel >= tot ? `${getal(tot)}+` : getal(hoeveel));

export const wat = (stop: { readonly aanlevering: boolean; readonly bezorging: boolean }): string =>
  [stop.aanlevering && 'aanleveren', stop.bezorging && 'bezorgen'].filter(Boolean).join(' en ');
