/** The script of a simulation: who sends what to whom at which moment, and when it is fetched. Pure: the same choice gives the same bytes. */
import { createHash } from 'node:crypto';
import type { Kalender } from '../../koppeling/kalender.ts';
import { maandenEerder } from './dagen.ts';
import { Declaraties } from './declaraties.ts';
import { Klok } from './klok.ts';
import { type Begin, Leven } from './leven.ts';
import { maakPersoon, type Persoon, testBsns } from './personen.ts';
import { type Kenmerk, Post, type Ruw } from './post.ts';
import { kiesScheef, maakToeval, type Toeval } from './toeval.ts';
import type { Draaiboek, Ophaalmoment, Partij, Simulatiekeuze, Wmotoewijzing, Zending } from './types.ts';
import { type Baanplaats, maakWereld } from './wereld.ts';
import type { Zorg } from './zorg.ts';

/** About so many messages come of one client, those about declaraties included. */
const PER_CLIENT = 7.6;
const MINSTE_BERICHTEN = 160;
/** Which share of the clients has a second aanbieder. */
const ZELFDE_PERSOON = 0.07;
/** The first lives of each domein go as the book says. */
const VASTE_LEVENS: readonly Begin[] = ['lopend', 'aanvraag'];

const standaardAantal = ({ maanden, gemeenten, aanbieders }: Simulatiekeuze): number =>
  Math.max(MINSTE_BERICHTEN, Math.round((maanden * gemeenten * aanbieders) / 6));

const REEKSEN = { aantal: 7, eerste: 20_000, per: 10_000, bsns: 1100 } as const;

function kenmerkVan({ zaad, vandaag, maanden, gemeenten, aanbieders, berichten = 0 }: Simulatiekeuze): Kenmerk {
  const alles = [zaad, vandaag, maanden, gemeenten, aanbieders, berichten].join(' ');
  const getal = createHash('sha256').update(alles).digest().readUInt16BE() % 36 ** 2;
  const reeks = REEKSEN.eerste + (zaad % REEKSEN.aantal) * REEKSEN.per;
  return { merk: getal.toString(36).toUpperCase().padStart(2, 'A'), reeks };
}

/** Who of these persons lives in a gemeente, by domein. */
class Bevolking {
  readonly #bsns: Generator<string>;
  readonly #bekend = new Map<string, Persoon[]>();

  constructor(zaad: number) {
    this.#bsns = testBsns((zaad % REEKSEN.aantal) * REEKSEN.bsns);
  }

  kies(toeval: Toeval, { gemeente, domein }: Baanplaats, plaats: string, jaar: number): Persoon | undefined {
    const sleutel = `${gemeente} ${domein}`;
    const bekend = this.#bekend.get(sleutel) ?? [];
    if (bekend.length > 3 && toeval.kans(ZELFDE_PERSOON)) return toeval.kies(bekend);
    const { value } = this.#bsns.next();
    if (value === undefined) return undefined;
    const nieuw = maakPersoon(toeval, value, domein, jaar, plaats);
    this.#bekend.set(sleutel, [...bekend, nieuw]);
    return nieuw;
  }
}

interface Baanleven {
  readonly baan: Baanplaats;
  readonly zorg: Zorg[];
  readonly bsns: Set<string>;
  vast: boolean;
}

/** When a receiver has it; null: not before the end. */
function ophaling(klok: Klok, partij: Partij, bezorgd: number, toeval: Toeval): Ophaalmoment | null {
  const op = klok.ophaling(partij.ophaalwijze, bezorgd, toeval);
  if (op >= (partij.stilSinds ?? klok.tot)) return null;
  return { op, bevestigd: op + toeval.geheel(800, 20_000) };
}

/** In the order of time; in its lane each is done before the next one comes. */
function opVolgorde(
  ruw: readonly Ruw[],
  klok: Klok,
  partij: (code: string) => Partij,
  toeval: Toeval,
): readonly Zending[] {
  const klaar = new Map<string, number>();
  return ruw
    .toSorted((a, b) => a.moment - b.moment)
    .map(({ vertraging, ...zending }) => {
      const { soort, afzender, ontvanger, moment, lot, antwoord } = zending;
      const baan = [soort.domein, ...[afzender, ontvanger].sort()].join(' ');
      const verwerkt = Math.max(moment + vertraging, (klaar.get(baan) ?? 0) + 10);
      klaar.set(baan, verwerkt);
      return {
        ...zending,
        verwerkt,
        opgehaald: lot === 'bezorgd' ? ophaling(klok, partij(ontvanger), verwerkt, toeval) : null,
        antwoordOpgehaald: antwoord === null ? null : ophaling(klok, partij(afzender), verwerkt, toeval),
      };
    });
}

/** @returns all that happens from so many months before `vandaag` up to and including that day */
export function maakDraaiboek(keuze: Simulatiekeuze, kalender: Kalender): Draaiboek {
  const toeval = maakToeval(keuze.zaad);
  const klok = new Klok(kalender, maandenEerder(keuze.vandaag, keuze.maanden), keuze.vandaag);
  const wereld = maakWereld(toeval.tak('wereld'), keuze, klok);
  const post = new Post(klok, toeval.tak('post'), wereld.partijen, kenmerkVan(keuze));
  const wie = toeval.tak('wie');
  const bevolking = new Bevolking(keuze.zaad);
  const levens: Baanleven[] = wereld.banen.map((baan) => ({ baan, zorg: [], bsns: new Set(), vast: false }));
  const wmo: Wmotoewijzing[] = [];
  const jaar = Number(keuze.vandaag.slice(0, 4));

  const leef = (plek: Baanleven, begin: Begin, vast: boolean): void => {
    const plaats = post.partij(plek.baan.gemeente).naam.replace(/^Gemeente /, '');
    const persoon = bevolking.kies(wie, plek.baan, plaats, jaar);
    if (!persoon || plek.bsns.has(persoon.bsn)) return;
    plek.bsns.add(persoon.bsn);
    const leven = new Leven(post, plek.baan, persoon, { begin, vast });
    leven.speel();
    plek.zorg.push(...leven.zorg);
    plek.vast ||= vast;
    wmo.push(...leven.wmo);
  };
  for (const plek of levens.slice(0, 2)) for (const begin of VASTE_LEVENS) leef(plek, begin, true);
  const clienten = Math.round((keuze.berichten ?? standaardAantal(keuze)) / PER_CLIENT) - 4;
  for (let nr = 0; nr < clienten; nr += 1) {
    const begin = wie.kans(0.22) ? 'lopend' : wie.kans(0.4) ? 'aanvraag' : 'gewoon';
    leef(kiesScheef(wie, levens), begin, false);
  }
  for (const { baan, zorg, vast } of levens) new Declaraties(post, baan, zorg, vast).speel();
  return {
    van: klok.van,
    tot: klok.tot,
    partijen: wereld.partijen,
    gemeenten: wereld.gemeenten,
    aanbieders: wereld.aanbieders,
    zendingen: opVolgorde(post.zendingen, klok, (code) => post.partij(code), toeval.tak('ophalen')),
    wmo,
  };
}
