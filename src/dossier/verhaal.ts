/**
 * Which facts of a lane are over. Facts go by whole stories: all that the lane has of a person, with everybody who shares a number or a reference
 * with him. So whatever a message asks about, it finds all of it or none of it, and never a half that would say something else than the whole
 * did: a start without its toewijzing, a debet without its credit.
 *
 * Over is: each toewijzing has ended, each start was stopped for good, each request has its decision, each prestatie its answer, and all of that
 * long enough ago. Pure.
 */
import { vergelijk } from '../standards/datum.ts';
import { Dossier } from './dossier.ts';
import type {
  Antwoord,
  Feiten,
  Herkomst,
  Kenmerk,
  Levering,
  Persoon,
  Prestatie,
  Toewijzing,
  Verzoek,
} from './feiten.ts';
import { OPGAVE } from './feiten.ts';
import { Leveringstand } from './leveringen.ts';
import { openVerzoeken } from './verzoeken.ts';

const VAN_EEN_PERSOON = ['toewijzingen', 'leveringen', 'verzoeken', 'prestaties'] as const;
const SOORTEN = [...VAN_EEN_PERSOON, 'antwoorden'] as const;

/** Facts of a lane, of any messages: of whoever is in it, all there is. */
export type Stukken = Pick<Feiten, (typeof SOORTEN)[number]>;

export interface Kader {
  /** The first day that is not long enough ago. */
  readonly voor: string;
  /** May this message be forgotten? Not while something may still decide about it, or counts by it. */
  readonly isVrij: (herkomst: Herkomst) => boolean;
  /** Keys (see sleutelsVan) that persons have who are not among the facts. */
  readonly bezet?: ReadonlySet<string>;
}

export interface Opruiming {
  readonly personen: ReadonlySet<Persoon>;
  /** Of their requests: what answers these goes as well. */
  readonly kenmerken: ReadonlySet<Kenmerk>;
  /** The last day that anything of it was about; null: nothing goes. */
  readonly dag: string | null;
}

interface Verhaal {
  readonly toewijzingen: Toewijzing[];
  readonly leveringen: Levering[];
  readonly verzoeken: Verzoek[];
  readonly prestaties: Prestatie[];
}

const laatste = (dagen: readonly string[]): string | null =>
  dagen.reduce<string | null>((a, b) => (a === null || vergelijk(a, b) < 0 ? b : a), null);
export const laterVan = (a: string | null, b: string | null): string | null =>
  laatste([a, b].filter((dag) => dag !== null));

function perPersoon(stukken: Stukken): ReadonlyMap<Persoon, Verhaal> {
  const verhalen = new Map<Persoon, Verhaal>();
  for (const soort of VAN_EEN_PERSOON)
    for (const feit of stukken[soort]) {
      const verhaal = verhalen.get(feit.persoon) ?? { toewijzingen: [], leveringen: [], verzoeken: [], prestaties: [] };
      verhalen.set(feit.persoon, verhaal);
      (verhaal[soort] as (typeof feit)[]).push(feit);
    }
  return verhalen;
}

const kenmerkenVan = ({ toewijzingen, verzoeken }: Verhaal): readonly Kenmerk[] => [
  ...verzoeken.map(({ kenmerk }) => kenmerk),
  ...toewijzingen.flatMap(({ kenmerk }) => kenmerk ?? []),
];

/** What messages find facts by, besides the person: who has one of these in common is of one story. */
const sleutelsVan = (verhaal: Verhaal): readonly string[] => [
  ...verhaal.toewijzingen.map(({ nummer }) => `n ${nummer}`),
  ...verhaal.leveringen.flatMap(({ toewijzing }) => (toewijzing === null ? [] : [`n ${toewijzing}`])),
  ...verhaal.prestaties.map(({ toewijzing }) => `n ${toewijzing}`),
  ...kenmerkenVan(verhaal).map((kenmerk) => `v ${kenmerk}`),
  ...verhaal.prestaties.flatMap(({ kenmerk, vorig }) => [`p ${kenmerk}`, ...(vorig === null ? [] : [`p ${vorig}`])]),
];

/** All keys of these facts. */
export const alleSleutels = (stukken: Stukken): ReadonlySet<string> =>
  new Set([...perPersoon(stukken).values()].flatMap(sleutelsVan));

/** Every start that is there has a stop for good. */
function isGestopt(leveringen: readonly Levering[]): boolean {
  const stand = new Leveringstand(leveringen, () => true);
  return leveringen.every(
    (levering) =>
      levering.soort === 'stop' ||
      levering.verwijdert ||
      !stand.aanwezig(levering).includes(levering) ||
      stand.stops(levering)?.definitief !== undefined,
  );
}

function dagenVan(verhaal: Verhaal, antwoorden: readonly Antwoord[]): readonly string[] {
  const { toewijzingen, leveringen, prestaties, verzoeken } = verhaal;
  const feiten = [...toewijzingen, ...leveringen, ...verzoeken, ...prestaties, ...antwoorden];
  return [
    ...feiten.map(({ herkomst }) => herkomst.dagtekening),
    ...toewijzingen.flatMap(({ toewijzingsdatum, ingangsdatum, einddatum }) => [
      toewijzingsdatum,
      ingangsdatum,
      ...(einddatum === null ? [] : [einddatum]),
    ]),
    ...leveringen.flatMap(({ begindatum, einddatum }) => [begindatum, ...(einddatum === null ? [] : [einddatum])]),
    ...prestaties.map(({ einddatum }) => einddatum),
  ];
}

/** Is nothing of this person running, or waiting for an answer? */
function isAf(persoon: Persoon, verhaal: Verhaal, dossier: Dossier): boolean {
  return (
    dossier.toewijzingenVan(persoon).every(({ einddatum }) => einddatum !== null) &&
    isGestopt(verhaal.leveringen) &&
    openVerzoeken(dossier, persoon).length === 0 &&
    // What stands for a sum never gets an answer.
    verhaal.prestaties.every(({ stand, code }) => stand !== 'ingediend' || code === OPGAVE)
  );
}

/** Persons who have a key in common, directly or through others. */
function* groepen(verhalen: ReadonlyMap<Persoon, Verhaal>): Generator<readonly Persoon[]> {
  const wie = new Map<string, Persoon[]>();
  for (const [persoon, verhaal] of verhalen)
    for (const sleutel of new Set(sleutelsVan(verhaal))) {
      const lijst = wie.get(sleutel);
      if (lijst) lijst.push(persoon);
      else wie.set(sleutel, [persoon]);
    }
  const gezien = new Set<Persoon>();
  for (const eerste of verhalen.keys()) {
    if (gezien.has(eerste)) continue;
    gezien.add(eerste);
    const groep = [eerste];
    for (const persoon of groep)
      for (const sleutel of sleutelsVan(verhalen.get(persoon) as Verhaal))
        for (const ander of wie.get(sleutel) ?? [])
          if (!gezien.has(ander)) {
            gezien.add(ander);
            groep.push(ander);
          }
    yield groep;
  }
}

/** @returns whose stories are over, and may go */
export function afgerond(stukken: Stukken, { voor, isVrij, bezet = new Set() }: Kader): Opruiming {
  const verhalen = perPersoon(stukken);
  const dossier = new Dossier();
  dossier.laad({ ...stukken, declaraties: [], berichten: [] });
  const personen = new Set<Persoon>();
  const kenmerken = new Set<Kenmerk>();
  let dag: string | null = null;
  for (const groep of groepen(verhalen)) {
    const eigen = groep.map((persoon) => [persoon, verhalen.get(persoon) as Verhaal] as const);
    const eigenKenmerken = new Set(eigen.flatMap(([, verhaal]) => kenmerkenVan(verhaal)));
    const antwoorden = [...eigenKenmerken].flatMap((kenmerk) => dossier.antwoordenOp(kenmerk));
    const laatsteDag = laatste(eigen.flatMap(([, verhaal]) => dagenVan(verhaal, antwoorden)));
    const feiten = [...antwoorden, ...eigen.flatMap(([, verhaal]) => Object.values(verhaal).flat())];
    const gaat =
      laatsteDag !== null &&
      vergelijk(laatsteDag, voor) < 0 &&
      eigen.every(([persoon, verhaal]) => isAf(persoon, verhaal, dossier)) &&
      feiten.every(({ herkomst }) => isVrij(herkomst)) &&
      !eigen.some(([, verhaal]) => sleutelsVan(verhaal).some((sleutel) => bezet.has(sleutel)));
    if (!gaat) continue;
    for (const persoon of groep) personen.add(persoon);
    for (const kenmerk of eigenKenmerken) kenmerken.add(kenmerk);
    dag = laterVan(dag, laatsteDag);
  }
  return { personen, kenmerken, dag };
}

/** Facts with the place that they have in their message, for when not all of them are there any more. */
const metPlek = <F extends object>(feiten: readonly F[], blijft: (feit: F) => boolean): readonly F[] => {
  const over = feiten.map((feit, nr) => ({ nr, ...feit })).filter((feit) => blijft(feit as F));
  return over.length === feiten.length ? feiten : over;
};

/**
 * What is left of what a message established.
 * @returns the same when nothing of it goes; undefined when nothing is left
 */
export function zonder<F extends Feiten>(van: F, { personen, kenmerken }: Omit<Opruiming, 'dag'>): F | undefined {
  const blijft = ({ persoon }: { readonly persoon: Persoon }): boolean => !personen.has(persoon);
  const over = {
    ...van,
    toewijzingen: metPlek(van.toewijzingen, blijft),
    leveringen: metPlek(van.leveringen, blijft),
    verzoeken: metPlek(van.verzoeken, blijft),
    prestaties: metPlek(van.prestaties, blijft),
    antwoorden: metPlek(van.antwoorden, ({ kenmerk }) => !kenmerken.has(kenmerk)),
  };
  if (SOORTEN.every((soort) => over[soort] === van[soort])) return van;
  return SOORTEN.every((soort) => over[soort].length === 0) ? undefined : over;
}
