/**
 * The rules of signals once more, as slowly and plainly as they can be said: day by day over a small calendar, one voorziening at a time, with
 * nothing of the product in it. What the SQL finds is held against this.
 */

/** Days are numbers from 0; whatever lasts beyond the calendar lasts for ever. */
export const LAATSTE_DAG = 60;

export interface Besluit {
  readonly nummer: number;
  readonly ingang: number;
  readonly einde: number | null;
  readonly verval: number | null;
}
export interface Zorg {
  readonly gemeente: string;
  readonly id: string;
  readonly vanaf: number;
  readonly tot: number | null;
}
export interface Wereld {
  readonly besluiten: readonly Besluit[];
  readonly zorg: readonly Zorg[];
}

export type Afhandeling = 'open' | 'gestopt' | 'terecht_samen' | 'onjuist';

/** A signal as it was last told; it is current until it ends or another takes its place. */
export interface Signaal {
  gemeente: string;
  id: string;
  nummer: number;
  dagen: readonly number[];
  /** First and last day it ever was about. */
  verteld: readonly [number, number];
  terugwerkend: boolean;
  actueel: boolean;
  afhandeling: Afhandeling;
}
export interface Gezegd {
  readonly gemeente: string;
  readonly id: string;
  readonly type: string;
  readonly van: number;
  /** null: no end. */
  readonly tot: number | null;
}

export interface Regels {
  readonly dag: number;
  readonly terugwerkendDagen: number;
  readonly vervaldatumTeltMee: boolean;
}

const KALENDER = Array.from({ length: LAATSTE_DAG + 1 }, (_, dag) => dag);

function geldt(besluit: Besluit, dag: number, { vervaldatumTeltMee }: Regels): boolean {
  if (dag < besluit.ingang) return false;
  if (besluit.einde !== null && dag > besluit.einde) return false;
  if (besluit.verval === null) return true;
  return vervaldatumTeltMee ? dag <= besluit.verval : dag < besluit.verval;
}

interface Reeks {
  readonly dagen: readonly number[];
  readonly nummers: readonly number[];
  readonly nieuwste: number;
}

/** Days with an indication that follow each other without a gap. */
function reeksen(besluiten: readonly Besluit[], regels: Regels): Reeks[] {
  const gevonden: number[][] = [];
  for (const dag of KALENDER) {
    if (!besluiten.some((besluit) => geldt(besluit, dag, regels))) continue;
    const laatste = gevonden.at(-1);
    if (laatste?.at(-1) === dag - 1) laatste?.push(dag);
    else gevonden.push([dag]);
  }
  return gevonden.map((dagen) => {
    const erin = besluiten.filter((besluit) => dagen.some((dag) => geldt(besluit, dag, regels)));
    const [nieuwste] = [...erin].sort((a, b) => b.ingang - a.ingang || b.nummer - a.nummer);
    return { dagen, nummers: erin.map(({ nummer }) => nummer), nieuwste: nieuwste?.nummer ?? 0 };
  });
}

interface Samenloop {
  readonly dagen: readonly number[];
  readonly nummers: readonly number[];
  readonly nieuwste: number;
}

const begin = (dagen: readonly number[]): number => dagen[0] as number;
const einde = (dagen: readonly number[]): number => dagen.at(-1) as number;
const uitersten = (dagen: readonly number[]): readonly [number, number] => [begin(dagen), einde(dagen)];
function onthoud(signaal: Signaal, dagen: readonly number[]): void {
  const [van, tot] = signaal.verteld;
  signaal.dagen = dagen;
  signaal.verteld = [Math.min(van, begin(dagen)), Math.max(tot, einde(dagen))];
}
const gelijk = (a: readonly number[], b: readonly number[]): boolean => begin(a) === begin(b) && einde(a) === einde(b);
const raakt = (a: readonly number[], b: readonly number[]): boolean =>
  a.some((dag) => b.includes(dag - 1) || b.includes(dag) || b.includes(dag + 1));

/** Who would rather go with whom; the lower, the rather. */
function koppel(signalen: readonly Signaal[], lopend: readonly Samenloop[]): Map<Signaal, Samenloop> {
  const mag = (s: Signaal, w: Samenloop): boolean => w.nummers.includes(s.nummer) || raakt(s.dagen, w.dagen);
  const voorSignaal = (s: Signaal): Samenloop | undefined =>
    lopend
      .filter((w) => mag(s, w))
      .sort(
        (a, b) =>
          Number(b.nummers.includes(s.nummer)) - Number(a.nummers.includes(s.nummer)) ||
          begin(a.dagen) - begin(b.dagen),
      )[0];
  const rang = (s: Signaal, w: Samenloop): number =>
    s.nummer === w.nieuwste ? 0 : w.nummers.includes(s.nummer) ? 1 : 2;
  const voorSamenloop = (w: Samenloop): Signaal | undefined =>
    signalen.filter((s) => mag(s, w)).sort((a, b) => rang(a, w) - rang(b, w) || begin(a.dagen) - begin(b.dagen))[0];
  const paren = new Map<Signaal, Samenloop>();
  for (const s of signalen) {
    const w = voorSignaal(s);
    if (w && voorSamenloop(w) === s) paren.set(s, w);
  }
  return paren;
}

/**
 * One day's comparison for one person. Changes the signals.
 * @returns what is said to the gemeenten
 */
export function vergelijkDag(wereld: Wereld, signalen: Signaal[], regels: Regels): Gezegd[] {
  const gezegd: Gezegd[] = [];
  const zeg = ({ gemeente, id }: { gemeente: string; id: string }, type: string, dagen: readonly number[]): void => {
    gezegd.push({ gemeente, id, type, van: begin(dagen), tot: einde(dagen) === LAATSTE_DAG ? null : einde(dagen) });
  };
  const ketens = reeksen(wereld.besluiten, regels);
  const sleutels = new Map([...wereld.zorg, ...signalen].map((iets) => [`${iets.gemeente} ${iets.id}`, iets]));
  for (const { gemeente, id } of sleutels.values()) {
    const zorg = wereld.zorg.find((z) => z.gemeente === gemeente && z.id === id);
    const lopend = ketens.flatMap(({ dagen, nummers, nieuwste }) => {
      const samen = dagen.filter((dag) => zorg && dag >= zorg.vanaf && (zorg.tot === null || dag <= zorg.tot));
      return samen.length > 0 ? [{ dagen: samen, nummers, nieuwste }] : [];
    });
    const alle = signalen.filter((s) => s.gemeente === gemeente && s.id === id);
    const actueel = alle.filter((s) => s.actueel);
    // What was told before today.
    const verteld = alle.map((s) => s.verteld);
    const paren = koppel(actueel, lopend);
    for (const s of actueel) {
      const w = paren.get(s);
      const voorbij = w !== undefined && einde(w.dagen) < regels.dag;
      if (!w || (voorbij && !s.terugwerkend)) {
        s.actueel = false;
        if (w) onthoud(s, w.dagen);
        if (s.afhandeling !== 'gestopt') zeg(s, 'VERVALLEN', s.dagen);
        continue;
      }
      s.nummer = w.nieuwste;
      if (gelijk(s.dagen, w.dagen)) continue;
      const binnen = begin(w.dagen) >= begin(s.dagen) && einde(w.dagen) <= einde(s.dagen);
      if (s.afhandeling === 'gestopt' && binnen) {
        onthoud(s, w.dagen);
        s.terugwerkend = voorbij;
        continue;
      }
      zeg(s, 'GEWIJZIGD', w.dagen);
      if (s.afhandeling !== 'open') {
        s.actueel = false;
        const anders = { dagen: w.dagen, verteld: uitersten(w.dagen), terugwerkend: voorbij };
        signalen.push({ ...s, ...anders, actueel: true, afhandeling: 'open' });
      } else {
        onthoud(s, w.dagen);
        s.terugwerkend = voorbij;
      }
    }
    for (const w of lopend) {
      if ([...paren.values()].includes(w)) continue;
      const voorbij = einde(w.dagen) < regels.dag;
      const eerder = verteld.some(([van, tot]) => van <= einde(w.dagen) && tot >= begin(w.dagen));
      if (voorbij && (eerder || einde(w.dagen) < regels.dag - regels.terugwerkendDagen)) continue;
      const nieuw = { gemeente, id, nummer: w.nieuwste, dagen: w.dagen, terugwerkend: voorbij, actueel: true };
      signalen.push({ ...nieuw, verteld: uitersten(w.dagen), afhandeling: 'open' });
      zeg(nieuw, voorbij ? 'TERUGWERKEND' : 'NIEUW', w.dagen);
    }
  }
  return gezegd;
}
