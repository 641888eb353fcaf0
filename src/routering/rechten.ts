/**
 * For whom may a client act? For the organisations of the clients file in every domein; for others by machtiging, per domein, as long as it
 * lasts; and for whoever they succeed. Nothing else: the default is no. Pure.
 */
import { DOMEINEN, type Domein } from '../standards/catalogus.ts';
import type { Feiten } from './feiten.ts';
import { keten } from './opvolging.ts';
import { binnen } from './periode.ts';

/** Of a client, what routering looks at. */
export interface Indiener {
  readonly id: string;
  readonly namens: ReadonlySet<string>;
}

/** Organisation → the domeinen in which one may act for it, when these are not all. */
export type Machtigingen = ReadonlyMap<string, ReadonlySet<Domein>>;

export interface Rechten {
  /** In every domein. */
  readonly namens: ReadonlySet<string>;
  readonly machtigingen: Machtigingen;
}

/** Does the client act for this organisation, or for one that took its place, in this domein at that moment? */
export function handeltNamens(
  feiten: Feiten,
  indiener: Indiener,
  organisatie: string,
  domein: Domein,
  moment: number,
): boolean {
  if (indiener.namens.has(organisatie)) return true;
  const gegeven = feiten.machtigingen.get(indiener.id);
  return keten(feiten, organisatie, moment).some(
    (code) =>
      indiener.namens.has(code) ||
      gegeven?.get(code)?.some((machtiging) => machtiging.domein === domein && binnen(machtiging, moment)) === true,
  );
}

/** All that a client may do at that moment, written out: what a search or a postbus is limited to. */
export function rechtenVan(feiten: Feiten, indiener: Indiener, moment: number): Rechten {
  const domeinen = new Map<string, Set<Domein>>();
  const voegToe = (code: string, erbij: Iterable<Domein>): void => {
    const had = domeinen.get(code) ?? new Set();
    const nieuw = [...erbij].filter((domein) => !had.has(domein));
    if (nieuw.length === 0) return;
    for (const domein of nieuw) had.add(domein);
    domeinen.set(code, had);
    for (const voorganger of feiten.voorgangers.get(code) ?? [])
      if (moment >= voorganger.geldig.tot) voegToe(voorganger.code, nieuw);
  };
  for (const code of indiener.namens) voegToe(code, DOMEINEN);
  for (const [code, machtigingen] of feiten.machtigingen.get(indiener.id) ?? [])
    voegToe(
      code,
      machtigingen.filter((machtiging) => binnen(machtiging, moment)).map(({ domein }) => domein),
    );
  const rijen = [...domeinen];
  return {
    namens: new Set(rijen.filter(([, voor]) => voor.size === DOMEINEN.length).map(([code]) => code)),
    machtigingen: new Map(rijen.filter(([, voor]) => voor.size < DOMEINEN.length)),
  };
}
